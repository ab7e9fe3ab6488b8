//! Whether properties have to be there: schemas have lists of those that do, in their parts (`allOf`), too.

use serde_json::Value;

use super::Node;
use super::address::resolved;
use super::entries::{Entry, Flag, Mark};
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};

/// A schema and the parts of its `allOf` that stand in it, not elsewhere.
pub(super) fn parts(root: &Value, schema: &Pointer) -> Vec<Pointer> {
    let mut found = vec![schema.clone()];
    let mut next = 0;
    while let Some(at) = found.get(next).cloned() {
        let list = at.child("allOf");
        let length = root.pointer(list.as_str()).and_then(Value::as_array).map_or(0, Vec::len);
        let inline = (0..length).map(|index| list.index(index));
        found.extend(inline.filter(|at| root.pointer(at.as_str()).is_some_and(|part| part.get("$ref").is_none())));
        next += 1;
    }
    found
}

/// The properties of a schema, and whether it declares them or only requires them.
pub(super) fn names_of(root: &Value, schema: &Pointer) -> Vec<(String, bool)> {
    let declared = root.pointer(schema.child("properties").as_str()).and_then(Value::as_object);
    let mut names: Vec<(String, bool)> =
        declared.into_iter().flat_map(|all| all.keys()).map(|name| (name.clone(), true)).collect();
    for (_, name) in required(root, schema) {
        if !names.iter().any(|(known, _)| *known == name) {
            names.push((name, false));
        }
    }
    names
}

/// The entries of a schema's list, with their places.
fn required(root: &Value, schema: &Pointer) -> Vec<(Pointer, String)> {
    let list = schema.child("required");
    let all = root.pointer(list.as_str()).and_then(Value::as_array).into_iter().flatten().enumerate();
    all.filter_map(|(index, name)| Some((list.index(index), name.as_str()?.to_owned()))).collect()
}

/// The places that require a property, in a schema and its parts.
fn places(root: &Value, owner: &Pointer, name: &str) -> Vec<Pointer> {
    let mut found = Vec::new();
    for part in parts(root, owner) {
        found.extend(required(root, &part).into_iter().filter(|(_, it)| it == name).map(|(at, _)| at));
        // Some documents say it in the property.
        let own = part.child("properties").child(name).child("required");
        if root.pointer(own.as_str()) == Some(&Value::Bool(true)) {
            found.push(own);
        }
    }
    found
}

/// Has a node removed, and a property's name with it.
pub(super) fn drop(root: &Value, node: &Node, removed: &mut Vec<Pointer>) -> usize {
    if let Some((owner, name)) = &node.owner {
        removed.extend(places(root, owner, name));
    }
    removed.push(node.at.clone());
    1
}

/// Lets a property be required, or not; tells how many places that changes.
pub(super) fn mark(
    root: &mut Value,
    (owner, name): &(Pointer, String),
    mark: &Mark,
    removed: &mut Vec<Pointer>,
    report: &mut Report,
) -> usize {
    let places = places(root, owner, name);
    if !mark.on {
        removed.extend(places.iter().cloned());
        return places.len();
    }
    let Some(schema) = root.pointer_mut(owner.as_str()).and_then(Value::as_object_mut) else { return 0 };
    if !places.is_empty() {
        return 0;
    }
    let list = owner.child("required");
    let names = schema.entry("required").or_insert_with(|| Value::Array(Vec::new()));
    if !names.is_array() {
        *names = Value::Array(Vec::new());
    }
    if let Value::Array(names) = names {
        report.put(&list.index(names.len()), mark.byte);
        names.push(name.as_str().into());
    }
    1
}

/// Says where a schema takes over from another what it was to do without: one entry of the settings
/// never loosens a schema that it does not name.
pub(super) fn insisted(
    root: &Value,
    entry: &Entry<'_>,
    nodes: &[Node],
    marks: &[Mark],
    removed: &[Pointer],
    report: &mut Report,
) {
    if !marks.iter().any(|mark| mark.flag == Flag::Required && !mark.on) {
        return;
    }
    let mut told = Vec::new();
    for (owner, name) in nodes.iter().filter_map(|node| node.owner.as_ref()) {
        let Some(other) = requires(root, owner, name, removed, &mut Vec::new()) else { continue };
        let called = |at: &Pointer| at.segments().last().unwrap_or_default();
        let (owner, other) = (called(owner), called(&other));
        let message = format!("`{owner}` still requires `{name}`: it takes it over from `{other}`");
        if told.contains(&message) {
            continue;
        }
        report.push(
            Diagnostic::error("ineffective-config", Place::Config(entry.byte), message.clone())
                .label("this entry")
                .help(format!("add an entry for `{other}`")),
        );
        told.push(message);
    }
}

/// The schema that requires a property: the schema itself, or what its `allOf` refers to.
fn requires(
    root: &Value,
    schema: &Pointer,
    name: &str,
    removed: &[Pointer],
    path: &mut Vec<Pointer>,
) -> Option<Pointer> {
    let (at, node) = resolved(root, schema)?;
    if path.contains(&at) {
        return None;
    }
    path.push(at.clone());
    if required(root, &at).iter().any(|(place, it)| it == name && !removed.contains(place)) {
        return Some(at);
    }
    let length = node.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
    (0..length).find_map(|index| requires(root, &at.child("allOf").index(index), name, removed, path))
}

/// The nodes around a node, from the inside out.
pub(super) fn ancestors(at: &Pointer) -> impl Iterator<Item = Pointer> + '_ {
    at.as_str().match_indices('/').rev().map(|(slash, _)| Pointer::parse(&at.as_str()[..slash]))
}

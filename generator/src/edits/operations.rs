//! Operations by what users call them, and what they share with others: an entry about one operation
//! changes no other.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::entries::{Entry, What};
use crate::config::{BodyOf, Nodes, matches};
use crate::diagnostics::{Pointer, Report};
use crate::load::{locate, target};

/// The methods that a path item has by their names.
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// An operation of the document.
pub(super) struct Operation {
    pub(super) at: Pointer,
    /// The path item that it is in.
    pub(super) item: Pointer,
    id: Option<String>,
    /// `GET /users/{id}`.
    route: String,
}

impl Operation {
    /// Whether a pattern means it, by its id or by its route.
    pub(super) fn is_meant(&self, pattern: &str) -> bool {
        matches(pattern, &self.route) || self.id.as_ref().is_some_and(|id| matches(pattern, id))
    }

    fn is_meant_by_any(&self, patterns: &[String]) -> bool {
        patterns.iter().any(|pattern| self.is_meant(pattern))
    }
}

/// All operations below the paths of a document.
pub(super) fn all(root: &Value) -> Vec<Operation> {
    let mut all = Vec::new();
    let paths = root.get("paths").and_then(Value::as_object);
    for path in paths.into_iter().flat_map(|paths| paths.keys()).filter(|path| !path.starts_with("x-")) {
        let Some(item) = locate(root, &Pointer::default().child("paths").child(path)) else { continue };
        let Some(members) = root.pointer(item.as_str()).and_then(Value::as_object) else { continue };
        let own = members.iter().filter(|(key, _)| METHODS.contains(&key.as_str()));
        let own = own.map(|(key, value)| (item.child(key), key.to_uppercase(), value));
        let others = members.get("additionalOperations").and_then(Value::as_object).into_iter().flatten();
        let others = others.map(|(key, value)| (item.child("additionalOperations").child(key), key.clone(), value));
        all.extend(own.chain(others).map(|(at, method, value)| Operation {
            at,
            item: item.clone(),
            id: value.get("operationId").and_then(Value::as_str).map(str::to_owned),
            route: format!("{method} {path}"),
        }));
    }
    all
}

/// The places of the parameters that stand in a list of a path item or an operation.
pub(super) fn parameters(root: &Value, of: &Pointer) -> Vec<Pointer> {
    let list = of.child("parameters");
    let length = root.pointer(list.as_str()).and_then(Value::as_array).map_or(0, Vec::len);
    (0..length).map(|index| list.index(index)).collect()
}

/// The name and place (`in`) of a parameter, which may stand elsewhere.
pub(super) fn name(root: &Value, at: &Pointer) -> Option<(String, String)> {
    let node = root.pointer(locate(root, at)?.as_str())?;
    let text = |key: &str| Some(node.get(key)?.as_str()?.to_owned());
    Some((text("name")?, text("in")?))
}

/// Gives operations that entries name a parameter or a body of their own, where they share it with
/// others.
pub(super) fn part(root: &mut Value, entries: &[Entry<'_>], report: &mut Report) {
    for entry in entries {
        match (&entry.nodes, &entry.what) {
            (Nodes::Parameters(names, patterns @ [_, ..]), what) => {
                let operations = all(root);
                let meant = |it: &&Operation| it.is_meant_by_any(patterns);
                for operation in operations.iter().filter(meant) {
                    unshare_parameters(root, operation, names, report);
                    let others = operations.iter().filter(|it| it.item == operation.item && it.at != operation.at);
                    let takers: Vec<&Operation> = match what {
                        // What the item has no more, the others still have.
                        What::Drop => others.filter(|it| !meant(it)).collect(),
                        _ => vec![operation],
                    };
                    takers.into_iter().for_each(|taker| take_over(root, taker, names, report));
                }
            }
            (Nodes::Body(BodyOf { operation: pattern, .. }), _) => {
                for operation in all(root).iter().filter(|operation| operation.is_meant(pattern)) {
                    copy_in(root, &operation.at.child("requestBody"), report);
                }
            }
            _ => {}
        }
    }
}

/// Copies parameters that an operation refers to into its list.
fn unshare_parameters(root: &mut Value, operation: &Operation, names: &[String], report: &mut Report) {
    for at in parameters(root, &operation.at) {
        let is_meant = name(root, &at).is_some_and(|(name, _)| names.iter().any(|pattern| matches(pattern, &name)));
        if is_meant {
            copy_in(root, &at, report);
        }
    }
}

/// Copies parameters of the path item into an operation's list, where it does not have them yet.
fn take_over(root: &mut Value, operation: &Operation, names: &[String], report: &mut Report) {
    let own: BTreeSet<_> = parameters(root, &operation.at).iter().filter_map(|at| name(root, at)).collect();
    for at in parameters(root, &operation.item) {
        let Some(key) = name(root, &at) else { continue };
        let is_meant = names.iter().any(|pattern| matches(pattern, &key.0));
        let Some(from) = locate(root, &at).filter(|_| is_meant && !own.contains(&key)) else { continue };
        let copy = root.pointer(from.as_str()).cloned().unwrap_or_default();
        let list = operation.at.child("parameters");
        let node = root.pointer_mut(operation.at.as_str()).and_then(Value::as_object_mut);
        let parameters = node.map(|node| node.entry("parameters").or_insert_with(|| json!([])));
        if let Some(Value::Array(parameters)) = parameters {
            report.moved(&list.index(parameters.len()), &from);
            parameters.push(copy);
        }
    }
}

/// Puts what a reference leads to in its place.
fn copy_in(root: &mut Value, at: &Pointer, report: &mut Report) {
    let reference = root.pointer(at.as_str()).and_then(|node| node.get("$ref")).and_then(Value::as_str);
    let Some(from) = reference.and_then(target).and_then(|to| locate(root, &to)) else { return };
    let copy = root.pointer(from.as_str()).cloned().unwrap_or_default();
    if let Some(node) = root.pointer_mut(at.as_str()) {
        *node = copy;
        report.moved(at, &from);
    }
}

/// Path items of which every operation is removed go, too.
pub(super) fn emptied(root: &Value, removed: &mut Vec<Pointer>) {
    let gone: BTreeSet<Pointer> = removed.iter().cloned().collect();
    let operations = all(root);
    let items: BTreeSet<&Pointer> = operations.iter().map(|operation| &operation.item).collect();
    for item in items {
        let mut own = operations.iter().filter(|operation| operation.item == *item);
        if own.all(|operation| gone.contains(&operation.at)) {
            removed.push(item.clone());
        }
    }
}

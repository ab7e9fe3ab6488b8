//! Schemas that are made of others, which are made of others, and so on: how far that goes.

use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::load::target;

/// What a schema is made of, and not only holds.
const PARTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// How many levels deep schemas may be made of one another, by these and by references.
const MOST_PARTS: usize = 200;

/// How many alternatives of credentials an operation may have.
const MOST_CREDENTIALS: usize = 200;

/// Tells of the first schema whose parts go deeper than any document's do: following them further
/// would end with the stack.
pub(super) fn check(root: &Value, report: &mut Report) {
    credentials(root, report);
    let Some(Value::Object(schemas)) = root.pointer("/components/schemas") else { return };
    let edges: HashMap<&str, Vec<(String, usize)>> =
        schemas.iter().map(|(name, schema)| (name.as_str(), parts(schema))).collect();
    // How deep each is; nothing as long as it is on the way.
    let mut depths: HashMap<&str, Option<usize>> = HashMap::new();
    for start in schemas.keys() {
        // By hand, for this is about what a stack cannot hold.
        let mut way: Vec<(&str, usize, usize)> = Vec::new();
        if !depths.contains_key(start.as_str()) {
            depths.insert(start, None);
            way.push((start, 0, 0));
        }
        while let Some((name, next, deepest)) = way.last_mut() {
            let Some((to, levels)) = edges[*name].get(*next) else {
                let (name, deepest) = (*name, *deepest);
                way.pop();
                depths.insert(name, Some(deepest));
                if let Some((around, next, depth)) = way.last_mut() {
                    *depth = (*depth).max(deepest + edges[*around][*next - 1].1);
                }
                continue;
            };
            *next += 1;
            let Some((to, _)) = edges.get_key_value(to.as_str()) else { continue };
            match depths.get(to) {
                Some(Some(known)) => *deepest = (*deepest).max(known + levels),
                // A circle ends.
                Some(None) => {}
                None => {
                    depths.insert(to, None);
                    way.push((to, 0, 0));
                }
            }
            let is_deep = way.len() > MOST_PARTS || way.last().is_some_and(|(.., depth)| *depth > MOST_PARTS);
            if is_deep {
                let at = Pointer::parse("/components/schemas").child(start);
                let message = format!("this schema is made of others, and those of others, over {MOST_PARTS} levels");
                report.push(
                    Diagnostic::error("too-deep", Place::Document(at), message)
                        .label("beginning here")
                        .help("no document needs that much: look for what made it so"),
                );
                return;
            }
        }
    }
}

/// The components that a schema is made of, and on which level of it each stands.
fn parts(schema: &Value) -> Vec<(String, usize)> {
    let (mut found, mut todo) = (Vec::new(), vec![(schema, 1)]);
    while let Some((schema, level)) = todo.pop() {
        let reference = schema.get("$ref").and_then(Value::as_str).and_then(target);
        let name = reference.and_then(|at| {
            let mut segments = at.segments().skip(2);
            segments.next().filter(|_| at.as_str().starts_with("/components/schemas/"))
        });
        found.extend(name.map(|name| (name, level)));
        let lists = PARTS.iter().filter_map(|key| schema.get(key)?.as_array());
        todo.extend(lists.flatten().map(|part| (part, level + 1)));
    }
    found
}

/// Tells of the first list of credentials that is longer than any: it counts again for each operation.
fn credentials(root: &Value, report: &mut Report) {
    let items = root.get("paths").and_then(Value::as_object).into_iter().flatten();
    let operations = items.flat_map(|(path, item)| {
        let at = Pointer::default().child("paths").child(path);
        item.as_object().into_iter().flatten().map(move |(method, operation)| (at.child(method), operation))
    });
    let too_many = |node: &Value| node.get("security").and_then(Value::as_array).map_or(0, Vec::len) > MOST_CREDENTIALS;
    let found = std::iter::once((Pointer::default(), root)).chain(operations).find(|(_, node)| too_many(node));
    if let Some((at, _)) = found {
        let message = format!("there are more than {MOST_CREDENTIALS} alternatives of credentials");
        report.push(
            Diagnostic::error("too-large", Place::Document(at.child("security")), message)
                .label("this list")
                .help("no document needs that much: look for what made it so"),
        );
    }
}

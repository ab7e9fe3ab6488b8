//! References that the typed document does not have, to path items and to media types: a copy of
//! what they lead to takes their place.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Pass;
use crate::diagnostics::Pointer;
use crate::load::kinds::{Kind, walk};
use crate::load::limits::weight;
use crate::load::{locate, target};

pub(super) fn inline(root: &mut Value, pass: &mut Pass<'_>) {
    // Path items first: those that are copied may hold references to media types.
    for wanted in [Kind::PathItem, Kind::MediaType] {
        let mut found = Vec::new();
        walk(root, &mut |value, kind, at| {
            if kind == wanted && value.get("$ref").is_some_and(Value::is_string) {
                found.push(at.clone());
            }
        });
        for at in found {
            if let Some(node) = resolved(root, &at, pass)
                && let Some(place) = root.pointer_mut(at.as_str())
            {
                *place = Value::Object(node);
            }
        }
    }
    // Nothing refers to these any more, and nothing is generated of them alone.
    if let Some(Value::Object(components)) = root.get_mut("components") {
        components.shift_remove("pathItems");
        components.shift_remove("mediaTypes");
    }
}

/// What a node is with all that it refers to; its own members count before those of others.
fn resolved(root: &Value, at: &Pointer, pass: &mut Pass<'_>) -> Option<Map<String, Value>> {
    let mut node = root.pointer(at.as_str())?.as_object()?.clone();
    let mut seen = HashSet::from([at.clone()]);
    while let Some(reference) = node.get("$ref").and_then(Value::as_str) {
        let from = locate(root, &target(reference)?)?;
        let other = root.pointer(from.as_str())?.as_object()?;
        if !seen.insert(from.clone()) {
            return None;
        }
        if !pass.may_copy(|| other.values().map(weight).sum(), at) {
            return None;
        }
        node.shift_remove("$ref");
        for (key, value) in other {
            if !node.contains_key(key) {
                pass.moved(&at.child(key), &from.child(key));
                node.insert(key.clone(), value.clone());
            }
        }
    }
    Some(node)
}

//! What stands beside a `$ref`: since 3.1 it counts.

use serde_json::{Value, json};

use super::Pass;
use super::version::Version;
use crate::diagnostics::Pointer;
use crate::load::kinds::{Kind, rewrite};
use crate::load::limits::weight;
use crate::load::{locate, target};

/// Members that say nothing about what they stand beside.
const SILENT: [&str; 7] = ["$anchor", "$comment", "$defs", "$dynamicAnchor", "$id", "$schema", "definitions"];

pub(super) fn keep(root: &mut Value, pass: &mut Pass<'_>) {
    if pass.version < Version::V3_1 {
        return;
    }
    // A parameter or header that is referred to is copied, for its description is the only one shown.
    let original = root.clone();
    rewrite(root, &mut |value, kind, at| {
        let Value::Object(node) = value else { return };
        let Some(reference) = node.get("$ref").and_then(Value::as_str).map(str::to_owned) else { return };
        node.retain(|key, _| !SILENT.contains(&key.as_str()));
        if node.len() < 2 {
            return;
        }
        match kind {
            Kind::Schema => {
                node.shift_remove("$ref");
                if let Value::Array(parts) = node.entry("allOf").or_insert_with(|| json!([])) {
                    pass.moved(&at.child("allOf").index(parts.len()), at);
                    parts.push(json!({"$ref": reference}));
                }
            }
            Kind::Parameter | Kind::Header => {
                let Some(description) = node.get("description").cloned() else { return };
                if let Some((from, other)) = origin(&original, &reference)
                    && pass.may_copy(|| other.values().map(weight).sum(), at)
                {
                    let mut copy = other.clone();
                    for key in copy.keys().filter(|key| *key != "description") {
                        pass.moved(&at.child(key), &from.child(key));
                    }
                    copy.insert("description".to_owned(), description);
                    *node = copy;
                }
            }
            _ => {
                for key in node.keys().filter(|key| *key != "$ref" && !key.starts_with("x-")) {
                    pass.left_out(&at.child(key), key, "what the reference leads to counts");
                }
            }
        }
    });
}

/// What a reference leads to, if that is no reference itself.
fn origin<'a>(root: &'a Value, reference: &str) -> Option<(Pointer, &'a serde_json::Map<String, Value>)> {
    let from = locate(root, &target(reference)?)?;
    let node = root.pointer(from.as_str())?.as_object()?;
    (!node.contains_key("$ref")).then_some((from, node))
}

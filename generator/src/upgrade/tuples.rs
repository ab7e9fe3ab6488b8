//! Tuples: lists whose elements have a schema each, by their position.

use serde_json::{Map, Value, json};

use super::Pass;
use crate::diagnostics::Pointer;

pub(super) fn rewrite(schema: &mut Map<String, Value>, at: &Pointer, pass: &mut Pass<'_>) {
    // Drafts of JSON Schema before 2020-12 had the list in `items`.
    let (key, rest) = match (schema.get("prefixItems"), schema.get("items")) {
        (Some(Value::Array(_)), _) => ("prefixItems", "items"),
        (None, Some(Value::Array(_))) => ("items", "additionalItems"),
        _ => return,
    };
    let place = at.child(key);
    pass.newer(&place, "a list of schemas, one an element,");
    let (Some(Value::Array(parts)), others) = (schema.shift_remove(key), schema.shift_remove(rest)) else { return };
    if others == Some(Value::Bool(false)) {
        schema.entry("maxItems").or_insert_with(|| parts.len().into());
    }
    let others = others.filter(|others| others.is_object());
    let is_same = parts.iter().chain(&others).all(|part| Some(part) == parts.first());
    schema.entry("type").or_insert_with(|| "array".into());
    match parts.first() {
        Some(first) if is_same => {
            pass.moved(&at.child("items"), &place.index(0));
            schema.insert("items".to_owned(), first.clone());
        }
        _ => {
            pass.left_out(&place, key, "the elements are any JSON values");
            pass.moved(&at.child("items"), &place);
            schema.insert("items".to_owned(), json!({}));
        }
    }
}

//! Keywords of JSON Schema that types cannot hold: what is lost with each is told. Those that rule values
//! out were kept for `validate` before.

use serde_json::{Map, Value, json};

use super::Pass;
use crate::diagnostics::Pointer;

/// Keywords that rule out values, and what comes of them.
const RULES: [(&str, &str); 14] = [
    ("additionalItems", "`validate` alone checks the elements"),
    ("contains", "`validate` alone checks the elements"),
    ("contentSchema", "the value is a text"),
    ("dependencies", "`validate` alone checks the members"),
    ("dependentRequired", "`validate` alone checks the members"),
    ("dependentSchemas", "`validate` alone checks the members, and those named there alone are among the extra ones"),
    ("else", "`validate` alone checks the value, and members named there alone are among the extra ones"),
    ("if", "`validate` alone checks the value"),
    ("maxContains", "`validate` alone checks the elements"),
    ("minContains", "`validate` alone checks the elements"),
    ("propertyNames", "`validate` alone checks the names of members"),
    ("then", "`validate` alone checks the value, and members named there alone are among the extra ones"),
    ("unevaluatedItems", "the elements are not checked"),
    ("unevaluatedProperties", "extra members are kept"),
];

/// Keywords that say nothing about values.
const SILENT: [&str; 8] =
    ["$anchor", "$comment", "$defs", "$dynamicAnchor", "$id", "$recursiveAnchor", "$schema", "$vocabulary"];

pub(super) fn rewrite(schema: &mut Map<String, Value>, at: &Pointer, pass: &mut Pass<'_>) {
    maps(schema, at, pass);
    for (key, instead) in RULES {
        if schema.shift_remove(key).is_some() {
            pass.left_out(&at.child(key), key, instead);
        }
    }
    schema.retain(|key, _| !SILENT.contains(&key.as_str()));
}

/// Members that are known by a pattern of their names: without others beside them, a map.
fn maps(schema: &mut Map<String, Value>, at: &Pointer, pass: &mut Pass<'_>) {
    let place = at.child("patternProperties");
    if let Some(Value::Object(patterns)) = schema.shift_remove("patternProperties") {
        let is_open = matches!(schema.get("additionalProperties"), None | Some(Value::Bool(_)));
        let is_map = !schema.contains_key("properties") && is_open;
        schema.entry("type").or_insert_with(|| "object".into());
        match patterns.iter().next() {
            Some((pattern, values)) if is_map && patterns.values().all(|other| other == values) => {
                pass.moved(&at.child("additionalProperties"), &place.child(pattern));
                schema.insert("additionalProperties".to_owned(), values.clone());
                pass.left_out(&place, "patternProperties", "a map whose names `validate` alone checks");
            }
            Some(_) if is_map => {
                schema.insert("additionalProperties".to_owned(), json!({}));
                pass.left_out(&place, "patternProperties", "a map of any JSON values");
            }
            Some(_) => pass.left_out(&place, "patternProperties", "such members are among the extra ones"),
            None => {}
        }
    }
    // Without other schemas beside it, no member was evaluated by another.
    let is_alone = ["allOf", "anyOf", "oneOf", "if", "additionalProperties", "dependentSchemas"]
        .iter()
        .all(|key| !schema.contains_key(*key));
    if is_alone && let Some(values) = schema.get("unevaluatedProperties").cloned() {
        schema.shift_remove("unevaluatedProperties");
        pass.moved(&at.child("additionalProperties"), &at.child("unevaluatedProperties"));
        schema.insert("additionalProperties".to_owned(), values);
    }
}

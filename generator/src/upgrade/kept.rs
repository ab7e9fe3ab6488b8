//! What 3.0 has no words for, and types do not hold, but values can be judged by: it goes along in an
//! extension, as it was written.

use serde_json::{Map, Value, json};

use super::Pass;
use crate::diagnostics::Pointer;
use crate::load::KEPT_RULES;

/// Keywords that are kept as they are.
const KEPT: [&str; 13] = [
    "additionalItems",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
];

/// What makes a schema one of a type that nobody wrote.
const TYPED: [&str; 4] = ["patternProperties", "prefixItems", "contentEncoding", "contentMediaType"];

pub(super) fn keep(schema: &mut Map<String, Value>, _: &Pointer, _: &mut Pass<'_>) {
    // Nobody else's word counts here.
    schema.shift_remove(KEPT_RULES);
    let said = |key: &str| schema.get(key).cloned();
    let has = |key: &str| schema.contains_key(key);
    let has_list = schema.get("items").is_some_and(Value::is_array);
    let mut kept: Map<String, Value> = KEPT.iter().filter_map(|key| Some(((*key).to_owned(), said(key)?))).collect();
    // These are written otherwise, because of those.
    if has("patternProperties") {
        kept.insert("additionalProperties".to_owned(), said("additionalProperties").unwrap_or(json!(true)));
    }
    if has("prefixItems") || has_list {
        kept.insert("items".to_owned(), said("items").unwrap_or(json!(true)));
    }
    if !has("type") && (has_list || TYPED.iter().any(|key| has(key))) {
        kept.insert("type".to_owned(), json!([]));
    }
    if !kept.is_empty() {
        schema.insert(KEPT_RULES.to_owned(), kept.into());
    }
}

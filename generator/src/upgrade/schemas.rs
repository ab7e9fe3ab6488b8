//! Schemas, one by one: what each step changes lies in the schema itself or right below it.

use serde_json::{Map, Value, json};

use super::{Pass, bounds, constants, content, kept, leftovers, nulls, samples, tuples};
use crate::diagnostics::Pointer;
use crate::load::kinds::{Kind, rewrite as each};

/// One step; it has the schema, its place, and what the run is about.
type Step = fn(&mut Map<String, Value>, &Pointer, &mut Pass<'_>);

/// The steps in order. Constants come first, for `const: null` is a null too; nulls before what may
/// come out of an alternative that was taken in; what is lost in the others is kept before.
const STEPS: [Step; 8] = [
    constants::rewrite,
    nulls::rewrite,
    kept::keep,
    bounds::rewrite,
    samples::rewrite,
    content::rewrite,
    tuples::rewrite,
    leftovers::rewrite,
];

/// Rewrites all schemas of a document, the outer before the inner ones.
pub(super) fn rewrite(root: &mut Value, pass: &mut Pass<'_>) {
    each(root, &mut |value, kind, at| {
        if kind != Kind::Schema {
            return;
        }
        match value {
            // Everything is valid, or nothing.
            Value::Bool(true) => *value = json!({}),
            Value::Bool(false) => *value = json!({"not": {}}),
            Value::Object(schema) if !schema.contains_key("$ref") => {
                STEPS.iter().for_each(|step| step(schema, at, pass));
            }
            _ => {}
        }
    });
}

/// The type that a value has.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

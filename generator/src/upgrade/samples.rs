//! `examples` of a schema: the first is its `example`, for documentation shows one.

use serde_json::{Map, Value};

use super::Pass;
use crate::diagnostics::Pointer;

pub(super) fn rewrite(schema: &mut Map<String, Value>, at: &Pointer, pass: &mut Pass<'_>) {
    let Some(examples) = schema.get("examples") else { return };
    let first = match examples {
        Value::Array(examples) => examples.first().map(|first| (first.clone(), at.child("examples").index(0))),
        // Named, as beside a schema.
        Value::Object(examples) => examples.iter().find_map(|(name, example)| {
            Some((example.get("value")?.clone(), at.child("examples").child(name).child("value")))
        }),
        _ => None,
    };
    if let Some((first, from)) = first.filter(|_| !schema.contains_key("example")) {
        pass.moved(&at.child("example"), &from);
        schema.insert("example".to_owned(), first);
    }
    schema.shift_remove("examples");
}

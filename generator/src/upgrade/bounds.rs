//! Exclusive bounds: numbers since 3.1, marks on `minimum` and `maximum` before.

use serde_json::{Map, Value};

use super::Pass;
use crate::diagnostics::Pointer;

pub(super) fn rewrite(schema: &mut Map<String, Value>, at: &Pointer, pass: &mut Pass<'_>) {
    bound(schema, "minimum", "exclusiveMinimum", |own, other| own >= other, at, pass);
    bound(schema, "maximum", "exclusiveMaximum", |own, other| own <= other, at, pass);
}

fn bound(
    schema: &mut Map<String, Value>,
    inclusive: &str,
    exclusive: &str,
    is_tighter: fn(f64, f64) -> bool,
    at: &Pointer,
    pass: &mut Pass<'_>,
) {
    let Some(Value::Number(limit)) = schema.get(exclusive).cloned() else { return };
    pass.newer(&at.child(exclusive), &format!("`{exclusive}` as a number"));
    let decides = match schema.get(inclusive).and_then(Value::as_f64) {
        Some(other) => limit.as_f64().is_some_and(|limit| is_tighter(limit, other)),
        None => true,
    };
    if decides {
        pass.moved(&at.child(inclusive), &at.child(exclusive));
        schema.insert(inclusive.to_owned(), limit.into());
        schema.insert(exclusive.to_owned(), true.into());
    } else {
        schema.shift_remove(exclusive);
    }
}

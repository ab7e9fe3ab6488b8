//! Texts, numbers and booleans.

use serde_json::{Number, Value};

use super::pattern;
use super::schema::Merged;

/// A value of a scalar type: the example if it fits, else one that is made.
pub(super) fn value(kind: &str, schema: &Merged, hint: Option<&Value>, name: &str, nth: usize) -> Value {
    if let Some(hint) = hint.filter(|hint| nth == 0 && fits(kind, schema, hint)) {
        return hint.clone();
    }
    match kind {
        "boolean" => Value::Bool(nth.is_multiple_of(2)),
        "integer" => integer(schema, nth),
        "number" => number(schema, nth),
        _ => Value::from(text(schema, name, nth)),
    }
}

/// So many characters a text has at most, whatever the schema asks for.
const LONGEST: usize = 10_000;

/// Whether an example is what its schema says. A pattern is not checked: who writes both knows.
fn fits(kind: &str, schema: &Merged, hint: &Value) -> bool {
    match kind {
        "boolean" => hint.is_boolean(),
        "integer" => hint.as_i64().is_some_and(|value| is_within(schema, value as f64)),
        "number" => hint.as_f64().is_some_and(|value| is_within(schema, value)),
        "string" => hint.as_str().is_some_and(|text| {
            let length = text.chars().count();
            schema.count("minLength").unwrap_or(0) <= length
                && length <= schema.count("maxLength").unwrap_or(usize::MAX)
                // A format has one way to be written here; examples of it are seldom exact.
                && matches!(schema.text("format"), None | Some("password" | "uri" | "email" | "hostname"))
        }),
        _ => false,
    }
}

fn is_within(schema: &Merged, value: f64) -> bool {
    let (least, most) = (schema.number("minimum"), schema.number("maximum"));
    least.is_none_or(|least| value > least || (value == least && !schema.is("exclusiveMinimum")))
        && most.is_none_or(|most| value < most || (value == most && !schema.is("exclusiveMaximum")))
        && schema.number("multipleOf").is_none_or(|step| step <= 0.0 || value % step == 0.0)
}

fn integer(schema: &Merged, nth: usize) -> Value {
    let step = schema.number("multipleOf").filter(|step| *step >= 1.0).unwrap_or(1.0);
    let value = inside(schema, step, nth);
    // Beyond 2^53 a float counts in twos: the bound itself is taken then.
    Value::from(value as i64)
}

fn number(schema: &Merged, nth: usize) -> Value {
    let step = schema.number("multipleOf").filter(|step| *step > 0.0).unwrap_or(0.5);
    let value = inside(schema, step, nth + if schema.number("minimum").is_none() { 2 } else { 1 });
    Number::from_f64(value).map_or(Value::from(1), Value::Number)
}

/// A multiple of the step within the bounds; the first one that there is, then others.
fn inside(schema: &Merged, step: f64, nth: usize) -> f64 {
    let (least, most) = (schema.number("minimum"), schema.number("maximum"));
    let above = |bound: f64| {
        let first = (bound / step).ceil() * step;
        if first == bound && schema.is("exclusiveMinimum") { first + step } else { first }
    };
    let first = match (least, most) {
        (Some(least), _) => above(least),
        (None, Some(most)) if most <= step => {
            let last = (most / step).floor() * step;
            if last == most && schema.is("exclusiveMaximum") { last - step } else { last }
        }
        _ => step,
    };
    let wanted = first + nth as f64 * step;
    if is_within(schema, wanted) { wanted } else { first }
}

fn text(schema: &Merged, name: &str, nth: usize) -> String {
    let shortest = schema.count("minLength").unwrap_or(0);
    let longest = schema.count("maxLength").unwrap_or(usize::MAX);
    let fixed = match schema.text("format") {
        Some("date-time") => Some(format!("2026-01-3{nth}T10:20:30.456Z", nth = nth % 2)),
        Some("date") => Some(format!("2026-01-3{nth}", nth = nth % 2)),
        Some("time") => Some("10:20:30Z".to_owned()),
        Some("duration") => Some("PT1H30M".to_owned()),
        Some("uuid") => Some(format!("6f1d0f8e-33c0-4b5e-8f3c-9a4c3a3b9a1{nth}", nth = nth % 10)),
        Some("email" | "idn-email") => Some("name@example.com".to_owned()),
        Some("uri" | "url" | "iri") => Some("https://example.com/path?query=1".to_owned()),
        Some("uri-reference") => Some("/path".to_owned()),
        Some("hostname" | "idn-hostname") => Some("example.com".to_owned()),
        Some("ipv4") => Some("192.0.2.1".to_owned()),
        Some("ipv6") => Some("2001:db8::1".to_owned()),
        Some("byte") => Some("Ynl0ZXM=".to_owned()),
        _ => None,
    };
    if let Some(text) = fixed {
        return text;
    }
    if let Some(text) = schema.text("pattern").and_then(|pattern| pattern::text(pattern, shortest.max(1), longest)) {
        return text;
    }
    let mut text = if nth == 0 { name.to_owned() } else { format!("{name}-{}", nth + 1) };
    if text.is_empty() {
        text.push_str("text");
    }
    let missing = shortest.min(LONGEST).saturating_sub(text.chars().count());
    text.push_str(&"x".repeat(missing));
    text.chars().take(longest).collect()
}

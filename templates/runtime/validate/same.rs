//! Whether values are equal: numbers by what they are worth, objects whatever their order.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::decimal::Decimal;

/// The same text for equal values.
pub(crate) fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => {
            let number = number.to_string();
            text.push_str(&Decimal::parse(&number).map_or(number, |decimal| decimal.canonical()));
        }
        Value::Array(elements) => {
            text.push('[');
            for element in elements {
                write(element, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|one, other| one.0.cmp(other.0));
            text.push('{');
            for (name, value) in members {
                quote(name, text);
                text.push(':');
                write(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::String(string) => quote(string, text),
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
    }
}

fn quote(string: &str, text: &mut String) {
    // A text cannot refuse to be written to.
    let _ = write!(text, "{string:?}");
}

/// The first two elements that are equal.
pub(crate) fn twins(elements: &[Value]) -> Option<(usize, usize)> {
    let mut seen = HashMap::with_capacity(elements.len());
    elements.iter().enumerate().find_map(|(index, element)| {
        let first = *seen.entry(canonical(element)).or_insert(index);
        (first != index).then_some((first, index))
    })
}

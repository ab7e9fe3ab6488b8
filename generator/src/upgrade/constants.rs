//! `const`: an enum of one value.

use serde_json::{Map, Value};

use super::Pass;
use super::schemas::type_of;
use crate::diagnostics::Pointer;

/// What may stand beside the value of an alternative that is a value and nothing else.
const PROSE: [&str; 4] = ["title", "description", "$comment", "type"];

pub(super) fn rewrite(schema: &mut Map<String, Value>, at: &Pointer, pass: &mut Pass<'_>) {
    for key in ["oneOf", "anyOf"] {
        alternatives(schema, key, at, pass);
    }
    let Some(value) = schema.shift_remove("const") else { return };
    pass.newer(&at.child("const"), "`const`");
    pass.moved(&at.child("enum"), &at.child("const"));
    if !value.is_null() {
        schema.entry("type").or_insert_with(|| type_of(&value).into());
    }
    schema.insert("enum".to_owned(), Value::Array(vec![value]));
}

/// Alternatives that are one text each are an enum, whose values are told apart in its description.
fn alternatives(schema: &mut Map<String, Value>, key: &str, at: &Pointer, pass: &mut Pass<'_>) {
    let Some(Value::Array(parts)) = schema.get(key) else { return };
    let texts: Option<Vec<(&str, &Map<String, Value>)>> = parts.iter().map(text).collect();
    let Some(texts) = texts.filter(|texts| !texts.is_empty() && !schema.contains_key("enum")) else { return };
    if schema.get("type").is_some_and(|name| name != "string") {
        return;
    }
    let values: Vec<Value> = texts.iter().map(|(text, _)| Value::from(*text)).collect();
    let told = texts.iter().filter_map(|(text, part)| {
        let prose = ["description", "title"].iter().find_map(|key| part.get(*key)?.as_str())?;
        Some(format!("- `{text}`: {prose}"))
    });
    let told: Vec<String> = told.collect();
    pass.newer(&at.child(key), "an enum written as alternatives of `const`");
    pass.moved(&at.child("enum"), &at.child(key));
    if !told.is_empty() {
        let before = schema.get("description").and_then(Value::as_str).map(|text| format!("{}\n\n", text.trim_end()));
        schema.insert("description".to_owned(), (before.unwrap_or_default() + &told.join("\n")).into());
    }
    schema.shift_remove(key);
    schema.insert("type".to_owned(), "string".into());
    schema.insert("enum".to_owned(), Value::Array(values));
}

/// The text that an alternative is, if it is nothing else.
fn text(part: &Value) -> Option<(&str, &Map<String, Value>)> {
    let part = part.as_object()?;
    let text = part.get("const")?.as_str()?;
    let is_plain = part.keys().all(|key| key == "const" || PROSE.contains(&key.as_str()));
    let is_string = part.get("type").is_none_or(|name| name == "string");
    (is_plain && is_string).then_some((text, part))
}

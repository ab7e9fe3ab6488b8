//! Parameters of 2.0: their types stand in them, and bodies and forms are among them.

use serde_json::{Map, Value, json};

use super::{Inherited, resolved, schemas};
use crate::diagnostics::Pointer;
use crate::upgrade::Pass;

/// What a parameter says of its type (Swagger 2.0, "Parameter Object").
const OF_THE_TYPE: [&str; 18] = [
    "default",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "type",
    "uniqueItems",
    "x-isnullable",
    "x-nullable",
];

/// Whether a parameter is a body, or a part of one.
pub(super) fn is_body(parameter: &Map<String, Value>) -> bool {
    parameter.get("in").is_some_and(|place| place == "body" || place == "formData")
}

/// Takes bodies and parts of forms out of a list of parameters, and gives them with their places;
/// the others are rewritten.
pub(super) fn split(
    owner: &mut Map<String, Value>,
    at: &Pointer,
    all: &Inherited<'_>,
    pass: &mut Pass<'_>,
) -> Vec<(Pointer, Map<String, Value>)> {
    // Where they are kept until they are a body: no operation has such a member.
    let aside = at.child("bodies");
    let at = at.child("parameters");
    let Some(Value::Array(list)) = owner.get_mut("parameters") else { return Vec::new() };
    let (mut bodies, mut kept) = (Vec::new(), Vec::new());
    for (index, mut node) in std::mem::take(list).into_iter().enumerate() {
        let from = at.index(index);
        match resolved(&node, &from, all.source) {
            Some((place, parameter)) if is_body(&parameter) => {
                let aside = aside.index(bodies.len());
                pass.moved(&aside, &place);
                bodies.push((aside, parameter));
            }
            _ => {
                let to = at.index(kept.len());
                pass.moved(&to, &from);
                if let Value::Object(node) = &mut node
                    && !node.contains_key("$ref")
                {
                    parameter(node, &to, pass);
                }
                kept.push(node);
            }
        }
    }
    *list = kept;
    bodies
}

/// Rewrites a parameter or a header.
pub(super) fn parameter(node: &mut Map<String, Value>, at: &Pointer, pass: &mut Pass<'_>) {
    if node.contains_key("schema") || node.contains_key("content") {
        return;
    }
    let place = node.get("in").and_then(Value::as_str).unwrap_or("header").to_owned();
    let mut schema = schema(node, at, pass);
    let format = node.shift_remove("collectionFormat");
    if schema.get("type").is_some_and(|name| name == "array") {
        match list_style(&place, format.as_ref()) {
            Some((style, explode)) => {
                pass.moved(&at.child("style"), &at.child("collectionFormat"));
                node.insert("style".to_owned(), style.into());
                node.insert("explode".to_owned(), explode.into());
            }
            // Without one it is `csv`, which every place has a style for but the cookie.
            None => as_text(&mut schema, at, format.as_ref(), pass),
        }
    }
    node.insert("schema".to_owned(), Value::Object(schema));
}

/// How a list is written by its `collectionFormat`, in words of 3.0; none if those do not say it.
pub(super) fn list_style(place: &str, format: Option<&Value>) -> Option<(&'static str, bool)> {
    match (place, format.and_then(Value::as_str).unwrap_or("csv")) {
        ("query" | "formData", "csv") => Some(("form", false)),
        ("query" | "formData", "multi") => Some(("form", true)),
        ("query" | "formData", "ssv") => Some(("spaceDelimited", false)),
        ("query" | "formData", "pipes") => Some(("pipeDelimited", false)),
        ("path" | "header", "csv") => Some(("simple", false)),
        _ => None,
    }
}

/// Takes what a parameter says of its type out of it.
pub(super) fn schema(node: &mut Map<String, Value>, at: &Pointer, pass: &mut Pass<'_>) -> Map<String, Value> {
    let to = at.child("schema");
    pass.moved(&to, at);
    let mut schema = Map::new();
    for key in OF_THE_TYPE {
        schema.extend(node.shift_remove(key).map(|value| (key.to_owned(), value)));
    }
    schemas::schema(&mut schema, &to, pass);
    if let Some(Value::Object(items)) = schema.get_mut("items") {
        items.shift_remove("collectionFormat");
        if items.get("type").is_some_and(|name| name == "array") {
            pass.left_out(&to.child("items"), "items", "a list in a list is a text that the caller writes");
            schema.insert("items".to_owned(), json!({"type": "string"}));
        }
    }
    schema
}

/// A list that no style of 3.0 writes: the caller does.
pub(super) fn as_text(schema: &mut Map<String, Value>, at: &Pointer, format: Option<&Value>, pass: &mut Pass<'_>) {
    let place = if format.is_some() { at.child("collectionFormat") } else { at.clone() };
    pass.left_out(&place, "collectionFormat", "the list is a text that the caller writes");
    schema.retain(|key, _| key == "nullable" || key == "description");
    schema.insert("type".to_owned(), "string".into());
}

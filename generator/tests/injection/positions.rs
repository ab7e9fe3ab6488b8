//! The string positions of a document, and the document with a marker at one of them.

use serde_json::{Map, Value};

/// One string of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    /// The pointer to the node.
    pub(crate) at: String,
    /// Whether it is the key that leads to the node, and not its value.
    pub(crate) is_key: bool,
}

/// What holds members under names that the author of a document chose.
const NAMED: [&str; 31] = [
    "additionalProperties",
    "any",
    "callbacks",
    "content",
    "default",
    "definitions",
    "$defs",
    "dependentSchemas",
    "encoding",
    "example",
    "examples",
    "flows",
    "headers",
    "mapping",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "scopes",
    "securityDefinitions",
    "securitySchemes",
    "value",
    "variables",
    "webhooks",
    "x-logo",
    "x-own",
    "done",
];

/// All string positions: values that are texts, and keys that are names.
pub(crate) fn positions(document: &Value) -> Vec<Position> {
    let mut found = Vec::new();
    walk(document, String::new(), "", &mut found);
    found
}

fn walk(value: &Value, at: String, parent: &str, found: &mut Vec<Position>) {
    match value {
        Value::String(_) => found.push(Position { at, is_key: false }),
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                // A requirement is a map of schemes by their names.
                let parent = if parent == "security" { "paths" } else { "" };
                walk(element, format!("{at}/{index}"), parent, found);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                let at = format!("{at}/{}", escape(key));
                // A property may be called like a keyword, and is none.
                let is_name = NAMED.contains(&parent) || key.starts_with("x-");
                if is_name {
                    found.push(Position { at: at.clone(), is_key: true });
                }
                walk(member, at, if is_name { "" } else { key }, found);
            }
        }
        _ => {}
    }
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The document with a marker at one position; what refers to it by its name goes on to do so.
pub(crate) fn marked(document: &Value, position: &Position, marker: &str) -> Value {
    let mut document = document.clone();
    if !position.is_key {
        if let Some(Value::String(text)) = document.pointer_mut(&position.at) {
            *text = format!("{text}{marker}{text}");
        }
        return document;
    }
    let (parent, key) = position.at.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    let new = format!("{key}{marker}{key}");
    let (above, holder) = parent.rsplit_once('/').unwrap_or(("", parent));
    if let Some(Value::Object(members)) = document.pointer_mut(parent) {
        rename(members, &key, &new);
    }
    if holder == "properties"
        && let Some(schema) = document.pointer_mut(above)
    {
        for pointer in ["/discriminator", "/discriminator/propertyName"] {
            schema.pointer_mut(pointer).into_iter().for_each(|name| replace(name, &key, &new));
        }
        schema["required"].as_array_mut().into_iter().flatten().for_each(|name| replace(name, &key, &new));
        if schema["required"].is_null() {
            schema.as_object_mut().unwrap().shift_remove("required");
        }
    }
    let percent = |text: &str| text.replace('%', "%25");
    let (from, to) = (format!("#{}", position.at), format!("#{parent}/{}", percent(&escape(&new))));
    refer(&mut document, &from, &to);
    if ["securitySchemes", "securityDefinitions"].contains(&holder) {
        require(&mut document, &key, &new);
    }
    document
}

fn replace(text: &mut Value, from: &str, to: &str) {
    if text == from {
        *text = to.into();
    }
}

/// Gives a member another name, in its place.
fn rename(members: &mut Map<String, Value>, from: &str, to: &str) {
    let old = std::mem::take(members);
    members.extend(old.into_iter().map(|(key, value)| (if key == from { to.to_owned() } else { key }, value)));
}

/// Lets references lead to the new name.
fn refer(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(text) => {
            let rest = text.strip_prefix(from).filter(|rest| rest.is_empty() || rest.starts_with('/'));
            if let Some(rest) = rest {
                *text = format!("{to}{rest}");
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| refer(element, from, to)),
        Value::Object(members) => members.values_mut().for_each(|member| refer(member, from, to)),
        _ => {}
    }
}

/// Lets requirements name the new scheme.
fn require(value: &mut Value, from: &str, to: &str) {
    if let Some(Value::Array(alternatives)) = value.get_mut("security") {
        alternatives.iter_mut().filter_map(Value::as_object_mut).for_each(|schemes| rename(schemes, from, to));
    }
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(|element| require(element, from, to)),
        Value::Object(members) => members.values_mut().for_each(|member| require(member, from, to)),
        _ => {}
    }
}

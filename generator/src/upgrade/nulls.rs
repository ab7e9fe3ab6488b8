//! Null as a type, and lists of types.

use serde_json::{Map, Value, json};

use super::Pass;
use super::schemas::type_of;
use crate::diagnostics::Pointer;

/// What says something about a schema without deciding which values are valid.
const ANNOTATIONS: [&str; 11] = [
    "$comment",
    "default",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
];

pub(super) fn rewrite(schema: &mut Map<String, Value>, at: &Pointer, pass: &mut Pass<'_>) {
    loop {
        types(schema, at, pass);
        // An alternative that was taken in may have a list of types itself.
        let taken = ["oneOf", "anyOf"].into_iter().any(|key| alternatives(schema, key, at, pass));
        if !taken {
            return;
        }
    }
}

fn types(schema: &mut Map<String, Value>, at: &Pointer, pass: &mut Pass<'_>) {
    let place = at.child("type");
    let mut names: Vec<String> = match schema.get("type") {
        Some(Value::Array(names)) => {
            pass.newer(&place, "a list of types");
            names.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        // YAML reads `type: null` as no text.
        Some(Value::Null) => vec!["null".to_owned()],
        Some(Value::String(name)) if name == "null" => vec!["null".to_owned()],
        _ => return,
    };
    if names.iter().any(|name| name == "null") {
        schema.insert("nullable".to_owned(), true.into());
    }
    // Every integer is a number.
    let has_number = names.iter().any(|name| name == "number");
    names.retain(|name| name != "null" && !(has_number && name == "integer"));
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    schema.shift_remove("type");
    match names.as_slice() {
        [] if schema.get("nullable") == Some(&Value::Bool(true)) => {
            schema.entry("enum").or_insert_with(|| json!([null]));
        }
        [] => {}
        [name] => {
            schema.insert("type".to_owned(), name.clone().into());
        }
        _ if schema.contains_key("anyOf") => {
            pass.left_out(&place, "type", "a list of types beside `anyOf` does not narrow the alternatives");
        }
        _ => split(schema, &names, at, pass),
    }
}

/// A schema of several types is one alternative a type, each with the keywords that are about it.
fn split(schema: &mut Map<String, Value>, names: &[String], at: &Pointer, pass: &mut Pass<'_>) {
    let mut parts = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let to = at.child("anyOf").index(index);
        pass.moved(&to, at);
        let mut part = Map::from_iter([("type".to_owned(), name.clone().into())]);
        for (key, value) in schema.iter() {
            let is_about = about(key, value).is_some_and(|types| types.contains(&name.as_str()));
            match (key.as_str(), value) {
                ("enum", Value::Array(values)) => {
                    let own = values.iter().filter(|value| is_a(value, name)).cloned().collect::<Vec<_>>();
                    part.insert(key.clone(), own.into());
                }
                _ if is_about => {
                    part.insert(key.clone(), value.clone());
                }
                _ => {}
            }
        }
        // A type of which the enum has no value is none of this schema's.
        if part.get("enum") != Some(&json!([])) {
            parts.push(Value::Object(part));
        }
    }
    schema.retain(|key, value| key != "enum" && about(key, value).is_none());
    schema.insert("anyOf".to_owned(), parts.into());
}

fn is_a(value: &Value, name: &str) -> bool {
    let found = type_of(value);
    found == name || (found == "integer" && name == "number")
}

/// The types that a keyword is about; none if it is about every type.
fn about(key: &str, value: &Value) -> Option<&'static [&'static str]> {
    Some(match key {
        "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType" | "contentSchema" => &["string"],
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => &["number", "integer"],
        "items" | "prefixItems" | "minItems" | "maxItems" | "uniqueItems" | "contains" => &["array"],
        "minContains" | "maxContains" | "unevaluatedItems" | "additionalItems" => &["array"],
        "properties" | "required" | "additionalProperties" | "patternProperties" | "propertyNames" => &["object"],
        "minProperties" | "maxProperties" | "unevaluatedProperties" => &["object"],
        "dependentRequired" | "dependentSchemas" | "dependencies" => &["object"],
        "format" if matches!(value.as_str(), Some("int32" | "int64" | "float" | "double")) => &["number", "integer"],
        "format" => &["string"],
        _ => return None,
    })
}

/// Takes null out of alternatives; the only one that is left is taken into the schema itself, of
/// which this returns true.
fn alternatives(schema: &mut Map<String, Value>, key: &str, at: &Pointer, pass: &mut Pass<'_>) -> bool {
    let place = at.child(key);
    let Some(Value::Array(parts)) = schema.get(key) else { return false };
    let kept: Vec<usize> = (0..parts.len()).filter(|index| !is_null(&parts[*index])).collect();
    if kept.len() == parts.len() {
        return false;
    }
    pass.newer(&place, "null as an alternative");
    let mut rest: Vec<Value> = kept.iter().map(|index| parts[*index].clone()).collect();
    schema.insert("nullable".to_owned(), true.into());
    if let ([index], Some(only)) = (kept.as_slice(), rest.first().cloned()) {
        schema.shift_remove(key);
        take_in(schema, only, &place.index(*index), at, pass);
        return true;
    }
    for (to, from) in kept.iter().enumerate() {
        pass.moved(&place.index(to), &place.index(*from));
    }
    if rest.is_empty() {
        schema.shift_remove(key);
        schema.insert("enum".to_owned(), json!([null]));
    } else {
        schema.insert(key.to_owned(), std::mem::take(&mut rest).into());
    }
    false
}

/// Whether null is all that a schema allows.
fn is_null(schema: &Value) -> bool {
    let only = |list: &Value| list.as_array().is_some_and(|list| list.len() == 1 && list[0].is_null());
    match schema.get("type") {
        Some(Value::Null) => true,
        Some(Value::String(name)) => name == "null",
        Some(Value::Array(names)) => names.len() == 1 && names[0] == "null",
        _ => schema.get("const").is_some_and(Value::is_null) || schema.get("enum").is_some_and(only),
    }
}

/// The members of the only alternative become the schema's own, where those say nothing else.
fn take_in(schema: &mut Map<String, Value>, only: Value, from: &Pointer, at: &Pointer, pass: &mut Pass<'_>) {
    let is_free = |key: &String| !schema.contains_key(key) || ANNOTATIONS.contains(&key.as_str());
    match only {
        Value::Object(members) if !members.contains_key("$ref") && members.keys().all(is_free) => {
            for (key, value) in members {
                if !schema.contains_key(&key) {
                    pass.moved(&at.child(&key), &from.child(&key));
                    schema.insert(key, value);
                }
            }
        }
        only => {
            let parts = schema.entry("allOf").or_insert_with(|| json!([]));
            if let Value::Array(parts) = parts {
                pass.moved(&at.child("allOf").index(parts.len()), from);
                parts.push(only);
            }
        }
    }
}

//! Walks over the tree of values, knowing where OpenAPI 3.0 has schemas and where it has data.

use serde_json::Value;

use crate::diagnostics::Pointer;

/// Members that hold the API's data, not the document's structure.
const DATA: [&str; 4] = ["example", "examples", "default", "enum"];

/// Calls `visit` with every node that is structure, parents first.
pub(crate) fn structure(root: &Value, visit: &mut dyn FnMut(&Pointer, &Value)) {
    walk(root, &Pointer::default(), false, visit);
}

fn walk(value: &Value, at: &Pointer, names: bool, visit: &mut dyn FnMut(&Pointer, &Value)) {
    visit(at, value);
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                // Below `properties` and the like, a key is a name that the API chose.
                let is_data = !names && (DATA.contains(&key.as_str()) || key.starts_with("x-"));
                if !is_data {
                    walk(member, &at.child(key), !names && holds_names(key), visit);
                }
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                walk(element, &at.index(index), false, visit);
            }
        }
        _ => {}
    }
}

/// Whether the keys of this member are names and not OpenAPI's own words.
fn holds_names(key: &str) -> bool {
    matches!(
        key,
        "properties"
            | "schemas"
            | "responses"
            | "parameters"
            | "requestBodies"
            | "headers"
            | "securitySchemes"
            | "links"
            | "callbacks"
            | "paths"
            | "content"
            | "mapping"
            | "variables"
            | "encoding"
            | "scopes"
    )
}

/// Calls `visit` with every schema, parents first.
pub(crate) fn schemas(root: &Value, visit: &mut dyn FnMut(&Pointer, &Value)) {
    if let Some(Value::Object(schemas)) = root.pointer("/components/schemas") {
        let at = Pointer::parse("/components/schemas");
        for (name, schema) in schemas {
            schema_tree(schema, &at.child(name), visit);
        }
    }
    let mut found: Vec<(Pointer, Value)> = Vec::new();
    structure(root, &mut |at, value| {
        if value.is_object() && at.as_str().ends_with("/schema") && !at.as_str().starts_with("/components/schemas/") {
            found.push((at.clone(), value.clone()));
        }
    });
    for (at, schema) in &found {
        schema_tree(schema, at, visit);
    }
}

fn schema_tree(schema: &Value, at: &Pointer, visit: &mut dyn FnMut(&Pointer, &Value)) {
    let Value::Object(members) = schema else { return };
    visit(at, schema);
    for (key, member) in members {
        let at = at.child(key);
        match (key.as_str(), member) {
            ("properties", Value::Object(properties)) => {
                for (name, property) in properties {
                    schema_tree(property, &at.child(name), visit);
                }
            }
            ("items" | "additionalProperties" | "not", Value::Object(_)) => schema_tree(member, &at, visit),
            ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => {
                for (index, part) in parts.iter().enumerate() {
                    schema_tree(part, &at.index(index), visit);
                }
            }
            _ => {}
        }
    }
}

//! Members that are not what they must be: what they mean is taken where that is plain, else they
//! are left out. Afterwards no member can make the typed document fail as a whole.

use serde_json::{Map, Value, json};

use super::table::{Shape, shape};
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::load::kinds::Kind;

/// The methods of a path item, in small letters as OpenAPI has them.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

pub(super) fn mend(value: &mut Value, kind: Kind, at: &Pointer, report: &mut Report) {
    if !value.is_object() {
        whole(value, kind, at, report);
    }
    let Value::Object(node) = value else { return };
    if kind == Kind::PathItem {
        methods(node, at, report);
    }
    let place = node.get("in").and_then(Value::as_str).unwrap_or_default().to_owned();
    for key in node.keys().cloned().collect::<Vec<_>>() {
        let Some(expected) = shape(kind, &key, &place) else { continue };
        let Some(found) = node.get_mut(&key) else { continue };
        let found_at = at.child(&key);
        if let (Kind::PathItem | Kind::Operation, "parameters", Value::Array(list)) = (kind, key.as_str(), &mut *found)
            && !list.iter().all(Value::is_object)
        {
            parameters(list, &found_at, report);
        }
        if is(found, expected) {
            elements(found, expected, &found_at, report);
            continue;
        }
        // In YAML, a key without a value.
        if found.is_null() {
            node.shift_remove(&key);
            continue;
        }
        match taken(found, expected) {
            Some(taken) => {
                told(&found_at, &format!("`{key}` must be {}", expected.name()), "it is taken as one", report);
                *found = taken;
            }
            None => {
                told(&found_at, &format!("`{key}` must be {}", expected.name()), "it is left out", report);
                node.shift_remove(&key);
            }
        }
    }
    complete(node, kind, at, report);
}

/// Makes a map of what must be one.
fn whole(value: &mut Value, kind: Kind, at: &Pointer, report: &mut Report) {
    let (what, instead) = match kind {
        Kind::Schema => ("a schema", "any JSON value takes its place"),
        // In YAML, a key without a value.
        Kind::Response | Kind::MediaType | Kind::Encoding | Kind::Header if value.is_null() => {
            *value = json!({});
            return;
        }
        Kind::Response if value.is_string() => {
            told(at, "a response", "it is taken as the description of one", report);
            *value = json!({"description": value});
            return;
        }
        Kind::Response => ("a response", "it is read as one of which nothing is known"),
        Kind::MediaType => ("a media type", "it is read as one of which nothing is known"),
        Kind::Encoding => ("an encoding", "it is read as one that says nothing"),
        Kind::Header => ("a header", "it is read as one of which nothing is known"),
        _ => return,
    };
    told(at, what, instead, report);
    *value = json!({});
}

/// Leaves out what among parameters is no map.
fn parameters(list: &mut Vec<Value>, at: &Pointer, report: &mut Report) {
    let mut kept = 0;
    for (index, element) in std::mem::take(list).into_iter().enumerate() {
        if !element.is_object() {
            told(&at.index(index), "a parameter", "it is left out", report);
            continue;
        }
        if kept != index {
            report.moved(&at.index(kept), &at.index(index));
        }
        list.push(element);
        kept += 1;
    }
}

fn told(at: &Pointer, what: &str, instead: &str, report: &mut Report) {
    let message =
        if what.starts_with('`') { format!("{what}: {instead}") } else { format!("this is not {what}: {instead}") };
    report.push(
        Diagnostic::warning("wrong-kind", Place::Document(at.clone()), message)
            .label("this is none")
            .help("compare with the OpenAPI specification's section on this object"),
    );
}

fn is(value: &Value, expected: Shape) -> bool {
    match expected {
        Shape::Text => value.is_string(),
        Shape::Flag => value.is_boolean(),
        Shape::Count => value.is_u64(),
        Shape::Number => value.is_number(),
        Shape::List | Shape::Texts | Shape::Values | Shape::Schemas => value.is_array(),
        Shape::Map | Shape::TextMap => value.is_object(),
        // Other schemas are looked at on their own.
        Shape::Schema => !value.is_null(),
        Shape::SchemaOrFlag => value.is_object() || value.is_boolean(),
        Shape::OneOf(texts) => value.as_str().is_some_and(|text| texts.contains(&text)),
    }
}

/// Leaves out elements that are none of these.
fn elements(value: &mut Value, expected: Shape, at: &Pointer, report: &mut Report) {
    match (expected, value) {
        (Shape::Texts, Value::Array(list)) if !list.iter().all(Value::is_string) => {
            told(at, "a list of texts", "what is no text is left out", report);
            list.retain(Value::is_string);
        }
        (Shape::TextMap, Value::Object(map)) if !map.values().all(Value::is_string) => {
            told(at, "a map of texts", "what is no text is left out", report);
            map.retain(|_, value| value.is_string());
        }
        _ => {}
    }
}

/// What a value can only mean.
fn taken(value: &Value, expected: Shape) -> Option<Value> {
    let text = value.as_str().map(str::trim);
    match expected {
        Shape::Text => match value {
            Value::Number(number) => Some(number.to_string().into()),
            Value::Bool(flag) => Some(flag.to_string().into()),
            _ => None,
        },
        Shape::Flag => match text?.to_ascii_lowercase().as_str() {
            "true" | "yes" => Some(true.into()),
            "false" | "no" => Some(false.into()),
            _ => None,
        },
        Shape::Count => {
            let number = value.as_f64().or_else(|| text?.parse().ok())?;
            let is_count = number >= 0.0 && number.fract() == 0.0 && number < 9e15;
            is_count.then(|| (number as u64).into())
        }
        Shape::Number => text?.parse::<serde_json::Number>().ok().map(Value::Number),
        // One, where a list of them belongs.
        Shape::List | Shape::Schemas => value.is_object().then(|| json!([value])),
        Shape::Texts => value.is_string().then(|| json!([value])),
        _ => None,
    }
}

/// Adds what must be there and says nothing.
fn complete(node: &mut Map<String, Value>, kind: Kind, at: &Pointer, report: &mut Report) {
    match kind {
        Kind::Response if !node.contains_key("description") && !node.contains_key("$ref") => {
            report.push(
                Diagnostic::note(
                    "missing-description",
                    Place::Document(at.clone()),
                    "the response has no `description`",
                )
                .label("this response")
                .help("say when it is given; OpenAPI asks for it"),
            );
            node.insert("description".to_owned(), "".into());
        }
        Kind::Schema => {
            if node.get("externalDocs").is_some_and(|docs| !docs.get("url").is_some_and(Value::is_string)) {
                node.shift_remove("externalDocs");
            }
            if node.get("discriminator").is_some_and(|mark| !mark.get("propertyName").is_some_and(Value::is_string)) {
                told(
                    &at.child("discriminator"),
                    "`discriminator` must have a `propertyName`",
                    "it is left out",
                    report,
                );
                node.shift_remove("discriminator");
            }
        }
        _ => {}
    }
    // Nothing is made of links, and little of examples.
    if kind == Kind::Response {
        node.shift_remove("links");
    }
    if let Some(Value::Object(examples)) = node.get_mut("examples")
        && matches!(kind, Kind::Parameter | Kind::Header | Kind::MediaType)
    {
        examples.retain(|_, example| example.is_object());
        for example in examples.values_mut().filter_map(Value::as_object_mut) {
            example.retain(|key, value| key == "value" || (key == "$ref" && value.is_string()));
        }
    }
}

/// Methods in capitals are methods.
fn methods(item: &mut Map<String, Value>, at: &Pointer, report: &mut Report) {
    for key in item.keys().cloned().collect::<Vec<_>>() {
        let method = key.to_ascii_lowercase();
        if key == method || !METHODS.contains(&method.as_str()) || item.contains_key(&method) {
            continue;
        }
        let message = format!("methods are written in small letters: `{key}` is taken as `{method}`");
        report.push(
            Diagnostic::warning("method-in-capitals", Place::Document(at.child(&key)), message)
                .label("this method")
                .help(format!("write `{method}`")),
        );
        if let Some(operation) = item.shift_remove(&key) {
            report.moved(&at.child(&method), &at.child(&key));
            item.insert(method, operation);
        }
    }
}

//! Bodies and forms: parameters in 2.0, `requestBody` since 3.0.

use serde_json::{Map, Value, json};

use super::parameters;
use crate::diagnostics::{Diagnostic, Place, Pointer};
use crate::upgrade::Pass;

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// A parameter with its place.
type Given = (Pointer, Map<String, Value>);

/// Gives an operation the body that its own parameters and those of its path item are.
pub(super) fn body(
    operation: &mut Map<String, Value>,
    own: Vec<Given>,
    shared: &[Given],
    consumes: &[String],
    at: &Pointer,
    pass: &mut Pass<'_>,
) {
    let key = |parameter: &Map<String, Value>| match is_whole(parameter) {
        true => None,
        false => parameter.get("name").cloned(),
    };
    let is_own = |parameter: &Map<String, Value>| own.iter().any(|(_, other)| key(other) == key(parameter));
    let inherited = shared.iter().filter(|(_, parameter)| !is_own(parameter)).cloned();
    let (whole, fields): (Vec<Given>, Vec<Given>) =
        inherited.chain(own.iter().cloned()).partition(|(_, parameter)| is_whole(parameter));
    let at = at.child("requestBody");
    let (used, unused) = match (whole.as_slice(), fields.as_slice()) {
        ([], []) => return,
        ([], _) => (form(&fields, consumes, &at, pass), &whole[..0]),
        ([first, others @ ..], []) => (json_like(first, consumes, &at, pass), others),
        ([first, ..], _) => (json_like(first, consumes, &at, pass), fields.as_slice()),
    };
    second(unused, pass);
    operation.insert("requestBody".to_owned(), used);
}

/// Tells of bodies beside another.
pub(super) fn second(unused: &[Given], pass: &mut Pass<'_>) {
    for (place, parameter) in unused {
        let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
        pass.report.push(
            Diagnostic::warning(
                "second-body",
                Place::Document(place.clone()),
                format!("a request has one body, and another was declared before: `{name}` is left out"),
            )
            .label("this parameter")
            .help("declare one parameter `in: body`, or several `in: formData`, or a `requestBody` alone"),
        );
    }
}

fn is_whole(parameter: &Map<String, Value>) -> bool {
    parameter.get("in").is_some_and(|place| place == "body")
}

fn json_like((from, parameter): &Given, consumes: &[String], at: &Pointer, pass: &mut Pass<'_>) -> Value {
    let content_at = at.child("content");
    pass.moved(at, from);
    pass.moved(&content_at, from);
    let mut body = Map::new();
    let mut content = Map::new();
    let default = ["application/json".to_owned()];
    for media_type in if consumes.is_empty() { &default } else { consumes } {
        let mut declared = Map::new();
        let to = content_at.child(media_type);
        pass.moved(&to, from);
        if let Some(schema) = parameter.get("schema") {
            pass.moved(&to.child("schema"), &from.child("schema"));
            declared.insert("schema".to_owned(), schema.clone());
        }
        content.insert(media_type.clone(), Value::Object(declared));
    }
    for (key, value) in parameter.iter().filter(|(key, _)| is_of_body(key)) {
        body.insert(key.clone(), value.clone());
    }
    body.insert("content".to_owned(), Value::Object(content));
    Value::Object(body)
}

fn is_of_body(key: &str) -> bool {
    key == "description" || key == "required" || key.starts_with("x-")
}

fn form(fields: &[Given], consumes: &[String], at: &Pointer, pass: &mut Pass<'_>) -> Value {
    let has_file = fields.iter().any(|(_, field)| field.get("type").is_some_and(|name| name == "file"));
    let declared = consumes.iter().filter(|media_type| {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        essence.starts_with("multipart/") || (essence == FORM && !has_file)
    });
    let mut media_types: Vec<String> = declared.cloned().collect();
    if media_types.is_empty() {
        media_types.push(if has_file { MULTIPART } else { FORM }.to_owned());
    }
    if let Some((first, _)) = fields.first() {
        pass.moved(at, first);
        pass.moved(&at.child("content"), first);
    }
    let is_required = |field: &Map<String, Value>| field.get("required") == Some(&Value::Bool(true));
    let content = media_types.iter().map(|media_type| {
        let at = at.child("content").child(media_type);
        (media_type.clone(), media_type_of(fields, media_type.starts_with("multipart/"), &at, pass))
    });
    let content: Map<String, Value> = content.collect();
    json!({"required": fields.iter().any(|(_, field)| is_required(field)), "content": content})
}

fn media_type_of(fields: &[Given], is_multipart: bool, at: &Pointer, pass: &mut Pass<'_>) -> Value {
    let (mut properties, mut required, mut encodings) = (Map::new(), Vec::new(), Map::new());
    if let Some((first, _)) = fields.first() {
        pass.moved(at, first);
        pass.moved(&at.child("schema"), first);
        pass.moved(&at.child("schema").child("properties"), first);
    }
    for (from, field) in fields {
        let Some(name) = field.get("name").and_then(Value::as_str) else { continue };
        let to = at.child("schema").child("properties").child(name);
        let mut field = field.clone();
        // What the parameter says of its type is below it, as its schema was.
        let mut schema = parameters::schema(&mut field, from, pass);
        pass.moved(&to, from);
        if let Some(description) = field.get("description") {
            schema.insert("description".to_owned(), description.clone());
        }
        if schema.get("type").is_some_and(|name| name == "array") {
            let format = field.get("collectionFormat");
            match parameters::list_style("formData", format) {
                // Each element is a part.
                Some((_, true)) if is_multipart => {}
                Some((style, explode)) if !is_multipart => {
                    encodings.insert(name.to_owned(), json!({"style": style, "explode": explode}));
                }
                _ => parameters::as_text(&mut schema, &to, format, pass),
            }
        }
        if field.get("required") == Some(&Value::Bool(true)) {
            required.push(name.to_owned());
        }
        properties.insert(name.to_owned(), Value::Object(schema));
    }
    let mut schema = json!({"type": "object", "properties": properties});
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    let mut media_type = json!({"schema": schema});
    if !encodings.is_empty() {
        media_type["encoding"] = Value::Object(encodings);
    }
    media_type
}

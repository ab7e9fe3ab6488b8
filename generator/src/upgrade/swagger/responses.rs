//! Responses of 2.0: one schema, whatever the media types of the operation.

use serde_json::{Map, Value, json};

use super::{Inherited, parameters, resolved};
use crate::diagnostics::Pointer;
use crate::upgrade::Pass;

/// Rewrites the responses of an operation.
pub(super) fn responses(
    operation: &mut Map<String, Value>,
    at: &Pointer,
    all: &Inherited<'_>,
    own: &Inherited<'_>,
    pass: &mut Pass<'_>,
) {
    let at = at.child("responses");
    let declared = operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flatten();
    for (status, node) in declared.filter(|(status, _)| !status.starts_with("x-")) {
        let at = at.child(status);
        if node.get("$ref").is_some() {
            // A shared response has the document's media types; with others it is another response.
            if own.produces == all.produces {
                continue;
            }
            let Some((from, shared)) = resolved(node, &at, all.source) else { continue };
            pass.moved(&at, &from);
            *node = Value::Object(shared);
        }
        if let Value::Object(node) = node {
            response(node, &at, &own.produces, pass);
        }
    }
}

/// Rewrites one response.
pub(super) fn response(node: &mut Map<String, Value>, at: &Pointer, produces: &[String], pass: &mut Pass<'_>) {
    let headers = at.child("headers");
    for (name, header) in node.get_mut("headers").and_then(Value::as_object_mut).into_iter().flatten() {
        if let Value::Object(header) = header {
            parameters::parameter(header, &headers.child(name), pass);
        }
    }
    let examples = node.shift_remove("examples");
    let Some(schema) = node.shift_remove("schema") else {
        if examples.as_ref().and_then(Value::as_object).is_some_and(|examples| !examples.is_empty()) {
            pass.left_out(&at.child("examples"), "examples", "without a `schema` the response has no body");
        }
        return;
    };
    let is_file = schema.get("format").is_some_and(|format| format == "binary");
    let default = [if is_file { "application/octet-stream" } else { "application/json" }.to_owned()];
    let mut content = Map::new();
    pass.moved(&at.child("content"), &at.child("schema"));
    for media_type in if produces.is_empty() { &default } else { produces } {
        let to = at.child("content").child(media_type);
        pass.moved(&to, &at.child("schema"));
        pass.moved(&to.child("schema"), &at.child("schema"));
        let mut declared = json!({"schema": schema});
        if let Some(example) = examples.as_ref().and_then(|examples| examples.get(media_type)) {
            pass.moved(&to.child("example"), &at.child("examples").child(media_type));
            declared["example"] = example.clone();
        }
        content.insert(media_type.clone(), declared);
    }
    let others = examples.as_ref().and_then(Value::as_object).into_iter().flatten();
    for (media_type, _) in others.filter(|(media_type, _)| !content.contains_key(*media_type)) {
        let place = at.child("examples").child(media_type);
        pass.left_out(&place, media_type, "the operation does not answer with this media type");
    }
    node.insert("content".to_owned(), Value::Object(content));
}

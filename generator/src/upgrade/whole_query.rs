//! A parameter that is the whole query (3.2): as a form of plain members it is an object in a query of
//! which each member is a pair, which is what 3.0 calls `style: form, explode: true`.

use serde_json::{Map, Value};

use super::Pass;
use crate::load::kinds::{Kind, rewrite, walk};
use crate::load::{locate, lookup, target};

const FORM: &str = "application/x-www-form-urlencoded";

pub(super) fn spread(root: &mut Value, pass: &mut Pass<'_>) {
    let is_one =
        |value: &Value, kind: Kind| kind == Kind::Parameter && value.get("in").is_some_and(|it| it == "querystring");
    let mut found = false;
    walk(root, &mut |value, kind, _| found |= is_one(value, kind));
    if !found {
        return;
    }
    let document = root.clone();
    rewrite(root, &mut |value, kind, at| {
        if !is_one(value, kind) {
            return;
        }
        let Value::Object(parameter) = value else { return };
        let content = parameter.get("content").and_then(Value::as_object);
        let Some(schema) = content.and_then(|content| content.get(FORM)?.get("schema")).cloned() else { return };
        if !is_plain(&schema, &document) {
            return;
        }
        let from = at.child("content").child(FORM).child("schema");
        parameter.shift_remove("content");
        for (key, value) in [("in", "query".into()), ("style", "form".into()), ("explode", true.into())] {
            parameter.insert(key.to_owned(), value);
        }
        parameter.insert("schema".to_owned(), schema);
        pass.moved(&at.child("schema"), &from);
    });
}

/// Whether it is an object whose members are texts, numbers or flags: a list would be written otherwise.
fn is_plain(schema: &Value, document: &Value) -> bool {
    let Some(schema) = resolved(schema, document) else { return false };
    let members = schema.get("properties").and_then(Value::as_object);
    schema.get("type").is_some_and(|ty| ty == "object")
        && members.is_some_and(|members| members.values().all(|member| is_scalar(member, document)))
}

fn is_scalar(schema: &Value, document: &Value) -> bool {
    let ty = resolved(schema, document).and_then(|schema| schema.get("type")?.as_str());
    ty.is_some_and(|ty| ["string", "integer", "number", "boolean"].contains(&ty))
}

fn resolved<'a>(schema: &'a Value, document: &'a Value) -> Option<&'a Map<String, Value>> {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(reference) => lookup(document, &locate(document, &target(reference)?)?)?.as_object(),
        None => schema.as_object(),
    }
}

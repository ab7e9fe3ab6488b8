//! Parameters and headers that do not say what they are.

use serde_json::{Map, Value, json};

use crate::diagnostics::{Diagnostic, Place, Pointer, Report};

/// What a parameter said of its type in Swagger 2.0.
const OF_THE_TYPE: [&str; 14] = [
    "default",
    "enum",
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
];

pub(super) fn mend(node: &mut Map<String, Value>, at: &Pointer, report: &mut Report) {
    if node.contains_key("$ref") {
        // A parameter that says its name and place, and refers to something else, refers to its type.
        let is_whole = node.contains_key("name") && node.contains_key("in");
        let is_parameter = |text: &str| text.starts_with("#/components/parameters/");
        if !is_whole || node.get("$ref").and_then(Value::as_str).is_some_and(is_parameter) {
            return;
        }
        told(at, "refers to its type: it is read as a `schema`", report);
        let reference = node.shift_remove("$ref");
        report.moved(&at.child("schema"), at);
        node.insert("schema".to_owned(), json!({"$ref": reference}));
        return;
    }
    if node.contains_key("schema") && node.contains_key("content") {
        told(at, "has both `schema` and `content`: the first counts", report);
        node.shift_remove("content");
    }
    if node.contains_key("schema") || node.contains_key("content") {
        return;
    }
    let mut schema = Map::new();
    for key in OF_THE_TYPE {
        schema.extend(node.shift_remove(key).map(|value| (key.to_owned(), value)));
    }
    if schema.is_empty() {
        told(at, "has neither `schema` nor `content`: it is a text", report);
        schema.insert("type".to_owned(), "string".into());
    } else {
        told(at, "has its type as in Swagger 2.0: it is read as a `schema`", report);
    }
    report.moved(&at.child("schema"), at);
    node.insert("schema".to_owned(), json!(schema));
}

fn told(at: &Pointer, what: &str, report: &mut Report) {
    report.push(
        Diagnostic::warning("odd-parameter", Place::Document(at.clone()), format!("this parameter or header {what}"))
            .label("this one")
            .help("write `schema: {type: ...}`"),
    );
}

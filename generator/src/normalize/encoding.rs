//! Says of each property of a form whether it is exploded: openapiv3 reads a missing `explode` as
//! false, but the default of the style `form` is true (OpenAPI 3.0, "Encoding Object").

use serde_json::{Map, Value};

/// Makes the defaults explicit, everywhere in the document.
pub(super) fn explicit(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::Object(content)) = members.get_mut("content") {
                content.values_mut().filter_map(Value::as_object_mut).for_each(media_type);
            }
            members.values_mut().for_each(explicit);
        }
        Value::Array(elements) => elements.iter_mut().for_each(explicit),
        _ => {}
    }
}

fn media_type(declared: &mut Map<String, Value>) {
    let Some(Value::Object(encodings)) = declared.get_mut("encoding") else { return };
    for encoding in encodings.values_mut().filter_map(Value::as_object_mut) {
        let is_form = encoding.get("style").is_none_or(|style| style == "form");
        if !encoding.contains_key("explode") {
            encoding.insert("explode".to_owned(), Value::Bool(is_form));
        }
    }
}

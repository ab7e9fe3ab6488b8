//! Says of each property of a form how it is written, if the document says anything of it.
//!
//! One of `style`, `explode` and `allowReserved` gives the other two their defaults; without all of
//! them, the property is written by its media type (OpenAPI 3.0.4, "Encoding Object"). openapiv3
//! cannot tell: it reads a missing `explode` as false.

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
        if !["style", "explode", "allowReserved"].iter().any(|key| encoding.contains_key(*key)) {
            continue;
        }
        let is_form = encoding.entry("style").or_insert_with(|| "form".into()) == "form";
        encoding.entry("explode").or_insert(Value::Bool(is_form));
    }
}

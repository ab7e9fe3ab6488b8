//! Says of each property of a form how it is written, if the document says anything of it.
//!
//! One of `style`, `explode` and `allowReserved` gives the other two their defaults; without all of
//! them, the property is written by its media type (OpenAPI 3.0.4, "Encoding Object"). openapiv3
//! cannot tell: it reads a missing `explode` as false.

use serde_json::Value;

use crate::load::kinds::{Kind, rewrite};

/// Makes the defaults explicit, everywhere in the document.
pub(super) fn explicit(root: &mut Value) {
    rewrite(root, &mut |value, kind, _| {
        let Value::Object(encoding) = value else { return };
        if kind == Kind::Encoding && ["style", "explode", "allowReserved"].iter().any(|key| encoding.contains_key(*key))
        {
            let is_form = encoding.entry("style").or_insert_with(|| "form".into()) == "form";
            encoding.entry("explode").or_insert(Value::Bool(is_form));
        }
    });
}

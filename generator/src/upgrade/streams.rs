//! What 3.2 says of bodies that are lists by their media type, and of cookies.

use serde_json::{Value, json};

use super::Pass;
use crate::load::kinds::{Kind, rewrite};

pub(super) fn describe(root: &mut Value, pass: &mut Pass<'_>) {
    rewrite(root, &mut |value, kind, at| {
        let Value::Object(node) = value else { return };
        match kind {
            Kind::MediaType => {
                for key in ["prefixEncoding", "itemEncoding"] {
                    if node.shift_remove(key).is_some() {
                        pass.left_out(&at.child(key), key, "parts without names are written by the caller");
                    }
                }
                let Some(item) = node.shift_remove("itemSchema") else { return };
                if node.contains_key("schema") {
                    pass.left_out(&at.child("itemSchema"), "itemSchema", "`schema` counts");
                    return;
                }
                // A stream's schema is that of the list of its elements.
                pass.moved(&at.child("schema"), &at.child("itemSchema"));
                pass.moved(&at.child("schema").child("items"), &at.child("itemSchema"));
                node.insert("schema".to_owned(), json!({"type": "array", "items": item}));
            }
            Kind::Parameter if node.get("style").is_some_and(|style| style == "cookie") => {
                node.insert("style".to_owned(), "form".into());
            }
            _ => {}
        }
    });
}

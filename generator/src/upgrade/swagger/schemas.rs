//! Schemas of 2.0: what they say in other words.

use serde_json::{Map, Value, json};

use crate::diagnostics::Pointer;
use crate::load::kinds::{Kind, rewrite as each};
use crate::upgrade::Pass;

/// Extensions by which documents say that null is a value, which 2.0 has no word for.
const NULLABLE: [&str; 2] = ["x-nullable", "x-isnullable"];

pub(super) fn rewrite(root: &mut Value, pass: &mut Pass<'_>) {
    each(root, &mut |value, kind, at| {
        if let (Kind::Schema, Value::Object(schema)) = (kind, value) {
            self::schema(schema, at, pass);
        }
    });
}

/// Rewrites one schema, or what a parameter says of its type.
pub(super) fn schema(schema: &mut Map<String, Value>, at: &Pointer, pass: &mut Pass<'_>) {
    if let Some(key) = NULLABLE.iter().find(|key| schema.get(**key) == Some(&Value::Bool(true))) {
        pass.moved(&at.child("nullable"), &at.child(key));
        schema.insert("nullable".to_owned(), true.into());
        // Beside a reference the extension would be lost.
        if let Some(reference) = schema.shift_remove("$ref") {
            pass.moved(&at.child("allOf").index(0), at);
            schema.insert("allOf".to_owned(), json!([{"$ref": reference}]));
        }
    }
    if let Some(Value::String(property)) = schema.get("discriminator").cloned() {
        pass.moved(&at.child("discriminator").child("propertyName"), &at.child("discriminator"));
        schema.insert("discriminator".to_owned(), json!({"propertyName": property}));
    }
    if schema.get("type").is_some_and(|name| name == "file") {
        schema.insert("type".to_owned(), "string".into());
        schema.insert("format".to_owned(), "binary".into());
        pass.moved(&at.child("format"), &at.child("type"));
    }
}

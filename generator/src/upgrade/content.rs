//! Binary data: `contentEncoding` and `contentMediaType` since 3.1, formats before (OpenAPI 3.1,
//! "Migrating binary descriptions from OAS 3.0").

use serde_json::{Map, Value};

use super::Pass;
use crate::diagnostics::Pointer;

pub(super) fn rewrite(schema: &mut Map<String, Value>, at: &Pointer, pass: &mut Pass<'_>) {
    let text = |key: &str| schema.get(key).and_then(Value::as_str).map(str::to_ascii_lowercase);
    let (encoding, media_type) = (text("contentEncoding"), text("contentMediaType"));
    let (key, format) = match (encoding.as_deref(), media_type.as_deref()) {
        (Some("base64" | "base64url"), _) => ("contentEncoding", Some("byte")),
        (Some("binary"), _) => ("contentEncoding", Some("binary")),
        (Some(_), _) => ("contentEncoding", None),
        // A text that is JSON or the like is a text.
        (None, Some(media_type)) if is_text(media_type) => ("contentMediaType", None),
        (None, Some(_)) => ("contentMediaType", Some("binary")),
        (None, None) => return,
    };
    pass.newer(&at.child(key), &format!("`{key}`"));
    if schema.get("type").is_some_and(|name| name != "string") {
        pass.left_out(&at.child(key), key, "it is about strings alone");
    } else if let Some(format) = format {
        if !schema.contains_key("format") {
            pass.moved(&at.child("format"), &at.child(key));
        }
        schema.entry("format").or_insert_with(|| format.into());
        schema.entry("type").or_insert_with(|| "string".into());
    } else {
        pass.left_out(&at.child(key), key, "the value is a text");
    }
    schema.shift_remove("contentEncoding");
    schema.shift_remove("contentMediaType");
}

fn is_text(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.starts_with("text/")
        || ["json", "xml", "yaml"].iter().any(|end| essence.ends_with(end))
        || essence == "application/jwt"
}

//! Types that do not exist: openapiv3 would read them as "anything".

use serde_json::{Map, Value};

use crate::diagnostics::{Diagnostic, Place, Pointer, Report};

/// The types of OpenAPI 3.0 (section 4.7.24, after JSON Schema Wright 00).
const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

/// Names of types in other languages, and what they can only mean: a type, and a format.
const MEANT: [(&str, &str, Option<&str>); 18] = [
    ("binary", "string", Some("binary")),
    ("bool", "boolean", None),
    ("date", "string", Some("date")),
    ("date-time", "string", Some("date-time")),
    ("datetime", "string", Some("date-time")),
    ("decimal", "number", None),
    ("double", "number", Some("double")),
    ("file", "string", Some("binary")),
    ("float", "number", Some("float")),
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("list", "array", None),
    ("long", "integer", Some("int64")),
    ("map", "object", None),
    ("str", "string", None),
    ("text", "string", None),
    ("uuid", "string", Some("uuid")),
];

pub(super) fn mend(schema: &mut Map<String, Value>, at: &Pointer, report: &mut Report) {
    let Some(name) = schema.get("type").and_then(Value::as_str) else { return };
    if TYPES.contains(&name) {
        return;
    }
    let plain = name.trim().to_ascii_lowercase();
    let capitals = TYPES.iter().find(|known| **known == plain).map(|known| (*known, None));
    let other = MEANT.iter().find(|(other, ..)| *other == plain).map(|(_, name, format)| (*name, *format));
    let meant = capitals.or(other);
    let instead = match meant {
        Some((name, None)) => format!("it is taken as {name}"),
        Some((name, Some(format))) => format!("it is taken as {name} of the format {format}"),
        None => "any JSON value takes its place".to_owned(),
    };
    report.push(
        Diagnostic::warning(
            "unknown-type",
            Place::Document(at.child("type")),
            format!("`{name}` is no type: {instead}"),
        )
        .label("this type")
        .help(format!("the types of OpenAPI 3.0 are {}", TYPES.join(", "))),
    );
    schema.shift_remove("type");
    if let Some((name, format)) = meant {
        schema.insert("type".to_owned(), name.into());
        if let Some(format) = format {
            schema.entry("format").or_insert_with(|| format.into());
        }
    }
}

//! Types that do not exist: openapiv3 would read them as "anything".

use serde_json::Value;

use super::walk;
use crate::diagnostics::{Diagnostic, Place, Report};

/// The types of OpenAPI 3.0 (section 4.7.24, after JSON Schema Wright 00).
const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

pub(super) fn check(root: &Value, report: &mut Report) {
    walk::schemas(root, &mut |at, schema| {
        let Some(found) = schema.get("type") else { return };
        if found.as_str().is_some_and(|name| TYPES.contains(&name)) {
            return;
        }
        let shown = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
        report.push(
            Diagnostic::error("unknown-type", Place::Document(at.child("type")), format!("`{shown}` is no type"))
                .label("this type")
                .help(format!("the types of OpenAPI 3.0 are {}", TYPES.join(", "))),
        );
    });
}

//! Which version of OpenAPI a document says it is.

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Place, Pointer, Report};

/// A version, as far as it matters here; what comes later is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V2_0,
    V3_0,
    V3_1,
    V3_2,
}

/// Reads the version, or says why the document is none that is known.
pub(super) fn of(root: &Value, report: &mut Report) -> Option<Version> {
    let at = Pointer::default();
    let found = ["openapi", "swagger"].into_iter().find_map(|key| Some((key, root.get(key)?)));
    let Some((key, version)) = found else {
        let message = "this is no OpenAPI document: it has no `openapi` field";
        report.push(
            Diagnostic::error("not-openapi", Place::Document(at), message)
                .help("an OpenAPI document begins with `openapi: 3.0.3`, or with `swagger: \"2.0\"`"),
        );
        return None;
    };
    // YAML reads `3.1` and `2.0` as numbers, unless they are quoted.
    let text = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
    let mut parts = text.split('.');
    let known = match (key, parts.next(), parts.next().unwrap_or("0")) {
        ("swagger", Some("2"), "0") => Some(Version::V2_0),
        ("openapi", Some("3"), "0") => Some(Version::V3_0),
        ("openapi", Some("3"), "1") => Some(Version::V3_1),
        ("openapi", Some("3"), "2") => Some(Version::V3_2),
        _ => None,
    };
    if known.is_none() {
        let message = format!("`{key}: {text}` is a version that is not read");
        report.push(
            Diagnostic::error("unsupported-version", Place::Document(at.child(key)), message)
                .label("this version")
                .help("Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are read"),
        );
    }
    known
}

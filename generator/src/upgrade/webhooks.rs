//! What a document says beside the API's own routes, since 3.1.

use serde_json::Value;

use super::Pass;
use super::version::Version;
use crate::diagnostics::{Diagnostic, Place, Pointer};

/// The dialects of JSON Schema that are read.
const DIALECTS: [&str; 4] = [
    "https://spec.openapis.org/oas/3.1/dialect/",
    "https://spec.openapis.org/oas/3.2/dialect/",
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
];

/// Leaves out webhooks, for those are requests that the user's own server answers.
pub(super) fn leave_out(root: &mut Value, pass: &mut Pass<'_>) {
    let at = Pointer::default();
    let Value::Object(document) = root else { return };
    if document.shift_remove("webhooks").is_some() {
        let place = Place::Document(at.child("webhooks"));
        pass.report.push(
            Diagnostic::note("webhooks", place, "webhooks are not generated: it is the server that calls them")
                .label("these")
                .help("nothing to do: types that they refer to in `components` are generated"),
        );
    }
    if pass.version >= Version::V3_1 {
        // A document of webhooks or of types alone need not have them.
        document.entry("paths").or_insert_with(|| Value::Object(serde_json::Map::new()));
    }
    if let Some(Value::String(dialect)) = document.get("jsonSchemaDialect")
        && !DIALECTS.iter().any(|known| dialect.starts_with(known))
    {
        pass.left_out(
            &at.child("jsonSchemaDialect"),
            "jsonSchemaDialect",
            "schemas are read as JSON Schema 2020-12 says",
        );
    }
}

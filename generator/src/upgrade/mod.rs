//! Brings every version of OpenAPI to 3.0, on the tree of values.
//!
//! So far 3.0 alone is read. Each older or newer version becomes one file here.

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::load::Tree;

/// Gives the tree as OpenAPI 3.0, or says why it cannot.
pub(crate) fn upgrade(tree: Tree, report: &mut Report) -> Option<Tree> {
    let root = Pointer::default();
    let version = ["openapi", "swagger"].into_iter().find_map(|key| Some((key, tree.value.get(key)?)));
    let Some((key, version)) = version else {
        let message = "this is no OpenAPI document: it has no `openapi` field";
        report.push(
            Diagnostic::error("not-openapi", Place::Document(root), message)
                .help("an OpenAPI document begins with `openapi: 3.0.3`"),
        );
        return None;
    };
    let text = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
    if key == "openapi" && matches!(version, Value::String(_)) && text.starts_with("3.0.") {
        return Some(tree);
    }
    let message = format!("`{key}: {text}` is a version that is not read yet");
    report.push(
        Diagnostic::error("unsupported-version", Place::Document(root.child(key)), message)
            .label("this version")
            .help("OpenAPI 3.0.0 to 3.0.4 are read"),
    );
    None
}

//! Where a parameter or a key goes, as people write it: `Header`, `formdata`, `cookies`. Before anything
//! else, for a body among the parameters is told by it.

use serde_json::Value;

use super::Pass;
use crate::diagnostics::{Diagnostic, Place};
use crate::load::kinds::{Kind, rewrite};

/// The places of all versions, and other names of theirs in small letters.
const PLACES: [(&str, &[&str]); 7] = [
    ("query", &["query"]),
    ("header", &["header", "headers"]),
    ("path", &["path"]),
    ("cookie", &["cookie", "cookies"]),
    ("body", &["body"]),
    ("formData", &["formdata", "form-data", "form"]),
    ("querystring", &["querystring"]),
];

pub(super) fn spell(root: &mut Value, pass: &mut Pass<'_>) {
    rewrite(root, &mut |value, kind, at| {
        if !matches!(kind, Kind::Parameter | Kind::SecurityScheme) {
            return;
        }
        let Some(Value::String(place)) = value.get_mut("in") else { return };
        let plain = place.trim().to_ascii_lowercase();
        let meant = PLACES.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(meant, _)| *meant);
        let Some(meant) = meant.filter(|meant| meant != place) else { return };
        let message = format!("`in: {place}` is taken as `in: {meant}`");
        pass.report.push(
            Diagnostic::warning("odd-place", Place::Document(at.child("in")), message)
                .label("this place")
                .help(format!("write `in: {meant}`")),
        );
        *place = meant.to_owned();
    });
}

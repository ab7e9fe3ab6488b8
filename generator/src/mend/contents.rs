//! Contents under names that are no media types, which no header could hold.

use serde_json::{Map, Value};

use crate::diagnostics::{Diagnostic, Place, Pointer, Report};

/// Leaves out what can neither be asked for nor sent, of a body or a response.
pub(super) fn mend(node: &mut Map<String, Value>, at: &Pointer, report: &mut Report) {
    let Some(Value::Object(contents)) = node.get_mut("content") else { return };
    let at = at.child("content");
    contents.retain(|name, _| {
        let is_usable = is_media_type(name);
        if !is_usable && !name.starts_with("x-") {
            let message = format!("`{}` is no media type: this content is left out", name.escape_debug());
            report.push(
                Diagnostic::warning("unknown-member", Place::Document(at.child(name)), message)
                    .label("this content")
                    .help("write a media type such as `application/json`"),
            );
        }
        is_usable
    });
}

/// What a header can hold as a media type (RFC 9110, section 8.3.1).
fn is_media_type(name: &str) -> bool {
    name.contains('/') && name.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

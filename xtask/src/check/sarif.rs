//! What was found, for tools that show it beside the code (SARIF 2.1.0, OASIS).

use serde_json::{Value, json};
use specsmith::diagnostics::{Diagnostic, Level, Place, explain};

use super::text::Checked;
use crate::report;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn text(checked: &Checked<'_>) -> Result<String, String> {
    let groups = checked.groups();
    let mut codes: Vec<&str> = groups.iter().map(|group| group[0].code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let index = |code: &str| codes.iter().position(|other| *other == code);
    let results: Vec<Value> = groups
        .iter()
        .flatten()
        .map(|it| {
            json!({
                "ruleId": it.code,
                "ruleIndex": index(it.code),
                "level": level(it.level),
                "message": {"text": message(it)},
                "locations": [location(&it.place, None, checked)],
                "relatedLocations":
                    it.related.iter().map(|(place, label)| location(place, Some(label), checked)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let driver = json!({"name": "specsmith", "version": env!("CARGO_PKG_VERSION"), "rules": rules});
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    });
    serde_json::to_string_pretty(&log).map_err(|error| format!("cannot write SARIF: {error}"))
}

fn rule(code: &str) -> Value {
    match explain(code) {
        Some(it) => json!({
            "id": code,
            "shortDescription": {"text": it.meaning},
            "help": {"text": if it.help.is_empty() { it.repaired } else { it.help }},
            "defaultConfiguration": {"level": level(it.level)},
        }),
        None => json!({"id": code}),
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

fn message(it: &Diagnostic) -> String {
    if it.help.is_empty() { it.message.clone() } else { format!("{}. {}", it.message, it.help) }
}

fn location(place: &Place, label: Option<&str>, checked: &Checked<'_>) -> Value {
    let located = report::located(place, &checked.texts);
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": {"uri": uri(&located.path)},
            "region": {
                "startLine": located.start.line,
                "startColumn": located.start.column,
                "endLine": located.end.line,
                "endColumn": located.end.column,
            },
        },
    });
    if let Some(label) = label {
        location["message"] = json!({"text": label});
    }
    location
}

/// A path as a URI reference (RFC 3986).
fn uri(path: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte);
    path.replace('\\', "/")
        .bytes()
        .map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

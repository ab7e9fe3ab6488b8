//! What was found, for scripts.

use serde::Serialize;
use specsmith::diagnostics::{Diagnostic, Level, Place};
use specsmith::untyped::Untyped;

use super::text::Checked;
use crate::report;

#[derive(Serialize)]
struct Document<'a> {
    document: &'a str,
    errors: usize,
    warnings: usize,
    notes: usize,
    operations: Option<Operations>,
    diagnostics: Vec<Row<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    untyped: Option<Vec<Bare<'a>>>,
}

#[derive(Serialize)]
struct Operations {
    declared: usize,
    generated: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    level: &'static str,
    code: &'static str,
    message: &'a str,
    #[serde(flatten)]
    at: At,
    label: &'a str,
    help: &'a str,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    at: At,
    label: &'a str,
}

#[derive(Serialize)]
struct Bare<'a> {
    rust: &'a str,
    why: &'a str,
    #[serde(flatten)]
    at: At,
}

/// A place: a file with a line and column, and the JSON pointer if it is a node of the document.
#[derive(Serialize)]
struct At {
    file: String,
    line: usize,
    column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
}

impl At {
    fn of(place: &Place, checked: &Checked<'_>) -> Self {
        let located = report::located(place, &checked.texts);
        let pointer = match place {
            Place::Document(at) => Some(at.to_string()),
            _ => None,
        };
        Self { file: located.path, line: located.start.line, column: located.start.column, pointer }
    }
}

fn row<'a>(it: &'a Diagnostic, checked: &Checked<'_>) -> Row<'a> {
    Row {
        level: it.level.name(),
        code: it.code,
        message: &it.message,
        at: At::of(&it.place, checked),
        label: &it.label,
        help: &it.help,
        related: it.related.iter().map(|(place, label)| Related { at: At::of(place, checked), label }).collect(),
    }
}

fn bare<'a>(it: &'a Untyped, checked: &Checked<'_>) -> Bare<'a> {
    Bare { rust: &it.rust, why: &it.why, at: At::of(&Place::Document(it.at.clone()), checked) }
}

pub(super) fn text(checked: &Checked<'_>) -> Result<String, String> {
    let document = Document {
        document: checked.texts.document,
        errors: checked.report.count(Level::Error),
        warnings: checked.report.count(Level::Warning),
        notes: checked.report.count(Level::Note),
        operations: checked.api.map(|api| Operations {
            declared: api.operations_in_document,
            generated: api.operations_in_document - api.operations_refused,
        }),
        diagnostics: checked.groups().into_iter().flatten().map(|it| row(it, checked)).collect(),
        untyped: checked.untyped.map(|untyped| untyped.iter().map(|it| bare(it, checked)).collect()),
    };
    serde_json::to_string_pretty(&document).map_err(|error| format!("cannot write JSON: {error}"))
}

//! The changes as JSON.

use std::collections::BTreeMap;

use serde::Serialize;
use specsmith::diff::{Change, Code, Severity, Step};

use super::shown::{Row, Shown};

#[derive(Serialize)]
struct Page<'a> {
    changes: Vec<ChangeRow<'a>>,
    counts: BTreeMap<&'static str, usize>,
    step: Step,
    /// The first of what asks for this step: a code and a Rust item each.
    reasons: Vec<Reason<'a>>,
    /// What the step means below 1.0.
    below_one: &'static str,
}

#[derive(Serialize)]
struct Reason<'a> {
    code: Code,
    rust: &'a str,
}

/// A change.
#[derive(Serialize)]
struct ChangeRow<'a> {
    code: Code,
    severity: Severity,
    module: Option<&'a str>,
    rust: &'a str,
    route: Option<&'a str>,
    message: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
    old: Option<String>,
    new: Option<String>,
}

pub(super) fn page(shown: &Shown) -> Result<String, String> {
    let page = Page {
        changes: shown.changes.iter().map(row).collect(),
        counts: shown.counts().into_iter().map(|(severity, count)| (severity.name(), count)).collect(),
        step: shown.step,
        reasons: shown.first_reasons().0.into_iter().map(reason).collect(),
        below_one: shown.step.below_one(),
    };
    serde_json::to_string_pretty(&page).map_err(|error| format!("cannot write JSON: {error}"))
}

fn reason(change: &Change) -> Reason<'_> {
    Reason { code: change.code, rust: &change.rust }
}

fn row(row: &Row) -> ChangeRow<'_> {
    let change = &row.change;
    ChangeRow {
        code: change.code,
        severity: change.severity,
        module: change.module.as_deref(),
        rust: &change.rust,
        route: change.route.as_deref(),
        message: &change.message,
        before: change.before.as_deref(),
        after: change.after.as_deref(),
        old: row.old.as_ref().map(ToString::to_string),
        new: row.new.as_ref().map(ToString::to_string),
    }
}

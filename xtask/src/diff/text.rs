//! The changes for a terminal.

use std::fmt::Write;

use specsmith::diff::Severity;

use super::shown::{Row, Shown};

pub(super) fn page(shown: &Shown, colour: bool) -> String {
    let paint = |severity: Severity, text: &str| {
        let code = match severity {
            Severity::Breaking => "1;31",
            Severity::Silent => "1;35",
            Severity::Additive => "32",
            Severity::Docs => "2",
        };
        if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    };
    let mut out = String::new();
    for group in shown.groups() {
        let _ = writeln!(out, "{}", group.name);
        for row in group.rows {
            let change = &row.change;
            let head = format!("{}[{}]", change.severity.name(), change.code);
            let route = change.route.as_ref().map(|route| format!("  {route}")).unwrap_or_default();
            let _ = writeln!(out, "  {} {}{route}", paint(change.severity, &head), change.rust);
            let _ = writeln!(out, "      {}", change.message);
            let places = places(row);
            if !places.is_empty() {
                let _ = writeln!(out, "      {places}");
            }
        }
        out.push('\n');
    }
    out + &shown.summary() + "\n"
}

/// Both places, the older first.
fn places(row: &Row) -> String {
    match (&row.old, &row.new) {
        (Some(old), Some(new)) => format!("{old} -> {new}"),
        (Some(old), None) => format!("{old} -> nowhere"),
        (None, Some(new)) => format!("nowhere -> {new}"),
        (None, None) => String::new(),
    }
}

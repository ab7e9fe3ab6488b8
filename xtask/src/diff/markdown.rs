//! The changes as a release note.

use std::fmt::Write;

use specsmith::diff::{Change, Severity};

use super::shown::{Shown, line};

pub(super) fn page(shown: &Shown) -> String {
    let mut out = String::from("# Changes\n");
    if shown.changes.is_empty() {
        return out + "\nNone.\n";
    }
    let _ = write!(out, "\n{}.\n", shown.summary());
    for severity in Severity::ALL {
        let all = shown.changes.iter().map(|row| &row.change);
        let changes: Vec<&Change> = all.filter(|change| change.severity == severity).collect();
        if changes.is_empty() {
            continue;
        }
        let _ = write!(out, "\n## {}\n", heading(severity));
        let mut item = None;
        for change in changes {
            if item != Some(&change.rust) {
                let route = change.route.as_ref().map(|route| format!(" ({})", code(&line(route)))).unwrap_or_default();
                let _ = write!(out, "\n- {}{route}\n", code(&change.rust));
                item = Some(&change.rust);
            }
            let _ = writeln!(out, "  - {} [{}]", escaped(&change.message), change.code);
        }
    }
    let (reasons, more) = shown.first_reasons();
    let reasons: Vec<String> = reasons.iter().map(|change| format!("{} {}", change.code, code(&change.rust))).collect();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let _ = write!(out, "\n## Version\n\n**{}**, because of {}{more}.", shown.step, reasons.join(", "));
    let _ = writeln!(out, " Below 1.0 that is {}.", shown.step.below_one());
    out
}

fn heading(severity: Severity) -> String {
    let meaning = severity.meaning();
    let (first, rest) = meaning.split_at(meaning.chars().next().map_or(0, char::len_utf8));
    first.to_uppercase() + rest
}

/// A text as Markdown's code, whatever is in it.
fn code(text: &str) -> String {
    let fence = "`".repeat(1 + text.split(|c| c != '`').map(str::len).max().unwrap_or(0));
    if fence.len() == 1 { format!("`{text}`") } else { format!("{fence} {text} {fence}") }
}

/// A sentence with code in it, in which nothing else is Markdown. Where backticks of the document's own make
/// it unclear what is code, nothing is.
fn escaped(message: &str) -> String {
    let message = line(message);
    let has_code = !message.contains("``") && message.matches('`').count().is_multiple_of(2);
    let mut out = String::new();
    for (index, part) in message.split('`').enumerate() {
        if index > 0 {
            out.push_str(if has_code { "`" } else { "\\`" });
        }
        let is_code = has_code && index % 2 == 1;
        for c in part.chars() {
            if !is_code && "\\*_[]<>#|".contains(c) {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn backticks_of_a_document_hide_no_markup() {
        assert_eq!(escaped("`a_b` is *new*"), "`a_b` is \\*new\\*");
        assert_eq!(escaped("`a`b` is <b>"), "\\`a\\`b\\` is \\<b\\>");
        assert_eq!(escaped("```<b>` is gone"), "\\`\\`\\`\\<b\\>\\` is gone");
    }
}

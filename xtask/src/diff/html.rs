//! The changes as a page.

use std::fmt::Write;

use super::shown::Shown;

pub(super) fn page(shown: &Shown) -> String {
    let title = escaped(&format!("Changes from {} to {}", shown.old.path, shown.new.path));
    let mut out = format!("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n");
    let _ = writeln!(out, "<p>{}</p>", escaped(&shown.summary()));
    for group in shown.groups() {
        let _ = writeln!(out, "<h2>{}</h2>\n<ul>", escaped(group.name));
        for row in group.rows {
            let change = &row.change;
            let head = format!("{} [{}] {}", change.severity.name(), change.code, change.rust);
            let _ = writeln!(out, "<li><code>{}</code> {}</li>", escaped(&head), escaped(&change.message));
        }
        out.push_str("</ul>\n");
    }
    let _ = writeln!(out, "<p>{}</p>", escaped(&shown.version()));
    out + "</html>\n"
}

/// A text in which nothing is HTML.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

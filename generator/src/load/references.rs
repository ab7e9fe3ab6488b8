//! References that lead nowhere.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{lookup, walk};
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};

pub(super) fn check(root: &Value, report: &mut Report) {
    walk::structure(root, &mut |at, value| {
        if value.get("<<").is_some() {
            report.push(
                Diagnostic::error("merge-key", Place::Document(at.child("<<")), "YAML's merge keys are not read yet")
                    .label("this key")
                    .help("write the merged members out"),
            );
        }
        let Some(Value::String(reference)) = value.get("$ref") else { return };
        let place = Place::Document(at.child("$ref"));
        match target(reference) {
            None => report.push(
                Diagnostic::error("external-reference", place, format!("`{reference}` leads out of this document"))
                    .label("this reference")
                    .help("only references inside the document (`#/...`) are read so far; bundle the document first"),
            ),
            Some(pointer) if lookup(root, &pointer).is_none() => {
                let mut diagnostic =
                    Diagnostic::error("broken-reference", place, format!("`{reference}` leads nowhere"))
                        .label("nothing is there");
                diagnostic = match nearest(root, &pointer) {
                    Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
                    None => diagnostic.help("add what it names, or correct the reference"),
                };
                report.push(diagnostic);
            }
            Some(_) => {}
        }
    });
}

/// The pointer of a reference inside the document (RFC 6901, section 6).
pub(crate) fn target(reference: &str) -> Option<Pointer> {
    let fragment = reference.strip_prefix('#')?;
    Some(Pointer::parse(percent_decode_str(fragment).decode_utf8_lossy()))
}

/// A sibling of what is missing whose name differs little.
fn nearest(root: &Value, missing: &Pointer) -> Option<String> {
    let (parent, name) = missing.as_str().rsplit_once('/')?;
    let siblings = root.pointer(parent)?.as_object()?;
    let plain = |text: &str| text.to_lowercase().replace(['_', '-', '.'], "");
    let wanted = plain(name);
    let close = |other: &String| {
        let other = plain(other);
        other == wanted || other.trim_end_matches('s') == wanted.trim_end_matches('s') || distance(&other, &wanted) <= 2
    };
    siblings.keys().find(|other| close(other)).map(|other| format!("#{parent}/{other}"))
}

/// The number of characters to insert, delete or replace (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

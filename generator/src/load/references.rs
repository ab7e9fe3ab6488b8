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

/// The text of a reference to a node of the document.
pub(crate) fn reference_to(at: &Pointer) -> String {
    format!("#{}", at.as_str().replace('%', "%25"))
}

/// Where the node is that a pointer leads to: references on the way and at the end are followed.
pub(crate) fn locate(root: &Value, pointer: &Pointer) -> Option<Pointer> {
    let mut pointer = pointer.clone();
    // Each reference on the way begins anew; a circle of them leads nowhere.
    'again: for _ in 0..JUMPS {
        let segments: Vec<String> = pointer.segments().collect();
        let (mut node, mut at) = (root, Pointer::default());
        for depth in 0..=segments.len() {
            let is_last = depth == segments.len();
            let reference = node.get("$ref").and_then(Value::as_str).filter(|_| !is_last || is_plain_reference(node));
            if !is_last && let Some(next) = child(node, &segments[depth]) {
                (node, at) = (next, at.child(&segments[depth]));
                continue;
            }
            let Some(reference) = reference else { return is_last.then_some(at) };
            let rest = segments[depth..].iter().fold(target(reference)?, |at, segment| at.child(segment));
            pointer = rest;
            continue 'again;
        }
    }
    None
}

/// How many references are followed to find one node.
const JUMPS: usize = 64;

/// Whether a node says nothing but where it is.
fn is_plain_reference(node: &Value) -> bool {
    node.as_object().is_some_and(|node| node.len() == 1)
}

fn child<'a>(node: &'a Value, segment: &str) -> Option<&'a Value> {
    match node {
        Value::Array(elements) => elements.get(segment.parse::<usize>().ok()?),
        node => node.get(segment),
    }
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

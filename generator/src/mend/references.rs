//! References that lead nowhere: each costs what it stands for, and no more.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};

use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::load::kinds::{Kind, rewrite, walk};
use crate::load::{locate, target};

/// `unread` says why references into other files were left as they are.
pub(super) fn mend(root: &mut Value, unread: &BTreeMap<String, String>, report: &mut Report) {
    let mut lost: HashSet<Pointer> = HashSet::new();
    let mut patience = MOST_COMPARED;
    walk(root, &mut |value, kind, at| {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return };
        let place = Place::Document(at.child("$ref"));
        let costs = match kind {
            Kind::Schema => "any JSON value takes its place",
            Kind::Header | Kind::PathItem => "it is left out",
            _ => "what needs it is left out",
        };
        let diagnostic = match target(reference) {
            None => {
                let reason = unread.get(reference).map_or("it leads out of this document", String::as_str);
                Diagnostic::warning(
                    "external-reference",
                    place,
                    format!("`{reference}` cannot be followed ({reason}): {costs}"),
                )
                .label("this reference")
                .help("put what it names where it leads to, or correct the reference")
            }
            // A circle of references leads nowhere too, but what is in it is there.
            Some(pointer) if locate(root, &pointer).is_none() && root.pointer(pointer.as_str()).is_none() => {
                let diagnostic =
                    Diagnostic::warning("broken-reference", place, format!("`{reference}` leads nowhere: {costs}"))
                        .label("nothing is there");
                match nearest(root, &pointer, &mut patience) {
                    Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
                    None => diagnostic.help("add what it names, or correct the reference"),
                }
            }
            Some(_) => return,
        };
        report.push(diagnostic);
        lost.insert(at.clone());
    });
    rewrite(root, &mut |value, kind, at| match (kind, &mut *value) {
        (Kind::Schema, schema) if lost.contains(at) => *schema = json!({}),
        (Kind::Response | Kind::Encoding, Value::Object(node)) => {
            if let Some(Value::Object(headers)) = node.get_mut("headers") {
                headers.retain(|name, _| !lost.contains(&at.child("headers").child(name)));
            }
        }
        (Kind::PathItem, Value::Object(item)) if lost.contains(at) => item.clear(),
        _ => {}
    });
}

/// How many names are compared with those that are missing: where it is more, they are not mistyped.
const MOST_COMPARED: usize = 500_000;

/// How long a name is that may be mistyped, in bytes.
const LONGEST: usize = 80;

/// A sibling of what is missing whose name differs little; `patience` is how many may yet be compared.
fn nearest(root: &Value, missing: &Pointer, patience: &mut usize) -> Option<String> {
    let (parent, name) = missing.as_str().rsplit_once('/').filter(|(_, name)| name.len() <= LONGEST)?;
    let siblings = root.pointer(parent)?.as_object()?;
    *patience = patience.checked_sub(siblings.len())?;
    let plain = |text: &str| text.to_lowercase().replace(['_', '-', '.'], "");
    let wanted = plain(name);
    let close = |other: &&String| {
        let other = plain(other);
        other == wanted
            || other.trim_end_matches('s') == wanted.trim_end_matches('s')
            || (other.len().abs_diff(wanted.len()) <= 2 * MOST_BYTES && distance(&other, &wanted) <= 2)
    };
    let name = siblings.keys().filter(|other| other.len() <= LONGEST).find(close)?;
    Some(format!("#{parent}/{name}"))
}

/// How many bytes a character has at most.
const MOST_BYTES: usize = 4;

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

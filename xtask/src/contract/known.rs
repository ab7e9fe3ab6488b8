//! Findings that are no violations: the validator's fault, or the document's. Each with its reason,
//! in `xtask/contract/known.toml`.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde::Deserialize;

use super::Finding;

const TEXT: &str = include_str!("../../contract/known.toml");

/// What is known of one document.
pub(super) struct Known {
    entries: Vec<Entry>,
    used: RefCell<BTreeSet<usize>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    known: Vec<Entry>,
}

/// A kind of finding.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The documents by their files' names.
    documents: Vec<String>,
    /// The operations; none for all.
    #[serde(default)]
    operations: Vec<String>,
    /// Place and message as they are printed; `*` stands for any text.
    finding: String,
    /// Whose fault it is.
    fault: Fault,
    reason: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Fault {
    Validator,
    Document,
}

impl Fault {
    fn name(self) -> &'static str {
        match self {
            Self::Validator => "validator",
            Self::Document => "document",
        }
    }
}

impl Known {
    /// What is known of a document.
    pub(super) fn read(document: &str) -> Result<Self, String> {
        Self::parse(TEXT, document)
    }

    pub(super) fn parse(text: &str, document: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| format!("known.toml: {error}"))?;
        if let Some(entry) = file.known.iter().find(|entry| entry.reason.trim().is_empty()) {
            return Err(format!("known.toml: `{}` gives no reason", entry.finding));
        }
        let is_of_it = |entry: &Entry| entry.documents.iter().any(|name| name == document);
        let entries = file.known.into_iter().filter(is_of_it).collect();
        Ok(Self { entries, used: RefCell::default() })
    }

    /// Whether a finding is known.
    pub(super) fn covers(&self, finding: &Finding) -> bool {
        let text = format!("{}: {}", finding.place, finding.what);
        let index = self.entries.iter().position(|entry| {
            let is_named = entry.operations.is_empty() || entry.operations.contains(&finding.operation);
            is_named && matches(&entry.finding, &text)
        });
        self.used.borrow_mut().extend(index);
        index.is_some()
    }

    /// Entries that no finding hit.
    pub(super) fn unused(&self) -> Vec<(String, String)> {
        let used = self.used.borrow();
        let unused = self.entries.iter().enumerate().filter(|(index, _)| !used.contains(index));
        unused
            .map(|(_, entry)| {
                (entry.finding.clone(), format!("no finding is such a fault of the {}: remove it", entry.fault.name()))
            })
            .collect()
    }
}

/// Whether a text is as the pattern says; `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match text.find(part) {
            Some(at) => text = &text[at + part.len()..],
            None => return false,
        }
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text, expected) in [
            ("body: x", "body: x", true),
            ("body: x", "body: xy", false),
            ("body*: 'x' is *", "body.a[1]: 'x' is not of type", true),
            ("query *: no", "query a: no", true),
            ("query *: no", "query a: now", false),
            ("*a*b*", "xxaxxbxx", true),
            ("*a*b*", "xxbxxaxx", false),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn entries_are_of_a_document_and_an_operation_and_must_be_hit() {
        let text = "[[known]]\ndocuments = [\"a.yaml\"]\noperations = [\"get\"]\nfinding = \"body: *\"\n\
                    fault = \"document\"\nreason = \"so\"\n";
        let finding = |operation: &str| Finding {
            operation: operation.to_owned(),
            place: "body".to_owned(),
            what: "wrong".to_owned(),
        };
        let known = Known::parse(text, "a.yaml").unwrap();
        assert_eq!(known.unused().len(), 1);
        assert!(!known.covers(&finding("put")));
        assert!(known.covers(&finding("get")));
        assert!(known.unused().is_empty());
        assert!(!Known::parse(text, "b.yaml").unwrap().covers(&finding("get")));
        assert!(Known::parse(&text.replace("so", " "), "a.yaml").is_err());
    }
}

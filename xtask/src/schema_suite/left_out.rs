//! Values of the suite of which nothing is promised, each with its reason, in
//! `xtask/schema-suite/left-out.toml`.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde::Deserialize;

use super::cases::{Case, Draft};

const TEXT: &str = include_str!("../../schema-suite/left-out.toml");

/// What is left out of a draft.
pub(super) struct LeftOut {
    entries: Vec<Entry>,
    /// The entries that hit something that goes wrong: one that does not could go.
    used: RefCell<BTreeSet<usize>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    left_out: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    drafts: Vec<String>,
    /// The file, without its ending.
    file: String,
    /// The groups; none for all.
    #[serde(default)]
    groups: Vec<String>,
    /// The tests; none for all.
    #[serde(default)]
    tests: Vec<String>,
    reason: String,
}

impl LeftOut {
    /// What is left out of a draft.
    pub(super) fn read(draft: Draft) -> Result<Self, String> {
        let file: File = toml::from_str(TEXT).map_err(|error| format!("left-out.toml: {error}"))?;
        if let Some(entry) = file.left_out.iter().find(|entry| entry.reason.trim().is_empty()) {
            return Err(format!("left-out.toml: `{}` gives no reason", entry.file));
        }
        let entries = file.left_out.into_iter();
        let entries = entries.filter(|entry| entry.drafts.iter().any(|name| name == draft.name())).collect();
        Ok(Self { entries, used: RefCell::default() })
    }

    /// Why a case is left out, if it is.
    pub(super) fn reason(&self, case: &Case<'_>, is_right: bool) -> Option<&str> {
        let is_in = |names: &[String], name: &str| names.is_empty() || names.iter().any(|own| own == name);
        let index = self.entries.iter().position(|entry| {
            entry.file == case.file && is_in(&entry.groups, case.group) && is_in(&entry.tests, case.name)
        })?;
        if !is_right {
            self.used.borrow_mut().insert(index);
        }
        Some(&self.entries[index].reason)
    }

    /// The entries that could go.
    pub(super) fn unused(&self) -> impl Iterator<Item = String> {
        let used = self.used.borrow();
        let unused = self.entries.iter().enumerate().filter(|(index, _)| !used.contains(index));
        let names = unused.map(|(_, entry)| format!("`{}` {:?} {:?}", entry.file, entry.groups, entry.tests));
        names.collect::<Vec<_>>().into_iter()
    }
}

//! The step of a version that changes ask for (Semantic Versioning 2.0.0, items 6 to 8).

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::{Change, Code, Severity};

/// How far a version has to go, the smallest step first.
///
/// Below 1.0 cargo reads the second number as the major one, and so does everybody who says `0.3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Nothing has changed.
    None,
    /// Nothing that code could see.
    Patch,
    /// There is more than before.
    Minor,
    /// Code no longer compiles, or does something else.
    Major,
}

impl Severity {
    /// The step that one change of this severity asks for. What a compiler does not see is major
    /// too: whoever takes a minor version trusts that a call does what it did.
    pub fn step(self) -> Step {
        match self {
            Self::Breaking | Self::Silent => Step::Major,
            Self::Additive => Step::Minor,
            Self::Docs => Step::Patch,
        }
    }
}

impl Step {
    /// The smallest step that is honest about all of these.
    pub fn of(changes: &[Change]) -> Self {
        changes.iter().map(Change::step).max().unwrap_or(Self::None)
    }

    /// The changes that ask for it: what no compiler tells comes first, and one of each kind before a
    /// second.
    pub fn reasons<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Vec<&'a Change> {
        let mut reasons: Vec<&Change> = changes.into_iter().collect();
        let step = reasons.iter().map(|change| change.step()).max().unwrap_or(Self::None);
        reasons.retain(|change| change.step() == step);
        reasons.sort_by_key(|change| change.severity != Severity::Silent);
        let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
        reasons.sort_by_cached_key(|change| {
            let count = seen.entry(change.code).or_default();
            *count += 1;
            *count
        });
        reasons
    }

    /// What it means below 1.0, where cargo takes a change of the second number for a major one.
    pub fn below_one(self) -> &'static str {
        match self {
            Self::None => "nothing",
            Self::Patch | Self::Minor => "the third number, as from 0.3.1 to 0.3.2",
            Self::Major => "the second number, as from 0.3.1 to 0.4.0",
        }
    }
}

impl Change {
    /// The step that the change asks for: that of its severity, but for advice against something,
    /// which is minor though only the documentation gives it (item 7).
    pub fn step(&self) -> Step {
        let advises = self.code == Code::Deprecated && self.after.is_some();
        if advises { Step::Minor } else { self.severity.step() }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

//! What every format shows: the changes in both documents, counted, in groups.

use std::fmt;
use std::ops::Range;

use specsmith::Outcome;
use specsmith::diagnostics::{Pointer, Report};
use specsmith::diff::{Change, Severity, Step};
use specsmith::load::{Position, Source, Spot};

use crate::input::Texted;
use crate::seen::is_active;

/// How many reasons for a version's step are named.
const FEW: usize = 3;

/// A document that was understood.
pub(crate) struct Side {
    /// Its path, as it is shown.
    pub(crate) path: String,
    /// Its text, with the place of each node.
    pub(crate) source: Source,
    report: Report,
    /// Where each line begins: thousands of places are looked up in megabytes.
    lines: Vec<usize>,
}

impl Side {
    pub(super) fn new(texted: &Texted, outcome: Outcome) -> Self {
        let text = outcome.source.text();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path: texted.path.clone(), source: outcome.source, report: outcome.report, lines }
    }

    /// Where a node stands as its author wrote it.
    pub(crate) fn spot(&self, at: &Pointer) -> Spot<'_> {
        self.source.spot(&self.report.origin(at))
    }

    /// The same, to be shown.
    fn place(&self, at: &Pointer) -> At {
        let spot = self.spot(at);
        let (path, span) = (spot.path(&self.path), spot.span.clone());
        if spot.file.is_some() {
            return At { path, position: spot.position(), span };
        }
        let line = self.lines.partition_point(|begin| *begin <= span.start);
        let begin = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.source.text().get(begin..span.start).unwrap_or_default();
        let position = Position { line, column: before.chars().count() + 1 };
        At { path, position, span }
    }
}

/// A place in a document; shown as `file:line:column`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct At {
    /// The document's path, as it is shown.
    pub(crate) path: String,
    /// The line and the column.
    pub(crate) position: Position,
    /// The bytes of the file's text.
    pub(crate) span: Range<usize>,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.position.line, self.position.column)
    }
}

/// A change with its places.
pub(crate) struct Row {
    pub(crate) change: Change,
    /// Where it is in the older document.
    pub(crate) old: Option<At>,
    /// Where it is in the newer document.
    pub(crate) new: Option<At>,
}

/// The changes of a module, the gravest first.
pub(crate) struct Group<'a> {
    /// The module; `types` and `client` for what is in none.
    pub(crate) name: &'a str,
    pub(crate) rows: Vec<&'a Row>,
}

/// The changes, with the documents they are in.
pub(crate) struct Shown {
    pub(crate) old: Side,
    pub(crate) new: Side,
    /// By module and Rust item.
    pub(crate) changes: Vec<Row>,
    /// The smallest step of the version that is honest.
    pub(crate) step: Step,
    /// How many entries of the settings do not fit the newer document.
    pub(super) unfit: usize,
}

impl Shown {
    pub(super) fn new(old: Side, new: Side, changes: Vec<Change>) -> Self {
        let step = Step::of(&changes);
        let row = |change: Change| Row {
            old: change.old.as_ref().map(|at| old.place(at)),
            new: change.new.as_ref().map(|at| new.place(at)),
            change,
        };
        let changes = changes.into_iter().map(row).collect();
        Self { old, new, changes, step, unfit: 0 }
    }

    /// How many changes there are of each severity, the gravest first.
    pub(crate) fn counts(&self) -> [(Severity, usize); 4] {
        Severity::ALL
            .map(|severity| (severity, self.changes.iter().filter(|row| row.change.severity == severity).count()))
    }

    /// The changes by module: those of modules first, then types, then what concerns all.
    pub(crate) fn groups(&self) -> Vec<Group<'_>> {
        let mut rows: Vec<&Row> = self.changes.iter().collect();
        rows.sort_by_key(|row| (group(row), row.change.severity));
        let mut groups: Vec<Group<'_>> = Vec::new();
        for row in rows {
            let key = group(row);
            match groups.last_mut().filter(|last| last.rows.last().is_some_and(|other| group(other) == key)) {
                Some(last) => last.rows.push(row),
                None => groups.push(Group { name: key.1, rows: vec![row] }),
            }
        }
        groups
    }

    /// The changes that ask for the version's step: what no compiler tells comes first, and one of each
    /// kind before a second.
    pub(crate) fn reasons(&self) -> Vec<&Change> {
        Step::reasons(self.changes.iter().map(|row| &row.change))
    }

    /// The first few reasons, and how many more there are.
    pub(crate) fn first_reasons(&self) -> (Vec<&Change>, usize) {
        let mut reasons = self.reasons();
        let more = reasons.len().saturating_sub(FEW);
        reasons.truncate(FEW);
        (reasons, more)
    }

    /// `version: major, because of ...`, and what that means below 1.0.
    pub(crate) fn version(&self) -> String {
        if self.step == Step::None {
            return format!("version: {}", self.step);
        }
        let (reasons, more) = self.first_reasons();
        let reasons: Vec<String> = reasons.iter().map(|change| format!("{} {}", change.code, change.rust)).collect();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let (step, below) = (self.step, self.step.below_one());
        format!("version: {step}, because of {}{more}; below 1.0 that is {below}", reasons.join(", "))
    }

    /// `2 breaking, 1 silent, 0 additive, 3 docs`.
    pub(crate) fn summary(&self) -> String {
        counted(self.changes.iter().map(|row| &row.change))
    }
}

/// A text of the document in one line, in which nothing moves a terminal's cursor.
pub(crate) fn line(text: &str) -> String {
    text.chars().map(|c| if is_active(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// How many changes there are of each severity, in words.
pub(crate) fn counted<'a>(changes: impl IntoIterator<Item = &'a Change> + Clone) -> String {
    let count = |severity| changes.clone().into_iter().filter(|change| change.severity == severity).count();
    Severity::ALL.map(|severity| format!("{} {}", count(severity), severity.name())).join(", ")
}

/// The group that a change is in, and where it stands among the others.
fn group(row: &Row) -> (u8, &str) {
    match &row.change.module {
        Some(module) => (0, module),
        None if row.change.rust.starts_with("models::") => (1, "types"),
        None => (2, "client"),
    }
}

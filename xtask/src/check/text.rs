//! What was found, for a reader: the gravest first, and what is alike together.

use specsmith::diagnostics::{Diagnostic, Level, Place, Report};
use specsmith::ir::Api;
use specsmith::untyped::Untyped;

use crate::diff::line;
use crate::report::{self, Texts};

/// How many more places of one kind are named in a line.
const NAMED: usize = 3;

/// A document that was checked.
pub(super) struct Checked<'a> {
    pub(super) report: &'a Report,
    /// What it comes to; none if an error stopped the run.
    pub(super) api: Option<&'a Api>,
    /// What comes out as a bare JSON value, if that was asked for.
    pub(super) untyped: Option<&'a [Untyped]>,
    pub(super) texts: Texts<'a>,
}

impl Checked<'_> {
    /// Those of one level and code together; the gravest level first, then the most frequent.
    pub(super) fn groups(&self) -> Vec<Vec<&Diagnostic>> {
        let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
        for diagnostic in self.report.diagnostics() {
            let is_alike =
                |group: &&mut Vec<&Diagnostic>| (group[0].level, group[0].code) == (diagnostic.level, diagnostic.code);
            match groups.iter_mut().find(is_alike) {
                Some(group) => group.push(diagnostic),
                None => groups.push(vec![diagnostic]),
            }
        }
        groups.sort_by_key(|group| std::cmp::Reverse((group[0].level, group.len())));
        groups
    }

    /// `all` shows each, not only the first of its kind.
    pub(super) fn text(&self, all: bool, colour: bool) -> String {
        let mut out = String::new();
        for group in self.groups() {
            let shown = if all { group.len() } else { 1 };
            for diagnostic in &group[..shown] {
                out.push_str(&report::one(diagnostic, &self.texts, colour));
                out.push_str("\n\n");
            }
            if let [first, ..] = &group[shown..] {
                let more = &group[shown..];
                let places: Vec<String> = more.iter().take(NAMED).map(|it| self.place(&it.place)).collect();
                let dots = if more.len() > NAMED { ", ..." } else { "" };
                out.push_str(&format!(
                    "    {} more like this ({}): {}{dots}\n\n",
                    more.len(),
                    first.code,
                    line(&places.join(", "))
                ));
            }
        }
        if let Some(untyped) = self.untyped {
            out.push_str(&self.bare(untyped));
        }
        out + &self.summary() + "\n"
    }

    fn bare(&self, untyped: &[Untyped]) -> String {
        let mut out = format!("any JSON value, {} in all:\n", untyped.len());
        let widest = untyped.iter().map(|it| it.rust.len()).max().unwrap_or(0).min(60);
        for it in untyped {
            let place = self.place(&Place::Document(it.at.clone()));
            out.push_str(&format!("  {:widest$}  {}: {}\n", line(&it.rust), line(&place), line(&it.why)));
        }
        out + "\n"
    }

    /// `file:line:column`.
    pub(super) fn place(&self, place: &Place) -> String {
        let located = report::located(place, &self.texts);
        format!("{}:{}:{}", located.path, located.start.line, located.start.column)
    }

    /// How many problems of each level there are, and what would be generated.
    pub(super) fn summary(&self) -> String {
        let counts =
            [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "note")].map(|(level, name)| {
                let count = self.report.count(level);
                format!("{count} {name}{}", if count == 1 { "" } else { "s" })
            });
        let operations = match self.api {
            Some(api) => format!(
                "{} of {} operations",
                api.operations_in_document - api.operations_refused,
                api.operations_in_document
            ),
            None => "nothing would be generated".to_owned(),
        };
        format!("{}: {}; {operations}", self.texts.document, counts.join(", "))
    }
}

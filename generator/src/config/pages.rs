//! How answers follow one another, page by page.

use serde::Deserialize;
use toml::Spanned;

use crate::diagnostics::{Diagnostic, Place, Report};

/// Operations that answer page by page: no document says which parameter turns the page, and which
/// member holds the elements.
///
/// ```toml
/// [[pages]]
/// page = "page"
/// size = "size"
/// items = "results"
/// total = "total"
/// reason = "all lists of this API come so"
/// ```
///
/// Members are those of the answer; `a.b` is a member of a member.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// The operations by operationId; none for all that fit.
    #[serde(default)]
    pub operations: Vec<String>,
    /// The query parameter that counts pages.
    pub page: Option<String>,
    /// The number of the first page; without it the parameter's default, else 1.
    pub first: Option<u64>,
    /// The query parameter that says how many elements to pass over.
    pub offset: Option<String>,
    /// The query parameter that takes what the page before says.
    pub cursor: Option<String>,
    /// The member that says where the next page begins, for a cursor.
    pub next: Option<String>,
    /// The query parameter that says how many elements a page has at most.
    pub size: Option<String>,
    /// The member that holds the elements; without it the answer itself is the list.
    pub items: Option<String>,
    /// The member that says how many elements there are on all pages.
    pub total: Option<String>,
    /// Why.
    pub reason: String,
}

/// What turns the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn<'a> {
    /// A parameter counts pages from a first one.
    Page(&'a str, Option<u64>),
    /// A parameter counts elements.
    Offset(&'a str),
    /// A parameter takes what a member of the page before holds.
    Cursor(&'a str, &'a str),
}

impl Pages {
    /// What turns the page; none if the entry does not say it, or says several things.
    pub fn turn(&self) -> Option<Turn<'_>> {
        match (self.page.as_deref(), self.offset.as_deref(), self.cursor.as_deref(), self.next.as_deref(), self.first) {
            (Some(page), None, None, None, first) => Some(Turn::Page(page, first)),
            (None, Some(offset), None, None, None) => Some(Turn::Offset(offset)),
            (None, None, Some(cursor), Some(next), None) => Some(Turn::Cursor(cursor, next)),
            _ => None,
        }
    }
}

pub(super) fn check(entries: &[Spanned<Pages>], report: &mut Report) {
    for entry in entries.iter().filter(|entry| entry.as_ref().turn().is_none()) {
        let place = Place::Config(entry.span().start);
        report.push(
            Diagnostic::error("invalid-config", place, "this entry does not say what turns the page")
                .label("this entry")
                .help("give it one of `page` (with `first`, if need be), `offset`, or `cursor` with `next`"),
        );
    }
}

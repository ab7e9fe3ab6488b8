//! Brings every version of OpenAPI to 3.0, on the tree of values.
//!
//! Each pass is a file. A pass that moves a node tells the report so, for diagnostics point into
//! the document as the user wrote it; and what 3.0 has no word for is told where it stands.

mod bounds;
mod constants;
mod content;
mod hoist;
mod identifiers;
mod inline;
mod kept;
mod leftovers;
mod nulls;
mod places;
mod samples;
mod schemas;
mod siblings;
mod streams;
mod swagger;
mod tuples;
mod version;
mod webhooks;
mod whole_query;

use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::load::Tree;
use crate::load::limits::MOST_COPIES;
use version::Version;

/// Gives the tree as OpenAPI 3.0, or says why it cannot.
pub(crate) fn upgrade(mut tree: Tree, report: &mut Report) -> Option<Tree> {
    let version = version::of(&tree.value, report)?;
    let (root, pass) = (&mut tree.value, &mut Pass { version, copies: 0, report });
    places::spell(root, pass);
    webhooks::gather(root, pass);
    identifiers::resolve(root, pass);
    // Afterwards references lead to components alone, so that what is inside those may move.
    hoist::hoist(root, pass);
    swagger::upgrade(root, pass);
    inline::inline(root, pass);
    siblings::keep(root, pass);
    whole_query::spread(root, pass);
    streams::describe(root, pass);
    schemas::rewrite(root, pass);
    Some(tree)
}

/// What a pass knows of the run.
struct Pass<'a> {
    /// The version of the document as the user wrote it.
    version: Version,
    /// The nodes that were copied so far.
    copies: usize,
    report: &'a mut Report,
}

impl Pass<'_> {
    /// Tells of a keyword that has no counterpart; `instead` says what comes of it.
    fn left_out(&mut self, at: &Pointer, keyword: &str, instead: &str) {
        let message = format!("`{keyword}` has no counterpart in the SDK: {instead}");
        self.report.push(
            Diagnostic::note("unsupported-keyword", Place::Document(at.clone()), message)
                .label("this keyword")
                .help("nothing to do, unless the server relies on it: then say so in the description"),
        );
    }

    /// Tells of a keyword that is younger than the document says it is.
    fn newer(&mut self, at: &Pointer, what: &str) {
        if self.version >= Version::V3_1 {
            return;
        }
        let message =
            format!("{what} is OpenAPI 3.1's, and the document says that it is older: it is read as 3.1 says");
        self.report.push(
            Diagnostic::warning("newer-keyword", Place::Document(at.clone()), message)
                .label("here")
                .help("write `openapi: 3.1.0`, if it is"),
        );
    }

    /// Whether a copy may take the place of a reference at `at`; the first that may not is told of,
    /// for nothing is generated then.
    fn may_copy(&mut self, weight: impl FnOnce() -> usize, at: &Pointer) -> bool {
        if self.copies > MOST_COPIES {
            return false;
        }
        self.copies = self.copies.saturating_add(weight());
        let is_within = self.copies <= MOST_COPIES;
        if !is_within {
            let message = format!("references make more than {MOST_COPIES} nodes of what is written once");
            self.report.push(
                Diagnostic::error("too-large", Place::Document(at.clone()), message)
                    .label("copying stopped here")
                    .help("no document needs that much: look for what made it so"),
            );
        }
        is_within
    }

    /// Records a move; see [`Report::moved`].
    fn moved(&mut self, to: &Pointer, from: &Pointer) {
        self.report.moved(to, from);
    }
}

//! Schemas that are defined by themselves.

use std::collections::HashSet;

use super::schemas::Types;
use crate::diagnostics::{Diagnostic, Place, Report};
use crate::ir::{Shape, TypeId, TypeRef};

impl Types<'_> {
    /// Aliases that lead back to themselves have no type; all of a circle become any JSON value,
    /// whichever of them comes first. Whoever follows aliases afterwards comes to an end.
    pub(super) fn break_circles(&mut self, report: &mut Report) {
        let circles: Vec<usize> = (0..self.drafts.len()).filter(|start| self.leads_back(TypeId(*start))).collect();
        for index in circles {
            let draft = &mut self.drafts[index];
            report.push(
                Diagnostic::warning(
                    "untyped",
                    Place::Document(draft.at.clone()),
                    "this schema is defined by itself: it becomes any JSON value",
                )
                .label("this schema")
                .help("give it a type, or an object with properties around the circle"),
            );
            draft.shape = Shape::Alias(TypeRef::Any);
        }
    }

    fn leads_back(&self, start: TypeId) -> bool {
        let (mut seen, mut at) = (HashSet::new(), start);
        while let Shape::Alias(ty) = &self.drafts[at.0].shape
            && let Some(next) = ty.named()
            && seen.insert(next)
        {
            if next == start {
                return true;
            }
            at = next;
        }
        false
    }
}

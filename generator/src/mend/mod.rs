//! Small faults that real documents have: each is repaired with a record, so that one fault costs
//! no more than it must.
//!
//! Passes on the tree of OpenAPI 3.0, each a file. What only operations as a whole can show, such
//! as a parameter that the path does not have, is repaired in `normalize`.

mod chains;
mod contents;
mod parameters;
mod references;
mod required;
mod security;
mod shapes;
mod table;
mod types;

use serde_json::Value;

use crate::diagnostics::Report;
use crate::load::Tree;
use crate::load::kinds::{Kind, rewrite};

/// Repairs a tree.
pub(crate) fn mend(tree: &mut Tree, report: &mut Report) {
    required::lift(&mut tree.value, report);
    rewrite(&mut tree.value, &mut |value, kind, at| {
        shapes::mend(value, kind, at, report);
        let Value::Object(node) = value else { return };
        match kind {
            Kind::Schema => types::mend(node, at, report),
            Kind::Parameter | Kind::Header => parameters::mend(node, at, report),
            Kind::Body | Kind::Response => contents::mend(node, at, report),
            Kind::SecurityScheme => security::mend(node, at, report),
            _ => {}
        }
    });
    references::mend(&mut tree.value, &tree.unread, report);
    chains::check(&tree.value, report);
}

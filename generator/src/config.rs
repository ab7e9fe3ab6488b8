//! One API's settings: what a document cannot say, each with a reason.
//!
//! ```toml
//! acronyms = ["IAM"]
//!
//! [package]
//! name = "petstore-sdk"
//!
//! [[fold]]
//! suffix = "WithTenant"
//! parameter = "tenant"
//! reason = "the same operation inside one tenant"
//!
//! [operations.patchUserDemo]
//! rename = "patch_user_restricted"
//! reason = "the route sets `restricted`"
//! ```

mod check;
mod naming;
mod pages;
mod repairs;
mod wire;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

pub(crate) use check::parse;
pub use naming::{Fold, Moved, Rename};
pub use pages::{Pages, Turn};
pub use repairs::{BodyOf, Drop, Kind, Mark, Nodes, Optional, Retype, Security, Undeprecate};
pub use wire::{ClientDefault, Events, Keyed, KeyedPlace, Secret};

/// The settings of one API; every part may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The generated crate.
    pub package: Package,
    /// Words that are written in capitals and count as one word (`IAM` in `IAMUser`).
    pub acronyms: Vec<String>,
    /// Twins that become one method with an optional path parameter.
    pub fold: Vec<Spanned<Fold>>,
    /// Modules by tag.
    pub modules: BTreeMap<Spanned<String>, Rename>,
    /// Routes that moved, each of which keeps its name.
    pub moved: Vec<Spanned<Moved>>,
    /// Operations by operationId, where `x_1` and `x1` mean the same, or by route (`GET /users`).
    pub operations: BTreeMap<Spanned<String>, Rename>,
    /// Types by schema name.
    pub schemas: BTreeMap<Spanned<String>, Rename>,
    /// Properties that `Debug` must not show.
    pub secrets: Vec<Spanned<Secret>>,
    /// Parameters that are written in a way of their own.
    pub parameters: Vec<Spanned<Keyed>>,
    /// Path parameters for which the client may hold a value.
    pub client_defaults: Vec<Spanned<ClientDefault>>,
    /// What is left out of the document.
    pub drop: Vec<Spanned<Drop>>,
    /// What is of another type on the wire than the document says.
    pub retype: Vec<Spanned<Retype>>,
    /// What is required, nullable, deprecated and so on, or is not.
    pub mark: Vec<Spanned<Mark>>,
    /// Properties that are required by the document, and missing all the same.
    pub optional: Vec<Spanned<Optional>>,
    /// Operations that need credentials which the document does not ask for.
    pub security: Vec<Spanned<Security>>,
    /// Operations that the document calls deprecated, though they stay.
    pub undeprecate: Vec<Spanned<Undeprecate>>,
    /// What the ids of server-sent events mean.
    pub events: Vec<Spanned<Events>>,
    /// Operations that answer page by page.
    pub pages: Vec<Spanned<Pages>>,
    /// Documents that change the document before it is understood, in this order.
    pub overlays: Vec<Spanned<Overlay>>,
}

/// An overlay (Overlay Specification 1.1).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// Its path from the folder of the document.
    pub file: String,
    /// Why.
    pub reason: String,
}

/// The generated crate.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Package {
    /// The crate's name; without one it is made from the document's title.
    pub name: Option<Spanned<String>>,
    /// One line for the registry.
    pub description: Option<String>,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Whether the crate takes versions and lints from the workspace around it.
    pub workspace: bool,
    /// Whether the crate has a contract test: every operation is called, and every declared answer
    /// read, with values made from the document.
    pub contract: bool,
}

/// Whether a name is one that a pattern with `*` for any text means.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, rest)) => name
            .strip_prefix(start)
            .is_some_and(|name| (0..=name.len()).any(|at| name.is_char_boundary(at) && matches(rest, &name[at..]))),
    }
}

/// A text as settings write it, between quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // What would not be seen is written out.
            c if c.is_control()
                || matches!(c, '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') =>
            {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out + "\""
}

/// The codes of errors that an entry causes which does not fit the document: it applies to nothing, or
/// to what it cannot apply to.
pub const UNFIT: [&str; 7] = [
    "unused-config",
    "unused-overlay",
    "ineffective-config",
    "unfit-config",
    "unfit-pages",
    "unknown-member",
    "name-taken",
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::quoted;

    #[test]
    fn whatever_is_quoted_is_read_as_it_was() {
        for text in ["GET /a\"b\\c'", "\u{0}\n\t\u{7f}\u{9b}\u{202e}\u{feff}", "é日\u{1f600}", "[x]\r\n# y = 1", ""] {
            let entry = format!("[operations.{}]\nx = {}\n", quoted(text), quoted(text));
            let read: toml::Table = toml::from_str(&entry).unwrap();
            assert_eq!(read["operations"][text]["x"].as_str(), Some(text), "{entry}");
        }
        assert_eq!(quoted("GET /pets"), "\"GET /pets\"");
    }
}

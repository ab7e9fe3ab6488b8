//! Two APIs to what changes for those who use the SDK: what breaks their build, and, worse, what
//! does not and still does something else.

mod answers;
mod calls;
mod code;
mod operations;
mod spelled;
mod step;
mod types;

pub use code::Code;
pub use step::Step;

use serde::Serialize;

use crate::diagnostics::Pointer;
use crate::ir::Api;
use spelled::Spelling;

/// What a change does to a user, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Code that uses it no longer compiles.
    Breaking,
    /// Code compiles as before, and does something else.
    Silent,
    /// There is more than before.
    Additive,
    /// Only the documentation says something else.
    Docs,
}

impl Severity {
    /// All of them, the gravest first.
    pub const ALL: [Self; 4] = [Self::Breaking, Self::Silent, Self::Additive, Self::Docs];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Silent => "silent",
            Self::Additive => "additive",
            Self::Docs => "docs",
        }
    }

    /// What it means, in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Breaking => "breaks the build",
            Self::Silent => "changes behaviour silently",
            Self::Additive => "adds something",
            Self::Docs => "changes the documentation",
        }
    }
}

/// One change of the SDK's surface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What kind of change it is.
    pub code: Code,
    /// What it does to a user.
    pub severity: Severity,
    /// The module it is in; none for types and for what concerns all.
    pub module: Option<String>,
    /// The Rust item.
    pub rust: String,
    /// The route, as it is now if it is there.
    pub route: Option<String>,
    /// What has changed, in one sentence.
    pub message: String,
    /// What it was, as Rust or HTTP writes it: a signature, a type, a route, a value.
    pub before: Option<String>,
    /// What it is, likewise.
    pub after: Option<String>,
    /// Its place in the older document.
    pub old: Option<Pointer>,
    /// Its place in the newer document.
    pub new: Option<Pointer>,
}

impl Change {
    /// The same change with what it was and is; none for what was not there, or no longer is.
    fn sides(self, before: impl Into<Option<String>>, after: impl Into<Option<String>>) -> Self {
        Self { before: before.into(), after: after.into(), ..self }
    }
}

/// The changes from one API to a later one, by module and Rust item.
pub fn compare(old: &Api, new: &Api) -> Vec<Change> {
    let spelling = Spelling::new(old, new);
    let mut changes = Vec::new();
    operations::compare(&spelling, &mut changes);
    types::compare(&spelling, &mut changes);
    server(old, new, &mut changes);
    let key = |change: &Change| (change.module.clone(), change.rust.clone(), change.severity);
    changes.sort_by_cached_key(key);
    changes
}

/// The base of all routes, where it is part of the server's address.
fn server(old: &Api, new: &Api, changes: &mut Vec<Change>) {
    if old.server == new.server {
        return;
    }
    let path = |server: &Option<String>| {
        let rest = server.as_deref().unwrap_or_default();
        let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest);
        rest.find('/').map_or("", |at| rest[at..].trim_end_matches('/')).to_owned()
    };
    let text = |server: &Option<String>| server.as_ref().map_or_else(|| "none".to_owned(), |url| format!("`{url}`"));
    let same = path(&old.server) == path(&new.server);
    changes.push(Change {
        code: if same { Code::ServerChanged } else { Code::BasePathChanged },
        severity: if same { Severity::Docs } else { Severity::Silent },
        module: None,
        rust: "Client::builder".to_owned(),
        route: None,
        message: format!("the server's address was {}, and is now {}", text(&old.server), text(&new.server)),
        before: old.server.clone(),
        after: new.server.clone(),
        old: Some(Pointer::parse("/servers")),
        new: Some(Pointer::parse("/servers")),
    });
}

/// Something that changes are told of.
#[derive(Clone)]
struct Item<'a> {
    module: Option<&'a str>,
    rust: String,
    route: Option<String>,
    old: Option<&'a Pointer>,
    new: Option<&'a Pointer>,
}

impl<'a> Item<'a> {
    /// The same item, at other places.
    fn at(&self, old: Option<&'a Pointer>, new: Option<&'a Pointer>) -> Self {
        Self { old: old.or(self.old), new: new.or(self.new), ..self.clone() }
    }

    fn change(&self, code: Code, severity: Severity, message: impl Into<String>) -> Change {
        Change {
            code,
            severity,
            module: self.module.map(str::to_owned),
            rust: self.rust.clone(),
            route: self.route.clone(),
            message: message.into(),
            before: None,
            after: None,
            old: self.old.cloned(),
            new: self.new.cloned(),
        }
    }
}

/// Names whose order has changed among those that are in both lists.
fn is_reordered(old: &[&str], new: &[&str]) -> bool {
    let kept = old.iter().filter(|name| new.contains(name));
    let others = new.iter().filter(|name| old.contains(name));
    !kept.eq(others)
}

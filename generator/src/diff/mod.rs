//! Two APIs to what changes for those who use the SDK: what breaks their build, and, worse, what
//! does not and still does something else.

mod answers;
mod bodies;
mod calls;
mod client;
mod code;
mod errors;
mod explained;
mod facts;
mod members;
mod operations;
mod rules;
mod spelled;
mod step;
mod types;
mod unions;
mod webhooks;

pub use code::Code;
pub use explained::Explanation;
pub use step::Step;

use serde::Serialize;
use serde_json::Value;

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
    client::compare(&spelling, &mut changes);
    webhooks::compare(&spelling, &mut changes);
    let key = |change: &Change| (change.module.clone(), change.rust.clone(), change.severity);
    changes.sort_by_cached_key(key);
    changes
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

    /// A type of the same module.
    fn named(&self, name: &str) -> Self {
        let rust = self.module.map_or_else(|| name.to_owned(), |module| format!("{module}::{name}"));
        Self { rust, ..self.clone() }
    }

    /// Tells of another name.
    fn renamed(&self, code: Code, old: &str, new: &str, changes: &mut Vec<Change>) {
        let change = self.change(code, Severity::Breaking, format!("`{old}` is called `{new}` now"));
        changes.push(change.sides(old.to_owned(), new.to_owned()));
    }

    /// Tells of another description, of the item itself or of something in it.
    fn described(&self, what: Option<&str>, old: Option<&String>, new: Option<&String>, changes: &mut Vec<Change>) {
        if old != new {
            let message = format!("{} is described otherwise", what.unwrap_or("it"));
            changes.push(self.change(Code::DocsChanged, Severity::Docs, message).sides(old.cloned(), new.cloned()));
        }
    }

    /// Tells of advice against the item, or against something in it.
    fn deprecated(&self, what: &str, old: bool, new: bool, changes: &mut Vec<Change>) {
        if old != new {
            let message = format!("{what} is {}", if new { "deprecated now" } else { "no longer deprecated" });
            let text = |is: bool| is.then(|| "deprecated".to_owned());
            changes.push(self.change(Code::Deprecated, Severity::Docs, message).sides(text(old), text(new)));
        }
    }

    /// Tells of another example.
    fn example(&self, what: &str, old: Option<&Value>, new: Option<&Value>, changes: &mut Vec<Change>) {
        if old != new {
            let message = format!("{what} has another example");
            let text = |value: Option<&Value>| value.map(ToString::to_string);
            changes.push(self.change(Code::DocsChanged, Severity::Docs, message).sides(text(old), text(new)));
        }
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

/// Tells of arguments that stand in another order.
fn reordered(item: &Item<'_>, what: &str, old: &[&str], new: &[&str], changes: &mut Vec<Change>) {
    if is_reordered(old, new) {
        let message = format!("{what} were `{}`, and are now `{}`", old.join("`, `"), new.join("`, `"));
        let change = item.change(Code::ArgumentsReordered, Severity::Silent, message);
        changes.push(change.sides(old.join(", "), new.join(", ")));
    }
}

/// Names whose order has changed among those that are in both lists.
fn is_reordered(old: &[&str], new: &[&str]) -> bool {
    let kept = old.iter().filter(|name| new.contains(name));
    let others = new.iter().filter(|name| old.contains(name));
    !kept.eq(others)
}

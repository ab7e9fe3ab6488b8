//! Names: from the document's words to Rust identifiers. [`Scope::claim`] is the only maker of
//! [`Ident`], so nothing becomes an identifier that is none.
//!
//! The rules, for every kind of name:
//!
//! 1. A name comes in candidates, the best first. What two things want, neither gets by its place
//!    in the document: the one that is spelled just so keeps it, the others go on to their next
//!    candidate. So the order of a document never decides.
//! 2. The last candidates are made from the spelling: symbols as words (`a.b` → `a_dot_b`), the
//!    letters' case (`RUNNING` beside `Running` → `RunningUpper`), then letters derived from the
//!    original text. No name ends in a number that the document does not have.
//! 3. Keywords are written raw (`r#type`); names of the prelude and of the generated code's own
//!    items are taken already.
//! 4. What the lock says comes first, whatever the rules would say (`lock/mod.rs`). A name that was
//!    given is never given to another, unless the settings do so. Where there is a lock, members that
//!    are spelled as most are come before those that are not (`lock/members.rs`), and so before any
//!    that come later.

mod keywords;
mod lock;
mod operation;
mod route;
mod schema;
mod scope;
mod short;
mod spelling;
#[cfg(test)]
mod tests;
mod verbs;
mod words;

pub(crate) use lock::{
    Belonging, Change, GivenMembers, Lock, LockedMember, LockedOperation, LockedType, MemberKey, MemberKind,
    MemberScope, Route, TypeKey,
};
pub use operation::Why;
pub use scope::{Case, Ident, Scope, Want};

pub(crate) use operation::{Candidate, Subject, module_of_route, operation_candidates, same_id, whole_of_rename};
pub(crate) use schema::schema_candidates;
pub(crate) use short::short_name;
pub(crate) use spelling::Spelling;
pub(crate) use words::Words;

#![doc = include_str!("README.md")]

mod keywords;
mod lies;
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
    Belonging, Change, GivenMembers, Lock, LockedFile, LockedMember, LockedOperation, LockedType, MemberKey,
    MemberKind, MemberScope, Route, TypeKey,
};
pub use operation::Why;
pub use scope::{Case, Ident, Scope, Want};

pub(crate) use operation::{Candidate, Subject, module_of_route, operation_candidates, same_id, whole_of_rename};
pub(crate) use schema::schema_candidates;
pub(crate) use short::short_name;
pub(crate) use spelling::Spelling;
pub(crate) use words::Words;

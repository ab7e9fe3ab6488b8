//! What the codes mean that people are told: more than fits the line they stand in.
//!
//! The codes of changes are here; a stage that tells codes of its own adds its table to [`explain`] and
//! [`codes`].

use crate::diff::Code;

/// What there is to say of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The code, as it is told.
    pub code: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// What it does to people, and why it is as grave as it is said to be.
    pub why: &'static str,
    /// An example: how it was.
    pub before: &'static str,
    /// How it is.
    pub after: &'static str,
    /// What to do about it.
    pub advice: &'static str,
}

/// What there is to say of a code; none if there is no such code.
pub fn explain(code: &str) -> Option<Explanation> {
    Code::parse(code).and_then(Code::explanation)
}

/// All codes, in the order in which they are listed.
pub fn codes() -> impl Iterator<Item = &'static str> {
    Code::ALL.iter().map(|code| code.name())
}

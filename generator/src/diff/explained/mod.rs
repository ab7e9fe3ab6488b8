//! What there is to say of each kind of change, a file for each part of the SDK.

mod answers;
mod calls;
mod client;
mod methods;
mod types;

use super::Code;

/// What there is to say of a kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// What it does to people, and why it is as grave as it is said to be.
    pub why: &'static str,
    /// An example: how it was.
    pub before: &'static str,
    /// How it is.
    pub after: &'static str,
    /// What to do about it.
    pub advice: &'static str,
}

/// Why, before, after, advice.
type Text = [&'static str; 4];

impl Code {
    /// More than its meaning.
    pub fn explanation(self) -> Option<Explanation> {
        let tables = [methods::text, calls::text, answers::text, types::text, client::text];
        let [why, before, after, advice] = tables.iter().find_map(|text| text(self))?;
        Some(Explanation { why, before, after, advice })
    }
}

//! What there is to say of each kind of change, a file for each part of the SDK.

mod answers;
mod calls;
mod client;
mod methods;
mod types;

use super::Code;
use crate::explain::Explanation;

/// Why, before, after, advice.
type Text = [&'static str; 4];

impl Code {
    /// More than its meaning.
    pub fn explanation(self) -> Option<Explanation> {
        let tables = [methods::text, calls::text, answers::text, types::text, client::text];
        let [why, before, after, advice] = tables.iter().find_map(|text| text(self))?;
        Some(Explanation { code: self.name(), meaning: self.meaning(), why, before, after, advice })
    }
}

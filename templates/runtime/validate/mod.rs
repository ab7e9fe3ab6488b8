//! Values against what the API's document says of them beyond their types.
//!
//! `crate::rules` has the document's rules as plain data, a table a type; here is who reads them.

mod check;
mod decimal;
mod formats;
mod net;
mod patterns;
mod rule;
mod same;
mod texts;

use std::collections::{BTreeMap, HashSet};
use std::error::Error as StdError;
use std::fmt::{self, Write as _};

use serde::Serialize;

use super::failure::is_unprintable;
use super::nullable::Nullable;

pub(crate) use check::check;
pub(crate) use rule::{Format, Kind, Rest, Rule, Rules};

/// What the API's document says of values: lengths, ranges, patterns, formats and the like.
///
/// A value is judged as it is sent: members that only answers hold need not be there.
pub trait Validate {
    /// Finds all that the document forbids.
    ///
    /// Members that the document does not name are no violation, even where it says that there are no others:
    /// they are kept as they came. [`validate_strictly`](Self::validate_strictly) tells of those too.
    ///
    /// # Errors
    ///
    /// All violations, each with its place.
    fn validate(&self) -> Result<(), Violations> {
        let mut found = Vec::new();
        self.judge("", false, &mut found);
        Violations::of(found)
    }

    /// Finds all that the document forbids, and members that are not named where it says that there are no others.
    ///
    /// # Errors
    ///
    /// All violations, each with its place.
    fn validate_strictly(&self) -> Result<(), Violations> {
        let mut found = Vec::new();
        self.judge("", true, &mut found);
        Violations::of(found)
    }

    /// Adds what is found, `at` being the value's own place.
    #[doc(hidden)]
    fn judge(&self, at: &str, strictly: bool, found: &mut Vec<Violation>);
}

/// Judges a value by rules.
pub(crate) fn judge(
    value: &(impl Serialize + ?Sized),
    rules: Rules,
    at: &str,
    strictly: bool,
    found: &mut Vec<Violation>,
) {
    match serde_json::to_value(value) {
        Ok(value) => check(&value, rules, at, strictly, found),
        Err(error) => found.push(Violation::new(at, "json", format!("cannot be written as JSON: {error}"))),
    }
}

/// Gives a model its rules.
#[allow(unused_macros, reason = "an API may be without models")]
macro_rules! validated {
    ($model:ident: $rules:ident) => {
        impl crate::Validate for crate::models::$model {
            fn judge(&self, at: &str, strictly: bool, found: &mut Vec<crate::Violation>) {
                crate::runtime::validate::judge(self, $rules, at, strictly, found);
            }
        }
    };
}
pub(crate) use validated;

/// Something that the document forbids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pointer: String,
    rule: &'static str,
    message: String,
}

impl Violation {
    pub(crate) fn new(pointer: &str, rule: &'static str, message: impl Into<String>) -> Self {
        Self { pointer: pointer.to_owned(), rule, message: message.into() }
    }

    /// The place in the value, as a JSON pointer (RFC 6901): `/pets/0/name`; the empty one is the whole.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The keyword of the document's schema: `minLength`, `required`.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        self.rule
    }

    /// What is asked for. The value itself is never shown: it may be a secret.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// `/name: must have at least 3 characters`.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names of members may be anybody's choice.
        let mut shown = |text: &str| {
            text.chars()
                .try_for_each(|c| if is_unprintable(c) { write!(f, "{}", c.escape_default()) } else { f.write_char(c) })
        };
        if !self.pointer.is_empty() {
            shown(&self.pointer)?;
            shown(": ")?;
        }
        shown(&self.message)
    }
}

/// All that the document forbids of a value; at least one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    pub(crate) fn of(found: Vec<Violation>) -> Result<(), Self> {
        // What two parts of a schema forbid alike is told once.
        let mut told: Vec<Violation> = Vec::with_capacity(found.len());
        let mut seen = HashSet::new();
        for violation in found {
            if seen.insert((violation.pointer.clone(), violation.message.clone())) {
                told.push(violation);
            }
        }
        if told.is_empty() { Ok(()) } else { Err(Self(told)) }
    }

    /// Each of them, in the order in which the value was looked at.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            write!(f, "{}{violation}", if index == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl StdError for Violations {}

/// A place below another.
pub(crate) fn below(at: &str, step: impl fmt::Display) -> String {
    format!("{at}/{}", step.to_string().replace('~', "~0").replace('/', "~1"))
}

impl<T: Validate + ?Sized> Validate for &T {
    fn judge(&self, at: &str, strictly: bool, found: &mut Vec<Violation>) {
        (**self).judge(at, strictly, found);
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn judge(&self, at: &str, strictly: bool, found: &mut Vec<Violation>) {
        (**self).judge(at, strictly, found);
    }
}

impl<T: Validate> Validate for Option<T> {
    fn judge(&self, at: &str, strictly: bool, found: &mut Vec<Violation>) {
        if let Some(value) = self {
            value.judge(at, strictly, found);
        }
    }
}

impl<T: Validate> Validate for Nullable<T> {
    fn judge(&self, at: &str, strictly: bool, found: &mut Vec<Violation>) {
        if let Self::Value(value) = self {
            value.judge(at, strictly, found);
        }
    }
}

impl<T: Validate> Validate for [T] {
    fn judge(&self, at: &str, strictly: bool, found: &mut Vec<Violation>) {
        for (index, value) in self.iter().enumerate() {
            value.judge(&below(at, index), strictly, found);
        }
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn judge(&self, at: &str, strictly: bool, found: &mut Vec<Violation>) {
        self.as_slice().judge(at, strictly, found);
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn judge(&self, at: &str, strictly: bool, found: &mut Vec<Violation>) {
        for (name, value) in self {
            value.judge(&below(at, name), strictly, found);
        }
    }
}

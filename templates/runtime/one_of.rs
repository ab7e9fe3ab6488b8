//! Which of several types a value is of.
//!
//! A value that fits none stays as it is, so reading a union never fails and never loses anything.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the values of a type look like.
pub(crate) enum Fit {
    Anything,
    Boolean,
    Integer,
    Number,
    Text,
    /// One of these texts.
    Choice(&'static [&'static str]),
    Nullable(&'static Fit),
    List(&'static Fit),
    /// An object whose members have no names.
    Map(&'static Fit),
    Object {
        required: &'static [&'static str],
        optional: &'static [&'static str],
        /// A member that has one of these values, if it is there.
        tag: Option<(&'static str, &'static [&'static str])>,
    },
}

/// How well a value fits, the better the greater: how much of it is known, then how much is required.
type Rank = (usize, usize);

impl Fit {
    /// None if the value is not of this type.
    fn rank(&self, value: &Value) -> Option<Rank> {
        let plain = |fits: bool| fits.then_some((0, 0));
        match (self, value) {
            (Self::Anything, _) => plain(true),
            (Self::Boolean, Value::Bool(_)) | (Self::Text, Value::String(_)) => plain(true),
            (Self::Integer, Value::Number(number)) => number.is_i64().then_some((1, 0)),
            (Self::Number, Value::Number(number)) => plain(is_exact(number)),
            (Self::Choice(values), Value::String(text)) => values.contains(&text.as_str()).then_some((1, 0)),
            (Self::Nullable(_), Value::Null) => plain(true),
            (Self::Nullable(inner), value) => inner.rank(value),
            (Self::List(element), Value::Array(elements)) => {
                all(elements.iter().map(|value| element.rank(value)), usize::from(!matches!(element, Self::Anything)))
            }
            (Self::Map(element), Value::Object(members)) => {
                all(members.values().map(|value| element.rank(value)), usize::from(!members.is_empty()))
            }
            (Self::Object { required, optional, tag }, Value::Object(members)) => {
                let is_other = tag.is_some_and(|(name, values)| {
                    members
                        .get(name)
                        .is_some_and(|value| !text(value).is_some_and(|text| values.contains(&text.as_ref())))
                });
                let has = |name: &&&str| members.contains_key(**name);
                if is_other || !required.iter().all(|name| has(&name)) {
                    return None;
                }
                // A member counts for more than what a map could know of it.
                Some((2 * (required.len() + optional.iter().filter(has).count()), required.len()))
            }
            _ => None,
        }
    }
}

/// The ranks of all members together, or none if one does not fit.
fn all(mut ranks: impl Iterator<Item = Option<Rank>>, least: usize) -> Option<Rank> {
    ranks.try_fold((least, 0), |sum, rank| rank.map(|rank| (sum.0 + rank.0, sum.1 + rank.1)))
}

/// Whether the number is the same as a float.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "this is where the loss is looked for")]
fn is_exact(number: &serde_json::Number) -> bool {
    match (number.as_i64(), number.as_u64()) {
        (Some(whole), _) => (whole as f64) as i128 == i128::from(whole),
        (None, Some(whole)) => (whole as f64) as i128 == i128::from(whole),
        (None, None) => true,
    }
}

/// Reads the value as the types that it fits, the best first, until one can be read.
pub(crate) fn first<T>(value: &Value, fits: &[Fit], read: impl Fn(usize) -> Option<T>) -> Option<T> {
    let mut ranked: Vec<(Rank, usize)> =
        fits.iter().enumerate().filter_map(|(index, fit)| Some((fit.rank(value)?, index))).collect();
    ranked.sort_by(|(one, _), (other, _)| other.cmp(one));
    ranked.into_iter().find_map(|(_, index)| read(index))
}

/// The text or number of the member that says what an object is.
pub(crate) fn tag<'a>(value: &'a Value, name: &str) -> Option<Cow<'a, str>> {
    value.get(name).and_then(text)
}

fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

/// Reads a value out of a tree, which stays; none if it is not of this type.
pub(crate) fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

/// The same for a text that has several spellings: only one that is written as it was read.
pub(crate) fn exact<T: DeserializeOwned + Serialize>(value: &Value) -> Option<T> {
    read(value).filter(|read| serde_json::to_value(read).is_ok_and(|written| written == *value))
}

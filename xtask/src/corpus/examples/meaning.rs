//! Whether two JSON texts mean the same: numbers by their values, to the last digit, and members in
//! any order.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use specsmith::diagnostics::Pointer;

/// Whether both texts can be read and mean the same.
#[cfg(test)]
fn same(one: &str, other: &str) -> bool {
    difference(one, other).is_none()
}

/// In what the second text means something else than the first, in a few words, and where; none if it means
/// the same.
pub(super) fn difference(one: &str, other: &str) -> Option<Difference> {
    match (Meaning::of(one), Meaning::of(other)) {
        (Some(one), Some(other)) => one.difference(&other, &Pointer::default()),
        _ => Some(Difference { at: Pointer::default(), what: "it is no JSON that can be read" }),
    }
}

/// What is not the same.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// Where in the value.
    pub(super) at: Pointer,
    pub(super) what: &'static str,
}

/// What a JSON text says. A number is kept as what is written, for a float would not hold it.
#[derive(Debug, PartialEq, Eq)]
enum Meaning {
    /// Null, true and false.
    Word(String),
    Number(Decimal),
    Text(String),
    List(Vec<Meaning>),
    Object(BTreeMap<String, Meaning>),
}

impl Meaning {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.bytes().next()? {
            b'{' => {
                let members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).ok()?;
                let inner = members.into_iter().map(|(name, value)| Some((name, Self::of(value.get())?)));
                inner.collect::<Option<_>>().map(Self::Object)
            }
            b'[' => {
                let elements: Vec<Box<RawValue>> = serde_json::from_str(text).ok()?;
                elements.iter().map(|value| Self::of(value.get())).collect::<Option<_>>().map(Self::List)
            }
            b'"' => serde_json::from_str(text).ok().map(Self::Text),
            b'-' | b'0'..=b'9' => Decimal::of(text).map(Self::Number),
            _ => Some(Self::Word(text.to_owned())),
        }
    }
}

impl Meaning {
    /// The first difference.
    fn difference(&self, other: &Self, at: &Pointer) -> Option<Difference> {
        let told = |what| Some(Difference { at: at.clone(), what });
        match (self, other) {
            (Self::Object(one), Self::Object(other)) => {
                for (name, value) in one {
                    let at = at.child(name);
                    match other.get(name) {
                        Some(other) => {
                            if let Some(found) = value.difference(other, &at) {
                                return Some(found);
                            }
                        }
                        None if *value == Self::Word("null".to_owned()) => {
                            return Some(Difference { at, what: "a member that is null is lost" });
                        }
                        None => return Some(Difference { at, what: "a member is lost" }),
                    }
                }
                let new = other.keys().find(|name| !one.contains_key(*name));
                new.map(|name| Difference { at: at.child(name), what: "a member came" })
            }
            (Self::List(one), Self::List(other)) if one.len() == other.len() => {
                let mut pairs = one.iter().zip(other).enumerate();
                pairs.find_map(|(index, (one, other))| one.difference(other, &at.index(index)))
            }
            (one, other) if one == other => None,
            (Self::Text(_), Self::Text(_)) => told("a text is another"),
            (Self::Number(_), Self::Number(_)) => told("a number is another"),
            (Self::List(_), Self::List(_)) => told("a list has more or fewer elements"),
            _ => told("a value is of another kind"),
        }
    }
}

/// A number as its digits, without zeros at either end, and the power of ten of the last of them.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    is_negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn of(text: &str) -> Option<Self> {
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let written = format!("{whole}{fraction}");
        if written.is_empty() || !written.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let exponent: i64 = exponent.parse().ok()?;
        let digits = written.trim_end_matches('0');
        let dropped = i64::try_from(written.len() - digits.len()).ok()?;
        let exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?.checked_add(dropped)?;
        let digits = digits.trim_start_matches('0');
        // There is one zero: neither its sign nor its power says anything.
        let is_zero = digits.is_empty();
        Some(Self {
            is_negative: is_negative && !is_zero,
            digits: digits.to_owned(),
            exponent: if is_zero { 0 } else { exponent },
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{difference, same};

    #[test]
    fn numbers_are_what_they_are_worth() {
        for (one, other) in [
            ("1", "1.0"),
            ("1e3", "1000"),
            ("-0", "0"),
            ("0.0", "0e9"),
            ("120", "1.2E+2"),
            ("0.050", "5e-2"),
            ("18446744073709551616", "1.8446744073709551616e19"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("1", "-1"),
            ("1", "10"),
            ("9007199254740993", "9007199254740992"),
            ("18446744073709551617", "18446744073709551616"),
            ("0.1", "0.1000000000000000055511151231257827"),
            ("1", "\"1\""),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn members_have_no_order_and_elements_have() {
        assert!(same(r#"{"a": 1, "b": [true, null]}"#, r#"{"b":[true,null],"a":1.0}"#));
        assert!(!same("[1,2]", "[2,1]"));
        assert!(!same(r#"{"a":null}"#, "{}"));
        assert!(!same("null", "false"));
        assert!(same(r#""\u0041\/""#, r#""A/""#));
        assert!(!same(r#""2020-01-01T00:00:00+00:00""#, r#""2020-01-01T00:00:00Z""#));
    }

    #[test]
    fn the_first_difference_is_told() {
        for (one, other, at, what) in [
            (r#"{"a":{"b":null}}"#, r#"{"a":{}}"#, "/a/b", "a member that is null is lost"),
            (r#"{"a":[1,"x"]}"#, r#"{"a":[1,"y"]}"#, "/a/1", "a text is another"),
            (r#"{"a":1}"#, "{}", "/a", "a member is lost"),
            ("{}", r#"{"a":1}"#, "/a", "a member came"),
            ("1", "2", "", "a number is another"),
            ("[1]", "[]", "", "a list has more or fewer elements"),
            ("[1]", "{}", "", "a value is of another kind"),
        ] {
            let found = difference(one, other).unwrap();
            assert_eq!((found.at.as_str(), found.what), (at, what));
        }
    }

    #[test]
    fn what_is_no_json_means_nothing() {
        assert!(!same("", ""));
        assert!(!same("{", "{"));
        assert!(!same("1e99999999999999999999", "1e99999999999999999999"));
    }
}

//! Whether two JSON texts mean the same: numbers by their values, to the last digit, and members in
//! any order.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// Whether both texts can be read and mean the same.
pub(super) fn same(one: &str, other: &str) -> bool {
    matches!((Meaning::of(one), Meaning::of(other)), (Some(one), Some(other)) if one == other)
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
    use super::same;

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
    fn what_is_no_json_means_nothing() {
        assert!(!same("", ""));
        assert!(!same("{", "{"));
        assert!(!same("1e99999999999999999999", "1e99999999999999999999"));
    }
}

//! Formats: times of RFC 3339, durations of ISO 8601, and the names of others.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::decimal::Decimal;
use super::rule::Format;
use super::{net, patterns};

/// Whether a value is of a format; of values that the format is not about it says nothing.
pub(crate) fn is(value: &Value, format: Format) -> bool {
    match value {
        Value::String(text) => is_text(text, format),
        Value::Number(number) => is_number(&number.to_string(), format),
        _ => true,
    }
}

/// What a value of a format is called.
pub(crate) fn name(format: Format) -> &'static str {
    match format {
        Format::Byte => "bytes in base64",
        Format::Date => "a date as in `2026-01-31`",
        Format::DateTime => "a point in time as in `2026-01-31T12:00:00Z`",
        Format::Duration => "a duration as in `P1DT12H`",
        Format::Email => "an email address",
        Format::Hostname => "the name of a host",
        Format::Int32 => "an integer of 32 bits",
        Format::Int64 => "an integer of 64 bits",
        Format::Ipv4 => "an address of IPv4",
        Format::Ipv6 => "an address of IPv6",
        Format::JsonPointer => "a JSON pointer",
        Format::Regex => "a pattern of ECMA 262",
        Format::RelativeJsonPointer => "a relative JSON pointer",
        Format::Time => "a time as in `12:00:00Z`",
        Format::Uint32 => "an integer of 32 bits that is not negative",
        Format::Uint64 => "an integer of 64 bits that is not negative",
        Format::Uri => "a URI",
        Format::UriReference => "a URI or a part of one",
        Format::UriTemplate => "a template of URIs",
        Format::Uuid => "a UUID",
    }
}

fn is_number(text: &str, format: Format) -> bool {
    let (least, most) = match format {
        Format::Int32 => (i32::MIN.to_string(), i32::MAX.to_string()),
        Format::Int64 => (i64::MIN.to_string(), i64::MAX.to_string()),
        Format::Uint32 => (0.to_string(), u32::MAX.to_string()),
        Format::Uint64 => (0.to_string(), u64::MAX.to_string()),
        _ => return true,
    };
    let (Some(number), Some(least), Some(most)) = (Decimal::parse(text), Decimal::parse(&least), Decimal::parse(&most))
    else {
        return true;
    };
    number.is_integer() && least <= number && number <= most
}

fn is_text(text: &str, format: Format) -> bool {
    match format {
        Format::Byte => is_base64(text),
        Format::Date => is_date(text),
        Format::DateTime => {
            let split = text.char_indices().nth(10).filter(|(_, c)| matches!(c, 'T' | 't'));
            split.is_some_and(|(at, _)| is_date(&text[..at]) && is_time(&text[at + 1..]))
        }
        Format::Duration => is_duration(text),
        Format::Email => net::is_email(text),
        Format::Hostname => net::is_hostname(text),
        Format::Ipv4 => text.parse::<std::net::Ipv4Addr>().is_ok(),
        Format::Ipv6 => text.parse::<std::net::Ipv6Addr>().is_ok(),
        Format::JsonPointer => is_json_pointer(text),
        Format::Regex => patterns::is_pattern(text),
        Format::RelativeJsonPointer => is_relative_json_pointer(text),
        Format::Time => is_time(text),
        Format::Uri => net::is_uri(text),
        Format::UriReference => net::is_uri_reference(text),
        Format::UriTemplate => net::is_uri_template(text),
        Format::Uuid => is_uuid(text),
        Format::Int32 | Format::Int64 | Format::Uint32 | Format::Uint64 => true,
    }
}

/// In either alphabet, with or without padding.
fn is_base64(text: &str) -> bool {
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    [alphabet::STANDARD, alphabet::URL_SAFE].iter().any(|it| GeneralPurpose::new(it, config).decode(text).is_ok())
}

/// Exactly so many digits, as a number.
fn number(text: &str, digits: usize) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut next = |digits| parts.next().and_then(|part| number(part, digits));
    let (Some(year), Some(month), Some(day)) = (next(4), next(2), next(2)) else { return false };
    let is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// `full-time` of RFC 3339, which has an offset.
fn is_time(text: &str) -> bool {
    let (Some(clock), Some(rest)) = (text.get(..8), text.get(8..)) else { return false };
    let mut parts = clock.splitn(3, ':').map(|part| number(part, 2));
    let (Some(Some(hour)), Some(Some(minute)), Some(Some(second))) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let offset = match rest.strip_prefix('.') {
        Some(fraction) => {
            let offset = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if offset.len() == fraction.len() {
                return false;
            }
            offset
        }
        None => rest,
    };
    let Some(offset) = minutes(offset) else { return false };
    if hour > 23 || minute > 59 || second > 60 {
        return false;
    }
    // A leap second ends a day of UTC.
    let utc = (i64::from(hour) * 60 + i64::from(minute) - offset).rem_euclid(24 * 60);
    second < 60 || utc == 24 * 60 - 1
}

/// How many minutes an offset is before UTC.
fn minutes(offset: &str) -> Option<i64> {
    if matches!(offset, "Z" | "z") {
        return Some(0);
    }
    let sign = match offset.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    (hours < 24 && minutes < 60).then(|| sign * (i64::from(hours) * 60 + i64::from(minutes)))
}

/// As in ISO 8601: units in their order, weeks alone; the last may have a fraction.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    if let Some(weeks) = rest.strip_suffix('W') {
        return !weeks.is_empty() && weeks.bytes().all(|byte| byte.is_ascii_digit());
    }
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let has_both = time != Some("") && !(date.is_empty() && time.is_none());
    has_both && are_units(date, "YMD") && time.is_none_or(|time| are_units(time, "HMS"))
}

/// Whether numbers stand before these units, in their order.
fn are_units(mut text: &str, mut units: &str) -> bool {
    while !text.is_empty() {
        let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let has_number = unit.len() < text.len();
        let (unit, has_fraction) = match unit.strip_prefix(['.', ',']) {
            Some(fraction) => {
                let unit = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
                (unit, unit.len() < fraction.len())
            }
            None => (unit, true),
        };
        let Some(place) = unit.chars().next().and_then(|unit| units.find(unit)) else { return false };
        if !has_number || !has_fraction {
            return false;
        }
        units = &units[place + 1..];
        text = &unit[1..];
    }
    true
}

fn is_json_pointer(text: &str) -> bool {
    let is_escaped = || text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    text.is_empty() || (text.starts_with('/') && is_escaped())
}

fn is_relative_json_pointer(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[..text.len() - rest.len()];
    let is_number = digits == "0" || (!digits.is_empty() && !digits.starts_with('0'));
    is_number && (rest == "#" || is_json_pointer(rest))
}

fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let mut parts = text.split('-');
    let is_part = |part: &str, length: usize| part.len() == length && part.bytes().all(|it| it.is_ascii_hexdigit());
    lengths.iter().all(|length| parts.next().is_some_and(|part| is_part(part, *length))) && parts.next().is_none()
}

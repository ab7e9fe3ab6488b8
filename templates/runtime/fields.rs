//! Headers of an answer as values.

use std::str::FromStr;

use http::header::HeaderMap;

/// Reads the one value of a field; none if it is missing or no such value.
pub(crate) fn one<T>(headers: &HeaderMap, name: &str, read: fn(&str) -> Option<T>) -> Option<T> {
    headers.get(name)?.to_str().ok().and_then(|value| read(value.trim()))
}

/// Reads a list, in one field or several (RFC 9110 section 5.3); empty members are none
/// (section 5.6.1.2), and what is no such value is left out.
pub(crate) fn list<T>(headers: &HeaderMap, name: &str, read: fn(&str) -> Option<T>) -> Vec<T> {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    let members = values.flat_map(|value| value.split(',')).map(str::trim).filter(|member| !member.is_empty());
    members.filter_map(read).collect()
}

/// A value that any text is.
pub(crate) fn text<T: for<'a> From<&'a str>>(text: &str) -> Option<T> {
    Some(T::from(text))
}

/// A value that is written in its own way, such as a number.
pub(crate) fn parse<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

//! The request target, built byte for byte.
//!
//! The usual URL builders collapse `..`, turn blanks into `+` and leave some delimiters bare: the
//! request would then name another route, or another value, than the caller did. So the target is
//! written here, and [`locate`] checks that it is sent as it was written.

use http::uri::PathAndQuery;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use super::operation::{Query, Style};

/// All but the unreserved characters of RFC 3986 section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What the caller said about a query parameter.
pub(crate) enum Given {
    /// A single value.
    One(String),
    /// A list, perhaps an empty one.
    List(Vec<String>),
    /// Taken back, and its default too.
    Nothing,
}

fn encode(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
}

/// The value that was set last.
fn last<'a, V>(values: &'a [(&'static str, V)], name: &str) -> Option<&'a V> {
    values.iter().rev().find(|(given, _)| *given == name).map(|(_, value)| value)
}

/// Fills a route's `{name}`s (RFC 6570 section 3.2.2).
pub(crate) fn path(template: &str, values: &[(&'static str, String)]) -> Result<String, String> {
    let mut path = String::with_capacity(template.len());
    let mut filled = Vec::with_capacity(values.len());
    let mut rest = template;
    while let Some((literal, (name, after))) =
        rest.split_once('{').and_then(|(literal, tail)| Some((literal, tail.split_once('}')?)))
    {
        let value = last(values, name).ok_or(format!("path parameter `{name}` is missing"))?;
        path.push_str(literal);
        path.extend(encode(segment(name, value)?));
        filled.push(name);
        rest = after;
    }
    path.push_str(rest);
    match values.iter().find(|(name, _)| !filled.contains(name)) {
        Some((name, _)) => Err(format!("the route has no path parameter `{name}`")),
        None => Ok(path),
    }
}

/// Refuses the values that a path cannot carry.
///
/// An empty segment names another route, and dot segments are removed on the way, written as
/// `%2E%2E` too (RFC 3986 sections 5.2.4 and 6.2.2.3).
fn segment<'a>(name: &str, value: &'a str) -> Result<&'a str, String> {
    match value {
        "" => Err(format!("path parameter `{name}` is empty: that would name another route")),
        "." | ".." => {
            Err(format!("path parameter `{name}` is the dot segment `{value}`: that would name another route"))
        }
        _ => Ok(value),
    }
}

/// Writes the query in the order of the `parameters`.
pub(crate) fn query(parameters: &[Query], values: &[(&'static str, Given)]) -> Result<Option<String>, String> {
    let known = |name: &str| parameters.iter().any(|parameter| parameter.name == name);
    if let Some((name, _)) = values.iter().find(|(name, _)| !known(name)) {
        return Err(format!("the operation has no query parameter `{name}`"));
    }
    let mut pairs = Vec::with_capacity(parameters.len());
    for parameter in parameters {
        let name = parameter.name;
        let default = parameter.default.filter(|_| parameter.required);
        match (last(values, name), default) {
            (Some(Given::One(value)), _) => pairs.push(pair(name, value)),
            // An empty list is an undefined value, which is left out (RFC 6570 section 2.3).
            (Some(Given::List(members)), _) if members.is_empty() => {}
            (Some(Given::List(members)), _) => pairs.push(list(name, members, parameter.style)),
            (None, Some(default)) => pairs.push(pair(name, default)),
            (Some(Given::Nothing), _) | (None, None) if parameter.required => {
                return Err(format!("required query parameter `{name}` is missing"));
            }
            (Some(Given::Nothing), _) | (None, None) => {}
        }
    }
    Ok((!pairs.is_empty()).then(|| pairs.join("&")))
}

fn pair(name: &str, value: &str) -> String {
    format!("{}={}", encode(name), encode(value))
}

fn list(name: &str, members: &[String], style: Style) -> String {
    let separator = match style {
        Style::Form { explode: true } => {
            let pairs: Vec<_> = members.iter().map(|member| pair(name, member)).collect();
            return pairs.join("&");
        }
        Style::Form { explode: false } => ",",
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
    };
    let members: Vec<_> = members.iter().map(|member| encode(member).to_string()).collect();
    format!("{}={}", encode(name), members.join(separator))
}

/// Whether a path is written as RFC 3986 section 3.3 says, so that everybody reads it alike.
pub(crate) fn written(path: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte);
    path.split('%').enumerate().all(|(index, part)| {
        let escape = part.bytes().take(2).filter(u8::is_ascii_hexdigit).count();
        (index == 0 || escape == 2) && part.bytes().all(allowed)
    })
}

/// Whether a path has a dot segment, in whatever spelling (RFC 3986 section 6.2.2.3).
pub(crate) fn dotted(path: &str) -> bool {
    let dots = |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    path.split('/').any(dots)
}

/// The whole target: the client's prefix, the route, the query. Whoever reads a URL removes its
/// dot segments (RFC 3986 section 5.2.4), so a route that has one would become another.
pub(crate) fn locate(prefix: &str, path: &str, query: Option<&str>) -> Result<PathAndQuery, String> {
    if dotted(path) {
        return Err("the route has a dot segment: that would name another route".into());
    }
    if !written(path) {
        return Err("the route holds characters that no path can have".into());
    }
    let target = match query {
        Some(query) => format!("{prefix}{path}?{query}"),
        None => format!("{prefix}{path}"),
    };
    match PathAndQuery::try_from(target.as_str()) {
        Ok(whole) if whole.as_str() == target => Ok(whole),
        _ => Err("the route cannot be written as a request's target".into()),
    }
}

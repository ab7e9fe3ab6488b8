//! The request target, built byte for byte.
//!
//! The usual URL builders collapse `..`, turn blanks into `+` and leave some delimiters bare: the
//! request would then name another route, or another value, than the caller did. So the target is
//! written here, and [`locate`] checks that it is sent as it was written.

use http::uri::PathAndQuery;

use super::given::{Given, Givens};
use super::param::{Param, Place};
use super::style;

/// Fills a route's `{name}`s (RFC 6570 section 3.2.2); what the caller did not give, the client may
/// have a value for.
pub(crate) fn path(
    template: &'static str,
    params: &'static [Param],
    values: &Givens,
    defaults: &[(&'static str, String)],
) -> Result<String, String> {
    let mut path = String::with_capacity(template.len());
    let mut filled = Vec::new();
    let mut rest = template;
    while let Some((literal, (name, after))) =
        rest.split_once('{').and_then(|(literal, tail)| Some((literal, tail.split_once('}')?)))
    {
        let usual = Param::path(name);
        let declared = params.iter().find(|param| param.place == Place::Path && param.name == name);
        path.push_str(literal);
        path.push_str(&part(declared.unwrap_or(&usual), values, defaults)?);
        filled.push(name);
        rest = after;
    }
    path.push_str(rest);
    match values.names(Place::Path).find(|name| !filled.contains(name)) {
        Some(name) => Err(format!("the route has no path parameter `{name}`")),
        None => Ok(path),
    }
}

/// A parameter as it is written in the path.
fn part(param: &Param, values: &Givens, defaults: &[(&'static str, String)]) -> Result<String, String> {
    let Param { name, style, .. } = *param;
    let default = defaults.iter().find(|(its, _)| *its == name).map(|(_, value)| value);
    let written = match (values.last(Place::Path, name), default) {
        (Some(_), _) => values.choose(param)?.map(|given| style::path(name, style, &given)).unwrap_or_default(),
        (None, Some(default)) => style::path(name, style, &Given::from(default)),
        (None, None) => {
            return Err(format!(
                "path parameter `{name}` is missing: set it on the request, or on the `ClientBuilder` for every request"
            ));
        }
    };
    fits(name, &written).map(|()| written)
}

/// Refuses the values that a path cannot carry.
///
/// An empty segment names another route, and dot segments are removed on the way, written as
/// `%2E%2E` too (RFC 3986 sections 5.2.4 and 6.2.2.3).
pub(crate) fn fits(name: &str, written: &str) -> Result<(), String> {
    match written {
        "" => Err(format!("path parameter `{name}` is empty: that would name another route")),
        "." | ".." => {
            Err(format!("path parameter `{name}` is the dot segment `{written}`: that would name another route"))
        }
        _ => Ok(()),
    }
}

/// Writes the query's pairs in the order of the parameters.
pub(crate) fn query(params: &'static [Param], values: &Givens) -> Result<Vec<String>, String> {
    let mut pairs = Vec::new();
    for (param, given) in values.all(Place::Query, params)? {
        pairs.extend(style::query(param, &given)?);
    }
    Ok(pairs)
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

/// The whole target: the client's prefix, the route, the pairs of the query. Whoever reads a URL removes its
/// dot segments (RFC 3986 section 5.2.4), so a route that has one would become another.
pub(crate) fn locate(prefix: &str, path: &str, query: &[String]) -> Result<PathAndQuery, String> {
    if dotted(path) {
        return Err("the route has a dot segment: that would name another route".into());
    }
    if !written(path) {
        return Err("the route holds characters that no path can have".into());
    }
    let target = match query {
        [] => format!("{prefix}{path}"),
        pairs => format!("{prefix}{path}?{}", pairs.join("&")),
    };
    match PathAndQuery::try_from(target.as_str()) {
        Ok(whole) if whole.as_str() == target => Ok(whole),
        _ => Err("the route cannot be written as a request's target".into()),
    }
}

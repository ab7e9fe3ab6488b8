//! Formats of the network: names of hosts, addresses, URIs.

use std::net::{Ipv4Addr, Ipv6Addr};

/// RFC 1123: labels of letters, digits and hyphens.
pub(crate) fn is_hostname(text: &str) -> bool {
    let is_label = |label: &str| {
        let has_length = (1..=63).contains(&label.len());
        let is_plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        has_length && is_plain && !label.starts_with('-') && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// RFC 5321: a word with dots or a quoted text, and a host or an address in brackets.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let quoted = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let is_local = match quoted {
        Some(quoted) => is_quoted(quoted),
        None => local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_of_atom)),
    };
    let is_domain = match domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => match address.strip_prefix("IPv6:") {
            Some(address) => address.parse::<Ipv6Addr>().is_ok(),
            None => address.parse::<Ipv4Addr>().is_ok(),
        },
        None => is_hostname(domain),
    };
    is_local && is_domain
}

fn is_of_atom(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

fn is_quoted(text: &str) -> bool {
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        let is_fine = match c {
            '\\' => characters.next().is_some_and(|next| next == ' ' || next.is_ascii_graphic()),
            '"' => false,
            _ => c == ' ' || c.is_ascii_graphic(),
        };
        if !is_fine {
            return false;
        }
    }
    true
}

/// RFC 3986: a URI with its scheme.
pub(crate) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme && is_rest(rest)
}

/// RFC 3986: a URI, or what is relative to one.
pub(crate) fn is_uri_reference(text: &str) -> bool {
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    is_uri(text) || (!first.contains(':') && is_rest(text))
}

/// What stands behind a scheme.
fn is_rest(text: &str) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    let (authority, path) = match path.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", path),
    };
    is_authority(authority) && are_of(path, ":@/") && are_of(query, ":@/?") && are_of(fragment, ":@/?")
}

fn is_authority(text: &str) -> bool {
    let (user, host) = text.rsplit_once('@').unwrap_or(("", text));
    let (host, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let Some((address, port)) = rest.split_once(']') else { return false };
            if address.parse::<Ipv6Addr>().is_err() && !address.starts_with(['v', 'V']) {
                return false;
            }
            ("", port)
        }
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
    are_of(user, ":") && are_of(host, "") && is_port
}

/// Whether all characters are unreserved, percent-encoded, of those between arguments, or of these.
fn are_of(text: &str, more: &str) -> bool {
    let mut parts = text.split('%');
    let is_plain = |part: &str| {
        part.chars().all(|c| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=".contains(c) || more.contains(c))
    };
    parts.next().is_none_or(is_plain)
        && parts.all(|part| {
            let is_code = part.get(..2).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
            is_code && part.get(2..).is_some_and(is_plain)
        })
}

/// RFC 6570: expressions in braces, and nothing that a URI cannot have.
pub(crate) fn is_uri_template(text: &str) -> bool {
    let mut is_inside = false;
    for c in text.chars() {
        match c {
            '{' if is_inside => return false,
            '{' => is_inside = true,
            '}' if !is_inside => return false,
            '}' => is_inside = false,
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '|' if !is_inside => return false,
            _ => {}
        }
    }
    !is_inside
}

//! Credentials, checked once when the client is built.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::HeaderValue;

use super::operation::Scheme;

/// The `Authorization` values that a client holds.
#[derive(Default)]
pub(crate) struct Credentials {
    pub(crate) basic: Option<HeaderValue>,
    pub(crate) bearer: Option<HeaderValue>,
}

impl Credentials {
    /// The value for the first of the `alternatives` that the client can meet.
    ///
    /// An alternative without schemes ("or anonymously") asks for nothing, so it never stands in
    /// the way of a later one. Two schemes at once cannot share the one `Authorization` field
    /// (RFC 9110 11.6.2): no client can meet such an alternative.
    pub(crate) fn choose(&self, alternatives: &[&[Scheme]]) -> Option<&HeaderValue> {
        alternatives.iter().find_map(|alternative| match alternative {
            [Scheme::Basic] => self.basic.as_ref(),
            [Scheme::Bearer] => self.bearer.as_ref(),
            _ => None,
        })
    }
}

/// `Basic` credentials in UTF-8 (RFC 7617 section 2).
pub(crate) fn basic(user: &str, password: &str) -> Result<HeaderValue, String> {
    if user.contains(':') {
        return Err("the user name contains a colon, where the password would begin \
             (RFC 7617 section 2)"
            .into());
    }
    if user.chars().chain(password.chars()).any(char::is_control) {
        return Err("user name or password contains a control character (RFC 7617 section 2)".into());
    }
    let encoded = STANDARD.encode(format!("{user}:{password}"));
    secret(&format!("Basic {encoded}"))
}

/// A `Bearer` token; an empty one is no token.
pub(crate) fn bearer(token: &str) -> Result<Option<HeaderValue>, String> {
    if token.is_empty() {
        return Ok(None);
    }
    let body = token.trim_end_matches('=');
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
    if body.is_empty() || !body.bytes().all(allowed) {
        return Err("the bearer token has characters that no token can have, such as a blank, \
             a line break or a letter beyond ASCII (RFC 6750 section 2.1)"
            .into());
    }
    secret(&format!("Bearer {token}")).map(Some)
}

/// A header value that neither `Debug` nor HTTP/2's header compression may keep.
fn secret(value: &str) -> Result<HeaderValue, String> {
    let mut value =
        HeaderValue::from_str(value).map_err(|_| "the credentials cannot be sent in a header".to_owned())?;
    value.set_sensitive(true);
    Ok(value)
}

//! Credentials, checked once when the client is built.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};

use super::given::Given;
use super::headers;
use super::operation::Scheme;
use super::param::{Param, Place};
use super::style;

/// A credential as it is sent.
pub(crate) enum Credential {
    /// A header.
    Header(HeaderName, HeaderValue),
    /// A pair of the query, with the parameter's name before it was encoded.
    Query(&'static str, String),
    /// A pair of the header `Cookie`, likewise.
    Cookie(&'static str, String),
}

/// The credentials that a client holds, each for one scheme.
#[derive(Default)]
pub(crate) struct Credentials(Vec<(Scheme, Credential)>);

impl Credentials {
    /// Adds a credential; none, as from an empty token, is left out.
    pub(crate) fn add(&mut self, scheme: Scheme, credential: Option<Credential>) {
        self.0.extend(credential.map(|credential| (scheme, credential)));
    }

    /// Whether there is one for a scheme.
    pub(crate) fn has(&self, scheme: Scheme) -> bool {
        self.find(scheme).is_some()
    }

    fn find(&self, scheme: Scheme) -> Option<&Credential> {
        self.0.iter().find(|(its, _)| *its == scheme).map(|(_, credential)| credential)
    }

    /// The names of the schemes for which there is a key.
    pub(crate) fn keys(&self) -> Vec<&'static str> {
        let name = |scheme: &Scheme| if let Scheme::ApiKey(name) = *scheme { Some(name) } else { None };
        self.0.iter().filter_map(|(scheme, _)| name(scheme)).collect()
    }

    /// What to send: for all schemes of the first of the `alternatives` that the client can meet.
    ///
    /// An alternative without schemes ("or anonymously") asks for nothing, so it never stands in
    /// the way of a later one.
    pub(crate) fn choose(&self, alternatives: &[&[Scheme]]) -> Vec<&Credential> {
        let all = |schemes: &&[Scheme]| schemes.iter().map(|scheme| self.find(*scheme)).collect::<Option<Vec<_>>>();
        alternatives.iter().filter(|schemes| !schemes.is_empty()).find_map(all).unwrap_or_default()
    }
}

/// A key that goes where the document says.
#[derive(Clone)]
pub(crate) struct ApiKey {
    /// The security scheme's name in the document.
    pub(crate) scheme: &'static str,
    pub(crate) place: Place,
    /// The name of the header, of the query's parameter or of the cookie.
    pub(crate) name: &'static str,
    pub(crate) value: String,
}

impl ApiKey {
    /// The key as it is sent; an empty one is no key. Neither the message nor anything else shows it.
    pub(crate) fn credential(&self) -> Result<Option<Credential>, String> {
        let Self { scheme, place, name, ref value } = *self;
        if value.is_empty() {
            return Ok(None);
        }
        if value.chars().any(char::is_control) {
            return Err(format!("the API key `{scheme}` has a line break or another control character"));
        }
        Ok(Some(match place {
            // No header keeps them (RFC 9110 section 5.5), so the server would see another key.
            Place::Header if value.starts_with(' ') || value.ends_with(' ') => {
                return Err(format!("the API key `{scheme}` has a blank at its beginning or end"));
            }
            Place::Header => {
                let (name, value) = headers::parse(name, value)?;
                Credential::Header(name, value)
            }
            Place::Cookie => {
                Credential::Cookie(name, style::cookie(&Param::cookie(name), &Given::from(value)).join("; "))
            }
            Place::Query | Place::Path => {
                Credential::Query(name, style::query(&Param::query(name), &Given::from(value))?.join("&"))
            }
        }))
    }
}

/// `Basic` credentials in UTF-8 (RFC 7617 section 2).
pub(crate) fn basic(user: &str, password: &str) -> Result<Credential, String> {
    if user.contains(':') {
        return Err("the user name contains a colon, where the password would begin \
             (RFC 7617 section 2)"
            .into());
    }
    if user.chars().chain(password.chars()).any(char::is_control) {
        return Err("user name or password contains a control character (RFC 7617 section 2)".into());
    }
    let encoded = STANDARD.encode(format!("{user}:{password}"));
    authorization(&format!("Basic {encoded}"))
}

/// A `Bearer` token; an empty one is no token.
pub(crate) fn bearer(token: &str) -> Result<Option<Credential>, String> {
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
    authorization(&format!("Bearer {token}")).map(Some)
}

/// A header whose value neither `Debug` nor HTTP/2's header compression may keep.
fn authorization(value: &str) -> Result<Credential, String> {
    let mut value =
        HeaderValue::from_str(value).map_err(|_| "the credentials cannot be sent in a header".to_owned())?;
    value.set_sensitive(true);
    Ok(Credential::Header(AUTHORIZATION, value))
}

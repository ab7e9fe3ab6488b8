//! The client and its settings.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderMap};
use http::uri::{Authority, Scheme, Uri};

use super::auth::{self, ApiKey, Credentials};
use super::error::{Error, Refused};
use super::headers;
use super::operation::Scheme as Security;
use super::param::Place;
use super::retries::Retries;
use super::target;
use super::transport::{self, Http};

/// A client of the API. Cloning it is cheap, and clones share their connections.
#[derive(Clone)]
pub struct Client {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) http: Http,
    pub(crate) base: Base,
    pub(crate) headers: HeaderMap,
    pub(crate) credentials: Credentials,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retries: Option<Retries>,
    /// Whether bodies are checked before they are sent.
    #[cfg(feature = "validate")]
    pub(crate) validate: bool,
    /// Values of path parameters for requests that give none.
    pub(crate) path_defaults: Vec<(&'static str, String)>,
}

/// Where a client sends to.
pub(crate) struct Base {
    pub(crate) scheme: Scheme,
    pub(crate) authority: Authority,
    /// The path before every route, without a slash at its end.
    pub(crate) prefix: String,
}

impl Client {
    /// Starts a client for the server at `url`, such as `https://api.example.com/prefix`.
    ///
    /// The URL is `http` or `https` without user info, query and fragment; trailing slashes do not
    /// matter. Whether it is one is checked by [`ClientBuilder::build`].
    pub fn builder(url: impl Into<String>) -> ClientBuilder {
        ClientBuilder {
            url: url.into(),
            basic: None,
            bearer: None,
            api_keys: Vec::new(),
            headers: Vec::new(),
            timeout: None,
            retries: None,
            #[cfg(feature = "validate")]
            validate: false,
            connect_timeout: None,
            path_defaults: Vec::new(),
        }
    }
}

/// Shows the server, and of credentials and headers only that they are there.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { base, headers, credentials, timeout, retries, path_defaults, .. } = &*self.inner;
        f.debug_struct("Client")
            .field("url", &format_args!("{}://{}{}", base.scheme, base.authority, base.prefix))
            .field("basic_auth", &credentials.has(Security::Basic))
            .field("bearer_token", &credentials.has(Security::Bearer))
            .field("api_keys", &credentials.keys())
            .field("default_headers", &headers.keys().collect::<Vec<_>>())
            .field("timeout", timeout)
            .field("retries", retries)
            .field("path_defaults", &path_defaults.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .finish()
    }
}

/// The settings of a [`Client`]; [`build`](Self::build) checks them all.
///
/// Redirects are followed only to the same origin, and never with another method. Proxies from the
/// environment, cookies and compression are not used: what a call sends depends on the call only.
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    url: String,
    basic: Option<(String, String)>,
    bearer: Option<String>,
    api_keys: Vec<ApiKey>,
    headers: Vec<(String, String)>,
    timeout: Option<Duration>,
    retries: Option<Retries>,
    #[cfg(feature = "validate")]
    validate: bool,
    connect_timeout: Option<Duration>,
    path_defaults: Vec<(&'static str, String)>,
}

impl ClientBuilder {
    /// Authenticates by user name and password, sent in UTF-8 (RFC 7617).
    ///
    /// Credentials are sent with the operations that ask for them. Where one accepts several kinds
    /// and the client holds them, the first in the API's own order is sent; where it needs several at
    /// once, all of them or none.
    ///
    /// The user name must not contain a colon, and neither of them control characters.
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.basic = Some((user.into(), password.into()));
        self
    }

    /// Authenticates by a bearer token (RFC 6750), with the operations that ask for one.
    ///
    /// An empty token, as from an unset environment variable, counts as none. A token of blanks,
    /// or with any other character that a token cannot have, is an error.
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.bearer = Some(token.into());
        self
    }

    /// Holds the key of a security scheme; a later one replaces an earlier one of the same scheme.
    pub(crate) fn api_key_of(mut self, scheme: &'static str, place: Place, name: &'static str, value: String) -> Self {
        self.api_keys.retain(|key| key.scheme != scheme);
        self.api_keys.push(ApiKey { scheme, place, name, value });
        self
    }

    /// Sends a header with every request; a later value replaces an earlier one of the same name.
    ///
    /// What an operation itself declares goes first: its `Accept`, its header parameters, and the
    /// client's credentials where it asks for some. So an `authorization` set here is sent exactly
    /// where no credentials are. The headers of the connection and of the body cannot be set.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends this `User-Agent`; without it, none is sent.
    pub fn user_agent(self, value: impl Into<String>) -> Self {
        self.default_header("user-agent", value)
    }

    /// Limits the time of a call, from connecting to the end of the body, redirects and retries included.
    ///
    /// There is no limit by default; a request can set its own.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sends requests that failed again, as far as that does no harm; see [`Retries`]. Without it, each
    /// is sent once. A request can set its own.
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = Some(retries);
        self
    }

    /// Checks bodies in JSON by what the API's document says of them, before anything is sent: see
    /// [`Validate`](crate::Validate). A request with a body that the document forbids is refused, and the
    /// error has [the violations](Refused::violations).
    ///
    /// Without it, nothing is checked; parameters, forms and lines of JSON never are.
    #[cfg(feature = "validate")]
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }

    /// Limits the time to connect. There is no limit by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Gives a path parameter to every request that does not give it itself.
    pub(crate) fn path_default(mut self, name: &'static str, value: String) -> Self {
        self.path_defaults.retain(|(its, _)| *its != name);
        self.path_defaults.push((name, value));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if a setting is wrong: the URL, the credentials or a default header.
    pub fn build(self) -> Result<Client, Error> {
        let refused = |message: String| Error::Refused(Refused::new(None, message));
        self.checked().map(|inner| Client { inner: Arc::new(inner) }).map_err(refused)
    }

    fn checked(self) -> Result<Inner, String> {
        let base = base(&self.url)?;
        let mut credentials = Credentials::default();
        if let Some((user, password)) = &self.basic {
            credentials.add(Security::Basic, Some(auth::basic(user, password)?));
        }
        if let Some(token) = &self.bearer {
            credentials.add(Security::Bearer, auth::bearer(token)?);
        }
        for key in &self.api_keys {
            credentials.add(Security::ApiKey(key.scheme), key.credential()?);
        }
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let (name, value) = headers::parse(name, value)?;
            if name == CONTENT_TYPE {
                return Err("`content-type` is a header of each body, not of a client".into());
            }
            headers.insert(name, value);
        }
        for (name, value) in &self.path_defaults {
            target::fits(name, value)?;
        }
        let http = transport::connect(self.connect_timeout)?;
        Ok(Inner {
            http,
            base,
            headers,
            credentials,
            timeout: self.timeout,
            retries: self.retries,
            #[cfg(feature = "validate")]
            validate: self.validate,
            path_defaults: self.path_defaults,
        })
    }
}

/// Shows which settings there are. The URL is not yet checked for a password in it.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("basic_auth", &self.basic.is_some())
            .field("bearer_token", &self.bearer.is_some())
            .field("api_keys", &self.api_keys.iter().map(|key| key.scheme).collect::<Vec<_>>())
            .field("timeout", &self.timeout)
            .field("retries", &self.retries)
            .field("connect_timeout", &self.connect_timeout)
            .field("path_defaults", &self.path_defaults.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// Where a client sends to: scheme, authority, and the path before every route.
fn base(url: &str) -> Result<Base, String> {
    // The URL is not quoted: it may hold a password.
    let uri = Uri::try_from(url).map_err(|error| format!("the base URL is no URL: {error}"))?;
    let parts = uri.into_parts();
    let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
        return Err("the base URL is neither http nor https".into());
    };
    if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
        return Err("the base URL is neither http nor https".into());
    }
    if authority.as_str().contains('@') {
        return Err("the base URL has user info: use `basic_auth` instead".into());
    }
    // Where it reads no port, hyper takes the scheme's own: that would be another server.
    if authority.host() != authority.as_str() && authority.port_u16().is_none() {
        return Err("the base URL has a port that is none".into());
    }
    let whole = parts.path_and_query;
    if url.contains('#') || whole.as_ref().is_some_and(|whole| whole.query().is_some()) {
        return Err("the base URL has a query or a fragment".into());
    }
    let path = whole.as_ref().map_or("", |whole| whole.path());
    if !target::written(path) {
        return Err("the base URL has a path that is not percent-encoded".into());
    }
    if target::dotted(path) {
        return Err("the base URL has a dot segment".into());
    }
    let prefix = path.trim_end_matches('/').to_owned();
    Ok(Base { scheme, authority, prefix })
}

//! All of a request that does not depend on the type of its answer, so that it is compiled once.

use std::time::Duration;

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, TRANSFER_ENCODING};
use http::header::{HeaderMap, HeaderValue};

use super::auth::Credential;
use super::client::Client;
use super::error::{Error, Refused};
use super::given::{Given, Givens};
use super::operation::Operation;
use super::outgoing::Outgoing;
use super::param::Place;
use super::response::Received;
use super::retries::{self, Retries};
use super::style;
use super::target;
use super::transport::Message;
#[cfg(feature = "validate")]
use super::validate::Violations;

/// The caller's values for an operation.
pub(crate) struct Values {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    pub(crate) scope: Option<String>,
    pub(crate) params: Givens,
    pub(crate) body: Option<(String, Outgoing)>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retries: Option<Retries>,
    /// Whether sending it twice is the same as sending it once; by default what its method says.
    pub(crate) idempotent: Option<bool>,
    /// Headers that replace any other of their name.
    extra: HeaderMap,
    /// The first reason not to send.
    refused: Option<String>,
    /// What the document forbids of the body, if that is the reason.
    #[cfg(feature = "validate")]
    violations: Option<Violations>,
}

impl Values {
    pub(crate) fn new(client: Client, operation: &'static Operation) -> Self {
        Self {
            client,
            operation,
            scope: None,
            params: Givens::default(),
            body: None,
            timeout: None,
            retries: None,
            idempotent: None,
            extra: HeaderMap::new(),
            refused: None,
            #[cfg(feature = "validate")]
            violations: None,
        }
    }

    /// The same values once more, if the body can be sent a second time.
    pub(crate) fn again(&self) -> Option<Self> {
        let body = match &self.body {
            Some((media_type, body)) => Some((media_type.clone(), body.again()?)),
            None => None,
        };
        Some(Self {
            client: self.client.clone(),
            scope: self.scope.clone(),
            params: self.params.clone(),
            body,
            retries: self.retries.clone(),
            extra: self.extra.clone(),
            refused: self.refused.clone(),
            #[cfg(feature = "validate")]
            violations: self.violations.clone(),
            ..*self
        })
    }

    pub(crate) fn refuse(&mut self, reason: String) {
        self.refused.get_or_insert(reason);
    }

    /// Checks a body by what the document says of it, if the client is told so.
    #[cfg(feature = "validate")]
    pub(crate) fn check(&mut self, media_type: &str, body: &(impl serde::Serialize + ?Sized)) {
        if !self.client.inner.validate || self.refused.is_some() {
            return;
        }
        let Operation { method, path, .. } = self.operation;
        let Some(rules) = crate::rules::of_body(method, path, media_type) else { return };
        let mut found = Vec::new();
        super::validate::judge(body, rules, "", false, &mut found);
        if let Err(violations) = Violations::of(found) {
            self.refuse(format!("the API's document forbids the body: {violations}"));
            self.violations = Some(violations);
        }
    }

    pub(crate) fn header(&mut self, name: &str, value: &str) {
        match super::headers::parse(name, value) {
            Ok((name, value)) => {
                self.extra.insert(name, value);
            }
            Err(reason) => self.refuse(reason),
        }
    }

    /// Sends the request; only a 2xx answer is `Ok`.
    pub(crate) async fn send(mut self) -> Result<Received, Error> {
        let message = self.message().map_err(|reason| {
            let refused = Refused::new(Some(self.operation.id), reason);
            #[cfg(feature = "validate")]
            let refused = refused.with(self.violations.take());
            Error::Refused(refused)
        })?;
        let policy = self.retries.as_ref().or(self.client.inner.retries.as_ref());
        let idempotent = self.idempotent.unwrap_or_else(|| self.operation.is_idempotent());
        retries::exchange(&self.client, self.operation, message, policy, idempotent).await
    }

    fn message(&mut self) -> Result<Message, String> {
        if let Some(reason) = self.refused.take() {
            return Err(reason);
        }
        let route = self.route()?;
        let client = &self.client.inner;
        let path = target::path(route, self.operation.params, &self.params, &client.path_defaults)?;
        let credentials = client.credentials.choose(self.operation.auth);
        let query = self.query(&credentials)?;
        Ok(Message {
            target: target::locate(&client.base.prefix, &path, &query)?,
            headers: self.headers(&credentials)?,
            body: self.body.take().map_or_else(Outgoing::empty, |(_, body)| body),
            timeout: self.timeout.or(client.timeout),
        })
    }

    /// The route, which the scope decides on.
    fn route(&mut self) -> Result<&'static str, String> {
        match (self.scope.take(), &self.operation.scoped) {
            (None, _) => Ok(self.operation.path),
            (Some(value), Some(scoped)) => {
                self.params.push(Place::Path, scoped.parameter, Given::from(value));
                Ok(scoped.path)
            }
            (Some(_), None) => Err("the operation has no second route".into()),
        }
    }

    /// The query: the parameters, then the keys. A parameter that the caller gives stands in place of
    /// a key of its name.
    fn query(&self, credentials: &[&Credential]) -> Result<Vec<String>, String> {
        let mut pairs = target::query(self.operation.params, &self.params)?;
        for credential in credentials {
            match credential {
                Credential::Query(name, pair) if !self.is_given(Place::Query, name) => pairs.push(pair.clone()),
                _ => {}
            }
        }
        Ok(pairs)
    }

    fn is_given(&self, place: Place, name: &str) -> bool {
        self.params.names(place).any(|given| given == name)
    }

    /// The headers; each kind replaces what came before under its name.
    fn headers(&self, credentials: &[&Credential]) -> Result<HeaderMap, String> {
        let (client, operation) = (&self.client.inner, self.operation);
        let mut headers = client.headers.clone();
        if let Some(accept) = operation.accept {
            headers.insert(ACCEPT, media_type(accept)?);
        }
        for credential in credentials {
            if let Credential::Header(name, value) = credential {
                headers.insert(name, value.clone());
            }
        }
        for (param, given) in self.params.all(Place::Header, operation.params)? {
            let (name, value) = super::headers::parse(param.name, &style::header(param, &given)?)?;
            headers.insert(name, value);
        }
        self.cookies(credentials, &mut headers)?;
        if let Some((media_type, _)) = &self.body {
            headers.insert(CONTENT_TYPE, self::media_type(media_type)?);
        }
        let empty = self.body.as_ref().is_none_or(|(_, body)| body.is_empty());
        if empty && ["POST", "PUT", "PATCH"].contains(&operation.method) {
            // Else nothing says that there is no body where one may be (RFC 9110 section 8.6).
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if self.body.as_ref().is_some_and(|(_, body)| body.is_unmeasured()) {
            // Else hyper sends no such body with a `GET`.
            headers.insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
        }
        for (name, value) in &self.extra {
            headers.insert(name, value.clone());
        }
        Ok(headers)
    }

    /// The keys and the cookie parameters go behind the client's own cookies, such as that of a session.
    fn cookies(&self, credentials: &[&Credential], headers: &mut HeaderMap) -> Result<(), String> {
        let mut cookies = Vec::new();
        for credential in credentials {
            match credential {
                Credential::Cookie(name, pair) if !self.is_given(Place::Cookie, name) => cookies.push(pair.clone()),
                _ => {}
            }
        }
        for (param, given) in self.params.all(Place::Cookie, self.operation.params)? {
            cookies.extend(style::cookie(param, &given));
        }
        if cookies.is_empty() {
            return Ok(());
        }
        let own = headers.get(COOKIE).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let all: Vec<String> = own.into_iter().chain(cookies).collect();
        let (name, value) = super::headers::parse(COOKIE.as_str(), &all.join("; "))?;
        headers.insert(name, value);
        Ok(())
    }
}

/// A media type of the API's document as a header's value.
fn media_type(text: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_str(text).map_err(|_| "the API's document names a media type that no header can hold".to_owned())
}

//! A request: an operation and the caller's values for it.

use std::fmt::{self, Display};
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;

use super::client::Client;
use super::error::Error;
use super::form;
use super::given::Given;
use super::multipart::Multipart;
use super::operation::Operation;
use super::outgoing::Outgoing;
use super::param::{Param, Place};
use super::response::{Received, Response};
use super::retries::Retries;
use super::upload::Upload;
use super::values::Values;

/// A request whose answer holds a `T`. Whatever is wrong with it is reported by `send`.
#[must_use = "a request does nothing until it is sent"]
pub(crate) struct Request<T> {
    pub(crate) values: Box<Values>,
    decode: Decode<T>,
}

/// A body that is one of several things.
pub(crate) trait Put {
    /// Sets it as the request's body.
    fn put<T>(self, request: Request<T>) -> Request<T>;
}

/// Reads an answer.
pub(crate) type Decode<T> = fn(&mut Received) -> Result<T, Error>;

impl<T> Request<T> {
    pub(crate) fn new(client: &Client, operation: &'static Operation, decode: Decode<T>) -> Self {
        Self { values: Box::new(Values::new(client.clone(), operation)), decode }
    }

    /// Sets a path parameter.
    pub(crate) fn path(self, name: &'static str, value: impl Into<Given>) -> Self {
        self.param(Place::Path, name, value.into())
    }

    /// Chooses the operation's second route by giving its additional parameter.
    pub(crate) fn scope(mut self, value: impl Display) -> Self {
        self.values.scope = Some(value.to_string());
        self
    }

    /// Sets a query parameter.
    pub(crate) fn query(self, name: &'static str, value: impl Into<Given>) -> Self {
        self.param(Place::Query, name, value.into())
    }

    /// Sets a header parameter.
    pub(crate) fn header_param(self, name: &'static str, value: impl Into<Given>) -> Self {
        self.param(Place::Header, name, value.into())
    }

    /// Sets a cookie parameter.
    pub(crate) fn cookie(self, name: &'static str, value: impl Into<Given>) -> Self {
        self.param(Place::Cookie, name, value.into())
    }

    fn param(mut self, place: Place, name: &'static str, value: Given) -> Self {
        self.values.params.push(place, name, value);
        self
    }

    /// Sets a body that is one of several things.
    pub(crate) fn body(self, body: impl Put) -> Self {
        body.put(self)
    }

    /// Sets a JSON body.
    pub(crate) fn json(mut self, media_type: &'static str, body: &(impl Serialize + ?Sized)) -> Self {
        #[cfg(feature = "validate")]
        self.values.check(media_type, body);
        match serde_json::to_vec(body) {
            Ok(body) => self.values.body = Some((media_type.into(), Outgoing::whole(body))),
            Err(error) => self.values.refuse(format!("the body is no JSON: {error}")),
        }
        self
    }

    /// Sets JSON values as the body, one a line, or each behind a record separator (RFC 7464).
    pub(crate) fn json_lines<'a, V: Serialize + 'a>(
        mut self,
        media_type: &'static str,
        separator: &'static str,
        body: impl IntoIterator<Item = &'a V>,
    ) -> Self {
        let mut lines = Vec::new();
        for value in body {
            lines.extend_from_slice(separator.as_bytes());
            if let Err(error) = serde_json::to_writer(&mut lines, value) {
                self.values.refuse(format!("the body is no JSON: {error}"));
            }
            lines.push(b'\n');
        }
        self.values.body = Some((media_type.into(), Outgoing::whole(lines)));
        self
    }

    /// Sets a text as the body, verbatim.
    pub(crate) fn text(self, media_type: &'static str, body: impl Into<String>) -> Self {
        self.bytes(media_type, body.into())
    }

    /// Sets a body of bytes.
    pub(crate) fn bytes(mut self, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        self.values.body = Some((media_type.into(), Outgoing::whole(body)));
        self
    }

    /// Sets a body that may be read while it is sent.
    pub(crate) fn upload(mut self, media_type: &'static str, body: impl Into<Upload>) -> Self {
        let upload = body.into();
        let media_type = upload.media_type().unwrap_or(media_type).to_owned();
        self.values.body = Some((media_type, upload.into()));
        self
    }

    /// Sets a form of names and values; the rules are those of properties that are not written in
    /// the usual way.
    pub(crate) fn form(mut self, media_type: &'static str, body: &(impl Serialize + ?Sized), rules: &[Param]) -> Self {
        match form::encode(body, rules) {
            Ok(body) => self.values.body = Some((media_type.into(), Outgoing::whole(body))),
            Err(reason) => self.values.refuse(reason),
        }
        self
    }

    /// Sets a body of named parts.
    pub(crate) fn multipart(mut self, media_type: &'static str, body: impl Into<Multipart>) -> Self {
        match body.into().into_body(media_type) {
            Ok(body) => self.values.body = Some(body),
            Err(reason) => self.values.refuse(reason),
        }
        self
    }

    /// Limits the time of this call instead of the client's limit.
    pub(crate) fn timeout(mut self, timeout: Duration) -> Self {
        self.values.timeout = Some(timeout);
        self
    }

    /// Sends this call again as these say, instead of the client's own.
    pub(crate) fn retries(mut self, retries: Retries) -> Self {
        self.values.retries = Some(retries);
        self
    }

    /// Says whether sending this call twice is the same as sending it once.
    pub(crate) fn idempotent(mut self, idempotent: bool) -> Self {
        self.values.idempotent = Some(idempotent);
        self
    }

    /// Sets a header, replacing whatever else would be sent under its name.
    pub(crate) fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.values.header(name.as_ref(), value.as_ref());
        self
    }

    /// The same request once more, if its body can be sent a second time.
    pub(crate) fn again(&self) -> Option<Self> {
        Some(Self { values: Box::new(self.values.again()?), decode: self.decode })
    }

    /// Sends the request.
    pub(crate) async fn send(self) -> Result<Response<T>, Error> {
        let mut received = self.values.send().await?;
        let value = (self.decode)(&mut received)?;
        Ok(Response::new(received, value))
    }
}

/// Shows the operation only: values, headers and body may hold secrets.
impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("operation", &self.values.operation.id).finish_non_exhaustive()
    }
}

/// Gives the generated `struct Name(Request<T>)` what every request has.
#[allow(unused_macros, reason = "an API may be without operations")]
macro_rules! request_methods {
    ($name:ident => $answer:ty) => {
        impl $name {
            /// Limits the time of this call, from connecting to the end of the answer, instead of
            /// the client's own limit. What is read while it comes, such as a download, has no limit
            /// once it began.
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.0 = self.0.timeout(timeout);
                self
            }

            /// Sends this call again if it fails, as these say, instead of the client's own.
            pub fn retries(mut self, retries: crate::Retries) -> Self {
                self.0 = self.0.retries(retries);
                self
            }

            /// Says whether sending this call twice is the same as sending it once, instead of its
            /// method: so [`Retries`](crate::Retries) treat a `POST` like a `PUT`, or the other way
            /// round.
            pub fn idempotent(mut self, idempotent: bool) -> Self {
                self.0 = self.0.idempotent(idempotent);
                self
            }

            /// Sends a header with this call, in place of any other of that name, the client's
            /// credentials included. A wrong one is reported by [`send`](Self::send).
            pub fn header(
                mut self,
                name: impl ::std::convert::AsRef<str>,
                value: impl ::std::convert::AsRef<str>,
            ) -> Self {
                self.0 = self.0.header(name, value);
                self
            }

            /// Sends the request and reads the answer.
            ///
            /// # Errors
            ///
            /// [`Error::Refused`](crate::Error::Refused) if the request is wrong, and nothing was
            /// sent; [`Error::Transport`](crate::Error::Transport) if no complete answer came;
            /// [`Error::Status`](crate::Error::Status) if its status is not 2xx;
            /// [`Error::Decode`](crate::Error::Decode) if it is not what the API declares.
            pub async fn send(self) -> ::std::result::Result<crate::Response<$answer>, crate::Error> {
                self.0.send().await
            }
        }

        /// Shows the operation only: its values may hold secrets.
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}
pub(crate) use request_methods;

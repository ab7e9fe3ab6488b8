//! Answers.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::StatusCode;
use http::header::HeaderMap;

use super::live::Live;
use super::operation::Operation;
use super::transport::Again;

/// An answer as it came, before its body is read.
pub(crate) struct Received {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The body; empty if it is still coming.
    pub(crate) body: Bytes,
    /// The declared answer that it is, as an index into [`Operation::answers`].
    pub(crate) case: Option<usize>,
    /// The body, if it is read while it comes.
    pub(crate) live: Option<Live>,
    /// How to ask once more, where that is possible.
    pub(crate) again: Option<Again>,
}

impl Received {
    /// The body while it comes; one that came already is given as such.
    pub(crate) fn live(&mut self) -> Live {
        let whole = || Live::whole(self.operation, self.status, self.headers.clone(), self.body.clone());
        self.live.take().unwrap_or_else(whole)
    }
}

/// A successful answer: its value, and beside it the status, the headers and the body as it came.
///
/// It dereferences to the value.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl<T> Response<T> {
    pub(crate) fn new(received: Received, value: T) -> Self {
        let Received { status, headers, body, .. } = received;
        Self { value, status, headers, body }
    }

    /// The status: any 2xx, not only those that the API declares.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came; empty where the value is read while the body comes.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The value that the body holds.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value that the body holds, without the rest.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Shows status and value, not the headers, which may set a cookie.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response").field("status", &self.status).field("value", &self.value).finish_non_exhaustive()
    }
}

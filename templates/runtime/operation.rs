//! What the API's document says about one operation, as plain data.

use http::Method;
use http::method::InvalidMethod;

use super::param::Param;

/// One operation of the API.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The document's `operationId`, or method and path where it has none; for messages.
    pub(crate) id: &'static str,
    /// The method, which no redirect ever changes; of HTTP's own or another.
    pub(crate) method: &'static str,
    /// The route: literal parts percent-encoded, parameters as `{name}`.
    pub(crate) path: &'static str,
    /// The route used instead once its additional parameter is given.
    pub(crate) scoped: Option<Scoped>,
    /// The parameters, those of one place in the order in which they are sent. One of the path needs
    /// to stand here only if it is not written as usual.
    pub(crate) params: &'static [Param],
    /// The media types that the operation answers with, if it answers with any.
    pub(crate) accept: Option<&'static str>,
    /// The credentials: any one of the alternatives, all schemes of that alternative.
    pub(crate) auth: &'static [&'static [Scheme]],
    /// The successes that are told apart, or read while they come; none if all are read alike.
    pub(crate) answers: &'static [Case],
}

impl Operation {
    /// The method as it is sent.
    ///
    /// # Errors
    ///
    /// Fails if it is no token, which none of the document's is.
    pub(crate) fn verb(&self) -> Result<Method, InvalidMethod> {
        Method::from_bytes(self.method.as_bytes())
    }

    /// Whether it does the same to be called twice (RFC 9110, section 9.2.2); `QUERY` is safe, and so it
    /// does.
    pub(crate) fn is_idempotent(&self) -> bool {
        self.method == "QUERY" || self.verb().is_ok_and(|method| method.is_idempotent())
    }
}

/// A declared answer.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) status: Status,
    /// The media type, perhaps a range; none without a body.
    pub(crate) media_type: Option<&'static str>,
    /// Whether the body is read while it comes.
    pub(crate) streamed: bool,
}

impl Case {
    /// An answer whose body is read when it is all there.
    pub(crate) const fn whole(status: Status, media_type: &'static str) -> Self {
        Self { status, media_type: Some(media_type), streamed: false }
    }

    /// An answer whose body is read while it comes.
    pub(crate) const fn streamed(status: Status, media_type: &'static str) -> Self {
        Self { status, media_type: Some(media_type), streamed: true }
    }

    /// An answer without a body.
    pub(crate) const fn empty(status: Status) -> Self {
        Self { status, media_type: None, streamed: false }
    }
}

/// The status of a declared answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// One status.
    Code(u16),
    /// All statuses of a class, by their first digit.
    Range(u16),
    /// Any status that is not declared.
    Default,
}

/// A second route of the same operation, told from the first by one more path parameter.
#[derive(Debug)]
pub(crate) struct Scoped {
    /// The additional parameter.
    pub(crate) parameter: &'static str,
    /// The route, written like [`Operation::path`].
    pub(crate) path: &'static str,
}

/// A way to authenticate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// User name and password (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750).
    Bearer,
    /// A key of its own, by the security scheme's name in the document.
    ApiKey(&'static str),
}

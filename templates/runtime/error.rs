//! What can go wrong.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use super::failure::{DecodeError, StatusError};
use super::operation::Operation;

/// Why there is no answer.
///
/// No variant ever shows the client's credentials.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request or the client's settings are wrong. Nothing was sent.
    Refused(Refused),
    /// No complete answer came: no connection, a timeout, a broken transfer.
    Transport(Box<TransportError>),
    /// The server answered with a status other than 2xx. That includes every redirect which is
    /// not followed because it leads to another origin or would change the method.
    Status(Box<StatusError>),
    /// The server answered 2xx, but not with what the API declares.
    Decode(Box<DecodeError>),
}

impl Error {
    /// The answer's status, if an answer came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Refused(_) => None,
            Self::Transport(error) => error.status,
            Self::Status(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
        }
    }

    /// The answer's body, if a complete answer came.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::Refused(_) | Self::Transport(_) => None,
            Self::Status(error) => Some(error.body()),
            Self::Decode(error) => Some(error.body()),
        }
    }

    /// Notes how many times the request was sent.
    pub(crate) fn set_attempts(&mut self, attempts: u32) {
        match self {
            Self::Transport(error) => error.attempts = attempts,
            Self::Status(error) => error.attempts = attempts,
            Self::Refused(_) | Self::Decode(_) => {}
        }
    }
}

/// How many attempts there were, in a message: only where there was more than one.
pub(crate) struct Attempts(pub(crate) u32);

impl fmt::Display for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 > 1 { write!(f, ", in {} attempts", self.0) } else { Ok(()) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Status(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Refused(_) | Self::Status(_) => None,
            Self::Transport(error) => error.source(),
            Self::Decode(error) => error.source(),
        }
    }
}

/// A request that was not sent, or a client that was not built.
#[derive(Clone, Debug)]
pub struct Refused {
    operation: Option<&'static str>,
    message: Box<str>,
    #[cfg(feature = "validate")]
    violations: Option<Box<super::validate::Violations>>,
}

impl Refused {
    pub(crate) fn new(operation: Option<&'static str>, message: impl Into<Box<str>>) -> Self {
        Self {
            operation,
            message: message.into(),
            #[cfg(feature = "validate")]
            violations: None,
        }
    }

    /// Adds what the document forbids of the body.
    #[cfg(feature = "validate")]
    pub(crate) fn with(self, violations: Option<super::validate::Violations>) -> Self {
        Self { violations: violations.map(Box::new), ..self }
    }

    /// What the API's document forbids of the body, if that is why.
    #[cfg(feature = "validate")]
    #[must_use]
    pub fn violations(&self) -> Option<&crate::Violations> {
        self.violations.as_deref()
    }

    /// The operation; `None` if the client's own settings are wrong.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.operation
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.operation {
            Some(operation) => write!(f, "{operation}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl StdError for Refused {}

/// An exchange that broke off. The URL, which may hold secrets, is not kept.
#[derive(Debug)]
pub struct TransportError {
    pub(crate) operation: &'static str,
    pub(crate) status: Option<StatusCode>,
    pub(crate) source: Box<dyn StdError + Send + Sync>,
    pub(crate) kind: Failure,
    pub(crate) attempts: u32,
}

/// How an exchange failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    Connect,
    /// The limit on connecting.
    ConnectTimeout,
    Timeout,
    Exchange,
    /// On this side: the answer came, but could not be kept.
    Local,
}

impl TransportError {
    pub(crate) fn new(
        operation: &Operation,
        status: Option<StatusCode>,
        kind: Failure,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self { operation: operation.id, status, source: source.into(), kind, attempts: 1 }
    }

    /// The operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status, if it came before the exchange broke off.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// How many times the request was sent; more than once only with [`Retries`](crate::Retries).
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether the time was up.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, Failure::Timeout | Failure::ConnectTimeout)
    }

    /// Whether the answer came, but could not be kept: it is longer than the caller's limit, or its
    /// file cannot be written.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.kind == Failure::Local
    }

    /// Whether there was no connection, so that the server saw nothing; be it that the limit on connecting
    /// was up.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.kind, Failure::Connect | Failure::ConnectTimeout)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Failure::Local => write!(f, "{}: the answer could not be kept", self.operation),
            _ => write!(f, "{}: no complete answer came{}", self.operation, Attempts(self.attempts)),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

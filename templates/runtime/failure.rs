//! Answers that came, but are not the success that the API declares.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt::{self, Write as _};

use bytes::Bytes;
use http::StatusCode;
use http::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::cases::choose;
use super::decode::{from_json, from_text};
use super::error::{Attempts, Error};
use super::operation::Case;
use super::response::Received;

/// How many characters of a body a message quotes.
const QUOTED: usize = 200;

/// An answer with a status other than 2xx.
///
/// Its message names operation and status and quotes the beginning of the body.
pub struct StatusError {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    pub(crate) attempts: u32,
}

impl StatusError {
    /// The operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// How many times the request was sent; more than once only with [`Retries`](crate::Retries).
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer, such as `Retry-After` or `Location`.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON of a type.
    ///
    /// # Errors
    ///
    /// Fails if it is not such JSON; this error has it still.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        from_json(&self.body).map_err(|(path, error)| DecodeError {
            operation: self.operation,
            status: self.status,
            headers: Box::new(self.headers.clone()),
            body: self.body.clone(),
            path,
            source: error.into(),
        })
    }

    /// The body as text, in UTF-8 or in the `charset` that the answer names, if that is ASCII or
    /// ISO 8859-1; bytes that are no such text become U+FFFD.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        self.readable().map_or_else(|| String::from_utf8_lossy(&self.body), Cow::Owned)
    }

    /// The same, if all of the bytes are such text.
    pub(crate) fn readable(&self) -> Option<String> {
        from_text(&self.headers, &self.body).ok()
    }
}

/// The error of the API's document that an error is, as an index into `cases`.
pub(crate) fn declared<'a>(error: &'a Error, cases: &[Case]) -> Option<(usize, &'a StatusError)> {
    let Error::Status(error) = error else { return None };
    Some((choose(cases, error.status, &error.headers)?, error))
}

impl From<Received> for StatusError {
    fn from(received: Received) -> Self {
        let Received { operation, status, headers, body, .. } = received;
        Self { operation: operation.id, status, headers, body, attempts: 1 }
    }
}

impl From<Received> for Error {
    fn from(received: Received) -> Self {
        Self::Status(Box::new(received.into()))
    }
}

impl fmt::Display for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}{}", self.operation, self.status, Attempts(self.attempts))?;
        if self.body.is_empty() {
            return Ok(());
        }
        f.write_str(": ")?;
        // No character is longer than four bytes, so this is enough of even a very long body.
        let beginning = self.body.get(..4 * QUOTED + 4).unwrap_or(&self.body);
        let text = String::from_utf8_lossy(beginning);
        let mut characters = text.chars();
        quote(characters.by_ref().take(QUOTED), f)?;
        if characters.next().is_some() { f.write_str("...") } else { Ok(()) }
    }
}

/// Shows a server's text. It must not write line breaks or terminal codes into somebody's log.
fn quote(mut text: impl Iterator<Item = char>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    text.try_for_each(|c| if is_unprintable(c) { write!(f, "{}", c.escape_default()) } else { f.write_char(c) })
}

/// Control characters, and marks that turn the direction of a line's text.
pub(crate) fn is_unprintable(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Shows what the message shows; the headers may set a cookie.
impl fmt::Debug for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatusError({self})")
    }
}

impl StdError for StatusError {}

/// A 2xx answer that is not what the API declares.
///
/// Its message names the place in the body, but never shows the body: the answer to a successful
/// request may well be a secret. Its source says what is wrong with that place, and may quote the
/// one value there.
pub struct DecodeError {
    operation: &'static str,
    status: StatusCode,
    /// Boxed, or every `Result` that may hold this would be as large.
    headers: Box<HeaderMap>,
    body: Bytes,
    path: String,
    source: Box<dyn StdError + Send + Sync>,
}

impl DecodeError {
    pub(crate) fn new(received: &Received, path: String, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            operation: received.operation.id,
            status: received.status,
            headers: Box::new(received.headers.clone()),
            body: received.body.clone(),
            path,
            source: source.into(),
        }
    }

    /// The operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The place in the body, such as `results[3].name`; `.` is the whole of it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(Box::new(error))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, status, path, .. } = self;
        write!(f, "{operation}: {status}, but the body cannot be read")?;
        if path == "." {
            return Ok(());
        }
        // Names in the body are the server's choice.
        f.write_str(" at `")?;
        quote(path.chars(), f)?;
        f.write_char('`')
    }
}

/// Shows what the message shows; the source may quote the body, which may hold a secret.
impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

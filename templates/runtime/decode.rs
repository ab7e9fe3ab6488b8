//! Reads bodies.

use std::error::Error as StdError;

use http::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use super::cases::{essence, is_json, is_lines, is_sequence};
use super::download::Download;
use super::error::Error;
use super::event_stream::{self, EventRules, Events};
use super::failure::DecodeError;
use super::lines::Lines;
use super::records::Format;
use super::response::Received;

/// JSON as a type of the API.
pub(crate) fn json<T: DeserializeOwned>(received: &mut Received) -> Result<T, Error> {
    expect_json(received)?;
    from_json(&received.body).map_err(|(path, error)| DecodeError::new(received, path, error).into())
}

/// JSON as a type; an error has the place in the body.
pub(crate) fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, (String, serde_json::Error)> {
    // RFC 8259 section 8.1 lets a reader pass over a byte order mark.
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| (known(error.path()), error.into_inner()))?;
    // One value and then something else is not JSON either.
    deserializer.end().map_err(|error| (".".to_owned(), error))?;
    Ok(value)
}

/// The place as far as it is known: within a name that is cut off there is none.
fn known(path: &Path) -> String {
    let text = path.to_string();
    let unknown = path.iter().rev().take_while(|segment| matches!(segment, Segment::Unknown)).count();
    let text = (0..unknown).fold(text.as_str(), |text, _| text.trim_end_matches('?').trim_end_matches('.'));
    if text.is_empty() { ".".to_owned() } else { text.to_owned() }
}

/// JSON that may be null, as an empty body is, such as that of a 204.
pub(crate) fn value<T: DeserializeOwned>(received: &mut Received) -> Result<T, Error> {
    if !received.body.is_empty() {
        return json(received);
    }
    from_json(b"null").map_err(|(path, error)| DecodeError::new(received, path, error).into())
}

/// Nothing: the body stays in [`Response::body`](super::Response::body).
pub(crate) fn empty(_received: &mut Received) -> Result<(), Error> {
    Ok(())
}

/// Text in UTF-8, or in the `charset` that the answer names, if that is ASCII or ISO 8859-1.
pub(crate) fn text(received: &mut Received) -> Result<String, Error> {
    from_text(&received.headers, &received.body).map_err(|reason| DecodeError::new(received, ".".into(), reason).into())
}

/// The same of a body; an error says why it is no such text.
pub(crate) fn from_text(headers: &HeaderMap, body: &[u8]) -> Result<String, Box<dyn StdError + Send + Sync>> {
    match charset(headers).as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => Ok(std::str::from_utf8(body)?.to_owned()),
        Some("iso-8859-1" | "latin1") => Ok(body.iter().map(|byte| char::from(*byte)).collect()),
        Some(other) => Err(format!("the text is written in {}, which is not read", other.escape_debug()).into()),
    }
}

/// The `charset` of the `Content-Type`, in small letters.
fn charset(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    })
}

/// The body while it comes.
pub(crate) fn download(received: &mut Received) -> Result<Download, Error> {
    Ok(Download::new(received.live()))
}

/// Events with JSON as data, while they come.
pub(crate) fn events<T: DeserializeOwned>(
    received: &mut Received,
    rules: &'static EventRules,
) -> Result<Events<T>, Error> {
    expect_events(received)?;
    Ok(Events::json(received.live(), rules, received.again.take()))
}

/// Events with text as data, while they come.
pub(crate) fn event_texts(received: &mut Received, rules: &'static EventRules) -> Result<Events<String>, Error> {
    expect_events(received)?;
    Ok(Events::text(received.live(), rules, received.again.take()))
}

/// JSON values, one a line, while they come.
pub(crate) fn lines<T: DeserializeOwned>(received: &mut Received) -> Result<Lines<T>, Error> {
    records(received, Format::Lines)
}

/// A JSON text sequence, while it comes.
pub(crate) fn sequence<T: DeserializeOwned>(received: &mut Received) -> Result<Lines<T>, Error> {
    records(received, Format::Sequence)
}

/// What came decides where an item ends; a single JSON text is one item.
fn records<T: DeserializeOwned>(received: &mut Received, declared: Format) -> Result<Lines<T>, Error> {
    let format = match essence(&received.headers) {
        None => declared,
        Some(came) if is_lines(&came) => Format::Lines,
        Some(came) if is_sequence(&came) => Format::Sequence,
        Some(came) if is_json(&came) => Format::Whole,
        Some(other) => return Err(unexpected(received, "a stream of JSON", &other)),
    };
    Ok(Lines::new(received.live(), format))
}

fn expect_events(received: &Received) -> Result<(), Error> {
    match essence(&received.headers) {
        Some(other) if other != event_stream::MEDIA_TYPE => Err(unexpected(received, "events", &other)),
        _ => Ok(()),
    }
}

/// Refuses what says that it is not JSON, such as a login page that comes with a 200.
///
/// An answer that names no type is taken at its content.
fn expect_json(received: &Received) -> Result<(), Error> {
    match essence(&received.headers) {
        Some(other) if !is_json(&other) => Err(unexpected(received, "JSON", &other)),
        _ => Ok(()),
    }
}

/// Another media type than the API declares.
fn unexpected(received: &Received, expected: &str, came: &str) -> Error {
    let message = format!("expected {expected}, got {}", came.escape_debug());
    DecodeError::new(received, ".".into(), message).into()
}

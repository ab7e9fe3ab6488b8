//! Reads bodies. Any 2xx answer is read as the success that the API declares.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::Error;
use super::failure::DecodeError;
use super::response::Received;

/// JSON as a type of the API.
pub(crate) fn json<T: DeserializeOwned>(received: &Received) -> Result<T, Error> {
    expect_json(received)?;
    let mut deserializer = serde_json::Deserializer::from_slice(&received.body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        DecodeError::new(received, path, error.into_inner())
    })?;
    // One value and then something else is not JSON either.
    deserializer.end().map_err(|error| DecodeError::new(received, ".".into(), error))?;
    Ok(value)
}

/// Any JSON; an empty body, such as that of a 204, is `null`.
pub(crate) fn value(received: &Received) -> Result<Value, Error> {
    if received.body.is_empty() { Ok(Value::Null) } else { json(received) }
}

/// Nothing: the body stays in [`Response::body`](super::Response::body).
pub(crate) fn empty(_received: &Received) -> Result<(), Error> {
    Ok(())
}

/// UTF-8 text.
pub(crate) fn text(received: &Received) -> Result<String, Error> {
    match std::str::from_utf8(&received.body) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(DecodeError::new(received, ".".into(), error).into()),
    }
}

/// The body as it came.
pub(crate) fn bytes(received: &Received) -> Result<Bytes, Error> {
    Ok(received.body.clone())
}

/// Refuses what says that it is not JSON, such as a login page that comes with a 200.
///
/// JSON is `application/json`, `text/json` and any type ending in `+json` (RFC 6839 section 3.1).
/// An answer that names no type is taken at its content.
fn expect_json(received: &Received) -> Result<(), Error> {
    let Some(value) = received.headers.get(CONTENT_TYPE) else {
        return Ok(());
    };
    let value = String::from_utf8_lossy(value.as_bytes());
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "" | "application/json" | "text/json" => Ok(()),
        other if other.ends_with("+json") => Ok(()),
        other => {
            let message = format!("expected JSON, got {}", other.escape_debug());
            Err(DecodeError::new(received, ".".into(), message).into())
        }
    }
}

//! What streams of items share: one item is read, or is an error, and the stream goes on.

use std::error::Error as StdError;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::error::Error;
use super::failure::DecodeError;
use super::live::Live;
use super::response::Received;

/// How many bytes of one item are held, where the caller sets no limit: 16 MiB.
pub(crate) const LIMIT: usize = 16 << 20;

/// One item of JSON.
pub(crate) fn json<T: DeserializeOwned>(live: &Live, item: Bytes) -> Result<T, Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(&item);
    let read = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| (error.path().to_string(), error.into_inner()))
        // One value and then something else is not JSON either.
        .and_then(|value| deserializer.end().map(|()| value).map_err(|error| (".".to_owned(), error)));
    read.map_err(|(path, error)| unreadable(live, item, path, error))
}

/// The error of one item, which keeps the item as the body.
pub(crate) fn unreadable(
    live: &Live,
    item: Bytes,
    path: String,
    source: impl Into<Box<dyn StdError + Send + Sync>>,
) -> Error {
    let received =
        Received { operation: live.operation, status: live.status, headers: live.headers.clone(), body: item };
    DecodeError::new(&received, path, source).into()
}

//! What streams of items share: one item is read, or is an error, and the stream goes on.

use std::error::Error as StdError;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::decode;
use super::error::Error;
use super::failure::DecodeError;
use super::live::Live;
use super::response::Received;

/// How many bytes of one item are held, where the caller sets no limit: 16 MiB.
pub(crate) const LIMIT: usize = 16 << 20;

/// One item of JSON.
pub(crate) fn json<T: DeserializeOwned>(live: &Live, item: Bytes) -> Result<T, Error> {
    decode::from_json(&item).map_err(|(path, error)| unreadable(live, item, path, error))
}

/// The error of one item, which keeps the item as the body.
pub(crate) fn unreadable(
    live: &Live,
    item: Bytes,
    path: String,
    source: impl Into<Box<dyn StdError + Send + Sync>>,
) -> Error {
    let Live { operation, status, ref headers, .. } = *live;
    let headers = headers.clone();
    let received = Received { operation, status, headers, body: item, case: None, live: None, again: None };
    DecodeError::new(&received, path, source).into()
}

//! Answers that are a JSON text on each line, or a sequence of JSON texts.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::error::Error;
use super::items::{self, LIMIT};
use super::live::Live;
use super::records::{Flaw, Format, Splitter};

/// The items of an answer that is one JSON text after the other, read as they come.
///
/// It is a [`Stream`], and [`next`](Self::next) gives the next item too. An item that cannot be
/// read is an [`Error::Decode`], which has its text as the body, and the next one follows. So are
/// an item beyond the [`limit`](Self::limit) and, in a JSON text sequence (RFC 7464), one that is
/// cut off or has no record separator before it. Blank lines are left out.
///
/// After an [`Error::Transport`] nothing follows. Dropping it closes the connection.
#[must_use = "nothing is read until the next item is asked for"]
pub struct Lines<T> {
    /// `None` once all is read.
    live: Option<Box<Live>>,
    splitter: Splitter,
    chunk: Bytes,
    read: fn(&Live, Bytes) -> Result<T, Error>,
}

impl<T: DeserializeOwned> Lines<T> {
    pub(crate) fn new(live: Live, format: Format) -> Self {
        Self {
            live: Some(Box::new(live)),
            splitter: Splitter::new(format, LIMIT),
            chunk: Bytes::new(),
            read: items::json,
        }
    }
}

impl<T> Lines<T> {
    /// Limits the bytes of one item, instead of to 16 MiB. A longer one is an error.
    pub fn limit(mut self, bytes: usize) -> Self {
        self.splitter.set_limit(bytes);
        self
    }

    /// The next item, or `None` after the last.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if this item cannot be read, and the next one may follow;
    /// [`Error::Transport`] if the answer broke off.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<T> Stream for Lines<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let read = this.read;
        let item = |live: &Live, found: Result<Vec<u8>, Flaw>| match found {
            Ok(item) => read(live, item.into()),
            Err(flaw) => Err(items::unreadable(live, Bytes::new(), ".".into(), flaw)),
        };
        while let Some(live) = &mut this.live {
            if let Some(found) = this.splitter.next(&mut this.chunk) {
                return Poll::Ready(Some(item(live, found)));
            }
            let last = match ready!(live.poll_chunk(cx)) {
                Some(Ok(chunk)) => {
                    this.chunk = chunk;
                    continue;
                }
                Some(Err(error)) => Some(Err(error)),
                None => this.splitter.end().map(|found| item(live, found)),
            };
            this.live = None;
            return Poll::Ready(last);
        }
        Poll::Ready(None)
    }
}

/// Shows the operation only: items may hold secrets.
impl<T> fmt::Debug for Lines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.live.as_ref().map(|live| live.operation.id);
        f.debug_struct("Lines").field("operation", &operation).finish_non_exhaustive()
    }
}

//! The body of a request on its way out.

use std::collections::VecDeque;
use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::upload::Upload;

/// The body of a request: contents that are sent one after the other.
pub(crate) struct Outgoing {
    contents: VecDeque<Upload>,
    /// How many bytes are still to come, where that is known.
    left: Option<u64>,
}

impl Outgoing {
    /// No body.
    pub(crate) fn empty() -> Self {
        Self::all([])
    }

    /// Bytes at hand.
    pub(crate) fn whole(bytes: impl Into<Bytes>) -> Self {
        Self::all([Upload::bytes(bytes)])
    }

    /// Contents, one after the other.
    pub(crate) fn all(contents: impl IntoIterator<Item = Upload>) -> Self {
        let contents: VecDeque<Upload> = contents.into_iter().collect();
        let left = contents.iter().try_fold(0_u64, |sum, content| sum.checked_add(content.length()?));
        Self { contents, left }
    }

    /// The same body once more, if it can be sent a second time.
    pub(crate) fn again(&self) -> Option<Self> {
        let contents: Option<VecDeque<Upload>> = self.contents.iter().map(Upload::again).collect();
        Some(Self { contents: contents?, left: self.left })
    }

    /// Whether there is nothing to send.
    pub(crate) fn is_empty(&self) -> bool {
        self.left == Some(0)
    }

    /// Whether nobody knows how much there is to send.
    pub(crate) fn is_unmeasured(&self) -> bool {
        self.left.is_none()
    }
}

impl From<Upload> for Outgoing {
    fn from(upload: Upload) -> Self {
        Self::all([upload])
    }
}

/// A known length becomes `Content-Length`; without one, the body goes in chunks.
impl Body for Outgoing {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        while let Some(content) = self.contents.front_mut() {
            match ready!(content.poll_chunk(cx)) {
                Some(Ok(chunk)) => {
                    let length = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
                    self.left = self.left.map(|left| left.saturating_sub(length));
                    return Poll::Ready(Some(Ok(Frame::data(chunk))));
                }
                Some(Err(error)) => {
                    self.contents.clear();
                    return Poll::Ready(Some(Err(error.into())));
                }
                None => self.contents.pop_front(),
            };
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

//! A body that is read while it comes.

use std::fmt;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes, BytesMut};
use futures_core::Stream;
use http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName};
use tokio::io::{AsyncRead, ReadBuf};

use super::disposition;
use super::error::{Error, Failure, TransportError};
use super::live::Live;
use super::partial::PartialFile;

/// A body that is read while it comes: into a file, into memory up to a limit, or piece by piece.
///
/// It is a `Stream` of pieces and an `AsyncRead`, so that it can also be handed on, such as to
/// [`Upload::reader`](crate::Upload::reader). Dropping it closes the connection. A call's limit of
/// time ends where the body begins.
pub struct Download {
    live: Live,
    /// The rest of a piece of which a part was read.
    rest: Bytes,
}

impl Download {
    pub(crate) fn new(live: Live) -> Self {
        Self { live, rest: Bytes::new() }
    }

    /// The next piece, never an empty one; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] if the transfer breaks off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        std::future::poll_fn(|cx| self.poll_piece(cx)).await.transpose()
    }

    /// All of the body, if it has no more bytes than `limit`.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] if the transfer breaks off, or if the body is longer: then no more than
    /// the limit was ever held.
    pub async fn bytes(mut self, limit: u64) -> Result<Bytes, Error> {
        let beyond = |length: usize| u64::try_from(length).is_ok_and(|length| length > limit);
        if self.content_length().is_some_and(|length| length > limit) {
            return Err(self.beyond(limit));
        }
        let mut all = BytesMut::new();
        while let Some(piece) = self.chunk().await? {
            if beyond(all.len().saturating_add(piece.len())) {
                return Err(self.beyond(limit));
            }
            all.extend_from_slice(&piece);
        }
        Ok(all.freeze())
    }

    /// Writes the body into a file, in place of one that is there, and tells its length in bytes.
    ///
    /// The file appears under its name when the body is complete, not before: until then it is
    /// written under another name beside it, and removed if the transfer breaks off or nobody waits
    /// for it any more. A body that states no length and is ended by the connection's end alone
    /// cannot be told from a broken one.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] if the transfer breaks off, or if the file cannot be written: see
    /// [`TransportError::is_local`].
    pub async fn to_file(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref();
        let local = |live: &Live, error: io::Error| {
            kept(live, io::Error::new(error.kind(), format!("{}: {error}", path.display())))
        };
        let mut file = PartialFile::create(path).await.map_err(|error| local(&self.live, error))?;
        let mut length = 0;
        while let Some(piece) = self.chunk().await? {
            file.write(&piece).await.map_err(|error| local(&self.live, error))?;
            length += u64::try_from(piece.len()).unwrap_or_default();
        }
        file.finish().await.map_err(|error| local(&self.live, error))?;
        Ok(length)
    }

    /// The length of the whole body in bytes, if the server states it.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.header(CONTENT_LENGTH)?.parse().ok()
    }

    /// The media type, if the server states it.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.header(CONTENT_TYPE)
    }

    /// The name that the server suggests for the file (`Content-Disposition`, RFC 6266).
    ///
    /// It is a mere name, never a path, nor `.` or `..`. Still it is the server's choice: check it
    /// before a file that matters is overwritten.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        disposition::file_name(self.live.headers.get(CONTENT_DISPOSITION)?.as_bytes())
    }

    fn header(&self, name: HeaderName) -> Option<&str> {
        self.live.headers.get(name)?.to_str().ok()
    }

    fn beyond(&self, limit: u64) -> Error {
        kept(&self.live, format!("the body is longer than the limit of {limit} bytes"))
    }

    fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            if !self.rest.is_empty() {
                return Poll::Ready(Some(Ok(std::mem::take(&mut self.rest))));
            }
            match ready!(self.live.poll_chunk(cx)) {
                Some(Ok(piece)) => self.rest = piece,
                other => return Poll::Ready(other),
            }
        }
    }
}

/// An answer that came, but could not be kept.
fn kept(live: &Live, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Transport(Box::new(TransportError::new(live.operation, Some(live.status), Failure::Local, source)))
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_piece(cx)
    }
}

impl AsyncRead for Download {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match ready!(self.poll_piece(cx)) {
            Some(Ok(mut piece)) => {
                let length = piece.len().min(buffer.remaining());
                buffer.put_slice(&piece[..length]);
                piece.advance(length);
                self.rest = piece;
                Poll::Ready(Ok(()))
            }
            Some(Err(error)) => Poll::Ready(Err(io::Error::other(error))),
            None => Poll::Ready(Ok(())),
        }
    }
}

/// Shows the operation and what the server states of the body.
impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("operation", &self.live.operation.id)
            .field("content_type", &self.content_type())
            .field("content_length", &self.content_length())
            .finish_non_exhaustive()
    }
}

//! Contents to be sent: bytes at hand, a file, or whatever else can be read.

use std::fmt;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};

/// How much is read at a time.
const CHUNK: usize = 64 * 1024;

/// A content to send: bytes at hand, a file, or anything else that can be read.
///
/// Bytes and texts turn into one by `into()`. All others are read while they are sent, a piece at
/// a time, so that a large content needs no more memory than a small one. Such a content can be
/// sent once: a request that has one does not follow a redirect.
pub struct Upload {
    content: Content,
    name: Option<String>,
    media_type: Option<String>,
}

enum Content {
    Bytes(Bytes),
    Reader(Reader),
}

/// What is read while it is sent.
struct Reader {
    source: Pin<Box<dyn AsyncRead + Send>>,
    /// How many bytes are still to come, where that is known.
    left: Option<u64>,
    buffer: BytesMut,
    /// The last bytes of the promised length, which wait until the source has ended.
    last: Bytes,
}

impl Upload {
    /// Bytes at hand.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self { content: Content::Bytes(bytes.into()), name: None, media_type: None }
    }

    /// A file, with its name and length. What is written to its end after this call is not sent.
    ///
    /// The file is opened here and now, and read when the request is sent.
    ///
    /// # Errors
    ///
    /// An error that names the path if there is no such file or it cannot be read.
    pub async fn file(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        let file = tokio::fs::File::open(path).await.map_err(named)?;
        let about = file.metadata().await.map_err(named)?;
        if about.is_dir() {
            return Err(named(io::ErrorKind::IsADirectory.into()));
        }
        // Pipes and devices have no length.
        let length = about.is_file().then_some(about.len());
        let upload = match length {
            Some(length) => Self::reader(file.take(length), Some(length)),
            None => Self::reader(file, None),
        };
        Ok(match path.file_name() {
            Some(name) => upload.named(name.to_string_lossy()),
            None => upload,
        })
    }

    /// Anything that can be read, with its length in bytes where that is known.
    ///
    /// With a length, the server is told it beforehand. The request fails if the source ends
    /// before or goes on behind it: for the beginning of a source, give `source.take(length)`.
    pub fn reader(source: impl AsyncRead + Send + 'static, length: Option<u64>) -> Self {
        let source = Box::pin(source);
        let reader = Reader { source, left: length, buffer: BytesMut::new(), last: Bytes::new() };
        Self { content: Content::Reader(reader), name: None, media_type: None }
    }

    /// Sets the name under which it is sent where contents have names, which is as a part of a
    /// [`Multipart`](super::Multipart) body. A file has one from its path.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The name, if it has one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Sets the media type, such as `image/png` where the API takes `image/*`. Without it, a content is
    /// sent as what the API's document says, and as `application/octet-stream` where that is a range.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    pub(crate) fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// How many bytes there are, where that is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.content {
            Content::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Content::Reader(reader) => reader.left,
        }
    }

    /// The same content once more, if it is at hand.
    pub(crate) fn again(&self) -> Option<Self> {
        match &self.content {
            Content::Bytes(bytes) => {
                let (name, media_type) = (self.name.clone(), self.media_type.clone());
                Some(Self { content: Content::Bytes(bytes.clone()), name, media_type })
            }
            Content::Reader(_) => None,
        }
    }

    /// The next bytes, never none; `None` at the end.
    pub(crate) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        match &mut self.content {
            Content::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Content::Bytes(bytes) => Poll::Ready(Some(Ok(std::mem::take(bytes)))),
            Content::Reader(reader) => reader.poll_chunk(cx),
        }
    }
}

impl Reader {
    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            let chunk = match ready!(self.poll_read(cx)) {
                Ok(chunk) => chunk,
                Err(error) => return Poll::Ready(Some(Err(error))),
            };
            let Some(left) = self.left else {
                return Poll::Ready((!chunk.is_empty()).then_some(Ok(chunk)));
            };
            let rest = u64::try_from(chunk.len()).ok().and_then(|length| left.checked_sub(length));
            match rest {
                None => return Poll::Ready(Some(Err(wrong("the upload goes on behind the length that was given")))),
                Some(0) if chunk.is_empty() => {
                    let last = std::mem::take(&mut self.last);
                    return Poll::Ready((!last.is_empty()).then_some(Ok(last)));
                }
                Some(_) if chunk.is_empty() => {
                    return Poll::Ready(Some(Err(wrong("the upload ended before the length that was given"))));
                }
                Some(rest) => self.left = Some(rest),
            }
            if self.left != Some(0) {
                return Poll::Ready(Some(Ok(chunk)));
            }
            // The receiver stops asking once it has the length that it was told.
            self.last = chunk;
        }
    }

    /// Some bytes, or none at the end.
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Bytes>> {
        if self.buffer.len() < CHUNK / 4 {
            self.buffer = BytesMut::zeroed(CHUNK);
        }
        let mut buffer = ReadBuf::new(&mut self.buffer);
        ready!(self.source.as_mut().poll_read(cx, &mut buffer))?;
        let filled = buffer.filled().len();
        Poll::Ready(Ok(self.buffer.split_to(filled).freeze()))
    }
}

fn wrong(message: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

macro_rules! contents {
    ($($bytes:ty),*) => {$(
        impl From<$bytes> for Upload {
            fn from(bytes: $bytes) -> Self {
                Self::bytes(bytes)
            }
        }
    )*};
}

contents!(Bytes, Vec<u8>, String, &'static [u8], &'static str);

impl<const N: usize> From<&'static [u8; N]> for Upload {
    fn from(bytes: &'static [u8; N]) -> Self {
        Self::bytes(&bytes[..])
    }
}

/// Shows name and length only.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("name", &self.name).field("length", &self.length()).finish_non_exhaustive()
    }
}

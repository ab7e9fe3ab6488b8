//! An answer whose body is still coming.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::StatusCode;
use http::header::HeaderMap;
use http_body::Body;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};

use super::error::{Error, Failure, TransportError};
use super::operation::Operation;

/// What hyper gives, without its name.
type Coming = UnsyncBoxBody<Bytes, Box<dyn StdError + Send + Sync>>;

/// An answer whose body is still coming. Dropping it closes the connection.
pub(crate) struct Live {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    body: Coming,
}

impl Live {
    pub(crate) fn new<B>(operation: &'static Operation, head: http::response::Parts, body: B) -> Self
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn StdError + Send + Sync>>,
    {
        let body = body.map_err(Into::into).boxed_unsync();
        Self { operation, status: head.status, headers: head.headers, body }
    }

    /// A body that came already.
    pub(crate) fn whole(operation: &'static Operation, status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        let body = Full::new(body).map_err(|never| match never {}).boxed_unsync();
        Self { operation, status, headers, body }
    }

    /// The next piece of the body; what is no data, such as trailers, is passed over.
    pub(crate) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(self.failed(error)))),
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }

    /// All of the body.
    pub(crate) async fn collect(&mut self) -> Result<Bytes, Error> {
        match (&mut self.body).collect().await {
            Ok(body) => Ok(body.to_bytes()),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn failed(&self, source: Box<dyn StdError + Send + Sync>) -> Error {
        Error::Transport(Box::new(TransportError::new(self.operation, Some(self.status), Failure::Exchange, source)))
    }
}

/// Shows operation and status; the headers may set a cookie.
impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

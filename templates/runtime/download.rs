//! A body that is read while it comes.

use bytes::Bytes;

use super::error::Error;
use super::live::Live;

/// A body that is read while it comes.
#[derive(Debug)]
pub struct Download {
    live: Live,
}

impl Download {
    pub(crate) fn new(live: Live) -> Self {
        Self { live }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] if the transfer breaks off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.live.chunk().await.transpose()
    }
}

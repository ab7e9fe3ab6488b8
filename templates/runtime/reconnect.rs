//! When a stream of events is asked for again.

use std::time::Duration;

use http::StatusCode;

use super::error::Error;

/// How often, and how soon, a stream of events that broke off is asked for again.
///
/// A failure is an attempt after which not a byte of a stream came. Before each attempt the time
/// that the stream stated (`retry:`) passes, or else [`wait`](Self::wait), and twice as long after
/// each failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconnect {
    attempts: u32,
    wait: Duration,
    longest: Duration,
}

impl Reconnect {
    /// Gives up after this many failures in a row. The time to wait is three seconds, and a minute
    /// at the longest.
    pub fn attempts(attempts: u32) -> Self {
        Self { attempts, wait: Duration::from_secs(3), longest: Duration::from_secs(60) }
    }

    /// Waits this long where the stream states no time.
    #[must_use]
    pub fn wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// Doubles the time no further than to this. A stream that states a longer one has its way.
    #[must_use]
    pub fn longest_wait(mut self, longest: Duration) -> Self {
        self.longest = longest;
        self
    }

    /// The time to wait after `failures` in a row, or `None` to give up.
    pub(crate) fn delay(&self, stated: Option<Duration>, failures: u32) -> Option<Duration> {
        let first = stated.unwrap_or(self.wait);
        let doubled = first.saturating_mul(1_u32.checked_shl(failures).unwrap_or(u32::MAX));
        (failures < self.attempts).then(|| doubled.min(self.longest.max(first)))
    }
}

impl From<u32> for Reconnect {
    fn from(attempts: u32) -> Self {
        Self::attempts(attempts)
    }
}

/// Whether an error may be gone at the next attempt: no connection, a broken one, or a gateway
/// that has no server at the moment. Every other answer would be the same again.
pub(crate) fn may_pass(error: &Error) -> bool {
    match error {
        Error::Transport(_) => true,
        Error::Status(error) => [StatusCode::BAD_GATEWAY, StatusCode::SERVICE_UNAVAILABLE, StatusCode::GATEWAY_TIMEOUT]
            .contains(&error.status()),
        Error::Refused(_) | Error::Decode(_) => false,
    }
}

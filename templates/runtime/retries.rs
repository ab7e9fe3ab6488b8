//! When a request is sent again.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::{Duration, SystemTime};

use http::StatusCode;
use http::header::RETRY_AFTER;
use tokio::time::{Instant, sleep};

use super::client::Client;
use super::error::Error;
use super::operation::Operation;
use super::response::Received;
use super::retry_after;
use super::transport::{self, Message};

/// How often, and how soon, a request that failed is sent again.
///
/// Sent again is what may well go better the next time, and does no harm if it was done already:
///
/// - Any request for which there was no connection: the server saw nothing of it.
/// - An idempotent one (RFC 9110 section 9.2.2: `GET`, `HEAD`, `OPTIONS`, `TRACE`, `PUT`, `DELETE`, or
///   one that the caller calls so) whose answer broke off, or is 408, 429, 502, 503 or 504. Not a 500:
///   that is a fault of the server's, and mostly there again.
/// - Any other, such as a `POST`, at a 429 or 503 with `Retry-After`: there the server itself says
///   that it did not take the request, and when it will.
///
/// A body that is read while it is sent cannot be sent a second time, and never is. Nor is anything
/// asked for again whose answer has begun and is read while it comes; streams of events have a
/// [`Reconnect`](crate::Reconnect) of their own.
///
/// Between two attempts passes the time that the server states in `Retry-After`, or else
/// [`wait`](Self::wait), twice as long each time, of which up to a half is left out by chance, so
/// that many clients do not come back at once. All of it is within the timeout of the call: where the
/// wait would last longer than that, or the server wants a longer one than
/// [`longest_wait`](Self::longest_wait), the failure is the last word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retries {
    attempts: u32,
    wait: Duration,
    longest: Duration,
}

impl Retries {
    /// Sends a request so many times at most, the first time included; with 1, never again. The time
    /// to wait is half a second, and half a minute at the longest.
    #[must_use]
    pub fn attempts(attempts: u32) -> Self {
        Self { attempts, wait: Duration::from_millis(500), longest: Duration::from_secs(30) }
    }

    /// Waits this long before the second attempt, where the server states no time.
    #[must_use]
    pub fn wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// Never waits longer than this.
    #[must_use]
    pub fn longest_wait(mut self, longest: Duration) -> Self {
        self.longest = longest;
        self
    }

    /// The time to wait after so many attempts, or `None` to give up.
    fn delay(&self, error: &Error, attempts: u32, idempotent: bool) -> Option<Duration> {
        if attempts >= self.attempts || !may_pass(error, idempotent) {
            return None;
        }
        if let Some(stated) = stated(error) {
            return Some(stated).filter(|stated| *stated <= self.longest);
        }
        let doubled = self.wait.saturating_mul(1_u32.checked_shl(attempts - 1).unwrap_or(u32::MAX));
        let half = doubled.min(self.longest) / 2;
        // Random bits without a dependency: each of these has keys of its own.
        let chance = u32::try_from(RandomState::new().hash_one(0) >> 32).unwrap_or_default();
        Some(half + half.mul_f64(f64::from(chance) / f64::from(u32::MAX)))
    }
}

/// Whether a failure may be gone at the next attempt, and another attempt does no harm.
fn may_pass(error: &Error, idempotent: bool) -> bool {
    match error {
        Error::Transport(error) => idempotent || error.is_connect(),
        Error::Status(error) => match error.status() {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                idempotent || error.headers().contains_key(RETRY_AFTER)
            }
            StatusCode::REQUEST_TIMEOUT | StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => idempotent,
            _ => false,
        },
        Error::Refused(_) | Error::Decode(_) => false,
    }
}

/// The time that the server states.
fn stated(error: &Error) -> Option<Duration> {
    let Error::Status(error) = error else { return None };
    retry_after::read(error.headers().get(RETRY_AFTER)?.to_str().ok()?, SystemTime::now())
}

/// Sends a message, and sends it again as the policy says. The limit of time is for all of it.
pub(crate) async fn exchange(
    client: &Client,
    operation: &'static Operation,
    mut message: Message,
    policy: Option<&Retries>,
    idempotent: bool,
) -> Result<Received, Error> {
    let deadline = message.deadline();
    let mut attempts = 1;
    loop {
        let again = policy.and_then(|policy| Some((policy, message.again()?)));
        let mut error = match transport::exchange(client, operation, message, deadline).await {
            Ok(received) => return Ok(received),
            Err(error) => error,
        };
        error.set_attempts(attempts);
        let Some((policy, again)) = again else { return Err(error) };
        let Some(delay) = policy.delay(&error, attempts, idempotent) else { return Err(error) };
        if deadline.is_some_and(|deadline| deadline.saturating_duration_since(Instant::now()) <= delay) {
            return Err(error);
        }
        sleep(delay).await;
        message = again;
        attempts += 1;
    }
}

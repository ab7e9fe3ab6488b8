//! Answers that are a stream of events.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use serde::de::DeserializeOwned;
use tokio::time::{Sleep, sleep};

use super::cases::essence;
use super::error::Error;
use super::events::{Message, Parser, TooLong};
use super::items::{self, LIMIT};
use super::live::Live;
use super::reconnect::{self, Reconnect};
use super::transport::Again;

/// What a stream of events calls itself.
pub(crate) const MEDIA_TYPE: &str = "text/event-stream";

/// What the ids of an operation's events mean.
///
/// An event has such a meaning by the id that it states itself, not by one that stayed from
/// an earlier event.
#[derive(Debug)]
pub(crate) struct EventRules {
    /// Events with one of these are left out.
    pub(crate) ignore: &'static [&'static str],
    /// An event with one of these is the last; if its data is empty, it is not even given.
    pub(crate) last: &'static [&'static str],
}

/// An event of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What it holds.
    pub data: T,
    /// Its type; `message` if it states none.
    pub event: String,
    /// Its id, or else that of the latest event which had one; empty if there is none.
    pub id: String,
}

/// The events of an answer, read as they come (`text/event-stream`).
///
/// It is a [`Stream`], and [`next`](Self::next) gives the next event too. An event that cannot be
/// read is an [`Error::Decode`], which has the event's data as the body, and the next one follows;
/// so is one beyond the [`limit`](Self::limit).
///
/// No time limit ends it. After an [`Error::Transport`] nothing follows, unless it is
/// [`reconnecting`](Self::reconnecting). Dropping it closes the connection.
#[must_use = "nothing is read until the next event is asked for"]
pub struct Events<T> {
    state: State,
    parser: Box<Parser>,
    chunk: Bytes,
    rules: &'static EventRules,
    read: fn(&Live, String) -> Result<T, Error>,
    again: Option<Again>,
    policy: Option<Reconnect>,
    /// How many attempts in a row brought nothing.
    failures: u32,
}

enum State {
    Open(Box<Live>),
    Waiting(Pin<Box<Sleep>>),
    Asking(Pin<Box<dyn Future<Output = Result<Live, Error>> + Send>>),
    Closed,
}

impl<T: DeserializeOwned> Events<T> {
    /// Events whose data is JSON. Without `again` the request cannot be sent a second time.
    pub(crate) fn json(live: Live, rules: &'static EventRules, again: Option<Again>) -> Self {
        Self::new(live, rules, again, |live, data| items::json(live, data.into()))
    }
}

impl Events<String> {
    /// Events whose data is text, given as it is: what the API's document calls a mere string.
    pub(crate) fn text(live: Live, rules: &'static EventRules, again: Option<Again>) -> Self {
        Self::new(live, rules, again, |_, data| Ok(data))
    }
}

impl<T> Events<T> {
    fn new(
        live: Live,
        rules: &'static EventRules,
        again: Option<Again>,
        read: fn(&Live, String) -> Result<T, Error>,
    ) -> Self {
        let state = if live.status == StatusCode::NO_CONTENT { State::Closed } else { State::Open(Box::new(live)) };
        let (parser, chunk) = (Box::new(Parser::new(LIMIT)), Bytes::new());
        Self { state, parser, chunk, rules, read, again, policy: None, failures: 0 }
    }

    /// Limits the bytes of one event, instead of to 16 MiB. A longer one is an error.
    pub fn limit(mut self, bytes: usize) -> Self {
        self.parser.set_limit(bytes);
        self
    }

    /// Asks for the stream again whenever it breaks off or ends, giving up after so many failures
    /// in a row: `.reconnecting(5)`, or a [`Reconnect`] that also says how long to wait.
    ///
    /// The request is the same, with the id of the last event as `Last-Event-ID`. One whose body
    /// was a stream cannot be sent a second time, and never is.
    ///
    /// It ends with the event that the API calls the last, with a 204, and with an answer that
    /// would be the same again, such as a 404. So it is for APIs that know an end, or for streams
    /// that have none: one that the server merely closes would begin anew.
    pub fn reconnecting(mut self, policy: impl Into<Reconnect>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// The next event, or `None` after the last.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if this event cannot be read, and the next one may follow;
    /// [`Error::Transport`] if the answer broke off; and if the stream was asked for again, what
    /// else any request may come to.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// What an event comes to, if it is one for the caller.
    fn take(&mut self, found: Result<Message, TooLong>) -> Option<Result<Event<T>, Error>> {
        let State::Open(live) = &self.state else { return None };
        let Message { event, data, id, own_id } = match found {
            Ok(message) => message,
            Err(error) => return Some(Err(items::unreadable(live, Bytes::new(), ".".into(), error))),
        };
        let means = |ids: &[&str]| own_id && ids.contains(&id.as_str());
        let (ignored, last) = (means(self.rules.ignore), means(self.rules.last));
        let left_out = ignored || (last && data.is_empty());
        let item = (!left_out).then(|| (self.read)(live, data).map(|data| Event { data, event, id }));
        if last {
            self.state = State::Closed;
        }
        item
    }

    /// Goes on after the end of a connection; what cannot be mended is given to the caller.
    fn mend(&mut self, error: Option<Error>) -> Option<Error> {
        self.state = State::Closed;
        let mendable = self.again.is_some() && error.as_ref().is_none_or(reconnect::may_pass);
        let policy = self.policy.as_ref().filter(|_| mendable);
        let Some(delay) = policy.and_then(|policy| policy.delay(self.parser.retry(), self.failures)) else {
            return error;
        };
        self.failures += 1;
        self.parser.restart();
        self.state = State::Waiting(Box::pin(sleep(delay)));
        None
    }

    /// Sends the request again.
    fn ask(&mut self) {
        let id = Some(self.parser.last_id()).filter(|id| !id.is_empty());
        let again = self.again.as_ref().map(|again| again(id.map(str::to_owned)));
        self.state = again.map_or(State::Closed, State::Asking);
    }

    /// Takes in the answer to a request that was sent again.
    fn open(&mut self, live: Live) -> Result<(), Error> {
        self.state = State::Closed;
        if live.status == StatusCode::NO_CONTENT {
            return Ok(());
        }
        if let Some(other) = essence(&live.headers).filter(|essence| essence != MEDIA_TYPE) {
            let message = format!("expected events, got {}", other.escape_debug());
            return Err(items::unreadable(&live, Bytes::new(), ".".into(), message));
        }
        self.state = State::Open(Box::new(live));
        Ok(())
    }
}

impl<T> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            let failed = match &mut this.state {
                State::Closed => return Poll::Ready(None),
                State::Waiting(sleep) => {
                    ready!(sleep.as_mut().poll(cx));
                    this.ask();
                    None
                }
                State::Asking(answer) => match ready!(answer.as_mut().poll(cx)) {
                    Ok(live) => this.open(live).err(),
                    Err(error) => this.mend(Some(error)),
                },
                State::Open(live) => {
                    if let Some(found) = this.parser.next(&mut this.chunk) {
                        match this.take(found) {
                            Some(item) => return Poll::Ready(Some(item)),
                            None => continue,
                        }
                    }
                    // The last event may be without data, and so be none.
                    if this.rules.last.contains(&this.parser.last_id()) {
                        this.state = State::Closed;
                        continue;
                    }
                    match ready!(live.poll_chunk(cx)) {
                        Some(Ok(chunk)) => {
                            this.failures = 0;
                            this.chunk = chunk;
                            None
                        }
                        Some(Err(error)) => this.mend(Some(error)),
                        None => this.mend(None),
                    }
                }
            };
            if let Some(error) = failed {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }
}

/// Shows no events: they may hold secrets.
impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Open(_) => "open",
            State::Waiting(_) | State::Asking(_) => "reconnecting",
            State::Closed => "closed",
        };
        f.debug_struct("Events").field("state", &state).finish_non_exhaustive()
    }
}

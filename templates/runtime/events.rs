//! The format of event streams: bytes go in, events come out.
//!
//! It is read as the HTML standard says (section 9.2.6, "Interpreting an event stream"). No byte
//! sequence is wrong there: what is no UTF-8 becomes U+FFFD, an unknown field is nothing, and an
//! event that the stream breaks off in is none.
//!
//! This file stands alone, so that its table of byte sequences can be tested without a server.

use std::fmt;
use std::time::Duration;

use bytes::{Buf, Bytes};

/// An event as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// The type; `message` for an event that states none.
    pub(crate) event: String,
    /// The lines of data, joined by line feeds.
    pub(crate) data: String,
    /// The id: its own, or else the one of the latest event that had one.
    pub(crate) id: String,
    /// Whether the id is its own.
    pub(crate) own_id: bool,
}

/// An event that was left out for its size; those behind it are read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong {
    limit: usize,
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an event is longer than {} bytes", self.limit)
    }
}

impl std::error::Error for TooLong {}

/// The state between two chunks of a stream.
#[derive(Debug)]
pub(crate) struct Parser {
    /// How many bytes of an event are held at most.
    limit: usize,
    /// The line that is not yet complete.
    line: Vec<u8>,
    /// Whether nothing but a byte order mark can have come.
    at_start: bool,
    /// Whether a line feed would belong to the line end before it.
    after_return: bool,
    /// Whether the rest of the event is dropped.
    skipping: bool,
    data: String,
    event: String,
    id: String,
    own_id: bool,
    last_id: String,
    retry: Option<Duration>,
}

impl Parser {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            line: Vec::new(),
            at_start: true,
            after_return: false,
            skipping: false,
            data: String::new(),
            event: String::new(),
            id: String::new(),
            own_id: false,
            last_id: String::new(),
            retry: None,
        }
    }

    /// How many bytes of an event are held at most.
    pub(crate) fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// The next event, read from the beginning of the `chunk`; `None` once all of it is read.
    pub(crate) fn next(&mut self, chunk: &mut Bytes) -> Option<Result<Message, TooLong>> {
        while let Some(&first) = chunk.first() {
            // The line ended with the return already: nobody waits for a line feed.
            if std::mem::take(&mut self.after_return) && first == b'\n' {
                chunk.advance(1);
                continue;
            }
            let end = chunk.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let kept = self.keep(&chunk.split_to(end.unwrap_or(chunk.len())));
            let message = end.and_then(|_| {
                self.after_return = chunk.get_u8() == b'\r';
                self.end_of_line()
            });
            if let Some(outcome) = kept.err().map(Err).or(message.map(Ok)) {
                return Some(outcome);
            }
        }
        None
    }

    /// The id that a new request for the stream would state: that of the last complete event, and
    /// an event without data counts.
    pub(crate) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// How long to wait before a new request, if the stream says so.
    pub(crate) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Makes ready for the stream of a new request.
    ///
    /// The last id stays, as in browsers: an event without one does not clear it.
    pub(crate) fn restart(&mut self) {
        let last_id = std::mem::take(&mut self.last_id);
        *self = Self { id: last_id.clone(), last_id, retry: self.retry, ..Self::new(self.limit) };
    }

    /// Adds to the line.
    fn keep(&mut self, piece: &[u8]) -> Result<(), TooLong> {
        if self.skipping {
            // Whether the line is empty is all that still matters: no field has a name of one byte.
            self.line.extend(piece.first());
            self.line.truncate(1);
            return Ok(());
        }
        self.line.extend_from_slice(piece);
        if self.at_start && self.line.len() >= 3 {
            self.at_start = false;
            if self.line.starts_with(b"\xEF\xBB\xBF") {
                self.line.drain(..3);
            }
        }
        // A comment, however long, is nothing to hold.
        if self.line.first() == Some(&b':') {
            self.line.truncate(1);
        }
        if self.line.len() + self.data.len() + self.event.len() <= self.limit {
            return Ok(());
        }
        self.skipping = true;
        self.line.truncate(1);
        self.data.clear();
        Err(TooLong { limit: self.limit })
    }

    /// Takes in the line; an empty one ends the event.
    fn end_of_line(&mut self) -> Option<Message> {
        self.at_start = false;
        if self.line.is_empty() {
            self.skipping = false;
            return self.dispatch();
        }
        // Line ends are no part of any character, so each line can be decoded on its own.
        let line = String::from_utf8_lossy(&self.line);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "event" => value.clone_into(&mut self.event),
            "id" if !value.contains('\0') => {
                value.clone_into(&mut self.id);
                self.own_id = true;
            }
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = Some(Duration::from_millis(value.parse().unwrap_or(u64::MAX)));
            }
            _ => {}
        }
        self.line.clear();
        None
    }

    /// The event, if there is data, and be it an empty line of it.
    fn dispatch(&mut self) -> Option<Message> {
        self.last_id.clone_from(&self.id);
        let own_id = std::mem::take(&mut self.own_id);
        let mut event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        // Each line of data left a line feed; the last one is not part of the data.
        data.pop()?;
        if event.is_empty() {
            "message".clone_into(&mut event);
        }
        Some(Message { event, data, id: self.last_id.clone(), own_id })
    }
}

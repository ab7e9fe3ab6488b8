//! Where one item of a stream ends and the next begins: lines of JSON, JSON text sequences.
//!
//! Like the format of event streams, this stands alone: its tables are tested without a server.

use std::fmt;

use bytes::{Buf, Bytes};

/// What a JSON text sequence has before each item.
const SEPARATOR: u8 = 0x1E;

/// How the items of a stream are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// One on each line: `application/x-ndjson`, `application/jsonl`.
    Lines,
    /// Each between a record separator and a line feed: `application/json-seq` (RFC 7464).
    Sequence,
    /// One, and no other: `application/json`.
    Whole,
}

/// Why an item cannot be given; those behind it are read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// It is longer than the limit.
    TooLong(usize),
    /// There is no record separator before it.
    Unmarked,
    /// It might be the beginning of a longer number or word.
    CutOff,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(limit) => write!(f, "an item is longer than {limit} bytes"),
            Self::Unmarked => f.write_str("an item has no record separator before it (RFC 7464 section 2.2)"),
            Self::CutOff => f.write_str("an item was cut off: nothing ends it (RFC 7464 section 2.4)"),
        }
    }
}

impl std::error::Error for Flaw {}

/// The state between two chunks of a stream.
#[derive(Debug)]
pub(crate) struct Splitter {
    format: Format,
    /// How many bytes of an item are held at most.
    limit: usize,
    /// The item that is not yet complete.
    held: Vec<u8>,
    nesting: Nesting,
    /// Whether nothing but a byte order mark can have come.
    at_start: bool,
    /// Whether the item has what must stand before it.
    marked: bool,
    /// Whether the rest of the item is dropped.
    skipping: bool,
}

impl Splitter {
    pub(crate) fn new(format: Format, limit: usize) -> Self {
        Self {
            format,
            limit,
            held: Vec::new(),
            nesting: Nesting::default(),
            at_start: true,
            marked: format != Format::Sequence,
            skipping: false,
        }
    }

    /// How many bytes of an item are held at most.
    pub(crate) fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// The next item, read from the beginning of the `chunk`; `None` once all of it is read.
    ///
    /// An item of a sequence comes with its line feed: nobody waits for the separator of the next.
    pub(crate) fn next(&mut self, chunk: &mut Bytes) -> Option<Result<Vec<u8>, Flaw>> {
        while !chunk.is_empty() {
            let end = self.end_in(chunk);
            let kept = self.keep(&chunk.split_to(end.unwrap_or(chunk.len())));
            let item = end.and_then(|_| self.complete(Some(chunk.get_u8())));
            if let Some(outcome) = kept.err().map(Err).or(item) {
                return Some(outcome);
            }
        }
        None
    }

    /// The item that nothing ends but the stream.
    ///
    /// As the last line it may well be whole: whether it is one is for its reader to see.
    pub(crate) fn end(&mut self) -> Option<Result<Vec<u8>, Flaw>> {
        self.complete(None)
    }

    /// Where the item ends, if it does so in these bytes.
    fn end_in(&mut self, bytes: &[u8]) -> Option<usize> {
        bytes.iter().position(|&byte| match (self.format, byte) {
            (Format::Whole, _) => false,
            (Format::Lines, byte) => byte == b'\n',
            (Format::Sequence, SEPARATOR) => true,
            (Format::Sequence, b'\n') if self.nesting.is_closed() => !self.skipping,
            (Format::Sequence, byte) => {
                self.nesting.read(byte);
                false
            }
        })
    }

    /// Adds to the item.
    fn keep(&mut self, piece: &[u8]) -> Result<(), Flaw> {
        if self.skipping {
            return Ok(());
        }
        self.held.extend_from_slice(piece);
        if self.held.len() <= self.limit {
            return Ok(());
        }
        self.skipping = true;
        self.held = Vec::new();
        Err(Flaw::TooLong(self.limit))
    }

    /// Ends the item; a blank one is none.
    fn complete(&mut self, terminator: Option<u8>) -> Option<Result<Vec<u8>, Flaw>> {
        let mut item = std::mem::take(&mut self.held);
        self.nesting = Nesting::default();
        let marked = self.format != Format::Sequence || terminator == Some(SEPARATOR);
        let marked = std::mem::replace(&mut self.marked, marked);
        if std::mem::take(&mut self.at_start) && item.starts_with(b"\xEF\xBB\xBF") {
            item.drain(..3);
        }
        let first = item.iter().find(|byte| !byte.is_ascii_whitespace());
        if std::mem::take(&mut self.skipping) {
            return None;
        }
        // What is neither in brackets nor in quotes says nothing about where it ends.
        let open = !matches!(first?, b'{' | b'[' | b'"') && item.last().is_some_and(|last| !last.is_ascii_whitespace());
        if !marked {
            return Some(Err(Flaw::Unmarked));
        }
        if self.format == Format::Sequence && terminator != Some(b'\n') && open {
            return Some(Err(Flaw::CutOff));
        }
        Some(Ok(item))
    }
}

/// How deep in a JSON text the reading is.
#[derive(Debug, Default)]
struct Nesting {
    depth: usize,
    quoted: bool,
    escaped: bool,
    begun: bool,
}

impl Nesting {
    fn read(&mut self, byte: u8) {
        self.begun |= !byte.is_ascii_whitespace();
        if self.quoted {
            self.quoted = self.escaped || byte != b'"';
            self.escaped = !self.escaped && byte == b'\\';
            return;
        }
        match byte {
            b'"' => self.quoted = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Whether a text has begun, and all in it has ended.
    fn is_closed(&self) -> bool {
        self.begun && !self.quoted && self.depth == 0
    }
}

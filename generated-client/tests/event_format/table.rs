//! Byte sequences and the events in them, by section 9.2.6 of the HTML standard.

/// A byte sequence, and what becomes of it.
pub(crate) struct Row {
    /// The one fact that it shows.
    pub(crate) name: &'static str,
    pub(crate) bytes: &'static [u8],
    /// Type, data and id of each event.
    pub(crate) events: &'static [(&'static str, &'static str, &'static str)],
    /// The id that a new request would state.
    pub(crate) last_id: &'static str,
    /// The milliseconds to wait before a new request.
    pub(crate) retry: Option<u64>,
}

const fn row(
    name: &'static str,
    bytes: &'static [u8],
    events: &'static [(&'static str, &'static str, &'static str)],
) -> Row {
    Row { name, bytes, events, last_id: "", retry: None }
}

impl Row {
    const fn last_id(mut self, last_id: &'static str) -> Self {
        self.last_id = last_id;
        self
    }

    const fn retry(mut self, retry: u64) -> Self {
        self.retry = Some(retry);
        self
    }
}

/// Where the rows say nothing else, an event is a `message` without an id.
pub(crate) const TABLE: &[Row] = &[
    // Lines.
    row("an empty stream has no events", b"", &[]),
    row("a blank line ends an event", b"data: a\n\n", &[("message", "a", "")]),
    row("two events", b"data: a\n\ndata: b\n\n", &[("message", "a", ""), ("message", "b", "")]),
    row(
        "blank lines in between are nothing",
        b"\n\ndata: a\n\n\n\ndata: b\n\n",
        &[("message", "a", ""), ("message", "b", "")],
    ),
    row("a return and a line feed end one line", b"data: a\r\ndata: b\r\n\r\n", &[("message", "a\nb", "")]),
    row("a return ends a line", b"data: a\rdata: b\r\r", &[("message", "a\nb", "")]),
    row(
        "line ends may be mixed",
        b"data: a\r\ndata: b\n\rdata: c\r\r\n",
        &[("message", "a\nb", ""), ("message", "c", "")],
    ),
    row(
        "a line feed and a return end two lines",
        b"data: a\n\rdata: b\n\n",
        &[("message", "a", ""), ("message", "b", "")],
    ),
    row(
        "other line ends of Unicode are data",
        "data: a\u{b}b\u{c}c\u{85}d\u{2028}e\n\n".as_bytes(),
        &[("message", "a\u{b}b\u{c}c\u{85}d\u{2028}e", "")],
    ),
    row("an event that the stream breaks off in is none", b"data: a\n\ndata: b\n", &[("message", "a", "")]),
    row("nor is one whose line breaks off", b"data: a\n\ndata: b", &[("message", "a", "")]),
    // Characters.
    row("a byte order mark at the start is nothing", b"\xEF\xBB\xBFdata: a\n\n", &[("message", "a", "")]),
    row("only one of them", b"\xEF\xBB\xBF\xEF\xBB\xBFdata: a\n\ndata: b\n\n", &[("message", "b", "")]),
    row("nor one that comes later", b"data: a\n\n\xEF\xBB\xBFdata: b\n\n", &[("message", "a", "")]),
    row("nor one after a blank line", b"\n\xEF\xBB\xBFdata: a\n\ndata: b\n\n", &[("message", "b", "")]),
    row("one in the data stays", b"data:\xEF\xBB\xBFa\n\n", &[("message", "\u{feff}a", "")]),
    row("two thirds of one are no mark", b"\xEF\xBBdata: a\n\ndata: b\n\n", &[("message", "b", "")]),
    row("a mark and nothing else", b"\xEF\xBB\xBF", &[]),
    row("a mark before a blank line", b"\xEF\xBB\xBF\ndata: a\n\n", &[("message", "a", "")]),
    row(
        "characters of each length",
        "data: a\u{e9}\u{20ac}\u{1F980}\n\n".as_bytes(),
        &[("message", "a\u{e9}\u{20ac}\u{1F980}", "")],
    ),
    row("a byte that is no UTF-8 is replaced", b"data: a\xFFb\n\n", &[("message", "a\u{fffd}b", "")]),
    row("the beginning of a character is replaced once", b"data: \xF0\x9F\xA6b\n\n", &[("message", "\u{fffd}b", "")]),
    row(
        "a line end is never part of a broken character",
        b"data: \xE2\x82\ndata: b\n\n",
        &[("message", "\u{fffd}\nb", "")],
    ),
    row("longer forms of a character are none", b"data: \xC0\xAF\n\n", &[("message", "\u{fffd}\u{fffd}", "")]),
    row(
        "halves of surrogate pairs are none",
        b"data: \xED\xA0\x80\n\n",
        &[("message", "\u{fffd}\u{fffd}\u{fffd}", "")],
    ),
    row("a NUL is data", b"data: a\0b\n\n", &[("message", "a\0b", "")]),
    // Comments and fields.
    row("a comment is nothing", b": hello\ndata: a\n:\n\n", &[("message", "a", "")]),
    row("a comment does not end an event", b"data: a\n: b\ndata: c\n\n", &[("message", "a\nc", "")]),
    row("comments alone are no event", b": ping\n\n: ping\n\n", &[]),
    row("an unknown field is nothing", b"datum: a\nDATA: b\ndata: c\n\n", &[("message", "c", "")]),
    row("a blank before the name makes it another", b" data: a\ndata : b\ndata: c\n\n", &[("message", "c", "")]),
    row("a name without a colon has an empty value", b"data\n\n", &[("message", "", "")]),
    row("an unknown name without a colon", b"hello\ndata: a\n\n", &[("message", "a", "")]),
    row("a blank after the colon is optional", b"data:a\n\n", &[("message", "a", "")]),
    row("a second blank is data", b"data:  a \n\n", &[("message", " a ", "")]),
    row("a tab is data", b"data:\ta\n\n", &[("message", "\ta", "")]),
    row("later colons are data", b"data: a: b:c\n\n", &[("message", "a: b:c", "")]),
    // Data.
    row(
        "lines of data are joined by line feeds",
        b"data: YHOO\ndata: +2\ndata: 10\n\n",
        &[("message", "YHOO\n+2\n10", "")],
    ),
    row("two empty lines of data are a line feed", b"data\ndata\n\n", &[("message", "\n", "")]),
    row("an empty line of data at the end counts", b"data: a\ndata:\n\n", &[("message", "a\n", "")]),
    row(
        "the standard's example of empty data",
        b"data\n\ndata\ndata\n\ndata:",
        &[("message", "", ""), ("message", "\n", "")],
    ),
    // Types.
    row("a type", b"event: add\ndata: a\n\n", &[("add", "a", "")]),
    row("a type after the data", b"data: a\nevent: add\n\n", &[("add", "a", "")]),
    row("the last type counts", b"event: add\nevent: remove\ndata: a\n\n", &[("remove", "a", "")]),
    row("an empty type is that of a message", b"event: add\nevent\ndata: a\n\n", &[("message", "a", "")]),
    row("a type is for one event", b"event: add\ndata: a\n\ndata: b\n\n", &[("add", "a", ""), ("message", "b", "")]),
    row("an event without data is none, and its type is gone", b"event: add\n\ndata: a\n\n", &[("message", "a", "")]),
    // Ids.
    row("an id", b"id: 1\ndata: a\n\n", &[("message", "a", "1")]).last_id("1"),
    row("an id stays", b"id: 1\ndata: a\n\ndata: b\n\n", &[("message", "a", "1"), ("message", "b", "1")]).last_id("1"),
    row("an empty id clears it", b"id: 1\ndata: a\n\nid\ndata: b\n\n", &[("message", "a", "1"), ("message", "b", "")]),
    row("an id without data stays too", b"id: 1\n\ndata: a\n\n", &[("message", "a", "1")]).last_id("1"),
    row("an id without data after it", b"data: a\n\nid: 2\n\n", &[("message", "a", "")]).last_id("2"),
    row(
        "the id of an unfinished event does not count",
        b"id: 1\ndata: a\n\nid: 2\ndata: b\n",
        &[("message", "a", "1")],
    )
    .last_id("1"),
    row("an id with a NUL is nothing", b"id: 1\nid: 2\0\ndata: a\n\n", &[("message", "a", "1")]).last_id("1"),
    row("an id is any text", "id: \u{e9} 7:8\ndata: a\n\n".as_bytes(), &[("message", "a", "\u{e9} 7:8")])
        .last_id("\u{e9} 7:8"),
    // Waiting.
    row("a time to wait", b"retry: 1500\ndata: a\n\n", &[("message", "a", "")]).retry(1500),
    row("it needs neither data nor a blank line", b"retry:30\n", &[]).retry(30),
    row("it needs the end of its line", b"retry: 30", &[]),
    row("zeros in front", b"retry: 007\n\n", &[]).retry(7),
    row(
        "a time with a sign, a point or a unit is none",
        b"retry: 5\nretry: -1\nretry: +1\nretry: 1.5\nretry: 2s\n",
        &[],
    )
    .retry(5),
    row("nor is an empty one, or a blank", b"retry: 5\nretry\nretry:\nretry:  6\nretry: 6 \n", &[]).retry(5),
    row("nor one in other digits", "retry: 5\nretry: \u{666}\n".as_bytes(), &[]).retry(5),
    row(
        "the standard's example of comments and ids",
        STANDARD,
        &[("message", "first event", "1"), ("message", "second event", ""), ("message", " third event", "")],
    ),
];

const STANDARD: &[u8] = b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";

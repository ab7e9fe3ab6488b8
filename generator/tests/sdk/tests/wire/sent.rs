//! What must leave, and how it is compared: request line, media type, length and bytes.

use std::future::Future;

use wire_sdk::{Client, Error, Response};

use super::support::{Call, Recorded, Served, call, exchange};

/// A call, and what must leave because of it.
pub(crate) struct Row {
    name: &'static str,
    sent: Sent,
    call: Call<Result<(), Error>>,
}

/// What matters of a request.
#[derive(Debug, PartialEq)]
struct Sent {
    line: String,
    content_type: Option<String>,
    length: Length,
    /// The body, with the boundary of its parts named and what is not ASCII written as `\xXX`.
    body: String,
}

/// How the server is told where the body ends.
#[derive(Debug, PartialEq)]
enum Length {
    /// By the number of its bytes.
    Exact,
    /// By a last chunk.
    Chunked,
    /// In another way, which must not be.
    Other(String),
}

/// A row whose body leaves with its length.
pub(crate) fn row<T, F>(
    name: &'static str,
    line: &'static str,
    content_type: impl Into<Option<&'static str>>,
    body: impl AsRef<[u8]>,
    make: impl FnOnce(Client) -> F + 'static,
) -> Row
where
    F: Future<Output = Result<Response<T>, Error>>,
{
    let body = body.as_ref().escape_ascii().to_string();
    let content_type = content_type.into().map(str::to_owned);
    let sent = Sent { line: line.to_owned(), content_type, length: Length::Exact, body };
    Row { name, sent, call: call(async |client| make(client).await.map(|_| ())) }
}

impl Row {
    /// A row whose body leaves in chunks.
    pub(crate) fn chunked(mut self) -> Self {
        self.sent.length = Length::Chunked;
        self
    }

    /// The request line.
    pub(crate) fn line(&self) -> &str {
        &self.sent.line
    }

    async fn check(self) -> Result<(), String> {
        let Self { name, sent, call } = self;
        let (ended, recorded) = exchange(&Served::empty(204), call).await;
        ended.map_err(|error| format!("{name}: {}", super::support::reasons(&error)))?;
        let [recorded] = &recorded[..] else { return Err(format!("{name}: {} requests came", recorded.len())) };
        let found = Sent::of(recorded);
        if found == sent { Ok(()) } else { Err(format!("{name}:\n  expected {sent:?}\n  found    {found:?}")) }
    }
}

impl Sent {
    fn of(recorded: &Recorded) -> Self {
        let content_type = recorded.header("content-type");
        let (length, encoding) = (recorded.header("content-length"), recorded.header("transfer-encoding"));
        let length = match (length.as_deref(), encoding.as_deref()) {
            (Some(length), None) if length == recorded.body.len().to_string() => Length::Exact,
            (None, Some("chunked")) => Length::Chunked,
            other => Length::Other(format!("{other:?}")),
        };
        let body = recorded.body.escape_ascii().to_string();
        let line = recorded.line.clone();
        match content_type.as_deref().and_then(|content_type| content_type.split_once("boundary=")) {
            Some((kind, boundary)) => {
                let content_type = Some(format!("{kind}boundary=BOUNDARY"));
                Self { line, content_type, length, body: body.replace(boundary, "BOUNDARY") }
            }
            None => Self { line, content_type, length, body },
        }
    }
}

/// Makes the calls of all rows; tells how many there are.
pub(crate) async fn check(rows: Vec<Row>) -> usize {
    let count = rows.len();
    let mut misses = Vec::new();
    for row in rows {
        misses.extend(row.check().await.err());
    }
    assert!(misses.is_empty(), "{} of {count} rows differ:\n{}", misses.len(), misses.join("\n"));
    count
}

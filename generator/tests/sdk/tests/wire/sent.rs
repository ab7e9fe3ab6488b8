//! What must leave, and how it is compared: request line, media type, length and bytes, and that
//! there is no other header.

use std::future::Future;

use wire_sdk::{Client, Error, Response};

use super::support::{Call, Recorded, Served, Settings, call, exchange_by, reasons};

/// A call, and what must leave because of it.
pub(crate) struct Row {
    name: &'static str,
    sent: Sent,
    settings: Settings,
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
    /// All other headers but `Host`, as `name: value`.
    headers: Vec<String>,
}

/// How the server is told where the body ends.
#[derive(Debug, PartialEq)]
enum Length {
    /// By the number of its bytes.
    Exact,
    /// By a last chunk.
    Chunked,
    /// There is none, and there cannot be.
    Without,
    /// In another way, which must not be.
    Other(String),
}

/// A row whose body leaves with its length.
pub(crate) fn row<T, F>(
    name: &'static str,
    line: impl Into<String>,
    content_type: impl Into<Option<&'static str>>,
    body: impl AsRef<[u8]>,
    make: impl FnOnce(Client) -> F + 'static,
) -> Row
where
    F: Future<Output = Result<Response<T>, Error>>,
{
    let body = body.as_ref().escape_ascii().to_string();
    let content_type = content_type.into().map(str::to_owned);
    let sent = Sent { line: line.into(), content_type, length: Length::Exact, body, headers: Vec::new() };
    let call = call(async |client| make(client).await.map(|_| ()));
    Row { name, sent, settings: |client| client, call }
}

/// A row without a body, and with a method that has none.
pub(crate) fn bodiless<T, F>(
    name: &'static str,
    line: impl Into<String>,
    make: impl FnOnce(Client) -> F + 'static,
) -> Row
where
    F: Future<Output = Result<Response<T>, Error>>,
{
    let mut row = row(name, line, None, "", make);
    row.sent.length = Length::Without;
    row
}

impl Row {
    /// A row whose body leaves in chunks.
    pub(crate) fn chunked(mut self) -> Self {
        self.sent.length = Length::Chunked;
        self
    }

    /// A row of a client with settings.
    pub(crate) fn by(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// A row with another header, `name: value`.
    pub(crate) fn with(mut self, header: &str) -> Self {
        self.sent.headers.push(header.to_owned());
        self
    }

    /// The request line.
    pub(crate) fn line(&self) -> &str {
        &self.sent.line
    }

    async fn check(self) -> Result<(), String> {
        let Self { name, sent, settings, call } = self;
        let (ended, recorded) = exchange_by(settings, &Served::empty(204), call).await;
        ended.map_err(|error| format!("{name}: {}", reasons(&error)))?;
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
            (None, None) => Length::Without,
            other => Length::Other(format!("{other:?}")),
        };
        let mut sent = Self {
            line: recorded.line.clone(),
            content_type,
            length,
            body: recorded.body.escape_ascii().to_string(),
            headers: recorded.other_headers(&["host", "content-type", "content-length", "transfer-encoding"]),
        };
        // The boundary is another one each time.
        if let Some((kind, boundary)) = sent.content_type.as_deref().and_then(|kind| kind.split_once("boundary=")) {
            sent.body = sent.body.replace(boundary, "BOUNDARY");
            sent.content_type = Some(format!("{kind}boundary=BOUNDARY"));
        }
        sent
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

#[tokio::test]
async fn a_row_that_differs_is_seen() {
    let send = |client: Client| client.bodies().send_text("a").send();
    let right = || row("right", "POST /bodies/text", "text/plain; charset=utf-8", "a", send);
    assert_eq!(right().check().await, Ok(()));
    let mut wrong = [right(), right(), right(), right(), right()];
    wrong[0].sent.line.push('?');
    wrong[1].sent.content_type = None;
    wrong[2].sent.length = Length::Chunked;
    wrong[3].sent.body.push('b');
    wrong[4].sent.headers.push("x: y".to_owned());
    for wrong in wrong {
        assert!(wrong.check().await.is_err());
    }
}

//! Streams: what a caller sees of an answer that is read while it comes.

use wire_sdk::models::Item;
use wire_sdk::{Client, Download, Error, Event, Events, Lines};

use super::seen::{Row, check, row, tell_error};
use super::support::Served;

const BYTES: &str = "application/octet-stream";
const EVENTS: &str = "text/event-stream";

fn told(outcome: Result<String, Error>) -> String {
    outcome.unwrap_or_else(|error| tell_error(&error))
}

async fn download(client: &Client) -> Result<Download, Error> {
    Ok(client.streams().download().send().await?.into_inner())
}

/// All pieces, one after the other.
async fn pieces(client: Client) -> String {
    let all = async {
        let mut download = download(&client).await?;
        let mut all = Vec::new();
        while let Some(piece) = download.chunk().await? {
            all.extend_from_slice(&piece);
        }
        Ok(format!("{} [{}]", all.len(), all.escape_ascii()))
    };
    told(all.await)
}

/// All of it, up to five bytes.
async fn five(client: Client) -> String {
    told(async { Ok(download(&client).await?.bytes(5).await?.escape_ascii().to_string()) }.await)
}

/// A file's length and content, and whether there is a file at all.
async fn filed(client: Client) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let length = async { Ok(download(&client).await?.to_file(&path).await?.to_string()) }.await;
    let content = std::fs::read_to_string(&path).unwrap_or_else(|error| error.kind().to_string());
    format!("{}: {content}", told(length))
}

/// What the server states of it.
async fn stated(client: Client) -> String {
    let stated = async {
        let download = download(&client).await?;
        let (name, kind, length) = (download.file_name(), download.content_type(), download.content_length());
        Ok(format!("{name:?} {kind:?} {length:?}"))
    };
    told(stated.await)
}

fn downloads() -> Vec<Row> {
    const LINE: &str = "GET /streams/download";
    const CHUNKS: &str = "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    let long = vec![b'x'; 100_000];
    let ten = || Served::new(200, BYTES, "0123456789").header("Content-Length", "10");
    let broken = || Served::new(200, BYTES, "01234").header("Content-Length", "10");
    vec![
        row("pieces of a body with a length", LINE, pieces, ten(), "10 [0123456789]"),
        row(
            "pieces of a body in chunks",
            LINE,
            pieces,
            Served::new(200, BYTES, CHUNKS).header("Transfer-Encoding", "chunked"),
            "5 [abcde]",
        ),
        row(
            "pieces up to the connection's end",
            LINE,
            pieces,
            Served::new(200, BYTES, &b"\0\xff"[..]),
            "2 [\\x00\\xff]",
        ),
        row(
            "many pieces",
            LINE,
            pieces,
            Served::new(200, BYTES, long.clone()),
            format!("100000 [{}]", "x".repeat(100_000)),
        ),
        row("no pieces", LINE, pieces, Served::new(200, BYTES, ""), "0 []"),
        row("a file of any type", LINE, pieces, Served::new(200, "image/png", "PNG"), "3 [PNG]"),
        row("a file without a type", LINE, pieces, Served::empty(203).body("PNG"), "3 [PNG]"),
        row("no file, and an error instead", LINE, pieces, Served::new(404, "text/plain", "none"), "404 Status [none]"),
        row("as many bytes as the limit", LINE, five, Served::new(200, BYTES, "01234"), "01234"),
        row(
            "more bytes",
            LINE,
            five,
            ten(),
            "200 Transport: download: the answer could not be kept: \
             the body is longer than the limit of 5 bytes",
        ),
        row("into a file", LINE, filed, ten(), "10: 0123456789"),
        row("nothing into a file", LINE, filed, Served::new(200, BYTES, ""), "0: "),
        row(
            "a broken one leaves no file",
            LINE,
            filed,
            broken(),
            "200 Transport: download: no complete answer came: error reading a body from connection: \
             end of file before message length reached: entity not found",
        ),
        row(
            "a name, a type and a length",
            LINE,
            stated,
            ten().header("Content-Disposition", "attachment; filename=\"x\"; filename*=UTF-8''..%2F%c3%a9.txt"),
            "Some(\"é.txt\") Some(\"application/octet-stream\") Some(10)",
        ),
        row("nothing stated", LINE, stated, Served::empty(200).body("a"), "None None None"),
    ]
}

/// All items of a stream, with bars between them.
async fn items<T>(mut next: impl AsyncFnMut() -> Option<Result<T, Error>>, show: impl Fn(T) -> String) -> String {
    let mut all = Vec::new();
    while let Some(item) = next().await {
        all.push(item.map_or_else(|error| tell_error(&error), &show));
    }
    all.join(" | ")
}

fn event<T>(show: impl Fn(&T) -> String) -> impl Fn(Event<T>) -> String {
    move |event| format!("{}#{} {}", event.event, event.id, show(&event.data))
}

fn name(item: &Item) -> String {
    item.name.clone()
}

async fn typed_events(client: Client) -> String {
    match client.streams().events().send().await {
        Ok(answer) => {
            let mut events: Events<Item> = answer.into_inner();
            items(async || events.next().await, event(name)).await
        }
        Err(error) => tell_error(&error),
    }
}

async fn answered_events(client: Client) -> String {
    match client.streams().answered_events("question").send().await {
        Ok(answer) => {
            let mut events: Events<Item> = answer.into_inner();
            items(async || events.next().await, event(name)).await
        }
        Err(error) => tell_error(&error),
    }
}

async fn plain_events(client: Client) -> String {
    match client.streams().plain_events().send().await {
        Ok(answer) => {
            let mut events: Events<String> = answer.into_inner();
            items(async || events.next().await, event(|text: &String| text.escape_debug().to_string())).await
        }
        Err(error) => tell_error(&error),
    }
}

fn events() -> Vec<Row> {
    let typed = |name, body: &str, expected: &str| {
        row(name, "GET /streams/events", typed_events, Served::new(200, EVENTS, body), expected)
    };
    let plain = |name, body: &str, expected: &str| {
        row(name, "GET /streams/plain-events", plain_events, Served::new(200, EVENTS, body), expected)
    };
    vec![
        typed("no events", "", ""),
        typed("an event", "data: {\"name\":\"Ada\"}\n\n", "message# Ada"),
        typed("its type and id", "event: new\nid: 1\ndata: {\"name\":\"Ada\"}\n\n", "new#1 Ada"),
        typed("data of several lines", "data: {\"name\":\ndata: \"Ada\"}\n\n", "message# Ada"),
        typed(
            "an id that stays",
            "id: 1\ndata: {\"name\":\"A\"}\n\ndata: {\"name\":\"B\"}\n\n",
            "message#1 A | message#1 B",
        ),
        typed(
            "an id that the settings ignore",
            "id: start\ndata: nothing\n\nid: 1\ndata: {\"name\":\"A\"}\n\n",
            "message#1 A",
        ),
        typed(
            "an id that the settings call the last",
            "id: end\ndata: {\"name\":\"A\"}\n\nid: 2\ndata: {\"name\":\"B\"}\n\n",
            "message#end A",
        ),
        typed("a last event without data", "data: {\"name\":\"A\"}\n\nid: end\ndata:\n\ndata: {}\n\n", "message# A"),
        typed(
            "a broken event, and those behind it",
            "data: {}\n\ndata: {\"name\":\"B\"}\n\n",
            "200 Decode at .: missing field `name` at line 1 column 2 [{}] | message# B",
        ),
        typed("an event that nothing ends is none", "data: {\"name\":\"A\"}\n\ndata: {\"name\":\"B\"}\n", "message# A"),
        row(
            "a type with parameters",
            "GET /streams/events",
            typed_events,
            Served::new(200, "Text/Event-Stream;charset=utf-8", ": hello\r\ndata: {\"name\":\"A\"}\r\n\r\n"),
            "message# A",
        ),
        row(
            "no type",
            "GET /streams/events",
            typed_events,
            Served::empty(200).body("data: {\"name\":\"A\"}\n\n"),
            "message# A",
        ),
        row(
            "a page instead of events",
            "GET /streams/events",
            typed_events,
            Served::new(200, "text/html", "<p>"),
            "200 Decode at .: expected events, got text/html [<p>]",
        ),
        row(
            "events that answer a body",
            "POST /streams/answered-events",
            answered_events,
            Served::new(200, EVENTS, "id: end\ndata: {\"name\":\"A\"}\n\n"),
            "message#end A",
        ),
        row("no content at all", "GET /streams/events", typed_events, Served::empty(204), ""),
        row("an error instead", "GET /streams/events", typed_events, Served::new(409, EVENTS, "x"), "409 Status [x]"),
        plain("data that is a text", "data: a \"b\"\ndata:  c\n\n", "message# a \\\"b\\\"\\n c"),
        plain(
            "ids that no setting names",
            "id: start\ndata: a\n\nid: end\ndata: b\n\ndata: c\n\n",
            "message#start a | message#end b | message#end c",
        ),
        plain("data that looks like JSON", "data: {\"name\":\"A\"}\n\n", "message# {\\\"name\\\":\\\"A\\\"}"),
    ]
}

async fn collect(answer: Result<Lines<Item>, Error>) -> String {
    match answer {
        Ok(mut lines) => items(async || lines.next().await, |item| name(&item)).await,
        Err(error) => tell_error(&error),
    }
}

async fn read_lines(client: Client) -> String {
    collect(client.streams().lines().send().await.map(wire_sdk::Response::into_inner)).await
}

async fn read_sequence(client: Client) -> String {
    collect(client.streams().sequence().send().await.map(wire_sdk::Response::into_inner)).await
}

fn lines() -> Vec<Row> {
    let lines = |name, content_type, body: &str, expected: &str| {
        row(name, "GET /streams/lines", read_lines, Served::new(200, content_type, body), expected)
    };
    let sequence = |name, content_type, body: &str, expected: &str| {
        row(name, "GET /streams/sequence", read_sequence, Served::new(200, content_type, body), expected)
    };
    let ndjson = "application/x-ndjson";
    let seq = "application/json-seq";
    vec![
        lines("a value a line", ndjson, "{\"name\":\"A\"}\n\r\n{\"name\":\"B\"}\r\n", "A | B"),
        lines("a last line that does not end", ndjson, "{\"name\":\"A\"}\n{\"name\":\"B\"}", "A | B"),
        lines(
            "a broken line, and those behind it",
            ndjson,
            "{\"name\":\"A\"}\n{\"na\n{\"name\":\"C\"}\n",
            "A | 200 Decode at .: EOF while parsing a string at line 1 column 4 [{\\\"na] | C",
        ),
        lines("no lines", ndjson, "", ""),
        lines("lines under another name", "application/jsonl", "{\"name\":\"A\"}\n{\"name\":\"B\"}\n", "A | B"),
        lines("a sequence instead of lines", seq, "\x1E{\"name\":\n\"A\"}\n", "A"),
        lines("one value instead of lines", "application/json", "{\n\"name\":\n\"A\"}\n", "A"),
        lines(
            "a page instead of lines",
            "text/html",
            "<p>",
            "200 Decode at .: expected a stream of JSON, got text/html [<p>]",
        ),
        sequence("a sequence", seq, "\x1E{\"name\":\"A\"}\n\x1E{\n\"name\":\"B\"}\n", "A | B"),
        sequence("an empty sequence", seq, "", ""),
        sequence(
            "a sequence that is cut off",
            seq,
            "\x1E{\"name\":\"A\"}\n\x1E{\"name\":",
            "A | 200 Decode at name: EOF while parsing a value at line 1 column 8 [{\\\"name\\\":]",
        ),
        sequence("lines instead of a sequence", ndjson, "{\"name\":\"A\"}\n{\"name\":\"B\"}\n", "A | B"),
        row(
            "an error instead of lines",
            "GET /streams/lines",
            read_lines,
            Served::new(500, ndjson, "{}"),
            "500 Status [{}]",
        ),
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    [downloads(), events(), lines()].into_iter().flatten().collect()
}

#[tokio::test]
async fn streams_are_seen_as_the_rows_say() {
    println!("{} streams", check(rows()).await);
}

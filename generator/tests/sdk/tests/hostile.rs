//! Servers that mean no good, or are broken: whatever they send, a call comes to an end that says so.

mod stage;

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use stage::{LONG, Outcome, Stage};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use wire_sdk::{Client, ClientBuilder, Error};

/// The end of a request's head.
async fn heard(stream: &mut TcpStream) -> io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && stream.read_buf(&mut head).await? > 0 {}
    Ok(())
}

/// A server that gives every caller these bytes and hangs up, and a client of it.
async fn giving(bytes: Vec<u8>) -> io::Result<(ClientBuilder, JoinHandle<io::Result<()>>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let builder = Client::builder(format!("http://{}", listener.local_addr()?));
    let server = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await?;
            heard(&mut stream).await?;
            // The client may hang up before it has heard everything.
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
    });
    Ok((builder, server))
}

fn outcome<T>(answer: &Result<T, Error>) -> &'static str {
    match answer {
        Ok(_) => "read",
        Err(Error::Refused(_)) => "refused",
        Err(Error::Transport(_)) => "transport",
        Err(Error::Status(_)) => "status",
        Err(Error::Decode(_)) => "decode",
        Err(_) => "else",
    }
}

/// Each answer, and what the call comes to.
#[tokio::test]
async fn an_answer_that_lies_is_an_error_and_never_half_a_value() -> Outcome {
    let item = "{\"name\":\"a\"}";
    let json = "Content-Type: application/json\r\n";
    let rows: Vec<(&str, String, &str)> = vec![
        ("as it should be", format!("HTTP/1.1 200 OK\r\n{json}Content-Length: 12\r\n\r\n{item}"), "read"),
        ("a length too large", format!("HTTP/1.1 200 OK\r\n{json}Content-Length: 13\r\n\r\n{item}"), "transport"),
        (
            "a length beyond all memory",
            format!("HTTP/1.1 200 OK\r\n{json}Content-Length: {}\r\n\r\n{item}", u64::MAX - 2),
            "transport",
        ),
        ("a length too small", format!("HTTP/1.1 200 OK\r\n{json}Content-Length: 11\r\n\r\n{item}"), "decode"),
        ("a length that is none", format!("HTTP/1.1 200 OK\r\n{json}Content-Length: -1\r\n\r\n{item}"), "transport"),
        (
            "two lengths",
            format!("HTTP/1.1 200 OK\r\n{json}Content-Length: 12\r\nContent-Length: 3\r\n\r\n{item}"),
            "transport",
        ),
        (
            "a chunk too long",
            format!("HTTP/1.1 200 OK\r\n{json}Transfer-Encoding: chunked\r\n\r\nd\r\n{item}"),
            "transport",
        ),
        (
            "a chunk beyond all memory",
            format!("HTTP/1.1 200 OK\r\n{json}Transfer-Encoding: chunked\r\n\r\n{}\r\n{item}", "f".repeat(17)),
            "transport",
        ),
        (
            "a chunk that is none",
            format!("HTTP/1.1 200 OK\r\n{json}Transfer-Encoding: chunked\r\n\r\nxyz\r\n{item}"),
            "transport",
        ),
        (
            "no last chunk",
            format!("HTTP/1.1 200 OK\r\n{json}Transfer-Encoding: chunked\r\n\r\nc\r\n{item}\r\n"),
            "transport",
        ),
        (
            "compressed, which nobody asked for",
            format!("HTTP/1.1 200 OK\r\n{json}Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u{1f}\u{1}\u{8}\0"),
            "decode",
        ),
        (
            "nothing, with a body",
            format!("HTTP/1.1 204 No Content\r\n{json}Content-Length: 12\r\n\r\n{item}"),
            "decode",
        ),
        ("another protocol", "SSH-2.0-OpenSSH_9.6\r\n".to_owned(), "transport"),
        ("nothing at all", String::new(), "transport"),
        (
            "a header with a NUL",
            format!("HTTP/1.1 200 OK\r\nX-A: \0\r\n{json}Content-Length: 12\r\n\r\n{item}"),
            "transport",
        ),
        ("headers without end", format!("HTTP/1.1 200 OK\r\n{}", "X-A: b\r\n".repeat(100_000)), "transport"),
        ("a status that is none", format!("HTTP/1.1 999 Odd\r\n{json}Content-Length: 0\r\n\r\n"), "status"),
        (
            "many a word before the answer",
            format!(
                "{}HTTP/1.1 200 OK\r\n{json}Content-Length: 12\r\n\r\n{item}",
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(10_000)
            ),
            "read",
        ),
        (
            "brackets without end",
            format!(
                "HTTP/1.1 200 OK\r\n{json}Connection: close\r\n\r\n{{\"name\":\"a\",\"x\":{}",
                "[".repeat(1_000_000)
            ),
            "decode",
        ),
    ];
    for (what, bytes, expected) in rows {
        let (builder, server) = giving(bytes.into_bytes()).await?;
        let client = builder.build()?;
        let answer = timeout(LONG, client.answers().read_range().send()).await.map_err(|_| what)?;
        assert_eq!(outcome(&answer), expected, "{what}: {answer:?}");
        server.abort();
    }
    Ok(())
}

/// A flood of interim answers has no end that the client could wait for, but the call's limit.
#[tokio::test]
async fn the_limit_of_a_call_holds_against_interim_answers() -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let client = Client::builder(format!("http://{}", listener.local_addr()?)).build()?;
    let flood = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        heard(&mut stream).await?;
        let words = "HTTP/1.1 102 Processing\r\n\r\n".repeat(1000);
        while stream.write_all(words.as_bytes()).await.is_ok() {}
        Ok::<_, io::Error>(())
    });
    let call = client.answers().read_range().timeout(Duration::from_millis(300)).send();
    let answer = timeout(LONG, call).await?;
    assert_eq!(outcome(&answer), "transport", "{answer:?}");
    timeout(LONG, flood).await???;
    Ok(())
}

/// What a server writes into messages stays one line, in one direction.
#[tokio::test]
async fn no_message_speaks_in_the_servers_voice() -> Outcome {
    let evil = "\u{1b}[2J\u{202e}\u{2066}\u{2028}\u{85}";
    let body = format!("{{\"a\\nERROR \u{202e}{}\": \"x\"}}", "\\u001b[31m");
    for answer in [format!("HTTP/1.1 500 No\r\nContent-Length: {}\r\n\r\n{body}", body.len()), {
        format!("HTTP/1.1 500 No\r\nContent-Length: {}\r\n\r\n{evil}", evil.len())
    }] {
        let (builder, server) = giving(answer.into_bytes()).await?;
        let Err(Error::Status(error)) = builder.build()?.answers().read_errors().send().await else {
            return Err("no status error".into());
        };
        let mut messages = vec![error.to_string(), format!("{error:?}")];
        if let Err(inner) = error.json::<BTreeMap<String, u32>>() {
            messages.extend([inner.to_string(), format!("{inner:?}")]);
        }
        for message in messages {
            let spoken = |c: &char| c.is_control() || "\u{202e}\u{2066}\u{2028}".contains(*c);
            assert_eq!(message.chars().find(spoken), None, "{message:?}");
        }
        server.abort();
    }
    Ok(())
}

/// What is no text in a header is no value, and stays where it came.
#[tokio::test]
async fn headers_beyond_ascii_are_no_values() -> Outcome {
    let head = b"HTTP/1.1 200 OK\r\nX-Total: 99999999999999999999\r\nX-Next: \xff\xfe\r\nX-Labels: a, \xc3\xa4\r\nX-Level: \x80\r\n\
        Content-Length: 0\r\n\r\n";
    let (builder, server) = giving(head.to_vec()).await?;
    let answer = builder.build()?.answers().read_headers().send().await?;
    let headers = wire_sdk::api::answers::ReadHeadersHeaders::of(answer.headers());
    assert_eq!((headers.total, headers.next, headers.level), (None, None, None));
    assert_eq!(answer.headers().get("x-next").map(|value| value.as_bytes()), Some(&b"\xff\xfe"[..]));
    server.abort();
    Ok(())
}

/// A stream is asked for again where it was, with what it was asked for with: never elsewhere.
#[tokio::test]
async fn a_stream_that_is_asked_for_again_stays_with_its_server() -> Outcome {
    let (stage, elsewhere) = (Stage::open().await?, Stage::open().await?);
    let client = stage.builder()?.default_header("x-key", "secret").build()?;
    let (events, mut caller) = stage.answer(client.streams().events().send(), "text/event-stream").await?;
    let mut events = events.reconnecting(1);
    // An id that would be a header of its own, if it could.
    caller.say("retry: 1\nid: a\u{1b}b\ndata: {\"name\":\"a\"}\n\n").await?;
    caller.end().await?;
    let played = async {
        let event = timeout(LONG, events.next()).await?.ok_or("no event")??;
        assert_eq!(event.id, "a\u{1b}b");
        Ok::<_, Box<dyn std::error::Error>>(timeout(LONG, events.next()).await?)
    };
    let url = elsewhere.url()?;
    let moved = async {
        let mut caller = stage.caller().await?;
        assert_eq!((caller.header("x-key"), caller.header("last-event-id")), (Some("secret"), None));
        caller
            .raw(&format!("HTTP/1.1 307 Moved\r\nLocation: {url}/streams/events\r\nContent-Length: 0\r\n\r\n"))
            .await?;
        Ok::<_, io::Error>(caller)
    };
    let (ended, moved) = tokio::join!(played, moved);
    moved?;
    assert!(matches!(ended?, Some(Err(Error::Status(error))) if error.status() == 307));
    assert!(!elsewhere.is_called().await, "the credentials would go to another server");
    Ok(())
}

/// The longest time that can be written is longer than any clock counts.
#[tokio::test]
async fn a_stream_may_state_any_time_to_wait() -> Outcome {
    let stage = Stage::open().await?;
    let (events, mut caller) = stage.answer(stage.client()?.streams().events().send(), "text/event-stream").await?;
    let mut events = events.reconnecting(3);
    caller.say(format!("retry: {}\nid: 1\ndata: {{\"name\":\"a\"}}\n\n", "9".repeat(400))).await?;
    caller.end().await?;
    assert!(timeout(LONG, events.next()).await?.is_some_and(|event| event.is_ok()));
    assert!(timeout(Duration::from_millis(100), events.next()).await.is_err(), "it waits");
    Ok(())
}

//! Lines of JSON and JSON text sequences as typed streams.

mod stage;

use std::error::Error as StdError;
use std::pin::Pin;

use futures_core::Stream;
use stage::{Caller, LONG, Outcome, Stage};
use tokio::time::timeout;
use wire_sdk::models::Item;
use wire_sdk::{Error, Lines};

const NDJSON: &str = "application/x-ndjson";
const SEQUENCE: &str = "application/json-seq";

async fn lines(stage: &Stage, media_type: &str) -> Result<(Lines<Item>, Caller), Box<dyn StdError>> {
    stage.answer(stage.client()?.streams().lines().send(), media_type).await
}

async fn sequence(stage: &Stage) -> Result<(Lines<Item>, Caller), Box<dyn StdError>> {
    stage.answer(stage.client()?.streams().sequence().send(), SEQUENCE).await
}

/// The name of the next item; what else comes is an error.
async fn name(lines: &mut Lines<Item>) -> Result<String, Box<dyn StdError>> {
    let item = timeout(LONG, lines.next()).await?;
    Ok(item.ok_or("the stream ended")??.name)
}

/// What the next item, which cannot be read, came as, and the place in it.
async fn broken(lines: &mut Lines<Item>) -> Result<(String, String), Box<dyn StdError>> {
    match timeout(LONG, lines.next()).await? {
        Some(Err(Error::Decode(error))) => {
            assert!(error.source().is_some());
            Ok((String::from_utf8_lossy(error.body()).into_owned(), error.path().to_owned()))
        }
        other => Err(format!("{other:?} is no item that cannot be read").into()),
    }
}

#[tokio::test]
async fn items_come_while_the_answer_does() -> Outcome {
    let stage = Stage::open().await?;
    let (mut items, mut caller) = lines(&stage, NDJSON).await?;
    assert_eq!((caller.request(), caller.header("accept")), ("GET /streams/lines", Some(NDJSON)));
    caller.say("{\"name\":\"a\"}\n{\"na").await?;
    assert_eq!(name(&mut items).await?, "a");
    caller.say("me\":\"b\"}\r\n\r\n").await?;
    assert_eq!(name(&mut items).await?, "b");
    caller.say("{\"name\":\"c\"}").await?;
    caller.end().await?;
    assert_eq!(name(&mut items).await?, "c", "the last line need not end");
    assert!(timeout(LONG, items.next()).await?.is_none());
    assert!(items.next().await.is_none(), "again");

    let (mut items, mut caller) = sequence(&stage).await?;
    assert_eq!((caller.request(), caller.header("accept")), ("GET /streams/sequence", Some(SEQUENCE)));
    for (piece, expected) in [("\u{1e}{\"name\":\"a\"}\n", "a"), ("\u{1e}{\n\"name\":\n\"b\"\n}\n", "b")] {
        caller.say(piece).await?;
        assert_eq!(name(&mut items).await?, expected, "at once");
    }
    Ok(())
}

#[tokio::test]
async fn an_item_that_cannot_be_read_is_an_error_and_the_next_one_comes() -> Outcome {
    let stage = Stage::open().await?;
    let (items, mut caller) = lines(&stage, NDJSON).await?;
    let mut items = items.limit(40);
    for (line, place) in [("{\"name\":7}", "name"), ("{\"name\":", "name"), ("no JSON", "."), ("[] []", ".")] {
        caller.say(format!("{line}\n{{\"name\":\"next\"}}\n")).await?;
        let (body, path) = broken(&mut items).await?;
        assert_eq!((&*body, &*path), (line, place));
        assert_eq!(name(&mut items).await?, "next");
    }
    caller.say(format!("\"{}\"\n{{\"name\":\"next\"}}\n", "x".repeat(40))).await?;
    assert_eq!(broken(&mut items).await?, (String::new(), ".".into()), "beyond the limit");
    assert_eq!(name(&mut items).await?, "next");

    let (mut items, mut caller) = sequence(&stage).await?;
    caller.say("\u{1e}{\"name\":\u{1e}{\"name\":\"next\"}\n7\n\u{1e}7").await?;
    caller.end().await?;
    assert_eq!(broken(&mut items).await?.0, "{\"name\":");
    assert_eq!(name(&mut items).await?, "next");
    broken(&mut items).await.map_err(|error| format!("without a separator: {error}"))?;
    broken(&mut items).await.map_err(|error| format!("cut off: {error}"))?;
    assert!(timeout(LONG, items.next()).await?.is_none());
    Ok(())
}

#[tokio::test]
async fn what_is_cut_off_is_not_lost_in_silence() -> Outcome {
    let stage = Stage::open().await?;
    let (mut items, mut caller) = lines(&stage, NDJSON).await?;
    caller.say("{\"name\":\"a\"}\n{\"name\":\"b").await?;
    caller.end().await?;
    assert_eq!(name(&mut items).await?, "a");
    assert_eq!(broken(&mut items).await?.0, "{\"name\":\"b");
    assert!(timeout(LONG, items.next()).await?.is_none());

    for media_type in [NDJSON, SEQUENCE] {
        let (mut items, mut caller) = lines(&stage, media_type).await?;
        caller
            .say(
                "\u{1e}{\"name\":\"a\"}\n\u{1e}{\"name\":\"b"
                    .replace('\u{1e}', if media_type == NDJSON { "" } else { "\u{1e}" }),
            )
            .await?;
        assert_eq!(name(&mut items).await?, "a");
        caller.hang_up();
        let outcome = timeout(LONG, items.next()).await?;
        assert!(matches!(&outcome, Some(Err(Error::Transport(_)))), "{outcome:?}");
        assert!(items.next().await.is_none(), "nothing follows");
    }
    Ok(())
}

#[tokio::test]
async fn the_media_type_that_came_decides() -> Outcome {
    let stage = Stage::open().await?;
    let line = "{\"name\":\"a\"}\n{\"name\":\"b\"}\n";
    for (media_type, text) in [
        ("", line),
        ("application/jsonl", line),
        ("Application/X-NDJSON; charset=utf-8", line),
        ("application/json-seq", "\u{1e}{\"name\":\"a\"}\n\u{1e}{\"name\":\"b\"}\n"),
    ] {
        let (mut items, mut caller) = lines(&stage, media_type).await?;
        caller.say(text).await?;
        caller.end().await?;
        assert_eq!((name(&mut items).await?, name(&mut items).await?), ("a".into(), "b".into()), "{media_type}");
        assert!(timeout(LONG, items.next()).await?.is_none());
    }

    let client = stage.client()?;
    let play = async { stage.caller().await?.whole(200, "application/json", "{\n  \"name\": \"a\"\n}\n").await };
    let (answer, played) = tokio::join!(client.streams().lines().send(), play);
    played?;
    let mut items = answer?.into_inner();
    assert_eq!(name(&mut items).await?, "a", "one JSON text is one item, however it is written");
    assert!(items.next().await.is_none());

    let play = async { stage.caller().await?.whole(200, "text/html", "<title>Sign in</title>").await };
    let (answer, played) = tokio::join!(client.streams().lines().send(), play);
    played?;
    let Err(Error::Decode(error)) = answer else { return Err("a page was read as lines".into()) };
    assert_eq!(error.body(), "<title>Sign in</title>");
    Ok(())
}

#[tokio::test]
async fn dropping_a_stream_closes_the_connection() -> Outcome {
    let stage = Stage::open().await?;
    let (mut items, mut caller) = lines(&stage, NDJSON).await?;
    caller.say("{\"name\":\"a\"}\n{\"name\":\"b\"}\n{").await?;
    assert_eq!(name(&mut items).await?, "a");
    assert!(!format!("{items:?}").contains('b'), "what came may be a secret");
    drop(items);
    assert!(caller.leaves().await);
    Ok(())
}

#[tokio::test]
async fn items_are_a_stream_that_can_be_sent_elsewhere() -> Outcome {
    let stage = Stage::open().await?;
    let (mut items, mut caller) = lines(&stage, NDJSON).await?;
    caller.say("{\"name\":\"a\"}\n").await?;
    caller.end().await?;
    let count = tokio::spawn(async move {
        let mut count = 0;
        while let Some(item) = std::future::poll_fn(|cx| Pin::new(&mut items).poll_next(cx)).await {
            count += usize::from(item.is_ok());
        }
        count
    });
    assert_eq!(timeout(LONG, count).await??, 1);
    Ok(())
}

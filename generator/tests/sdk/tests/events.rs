//! Server-sent events as typed streams: what is given, what is left out, what ends one.

mod stage;

use std::error::Error as StdError;
use std::pin::{Pin, pin};
use std::time::Duration;

use futures_core::Stream;
use stage::{Caller, LONG, Outcome, Stage};
use tokio::time::{sleep, timeout};
use wire_sdk::models::Item;
use wire_sdk::{Error, Events};

const EVENTS: &str = "text/event-stream";

async fn follow(stage: &Stage) -> Result<(Events<Item>, Caller), Box<dyn StdError>> {
    let client = stage.client()?;
    stage.answer(client.streams().events().send(), EVENTS).await
}

/// The name of the next item; what else comes is an error.
async fn name(events: &mut Events<Item>) -> Result<String, Box<dyn StdError>> {
    let event = timeout(LONG, events.next()).await?;
    Ok(event.ok_or("the stream ended")??.data.name)
}

#[tokio::test]
async fn items_come_while_the_answer_does_and_the_ids_say_what_they_are() -> Outcome {
    let stage = Stage::open().await?;
    let (mut events, mut caller) = follow(&stage).await?;
    assert_eq!((caller.request(), caller.header("accept")), ("GET /streams/events", Some(EVENTS)));

    caller.say("id: start\ndata: not an item\n\nid: progress\nevent: item\ndata: {\"name\":\ndata: \"a\"}\n\n").await?;
    let event = timeout(LONG, events.next()).await?.ok_or("no event")??;
    assert_eq!((&*event.data.name, &*event.event, &*event.id), ("a", "item", "progress"));

    caller.say("id: progress\ndata: {\"name\": \"b\", \"level\": \"LOW\"}\n\n").await?;
    assert_eq!(name(&mut events).await?, "b");

    caller.say("id: end\ndata: {\"name\": \"c\"}\n\nid: progress\ndata: {\"name\": \"never\"}\n\n").await?;
    assert_eq!(name(&mut events).await?, "c", "the last event is one");
    assert!(timeout(LONG, events.next()).await?.is_none(), "behind the last event");
    assert!(events.next().await.is_none(), "again");
    assert!(caller.leaves().await, "the connection is closed after the last event");
    Ok(())
}

#[tokio::test]
async fn a_last_event_without_data_only_ends_the_stream() -> Outcome {
    for last in ["id: end\ndata:\n\n", "id: end\n\n", "event: gone\nid: end\n\n"] {
        let stage = Stage::open().await?;
        let (mut events, mut caller) = follow(&stage).await?;
        caller.say(format!("id: progress\ndata: {{\"name\":\"a\"}}\n\n{last}")).await?;
        assert_eq!(name(&mut events).await?, "a", "{last:?}");
        assert!(timeout(LONG, events.next()).await?.is_none(), "{last:?}");
        assert!(caller.leaves().await, "{last:?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_id_that_stayed_from_an_earlier_event_means_nothing() -> Outcome {
    let stage = Stage::open().await?;
    let (mut events, mut caller) = follow(&stage).await?;
    caller.say("id: start\ndata: x\n\ndata: {\"name\":\"a\"}\n\n").await?;
    let event = timeout(LONG, events.next()).await?.ok_or("no event")??;
    assert_eq!((&*event.data.name, &*event.id, &*event.event), ("a", "start", "message"));
    Ok(())
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_an_error_and_the_next_one_comes() -> Outcome {
    let stage = Stage::open().await?;
    let (events, mut caller) = follow(&stage).await?;
    let mut events = events.limit(64);
    for (text, body, path) in [
        ("data: {\"name\":7}\n\n", r#"{"name":7}"#, "name"),
        ("data: not JSON\n\n", "not JSON", "."),
        ("data: {\"name\":\"a\"} {}\n\n", r#"{"name":"a"} {}"#, "."),
        ("data\n\n", "", "."),
        (&format!("data: {{\"name\":\"{}\"}}\n\n", "x".repeat(64)), "", "."),
    ] {
        caller.say(format!("{text}data: {{\"name\":\"next\"}}\n\n")).await?;
        let Some(Err(Error::Decode(error))) = timeout(LONG, events.next()).await? else {
            return Err(format!("{text:?} was read").into());
        };
        assert_eq!((error.operation(), error.status().as_u16(), error.path()), ("events", 200, path), "{text:?}");
        assert_eq!((error.body(), &error.headers()["content-type"]), (&body.into(), &EVENTS.parse()?), "{text:?}");
        assert!(error.source().is_some_and(|source| body.len() > 1 || source.to_string().len() > 10), "{text:?}");
        assert_eq!(name(&mut events).await?, "next", "{text:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_stream_that_ends_ends_and_one_that_breaks_off_is_an_error() -> Outcome {
    let stage = Stage::open().await?;
    let (mut events, mut caller) = follow(&stage).await?;
    caller.say("data: {\"name\":\"a\"}\n\ndata: {\"name\":\"half\"}\n").await?;
    caller.end().await?;
    assert_eq!(name(&mut events).await?, "a");
    assert!(timeout(LONG, events.next()).await?.is_none());

    let (mut events, mut caller) = follow(&stage).await?;
    caller.say("data: {\"name\":\"a\"}\n\n").await?;
    assert_eq!(name(&mut events).await?, "a");
    caller.hang_up();
    let Some(Err(Error::Transport(error))) = timeout(LONG, events.next()).await? else { return Err("no error".into()) };
    assert_eq!((error.operation(), error.status().map(|status| status.as_u16())), ("events", Some(200)));
    assert!(events.next().await.is_none(), "nothing follows");
    assert!(!stage.is_called().await, "nobody asked for a second try");
    Ok(())
}

#[tokio::test]
async fn dropping_a_stream_closes_the_connection() -> Outcome {
    let stage = Stage::open().await?;
    let (events, caller) = follow(&stage).await?;
    drop(events);
    assert!(caller.leaves().await, "before the first event");

    let (mut events, mut caller) = follow(&stage).await?;
    caller.say("data: {\"name\":\"a\"}\n\ndata: {\"name\":\"b\"}\n\ndata: {").await?;
    assert_eq!(name(&mut events).await?, "a");
    drop(events);
    assert!(caller.leaves().await, "in the middle");
    Ok(())
}

#[tokio::test]
async fn a_limit_in_time_is_for_the_beginning_only() -> Outcome {
    let stage = Stage::open().await?;
    let client = stage.builder()?.timeout(Duration::from_secs(1)).build()?;
    let (mut events, mut caller) = stage.answer(client.streams().events().send(), EVENTS).await?;
    sleep(Duration::from_millis(1300)).await;
    caller.say("data: {\"name\":\"late\"}\n\n").await?;
    assert_eq!(name(&mut events).await?, "late");
    Ok(())
}

#[tokio::test]
async fn data_that_is_a_mere_string_is_given_as_it_is() -> Outcome {
    let stage = Stage::open().await?;
    let client = stage.client()?;
    let (mut events, mut caller) = stage.answer(client.streams().plain_events().send(), EVENTS).await?;
    caller.say("data: \"quoted\"\n\ndata: two\ndata: lines\n\ndata\n\nid: end\ndata: [DONE]\n\ndata: on\n\n").await?;
    for expected in ["\"quoted\"", "two\nlines", "", "[DONE]", "on"] {
        assert_eq!(timeout(LONG, events.next()).await?.ok_or("no event")??.data, expected, "no rules hold here");
    }
    Ok(())
}

#[tokio::test]
async fn whether_it_is_a_stream_of_events_is_for_the_media_type_to_say() -> Outcome {
    let stage = Stage::open().await?;
    let client = stage.client()?;
    for media_type in ["", "text/event-stream; charset=utf-8", "Text/Event-Stream"] {
        let (mut events, mut caller) = stage.answer(client.streams().events().send(), media_type).await?;
        caller.say("data: {\"name\":\"a\"}\n\n").await?;
        assert_eq!(name(&mut events).await?, "a", "{media_type:?}");
    }
    let play = async { stage.caller().await?.whole(200, "text/html", "<title>Sign in</title>").await };
    let (answer, played) = tokio::join!(client.streams().events().send(), play);
    played?;
    let Err(Error::Decode(error)) = answer else { return Err("a page was read as events".into()) };
    assert_eq!(error.body(), "<title>Sign in</title>");
    assert!(error.source().is_some_and(|source| source.to_string().contains("text/html")), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn an_answer_without_a_body_is_a_stream_without_events() -> Outcome {
    let stage = Stage::open().await?;
    let client = stage.client()?;
    let play = async { stage.caller().await?.whole(204, EVENTS, "").await };
    let (answer, played) = tokio::join!(client.streams().events().send(), play);
    played?;
    let mut events = answer?.into_inner().reconnecting(3);
    assert!(timeout(LONG, events.next()).await?.is_none());
    assert!(!stage.is_called().await, "204 says that there is nothing more");
    Ok(())
}

#[tokio::test]
async fn events_are_a_stream_that_can_be_sent_elsewhere() -> Outcome {
    async fn collect(stream: impl Stream<Item = Result<wire_sdk::Event<Item>, Error>> + Send) -> Vec<String> {
        let mut stream = pin!(stream);
        let mut names = Vec::new();
        while let Some(event) = std::future::poll_fn(|cx| Pin::as_mut(&mut stream).poll_next(cx)).await {
            names.extend(event.map(|event| event.data.name));
        }
        names
    }
    let stage = Stage::open().await?;
    let (events, mut caller) = follow(&stage).await?;
    assert!(!format!("{events:?}").is_empty());
    let names = tokio::spawn(collect(events));
    for piece in b"data: {\"name\":\"\xC3\xA4\"}\r\n\r\ndata: {\"name\":\"b\"}\r\n\r\n".chunks(1) {
        caller.say(piece).await?;
    }
    caller.end().await?;
    assert_eq!(timeout(LONG, names).await??, ["\u{e4}", "b"]);
    Ok(())
}

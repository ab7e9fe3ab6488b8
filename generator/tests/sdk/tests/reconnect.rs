//! A stream of events that broke off is asked for again where the caller wants it, and not forever.

mod stage;

use std::error::Error as StdError;
use std::time::Duration;

use stage::{Caller, LONG, Outcome, Stage};
use tokio::io::empty;
use tokio::time::{Instant, timeout};
use wire_sdk::models::Item;
use wire_sdk::{Error, Events, Reconnect, Upload};

const EVENTS: &str = "text/event-stream";
const A: &str = "data: {\"name\":\"a\"}\n\n";
const B: &str = "data: {\"name\":\"b\"}\n\n";

/// Waits for nothing.
fn at_once(attempts: u32) -> Reconnect {
    Reconnect::attempts(attempts).wait(Duration::ZERO)
}

async fn follow(stage: &Stage, policy: impl Into<Reconnect>) -> Result<(Events<Item>, Caller), Box<dyn StdError>> {
    let client = stage.builder()?.basic_auth("ada", "secret").default_header("x-trace", "t1").build()?;
    let (events, caller) = stage.answer(client.streams().events().send(), EVENTS).await?;
    Ok((events.reconnecting(policy), caller))
}

/// The name of the next item; what else comes is an error.
async fn name(events: &mut Events<Item>) -> Result<String, Box<dyn StdError>> {
    let event = timeout(LONG, events.next()).await?;
    Ok(event.ok_or("the stream ended")??.data.name)
}

/// The next item, for which the server is called again, and who called.
async fn again(stage: &Stage, events: &mut Events<Item>, answer: &str) -> Result<(String, Caller), Box<dyn StdError>> {
    let play = async {
        let mut caller = stage.caller().await?;
        caller.begin(200, EVENTS).await?;
        caller.say(answer).await?;
        Ok::<_, std::io::Error>(caller)
    };
    let (name, caller) = tokio::join!(name(events), play);
    Ok((name?, caller?))
}

#[tokio::test]
async fn the_same_request_is_sent_again_with_the_last_id() -> Outcome {
    let stage = Stage::open().await?;
    let (mut events, mut first) = follow(&stage, at_once(1)).await?;
    assert_eq!(first.header("last-event-id"), None);
    first.say(format!("id: 7\n{A}id: 8\ndata: {{\"name\":\"half\"}}\n")).await?;
    assert_eq!(name(&mut events).await?, "a");
    first.hang_up();

    let (item, mut second) = again(&stage, &mut events, B).await?;
    assert_eq!(item, "b", "what broke off in the middle is not mixed with what comes");
    assert_eq!((second.request(), second.header("last-event-id")), ("GET /streams/events", Some("7")));
    for (name, value) in [("accept", EVENTS), ("x-trace", "t1")] {
        assert_eq!(second.header(name), Some(value));
    }

    // A clean end is mended too, and the id stays where no other came.
    second.say("id: \u{e9}\n\n").await?;
    second.end().await?;
    let (_, mut third) = again(&stage, &mut events, A).await?;
    assert_eq!(third.header("last-event-id"), Some("\u{e9}"), "in UTF-8");
    third.say("id\n\n").await?;
    third.hang_up();
    let (_, mut fourth) = again(&stage, &mut events, A).await?;
    assert_eq!(fourth.header("last-event-id"), None, "the id was cleared");

    fourth.say("id: end\ndata: {\"name\":\"last\"}\n\n").await?;
    assert_eq!(name(&mut events).await?, "last");
    assert!(timeout(LONG, events.next()).await?.is_none());
    assert!(fourth.leaves().await && !stage.is_called().await, "the last event is not mended");
    Ok(())
}

#[tokio::test]
async fn the_stream_says_how_long_to_wait() -> Outcome {
    let stage = Stage::open().await?;
    let policy = Reconnect::attempts(1).wait(Duration::from_secs(3600)).longest_wait(Duration::ZERO);
    let (mut events, mut first) = follow(&stage, policy).await?;
    first.say(format!("{A}retry: 300\n")).await?;
    assert_eq!(name(&mut events).await?, "a");
    first.hang_up();
    let begun = Instant::now();
    again(&stage, &mut events, B).await?;
    assert!(begun.elapsed() >= Duration::from_millis(300), "{:?}", begun.elapsed());
    Ok(())
}

#[tokio::test]
async fn each_failure_doubles_the_wait_up_to_a_limit() -> Outcome {
    for (attempts, longest, least, most) in [(4, 60_000, 15 * 20, 20_000), (20, 20, 20 * 20, 20_000)] {
        let stage = Stage::open().await?;
        let policy = Reconnect::attempts(attempts).wait(Duration::from_millis(20));
        let (mut events, first) = follow(&stage, policy.longest_wait(Duration::from_millis(longest))).await?;
        drop(stage);
        let begun = Instant::now();
        first.hang_up();
        let outcome = timeout(LONG, events.next()).await?;
        assert!(matches!(&outcome, Some(Err(Error::Transport(error))) if error.is_connect()), "{outcome:?}");
        let took = begun.elapsed().as_millis();
        assert!((least..most).contains(&took), "{attempts} attempts took {took} ms");
    }
    Ok(())
}

#[tokio::test]
async fn it_gives_up_after_so_many_failures_in_a_row() -> Outcome {
    let stage = Stage::open().await?;
    let (mut events, mut first) = follow(&stage, at_once(3)).await?;
    first.say(A).await?;
    assert_eq!(name(&mut events).await?, "a");
    first.hang_up();
    let play = async {
        // No answer, an answer without a byte, and then one with some: that is no failure.
        stage.caller().await?.hang_up();
        let mut caller = stage.caller().await?;
        caller.begin(200, EVENTS).await?;
        caller.hang_up();
        let mut caller = stage.caller().await?;
        caller.begin(200, EVENTS).await?;
        caller.say(": still here\n").await?;
        caller.hang_up();
        // A gateway without a server, once and again, and no answer.
        stage.caller().await?.whole(503, "text/plain", "soon").await?;
        stage.caller().await?.whole(502, "text/plain", "soon").await?;
        stage.caller().await?.hang_up();
        Ok::<_, std::io::Error>(())
    };
    let (outcome, played) = tokio::join!(timeout(LONG, events.next()), play);
    played?;
    let Some(Err(Error::Transport(error))) = outcome? else { return Err("no error".into()) };
    assert_eq!(error.status(), None, "the last failure is the error");
    assert!(events.next().await.is_none());
    assert!(!stage.is_called().await);
    Ok(())
}

#[tokio::test]
async fn a_stream_that_ends_without_a_byte_is_given_up_without_an_error() -> Outcome {
    let stage = Stage::open().await?;
    let (mut events, first) = follow(&stage, at_once(1)).await?;
    first.end().await?;
    let play = async {
        let mut caller = stage.caller().await?;
        caller.begin(200, EVENTS).await?;
        caller.end().await
    };
    let (outcome, played) = tokio::join!(timeout(LONG, events.next()), play);
    played?;
    assert!(outcome?.is_none());
    assert!(!stage.is_called().await);
    Ok(())
}

#[tokio::test]
async fn an_answer_that_would_be_the_same_again_ends_it() -> Outcome {
    for (status, media_type, body) in
        [(204, EVENTS, ""), (404, "text/plain", "gone"), (500, "text/plain", ""), (200, "text/html", "<p>")]
    {
        let stage = Stage::open().await?;
        let (mut events, first) = follow(&stage, at_once(9)).await?;
        first.hang_up();
        let play = async { stage.caller().await?.whole(status, media_type, body).await };
        let (outcome, played) = tokio::join!(timeout(LONG, events.next()), play);
        played?;
        match outcome? {
            None => assert_eq!(status, 204),
            Some(Err(Error::Status(error))) => {
                assert_eq!((error.status().as_u16(), &error.body()[..]), (status, body.as_bytes()))
            }
            Some(Err(Error::Decode(error))) => assert_eq!((error.status().as_u16(), media_type), (200, "text/html")),
            other => return Err(format!("{status}: {other:?}").into()),
        }
        assert!(events.next().await.is_none(), "{status}");
        assert!(!stage.is_called().await, "{status}");
    }
    Ok(())
}

#[tokio::test]
async fn a_body_is_sent_again_only_if_it_is_still_there() -> Outcome {
    for (body, is_kept) in [(Upload::bytes("body"), true), (Upload::reader(empty(), Some(0)), false)] {
        let stage = Stage::open().await?;
        let client = stage.client()?;
        let request = client.streams().answered_events(body);
        let (events, mut first) = stage.answer(request.send(), EVENTS).await?;
        let mut events = events.reconnecting(at_once(3));
        first.say(A).await?;
        assert_eq!(name(&mut events).await?, "a");
        let body = first.body.clone();
        first.hang_up();
        if is_kept {
            let (item, second) = again(&stage, &mut events, B).await?;
            assert_eq!((&*item, second.request()), ("b", "POST /streams/answered-events"));
            assert_eq!((&second.body, second.header("content-length")), (&body, Some("4")));
        } else {
            let outcome = timeout(LONG, events.next()).await?;
            assert!(matches!(&outcome, Some(Err(Error::Transport(_)))), "{outcome:?}");
            assert!(!stage.is_called().await);
        }
    }
    Ok(())
}

#[tokio::test]
async fn dropping_a_stream_ends_the_waiting() -> Outcome {
    let stage = Stage::open().await?;
    let (mut events, first) = follow(&stage, Reconnect::attempts(5).wait(Duration::from_millis(50))).await?;
    first.hang_up();
    assert!(timeout(Duration::from_millis(20), events.next()).await.is_err(), "it waits");
    drop(events);
    assert!(!stage.is_called().await);
    Ok(())
}

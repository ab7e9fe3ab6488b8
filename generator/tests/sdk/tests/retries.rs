//! A request that failed is sent again where the caller wants it, where it does no harm, and not
//! forever.

mod stage;

#[allow(unreachable_pub, reason = "the runtime is written for the crate around it")]
#[path = "../src/runtime/retry_after.rs"]
mod retry_after;

use std::fmt::Debug;
use std::io;
use std::time::{Duration, UNIX_EPOCH};

use stage::{LONG, Outcome, Stage};
use tokio::time::{Instant, sleep, timeout};
use wire_sdk::models::Item;
use wire_sdk::{Client, Error, Response, Retries, Upload};

/// What the server does with one request.
#[derive(Debug, Clone, Copy)]
enum Play {
    /// It answers with a status and more fields of the head.
    Reply(u16, &'static str),
    /// It hangs up before any answer.
    HangUp,
    /// It hangs up in the middle of the answer.
    Break,
    /// It never answers.
    Silence,
}

use Play::{Break, HangUp, Reply, Silence};

const MS: Duration = Duration::from_millis(1);
const OK: Play = Reply(204, "");

/// Hardly waits.
fn soon(attempts: u32) -> Retries {
    Retries::attempts(attempts).wait(MS)
}

/// How a call ended, and how many requests came. What it is played is all that may come.
async fn played<T: Debug, F>(
    plays: &[Play],
    make: impl FnOnce(Client) -> F,
) -> Result<(Result<T, Error>, usize), Box<dyn std::error::Error>>
where
    F: Future<Output = Result<Response<T>, Error>>,
{
    let stage = Stage::open().await?;
    let client = stage.builder()?.timeout(LONG).build()?;
    let mut came = 0;
    let ended = {
        let serve = async {
            let mut waiting = Vec::new();
            for play in plays {
                let mut caller = stage.caller().await?;
                came += 1;
                match *play {
                    Reply(status, fields) => caller.reply(status, fields).await?,
                    HangUp => caller.hang_up(),
                    Break => {
                        caller.begin(200, "").await?;
                        caller.hang_up();
                    }
                    Silence => waiting.push(caller),
                }
            }
            // Whoever waits still may go on to do so.
            std::future::pending::<io::Result<()>>().await
        };
        tokio::select! {
            ended = make(client) => ended,
            failed = serve => return Err(format!("the server failed: {failed:?}").into()),
        }
    };
    assert!(!stage.is_called().await, "{plays:?}: there was one call more");
    Ok((ended.map(Response::into_inner), came))
}

/// The error of a call that failed, with its message.
fn error<T: Debug>(ended: Result<T, Error>) -> Result<(Error, String), String> {
    let error = ended.err().ok_or("a success")?;
    let message = error.to_string();
    Ok((error, message))
}

#[tokio::test]
async fn failures_are_tried_again_until_one_goes_well() -> Outcome {
    let plays = [Reply(503, ""), HangUp, Reply(429, ""), Break, Reply(408, ""), Reply(502, ""), Reply(504, ""), OK];
    let (ended, came) = played(&plays, |client| client.answers().read_nothing().retries(soon(8)).send()).await?;
    ended?;
    assert_eq!(came, 8);
    Ok(())
}

#[tokio::test]
async fn a_request_is_sent_once_unless_somebody_asks_for_more() -> Outcome {
    let (ended, came) = played(&[Reply(503, "")], |client| client.answers().read_nothing().send()).await?;
    let (error, message) = error(ended)?;
    assert!(matches!(error, Error::Status(error) if error.attempts() == 1));
    assert_eq!((came, message.as_str()), (1, "readNothing: 503 Service Unavailable"));
    Ok(())
}

#[tokio::test]
async fn the_last_failure_is_told_with_the_number_of_attempts() -> Outcome {
    let plays = [HangUp, HangUp, Reply(502, "")];
    let (ended, came) = played(&plays, |client| client.answers().read_nothing().retries(soon(3)).send()).await?;
    let (failed, message) = error(ended)?;
    assert!(matches!(failed, Error::Status(error) if error.attempts() == 3));
    assert_eq!((came, message.as_str()), (3, "readNothing: 502 Bad Gateway, in 3 attempts"));
    let (ended, _) =
        played(&[Reply(502, ""), HangUp], |client| client.answers().read_nothing().retries(soon(2)).send()).await?;
    let (failed, message) = error(ended)?;
    assert!(matches!(failed, Error::Transport(error) if error.attempts() == 2));
    assert_eq!(message, "readNothing: no complete answer came, in 2 attempts");
    Ok(())
}

#[tokio::test]
async fn what_would_fail_again_is_not_tried_again() -> Outcome {
    for status in [400, 401, 404, 409, 422, 500, 501, 307] {
        let plays = [Reply(status, "")];
        let (ended, _) = played(&plays, |client| client.answers().read_nothing().retries(soon(3)).send()).await?;
        assert_eq!(error(ended)?.0.status().map(|status| status.as_u16()), Some(status));
    }
    // An answer that cannot be read is read no better the next time.
    let (ended, _) = played(&[Reply(200, "")], |client| client.answers().read_json().retries(soon(3)).send()).await?;
    assert!(matches!(error(ended)?.0, Error::Decode(_)));
    Ok(())
}

#[tokio::test]
async fn idempotent_methods_are_sent_again_with_their_body() -> Outcome {
    for play in [HangUp, Break, Reply(503, ""), Reply(504, "")] {
        let (ended, _) =
            played(&[play, OK], |client| client.bodies().send_image("image").retries(soon(2)).send()).await?;
        ended?;
        let (ended, _) =
            played(&[play, OK], |client| client.parameters().forget_param_things().tenant("t").retries(soon(2)).send())
                .await?;
        ended?;
    }
    Ok(())
}

#[tokio::test]
async fn a_post_is_sent_once_unless_it_was_surely_not_taken() -> Outcome {
    for play in [HangUp, Break, Reply(503, ""), Reply(429, ""), Reply(502, ""), Reply(504, "Retry-After: 0\r\n")] {
        let (ended, _) = played(&[play], |client| client.bodies().send_text("a").retries(soon(3)).send()).await?;
        error(ended)?;
    }
    for play in [Reply(503, "Retry-After: 0\r\n"), Reply(429, "Retry-After: 0\r\n")] {
        let (ended, _) = played(&[play, OK], |client| client.bodies().send_text("a").retries(soon(3)).send()).await?;
        ended?;
    }
    Ok(())
}

#[tokio::test]
async fn the_caller_knows_what_is_idempotent() -> Outcome {
    let (ended, _) = played(&[HangUp, Reply(502, ""), OK], |client| {
        client.bodies().send_text("a").idempotent(true).retries(soon(3)).send()
    })
    .await?;
    ended?;
    let (ended, _) =
        played(&[Reply(502, "")], |client| client.answers().read_nothing().idempotent(false).retries(soon(3)).send())
            .await?;
    error(ended)?;
    Ok(())
}

#[tokio::test]
async fn a_body_that_is_read_while_it_is_sent_is_sent_once() -> Outcome {
    for play in [HangUp, Reply(503, "Retry-After: 0\r\n")] {
        let (ended, _) = played(&[play], |client| {
            client.streams().upload(Upload::reader(&b"abc"[..], Some(3))).retries(soon(3)).send()
        })
        .await?;
        error(ended)?;
    }
    let (ended, _) =
        played(&[HangUp, OK], |client| client.streams().upload(Upload::bytes("abc")).retries(soon(3)).send()).await?;
    ended?;
    Ok(())
}

#[tokio::test]
async fn without_a_connection_any_method_is_tried_again() -> Outcome {
    let stage = Stage::open().await?;
    let client = stage.builder()?.retries(Retries::attempts(3).wait(MS)).build()?;
    drop(stage);
    let (failed, message) = error(client.bodies().send_text("a").send().await)?;
    assert!(matches!(&failed, Error::Transport(error) if error.is_connect() && error.attempts() == 3), "{message}");

    let stage = Stage::open().await?;
    let (address, client) =
        (stage.address()?, stage.builder()?.retries(Retries::attempts(500).wait(MS).longest_wait(20 * MS)).build()?);
    drop(stage);
    let late = async {
        sleep(50 * MS).await;
        Stage::open_at(address).await?.caller().await?.reply(204, "").await
    };
    let (ended, served) = timeout(LONG, async { tokio::join!(client.bodies().send_text("a").send(), late) }).await?;
    served?;
    ended?;
    Ok(())
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() -> Outcome {
    let long = Retries::attempts(2).wait(LONG * 10).longest_wait(LONG * 10);
    // Sooner than the policy would, at once after a date that is over, and later.
    for (after, least) in [("0", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("1", 1000)] {
        let fields: &'static str = format!("Retry-After: {after}\r\n").leak();
        let begun = Instant::now();
        let (ended, came) =
            played(&[Reply(503, fields), OK], |client| client.answers().read_nothing().retries(long.clone()).send())
                .await?;
        ended?;
        assert!(came == 2 && begun.elapsed().as_millis() >= least, "{after}: {:?}", begun.elapsed());
    }
    Ok(())
}

#[tokio::test]
async fn a_wait_beyond_a_limit_is_not_waited() -> Outcome {
    // Longer than the policy takes, and than the call has time.
    for (fields, retries, limit) in [
        ("Retry-After: 31\r\n", Retries::attempts(2), LONG * 10),
        ("Retry-After: 99999999999999999999999\r\n", Retries::attempts(2), LONG * 10),
        ("Retry-After: 20\r\n", Retries::attempts(2), LONG / 2),
        ("Retry-After: soon\r\n", Retries::attempts(2).wait(LONG), LONG / 4),
        ("", Retries::attempts(2).wait(LONG), LONG / 4),
    ] {
        let begun = Instant::now();
        let (ended, _) = played(&[Reply(503, fields)], |client| {
            client.answers().read_nothing().retries(retries).timeout(limit).send()
        })
        .await?;
        assert!(matches!(error(ended)?.0, Error::Status(error) if error.attempts() == 1), "{fields}");
        assert!(begun.elapsed() < LONG / 4, "{fields}: {:?}", begun.elapsed());
    }
    Ok(())
}

#[tokio::test]
async fn the_timeout_is_for_all_attempts() -> Outcome {
    let begun = Instant::now();
    let (ended, came) = played(&[Reply(503, ""), HangUp, Silence], |client| {
        client.answers().read_nothing().retries(soon(9)).timeout(1000 * MS).send()
    })
    .await?;
    let (failed, message) = error(ended)?;
    assert!(matches!(&failed, Error::Transport(error) if error.is_timeout() && error.attempts() == 3), "{message}");
    assert!(came == 3 && begun.elapsed() < LONG / 2);
    // A hundred attempts do not fit into it.
    let begun = Instant::now();
    let retries = Retries::attempts(100).wait(50 * MS).longest_wait(50 * MS);
    let stage = Stage::open().await?;
    let client = stage.builder()?.timeout(500 * MS).retries(retries).build()?;
    let serve = async {
        loop {
            stage.caller().await?.reply(503, "").await?;
        }
    };
    let ended = tokio::select! {
        ended = client.answers().read_nothing().send() => ended,
        failed = serve => return failed,
    };
    let (failed, message) = error(ended)?;
    let attempts = match &failed {
        Error::Status(error) => error.attempts(),
        // On a busy machine the time may be up while an answer is on its way.
        Error::Transport(error) if error.is_timeout() => error.attempts(),
        _ => 0,
    };
    assert!((2..50).contains(&attempts), "{attempts} attempts: {message}");
    assert!(begun.elapsed() < LONG / 2);
    Ok(())
}

#[tokio::test]
async fn each_wait_is_twice_as_long_but_for_a_part_left_to_chance() -> Outcome {
    // At least half of 40, 80, 160 and again 160 milliseconds.
    let retries = Retries::attempts(5).wait(40 * MS).longest_wait(160 * MS);
    // What cannot be waited is no reason to panic.
    let forever = Retries::attempts(2).wait(Duration::MAX).longest_wait(Duration::MAX);
    let (ended, _) =
        played(&[Reply(503, "")], |client| client.answers().read_nothing().retries(forever).send()).await?;
    error(ended)?;
    let begun = Instant::now();
    let plays = [Reply(503, ""); 5];
    let (ended, _) = played(&plays, |client| client.answers().read_nothing().retries(retries).send()).await?;
    error(ended)?;
    let took = begun.elapsed().as_millis();
    assert!((220..10_000).contains(&took), "{took} ms");
    Ok(())
}

#[tokio::test]
async fn the_request_is_told_apart_from_the_client() -> Outcome {
    let stage = Stage::open().await?;
    let client = stage.builder()?.retries(soon(3)).build()?;
    let serve = async {
        stage.caller().await?.reply(503, "").await?;
        Ok::<_, io::Error>(stage.is_called().await)
    };
    let once = client.answers().read_nothing().retries(Retries::attempts(1));
    let (ended, called) = tokio::join!(once.send(), serve);
    assert!(matches!(error(ended)?.0, Error::Status(error) if error.attempts() == 1));
    assert!(!called?);
    Ok(())
}

#[tokio::test]
async fn a_stream_is_asked_for_again_until_it_begins_and_not_after() -> Outcome {
    const EVENTS: &str = "text/event-stream";
    let stage = Stage::open().await?;
    let client = stage.builder()?.retries(soon(3)).build()?;
    let serve = async {
        stage.caller().await?.reply(503, "").await?;
        let mut caller = stage.caller().await?;
        caller.begin(200, EVENTS).await?;
        caller.say("data: {\"name\":\"a\"}\n\n").await?;
        Ok::<_, io::Error>(caller)
    };
    let (events, caller) = tokio::join!(client.streams().events().send(), serve);
    let mut events = events?.into_inner();
    assert_eq!(events.next().await.ok_or("no event")??.data, Item::new("a"));
    caller?.hang_up();
    assert!(matches!(events.next().await, Some(Err(Error::Transport(error))) if error.attempts() == 1));
    assert!(events.next().await.is_none() && !stage.is_called().await);
    Ok(())
}

#[test]
fn retry_after_is_read_in_all_its_forms() {
    // The same moment in the three forms of RFC 9110 section 5.6.7.
    let now = UNIX_EPOCH + Duration::from_secs(784_111_777);
    let rows = [
        ("0", Some(0)),
        (" 120 ", Some(120)),
        ("99999999999999999999999", Some(u64::MAX)),
        ("Sun, 06 Nov 1994 08:49:47 GMT", Some(10)),
        ("Sun Nov  6 08:49:47 1994", Some(10)),
        ("Sun, 06 Nov 1994 08:49:27 GMT", Some(0)),
        ("Mon, 07 Nov 1994 08:49:37 GMT", Some(86_400)),
        ("Sat, 31 Dec 1994 23:59:60 GMT", Some(4_806_623)),
        ("Wed, 29 Feb 2040 12:00:00 GMT", Some(1_430_017_823)),
        ("Fri, 01 Mar 2041 00:00:00 GMT", Some(1_461_597_023)),
        ("Sunday, 06-Nov-94 08:49:47 GMT", Some(10)),
        ("Saturday, 01-Jan-44 00:00:00 GMT", Some(1_551_107_423)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", Some(252_618_189_022)),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("+1", None),
        ("1.5", None),
        ("Sun, 06 Nov 1994 08:49:47", None),
        ("Sun, 06 Nov 1994 08:49:47 CET", None),
        ("Sun, 32 Nov 1994 08:49:47 GMT", None),
        ("Sun, 06 Nov 1994 24:49:47 GMT", None),
        ("Sun, +6 Nov 1994 08:49:47 GMT", None),
        ("Sun, 06 November 1994 08:49:47 GMT", None),
        ("Thu, 01 Jan 1969 00:00:00 GMT", None),
    ];
    for (text, expected) in rows {
        assert_eq!(retry_after::read(text, now), expected.map(Duration::from_secs), "{text}");
    }
    // A clock that is wrong is no reason to fail.
    assert_eq!(retry_after::read("Sunday, 06-Nov-45 08:49:47 GMT", UNIX_EPOCH), None);
}

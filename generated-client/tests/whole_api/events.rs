//! Fact 10: streams of server-sent events.

use std::time::Duration;

use kestra_sdk::models::{Execution, ExecutionStatusEvent, LogEntry, StateType};
use kestra_sdk::serde_json::json;
use kestra_sdk::{Client, Event, Events};

use crate::live::Live;
use crate::support::{Serve, decode_error};
use crate::{Outcome, answering, bare_execution};

/// An event as the server writes it.
fn event(id: &str, data: &str) -> String {
    format!("id: {id}\ndata: {data}\n\n")
}

/// An execution in a state.
fn state(current: &str) -> String {
    let mut execution = bare_execution();
    execution["state"]["current"] = json!(current);
    execution.to_string()
}

/// The states of the executions, up to the end of the stream.
async fn states(events: &mut Events<Execution>) -> Result<Vec<String>, kestra_sdk::Error> {
    let mut states = Vec::new();
    while let Some(event) = events.next().await {
        states.push(event?.data.state.current.to_string());
    }
    Ok(states)
}

/// The id of an event says what it is: `start` is nothing, `progress` an item, `end` the last item, with
/// which the stream is over and the connection closed, though the server keeps it open.
#[tokio::test]
async fn fact_10_the_id_tells_the_end() -> Outcome {
    let all = [
        event("start", ""),
        event("start", &state("CREATED")),
        event("progress", &state("RUNNING")),
        ": still there\n\n".to_owned(),
        event("progress", &state("RUNNING")),
        event("end", &state("SUCCESS")),
        event("progress", &state("KILLED")),
    ];
    let mut server = Live::events(Duration::ZERO, &[&all.concat()]).await?;
    let client = Client::builder(server.url()).tenant("main").build()?;
    let mut events = client.executions().follow("x1").send().await?.into_inner();
    assert_eq!(states(&mut events).await?, ["RUNNING", "RUNNING", "SUCCESS"]);
    assert!(events.next().await.is_none(), "and nothing after it");
    server.closed().await?;
    let head = server.heads().swap_remove(0).to_ascii_lowercase();
    assert!(head.starts_with("get /api/v1/main/executions/x1/follow "), "{head}");
    assert!(head.contains("\r\naccept: text/event-stream\r\n"), "{head}");
    Ok(())
}

/// An end that carries nothing is no item.
#[tokio::test]
async fn fact_10_an_end_may_be_empty() -> Outcome {
    let entry = json!({
        "namespace": "s", "flowId": "f", "timestamp": "2025-03-04T05:06:07.5Z", "level": "INFO", "message": "a",
        "deleted": false
    });
    for end in ["id: end\ndata:\n\n", "id: end\n\n", ""] {
        let body = format!("{}{}{end}", event("start", ""), event("progress", &entry.to_string()));
        let stream = Serve::new(200).header("Content-Type", "text/event-stream; charset=UTF-8").body(&body);
        let (_server, client) = answering(stream).await?;
        let mut events: Events<LogEntry> = client.logs().follow_logs_from_execution("x1").send().await?.into_inner();
        let first: Event<LogEntry> = events.next().await.ok_or("no event")??;
        assert_eq!((first.data.message.as_deref(), first.id.as_str()), (Some("a"), "progress"));
        assert!(events.next().await.is_none(), "{end:?}");
    }
    Ok(())
}

/// No limit of time ends a stream, be the client's or the call's ever so short: it is for the wait until
/// the stream begins.
#[tokio::test]
async fn fact_10_a_stream_outlives_every_timeout() -> Outcome {
    let (limit, pause) = (Duration::from_secs(1), Duration::from_millis(600));
    let all =
        [event("progress", &state("RUNNING")), event("progress", &state("PAUSED")), event("end", &state("SUCCESS"))];
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let server = Live::events(pause, &all).await?;
    let client = Client::builder(server.url()).tenant("main").timeout(limit).build()?;
    let call = || client.executions().follow("x1");
    let mut by_client = call().send().await?.into_inner();
    let mut by_call = call().timeout(limit).send().await?.into_inner();
    let begun = std::time::Instant::now();
    for seen in <[_; 2]>::from(tokio::join!(states(&mut by_client), states(&mut by_call))) {
        assert_eq!(seen?, ["RUNNING", "PAUSED", "SUCCESS"]);
    }
    assert!(begun.elapsed() > limit, "the streams were longer than the limit");
    Ok(())
}

/// Whoever drops a stream cancels it: the connection is closed at once.
#[tokio::test]
async fn fact_10_dropping_closes_the_connection() -> Outcome {
    let first = event("progress", &state("RUNNING"));
    let mut server = Live::events(Duration::ZERO, &[&first]).await?;
    let client = Client::builder(server.url()).tenant("main").build()?;
    let mut events = client.executions().follow("x1").send().await?.into_inner();
    let seen = events.next().await.ok_or("no event")??;
    assert_eq!(seen.data.state.current, StateType::Running);
    drop(events);
    server.closed().await?;
    Ok(())
}

/// The document describes an event with its `data`, `id` and `name`; what the stream gives is what the
/// data holds, and an item that cannot be read costs no other.
#[tokio::test]
async fn fact_10_the_wrapper_is_unwrapped() -> Outcome {
    let item = json!({
        "executionId": "x2", "namespace": "s", "flowId": "f", "state": {"current": "RUNNING"}, "new": true
    });
    let body = [
        event("progress", &item.to_string()),
        event("progress", r#"{"executionId":"#),
        event("end", &item.to_string()),
    ];
    let stream = Serve::new(200).header("Content-Type", "text/event-stream").body(&body.concat());
    let (_server, client) = answering(stream).await?;
    let mut events: Events<ExecutionStatusEvent> =
        client.executions().follow_execution_dependencies("x1").send().await?.into_inner();
    let first = events.next().await.ok_or("no event")??;
    assert_eq!((first.data.execution_id.as_str(), &first.data.extra["new"]), ("x2", &json!(true)));
    let error = decode_error(events.next().await.ok_or("no event")?)?;
    assert_eq!(error.body(), r#"{"executionId":"#);
    assert_eq!(events.next().await.ok_or("no event")??.data, first.data);
    assert!(events.next().await.is_none());
    Ok(())
}

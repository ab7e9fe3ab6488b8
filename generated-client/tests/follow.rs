//! Kestra's server-sent events (KESTRA 10): `start` is left out, `progress` is an item, `end` is the
//! last one, and what the document wraps in an `Event_X_` comes as X.

mod support;

use std::error::Error as StdError;
use std::time::Duration;

use kestra_sdk::{Client, Error, Reconnect};
use support::Server;

type Outcome = Result<(), Box<dyn StdError>>;

/// An answer that ends with its connection.
fn answer(events: &str) -> Option<Vec<u8>> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    Some(format!("{head}{events}").into_bytes())
}

fn execution(state: &str) -> String {
    let fields = r#""id":"e1","namespace":"team","flowId":"f1","flowRevision":1,"deleted":false"#;
    format!(r#"{{{fields},"state":{{"current":"{state}","histories":[]}}}}"#)
}

fn client(server: &Server) -> Result<Client, Error> {
    Client::builder(server.url("/")).tenant("main").build()
}

#[tokio::test]
async fn an_execution_is_followed_to_its_end() -> Outcome {
    let (running, done) = (execution("RUNNING"), execution("SUCCESS"));
    let server = Server::answering(move |_| {
        let open = "id:start\ndata:{}\n\n";
        answer(&format!("{open}id:progress\ndata:{running}\n\nid:end\ndata:{done}\n\nid:progress\ndata:{running}\n\n"))
    })
    .await?;
    let mut events = client(&server)?.executions().follow_execution("e1").send().await?.into_inner();
    let mut states = Vec::new();
    while let Some(event) = events.next().await {
        let event = event?;
        states.push((event.id, event.data.state.current.to_string()));
    }
    assert_eq!(states, [("progress".into(), "RUNNING".into()), ("end".into(), "SUCCESS".into())]);
    assert_eq!(server.targets(), ["GET /api/v1/main/executions/e1/follow"]);
    Ok(())
}

#[tokio::test]
async fn an_execution_that_broke_off_is_followed_on() -> Outcome {
    let (running, done) = (execution("RUNNING"), execution("FAILED"));
    let server = Server::answering(move |index| match index {
        0 => answer(&format!("id:start\ndata:{{}}\n\nid:progress\ndata:{running}\n\n")),
        _ => answer(&format!("id:start\ndata:{{}}\n\nid:end\ndata:{done}\n\n")),
    })
    .await?;
    let events = client(&server)?.executions().follow_execution("e1").send().await?.into_inner();
    let mut events = events.reconnecting(Reconnect::attempts(3).wait(Duration::ZERO));
    let mut states = Vec::new();
    while let Some(event) = events.next().await {
        states.push(event?.data.state.current.to_string());
    }
    assert_eq!(states, ["RUNNING", "FAILED"]);
    let ids: Vec<_> = server.recorded().iter().map(|request| request.header("last-event-id")).collect();
    assert_eq!(ids, [None, Some("progress".into())]);
    Ok(())
}

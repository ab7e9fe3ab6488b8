//! What is known to be hard about the whole API, a test or more for each fact. They are numbered, so
//! that one can be asked for: `cargo test -p kestra-sdk --test whole_api fact_07`.
//!
//! What no shipped operation has, such as CSV or SCIM, is in `generator/tests/whole_api.rs`, and so is
//! what concerns the generated files.

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod events;
mod live;
mod models;
mod requests;
mod uploads;

use std::error::Error as StdError;

use kestra_sdk::serde_json::{Value, json};
use kestra_sdk::{Client, Error};
use support::{Recorded, Serve, Server};

type Outcome = Result<(), Box<dyn StdError>>;

/// A client for the server, in the tenant `main`.
fn in_main(server: &Server) -> Result<Client, Error> {
    Client::builder(server.url("/")).tenant("main").build()
}

/// A server that gives this answer each time, and a client in the tenant `main`.
async fn answering(serve: Serve) -> Result<(Server, Client), Box<dyn StdError>> {
    let server = Server::always(serve).await?;
    let client = in_main(&server)?;
    Ok((server, client))
}

/// The same with JSON.
async fn answering_json(body: &Value) -> Result<(Server, Client), Box<dyn StdError>> {
    answering(Serve::json(200, &body.to_string())).await
}

/// The one request that came.
fn only(server: &Server) -> Result<Recorded, String> {
    let [recorded] = <[Recorded; 1]>::try_from(server.recorded()).map_err(|all| format!("{} came", all.len()))?;
    Ok(recorded)
}

/// An execution with nothing in it but what is always there.
fn bare_execution() -> Value {
    json!({
        "id": "x1", "namespace": "shop.orders", "flowId": "daily-report", "flowRevision": 3, "deleted": false,
        "state": {"current": "CREATED"}
    })
}

/// A flow with members of all kinds, some of which no document names.
fn flow() -> Value {
    json!({
        "id": "daily-report", "namespace": "shop.orders", "revision": 3, "disabled": false, "deleted": false,
        "labels": [{"key": "team", "value": "data"}],
        "variables": {"limit": 10, "where": {"region": ["north", null]}},
        "tasks": [
            {"id": "load", "type": "io.kestra.plugin.core.http.Request", "uri": "https://example.com", "timeout": "PT10M"}
        ],
        "source": "id: daily-report\n", "checks": [{"condition": "{{ true }}"}]
    })
}

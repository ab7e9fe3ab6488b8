//! Creates a flow from its YAML source.
//!
//! `cargo run --example create_flow`
//!
//! The server is told by `KESTRA_URL` and `KESTRA_TENANT`, who asks by `KESTRA_TOKEN`, or by
//! `KESTRA_USER` and `KESTRA_PASSWORD`.

use std::env;
use std::error::Error;

use kestra_sdk::Client;
use kestra_sdk::models::FlowWithSource;

/// The flow that the other examples run.
const SOURCE: &str = r#"id: daily-report
namespace: shop.orders
description: Counts the orders of a day.

inputs:
  - id: day
    type: DATE
  - id: limits
    type: JSON
  - id: orders
    type: FILE

tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "{{ inputs.orders }}, at most {{ inputs.limits.rows }} rows"
  - id: report   # its file is an output
    type: io.kestra.plugin.core.storage.Write
    content: "{{ inputs.day }}: {{ read(inputs.orders) | length }} bytes"
    extension: .txt
"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let var = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
    let server = Client::builder(var("KESTRA_URL")?).tenant(var("KESTRA_TENANT")?);
    let client = match var("KESTRA_TOKEN") {
        Ok(token) if !token.is_empty() => server.bearer_token(token),
        _ => server.basic_auth(var("KESTRA_USER")?, var("KESTRA_PASSWORD")?),
    }
    .build()?;

    let flow = run(&client, SOURCE).await?;
    println!("{}.{} is stored as revision {}", flow.namespace, flow.id, flow.revision.unwrap_or_default());
    Ok(())
}

/// Stores a flow. A source that the server refuses is an error with the server's reason in it.
pub async fn run(client: &Client, source: &str) -> Result<FlowWithSource, kestra_sdk::Error> {
    // The text leaves as it is: with its comments, its order and its blank lines.
    let flow = client.flows().create(source).send().await?;
    Ok(flow.into_inner())
}

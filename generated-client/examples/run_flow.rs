//! Runs a flow with inputs, one of which is a file.
//!
//! `cargo run --example run_flow orders.csv`
//!
//! The server is told by `KESTRA_URL` and `KESTRA_TENANT`, who asks by `KESTRA_TOKEN`, or by
//! `KESTRA_USER` and `KESTRA_PASSWORD`.

use std::env;
use std::error::Error;
use std::path::Path;

use kestra_sdk::models::ExecutionResponse;
use kestra_sdk::serde_json::json;
use kestra_sdk::{Client, Multipart, Upload};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let var = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
    let server = Client::builder(var("KESTRA_URL")?).tenant(var("KESTRA_TENANT")?);
    let client = match var("KESTRA_TOKEN") {
        Ok(token) if !token.is_empty() => server.bearer_token(token),
        _ => server.basic_auth(var("KESTRA_USER")?, var("KESTRA_PASSWORD")?),
    }
    .build()?;

    let orders = env::args().nth(1).ok_or("which file has the orders?")?;
    let execution = run(&client, orders.as_ref()).await?;
    println!("{} is {}", execution.id, execution.state.current);
    Ok(())
}

/// Starts an execution, and does not wait for its end.
pub async fn run(client: &Client, orders: &Path) -> Result<ExecutionResponse, Box<dyn Error>> {
    // Each input is a part. The file is read while it is sent, however large it is.
    let inputs = Multipart::new()
        .text("day", "2026-01-31")
        .json("limits", &json!({ "rows": 1000 }))
        .part("orders", Upload::file(orders).await?);
    let started = client
        .executions()
        .create("shop.orders", "daily-report")
        .labels(["team:data", "from:rust"])
        .body(inputs)
        .send()
        .await?;
    // The server answers with a list of one.
    let execution = started.into_inner().into_iter().next();
    execution.ok_or_else(|| "the server started nothing".into())
}

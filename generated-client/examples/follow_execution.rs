//! Follows an execution live, until it has ended.
//!
//! `cargo run --example follow_execution 4mVb7RzXkQ2sTnLp8YcW1d`
//!
//! The server is told by `KESTRA_URL` and `KESTRA_TENANT`, who asks by `KESTRA_TOKEN`, or by
//! `KESTRA_USER` and `KESTRA_PASSWORD`.

use std::env;
use std::error::Error;

use kestra_sdk::Client;
use kestra_sdk::models::Execution;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let var = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
    let server = Client::builder(var("KESTRA_URL")?).tenant(var("KESTRA_TENANT")?);
    let client = match var("KESTRA_TOKEN") {
        Ok(token) if !token.is_empty() => server.bearer_token(token),
        _ => server.basic_auth(var("KESTRA_USER")?, var("KESTRA_PASSWORD")?),
    }
    .build()?;

    let id = env::args().nth(1).ok_or("which execution?")?;
    let execution = run(&client, &id, |execution| println!("{}", execution.state.current)).await?;
    println!("ended after {}", execution.state.duration.as_deref().unwrap_or("a while"));
    Ok(())
}

/// Tells of each change of an execution, and gives it as it was at its end.
pub async fn run(client: &Client, id: &str, mut changed: impl FnMut(&Execution)) -> Result<Execution, Box<dyn Error>> {
    let answer = client.executions().follow(id).send().await?;
    // No timeout ends the stream. If it breaks off it is asked for again, five times in a row at most.
    let mut changes = answer.into_inner().reconnecting(5);
    let mut last = None;
    while let Some(change) = changes.next().await {
        let execution = change?.data;
        changed(&execution);
        last = Some(execution);
    }
    // The stream ends with the execution. To stop earlier, drop it: that closes the connection.
    last.ok_or_else(|| "the server told nothing about the execution".into())
}

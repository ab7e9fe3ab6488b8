//! Reads the logs of an execution: those that are there, or with `--follow` each as it is written.
//!
//! `cargo run --example read_logs 4mVb7RzXkQ2sTnLp8YcW1d --follow`
//!
//! The server is told by `KESTRA_URL` and `KESTRA_TENANT`, who asks by `KESTRA_TOKEN`, or by
//! `KESTRA_USER` and `KESTRA_PASSWORD`.

use std::env;
use std::error::Error;

use kestra_sdk::Client;
use kestra_sdk::models::{Level, LogEntry};

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
    if env::args().any(|argument| argument == "--follow") {
        return follow(&client, &id, |line| println!("{line}")).await;
    }
    for line in run(&client, &id).await? {
        println!("{line}");
    }
    Ok(())
}

/// The logs so far, from `INFO` upwards.
pub async fn run(client: &Client, id: &str) -> Result<Vec<String>, kestra_sdk::Error> {
    let logs = client.logs().list_logs_from_execution(id).min_level(Level::Info).send().await?;
    Ok(logs.iter().map(line).collect())
}

/// The logs so far and all that come, until the execution has ended.
pub async fn follow(client: &Client, id: &str, mut written: impl FnMut(String)) -> Result<(), Box<dyn Error>> {
    let answer = client.logs().follow_logs_from_execution(id).min_level(Level::Info).send().await?;
    let mut logs = answer.into_inner();
    while let Some(log) = logs.next().await {
        written(line(&log?.data));
    }
    Ok(())
}

fn line(log: &LogEntry) -> String {
    let task = log.task_id.value().map_or("flow", String::as_str);
    format!("{} {:5} {task}: {}", log.timestamp, log.level.as_str(), log.message.as_deref().unwrap_or_default())
}

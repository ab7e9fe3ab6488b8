//! Finds the executions of the last day that went wrong.
//!
//! `cargo run --example find_executions shop`
//!
//! The server is told by `KESTRA_URL` and `KESTRA_TENANT`, who asks by `KESTRA_TOKEN`, or by
//! `KESTRA_USER` and `KESTRA_PASSWORD`.

use std::env;
use std::error::Error;

use kestra_sdk::Client;
use kestra_sdk::models::{Execution, FilterField, FilterOperation, QueryFilter};
use kestra_sdk::serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let var = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
    let server = Client::builder(var("KESTRA_URL")?).tenant(var("KESTRA_TENANT")?);
    let client = match var("KESTRA_TOKEN") {
        Ok(token) if !token.is_empty() => server.bearer_token(token),
        _ => server.basic_auth(var("KESTRA_USER")?, var("KESTRA_PASSWORD")?),
    }
    .build()?;

    let namespace = env::args().nth(1).ok_or("which namespace?")?;
    for execution in run(&client, &namespace).await? {
        println!("{} {}.{}: {}", execution.id, execution.namespace, execution.flow_id, execution.state.current);
    }
    Ok(())
}

/// All that match, newest first.
pub async fn run(client: &Client, namespace: &str) -> Result<Vec<Execution>, kestra_sdk::Error> {
    // All of them must hold.
    let filters = [
        QueryFilter::new(FilterField::Namespace, FilterOperation::Prefix, namespace),
        QueryFilter::new(FilterField::State, FilterOperation::In, json!(["FAILED", "KILLED"])),
        QueryFilter::new(FilterField::TimeRange, FilterOperation::Equals, "P1D"),
        QueryFilter::new(FilterField::Labels, FilterOperation::NotEquals, json!({ "env": "test" })),
    ];
    let mut executions = Vec::new();
    for page in 1.. {
        let search = client.executions().search().filters(filters.clone());
        let found = search.sort(["state.startDate:desc"]).page(page).size(100).send().await?.into_inner();
        let is_last = found.results.len() < 100;
        executions.extend(found.results);
        if is_last {
            break;
        }
    }
    Ok(executions)
}

//! Sets a key of a namespace, and reads it back.
//!
//! `cargo run --example key_value`
//!
//! The server is told by `KESTRA_URL` and `KESTRA_TENANT`, who asks by `KESTRA_TOKEN`, or by
//! `KESTRA_USER` and `KESTRA_PASSWORD`.

use std::env;
use std::error::Error;

use kestra_sdk::Client;
use kestra_sdk::models::KvValue;
use kestra_sdk::serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let var = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
    let server = Client::builder(var("KESTRA_URL")?).tenant(var("KESTRA_TENANT")?);
    let client = match var("KESTRA_TOKEN") {
        Ok(token) if !token.is_empty() => server.bearer_token(token),
        _ => server.basic_auth(var("KESTRA_USER")?, var("KESTRA_PASSWORD")?),
    }
    .build()?;

    let found = run(&client, "shop.orders", "last-order", json!({ "id": 4711, "paid": true })).await?;
    println!("{} {}", found.r#type, found.value);
    Ok(())
}

/// Stores a value under a key, and gives what the server then says about the key.
pub async fn run(client: &Client, namespace: &str, key: &str, value: Value) -> Result<KvValue, kestra_sdk::Error> {
    let kv = client.kv();
    // A JSON value keeps its type: 42 stays a number. A text is sent as it is, and read as JSON by the server.
    kv.set_key_value(namespace, key, value).send().await?;
    let found = kv.get_key_value(namespace, key).send().await?;
    Ok(found.into_inner())
}

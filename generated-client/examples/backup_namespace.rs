//! Backs up the files of a namespace as a ZIP archive.
//!
//! `cargo run --example backup_namespace shop.orders`
//!
//! The server is told by `KESTRA_URL` and `KESTRA_TENANT`, who asks by `KESTRA_TOKEN`, or by
//! `KESTRA_USER` and `KESTRA_PASSWORD`.

use std::env;
use std::error::Error;
use std::path::Path;

use kestra_sdk::Client;

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
    let archive = format!("{namespace}.zip");
    let length = run(&client, &namespace, archive.as_ref()).await?;
    println!("{archive} has {length} bytes");
    Ok(())
}

/// Writes the archive, and gives its length in bytes.
pub async fn run(client: &Client, namespace: &str, archive: &Path) -> Result<u64, kestra_sdk::Error> {
    let files = client.files().export_namespace_files(namespace).send().await?;
    // A transfer that breaks off leaves the archive of yesterday as it is.
    files.into_inner().to_file(archive).await
}

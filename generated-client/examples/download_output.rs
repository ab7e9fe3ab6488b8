//! Downloads a file that a task of an execution has left as its output.
//!
//! `cargo run --example download_output 4mVb7RzXkQ2sTnLp8YcW1d report`
//!
//! The server is told by `KESTRA_URL` and `KESTRA_TENANT`, who asks by `KESTRA_TOKEN`, or by
//! `KESTRA_USER` and `KESTRA_PASSWORD`.

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};

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

    let id = env::args().nth(1).ok_or("which execution?")?;
    let task = env::args().nth(2).ok_or("which task?")?;
    let (path, length) = run(&client, &id, &task, Path::new(".")).await?;
    println!("{} has {length} bytes", path.display());
    Ok(())
}

/// Writes the file into a folder. Gives its path, and its length in bytes.
pub async fn run(client: &Client, id: &str, task: &str, folder: &Path) -> Result<(PathBuf, u64), Box<dyn Error>> {
    let execution = client.executions().get(id).send().await?;
    // A task names its files by URIs, here as its output `uri`.
    let mut runs = execution.task_run_list.iter().flatten();
    let outputs = runs.find(|run| run.task_id == task).and_then(|run| run.outputs.as_ref());
    let uri = outputs.and_then(|outputs| outputs.get("uri")?.as_str()).ok_or("the task has left no file")?;

    let file = client.executions().download_file_from_execution(id, uri).send().await?.into_inner();
    // The server's name for the file is a mere name, and cannot lead out of the folder.
    let path = folder.join(file.file_name().unwrap_or_else(|| format!("{task}.out")));
    // The content goes to the disk as it comes. The file is there when it is complete, and not before.
    let length = file.to_file(&path).await?;
    Ok((path, length))
}

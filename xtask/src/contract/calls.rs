//! The SDK whose contract test is run: where it lies, and how.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use specsmith::ir::Api;

use super::record::{self, Record};
use crate::generate::workspace;

/// The crate's name for a document.
pub(super) fn package(document: &str) -> String {
    let stem = document.rsplit_once('.').map_or(document, |(stem, _)| stem);
    let stem: String =
        stem.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    format!("sdk-of-{}", stem.trim_matches('-'))
}

/// Runs the crate's contract test.
pub(super) fn run(folder: &Path, api: &Api) -> Result<Record, String> {
    let path = folder.join("target/record.jsonl");
    let cannot = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
    fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(cannot)?;
    fs::write(&path, "").map_err(cannot)?;
    let has_features = api.modules.iter().any(|module| module.feature.is_some());
    let features = if has_features { "all" } else { "" };
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        // Nothing here speaks TLS.
        .args(["test", "--quiet", "--no-default-features", "--features", features])
        .args(["--test", "contract", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", workspace().join("target/contract/build"))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("CONTRACT_RECORD", &path)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let record = record::read(&text)?;
    // A test that fails tells of it in the record; a crate that is not built tells of it nowhere else.
    if !output.status.success() && record.failures.is_empty() {
        let told = String::from_utf8_lossy(&output.stdout);
        return Err(format!("the contract test of {} did not run through\n{told}", folder.display()));
    }
    Ok(record)
}

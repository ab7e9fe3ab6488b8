//! Whether a crate compiles, and without a warning.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::limits::{self, Limits};
use crate::generate::workspace;

/// The largest documents that are known take four minutes and 4 GiB on a small machine.
const LIMITS: Limits = Limits { seconds: 1200, mebibytes: 12 * 1024 };

/// What the compiler says of a crate.
#[derive(Debug, Default, Serialize)]
pub(super) struct Compiled {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// The first of them, as the compiler shows it.
    pub(super) first: Option<String>,
}

impl Compiled {
    /// What is said of a crate that is not there.
    pub(super) fn missing() -> Self {
        Self { errors: 1, ..Self::default() }
    }

    /// Whether there is nothing to say.
    pub(super) fn is_clean(&self) -> bool {
        self.errors == 0 && self.warnings == 0
    }
}

/// A message of cargo's, as far as it matters here.
#[derive(Deserialize)]
struct Line {
    reason: String,
    message: Option<Message>,
    manifest_path: Option<PathBuf>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
    rendered: Option<String>,
}

/// Compiles a crate with the features that it has by default, as its users do. Each worker has a target
/// folder of its own: cargo works on one at a time.
pub(super) fn check(folder: &Path, worker: usize, clippy: bool) -> Result<Compiled, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let manifest = folder.join("Cargo.toml");
    let mut command = limits::limited(&cargo, LIMITS);
    command
        .args([if clippy { "clippy" } else { "check" }, "--quiet", "--message-format=json", "--manifest-path"])
        .arg(&manifest)
        .env("CARGO_TARGET_DIR", workspace().join(format!("target/corpus/build-{worker}")))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "false");
    let ended = limits::run(&mut command, LIMITS)?;
    let mut compiled = Compiled::default();
    for line in ended.stdout.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok()) {
        match line.message {
            Some(message) if line.reason == "compiler-message" => compiled.add(message),
            // The crate's own result is of no use to anybody, and large.
            None if line.manifest_path.as_ref() == Some(&manifest) => {
                line.filenames.iter().for_each(|file| drop(fs::remove_file(file)));
            }
            _ => {}
        }
    }
    if !ended.success && compiled.errors == 0 {
        compiled.errors += 1;
        compiled.first = Some(ended.cut_off.unwrap_or_else(|| ended.stderr.trim().to_owned()));
    }
    Ok(compiled)
}

impl Compiled {
    fn add(&mut self, message: Message) {
        let sums_up = message.message.ends_with(" emitted") || message.message.starts_with("aborting due to");
        match message.level.as_str() {
            _ if sums_up => return,
            "error" => self.errors += 1,
            "warning" => self.warnings += 1,
            level if level.starts_with("error") => self.errors += 1,
            _ => return,
        }
        // An error counts more than the warnings before it.
        if self.first.is_none() || (self.errors == 1 && message.level.starts_with("error")) {
            self.first = Some(message.rendered.unwrap_or(message.message).trim_end().to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_come_before_warnings_and_sums_do_not_count() {
        let mut compiled = Compiled::default();
        for (level, message) in [
            ("warning", "unused"),
            ("error", "mismatched"),
            ("error", "another"),
            ("warning", "1 warning emitted"),
            ("error", "aborting due to 2 previous errors"),
            ("failure-note", "For more information"),
        ] {
            compiled.add(Message { level: level.to_owned(), message: message.to_owned(), rendered: None });
        }
        assert_eq!((compiled.errors, compiled.warnings), (2, 1));
        assert_eq!(compiled.first.as_deref(), Some("mismatched"));
    }
}

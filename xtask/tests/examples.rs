//! `cargo xtask corpus --examples`: examples go through compiled types and come out as they went in.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn examples(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("corpus").arg(folder).arg("--examples").args(args).output().unwrap()
}

fn own() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples")
}

#[test]
fn valid_ones_are_preserved_and_all_are_counted() {
    let output = examples(&own(), &["--made", "5"]);
    let told = String::from_utf8(output.stdout).unwrap();
    insta::assert_snapshot!("examples", told);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

//! `cargo xtask corpus --examples`: examples go through compiled types and come out as they went in.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

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

/// More digits than a float holds: the one loss that `f64` stands for.
fn lossy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let schema = "{type: number, example: 0.10000000000000000001, default: 0.5}";
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: A, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {{type: object, \
         properties: {{a b: {schema}}}}}}}}}\n"
    );
    fs::write(folder.path().join("a.yaml"), document).unwrap();
    folder
}

#[test]
fn what_is_lost_is_told_with_its_place_and_both_texts() {
    let folder = lossy();
    let output = examples(folder.path(), &["--made", "0", "--json"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let miss = &told["misses"][0];
    assert_eq!(miss["at"], "/components/schemas/A/properties/a b/example");
    assert_eq!(miss["cause"], "a number is another");
    assert_eq!(miss["within"], "/a b");
    assert_eq!(miss["given"], r#"{"a b":0.10000000000000000001}"#);
    assert_eq!(miss["came"], r#"{"a b":0.1}"#);
    assert_eq!((&told["examples"]["valid"], &told["examples"]["preserved"]), (&2.into(), &1.into()));
    assert_eq!(output.status.code(), Some(1));
}

//! `cargo xtask names`: every operation, its name, and where the name is from.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn xtask(args: &[&str]) -> String {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(args).current_dir(workspace).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn rows(args: &[&str]) -> Vec<[String; 5]> {
    let table: Value = serde_json::from_str(&xtask(args)).unwrap();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or("none").to_owned();
    let rows = table["operations"].as_array().unwrap().iter();
    rows.map(|row| ["method", "path", "operationId", "rust", "reason"].map(|key| text(row, key))).collect()
}

#[test]
fn names_come_with_their_reasons() {
    insta::assert_snapshot!("names", xtask(&["names", "--spec", "specs/fixtures/names.yaml"]));
    let twins = rows(&[
        "names",
        "--spec",
        "specs/fixtures/twins.yaml",
        "--config",
        "specs/fixtures/twins.toml",
        "--format",
        "json",
    ]);
    insta::assert_debug_snapshot!("names-twins", twins);
}

#[test]
fn the_names_of_this_workspace_are_in_its_lock() {
    let rows = rows(&["names", "--format", "json"]);
    assert!(rows.len() >= 120, "{}", rows.len());
    let mut names = BTreeSet::new();
    for [method, path, _, rust, reason] in &rows {
        assert!(reason == "lock" || reason == "config", "{method} {path}: {reason}");
        assert!(!rust.ends_with(|c: char| c.is_ascii_digit()), "{rust}");
        names.insert((rust, path.contains("{tenant}")));
    }
    assert_eq!(names.len(), rows.len(), "two routes have a name only inside and outside of a tenant");
}

//! `cargo xtask corpus`: what is a document is judged, what fails or is refused is told.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("specs")
}

/// A folder with a document that is fine, one of which operations are refused, two that are in error,
/// a part of a document and something else.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let fixture = |name: &str| fs::read_to_string(fixtures().join(name)).unwrap();
    put("fine/petstore.yaml", &fixture("fixtures/petstore.yaml"));
    put("fine/refused.yaml", &fixture("fixtures/refused.yaml"));
    put("fine/parts/pet.yaml", "type: object\ndescription: Not of openapi.\n");
    put("fine/package.json", "{\"name\": \"pets\"}");
    put("wrong/version.yml", "openapi: 9.0.0\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {responses: {}}}}\n");
    put("wrong/unreadable.yaml", "openapi: 3.0.0\ninfo: {title: [}\n");
    folder
}

fn corpus(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("corpus").arg(folder).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn what_fails_and_what_is_refused_is_told_and_counted() {
    let folder = folder();
    let output = corpus(folder.path(), &[]);
    insta::assert_snapshot!("corpus", text(&output.stdout));
    assert_eq!(output.status.code(), Some(1), "two documents fail, and no floor allows it");
    let fine = corpus(&folder.path().join("fine"), &[]);
    assert_eq!(fine.status.code(), Some(0), "what is refused by name is no failure: {fine:?}");
    let one = corpus(folder.path(), &["--only", "pet*.yaml", "--jobs", "1"]);
    let last = text(&one.stdout);
    assert_eq!(last, "1 documents: 1 generated, 0 of 4 operations refused\n");
}

#[test]
fn programs_are_told_the_same() {
    let folder = folder();
    let output = corpus(folder.path(), &["--json"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["sums"]["documents"], 4);
    assert_eq!(told["sums"]["generated"], 2);
    let files: Vec<&str> =
        told["documents"].as_array().unwrap().iter().map(|one| one["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["fine/petstore.yaml", "fine/refused.yaml", "wrong/unreadable.yaml", "wrong/version.yml"]);
    let refusal = &told["documents"][1]["refusals"][0];
    assert_eq!((refusal["code"].as_str(), refusal["line"].is_u64()), (Some("operation-refused"), true), "{refusal}");
    assert_eq!(told["documents"][3]["operations"], 1, "what is declared in a document that fails counts as refused");
    assert_eq!(told["documents"][0]["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn a_document_that_takes_too_much_costs_itself_alone() {
    let folder = folder();
    let output = corpus(folder.path(), &["--only", "fine", "--seconds", "0"]);
    let told = text(&output.stdout);
    assert!(
        told.contains("petstore.yaml: not generated\n  the generator was stopped: it took longer than 0 s"),
        "{told}"
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn crates_are_kept_where_somebody_wants_them() {
    let folder = folder();
    let output = corpus(folder.path(), &["--only", "petstore", "--keep", "--json"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let kept = Path::new(told["documents"][0]["kept"].as_str().unwrap());
    assert!(kept.join("Cargo.toml").exists(), "{}", kept.display());
    fs::remove_dir_all(kept).unwrap();
}

#[test]
fn a_folder_without_documents_is_a_mistake() {
    let folder = folder();
    for args in [&["--only", "nothing"][..], &["--dozen"]] {
        let output = corpus(&folder.path().join("fine"), args);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
    }
}

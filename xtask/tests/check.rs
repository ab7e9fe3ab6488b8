//! `cargo xtask check` as a user runs it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn check(arguments: &[&str]) -> Output {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    Command::new(env!("CARGO_BIN_EXE_xtask")).current_dir(specs).arg("check").args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A document with several faults: each kind once, and how many more.
#[test]
fn faults_are_told_by_kind() {
    for name in ["several-mistakes", "path-parameters", "wrong-kinds", "lost-parts", "credentials"] {
        let output = check(&[&format!("faulty/{name}.yaml")]);
        assert_eq!(output.status.code(), Some(0), "{name}");
        insta::assert_snapshot!(format!("check-{name}"), stdout(&output));
    }
}

#[test]
fn an_error_is_a_failure() {
    let output = check(&["invalid/not-yaml.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!("check-not-yaml", stdout(&output));
}

#[test]
fn warnings_are_errors_if_so_asked() {
    let output = check(&["faulty/unknown-type.yaml", "--strict"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).starts_with("error[unknown-type]"), "{}", stdout(&output));
    // A note stays one.
    assert_eq!(check(&["fixtures/petstore.yaml", "--strict"]).status.code(), Some(0));
}

#[test]
fn what_has_no_type_is_listed() {
    let output = check(&["faulty/unknown-type.yaml", "--untyped"]);
    insta::assert_snapshot!("check-untyped", stdout(&output));
}

#[test]
fn files_of_a_document_are_read_and_named() {
    let output = check(&["files/lost/api.yaml", "--format", "json"]);
    let document: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let files: Vec<&str> =
        document["diagnostics"].as_array().unwrap().iter().map(|it| it["file"].as_str().unwrap()).collect();
    assert!(files.contains(&"files/lost/api.yaml") && files.contains(&"files/lost/parts.yaml"), "{files:?}");
    let outside = |it: &&Value| it["message"].as_str().unwrap().contains("is outside of");
    assert_eq!(document["diagnostics"].as_array().unwrap().iter().filter(outside).count(), 1);
    assert_eq!(document["operations"]["declared"], 3);
}

/// The members that the standard asks for, and regions that are those of the text.
#[test]
fn sarif_has_rules_and_regions() {
    let output = check(&["faulty/several-mistakes.yaml", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(!rule["shortDescription"]["text"].as_str().unwrap().is_empty());
    }
    let of_type = results.iter().find(|result| result["ruleId"] == "unknown-type").unwrap();
    let region = &of_type["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&16.into(), &63.into()));
    assert_eq!((&region["endLine"], &region["endColumn"]), (&16.into(), &66.into()));
}

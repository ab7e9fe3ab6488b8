//! `cargo xtask facts` sees what differs, and prose alone never does.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn facts(ours: &Path, theirs: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("facts").arg(theirs).arg("--spec").arg(ours).output().unwrap()
}

/// Compares the petstore with a copy in which one text is replaced.
fn compare(from: &str, to: &str) -> (Option<i32>, String) {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/fixtures/petstore.yaml");
    let text = fs::read_to_string(&ours).unwrap();
    assert!(text.contains(from), "{from}");
    let theirs = tempfile::NamedTempFile::new().unwrap();
    fs::write(&theirs, text.replacen(from, to, 1)).unwrap();
    let output = facts(&ours, theirs.path());
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn prose_and_order_are_no_difference() {
    for (from, to) in [
        ("summary: List pets", "summary: All of them"),
        ("required: [name, status]", "required: [status, name]"),
        ("description: No such pet.", "description: Not here."),
    ] {
        assert_eq!(compare(from, to), (Some(0), "4 operations, 2 schemas: 0 differences\n".to_owned()));
    }
}

#[test]
fn facts_that_differ_are_found_with_both_places() {
    for (from, to, at) in [
        ("operationId: listPets", "operationId: listAll", "/paths/~1pets/get/operationId"),
        ("default: 20", "default: 30", "/paths/~1pets/get/parameters/query limit/schema/default"),
        ("explode: true", "explode: false", "/paths/~1pets/get/parameters/query status/explode"),
        ("\"404\"", "\"410\"", "/paths/~1pets~1{petId}/get/responses"),
        ("image/png", "image/gif", "requestBody/content"),
        ("shopKey: []", "other: []", "/paths/~1pets/post/security"),
        ("scheme: bearer", "scheme: basic", "/components/securitySchemes/shopKey/scheme"),
        ("required: [name, status]", "required: [name]", "/components/schemas/Pet/required"),
        ("enum: [available", "enum: [AVAILABLE", "/components/schemas/Status/enum/0"),
        ("price: {type: number, nullable: true}", "price: {type: number}", "/components/schemas/Pet/properties/price"),
        ("  /pets/{petId}:", "  /animals/{petId}:", "/paths"),
    ] {
        let (code, shown) = compare(from, to);
        assert_eq!(code, Some(1), "{from}: {shown}");
        assert!(shown.contains(at), "{from}: {shown}");
        assert!(shown.contains("petstore.yaml:"), "{shown}");
        assert!(!shown.ends_with(" 0 differences\n"), "{shown}");
    }
}

#[test]
fn a_document_that_cannot_be_read_is_wrong_usage() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    assert_eq!(facts(&folder.join("kestra.yaml"), &folder.join("invalid/not-yaml.yaml")).status.code(), Some(2));
}

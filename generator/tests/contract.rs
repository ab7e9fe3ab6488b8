//! The contract test that a crate may come with: what is in it, and that only who asks for it gets it.
#![allow(clippy::disallowed_methods, reason = "tests read the fixtures")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use specsmith::files::FileSet;
use specsmith::{Input, Stage};

fn generate(config: &str, contract: bool) -> FileSet {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/fixtures/petstore.yaml");
    let document = fs::read(path).unwrap();
    let input = Input {
        document: &document,
        document_name: "petstore.yaml",
        config,
        name: Some("fixture"),
        contract,
        ..Input::default()
    };
    specsmith::generate(input).files.unwrap()
}

fn tests(files: &FileSet) -> Vec<&str> {
    files.iter().map(|(path, _)| path).filter(|path| path.starts_with("tests/")).collect()
}

#[test]
fn the_test_comes_out_as_pinned() {
    let files = generate("", true);
    for path in ["tests/contract.rs", "tests/contract/pets_calls.rs"] {
        insta::assert_snapshot!(path.replace('/', "-"), files.get(path).unwrap());
    }
}

#[test]
fn only_who_asks_for_the_test_gets_it() {
    let asked = [
        "tests/contract.rs",
        "tests/contract/calls.rs",
        "tests/contract/came.rs",
        "tests/contract/pets_calls.rs",
        "tests/contract/rustfmt.toml",
        "tests/contract/server.rs",
    ];
    assert_eq!(tests(&generate("", false)), [""; 0]);
    assert_eq!(tests(&generate("[package]\ncontract = true\n", false)), asked);
    let files = generate("[package]\nworkspace = true\n", true);
    assert_eq!(tests(&files), asked);
    let manifest = files.get("Cargo.toml").unwrap();
    assert!(manifest.contains("[dev-dependencies]\ntokio = {") && manifest.contains("[workspace]"), "{manifest}");
}

#[test]
fn samples_are_no_part_of_what_stages_print() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/fixtures/petstore.yaml");
    let document = fs::read(path).unwrap();
    let print = |contract| {
        let name = Some("fixture");
        let input = Input { document: &document, document_name: "petstore.yaml", name, contract, ..Input::default() };
        specsmith::emit(input, Stage::Ir).2.unwrap()
    };
    assert_eq!(print(true), print(false));
}

//! What each fixture comes to: the IR, and the Rust of its operations and models.
#![allow(clippy::disallowed_methods, reason = "tests read the fixtures")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use serde_json::Value;
use specsmith::diagnostics::{Level, Place};
use specsmith::{Input, Outcome, Stage};

/// Gives a fixture's document and settings to a function.
fn with_input<T>(path: &Path, run: impl FnOnce(Input<'_>) -> T) -> T {
    let document = fs::read(path).unwrap();
    let config = fs::read_to_string(path.with_extension("toml")).unwrap_or_default();
    let document_name = path.file_name().unwrap().to_str().unwrap();
    run(Input { document: &document, document_name, config: &config, name: Some("fixture"), ..Input::default() })
}

/// The generated files that differ from crate to crate, one after the other.
fn rust(outcome: &Outcome) -> String {
    let files = outcome.files.as_ref().unwrap().iter();
    let own = files.filter(|(path, _)| path.ends_with(".rs") && !path.contains("/runtime/"));
    own.map(|(path, text)| format!("//==== {path}\n{text}\n")).collect()
}

#[test]
fn fixtures_come_out_as_pinned() {
    insta::glob!("../../specs/fixtures", "*.yaml", |path| {
        let (report, _, ir) = with_input(path, |input| specsmith::emit(input, Stage::Ir));
        assert_eq!(report.count(Level::Error), 0, "{report:#?}");
        insta::assert_snapshot!("ir", ir.unwrap());
        insta::assert_snapshot!("rust", rust(&with_input(path, specsmith::generate)));
    });
}

#[test]
fn pages_come_out_as_pinned() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/fixtures/petstore.yaml");
    let outcome = with_input(&path, specsmith::generate);
    let files = outcome.files.unwrap();
    for page in ["Cargo.toml", "README.md", "docs/README.md", "docs/PetsApi.md", "docs/models/Pet.md"] {
        insta::assert_snapshot!(page.replace('/', "-"), files.get(page).unwrap());
    }
}

#[test]
fn every_operation_is_generated_or_refused() {
    const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    insta::glob!("../../specs/fixtures", "*.yaml", |path| {
        let outcome = with_input(path, specsmith::generate);
        let document: Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let items = document["paths"].as_object().into_iter().flat_map(|paths| paths.values());
        let declared =
            items.flat_map(|item| item.as_object().unwrap().keys()).filter(|key| METHODS.contains(&key.as_str()));
        let api = outcome.api.unwrap();
        let generated = api.modules.iter().flat_map(|module| &module.operations);
        let generated: usize = generated.map(|operation| 1 + usize::from(operation.scoped.is_some())).sum();
        let refusals = outcome.report.diagnostics().iter().filter(|diagnostic| diagnostic.code == "operation-refused");
        assert_eq!(declared.count(), generated + refusals.count(), "{}", path.display());
        assert_eq!(api.operations_in_document, generated + api.operations_refused, "{}", path.display());
    });
}

/// All that a fixture's document is told, with the places.
fn told(fixture: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/fixtures").join(fixture);
    let report = with_input(&path, specsmith::generate).report;
    let told = report.diagnostics().iter().map(|diagnostic| {
        let Place::Document(at) = &diagnostic.place else { panic!("{diagnostic:#?}") };
        assert!(!diagnostic.help.is_empty(), "{diagnostic:#?}");
        format!("{:?} {} {at}: {}\n", diagnostic.level, diagnostic.code, diagnostic.message)
    });
    told.collect()
}

/// Also that a path parameter may be declared as one of the query.
#[test]
fn what_parameters_leave_open_is_told_with_its_place() {
    insta::assert_snapshot!("parameters-report", told("parameters.yaml"));
}

/// A header that no request can hold costs its operation only where every request must have it.
#[test]
fn what_is_refused_is_told_with_its_place() {
    insta::assert_snapshot!("refused-report", told("refused.yaml"));
}

/// What has no JSON body is told; of all else there is a type.
#[test]
fn webhooks_without_a_body_are_told() {
    insta::assert_snapshot!("webhooks-report", told("webhooks.yaml"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/fixtures/webhooks.yaml");
    let outcome = with_input(&path, specsmith::generate);
    let files = outcome.files.unwrap();
    insta::assert_snapshot!("docs-Webhooks.md", files.get("docs/Webhooks.md").unwrap());
    for page in ["README.md", "docs/README.md"] {
        assert!(files.get(page).unwrap().contains("Webhooks.md"), "{page}");
    }
    // The lock keeps the names: another of the same words takes none.
    let lock = outcome.lock.unwrap();
    assert!(lock.contains("\nwebhook client pet.born  post -> PetBorn\n"), "{lock}");
    let document = fs::read_to_string(&path).unwrap();
    let more = document.replace("webhooks:\n", "webhooks:\n  petBorn: {$ref: '#/webhooks/pet.born'}\n  PetBorn: {post: {requestBody: {content: {application/json: {schema: {type: string}}}}}}\n");
    let input = Input { document: more.as_bytes(), lock: &lock, ..Input::default() };
    let webhooks = specsmith::describe(input).api.unwrap().webhooks;
    let names: Vec<_> = webhooks.iter().map(|webhook| format!("{} {}", webhook.wire, webhook.name)).collect();
    assert!(names.contains(&"pet.born PetBorn".to_owned()), "{names:?}");
    assert_eq!(names.iter().filter(|name| name.ends_with(" PetBorn")).count(), 1, "{names:?}");
}

#[test]
fn security_that_no_request_can_meet_is_told_with_its_place() {
    insta::assert_snapshot!("security-report", told("security.yaml"));
}

/// Routes that no rule tells apart keep their operations, and the lines that give them names are shown.
#[test]
fn what_no_rule_tells_apart_is_told_with_the_lines_to_paste() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/fixtures/undecided.yaml");
    let outcome = with_input(&path, specsmith::generate);
    let [undecided] = outcome.report.diagnostics() else { panic!("{:#?}", outcome.report) };
    let told = format!(
        "{:?} {}: {:?}\n{}\n{}\n{:?}\n{}\n",
        undecided.level,
        undecided.code,
        undecided.place,
        undecided.message,
        undecided.label,
        undecided.related,
        undecided.help
    );
    insta::assert_snapshot!("undecided-report", told);
    // With the lines there is nothing to tell.
    let entries =
        undecided.help.split_once("\n\n").unwrap().1.replacen("...", "order_work", 1).replace("\"...\"", "\"b\"");
    let document = fs::read(&path).unwrap();
    let settled = specsmith::describe(Input { document: &document, config: &entries, ..Input::default() });
    assert!(settled.report.diagnostics().is_empty(), "{entries}\n{:#?}", settled.report);
    // Neither is there with the lock: the names were given.
    let lock = outcome.lock.unwrap();
    let locked = specsmith::describe(Input { document: &document, lock: &lock, locked: true, ..Input::default() });
    assert!(locked.report.diagnostics().is_empty(), "{:#?}", locked.report);
}

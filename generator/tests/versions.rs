//! Every version of OpenAPI comes to what its twin in 3.0 comes to, and every document with small
//! faults to what it would without them; and whatever is said of a document is said of a place in it.
#![allow(clippy::disallowed_methods, reason = "tests read the fixtures")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use specsmith::diagnostics::{Diagnostic, Level, Place, Report};
use specsmith::load::Source;
use specsmith::{Input, Stage};

fn with_input<T>(path: &Path, run: impl FnOnce(Input<'_>) -> T) -> T {
    let document = fs::read(path).unwrap();
    run(Input { document: &document, document_name: "api.yaml", config: "", name: Some("api"), ..Input::default() })
}

/// What a document comes to: the IR without the places of its nodes, and what is said.
fn read(path: &Path) -> (Value, Report, Source) {
    let (report, source, ir) = with_input(path, |input| specsmith::emit(input, Stage::Ir));
    assert_eq!(report.count(Level::Error), 0, "{}: {report:#?}", path.display());
    let mut ir: Value = serde_yaml::from_str(&ir.unwrap()).unwrap();
    // What is refused is not in the twin at all.
    let figures = ["operations_in_document", "operations_refused"].map(|key| ir[key].as_u64().unwrap());
    let refused = report.diagnostics().iter().filter(|diagnostic| diagnostic.code == "operation-refused").count();
    assert_eq!(figures[1], u64::try_from(refused).unwrap(), "{}", path.display());
    ir["operations_in_document"] = (figures[0] - figures[1]).into();
    ir["operations_refused"] = 0.into();
    strip_places(&mut ir);
    (ir, report, source)
}

fn strip_places(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.get("at").is_some_and(Value::is_string) {
                members.shift_remove("at");
            }
            members.values_mut().for_each(strip_places);
        }
        Value::Array(elements) => elements.iter_mut().for_each(strip_places),
        _ => {}
    }
}

/// `nulls.3.1.yaml` has the twin `nulls.3.0.yaml`, and `numbers.yaml` has `numbers.mended.yaml`.
fn twin(path: &Path) -> Option<PathBuf> {
    let name = path.file_name().unwrap().to_str().unwrap();
    let stem = name.rsplit_once('.').unwrap().0;
    match stem.split_once('.') {
        Some((_, "3.0" | "mended")) => None,
        Some((stem, _)) => Some(path.with_file_name(format!("{stem}.3.0.yaml"))),
        None => Some(path.with_file_name(format!("{stem}.mended.yaml"))),
    }
}

/// The diagnostic in a line, with the place where a user finds it.
fn line(diagnostic: &Diagnostic, source: &Source) -> String {
    let position = match &diagnostic.place {
        Place::Document(at) => source.spot(at).position(),
        Place::Text(at) => source.position(*at),
        Place::Config(_) | Place::Lock(_) => panic!("{diagnostic:#?}"),
    };
    let (level, code, message) = (diagnostic.level, diagnostic.code, &diagnostic.message);
    format!("{}:{} {level:?} {code}: {message}\n", position.line, position.column)
}

/// Compares a document with its twin, and gives what is said of it.
fn told(path: &Path) -> Option<String> {
    let twin = twin(path)?;
    let ((ir, report, source), (expected, ..)) = (read(path), read(&twin));
    same(&serde_yaml::to_string(&ir).unwrap(), &serde_yaml::to_string(&expected).unwrap(), path);
    Some(report.diagnostics().iter().map(|diagnostic| line(diagnostic, &source)).collect())
}

#[test]
fn each_version_comes_to_what_its_twin_comes_to() {
    insta::glob!("../../specs/versions", "*.yaml", |path| {
        told(path).into_iter().for_each(|told| insta::assert_snapshot!("told", told));
    });
}

#[test]
fn each_fault_costs_no_more_than_it_must() {
    insta::glob!("../../specs/faulty", "*.{yaml,json}", |path| {
        let Some(told) = told(path) else { return };
        // A merge key is no fault; each other document has one.
        assert!(!told.is_empty() || path.ends_with("merge-key.yaml"), "{}: nothing is told", path.display());
        insta::assert_snapshot!("fault", told);
    });
}

/// Fails with the first lines that differ.
fn same(ir: &str, expected: &str, path: &Path) {
    if let Some((line, (found, wanted))) =
        ir.lines().zip(expected.lines()).enumerate().find(|(_, (found, wanted))| found != wanted)
    {
        let around: Vec<&str> = ir.lines().skip(line.saturating_sub(12)).take(13).collect();
        panic!("{}: {found:?} instead of {wanted:?} after\n{}", path.display(), around.join("\n"));
    }
    assert_eq!(ir, expected, "{}", path.display());
}

/// That all that is said of a document is said of a place in it.
fn every_place_is_there(path: &Path) {
    let (.., document) = with_input(path, |input| specsmith::emit(input, Stage::Value));
    let document: Value = serde_yaml::from_str(&document.unwrap()).unwrap();
    let (_, report, _) = read(path);
    for diagnostic in report.diagnostics() {
        let places = [&diagnostic.place].into_iter().chain(diagnostic.related.iter().map(|(place, _)| place));
        for place in places {
            let Place::Document(at) = place else { continue };
            assert!(document.pointer(at.as_str()).is_some(), "{}: {at} is nowhere", path.display());
        }
    }
}

#[test]
fn what_is_said_is_said_of_a_place_that_the_user_wrote() {
    insta::glob!("../../specs/versions", "*.yaml", every_place_is_there);
    insta::glob!("../../specs/faulty", "*.{yaml,json}", every_place_is_there);
}

#[test]
fn generated_pages_name_places_that_the_user_wrote() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/versions/bodies.2.0.yaml");
    let files = with_input(&path, specsmith::generate).files.unwrap();
    let text: String = files.iter().map(|(_, text)| text.to_owned()).collect();
    assert!(text.contains("/paths/~1pets/delete/parameters/0/schema"), "the type of an inline body has no place");
    assert!(!text.contains("delete/requestBody"), "there is none in Swagger 2.0");
}

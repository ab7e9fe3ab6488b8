//! Every version of OpenAPI comes to what its twin in 3.0 comes to, and whatever is said of a
//! document is said of a place in it.
#![allow(clippy::disallowed_methods, reason = "tests read the fixtures")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use specsmith::diagnostics::{Diagnostic, Level, Place, Report};
use specsmith::load::Source;
use specsmith::{Input, Stage};

/// What a document comes to: the IR without the places of its nodes, and what is said.
fn read(path: &Path) -> (Value, Report, Source) {
    let document = fs::read(path).unwrap();
    let input =
        Input { document: &document, document_name: "api.yaml", config: "", name: Some("api"), ..Input::default() };
    let (report, source, ir) = specsmith::emit(input, Stage::Ir);
    assert_eq!(report.count(Level::Error), 0, "{}: {report:#?}", path.display());
    let mut ir = serde_yaml::from_str(&ir.unwrap()).unwrap();
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

/// `nulls.3.1.yaml` has the twin `nulls.3.0.yaml`.
fn twin(path: &Path) -> Option<PathBuf> {
    let name = path.file_name().unwrap().to_str().unwrap();
    let (stem, version) = name.strip_suffix(".yaml").unwrap().split_once('.').unwrap();
    (version != "3.0").then(|| path.with_file_name(format!("{stem}.3.0.yaml")))
}

/// The diagnostic in a line, with the place where a user finds it.
fn line(diagnostic: &Diagnostic, source: &Source) -> String {
    let Place::Document(at) = &diagnostic.place else { panic!("{diagnostic:#?}") };
    let position = source.position(source.span(at).start);
    let (level, code, message) = (diagnostic.level, diagnostic.code, &diagnostic.message);
    format!("{}:{} {level:?} {code}: {message}\n", position.line, position.column)
}

#[test]
fn each_version_comes_to_what_its_twin_comes_to() {
    insta::glob!("../../specs/versions", "*.yaml", |path| {
        let Some(twin) = twin(path) else { return };
        let ((ir, report, source), (expected, ..)) = (read(path), read(&twin));
        let (ir, expected) = (serde_yaml::to_string(&ir).unwrap(), serde_yaml::to_string(&expected).unwrap());
        similar_asserts(&ir, &expected, path);
        let told: String = report.diagnostics().iter().map(|diagnostic| line(diagnostic, &source)).collect();
        insta::assert_snapshot!("told", told);
    });
}

/// Fails with the first lines that differ.
fn similar_asserts(ir: &str, expected: &str, path: &Path) {
    if let Some((line, (found, wanted))) =
        ir.lines().zip(expected.lines()).enumerate().find(|(_, (found, wanted))| found != wanted)
    {
        let around: Vec<&str> = ir.lines().skip(line.saturating_sub(12)).take(13).collect();
        panic!("{}: {found:?} instead of {wanted:?} after\n{}", path.display(), around.join("\n"));
    }
    assert_eq!(ir, expected, "{}", path.display());
}

#[test]
fn what_is_said_is_said_of_a_place_that_the_user_wrote() {
    insta::glob!("../../specs/versions", "*.yaml", |path| {
        let document: Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let (_, report, _) = read(path);
        for diagnostic in report.diagnostics() {
            let places = [&diagnostic.place].into_iter().chain(diagnostic.related.iter().map(|(place, _)| place));
            for place in places {
                let Place::Document(at) = place else { continue };
                assert!(document.pointer(at.as_str()).is_some(), "{}: {at} is nowhere", path.display());
            }
        }
    });
}

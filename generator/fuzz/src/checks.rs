//! What must hold whatever a document, settings, a lock or an overlay say. `tests/fuzzed.rs` of the
//! generator includes this file, and runs all findings through it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a check fails by panicking")]
#![allow(unreachable_pub, reason = "in the package of the fuzz targets it is a module of a library")]

use specsmith::diagnostics::{Place, Report, explain};
use specsmith::load::{Loader, Source};
use specsmith::overlay::OverlayFile;
use specsmith::{Input, Stage};

/// The document that settings, locks and overlays are tried on.
const GIVEN: &str = include_str!("../../../specs/fixtures/twins.yaml");

/// The other files of every document: one of each kind of trouble.
#[derive(Debug)]
struct Files;

impl Loader for Files {
    fn load(&self, location: &str) -> Result<Vec<u8>, String> {
        let text = match location {
            "a.yaml" => "components: {schemas: {A: {$ref: 'b.json#/B'}}}\nA: {$ref: '#/components/schemas/A'}",
            "b.json" => r#"{"B": {"properties": {"a": {"$ref": "a.yaml#/A"}, "b": {"$ref": "c/c.yaml"}}}}"#,
            "c/c.yaml" => "type: array\nitems: {$ref: '../a.yaml#/components/schemas/A'}",
            "bad.yaml" => "a: [",
            _ => return Err("there is no such file".to_owned()),
        };
        Ok(text.into())
    }
}

fn input(document: &[u8]) -> Input<'_> {
    let (name, files) = (Some("fuzzed"), Some(&Files as &dyn Loader));
    Input { document, document_name: "fuzzed.yaml", files, name, contract: true, ..Input::default() }
}

/// Every diagnostic is a known one, and its places are in the texts.
fn report(report: &Report, source: &Source, input: Input<'_>) {
    for diagnostic in report.diagnostics() {
        assert!(explain(diagnostic.code).is_some(), "{diagnostic:#?}");
        assert_ne!(diagnostic.code, "template", "{diagnostic:#?}");
        let places = diagnostic.related.iter().map(|(place, _)| place).chain([&diagnostic.place]);
        for place in places {
            let (text, span) = match place {
                Place::Document(at) => {
                    let spot = source.spot(at);
                    (spot.text, spot.span)
                }
                Place::Text(at) => (source.text(), *at..*at),
                Place::Config(at) => (input.config, *at..*at),
                Place::Lock(at) => (input.lock, *at..*at),
            };
            assert!(text.get(span).is_some(), "{place:?} is in no text: {diagnostic:#?}");
        }
    }
}

/// A document's bytes, as they are.
pub fn load(data: &[u8]) {
    let mut found = Report::default();
    let (source, tree) = specsmith::load::load(data, &mut found);
    report(&found, &source, input(data));
    assert!(tree.is_some() || found.has_errors(), "it was not read, and nothing is said");
}

/// A document up to what `lower` reads.
pub fn upgrade(data: &[u8]) {
    let input = input(data);
    let (found, source, text) = specsmith::emit(input, Stage::Document);
    report(&found, &source, input);
    assert!(text.is_some() || found.has_errors(), "it was not read, and nothing is said");
}

/// A document up to the files of its SDK, twice.
pub fn pipeline(data: &[u8]) {
    whole(input(data));
}

/// Settings, or a lock, which names its version.
pub fn settings(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let is_lock = text.lines().any(|line| line.starts_with("version "));
    let (config, lock) = if is_lock { ("", text) } else { (text, "") };
    let input = Input { config, lock, name: None, ..input(GIVEN.as_bytes()) };
    let outcome = specsmith::describe(input);
    report(&outcome.report, &outcome.source, input);
    let Some(lock) = outcome.lock else { return };
    // What moved did so for the first run alone.
    let again = specsmith::describe(Input { lock: &lock, shared_config: true, ..input });
    assert_eq!(again.lock.as_deref(), Some(&*lock), "{:#?}", again.report);
}

/// An overlay, for a document that is given.
pub fn overlay(data: &[u8]) {
    let overlays = [OverlayFile { name: "overlay.yaml".to_owned(), text: data.to_vec() }];
    let input = Input { overlays: &overlays, ..input(GIVEN.as_bytes()) };
    let (found, source, text) = specsmith::emit(input, Stage::Document);
    report(&found, &source, input);
    assert!(text.is_some() || found.has_errors(), "it was not read, and nothing is said");
}

fn whole(input: Input<'_>) {
    let outcome = specsmith::generate(input);
    report(&outcome.report, &outcome.source, input);
    let (Some(files), Some(lock), Some(api)) = (&outcome.files, &outcome.lock, &outcome.api) else {
        assert!(outcome.report.has_errors(), "nothing was generated, and nothing is said");
        let again = specsmith::generate(input);
        assert_eq!(outcome.report, again.report, "the second run says something else");
        return;
    };
    let operations = api.modules.iter().flat_map(|module| &module.operations);
    let generated: usize = operations.map(|operation| 1 + usize::from(operation.scoped.is_some())).sum();
    assert_eq!(api.operations_in_document, generated + api.operations_refused, "{:#?}", outcome.report);
    for (path, text) in files.iter() {
        let inside = |part: &str| !["", ".", ".."].contains(&part) && !part.contains(['\\', ':', '\0']);
        assert!(path.split('/').all(inside), "{path:?} is no path below a folder");
        if path.ends_with(".toml") {
            assert!(toml::from_str::<toml::Table>(text).is_ok(), "{path} is no TOML:\n{text}");
        }
    }
    let again = specsmith::generate(Input { lock, ..input });
    assert_eq!(again.lock.as_ref(), Some(lock), "{:#?}", again.report);
    for ((path, text), (other, again)) in files.iter().zip(again.files.unwrap().iter()) {
        assert_eq!((path, text), (other, again), "the lock changes a file");
    }
    let same = specsmith::describe(input);
    assert_eq!((same.lock.as_ref(), same.report), (Some(lock), outcome.report), "the second run says something else");
}

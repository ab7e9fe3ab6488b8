//! Overlays: a document that they change comes to what its twin comes to, and what is said of it is
//! said of the file that it stands in.
#![allow(clippy::disallowed_methods, reason = "tests read the fixtures")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use specsmith::diagnostics::{Level, Place, Report};
use specsmith::load::{Loader, Source};
use specsmith::overlay::OverlayFile;
use specsmith::{Input, Stage};

#[derive(Debug)]
struct Folder;

impl Loader for Folder {
    fn load(&self, location: &str) -> Result<Vec<u8>, String> {
        fs::read(path(location)).map_err(|_| format!("there is no {location}"))
    }
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/overlays").join(name)
}

fn file(name: &str) -> OverlayFile {
    OverlayFile { name: name.to_owned(), text: fs::read(path(name)).unwrap() }
}

fn read(document: &str, overlays: &[OverlayFile], config: &str) -> (Report, Source, Option<Value>) {
    let document = fs::read(path(document)).unwrap();
    let input = Input {
        document: &document,
        document_name: "pets.yaml",
        files: Some(&Folder),
        overlays,
        config,
        ..Input::default()
    };
    let (report, source, ir) = specsmith::emit(input, Stage::Ir);
    let ir = ir.map(|ir| {
        let mut ir = serde_yaml::from_str(&ir).unwrap();
        strip_places(&mut ir);
        ir
    });
    (report, source, ir)
}

fn strip_places(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.shift_remove("at");
            members.values_mut().for_each(strip_places);
        }
        Value::Array(elements) => elements.iter_mut().for_each(strip_places),
        _ => {}
    }
}

fn told(report: &Report, source: &Source) -> String {
    let line = |place: &Place| match place {
        Place::Document(at) => {
            let spot = source.spot(at);
            let position = spot.position();
            format!("{}:{}:{}", spot.path("pets.yaml"), position.line, position.column)
        }
        _ => format!("{place:?}"),
    };
    let lines = report.diagnostics().iter();
    lines.map(|it| format!("{} {:?} {}: {}\n", line(&it.place), it.level, it.code, it.message)).collect()
}

#[test]
fn a_document_is_changed_before_it_is_understood() {
    let (report, source, ir) = read("pets.yaml", &[file("first.yaml"), file("second.json")], "");
    let (.., expected) = read("pets.overlaid.yaml", &[], "");
    let text = |ir: &Option<Value>| serde_yaml::to_string(ir.as_ref().unwrap()).unwrap();
    assert_eq!(text(&ir), text(&expected));
    insta::assert_snapshot!(told(&report, &source));
}

#[test]
fn the_settings_name_overlays() {
    let entry = |file: &str| format!("[[overlays]]\nfile = \"{file}\"\nreason = \"A test.\"\n");
    let (.., ir) = read("pets.yaml", &[], &(entry("first.yaml") + &entry("second.json")));
    let (.., expected) = read("pets.overlaid.yaml", &[], "");
    assert_eq!(ir, expected);
    let (report, source, ir) = read("pets.yaml", &[], &entry("nothing.yaml"));
    assert!(ir.is_none());
    insta::assert_snapshot!(told(&report, &source));
}

#[test]
fn each_mistake_is_told_in_the_overlay() {
    let (report, source, ir) = read("pets.yaml", &[file("wrong.yaml")], "");
    assert!(ir.is_none());
    insta::assert_snapshot!(told(&report, &source));
    for (text, message) in [
        ("overlay: 2.0.0", "an overlay begins with"),
        ("overlay: 1.0.0\nactions: []", "an overlay has a list of `actions`"),
        ("overlay: \"1.0.0", "cannot be read: this is not YAML"),
    ] {
        let overlay = OverlayFile { name: "x.yaml".to_owned(), text: text.into() };
        let (report, source, _) = read("pets.yaml", &[overlay], "");
        assert_eq!(report.count(Level::Error), 1);
        assert!(told(&report, &source).starts_with("x.yaml:"), "{}", told(&report, &source));
        assert!(told(&report, &source).contains(message), "{}", told(&report, &source));
    }
}

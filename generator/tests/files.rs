//! Documents in several files: they come to what their twins in one file come to, and what is said
//! of them is said of the file that it stands in.
#![allow(clippy::disallowed_methods, reason = "tests read the fixtures")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use specsmith::diagnostics::{Level, Place, Report};
use specsmith::load::{Loader, Source};
use specsmith::{Input, Stage};

/// The files of one folder.
#[derive(Debug)]
struct Folder(PathBuf);

impl Loader for Folder {
    fn load(&self, location: &str) -> Result<Vec<u8>, String> {
        if location.contains("..") || location.contains(':') || location.starts_with('/') {
            return Err(format!("{location} is not to be read"));
        }
        fs::read(self.0.join(location)).map_err(|_| format!("there is no {location}"))
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/files").join(name)
}

fn read(document: &Path, files: Option<&dyn Loader>) -> (Report, Source, Option<Value>) {
    let document = fs::read(document).unwrap();
    let input = Input { document: &document, document_name: "api.yaml", files, name: Some("api"), ..Input::default() };
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
            for place in ["at", "written"] {
                if members.get(place).is_some_and(Value::is_string) {
                    members.shift_remove(place);
                }
            }
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
            format!("{}:{}:{}", spot.path("api.yaml"), position.line, position.column)
        }
        _ => format!("{place:?}"),
    };
    let lines = report.diagnostics().iter();
    lines.map(|it| format!("{} {:?} {}: {}\n", line(&it.place), it.level, it.code, it.message)).collect()
}

#[test]
fn several_files_come_to_what_one_comes_to() {
    let files = Folder(folder("several"));
    let (report, source, ir) = read(&folder("several/api.yaml"), Some(&files));
    let (.., expected) = read(&folder("several.yaml"), None);
    assert_eq!(report.count(Level::Error) + report.count(Level::Warning), 0, "{}", told(&report, &source));
    let text = |ir: &Option<Value>| serde_yaml::to_string(ir.as_ref().unwrap()).unwrap();
    for (line, (found, wanted)) in text(&ir).lines().zip(text(&expected).lines()).enumerate() {
        assert_eq!(found, wanted, "in line {line}");
    }
    assert_eq!(text(&ir), text(&expected));
}

#[test]
fn what_leads_nowhere_is_told_where_it_stands() {
    let files = Folder(folder("lost"));
    let (report, source, ir) = read(&folder("lost/api.yaml"), Some(&files));
    assert!(ir.is_some());
    insta::assert_snapshot!(told(&report, &source));
}

#[test]
fn without_a_loader_nothing_is_read() {
    let (report, source, _) = read(&folder("lost/api.yaml"), None);
    assert!(told(&report, &source).contains("leads out of this document"), "{}", told(&report, &source));
}

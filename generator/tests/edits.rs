//! What the settings drop, retype and mark: a document with its settings comes to what its twin comes
//! to, in every version, and what is said of a change is said of the settings.
#![allow(clippy::disallowed_methods, reason = "tests read the fixtures")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use serde_json::Value;
use specsmith::diagnostics::{Level, Place, Report};
use specsmith::load::position;
use specsmith::{Input, Stage};

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/edits").join(name)).unwrap_or_default()
}

/// What a document comes to, without the places.
fn understood(document: &str, config: &str) -> (Report, Option<Value>) {
    let input = Input { document: document.as_bytes(), document_name: "shop.yaml", config, ..Input::default() };
    let (report, _, ir) = specsmith::emit(input, Stage::Ir);
    let ir = ir.map(|ir| {
        let mut ir = serde_yaml::from_str(&ir).unwrap();
        strip_places(&mut ir);
        ir
    });
    (report, ir)
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

/// All that is told, with the lines in the settings.
fn told(report: &Report, config: &str) -> String {
    let line = |place: &Place| match place {
        Place::Config(at) => format!("settings:{}", position(config, *at).line),
        Place::Document(at) => format!("document{at}"),
        place => format!("{place:?}"),
    };
    let lines = report.diagnostics().iter();
    lines.map(|it| format!("{} {:?} {}: {}\n", line(&it.place), it.level, it.code, it.message)).collect()
}

#[test]
fn a_document_is_changed_by_its_settings_before_it_is_understood() {
    for version in ["2.0", "3.0", "3.1"] {
        let config = read(&format!("shop.{version}.toml"));
        let (report, ir) = understood(&read(&format!("shop.{version}.yaml")), &config);
        assert_eq!(report.count(Level::Error) + report.count(Level::Warning), 0, "{}", told(&report, &config));
        let (_, expected) = understood(&read(&format!("shop.{version}.edited.yaml")), "");
        let text = |ir: &Option<Value>| serde_yaml::to_string(ir.as_ref().unwrap()).unwrap();
        assert_alike(&text(&ir), &text(&expected));
        insta::assert_snapshot!(version, told(&report, &config));
    }
}

/// Shows the first line that differs, for the whole is long.
fn assert_alike(found: &str, expected: &str) {
    let first = found.lines().zip(expected.lines()).enumerate().find(|(_, (found, expected))| found != expected);
    if let Some((line, _)) = first {
        let part = |text: &str| text.lines().skip(line.saturating_sub(12)).take(18).collect::<Vec<_>>().join("\n");
        panic!("line {line}\n--- found\n{}\n--- expected\n{}", part(found), part(expected));
    }
    assert_eq!(found.lines().count(), expected.lines().count());
}

/// What an entry puts in is the settings' fault, if it is one.
#[test]
fn a_fault_that_the_settings_put_in_is_told_there() {
    let config = r#"
[[retype]]
schemas = "Order"
properties = "id"
schema = { type = "strng" }
reason = "A slip."

[[drop]]
schemas = "State"
reason = "It is referred to all the same."
"#;
    let (report, _) = understood(&read("shop.3.0.yaml"), config);
    insta::assert_snapshot!(told(&report, config));
}

/// Entries speak of the document as it was before, so that their order counts for nothing.
#[test]
fn the_order_of_entries_counts_for_nothing() {
    let config = read("shop.3.0.toml");
    let mut entries: Vec<&str> = config.split("\n\n").collect();
    let (_, expected) = understood(&read("shop.3.0.yaml"), &config);
    entries.reverse();
    let (report, found) = understood(&read("shop.3.0.yaml"), &entries.join("\n\n"));
    assert!(expected.is_some() && found == expected, "{report:#?}");
}

/// With an API whose document has changed since, another's settings do what they can.
#[test]
fn settings_of_another_document_are_no_error() {
    let config = "[[drop]]\noperations = \"gone\"\nreason = \"A test.\"\n";
    let document = read("shop.3.0.yaml");
    let input = Input {
        document: document.as_bytes(),
        document_name: "shop.yaml",
        config,
        shared_config: true,
        ..Input::default()
    };
    let outcome = specsmith::describe(input);
    assert!(outcome.api.is_some() && outcome.report.count(Level::Warning) == 1, "{:#?}", outcome.report);
}

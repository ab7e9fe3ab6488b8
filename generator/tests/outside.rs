//! What comes from other files keeps its name by its place, whatever comes beside it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use specsmith::diagnostics::Level;
use specsmith::load::Loader;
use specsmith::{Input, Outcome};

/// Files with a schema `User` each, whose one member is called like the file.
#[derive(Debug)]
struct Files;

impl Loader for Files {
    fn load(&self, location: &str) -> Result<Vec<u8>, String> {
        let inner = json!({"type": "object", "properties": {"x": {"type": "string"}}});
        let user = json!({"type": "object", "properties": {location: {"type": "string"}, "inner": inner}});
        Ok(json!({"User": user}).to_string().into_bytes())
    }
}

/// A document that refers to the schema `User` of these files.
fn document(files: &[&str], components: &Value) -> String {
    let mut paths = json!({});
    for file in files {
        let schema = json!({"$ref": format!("{file}#/User")});
        paths[format!("/{file}")] = json!({"get": {
            "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": schema}}}},
        }});
    }
    json!({
        "openapi": "3.0.3", "info": {"title": "Files", "version": "1"},
        "paths": paths, "components": {"schemas": components},
    })
    .to_string()
}

fn run(files: &[&str], components: &Value, lock: &str, locked: bool) -> Outcome {
    let document = document(files, components);
    let document = document.as_bytes();
    let files: Option<&dyn Loader> = Some(&Files);
    specsmith::describe(Input { document, document_name: "api.json", files, lock, locked, ..Input::default() })
}

/// The types by the files that they are from.
fn types(outcome: &Outcome) -> BTreeMap<String, String> {
    assert_eq!(outcome.report.count(Level::Error), 0, "{:#?}", outcome.report);
    let types = outcome.api.as_ref().unwrap().types.iter();
    types.map(|ty| (ty.written.as_str().replace("/x-specsmith-files/", ""), ty.name.to_string())).collect()
}

fn lines(outcome: &Outcome) -> Vec<&str> {
    outcome.lock.as_ref().unwrap().lines().filter(|line| line.starts_with("file ")).collect()
}

#[test]
fn one_more_file_renames_no_type() {
    let first = run(&["b.json"], &json!({}), "", false);
    assert_eq!(types(&first)["b.json/User"], "User");
    assert_eq!(lines(&first), ["file schema b.json#/User -> User"]);
    let lock = first.lock.as_ref().unwrap();
    let more = run(&["a.json", "b.json", "c/d.json"], &json!({}), lock, false);
    for (place, name) in types(&first) {
        assert_eq!(types(&more)[&place], name, "{:?}", types(&more));
    }
    assert_eq!(
        lines(&more),
        [
            "file schema a.json#/User -> a_User",
            "file schema b.json#/User -> User",
            "file schema c/d.json#/User -> d_User"
        ]
    );
    // Fewer do not rename the others either, and one that comes back is called as before.
    let fewer = run(&["a.json", "c/d.json"], &json!({}), more.lock.as_ref().unwrap(), false);
    assert_eq!(types(&fewer)["a.json/User"], types(&more)["a.json/User"]);
    assert!(lines(&fewer).contains(&"file schema b.json#/User -> User retired"), "{:?}", lines(&fewer));
    let again = run(&["a.json", "b.json", "c/d.json"], &json!({}), fewer.lock.as_ref().unwrap(), false);
    assert_eq!((types(&again), lines(&again)), (types(&more), lines(&more)));
}

/// It has another place, and is the same thing.
#[test]
fn a_file_that_is_elsewhere_now_keeps_the_names() {
    let first = run(&["b.json"], &json!({}), "", false);
    let moved = run(&["types/b.json"], &json!({}), first.lock.as_ref().unwrap(), false);
    assert_eq!(types(&moved)["types~1b.json/User"], "User");
    assert_eq!(lines(&moved), ["file schema b.json#/User -> User retired", "file schema types/b.json#/User -> User"]);
}

#[test]
fn what_the_document_calls_it_later_is_another_name_for_it() {
    let first = run(&["b.json"], &json!({}), "", false);
    let alias = json!({"Person": {"$ref": "b.json#/User"}});
    let later = run(&["b.json"], &alias, first.lock.as_ref().unwrap(), false);
    assert_eq!(types(&later)["b.json/User"], "User");
    // And without a lock it is called so alone.
    assert_eq!(types(&run(&["b.json"], &alias, "", false))["b.json/User"], "Person");
}

#[test]
fn what_the_lock_does_not_know_is_an_error_where_it_must_not_change() {
    let lock = run(&["b.json"], &json!({}), "", false).lock.unwrap();
    let without: String =
        lock.lines().filter(|line| !line.starts_with("file ")).map(|line| format!("{line}\n")).collect();
    for (lock, files) in [(&without, "b.json"), (&lock, "c.json")] {
        let outcome = run(&[files], &json!({}), lock, true);
        assert!(outcome.api.is_none());
        let told =
            outcome.report.diagnostics().iter().filter(|told| told.message.contains(&format!("`{files}#/User`")));
        assert!(told.count() >= 1, "{:#?}", outcome.report);
    }
    for line in ["file schema b.json#/User -> Other", "file schema c.json#/User -> User", "file thing b.json -> User"] {
        let damaged = run(&["b.json"], &json!({}), &format!("{lock}{line}\n"), false);
        let codes: Vec<_> = damaged.report.diagnostics().iter().map(|told| told.code).collect();
        assert!(codes == ["lock-contradiction"] || codes == ["lock-damaged"], "{line}: {codes:?}");
    }
}

//! A document's history, revision by revision, with the lock carried along: a name never comes to
//! lead to another route, and every operationId that moves is told.
//!
//! `OPERATION_HISTORY=FILE cargo test -p specsmith --test history -- --nocapture` replays another
//! history: a list of `{"revision": "..", "operations": {"GET /path": "operationId"}}`.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "the history is a file; its figures are shown"
)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Value, json};
use specsmith::diagnostics::{Diagnostic, Level};
use specsmith::ir::Api;
use specsmith::{Input, Outcome};

#[derive(Deserialize)]
struct Revision {
    revision: String,
    /// operationIds by route.
    operations: IndexMap<String, String>,
}

/// What may tell that an operationId, or its name, is on another route.
const TOLD_BY: [&str; 4] = ["id-wandered", "name-retired", "name-taken", "route-moved"];

fn read(path: &Path) -> Vec<Revision> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The least document with these operations.
fn document(revision: &Revision) -> String {
    let mut paths: IndexMap<&str, Value> = IndexMap::new();
    for (route, id) in &revision.operations {
        let (method, path) = route.split_once(' ').unwrap();
        let names = path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap());
        let parameters: Vec<Value> = names
            .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
            .collect();
        let operation = json!({
            "operationId": id,
            "parameters": parameters,
            "responses": {"204": {"description": "Done."}},
        });
        paths.entry(path).or_insert_with(|| json!({}))[method.to_lowercase()] = operation;
    }
    json!({"openapi": "3.0.3", "info": {"title": "History", "version": "1"}, "paths": paths}).to_string()
}

/// Understands a revision; `run` is what else is done with it.
fn run(revision: &Revision, lock: &str, run: impl Fn(Input<'_>) -> Outcome) -> Outcome {
    let document = document(revision);
    let outcome = run(Input {
        document: document.as_bytes(),
        document_name: "history.json",
        lock,
        name: Some("history"),
        ..Input::default()
    });
    let report = &outcome.report;
    assert_eq!(report.count(Level::Error), 0, "{}: {report:#?}", revision.revision);
    outcome
}

/// A route without the names of its path's parameters, which no request shows.
fn shape(route: &str) -> String {
    let mut parts = route.split('{');
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |shape, part| shape + "{}" + part.split_once('}').unwrap().1)
}

/// The routes of an SDK by their Rust paths.
fn names(api: &Api) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for module in &api.modules {
        for operation in &module.operations {
            let name = format!("{}::{}", module.name, operation.name);
            let route = format!("{} {}", operation.method, operation.path);
            let other = names.insert(name.clone(), route);
            assert_eq!(other, None, "`{name}` is two routes");
        }
    }
    names
}

/// Everything that a diagnostic says.
fn text(diagnostic: &Diagnostic) -> String {
    format!("{} {} {}", diagnostic.message, diagnostic.label, diagnostic.help)
}

/// What came of a history.
#[derive(Debug, Default, PartialEq)]
struct Replay {
    moves: usize,
    /// operationIds that are on another route, and nothing said so.
    unreported: Vec<String>,
    /// Names that lead to another route than they once did.
    aimed_anew: Vec<String>,
}

/// Replays a history with what comes of each revision: the lock is handed on by `carry`.
fn replay(history: &[Revision], carry: impl Fn(&Outcome) -> String) -> Replay {
    let mut replay = Replay::default();
    let mut lock = String::new();
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for (index, revision) in history.iter().enumerate() {
        let outcome = run(revision, &lock, specsmith::describe);
        let api = outcome.api.as_ref().unwrap();
        assert_eq!(api.operations_in_document, revision.operations.len());
        let told: Vec<String> = outcome
            .report
            .diagnostics()
            .iter()
            .filter(|diagnostic| TOLD_BY.contains(&diagnostic.code))
            .map(text)
            .collect();
        for (route, id) in &revision.operations {
            let Some(old) = before.get(id.as_str()).filter(|old| shape(old) != shape(route)) else { continue };
            replay.moves += 1;
            let routes = [format!("`{old}`"), format!("`{route}`")];
            if !told.iter().any(|text| routes.iter().all(|route| text.contains(route.as_str()))) {
                replay.unreported.push(format!("{}: `{id}` from {old} to {route}", revision.revision));
            }
        }
        before = revision.operations.iter().map(|(route, id)| (id.as_str(), route.as_str())).collect();
        for (name, route) in names(api) {
            if let Some(owner) = owners.get(&name).filter(|owner| shape(owner) != shape(&route)) {
                replay.aimed_anew.push(format!("{}: `{name}` from {owner} to {route}", revision.revision));
            }
            owners.insert(name, route);
        }
        // With the lock that came of it, the same document gives the same names and the same lock: of a
        // long history the last revisions have to show it, whose lock holds all that came before.
        let later = carry(&outcome);
        if !later.is_empty() && history.len() - index <= 10 {
            let again = run(revision, &later, specsmith::describe);
            assert_eq!(again.lock.as_deref(), Some(later.as_str()), "{}", revision.revision);
            assert_eq!(again.api.as_ref().map(names), Some(names(api)), "{}", revision.revision);
        }
        // To write the SDK takes longest; it has to be the same as well, at the end of all.
        if !later.is_empty() && index + 1 == history.len() {
            let [first, again] = [&lock, &later].map(|lock| run(revision, lock, specsmith::generate).files.unwrap());
            assert_eq!(first, again, "{}", revision.revision);
        }
        lock = later;
    }
    replay
}

#[test]
fn no_name_ever_leads_to_another_route() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/history/pets.json");
    let history = read(&env::var_os("OPERATION_HISTORY").map_or(own, Into::into));
    let replay = replay(&history, |outcome| outcome.lock.clone().unwrap());
    let Replay { moves, unreported, aimed_anew } = &replay;
    let reported = moves - unreported.len();
    println!("{} revisions, {reported} moves reported, {} names on another route", history.len(), aimed_anew.len());
    assert!(unreported.is_empty(), "{moves} moves, not reported:\n{}", unreported.join("\n"));
    assert!(aimed_anew.is_empty(), "{}", aimed_anew.join("\n"));
}

/// Without the lock names do wander, and this test sees it.
#[test]
fn a_name_that_is_aimed_anew_is_seen() {
    let history = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/history/pets.json"));
    let replay = replay(&history, |_| String::new());
    assert!(!replay.aimed_anew.is_empty());
    assert_eq!(replay.unreported.len(), replay.moves, "nothing is told without a lock");
}

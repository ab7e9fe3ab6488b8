//! Names under any document: the order of things means nothing, and with the lock carried along no
//! operation that comes or goes renames another.
//!
//! `PROPTEST_CASES=10000 cargo test -p specsmith --test names` tries that many documents.
#![allow(clippy::disallowed_methods, reason = "how many documents are tried is the caller's to say")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use specsmith::diagnostics::Level;
use specsmith::{Input, Outcome};

/// An operation: its method, path, operationId and tag.
type Operation = (String, String, Option<String>, Option<String>);

/// Names that meet in all the ways in which names can: by case, by symbols, by numbers, as keywords.
const IDS: [&str; 16] = [
    "get",
    "get_1",
    "get1",
    "Get",
    "list",
    "listUsers",
    "list_users",
    "users",
    "type",
    "clone",
    "create",
    "create_2",
    "createUser",
    "delete",
    "self",
    "find-users",
];
const SEGMENTS: [&str; 8] = ["users", "Users", "groups", "{id}", "{tenant}", "tokens", "run", "self"];
const TAGS: [&str; 6] = ["Users", "users", "User", "api", "Groups", "Group api"];
const SCHEMAS: [&str; 10] =
    ["User", "user", "a.User", "b.User", "User_", "Option", "UserPart", "a.Option", "Page_User_", "x"];

fn operation() -> impl Strategy<Value = Operation> {
    let path = proptest::collection::vec(proptest::sample::select(&SEGMENTS[..]), 0..4);
    let method = proptest::sample::select(&["get", "post", "put", "delete"][..]);
    let id = proptest::option::weighted(0.9, proptest::sample::select(&IDS[..]));
    let tag = proptest::option::weighted(0.8, proptest::sample::select(&TAGS[..]));
    (method, path, id, tag).prop_map(|(method, path, id, tag)| {
        // A parameter stands once in a path.
        let mut seen = Vec::new();
        let path: Vec<&str> = path
            .into_iter()
            .filter(|segment| {
                let again = segment.starts_with('{') && seen.contains(segment);
                seen.push(*segment);
                !again
            })
            .collect();
        (method.to_owned(), format!("/{}", path.join("/")), id.map(str::to_owned), tag.map(str::to_owned))
    })
}

/// Operations with routes and ids of their own.
fn operations() -> impl Strategy<Value = Vec<Operation>> {
    proptest::collection::vec(operation(), 1..12).prop_map(|operations| {
        let (mut routes, mut ids) = (Vec::new(), Vec::new());
        let is_new = |operation: &Operation| {
            let route = (operation.0.clone(), shape(&operation.1));
            let is_new = !routes.contains(&route) && (operation.2.is_none() || !ids.contains(&operation.2));
            if is_new {
                routes.push(route);
                ids.push(operation.2.clone());
            }
            is_new
        };
        operations.into_iter().filter(is_new).collect()
    })
}

fn schemas() -> impl Strategy<Value = Vec<&'static str>> {
    proptest::sample::subsequence(&SCHEMAS[..], 0..SCHEMAS.len())
}

fn shape(path: &str) -> String {
    path.replace("{id}", "{}").replace("{tenant}", "{}")
}

fn document(operations: &[Operation], schemas: &[&str]) -> String {
    let mut paths: Map<String, Value> = Map::new();
    for (method, path, id, tag) in operations {
        let names = path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap());
        let parameters: Vec<Value> = names
            .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
            .collect();
        let mut operation = json!({"parameters": parameters, "responses": {"204": {"description": "Done."}}});
        if let Some(id) = id {
            operation["operationId"] = json!(id);
        }
        if let Some(tag) = tag {
            operation["tags"] = json!([tag]);
        }
        paths.entry(path.clone()).or_insert_with(|| json!({}))[method] = operation;
    }
    let schema = |name: &&str| {
        let part = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        ((*name).to_owned(), json!({"type": "object", "properties": {"part": part}}))
    };
    let schemas: Map<String, Value> = schemas.iter().map(schema).collect();
    json!({
        "openapi": "3.0.3", "info": {"title": "Names", "version": "1"}, "paths": paths,
        "components": {"schemas": schemas},
    })
    .to_string()
}

fn describe(operations: &[Operation], schemas: &[&str], lock: &str, locked: bool) -> Outcome {
    let document = document(operations, schemas);
    let outcome = specsmith::describe(Input {
        document: document.as_bytes(),
        document_name: "names.json",
        lock,
        locked,
        ..Input::default()
    });
    assert_eq!(outcome.report.count(Level::Error), 0, "{document}\n{lock}\n{:#?}", outcome.report);
    outcome
}

/// What things are called: operations and their types by route, schemas by name.
fn names(outcome: &Outcome) -> BTreeMap<String, String> {
    let api = outcome.api.as_ref().unwrap();
    let mut names = BTreeMap::new();
    for module in &api.modules {
        for operation in &module.operations {
            let route = format!("{} {}", operation.method, shape(&operation.path));
            names.insert(format!("the type of {route}"), format!("{}::{}", module.name, operation.request));
            names.insert(route, format!("{}::{}", module.name, operation.name));
        }
    }
    for ty in &api.types {
        let key = ty.schema.clone().unwrap_or_else(|| ty.at.to_string());
        names.insert(key, ty.name.to_string());
    }
    let mut different: Vec<&String> = names.values().collect();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), names.len(), "{names:?}");
    names
}

/// Few documents in each run of all tests, as many as are asked for otherwise.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn order_means_nothing(
        (sorted, shuffled) in operations().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        (schemas, others) in schemas().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let (first, second) = (describe(&sorted, &schemas, "", false), describe(&shuffled, &others, "", false));
        prop_assert_eq!(names(&first), names(&second));
        prop_assert_eq!(first.lock, second.lock);
    }

    #[test]
    fn whatever_comes_or_goes_renames_nothing_else(all in operations(), at in any::<prop::sample::Index>(), types in schemas()) {
        let mut fewer = all.clone();
        fewer.remove(at.index(all.len()));
        let types_before: Vec<&str> = types.iter().skip(1).copied().collect();
        for (from, from_types, to, to_types) in [
            (&fewer, &types_before, &all, &types),
            (&all, &types, &fewer, &types_before),
        ] {
            let before = describe(from, from_types, "", false);
            let after = describe(to, to_types, before.lock.as_deref().unwrap(), false);
            let (before, after) = (names(&before), names(&after));
            for (key, name) in &before {
                prop_assert!(after.get(key).is_none_or(|now| now == name), "{}: {} was {}", key, after[key], name);
            }
        }
    }

    #[test]
    fn through_all_revisions_a_name_is_one_thing(revisions in proptest::collection::vec((operations(), schemas()), 1..5)) {
        let (mut lock, mut owners) = (String::new(), BTreeMap::new());
        for (operations, schemas) in &revisions {
            let outcome = describe(operations, schemas, &lock, false);
            for (key, name) in names(&outcome) {
                let owner = owners.insert(name.clone(), key.clone()).unwrap_or_else(|| key.clone());
                // Names of what stands inside another schema come and go with it.
                let is_inside = owner.starts_with("/components") || key.starts_with("/components");
                prop_assert!(owner == key || is_inside, "`{}` was {}, and is {}", name, owner, key);
            }
            lock = outcome.lock.clone().unwrap();
            let again = describe(operations, schemas, &lock, true);
            prop_assert_eq!(names(&again), names(&outcome));
            prop_assert_eq!(again.lock.as_ref(), Some(&lock));
        }
    }
}

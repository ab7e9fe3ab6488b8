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
use specsmith::ir::Shape;
use specsmith::{Input, Outcome};

/// An operation: its method, path, operationId, tag and parameters.
type Operation = (String, String, Option<String>, Option<String>, Vec<(&'static str, &'static str)>);

/// A schema: its name, its members, and the values of one that is an enum.
type Schema = (&'static str, Vec<&'static str>, Vec<&'static str>);

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

/// Members that meet by case, by symbols, with what generated code has, or not at all.
const MEMBERS: [&str; 16] = [
    "fooBar",
    "foo_bar",
    "foo-bar",
    "FooBar",
    "FOO_BAR",
    "foobar",
    "foo_bar_field",
    "foo_bar_camel",
    "extra",
    "extraMembers",
    "extra_members",
    "new",
    "type",
    "self",
    "a.b",
    "id",
];
const VALUES: [&str; 14] = [
    "RUNNING",
    "Running",
    "running",
    "RunningUpper",
    "RUN_NING",
    "runNing",
    "unknown",
    "UNKNOWN",
    "otherValue",
    "Self",
    "a-b",
    "a.b",
    "",
    "1",
];
const PARAMETERS: [(&str, &str); 12] = [
    ("query", "id"),
    ("header", "id"),
    ("query", "idQuery"),
    ("query", "x_a"),
    ("query", "x-a"),
    ("query", "xA"),
    ("header", "X-A"),
    ("query", "body"),
    ("query", "requestBody"),
    ("query", "send"),
    ("query", "send_query"),
    ("query", "tenant"),
];
/// In which form of the specification a document is.
const FORMS: [&str; 3] = ["2.0", "3.0.3", "3.1.0"];

fn operation() -> impl Strategy<Value = Operation> {
    let path = proptest::collection::vec(proptest::sample::select(&SEGMENTS[..]), 0..4);
    let method = proptest::sample::select(&["get", "post", "put", "delete"][..]);
    let id = proptest::option::weighted(0.9, proptest::sample::select(&IDS[..]));
    let tag = proptest::option::weighted(0.8, proptest::sample::select(&TAGS[..]));
    let parameters = proptest::sample::subsequence(&PARAMETERS[..], 0..5);
    (method, path, id, tag, parameters).prop_map(|(method, path, id, tag, parameters)| {
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
        let path = format!("/{}", path.join("/"));
        (method.to_owned(), path, id.map(str::to_owned), tag.map(str::to_owned), parameters)
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

fn schemas() -> impl Strategy<Value = Vec<Schema>> {
    let members = proptest::sample::subsequence(&MEMBERS[..], 0..6);
    let values = proptest::sample::subsequence(&VALUES[..], 1..5);
    let names = proptest::sample::subsequence(&SCHEMAS[..], 0..SCHEMAS.len());
    names.prop_flat_map(move |names| {
        let count = names.len();
        let parts = proptest::collection::vec((members.clone(), values.clone()), count);
        (Just(names), parts).prop_map(|(names, parts)| {
            names.into_iter().zip(parts).map(|(name, (members, values))| (name, members, values)).collect()
        })
    })
}

fn shape(path: &str) -> String {
    path.replace("{id}", "{}").replace("{tenant}", "{}")
}

fn document(form: &str, operations: &[Operation], schemas: &[Schema]) -> Value {
    let is_old = form == "2.0";
    let parameter = |place: &str, name: &str| {
        let mut parameter = json!({"name": name, "in": place, "required": place == "path"});
        let text = json!({"type": "string", "enum": ["a", "b"]});
        match is_old {
            true => parameter.as_object_mut().unwrap().extend(text.as_object().unwrap().clone()),
            false => parameter["schema"] = text,
        }
        parameter
    };
    let mut paths: Map<String, Value> = Map::new();
    for (method, path, id, tag, parameters) in operations {
        let names = path.split('{').skip(1).map(|rest| ("path", rest.split('}').next().unwrap()));
        let parameters: Vec<Value> =
            names.chain(parameters.iter().copied()).map(|(place, name)| parameter(place, name)).collect();
        let mut operation = json!({"parameters": parameters, "responses": {"204": {"description": "Done."}}});
        if let Some(id) = id {
            operation["operationId"] = json!(id);
        }
        if let Some(tag) = tag {
            operation["tags"] = json!([tag]);
        }
        paths.entry(path.clone()).or_insert_with(|| json!({}))[method] = operation;
    }
    let schema = |(name, members, values): &Schema| {
        let part = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        let mut properties = json!({"part": part, "kind": {"type": "string", "enum": values}});
        for member in members {
            properties[*member] = json!({"type": "string"});
        }
        ((*name).to_owned(), json!({"type": "object", "properties": properties}))
    };
    let schemas: Map<String, Value> = schemas.iter().map(schema).collect();
    let tags: Vec<Value> = TAGS.iter().map(|tag| json!({"name": tag})).collect();
    let mut document = json!({"info": {"title": "Names", "version": "1"}, "tags": tags, "paths": paths});
    match is_old {
        true => (document["swagger"], document["definitions"]) = (json!(form), json!(schemas)),
        false => (document["openapi"], document["components"]) = (json!(form), json!({"schemas": schemas})),
    }
    document
}

/// The same document in another order, as far as order means nothing.
fn shuffled(value: &Value, seed: &mut u64) -> Value {
    let mut next = || {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *seed >> 33
    };
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().map(|(name, value)| (next(), name, value)).collect();
            members.sort_by_key(|(place, ..)| *place);
            members.into_iter().map(|(_, name, value)| (name.clone(), shuffled(value, seed))).collect()
        }
        Value::Array(elements) => {
            let mut elements: Vec<_> = elements.iter().map(|value| (next(), value)).collect();
            elements.sort_by_key(|(place, _)| *place);
            elements.into_iter().map(|(_, value)| shuffled(value, seed)).collect()
        }
        other => other.clone(),
    }
}

fn describe(document: &Value, lock: &str, locked: bool) -> Outcome {
    let document = document.to_string();
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
    for ty in api.types.iter() {
        // A type inside an operation is known by its parameter, not by that one's number.
        let Some(key) = ty.schema.clone().or_else(|| in_components(&ty.at.to_string())) else { continue };
        names.insert(key, ty.name.to_string());
    }
    are_different(names.values());
    names
}

fn in_components(at: &str) -> Option<String> {
    at.starts_with("/components").then(|| at.to_owned())
}

/// What members, values and parameters are called, by what has them.
fn members(outcome: &Outcome) -> BTreeMap<String, String> {
    let api = outcome.api.as_ref().unwrap();
    let mut scopes: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for operation in api.modules.iter().flat_map(|module| &module.operations) {
        let route = format!("{} {}", operation.method, shape(&operation.path));
        let names = scopes.entry(route).or_default();
        for param in &operation.params {
            // What an argument is called, no caller writes.
            if !param.is_argument() {
                names.push((format!("{:?} {}", param.place, param.wire), param.name.to_string()));
            }
            let ty = types_name(outcome, &param.ty);
            names.push((format!("type of {:?} {}", param.place, param.wire), ty));
        }
    }
    for ty in &api.types {
        let Some(place) = in_components(&ty.at.to_string()) else { continue };
        let names = scopes.entry(place).or_default();
        match &ty.shape {
            Shape::Struct { fields, extra } => {
                names.extend(fields.iter().map(|field| (field.wire.clone(), field.name.to_string())));
                names.push(("all others".to_owned(), extra.to_string()));
            }
            Shape::Enum { variants, unknown } => {
                names.extend(variants.iter().map(|variant| (variant.wire.clone(), variant.name.to_string())));
                names.push(("all others".to_owned(), unknown.to_string()));
            }
            _ => {}
        }
    }
    scopes.values().for_each(|names| are_different(names.iter().map(|(_, name)| name)));
    let all = scopes
        .into_iter()
        .flat_map(|(scope, names)| names.into_iter().map(move |(key, name)| (format!("{scope} {key}"), name)));
    all.collect()
}

fn types_name(outcome: &Outcome, ty: &specsmith::ir::TypeRef) -> String {
    match ty {
        specsmith::ir::TypeRef::Named(id) => outcome.api.as_ref().unwrap().types[id.0].name.to_string(),
        other => format!("{other:?}"),
    }
}

fn are_different<'a>(names: impl Iterator<Item = &'a String>) {
    let all: Vec<&String> = names.collect();
    let mut different = all.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), all.len(), "{all:?}");
}

/// Whatever is in both has one name.
fn keep(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Result<(), TestCaseError> {
    for (key, name) in before {
        prop_assert!(after.get(key).is_none_or(|now| now == name), "{}: {} was {}", key, after[key], name);
    }
    Ok(())
}

/// One of everything less: of the operations, of the schemas, and of what the others have.
fn fewer(operations: &[Operation], schemas: &[Schema], at: usize) -> (Vec<Operation>, Vec<Schema>) {
    let (mut operations, mut schemas) = (operations.to_vec(), schemas.to_vec());
    operations.remove(at % operations.len());
    for (index, operation) in operations.iter_mut().enumerate() {
        if !operation.4.is_empty() {
            operation.4.remove((at + index) % operation.4.len());
        }
    }
    if !schemas.is_empty() {
        schemas.remove(at % schemas.len());
    }
    for (index, (_, members, values)) in schemas.iter_mut().enumerate() {
        if !members.is_empty() {
            members.remove((at + index) % members.len());
        }
        if values.len() > 1 {
            values.remove((at + index) % values.len());
        }
    }
    (operations, schemas)
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
        operations in operations(), schemas in schemas(), form in proptest::sample::select(&FORMS[..]), mut seed in any::<u64>(),
    ) {
        let one = document(form, &operations, &schemas);
        let other = shuffled(&one, &mut seed);
        let first = describe(&one, "", false);
        let lock = first.lock.clone().unwrap();
        for second in [describe(&other, "", false), describe(&other, &lock, true)] {
            prop_assert_eq!(names(&first), names(&second));
            prop_assert_eq!(members(&first), members(&second));
            prop_assert_eq!(second.lock.as_ref(), Some(&lock));
        }
    }

    #[test]
    fn whatever_comes_or_goes_renames_nothing_else(
        operations in operations(), schemas in schemas(), form in proptest::sample::select(&FORMS[..]), at in 0..1000_usize,
    ) {
        let all = document(form, &operations, &schemas);
        let (operations, schemas) = fewer(&operations, &schemas, at);
        let less = document(form, &operations, &schemas);
        for (from, to) in [(&less, &all), (&all, &less)] {
            let before = describe(from, "", false);
            let after = describe(to, before.lock.as_deref().unwrap(), false);
            keep(&names(&before), &names(&after))?;
            keep(&members(&before), &members(&after))?;
        }
    }

    #[test]
    fn through_all_revisions_a_name_is_one_thing(revisions in proptest::collection::vec((operations(), schemas()), 1..5)) {
        let (mut lock, mut owners, mut there) = (String::new(), BTreeMap::new(), BTreeMap::new());
        for (operations, schemas) in &revisions {
            let document = document("3.0.3", operations, schemas);
            let outcome = describe(&document, &lock, false);
            for (key, name) in names(&outcome) {
                let owner = owners.insert(name.clone(), key.clone()).unwrap_or_else(|| key.clone());
                // Names of what stands inside another schema come and go with it.
                let is_inside = owner.starts_with("/components") || key.starts_with("/components");
                prop_assert!(owner == key || is_inside, "`{}` was {}, and is {}", name, owner, key);
            }
            // A member that was there and is there has the name that it had.
            let members = members(&outcome);
            keep(&there, &members)?;
            there = members;
            lock = outcome.lock.clone().unwrap();
            let again = describe(&document, &lock, true);
            prop_assert_eq!(names(&again), names(&outcome));
            prop_assert_eq!(again.lock.as_ref(), Some(&lock));
        }
    }
}

//! Names of fields, values and parameters that were given for good: whatever comes beside them, each
//! goes on to mean what it meant.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use specsmith::diagnostics::{Diagnostic, Level};
use specsmith::ir::{Api, Shape};
use specsmith::{Input, Outcome};

/// A document of a schema `Pet` with these members, an enum `State` of these values, and an operation
/// with these parameters (`query id`).
fn document(members: &[&str], values: &[&str], parameters: &[&str]) -> Value {
    let text = json!({"type": "string"});
    let properties: serde_json::Map<String, Value> =
        members.iter().map(|name| ((*name).to_owned(), text.clone())).collect();
    // Two parameters have types of their own.
    let text = |name: &str| match name {
        "color" | "size" => json!({"type": "string", "enum": [name]}),
        _ => text.clone(),
    };
    let parameters: Vec<Value> = parameters
        .iter()
        .map(|parameter| {
            let (place, name) = parameter.split_once(' ').unwrap();
            json!({"name": name, "in": place, "required": place == "path", "schema": text(name)})
        })
        .collect();
    let list = json!({"parameters": parameters, "responses": {"204": {"description": "Done."}}});
    json!({
        "openapi": "3.0.3", "info": {"title": "Members", "version": "1"},
        "paths": {"/pets": {"get": list}},
        "components": {"schemas": {
            "Pet": {"type": "object", "properties": properties},
            "State": {"type": "string", "enum": values},
        }},
    })
}

fn describe(document: &Value, lock: &str, config: &str, locked: bool) -> Outcome {
    let text = document.to_string();
    let document = text.as_bytes();
    specsmith::describe(Input { document, document_name: "members.json", lock, config, locked, ..Input::default() })
}

/// A run that has to succeed, with its lock.
fn run(document: &Value, lock: &str) -> (Api, String, Vec<Diagnostic>) {
    let outcome = describe(document, lock, "", false);
    assert_eq!(outcome.report.count(Level::Error), 0, "{:#?}", outcome.report);
    let told = outcome.report.diagnostics().to_vec();
    (outcome.api.unwrap(), outcome.lock.unwrap(), told)
}

/// What the members are called: `fooBar foo_bar`.
fn names(api: &Api) -> Vec<String> {
    let mut names = Vec::new();
    for ty in &api.types {
        match &ty.shape {
            Shape::Struct { fields, extra } => {
                names.extend(fields.iter().map(|field| format!("{} {}", field.wire, field.name)));
                names.push(format!("* {extra}"));
            }
            Shape::Enum { variants, unknown } if ty.schema.is_some() => {
                names.extend(variants.iter().map(|variant| format!("{} {}", variant.wire, variant.name)));
                names.push(format!("* {unknown}"));
            }
            _ => {}
        }
    }
    let operations = api.modules.iter().flat_map(|module| &module.operations);
    let params = operations.flat_map(|operation| &operation.params);
    names.extend(params.map(|param| format!("{:?} {} {}", param.place, param.wire, param.name)));
    names
}

/// The lines of a lock that are about members.
fn lines(lock: &str) -> Vec<&str> {
    let kinds = ["field ", "value ", "parameter ", "spelling "];
    lock.lines().filter(|line| kinds.iter().any(|kind| line.starts_with(kind))).collect()
}

#[test]
fn what_comes_later_takes_no_name_from_what_is_there() {
    let before = document(&["fooBar", "id"], &["RUNNING", "TIMED_OUT"], &["query sortBy", "query id"]);
    let (api, lock, _) = run(&before, "");
    // Nothing had to be decided: one line a kind says how all are spelled.
    assert_eq!(lines(&lock), ["spelling field camel", "spelling parameter camel", "spelling value upper"]);
    let all = ["foo_bar", "fooBar", "id", "extra"];
    let values = ["Running", "RUNNING", "TIMED_OUT", "UNKNOWN"];
    let parameters = ["query sort_by", "header id", "query sortBy", "query id", "query body"];
    let (later, later_lock, told) = run(&document(&all, &values, &parameters), &lock);
    for name in names(&api) {
        assert!(names(&later).contains(&name), "`{name}` of {:?} is not in {:?}", names(&api), names(&later));
    }
    assert_eq!(
        lines(&later_lock),
        [
            "field /components/schemas/Pet extra -> extra_field",
            "field /components/schemas/Pet foo_bar -> foo_underscore_bar",
            "parameter GET /pets header id -> id_header",
            "parameter GET /pets query body -> body_query",
            "parameter GET /pets query sort_by -> sort_by_query",
            "spelling field camel",
            "spelling parameter camel",
            "spelling value upper",
            "value /components/schemas/State Running -> RunningMixed",
            "value /components/schemas/State UNKNOWN -> UnknownValue",
        ]
    );
    assert!(told.iter().all(|told| told.code != "name-taken"), "what has no line is told by its own name: {told:#?}");
    // The other way round, the one that is spelled as none is was first.
    let odd = document(&["foo_bar", "userName", "zipCode"], &["A_B"], &["query x"]);
    let (_, lock, _) = run(&odd, "");
    assert_eq!(lines(&lock)[0], "field /components/schemas/Pet foo_bar -> foo_bar");
    let (api, lock, told) =
        run(&document(&["fooBar", "foo_bar", "userName", "zipCode"], &["A_B"], &["query x"]), &lock);
    assert!(names(&api).contains(&"foo_bar foo_bar".to_owned()), "{:?}", names(&api));
    assert!(names(&api).contains(&"fooBar foo_bar_camel".to_owned()), "{:?}", names(&api));
    assert_eq!(lines(&lock)[0], "field /components/schemas/Pet fooBar -> foo_bar_camel");
    let [taken] = told.iter().filter(|told| told.code == "name-taken").collect::<Vec<_>>()[..] else {
        panic!("{told:#?}")
    };
    assert_eq!(
        taken.message,
        "`fooBar` is not called `foo_bar`: the name belongs to field /components/schemas/Pet foo_bar"
    );
}

#[test]
fn a_name_that_a_rule_gave_stays_when_its_rival_goes() {
    let both = document(&["a"], &["low", "LOW"], &["query x"]);
    let (_, lock, _) = run(&both, "");
    let (api, lock, _) = run(&document(&["a"], &["LOW"], &["query x"]), &lock);
    assert!(names(&api).contains(&"LOW LowUpper".to_owned()), "{:?}", names(&api));
    assert!(lock.contains("value /components/schemas/State low -> LowLower retired\n"), "{lock}");
    // It is given to nobody else, and the one that had it gets it back.
    let (api, later, told) = run(&document(&["a"], &["LOW", "LowLower"], &["query x"]), &lock);
    assert!(!names(&api).contains(&"LowLower LowLower".to_owned()), "{:?}", names(&api));
    assert!(
        told.iter().any(|told| told.code == "name-retired" && told.help.contains("take the line out")),
        "{told:#?}"
    );
    let (api, later, _) = run(&both, &later);
    assert!(names(&api).contains(&"low LowLower".to_owned()), "{:?}", names(&api));
    assert!(!later.contains("low -> LowLower retired"), "{later}");
}

#[test]
fn members_of_a_route_that_moved_keep_their_names() {
    let before = document(&["a"], &["A"], &["query x_a", "query x-a"]);
    let (api, lock, _) = run(&before, "");
    assert!(
        names(&api).contains(&"Query x_a x_a".to_owned()) && names(&api).contains(&"Query x-a x_a_query".to_owned())
    );
    let mut moved = document(&["a"], &["A"], &["query x-a"]);
    moved["paths"] = json!({"/animals": moved["paths"]["/pets"]});
    let config = "[[moved]]\nfrom = \"GET /pets\"\nto = \"GET /animals\"\nreason = \"so they are called\"\n";
    let outcome = describe(&moved, &lock, config, false);
    let lock = outcome.lock.unwrap();
    assert!(names(outcome.api.as_ref().unwrap()).contains(&"Query x-a x_a_query".to_owned()));
    let outcome = describe(&moved, &lock, "", true);
    assert!(names(outcome.api.as_ref().unwrap()).contains(&"Query x-a x_a_query".to_owned()), "{lock}");
}

/// So do types inside of it, and their members.
#[test]
fn what_is_inside_a_route_that_moved_keeps_its_names() {
    let kind = |values: &[&str]| json!({"type": "object", "properties": {"kind": {"type": "string", "enum": values}}});
    let document = |path: &str, values: &[&str]| {
        let content = json!({"application/json": {"schema": kind(values)}});
        let answer = json!({"description": "It.", "content": content});
        json!({
            "openapi": "3.0.3", "info": {"title": "Members", "version": "1"},
            "paths": {path: {"get": {"operationId": format!("of{}", path.len()), "responses": {"200": answer}}}},
        })
    };
    let inside = |api: &Api| -> Vec<(String, Vec<String>)> {
        let of = |shape: &Shape| match shape {
            Shape::Enum { variants, .. } => variants.iter().map(|it| format!("{} {}", it.wire, it.name)).collect(),
            _ => Vec::new(),
        };
        api.types.iter().map(|ty| (ty.name.to_string(), of(&ty.shape))).collect()
    };
    let (_, lock, _) = run(&document("/pets/{id}", &["low", "LOW"]), "");
    let before = describe(&document("/pets/{id}", &["LOW", "x"]), &lock, "", false);
    let config = "[[moved]]\nfrom = \"GET /pets/{id}\"\nto = \"GET /{shop}/animals/{pet}\"\nreason = \"so\"\n";
    let outcome = describe(&document("/{shop}/animals/{pet}", &["LOW", "x"]), &lock, config, false);
    let (before, after) = (inside(before.api.as_ref().unwrap()), inside(outcome.api.as_ref().unwrap()));
    assert_eq!(after, before);
    assert!(before.iter().any(|(_, values)| values.contains(&"LOW LowUpper".to_owned())), "{before:?}");
    // Once the lock has them, they stay without the entry.
    let later = describe(&document("/{shop}/animals/{pet}", &["LOW", "x"]), &outcome.lock.unwrap(), "", true);
    assert_eq!(inside(later.api.as_ref().unwrap()), before);
}

/// A type inside an operation is its parameter's, wherever that stands among the others.
#[test]
fn types_inside_are_known_by_what_has_them() {
    let types = |api: &Api| -> Vec<(String, String)> {
        let operations = api.modules.iter().flat_map(|module| &module.operations);
        let params = operations.flat_map(|operation| &operation.params);
        params
            .map(|param| match &param.ty {
                specsmith::ir::TypeRef::Named(id) => (param.wire.clone(), api.types[id.0].name.to_string()),
                other => panic!("{other:?}"),
            })
            .collect()
    };
    let (api, lock, _) = run(&document(&["a"], &["A"], &["query color", "query size"]), "");
    assert!(lock.contains("inline /paths/~1pets/get/parameters/query:color/schema -> "), "{lock}");
    let (later, ..) = run(&document(&["a"], &["A"], &["header color", "query size", "query color"]), &lock);
    assert_eq!(types(&api), types(&later)[1..].iter().rev().cloned().collect::<Vec<_>>());
}

#[test]
fn what_the_lock_does_not_know_of_members_is_an_error_where_it_must_not_change() {
    let (_, lock, _) = run(&document(&["fooBar"], &["A"], &["query x"]), "");
    let told = |document: &Value, lock: &str| -> Vec<String> {
        let outcome = describe(document, lock, "", true);
        let told = outcome.report.diagnostics().iter().filter(|told| told.code == "not-locked");
        told.map(|told| told.message.clone()).collect()
    };
    let more = document(&["fooBar", "foo_bar"], &["A", "a"], &["query x", "query X"]);
    assert_eq!(
        told(&more, &lock),
        [
            "the lock does not know `field /components/schemas/Pet foo_bar`, which would be called `foo_underscore_bar`",
            "the lock does not know `value /components/schemas/State a`, which would be called `ALower`",
            "the lock does not know `parameter GET /pets query X`, which would be called `x_query`",
        ]
    );
    let (_, later, _) = run(&more, &lock);
    assert_eq!(told(&more, &later), [""; 0]);
    assert_eq!(
        told(&document(&["fooBar"], &["A", "a"], &["query x", "query X"]), &later),
        ["`field /components/schemas/Pet foo_bar` is gone, and the lock does not say so"]
    );
}

/// Members that had their names by it, and no line, may be gone: nobody else gets those names.
#[test]
fn how_members_are_spelled_is_said_once() {
    let (_, lock, _) = run(&document(&["a_b", "id"], &["A"], &[]), "");
    assert!(lock.contains("spelling field snake\n"), "{lock}");
    let many = ["a_b", "id", "cD", "eF", "gH", "iJ"];
    let (api, lock, _) = run(&document(&many, &["A"], &[]), &lock);
    let fields = ["cD -> c_d", "eF -> e_f", "gH -> g_h", "iJ -> i_j"];
    assert_eq!(lines(&lock)[..4], fields.map(|line| format!("field /components/schemas/Pet {line}")));
    assert!(lock.contains("spelling field snake\n"), "{lock}");
    let (later, ..) = run(&document(&["a_b", "aB", "c_d", "id", "cD", "eF", "gH", "iJ"], &["A"], &[]), &lock);
    assert!(names(&api).iter().all(|name| names(&later).contains(name)), "{:?}", names(&later));
}

/// `XBody` may be the body of `x`, or the request of `x_body`.
#[test]
fn types_of_operations_keep_their_names() {
    let operation = || {
        json!({"responses": {
        "200": {"description": "One.", "content": {"application/json": {"schema": {"type": "string"}}}},
        "201": {"description": "Another.", "content": {"text/plain": {"schema": {"type": "string"}}}},
    }, "tags": ["Api"]})
    };
    let document = |ids: &[&str]| {
        let mut document = document(&["a"], &["A"], &[]);
        document["paths"] = json!({});
        for id in ids {
            document["paths"][format!("/{id}")]["post"] = operation();
            document["paths"][format!("/{id}")]["post"]["operationId"] = json!(id);
        }
        document
    };
    let types = |api: &Api| -> Vec<String> {
        let operations = api.modules.iter().flat_map(|module| &module.operations);
        let types = operations.map(|it| format!("{} {} {}", it.path, it.request, it.answers.type_name));
        types.collect()
    };
    let all = ["sendIt", "sendItAnswer", "sendItAnswerAnswer"];
    let (whole, whole_lock, _) = run(&document(&all), "");
    for first in [&all[..1], &all[1..2], &all[2..], &all[..2], &all[1..]] {
        let (before, lock, _) = run(&document(first), "");
        let (after, lock, _) = run(&document(&all), &lock);
        for types_before in types(&before) {
            assert!(types(&after).contains(&types_before), "{first:?}: {types_before} {:?}", types(&after));
        }
        let (again, ..) = run(&document(&all), &lock);
        assert_eq!(types(&again), types(&after), "{first:?}");
        // What goes takes no name along.
        let (fewer, ..) = run(&document(first), &whole_lock);
        for types_left in types(&fewer) {
            assert!(types(&whole).contains(&types_left), "{first:?}: {types_left} {:?}", types(&whole));
        }
    }
}

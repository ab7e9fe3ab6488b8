//! Documents that ask for trouble: each comes to an SDK, or to a diagnostic that says what is wrong.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use specsmith::diagnostics::{Level, Place};
use specsmith::ir::{Answer, Payload};
use specsmith::{Input, Outcome};

/// Generates from paths and schemas, each an indented piece of YAML.
fn generate(paths: &str, schemas: &str) -> Outcome {
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}\ncomponents:\n  schemas:\n{schemas}\n"
    );
    let input = Input {
        document: document.as_bytes(),
        document_name: "hostile.yaml",
        config: "",
        name: Some("hostile"),
        contract: true,
        ..Input::default()
    };
    let outcome = specsmith::generate(input);
    assert_eq!(outcome.report.count(Level::Error), 0, "{:#?}", outcome.report);
    outcome
}

/// The places of the diagnostics of one code.
fn places(outcome: &Outcome, code: &str) -> Vec<String> {
    let of_code = outcome.report.diagnostics().iter().filter(|diagnostic| diagnostic.code == code);
    of_code
        .map(|diagnostic| match &diagnostic.place {
            Place::Document(at) => at.to_string(),
            place => panic!("{place:?}"),
        })
        .collect()
}

/// A list of itself has no end that a parameter, a part or a header could be written to.
#[test]
fn a_schema_of_itself_ends_wherever_it_is_used() {
    let outcome = generate(
        "  /a:\n    post:\n      operationId: a\n      parameters:\n        - {name: p, in: query, schema: {$ref: '#/components/schemas/List'}}\n        \
         - {name: X-P, in: header, schema: {$ref: '#/components/schemas/Map'}}\n      requestBody: {content: {multipart/form-data: {schema: \
         {type: object, properties: {a: {$ref: '#/components/schemas/List'}}}}}}\n      responses: {'200': {description: x, headers: \
         {X-H: {schema: {$ref: '#/components/schemas/List'}}}, content: {text/event-stream: {schema: {$ref: '#/components/schemas/Map'}}}}}",
        "    List: {type: array, items: {$ref: '#/components/schemas/List'}}\n    \
         Map: {type: object, additionalProperties: {$ref: '#/components/schemas/Map'}}",
    );
    assert_eq!(places(&outcome, "untyped"), ["/components/schemas/List", "/components/schemas/Map"]);
}

/// `text/*` is sent as `text/plain`, which may be declared beside it.
#[test]
fn contents_that_are_sent_alike_have_names_of_their_own() {
    let outcome = generate(
        "  /a:\n    post:\n      operationId: a\n      requestBody: {content: {text/*: {}, text/plain: {}, TEXT/PLAIN: {}, \
         text/plain;charset=utf-8: {}, '*/*': {}, application/*: {}, application/json: {}, image/*: {}, application/octet-stream: {}}}\n      \
         responses: {'204': {description: x}}",
        "    A: {type: string}",
    );
    let body = outcome.api.as_ref().unwrap().modules[0].operations[0].body.as_ref().unwrap();
    let names: BTreeSet<String> =
        body.contents.iter().map(|content| content.variant.to_string().to_lowercase()).collect();
    assert_eq!((body.contents.len(), names.len()), (9, 9), "{:?}", body.contents);
}

#[test]
fn a_response_without_a_status_is_told_of() {
    let outcome = generate(
        "  /a:\n    get:\n      operationId: a\n      responses: {'200': {description: x}, '4xx': {description: x}, default: {description: x}, \
         x-own: 1, '200 ': {description: x}, DEFAULT: {description: x}, '20': {description: x}, 0XX: {description: x}, '2XY': {description: x}}",
        "    A: {type: string}",
    );
    let keys = ["200 ", "DEFAULT", "20", "0XX", "2XY"].map(|key| format!("/paths/~1a/get/responses/{key}"));
    assert_eq!(places(&outcome, "unknown-member"), keys);
}

/// A form needs names: of what is no object, the caller writes it. A part that may only be read is
/// required of nobody who writes.
#[test]
fn forms_of_what_is_no_object_are_texts() {
    let form = |id: &str, schema: &str| {
        format!(
            "  /{id}:\n    post: {{operationId: {id}, requestBody: {{content: {{application/x-www-form-urlencoded: {{schema: {schema}}}}}}}, \
             responses: {{'204': {{description: x}}}}}}"
        )
    };
    let part = "  /p:\n    post: {operationId: p, requestBody: {content: {multipart/form-data: {schema: {type: object, required: [a, b], \
                properties: {a: {type: string, readOnly: true}, b: {type: string}}}}}}, responses: {'204': {description: x}}}";
    let paths = [
        form("a", "{type: string}"),
        form("b", "{type: array, items: {type: string}}"),
        form("c", "{$ref: '#/components/schemas/A'}"),
        form("d", "{type: object, properties: {a: {type: string}}}"),
        form("e", "{type: object}"),
        part.to_owned(),
    ];
    let outcome = generate(&paths.join("\n"), "    A: {type: string, enum: [a]}");
    let operations = outcome.api.as_ref().unwrap().modules.iter().flat_map(|module| &module.operations);
    let mut kinds: Vec<(String, &str)> = Vec::new();
    for operation in operations {
        let kind = match &operation.body.as_ref().unwrap().contents[0].payload {
            Payload::Text => "text",
            Payload::Form { .. } => "form",
            Payload::Multipart { parts, .. } if !parts[0].required && parts[1].required => "parts",
            payload => panic!("{payload:?}"),
        };
        kinds.push((operation.ids[0].clone(), kind));
    }
    kinds.sort();
    let kinds: Vec<&str> = kinds.iter().map(|(_, kind)| *kind).collect();
    assert_eq!(kinds, ["text", "text", "text", "form", "form", "parts"]);
}

/// `HEAD`, 204 and their like never have a body, so nothing is read from it.
#[test]
fn answers_without_a_body_are_not_read() {
    let answer = |status: &str| {
        format!("'{status}': {{description: x, content: {{application/json: {{schema: {{type: string}}}}}}}}")
    };
    let operation = |method: &str, id: &str, status: &str| {
        format!("  /{id}:\n    {method}: {{operationId: {id}, responses: {{{}}}}}", answer(status))
    };
    let paths = [
        operation("head", "a", "200"),
        operation("get", "b", "204"),
        operation("get", "c", "205"),
        operation("get", "d", "200"),
    ];
    let outcome = generate(&paths.join("\n"), "    A: {type: string}");
    let operations = outcome.api.as_ref().unwrap().modules.iter().flat_map(|module| &module.operations);
    let read: Vec<&str> = operations
        .filter(|operation| operation.answers.only() != Some(&Answer::Empty))
        .map(|operation| operation.ids[0].as_str())
        .collect();
    assert_eq!(read, ["d"]);
}

/// A value's own `into` is found before a method that borrows it.
#[test]
fn no_call_is_taken_for_a_conversion() {
    let operation = |id: &str, tag: &str| {
        format!("  /{id}:\n    get: {{operationId: {id}, tags: [{tag}], responses: {{'204': {{description: x}}}}}}")
    };
    let outcome =
        generate(&[operation("into", "try_into"), operation("try_into", "into")].join("\n"), "    A: {type: string}");
    let modules = &outcome.api.as_ref().unwrap().modules;
    let names = modules.iter().flat_map(|module| [module.name.as_str(), module.operations[0].name.as_str()]);
    let taken: Vec<&str> = names.filter(|name| ["into", "try_into"].contains(name)).collect();
    assert!(taken.is_empty() && modules.len() == 2, "{taken:?}");
}

/// `ok` is a good name for an operation, but `Ok(..)` stands in the code of every module.
#[test]
fn names_of_the_generated_code_are_not_taken() {
    let part = "{type: object, required: [parts], properties: {parts: {type: string}, form: {type: string}}}";
    let operation = |id: &str| {
        format!(
            "  /{id}:\n    post:\n      operationId: {id}\n      requestBody: {{content: {{multipart/form-data: {{schema: {part}}}}}}}\n      \
             responses: {{'200': {{description: x, content: {{text/plain: {{}}, application/json: {{}}}}}}}}"
        )
    };
    let outcome = generate(&["ok", "err", "some"].map(operation).join("\n"), "    A: {type: string}");
    let operations = &outcome.api.as_ref().unwrap().modules[0].operations;
    let requests: Vec<&str> = operations.iter().map(|operation| operation.request.as_str()).collect();
    assert!(!requests.iter().any(|name| ["Ok", "Err", "Some"].contains(name)), "{requests:?}");
    let form = outcome.files.as_ref().unwrap();
    let (_, module) = form.iter().find(|(path, _)| path.starts_with("src/api/") && *path != "src/api/mod.rs").unwrap();
    assert!(module.contains("let parts = parts.member(\"parts\", parts_part.as_ref(), None);"), "{module}");
}

/// Unions and objects that all hold each other have more ways between them than there is time.
#[test]
fn types_that_all_hold_each_other_end() {
    let all = 0..40;
    let others = |one: usize, write: &dyn Fn(usize) -> String| -> String {
        all.clone().filter(|other| *other != one).map(write).collect::<Vec<_>>().join(", ")
    };
    let mut schemas = String::new();
    for one in all.clone() {
        let (unions, objects) = (
            others(one, &|other| format!("{{$ref: '#/components/schemas/U{other}'}}")),
            others(one, &|other| format!("m{other}: {{$ref: '#/components/schemas/O{other}'}}")),
        );
        schemas.push_str(&format!("    U{one}: {{oneOf: [{unions}, {{$ref: '#/components/schemas/O{one}'}}]}}\n"));
        schemas.push_str(&format!(
            "    O{one}: {{type: object, properties: {{u: {{$ref: '#/components/schemas/U{one}'}}, {objects}}}}}\n"
        ));
    }
    let outcome = generate("", &schemas);
    assert!(outcome.files.is_some(), "{:?}", outcome.report);
}

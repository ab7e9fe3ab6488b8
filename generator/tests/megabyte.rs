//! What a document of a megabyte could make of itself has an end: work and memory grow with its
//! size, and where they cannot, what is too much is told.
#![allow(clippy::disallowed_methods, reason = "a test takes the time")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use specsmith::{Input, Outcome};

/// Far more than is needed: what this is about took minutes.
const PATIENCE: Duration = Duration::from_secs(30);

fn document(paths: Value, components: Value) -> Value {
    let info = json!({"title": "T", "version": "1"});
    json!({"openapi": "3.1.0", "info": info, "paths": paths, "components": components})
}

fn map(count: usize, member: impl Fn(usize) -> (String, Value)) -> Value {
    (0..count).map(member).collect::<Map<_, _>>().into()
}

fn generate(document: &Value) -> Outcome {
    let (document, begin) = (document.to_string().into_bytes(), Instant::now());
    let outcome = specsmith::generate(Input { document: &document, name: Some("large"), ..Input::default() });
    let took = begin.elapsed();
    assert!(took < PATIENCE, "it took {took:?}");
    outcome
}

fn told(outcome: &Outcome, code: &str) -> Vec<String> {
    let told = outcome.report.diagnostics().iter().filter(|diagnostic| diagnostic.code == code);
    told.map(|diagnostic| diagnostic.message.clone()).collect()
}

#[test]
fn a_path_that_no_server_takes_is_refused() {
    let operation = json!({"get": {"responses": {}}});
    for (path, is_refused) in [
        ((0..100).map(|index| format!("/{{a{index}}}")).collect::<String>(), false),
        ((0..101).map(|index| format!("/{{a{index}}}")).collect(), true),
        ((0..100_000).map(|index| format!("/{{a{index}}}")).collect(), true),
        (format!("/a?{}", "b=c&".repeat(100_000)), true),
        ("/abc".repeat(2_048), false),
        ("/abc".repeat(2_049), true),
    ] {
        let outcome = generate(&document(json!({path: operation, "/": operation}), json!({})));
        assert_eq!(told(&outcome, "operation-refused").len(), usize::from(is_refused));
        assert!(outcome.files.is_some());
    }
}

#[test]
fn keys_that_are_long_and_lead_to_many_nodes_are_too_large() {
    let long = |bytes: usize, count: usize| {
        let properties = map(count, |index| (format!("p{index}"), json!({})));
        document(json!({}), json!({"x-parts": {"k".repeat(bytes): properties}}))
    };
    let outcome = generate(&long(300_000, 10_000));
    assert_eq!(told(&outcome, "too-large"), ["keys that are very long lead to very many nodes"]);
    assert!(outcome.files.is_none());
    assert!(generate(&long(300_000, 10)).files.is_some());
    assert!(generate(&long(30, 10_000)).files.is_some());
}

#[test]
fn a_union_of_very_many_alternatives_is_any_value() {
    let union = |count: usize| {
        let alternatives: Vec<Value> = (0..count)
            .map(|index| {
                let name = format!("p{index}");
                json!({"type": "object", "required": [name], "properties": {name: {}}})
            })
            .collect();
        document(json!({}), json!({"schemas": {"A": {"oneOf": alternatives}}}))
    };
    let outcome = generate(&union(2_001));
    let expected = "a union of more than 2000 alternatives that no discriminator tells apart becomes any JSON value";
    assert_eq!(told(&outcome, "untyped"), [expected]);
    assert!(outcome.files.is_some());
}

#[test]
fn parts_in_common_are_not_copied_without_end() {
    let link = |index: usize| {
        let next = json!({"$ref": format!("#/components/schemas/A{}", index + 1)});
        let own = map(50, |property| (format!("p{index}_{property}"), json!({})));
        (format!("A{index}"), json!({"allOf": [next], "properties": own}))
    };
    let chain = |length: usize| {
        let mut schemas = map(length, link);
        schemas[format!("A{length}")] = json!({"type": "object", "properties": {"a": {}}});
        document(json!({}), json!({"schemas": schemas}))
    };
    let outcome = generate(&chain(60));
    let told = told(&outcome, "untyped");
    assert!(!told.is_empty() && told.len() < 60, "{}", told.len());
    assert!(told.iter().all(|message| message.starts_with("an `allOf` of very many members")), "{told:?}");
    assert!(outcome.files.is_some());
}

#[test]
fn contents_and_names_are_not_compared_each_with_each() {
    let contents = map(500, |index| (format!("a/b{index}+json"), json!({"schema": {"type": "object"}})));
    let operation = json!({"post": {"requestBody": {"content": contents}, "responses": {}}});
    assert!(generate(&document(json!({"/a": operation}), json!({}))).files.is_some());
    let parts = map(20_000, |index| (format!("part{index}"), json!(1)));
    let reference = |index| (format!("p{index}"), json!({"$ref": format!("#/components/x-parts/other{index}")}));
    let schemas = json!({"A": {"type": "object", "properties": map(1_000, reference)}});
    let outcome = generate(&document(json!({}), json!({"schemas": schemas, "x-parts": parts})));
    assert_eq!(told(&outcome, "broken-reference").len(), 1_000);
}

//! Documents that were made to do harm: each comes to an end, in little time and on a small stack,
//! with an SDK or with an error that says what is too much.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a test takes the time, and tells figures")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use specsmith::Input;
use specsmith::diagnostics::{Level, Report};
use specsmith::load::Loader;

/// A thread of tests has so much, and the smallest that people run it on.
const STACK: usize = 2 << 20;

/// Far more than is needed: what this is about took minutes, or had no end.
const PATIENCE: Duration = Duration::from_secs(60);

/// There are no other files, but somebody who would load them.
#[derive(Debug)]
struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("there is no such file".to_owned())
    }
}

/// Generates on a small stack; gives the codes of errors, or how many files there are.
fn run(document: Vec<u8>) -> Result<usize, Vec<&'static str>> {
    let work = move || {
        let input = Input {
            document: &document,
            document_name: "hostile",
            config: "",
            name: Some("hostile"),
            contract: true,
            files: Some(&NoFiles),
            ..Input::default()
        };
        let outcome = specsmith::generate(input);
        let errors = outcome.report.diagnostics().iter().filter(|diagnostic| diagnostic.level == Level::Error);
        let codes: Vec<&str> = errors.map(|diagnostic| diagnostic.code).collect();
        outcome.files.map(|files| files.len()).ok_or(codes)
    };
    thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap()
}

fn document(version: &str, paths: Value, components: Value) -> Vec<u8> {
    let info = json!({"title": "T", "version": "1"});
    serde_json::to_vec(&json!({"openapi": version, "info": info, "paths": paths, "components": components})).unwrap()
}

fn schemas(schemas: Value) -> Vec<u8> {
    document("3.0.3", json!({}), json!({"schemas": schemas}))
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn chain(length: usize, link: impl Fn(usize, Value) -> Value) -> Vec<u8> {
    let mut all: Map<String, Value> =
        (0..length).map(|index| (format!("A{index}"), link(index, reference(&format!("A{}", index + 1))))).collect();
    all.insert(format!("A{length}"), json!({"type": "object", "properties": {"z": {"type": "string"}}}));
    schemas(all.into())
}

/// A schema in a schema in a schema, used wherever one can be.
fn nested(levels: usize, version: &str, around: impl Fn(Value) -> Value) -> Vec<u8> {
    let deep = (0..levels).fold(json!({"type": "string"}), |inner, _| around(inner));
    let content = json!({"schema": reference("S")});
    let contents = json!({
        "application/json": content, "multipart/form-data": content, "application/x-www-form-urlencoded": content,
        "text/event-stream": content,
    });
    let operation = json!({
        "operationId": "a",
        "parameters": [
            {"name": "q", "in": "query", "schema": reference("S")},
            {"name": "d", "in": "query", "style": "deepObject", "schema": reference("S")},
            {"name": "X-H", "in": "header", "schema": reference("S")},
        ],
        "requestBody": {"content": contents},
        "responses": {"200": {"description": "x", "headers": {"X-A": content}, "content": contents}},
    });
    document(version, json!({"/a": {"post": operation}}), json!({"schemas": {"S": deep}}))
}

fn yaml(rest: &str) -> Vec<u8> {
    format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n{rest}\n").into_bytes()
}

fn assert_ends(what: &str, document: Vec<u8>, expected: Result<(), &'static str>) {
    let (length, begin) = (document.len(), Instant::now());
    let found = run(document);
    let took = begin.elapsed();
    println!("{what}: {length} bytes, {took:.1?}, {found:?}");
    assert!(took < PATIENCE, "{what} took {took:?}");
    match (found, expected) {
        (Ok(_), Ok(())) => {}
        (Err(codes), Err(code)) => assert_eq!(codes, [code], "{what}"),
        (found, expected) => panic!("{what}: {found:?}, and should be {expected:?}"),
    }
}

#[test]
fn texts_that_are_too_deep_are_told_of() {
    let deep = Err("too-deep");
    assert_ends("brackets of JSON", format!("{{\"openapi\": \"3.0.3\", \"x\": {}", "[".repeat(100_000)).into(), deep);
    assert_ends(
        "objects of JSON",
        format!("{{\"openapi\": \"3.0.3\", \"x\": {}", "{\"a\":".repeat(100_000)).into(),
        deep,
    );
    assert_ends("brackets of YAML", yaml(&format!("x: {}{}", "[".repeat(100_000), "]".repeat(100_000))), deep);
    assert_ends("lists in a line", yaml(&format!("x:\n  {}x", "- ".repeat(100_000))), deep);
    assert_ends("keys in a line", "? ".repeat(100_000).into(), deep);
    let indented: String = (1..150).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert_ends("blocks", yaml(&format!("x:\n{indented}")), deep);
    let aliased: String = (1..200).map(|level| format!("x{level}: &a{level} [*a{}]\n", level - 1)).collect();
    assert_ends("aliases", yaml(&format!("x0: &a0 [1]\n{aliased}")), deep);
    assert_ends("behind a mistake", yaml(&format!("x: @\ny: {}", "[".repeat(100_000))), deep);
    // Brackets in a text are text.
    assert_ends("a text", yaml(&format!("x: '{}'", "[".repeat(100_000))), Ok(()));
    assert_ends("another", schemas(json!({"A": {"description": "[{".repeat(100_000)}})), Ok(()));
}

#[test]
fn what_aliases_and_references_copy_has_an_end() {
    let list = |of: &str| format!("[{}]", [of; 9].join(", "));
    let bomb: String =
        (1..12).map(|level| format!("x{level}: &a{level} {}\n", list(&format!("*a{}", level - 1)))).collect();
    assert_ends("a bomb", yaml(&format!("x0: &a0 {}\n{bomb}", list("x"))), Err("too-large"));
    let long = format!("x0: &a0 '{}'\nx1: [{}]", "x".repeat(500_000), ["*a0"; 2000].join(", "));
    assert_ends("a long text", yaml(&long), Err("too-large"));
    let operation = json!({"responses": {"204": {"description": "x"}}, "x-own": vec![1; 2000]});
    let paths: Map<String, Value> =
        (0..300).map(|index| (format!("/{index}"), json!({"$ref": "#/components/pathItems/P"}))).collect();
    let items = json!({"pathItems": {"P": {"get": operation}}});
    assert_ends("path items", document("3.1.0", paths.into(), items), Err("too-large"));
    let circle = json!({"/a": {"$ref": "#/paths/~1b"}, "/b": {"$ref": "#/paths/~1a"}, "/c": {"$ref": "#/paths/~1c"}});
    assert_ends("paths in a circle", document("3.1.0", circle, json!({})), Ok(()));
}

#[test]
fn schemas_as_deep_as_they_may_be_fit_on_the_stack() {
    assert_ends("lists", nested(55, "3.0.3", |inner| json!({"type": "array", "items": inner})), Ok(()));
    assert_ends("nulls", nested(55, "3.1.0", |inner| json!({"type": ["array", "null"], "items": inner})), Ok(()));
    assert_ends("maps", nested(55, "3.0.3", |inner| json!({"additionalProperties": inner})), Ok(()));
    assert_ends("nots", nested(55, "3.0.3", |inner| json!({"not": inner})), Ok(()));
    assert_ends("members", nested(27, "3.0.3", |inner| json!({"type": "object", "properties": {"a": inner}})), Ok(()));
    let other = || json!({"type": "object", "required": ["b"], "properties": {"b": {"type": "string"}}});
    for key in ["allOf", "anyOf", "oneOf"] {
        assert_ends(key, nested(27, "3.0.3", |inner| json!({key: [inner, other()]})), Ok(()));
        assert_ends(key, nested(27, "3.1.0", |inner| json!({key: [inner]})), Ok(()));
    }
}

#[test]
fn chains_have_an_end() {
    let part = |index: usize| json!({"type": "object", "properties": {format!("p{index}"): {"type": "string"}}});
    assert_ends("of references", chain(5000, |_, next| next), Err("too-deep"));
    assert_ends("of `allOf`", chain(5000, |index, next| json!({"allOf": [next, part(index)]})), Err("too-deep"));
    assert_ends("of `oneOf`", chain(5000, |index, next| json!({"oneOf": [part(index), next]})), Err("too-deep"));
    assert_ends("of lists", chain(300, |_, next| json!({"type": "array", "items": next})), Ok(()));
    let required = |_, next| json!({"type": "object", "required": ["a", "b"], "properties": {"a": next, "b": next}});
    assert_ends("of members", chain(200, required), Ok(()));
    assert_ends("as long as they may be", chain(95, |index, next| json!({"allOf": [next, part(index)]})), Ok(()));
}

/// By every keyword, by a pointer and by `$id`, alone and in a ring.
#[test]
fn a_schema_may_hold_itself_in_every_way() {
    for to in ["#/components/schemas/S", "https://x.example/s", "#/components/schemas/R"] {
        let own = || json!({"$ref": to});
        let ways = [
            own(),
            json!({"properties": {"a": own()}, "required": ["a"], "additionalProperties": own()}),
            json!({"type": "array", "items": own()}),
            json!({"additionalProperties": own()}),
            json!({"allOf": [own()]}),
            json!({"allOf": [own(), {"type": "object", "properties": {"a": own()}}]}),
            json!({"oneOf": [own(), own()]}),
            json!({"anyOf": [own(), {"type": "null"}, {"type": "array", "items": own()}]}),
            json!({"not": own()}),
            json!({"$ref": to, "description": "A sibling.", "properties": {"a": own()}}),
            json!({"prefixItems": [own()], "if": own(), "then": own(), "patternProperties": {"a": own()}}),
            json!({"$defs": {"S": own()}, "$ref": "#/components/schemas/S/$defs/S"}),
            json!({"discriminator": {"propertyName": "k", "mapping": {"s": to}}, "oneOf": [own()]}),
        ];
        for (index, mut way) in ways.into_iter().enumerate() {
            way["$id"] = "https://x.example/s".into();
            let parameter = json!({"name": "q", "in": "query", "schema": own()});
            let media = json!({"application/json": {"schema": own()}, "multipart/form-data": {"schema": own()}});
            let components = json!({
                "schemas": {"S": way, "R": {"$ref": "#/components/schemas/S"}},
                "parameters": {"P": {"$ref": "#/components/parameters/P"}, "Q": parameter},
                "headers": {"H": {"$ref": "#/components/headers/H"}},
                "responses": {"A": {"$ref": "#/components/responses/B"}, "B": {"$ref": "#/components/responses/A"}},
                "requestBodies": {"B": {"$ref": "#/components/requestBodies/B"}},
            });
            let operation = json!({
                "parameters": [{"$ref": "#/components/parameters/Q"}],
                "requestBody": {"content": media},
                "responses": {"200": {"description": "x", "headers": {"X": {"schema": own()}}, "content": media}},
            });
            let lost = json!({
                "parameters": [{"$ref": "#/components/parameters/P"}],
                "requestBody": {"$ref": "#/components/requestBodies/B"},
                "responses": {"200": {"$ref": "#/components/responses/A"}},
            });
            let paths = json!({"/a": {"post": operation, "put": lost}});
            assert_ends(&format!("way {index} to {to}"), document("3.1.0", paths, components), Ok(()));
        }
    }
}

#[test]
fn what_is_very_many_or_very_long_takes_no_more_than_its_time() {
    let ok = json!({"204": {"description": "x"}});
    let operations: Map<String, Value> = (0..500)
        .map(|index| {
            (format!("/p{index}"), json!({"get": {"operationId": format!("o{index}"), "tags": ["t"], "responses": ok}}))
        })
        .collect();
    assert_ends("operations", document("3.0.3", operations.into(), json!({})), Ok(()));
    let name = "n".repeat(100_000);
    let named = json!({&name: {"type": "object", "properties": {&name: {"type": "string", "enum": [&name]}}}});
    assert_ends("names", schemas(named), Ok(()));
    assert_ends("a value", schemas(json!({"E": {"type": "string", "enum": ["e".repeat(1_000_000), "a"]}})), Ok(()));
    assert_ends(
        "brackets",
        schemas(json!({"A": {"type": "string", "enum": ["a"], "description": "[".repeat(100_000)}})),
        Ok(()),
    );
    let values: Vec<String> = (0..2000).map(|index| format!("v{index}")).collect();
    assert_ends("values", schemas(json!({"E": {"type": "string", "enum": values}})), Ok(()));
    let all: Vec<Value> = (0..60).map(|index| reference(&format!("S{index}"))).collect();
    let unions: Map<String, Value> = (0..60).map(|index| (format!("S{index}"), json!({"oneOf": all}))).collect();
    assert_ends("unions of each other", schemas(unions.into()), Ok(()));
    let security: Vec<Value> = (0..300).map(|index| json!({format!("s{index}"): []})).collect();
    let mut many: Value = serde_json::from_slice(&document("3.0.3", json!({}), json!({}))).unwrap();
    many["security"] = security.into();
    assert_ends("credentials", serde_json::to_vec(&many).unwrap(), Err("too-large"));
    for number in ["1e400", "-0", "-0.0", "1e-400", "18446744073709551616", "NaN", ".inf", "-.inf", ".nan", "1e308"] {
        let schema = |kind: &str| {
            format!(
                "{{type: {kind}, minimum: {number}, maximum: {number}, multipleOf: {number}, default: {number}, \
                 example: {number}, enum: [{number}], maxLength: {number}}}"
            )
        };
        let all = ["integer", "number", "string"].map(|kind| format!("    {kind}x: {}\n", schema(kind))).concat();
        assert_ends(number, yaml(&format!("components:\n  schemas:\n{all}")), Ok(()));
    }
}

/// A document with a reference wherever one can stand, and in places where none can.
fn references_to(target: &str, version: &str) -> Vec<u8> {
    let own = || json!({"$ref": target});
    let schema = json!({
        "type": "object", "properties": own(), "patternProperties": own(), "allOf": own(), "oneOf": [own(), {"anyOf": own()}],
        "items": own(), "not": {"type": "object", "properties": own()}, "additionalProperties": {"properties": own()},
        "discriminator": own(), "enum": own(), "required": own(), "example": own(), "$defs": own(), "x-own": own(),
    });
    let content = json!({"a/b": own(), "c/d": {"schema": schema, "examples": own(), "encoding": own()}});
    let answer = json!({"description": "x", "headers": {"X": own()}, "content": content, "links": own()});
    let operation = json!({
        "parameters": [own(), {"name": "a", "in": "query", "schema": schema, "examples": {"a": own()}}],
        "requestBody": {"content": content}, "callbacks": own(), "security": own(), "tags": own(),
        "responses": {"200": answer, "201": own(), "202": {"description": "x", "headers": own(), "content": own()}},
    });
    let paths = json!({
        "/a": own(), "/b": {"get": operation, "put": own(), "parameters": own(), "post": {"responses": own()}},
        "/c": {"get": {"parameters": own(), "requestBody": own(), "responses": {"204": {"description": "x"}}}},
    });
    let kinds = ["schemas", "parameters", "responses", "requestBodies", "headers", "securitySchemes", "pathItems"];
    let mut components: Map<String, Value> =
        kinds.iter().map(|kind| ((*kind).to_owned(), json!({"A": own(), "B": own(), "X": schema}))).collect();
    components.insert("examples".to_owned(), own());
    components.insert("mediaTypes".to_owned(), own());
    let mut document = json!({
        "openapi": version, "info": {"title": "T", "version": "1"}, "paths": paths, "components": components,
        "tags": [own(), {"name": "a"}], "servers": own(), "definitions": {"A": own(), "X": schema}, "webhooks": own(),
    });
    if version == "2.0" {
        document["swagger"] = version.into();
        document.as_object_mut().unwrap().shift_remove("openapi");
    }
    serde_json::to_vec(&document).unwrap()
}

/// Each costs what it stands for: nothing is copied into itself.
#[test]
fn references_to_what_holds_them_cost_no_more_than_themselves() {
    let targets = [
        "#",
        "#/",
        "",
        "#/components",
        "#/components/schemas",
        "#/components/schemas/X",
        "#/components/schemas/X/properties",
        "#/components/schemas/X/oneOf",
        "#/components/schemas/X/oneOf/0",
        "#/components/schemas/A",
        "#/components/parameters",
        "#/components/responses",
        "#/components/headers/X",
        "#/components/examples",
        "#/components/pathItems",
        "#/paths",
        "#/paths/~1a",
        "#/paths/~1b",
        "#/paths/~1b/get",
        "#/paths/~1b/get/parameters",
        "#/paths/~1b/get/parameters/0",
        "#/paths/~1b/get/responses",
        "#/paths/~1b/get/responses/200/content",
        "#/paths/~1b/get/responses/200/headers",
        "#/info/title",
        "#/info/version/x",
        "#/tags",
        "#/tags/0",
        "#/tags/1/name",
        "#/definitions",
        "#/definitions/X",
        "#/webhooks",
        "hostile",
        "hostile#/components/schemas",
        "#/components/securitySchemes",
    ];
    for version in ["3.0.3", "3.1.0", "2.0"] {
        for target in targets {
            let document = references_to(target, version);
            let begin = Instant::now();
            let files = Some(&NoFiles as &dyn Loader);
            let input =
                Input { document: &document, document_name: "hostile", files, name: Some("t"), ..Input::default() };
            let report: Report = specsmith::generate(input).report;
            let (told, took) = (report.diagnostics().len(), begin.elapsed());
            println!("{version} {target}: {told} told, {took:.1?}");
            assert!(told < 500, "{version} {target}: {told} are told");
            assert!(took < PATIENCE, "{version} {target} took {took:?}");
        }
    }
}

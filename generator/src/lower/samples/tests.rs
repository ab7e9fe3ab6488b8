//! Samples by table: what each keyword does to the two values.

use serde_json::{Value, json};

use super::{Maker, Way, pattern};
use crate::ir::Sample;

fn maker(schemas: Value) -> Maker {
    let Value::Object(schemas) = schemas else { panic!("no schemas") };
    Maker { schemas: schemas.into_iter().collect() }
}

fn sent(schemas: Value, schema: Value) -> Sample {
    maker(schemas).sample(Some(&schema), None, "value", Way::Sent)
}

/// Bounds that nobody can keep, or would want to read, end neither the generator nor the day.
#[test]
fn what_asks_for_too_much_gets_less() {
    let of = |schema: Value| sent(json!({}), schema).full;
    let list = json!({"type": "array", "items": {"type": "string"}, "minItems": 1_000_000_000});
    assert_eq!(of(list).as_array().map(Vec::len), Some(16));
    let crossed = json!({"type": "array", "items": {"type": "integer"}, "minItems": 5, "maxItems": 2, "example": [1]});
    assert_eq!(of(crossed).as_array().map(Vec::len), Some(5));
    let text = of(json!({"type": "string", "minLength": 1_000_000_000}));
    assert_eq!(text.as_str().map(str::len), Some(10_000));
    let deep = format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000));
    for pattern in
        ["(a{9999999}){9999999}", "((((((((()*)*)*)*)*)*)*)*)*", "(((((a{200}){200}){200}){200}){200})", &deep]
    {
        assert_eq!(pattern::text(pattern, 1, usize::MAX), None, "{}", &pattern[..20]);
    }
}

#[test]
fn each_keyword_is_obeyed() {
    for (schema, full) in [
        (json!({"type": "string"}), json!("value")),
        (json!({"type": "string", "minLength": 7, "maxLength": 7}), json!("valuexx")),
        (json!({"type": "string", "maxLength": 3}), json!("val")),
        (json!({"type": "string", "enum": [null, "a", "b"]}), json!("a")),
        (json!({"type": "string", "format": "date-time"}), json!("2026-01-30T10:20:30.456Z")),
        (json!({"type": "string", "format": "date"}), json!("2026-01-30")),
        (json!({"type": "string", "format": "uuid"}), json!("6f1d0f8e-33c0-4b5e-8f3c-9a4c3a3b9a10")),
        (json!({"type": "string", "format": "byte"}), json!("Ynl0ZXM=")),
        (json!({"type": "string", "pattern": "^[a-z]{3}\\d+$", "minLength": 6}), json!("aaa1111")),
        (json!({"type": "boolean"}), json!(true)),
        (json!({"type": "integer"}), json!(1)),
        (json!({"type": "integer", "minimum": 5}), json!(5)),
        (json!({"type": "integer", "minimum": 5, "exclusiveMinimum": true}), json!(6)),
        (json!({"type": "integer", "maximum": -3}), json!(-3)),
        (json!({"type": "integer", "multipleOf": 10, "minimum": 11}), json!(20)),
        (json!({"type": "number"}), json!(1.5)),
        (json!({"type": "number", "minimum": 0, "maximum": 0.1}), json!(0.0)),
        (json!({"type": "array", "items": {"type": "integer"}}), json!([1, 2])),
        (json!({"type": "array", "items": {"enum": ["x", "y", "z"]}, "minItems": 3}), json!(["x", "y", "z"])),
        (json!({"type": "array", "items": {"type": "string"}, "maxItems": 1}), json!(["value"])),
        (json!({"type": "object", "additionalProperties": {"type": "integer"}}), json!({"key": 1})),
        (json!({"type": "object"}), json!({"value": "value"})),
        (json!({"type": "object", "additionalProperties": false}), json!({})),
        (json!({"oneOf": [{"type": "integer"}, {"type": "string"}]}), json!(1)),
        (json!({"anyOf": [{"type": "string"}, {"type": "integer"}]}), json!("value")),
        (json!({"allOf": [{"type": "string"}, {"maxLength": 2}]}), json!("va")),
        (json!({}), json!({"value": "value"})),
    ] {
        assert_eq!(sent(json!({}), schema.clone()).full, full, "{schema}");
    }
}

#[test]
fn full_has_every_member_and_least_the_required_ones() {
    let schema = json!({
        "type": "object",
        "required": ["a", "list", "unnamed"],
        "properties": {
            "a": {"type": "string"},
            "b": {"type": "integer", "nullable": true},
            "list": {"type": "array", "items": {"type": "string"}},
            "id": {"type": "string", "readOnly": true},
            "password": {"type": "string", "writeOnly": true},
        },
    });
    let samples = sent(json!({}), schema.clone());
    let unnamed = json!({"unnamed": "value"});
    assert_eq!(
        samples.full,
        json!({"a": "a", "b": 1, "list": ["list", "list-2"], "password": "password", "unnamed": unnamed})
    );
    assert_eq!(samples.least, json!({"a": "a", "list": [], "unnamed": unnamed}));
    let received = maker(json!({})).sample(Some(&schema), None, "value", Way::Received);
    assert_eq!(received.full["id"], json!("id"));
    assert_eq!(received.full.get("password"), None);
}

#[test]
fn examples_are_taken_where_they_fit() {
    let schema = json!({
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "age": {"type": "integer", "minimum": 18},
            "tags": {"type": "array", "items": {"type": "string"}},
            "more": {"type": "object", "additionalProperties": {"type": "string"}},
            "own": {"type": "string", "example": "from the schema"},
        },
    });
    let example = json!({"name": "Ada", "age": 3, "tags": ["x"], "more": {"k": "v"}, "other": 1});
    let samples = maker(json!({})).sample(Some(&schema), Some(&example), "value", Way::Sent);
    assert_eq!(
        samples.full,
        json!({"name": "Ada", "age": 18, "tags": ["x"], "more": {"k": "v"}, "own": "from the schema"})
    );
    let nothing = maker(json!({})).sample(Some(&json!({"type": "string"})), Some(&Value::Null), "value", Way::Sent);
    assert_eq!(nothing.full, json!("value"), "an example of null says nothing");
}

#[test]
fn circles_end_at_the_second_visit() {
    let schemas = json!({
        "Node": {"type": "object", "required": ["next"], "properties": {
            "next": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
            "parent": {"$ref": "#/components/schemas/Node"},
            "by name": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Node"}},
        }},
        "Endless": {"type": "object", "required": ["self"], "properties": {
            "self": {"$ref": "#/components/schemas/Endless"},
        }},
        "Own part": {"type": "object", "properties": {"a": {"type": "integer"}},
            "allOf": [{"$ref": "#/components/schemas/Own%20part"}]},
    });
    let of = |name: &str| sent(schemas.clone(), json!({"$ref": format!("#/components/schemas/{name}")}));
    assert_eq!(of("Node").full, json!({"next": [], "by name": {}}));
    assert_eq!(of("Node").least, json!({"next": []}));
    assert_eq!(of("Endless").full, json!({}));
    assert_eq!(of("Own%20part").full, json!({"a": 1}));
}

#[test]
fn parts_are_merged_and_a_diamond_is_no_circle() {
    let schemas = json!({
        "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
        "Left": {"allOf": [{"$ref": "#/components/schemas/Base"}], "required": ["left"],
            "properties": {"left": {"type": "integer"}}},
        "Both": {"allOf": [{"$ref": "#/components/schemas/Left"}, {"$ref": "#/components/schemas/Base"},
            {"type": "object", "properties": {"id": {"type": "string", "minLength": 4}}}]},
    });
    let both = sent(schemas, json!({"$ref": "#/components/schemas/Both"}));
    assert_eq!(both.full, json!({"id": "idxx", "left": 1}));
    assert_eq!(both.least, both.full);
}

#[test]
fn an_alternative_says_which_it_is() {
    let schemas = json!({
        "Pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
            "discriminator": {"propertyName": "kind", "mapping": {"CAT": "#/components/schemas/Cat"}}},
        "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}},
        "Dog": {"type": "object", "properties": {"loud": {"type": "boolean"}}},
        "Base": {"type": "object", "discriminator": {"propertyName": "type"},
            "properties": {"type": {"type": "string"}}},
    });
    assert_eq!(sent(schemas.clone(), json!({"$ref": "#/components/schemas/Pet"})).full, json!({"kind": "CAT"}));
    assert_eq!(sent(schemas, json!({"$ref": "#/components/schemas/Base"})).least, json!({"type": "Base"}));
}

#[test]
fn wide_schemas_stay_small() {
    let names = (0..12).map(|level| format!("L{level}"));
    let schemas = names.map(|name| {
        let next: usize = name[1..].parse::<usize>().unwrap() + 1;
        let reference = json!({"$ref": format!("#/components/schemas/L{next}")});
        let members = ["a", "b", "c", "d"].map(|member| (member.to_owned(), reference.clone()));
        (name, json!({"type": "object", "properties": Value::Object(members.into_iter().collect())}))
    });
    let schemas = Value::Object(schemas.collect());
    let full = sent(schemas, json!({"$ref": "#/components/schemas/L0"})).full.to_string();
    assert!(full.len() < 20_000, "{}", full.len());
}

#[test]
fn patterns_give_texts() {
    for (written, shortest, text) in [
        ("^[a-zA-Z0-9][a-zA-Z0-9._-]*", 1, Some("a")),
        ("^[a-zA-Z0-9][a-zA-Z0-9._-]*", 3, Some("aaa")),
        ("^(?=.{1,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$", 1, Some("a")),
        ("^$|^[a-z!#$%]+@[a-z.-]+$", 1, Some("a@a")),
        ("\\d+\\.\\d+\\.\\d+(-[a-zA-Z0-9-]+)?|([a-zA-Z0-9]+)", 1, Some("1.1.1")),
        ("^[\\p{Ll}][\\p{L}0-9._-]*$", 1, Some("a")),
        ("\\p{Alpha}(-|_|\\p{Alnum})*", 2, Some("a-")),
        ("^[^a-z]x{2,3}?$", 1, Some("Axx")),
        ("(a)\\1", 1, None),
        ("(unclosed", 1, None),
        ("*", 1, None),
        ("^a{2}$", 3, None),
    ] {
        assert_eq!(pattern::text(written, shortest, 100).as_deref(), text, "{written}");
    }
}

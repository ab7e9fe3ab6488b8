//! Unions of every kind: each value is read as the variant that is meant, and written as it came.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wire_sdk::models::{Branch, Cat, Dog, Left, Pet, Start, Tree, Two, Unions, UnionsSide, UnionsSignal};

/// Reads a value; written, it is the same.
fn read<T: Serialize + DeserializeOwned>(value: &Value) -> T {
    let typed: T = serde_json::from_str(&value.to_string()).unwrap();
    assert_eq!(serde_json::to_value(&typed).unwrap(), *value);
    typed
}

/// A value of the member, and what `Debug` shows of it at first.
fn rows() -> Vec<(&'static str, Value, &'static str)> {
    let leaf = json!({"left": "l", "right": {"left": "a", "right": "b", "more": [1]}});
    vec![
        // Schemas that are made of one with a discriminator.
        ("pet", json!({"petType": "cat", "name": "Tom", "lives": 9}), "Some(Cat("),
        ("pet", json!({"petType": "Dog", "name": "Rex", "lives": "many"}), "Some(Dog("),
        ("pet", json!({"petType": "cat", "name": "Tom", "lives": "many"}), "Some(Unknown("),
        ("pet", json!({"petType": "Cat", "name": "Tom"}), "Some(Unknown("),
        ("pet", json!({"name": "Tom"}), "Some(Unknown("),
        // Enums that amount to a discriminator.
        ("signal", json!({"type": "start", "at": 1}), "Some(Start("),
        ("signal", json!({"type": "halt", "at": 1}), "Some(Stop("),
        ("signal", json!({"type": "pause", "at": 1}), "Some(Unknown("),
        ("signal", json!({"at": 1}), "Some(Unknown("),
        // The same where the member need not be there.
        ("side", json!({"side": "right", "l": "x"}), "Some(Right("),
        ("side", json!({"r": "x"}), "Some(Right("),
        ("side", json!({"l": "x", "r": 1}), "Some(Left("),
        ("side", json!({"r": 1}), "Some(Left("),
        ("side", json!({"side": "up"}), "Some(Unknown("),
        // A number is a tag too, but a text of its digits is none.
        ("code", json!({"code": 1, "value": "x"}), "Some(One("),
        ("code", json!({"code": 2, "value": "x"}), "Some(Two("),
        ("code", json!({"code": 3, "value": "x"}), "Some(Unknown("),
        ("code", json!({"code": "1", "value": "x"}), "Some(Unknown("),
        // A circle.
        ("tree", leaf.clone(), "Some(Branch("),
        ("tree", json!("leaf"), "Some(String("),
        ("tree", json!({"left": "l"}), "Some(Unknown("),
        // Null is not absent.
        ("maybe", json!("s"), "Value(String("),
        ("maybe", json!(9_007_199_254_740_993_i64), "Value(Integer("),
        ("maybe", json!(null), "Null"),
        ("maybe", json!(1.5), "Value(Unknown("),
        ("text", json!("four"), "Some(String("),
        ("text", json!(["a", "b"]), "Some(Words("),
        ("text", json!(["a", 1]), "Some(Unknown("),
        // An enum beside a text is an open enum.
        ("mode", json!("on"), "Some(On)"),
        ("mode", json!("off"), "Some(Unknown(\"off\"))"),
        ("mode", json!("2026-01-30T10:20:30+01:00"), "Some(Unknown("),
        ("levels", json!("LOW"), "Some(Level("),
        ("levels", json!("top"), "Some(Value("),
        ("levels", json!("mid"), "Some(Unknown("),
        // Lists are told apart by what is in them.
        ("lists", json!([{"x": 1, "y": 2}, {"x": 3, "y": 4, "kind": "z"}]), "Some(PointList("),
        ("lists", json!([{"kind": "circle", "radius": 1.5}]), "Some(ShapeList("),
        ("lists", json!([{"kind": "star"}]), "Some(AnyList("),
        ("lists", json!([1, null]), "Some(AnyList("),
        ("lists", json!({}), "Some(Unknown("),
        // Unions in a union.
        ("nested", json!({"kind": "circle", "radius": 1.5, "x": 1}), "Some(Shape(Circle("),
        ("nested", json!({"x": 1, "y": 2}), "Some(Point("),
        ("nested", leaf, "Some(Branch("),
        ("nested", json!("leaf"), "Some(String("),
        ("nested", json!({"kind": "star"}), "Some(Unknown("),
        // Of several that hold, the one that has the members of all; else there is none.
        ("whole", json!({"l": "x", "r": "y"}), "Some(Both "),
        ("either", json!({"a": "x", "b": "y"}), "Value(Object "),
        ("source", json!("{{ now() }}"), "Some(String("),
        ("source", json!({"expression": "x", "y": 1}), "Some(Object("),
        // What stands beside a union belongs to each alternative.
        ("job", json!({"id": "1", "type": "start", "at": 1}), "Some(Start(UnionsJobStart "),
        ("job", json!({"type": "start", "at": 1}), "Some(Unknown("),
    ]
}

/// The field as `Debug` shows it.
fn shown(unions: &Unions, member: &str) -> String {
    let all = format!("{unions:?}");
    let (_, rest) = all.split_once(&format!(" {member}: ")).unwrap();
    rest.to_owned()
}

#[test]
fn each_value_is_read_as_what_is_meant_and_comes_out_as_it_went_in() {
    for (member, value, variant) in rows() {
        let unions: Unions = read(&json!({member: value}));
        let shown = shown(&unions, member);
        assert!(shown.starts_with(variant), "{member} {value}: {shown}");
    }
}

/// Whatever comes, of any member: nothing is an error, and nothing is lost.
#[test]
fn a_value_of_one_union_is_no_mistake_in_another() {
    let rows = rows();
    // Plain objects and enums are no unions.
    for member in rows.iter().map(|(member, ..)| *member).filter(|member| !["mode", "whole"].contains(member)) {
        for (_, value, _) in rows.iter().filter(|(_, value, _)| !value.is_null()) {
            read::<Unions>(&json!({member: value}));
        }
    }
}

#[test]
fn what_is_made_has_its_tag() {
    let left = UnionsSide::from(Left::new().l("x"));
    for (written, value) in [
        (serde_json::to_value(Pet::from(Cat::new("Tom"))), json!({"petType": "cat", "name": "Tom"})),
        (serde_json::to_value(Dog::new("Rex")), json!({"petType": "Dog", "name": "Rex"})),
        (serde_json::to_value(UnionsSignal::from(Start::new())), json!({"type": "start"})),
        (serde_json::to_value(Start::default()), json!({"type": "start"})),
        (serde_json::to_value(Two::new("x")), json!({"code": 2, "value": "x"})),
        (serde_json::to_value(left), json!({"side": "left", "l": "x"})),
        (serde_json::to_value(Tree::from(Branch::new("a", Tree::from("b")))), json!({"left": "a", "right": "b"})),
    ] {
        assert_eq!(written.unwrap(), value);
    }
}

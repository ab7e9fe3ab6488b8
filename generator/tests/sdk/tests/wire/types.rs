//! Types: what was sent comes back the same, whatever names the document gives.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wire_sdk::models::{Anything, Circle, Group, Level, Names, Place, Point, Shape, Square};
use wire_sdk::{Client, Error, Response};

use super::seen::{Row, check, row, tell_error};
use super::support::Served;

/// Sends a body, which the server gives back, and tells what the caller got, as JSON.
fn again<T, F>(name: &'static str, line: &'static str, body: Value, send: impl FnOnce(Client, T) -> F + 'static) -> Row
where
    T: Serialize + DeserializeOwned + 'static,
    F: Future<Output = Result<Response<T>, Error>>,
{
    let text = body.to_string();
    let typed: T = serde_json::from_value(body).unwrap();
    assert_eq!(serde_json::to_string(&typed).unwrap(), text, "{name}: as it is sent");
    let call = async |client| match send(client, typed).await {
        Ok(answer) => serde_json::to_string(answer.value()).unwrap(),
        Err(error) => tell_error(&error),
    };
    row(name, line, call, Served::new(200, "application/json", text.clone()), text)
}

pub(crate) fn rows() -> Vec<Row> {
    let names = |name, body| {
        again(name, "POST /types/names", body, async |client: Client, names: Names| {
            client.types().send_names(&names).send().await
        })
    };
    let shape = |name, body| {
        again(name, "POST /types/shape", body, async |client: Client, shape: Shape| {
            client.types().send_shape(&shape).send().await
        })
    };
    let value = |name, body| {
        again(name, "POST /types/value", body, async |client: Client, value: Anything| {
            client.types().send_value(&value).send().await
        })
    };
    vec![
        names(
            "three types that are one in another case",
            json!({"a": {"one": "1"}, "b": {"two": "2"}, "c": {"three": "3"}}),
        ),
        names("members of one in another", json!({"a": {"two": "2"}, "b": {"three": "3"}, "c": {"one": "1"}})),
        names("types that Rust has itself", json!({"option": {"some": "s", "none": true}, "string": {"text": "t"}})),
        names("a value in capitals", json!({"state": "RUNNING"})),
        names("the same in small letters", json!({"state": "Running"})),
        names("a value that is new", json!({"state": "running"})),
        names("members that are new", json!({"z": [{"y": null}], "x": 1.5})),
        shape("one of two, told by a discriminator", json!({"kind": "circle", "radius": 1.5})),
        shape("the other", json!({"kind": "square", "side": 2.5, "color": "red"})),
        shape("one that is new", json!({"kind": "star", "points": [5]})),
        shape(
            "one of its own",
            json!({"of": {"kind": "circle", "radius": 0.5}, "shapes": [{"kind": "x"}], "kind": "group"}),
        ),
        shape("one without a tag", json!({"radius": 1.5})),
        shape("one that is not what its tag says", json!({"kind": "circle", "radius": "wide"})),
        shape("none at all", json!([null, 9_007_199_254_740_993_i64])),
        value("without a tag", json!({"x": 1, "y": 2, "name": "here"})),
    ]
}

/// What a value is read as; written, it is the same.
fn read<T: Serialize + DeserializeOwned>(value: &Value) -> T {
    let typed: T = serde_json::from_str(&value.to_string()).unwrap();
    let written = serde_json::to_string(&typed).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), *value, "{written}");
    typed
}

#[test]
fn the_tag_says_which_it_is() {
    let shape = |value: Value| read::<Shape>(&value);
    assert!(matches!(shape(json!({"kind": "circle", "radius": 1.5, "color": "red"})), Shape::Circle(circle)
        if circle.radius == 1.5 && circle.extra["color"] == "red"));
    assert!(matches!(shape(json!({"kind": "square", "side": 2.5})), Shape::Square(square) if square.side == 2.5));
    for tag in ["group", "frame"] {
        let inner = json!({"kind": "group", "shapes": [{"kind": "circle", "radius": 1.5}, {"kind": "x"}]});
        let Shape::Group(group) = shape(json!({"kind": tag, "of": inner, "count": 9_007_199_254_740_993_i64})) else {
            panic!("no group");
        };
        assert_eq!(group.count, Some(9_007_199_254_740_993));
        let Some(Shape::Group(inner)) = group.of else { panic!("no group inside") };
        assert!(matches!(inner.shapes.unwrap().as_slice(), [Shape::Circle(_), Shape::Unknown(_)]));
    }
}

#[test]
fn what_no_variant_is_stays_as_it_came() {
    for value in [
        json!({"kind": "star", "points": [5], "big": 9_007_199_254_740_993_i64}),
        json!({"radius": 1.5}),
        json!({"kind": "circle", "radius": "wide"}),
        json!({"kind": "circle"}),
        json!({"kind": null, "radius": 1.5}),
        json!({"kind": 1}),
        json!("circle"),
        json!([u64::MAX]),
        json!(null),
    ] {
        assert_eq!(read::<Shape>(&value), Shape::Unknown(value));
    }
}

#[test]
fn a_variant_that_is_made_has_its_tag() {
    let mut frame = Group::new();
    frame.extra.insert("kind".to_owned(), json!("frame"));
    for (shape, value) in [
        (Shape::from(Circle::new(1.5)), json!({"kind": "circle", "radius": 1.5})),
        (Shape::from(Square::new(2.5)), json!({"kind": "square", "side": 2.5})),
        // Of several tags it is the first, unless the caller says another.
        (Shape::from(Group::new().count(1)), json!({"kind": "group", "count": 1})),
        (Shape::Group(Box::new(Group::new())), json!({"kind": "group"})),
        (Shape::from(frame), json!({"kind": "frame"})),
    ] {
        assert_eq!(serde_json::to_value(&shape).unwrap(), value);
    }
}

#[test]
fn without_a_tag_it_is_what_fits_best() {
    let value = |value: Value| read::<Anything>(&value);
    let point = json!({"x": 1, "y": 2});
    let place = json!({"x": 1, "y": 2, "name": "here"});
    for (json, is_it) in [
        (
            json!(9_007_199_254_740_993_i64),
            (|value| value == Anything::Integer(9_007_199_254_740_993)) as fn(Anything) -> bool,
        ),
        (json!(1.5), |value| value == Anything::Number(1.5)),
        (json!(true), |value| value == Anything::Boolean(true)),
        (json!("2026-01-30T10:20:30Z"), |value| matches!(value, Anything::DateTime(_))),
        (json!("high"), |value| value == Anything::Level(Level::High)),
        (json!([1, 2]), |value| matches!(value, Anything::IntegerList(_))),
        (point, |value| matches!(value, Anything::Point(Point { x: 1, .. }))),
        (place, |value| matches!(value, Anything::Place(Place { x: 1, .. }))),
        (json!({"x": 1, "z": 2}), |value| matches!(value, Anything::Map(map) if map["z"] == 2)),
        // These would come out otherwise than they went in.
        (json!(u64::MAX), |value| matches!(value, Anything::Unknown(_))),
        (json!("2026-01-30T10:20:30+01:00"), |value| matches!(value, Anything::Unknown(_))),
        (json!("mid"), |value| matches!(value, Anything::Unknown(_))),
        (json!({"x": "1", "y": 2}), |value| matches!(value, Anything::Unknown(_))),
        (json!([1, "a"]), |value| matches!(value, Anything::Unknown(_))),
        (json!(null), |value| matches!(value, Anything::Unknown(_))),
    ] {
        assert!(is_it(value(json.clone())), "{json}");
    }
}

#[tokio::test]
async fn types_hold_what_the_rows_say() {
    println!("{} values", check(rows()).await);
}

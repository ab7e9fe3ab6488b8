//! Types: what was sent comes back the same, whatever names the document gives.

use serde::Serialize;
use serde_json::{Value, json};
use wire_sdk::models::Names;
use wire_sdk::{Client, Error, Response};

use super::seen::{Row, check, row};
use super::support::Served;

/// What the caller got, as JSON.
fn again<T: Serialize>(outcome: Result<Response<T>, Error>) -> String {
    outcome.map_or_else(|error| error.to_string(), |answer| serde_json::to_string(answer.value()).unwrap())
}

async fn names(client: Client) -> String {
    again(client.types().send_names(&Names::new()).send().await)
}

async fn shape(client: Client) -> String {
    again(client.types().send_shape(&Value::Null).send().await)
}

pub(crate) fn rows() -> Vec<Row> {
    let same = |body: Value| (Served::new(200, "application/json", body.to_string()), body.to_string());
    let names = |name, body| {
        let (served, expected) = same(body);
        row(name, "POST /types/names", names, served, expected)
    };
    let shape = |name, body| {
        let (served, expected) = same(body);
        row(name, "POST /types/shape", shape, served, expected)
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
        shape("the other", json!({"kind": "square", "side": 2, "color": "red"})),
        shape("one that is new", json!({"kind": "star", "points": [5]})),
    ]
}

#[tokio::test]
async fn types_hold_what_the_rows_say() {
    println!("{} values", check(rows()).await);
}

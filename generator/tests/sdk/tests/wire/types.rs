//! Types: what was sent comes back the same, whatever names the document gives.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wire_sdk::models::Names;
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
        again(name, "POST /types/shape", body, async |client: Client, shape: Value| {
            client.types().send_shape(&shape).send().await
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
        shape("the other", json!({"kind": "square", "side": 2, "color": "red"})),
        shape("one that is new", json!({"kind": "star", "points": [5]})),
    ]
}

#[tokio::test]
async fn types_hold_what_the_rows_say() {
    println!("{} values", check(rows()).await);
}

//! Values against what the document says beyond their types: all that it forbids is told, with its place.
#![cfg(feature = "validate")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use wire_sdk::models::{Checked, Level, Pet, Shape};
use wire_sdk::{Client, Error, Validate, Violations};

fn told(result: Result<(), Violations>) -> Vec<String> {
    result.err().iter().flatten().map(ToString::to_string).collect()
}

fn checked(value: &Value) -> Checked {
    serde_json::from_value(value.clone()).unwrap()
}

/// What is sent of a value, and all that is forbidden in it.
fn rows() -> Vec<(Value, &'static [&'static str])> {
    vec![
        // The member `id` is only of answers.
        (json!({"name": "Ada"}), &[]),
        (json!({"name": "A"}), &["/name: must have at least 2 characters"]),
        // Characters are counted, not bytes.
        (json!({"name": "Zoë🦀λ"}), &[]),
        (json!({"name": "Zoë🦀λ!"}), &["/name: must have at most 5 characters"]),
        // Look-ahead is of ECMA 262.
        (json!({"name": "xyz"}), &["/name: must match the pattern `^(?!x)`"]),
        // A secret shows neither itself nor how long it is.
        (
            json!({"name": "Ada", "secret": "hunter"}),
            &["/secret: must match the pattern `[0-9]`", "/secret: must have at least 8 characters"],
        ),
        // Two binary fractions that no division of theirs would find.
        (json!({"name": "Ada", "price": 4.35}), &[]),
        (json!({"name": "Ada", "price": 0.07}), &[]),
        (json!({"name": "Ada", "price": 4.355}), &["/price: must be a multiple of 0.01"]),
        (json!({"name": "Ada", "price": -0.01}), &["/price: must be at least 0"]),
        (json!({"name": "Ada", "price": 10.0}), &["/price: must be less than 10"]),
        (json!({"name": "Ada", "mail": "nobody"}), &["/mail: must be an email address"]),
        (
            json!({"name": "Ada", "marks": ["a", "b", "a"]}),
            &["/marks: must have at most 2 elements", "/marks: must not have equal elements, as those at 0 and 2 are"],
        ),
        (json!({"name": "Ada", "marks": ["a", ""]}), &["/marks/1: must have at least 1 character"]),
        (json!({"name": "Ada", "price": 1, "marks": []}), &["must not be what the API's document rules out"]),
        // A pointer's own signs are escaped.
        (json!({"name": "Ada", "a/b~c": {"x": 10}}), &["/a~1b~0c/x: must be at most 9"]),
        (json!({"name": "Ada", "a/b~c": {"x\u{1b}[2J": 10}}), &["/a~1b~0c/x\\u{1b}[2J: must be at most 9"]),
        // An enum is open to read, and closed to judge.
        (json!({"name": "Ada", "level": "mid"}), &["/level: must be `low`, `LOW` or `high`"]),
        (
            json!({"name": "Ada", "inner": {"name": "Bob", "inner": {"name": ""}}}),
            &["/inner/inner/name: must have at least 2 characters"],
        ),
        // Which of several things is meant is told by the discriminator.
        (
            json!({"name": "Ada", "pet": {"petType": "cat", "name": "Tom", "lives": 3_000_000_000_i64}}),
            &["/pet/lives: must be an integer of 32 bits"],
        ),
        (json!({"name": "Ada", "pet": {"petType": "cat"}}), &["/pet: must have the member `name`"]),
        (json!({"name": "Ada", "more": true}), &[]),
    ]
}

#[test]
fn all_violations_are_told_with_their_places() {
    for (value, expected) in rows() {
        assert_eq!(told(checked(&value).validate()), expected, "{value}");
    }
}

#[test]
fn members_that_are_not_named_are_forbidden_only_to_the_strict() {
    let value = checked(&json!({"name": "Ada", "more": true, "inner": {"name": "Bob", "other": 1}}));
    assert_eq!(told(value.validate()), [""; 0]);
    let expected = [
        "/inner/other: is no member that the API's document names",
        "/more: is no member that the API's document names",
    ];
    let mut found = told(value.validate_strictly());
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_violation_has_a_pointer_and_a_keyword() {
    let violations = Checked::new("A").price(10.5).validate().unwrap_err();
    let found: Vec<_> = violations.iter().map(|it| (it.pointer(), it.rule(), it.message())).collect();
    let expected = [
        ("/name", "minLength", "must have at least 2 characters"),
        ("/price", "exclusiveMaximum", "must be less than 10"),
    ];
    assert_eq!(found, expected);
    assert_eq!(violations.to_string(), "/name: must have at least 2 characters; /price: must be less than 10");
}

#[test]
fn what_holds_values_is_judged_like_them() {
    let (good, bad) = (Checked::new("Ada"), Checked::new("A"));
    assert_eq!(told([good.clone(), bad.clone()].validate()), ["/1/name: must have at least 2 characters"]);
    assert_eq!(told(Some(Box::new(bad.clone())).validate()), ["/name: must have at least 2 characters"]);
    assert_eq!(told(vec![&good].validate()), [""; 0]);
    let named = std::collections::BTreeMap::from([("a/b".to_owned(), bad)]);
    assert_eq!(told(named.validate()), ["/a~1b/name: must have at least 2 characters"]);
}

#[test]
fn unions_and_enums_are_judged_by_themselves() {
    assert_eq!(told(Level::High.validate()), [""; 0]);
    assert_eq!(told(Level::from("mid").validate()), ["must be `low`, `LOW` or `high`"]);
    let shape = |value: Value| told(serde_json::from_value::<Shape>(value).unwrap().validate());
    assert_eq!(shape(json!({"kind": "circle", "radius": 1.5})), [""; 0]);
    assert_eq!(shape(json!({"kind": "circle"})), ["must have the member `radius`"]);
    assert_eq!(shape(json!("circle")), ["must be one of 3 alternatives, and is none"]);
    let pet: Pet = serde_json::from_value(json!({"petType": "lion"})).unwrap();
    assert_eq!(told(pet.validate()), ["must have the member `name`"]);
}

#[tokio::test]
async fn a_body_that_the_document_forbids_is_not_sent() {
    // Nobody listens there: what is refused by ourselves is no failure to connect.
    let client = |validate| Client::builder("http://127.0.0.1:9").validate(validate).build().unwrap();
    let secret = "hunter";
    let body = Checked::new("A").secret(secret);
    let error = client(true).bodies().send_checked(&body).send().await.unwrap_err();
    let Error::Refused(refused) = &error else { panic!("{error}") };
    let found: Vec<_> = refused.violations().unwrap().iter().map(|it| (it.pointer(), it.rule())).collect();
    assert_eq!(found, [("/name", "minLength"), ("/secret", "pattern"), ("/secret", "minLength")]);
    assert_eq!(
        refused.to_string(),
        "sendChecked: the API's document forbids the body: /name: must have at least 2 characters; \
         /secret: must match the pattern `[0-9]`; /secret: must have at least 8 characters"
    );
    assert!(!format!("{error:?}").contains(secret), "{error:?}");

    let list = client(true).bodies().send_checked_list(&[]).send().await.unwrap_err();
    assert!(list.to_string().ends_with("must have at least 1 element"), "{list}");
    let twice = [Checked::new("Ada"), Checked::new("Ada")];
    let twice = client(true).bodies().send_checked_list(&twice).send().await.unwrap_err();
    assert!(twice.to_string().ends_with("as those at 0 and 1 are"), "{twice}");

    // Without being told so, the client sends it; and what is not forbidden is sent in any case.
    let unchecked = client(false).bodies().send_checked(&body).send().await.unwrap_err();
    assert!(matches!(unchecked, Error::Transport(_)), "{unchecked}");
    let good = client(true).bodies().send_checked(&Checked::new("Ada")).send().await.unwrap_err();
    assert!(matches!(good, Error::Transport(_)), "{good}");
}

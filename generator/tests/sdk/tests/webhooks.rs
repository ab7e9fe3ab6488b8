//! What the server sends by itself is read by whoever serves it: webhooks and callbacks have types.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use wire_sdk::models::Item;
use wire_sdk::{Nullable, serde_json, webhooks};

#[test]
fn the_body_of_a_webhook_is_read() {
    let body = br#"{"count": 3, "by": null, "new": true}"#;
    let counted: webhooks::Counted = serde_json::from_slice(body).unwrap();
    assert_eq!((counted.count, counted.by, counted.extra.len()), (3, Nullable::Null, 1));
    assert!(serde_json::from_slice::<webhooks::Counted>(b"{}").is_err(), "what is required is required");
}

/// A type that operations have, too, is the same one.
#[test]
fn the_body_of_a_webhook_may_be_a_type_of_operations() {
    let item: Item = serde_json::from_str(ITEM).unwrap();
    let made: webhooks::ThingMade = serde_json::from_str(ITEM).unwrap();
    assert_eq!(made, item);
    let taken: webhooks::Taken = serde_json::from_str(&format!("[{ITEM}, {ITEM}]")).unwrap();
    assert_eq!(taken, [item.clone(), item]);
}

const ITEM: &str = r#"{"name": "a"}"#;

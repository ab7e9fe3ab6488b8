//! What the server sends by itself, as upgrading lists it.

use serde_json::Value;

use super::Webhook;
use crate::diagnostics::Pointer;

pub(super) fn read(root: &Value) -> Vec<Webhook> {
    let list = Pointer::default().child("x-specsmith-webhooks");
    let all = root.pointer(list.as_str()).and_then(Value::as_array).into_iter().flatten().enumerate();
    all.filter_map(|(index, sent)| {
        let text = |key: &str| sent.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Webhook {
            at: list.index(index),
            name: text("name")?,
            of: text("of"),
            method: text("method")?,
            schema: text("schema")?,
            summary: text("summary"),
            description: text("description"),
        })
    })
    .collect()
}

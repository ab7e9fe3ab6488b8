//! Where the API is: `host`, `basePath` and `schemes`.

use serde_json::{Map, Value, json};

use crate::diagnostics::Pointer;
use crate::upgrade::Pass;

/// Says it as `servers`.
pub(super) fn servers(document: &mut Map<String, Value>, pass: &mut Pass<'_>) {
    let root = Pointer::default();
    let host = document.shift_remove("host");
    let path = document.shift_remove("basePath");
    let schemes = document.shift_remove("schemes");
    let urls = urls(host.as_ref(), path.as_ref(), schemes.as_ref());
    let from = if host.is_some() { "host" } else { "basePath" };
    if !urls.is_empty() {
        pass.moved(&root.child("servers"), &root.child(from));
        document.insert("servers".to_owned(), urls.into_iter().map(|url| json!({"url": url})).collect());
    }
}

/// An operation with schemes of its own has servers of its own.
pub(super) fn of_operation(operation: &mut Map<String, Value>, at: &Pointer, source: &Value, pass: &mut Pass<'_>) {
    let Some(own) = operation.shift_remove("schemes") else { return };
    let listed = |schemes: Option<&Value>| schemes.and_then(Value::as_array).cloned().unwrap_or_default();
    let all = listed(source.get("schemes"));
    // The client's URL is one of the document's; with that the operation can be called.
    if all.is_empty() || listed(Some(&own)).iter().any(|scheme| all.contains(scheme)) {
        return;
    }
    pass.moved(&at.child("servers"), &at.child("schemes"));
    let urls = urls(source.get("host"), source.get("basePath"), Some(&own));
    operation.insert("servers".to_owned(), urls.into_iter().map(|url| json!({"url": url})).collect());
}

fn urls(host: Option<&Value>, path: Option<&Value>, schemes: Option<&Value>) -> Vec<String> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let path = text(path).unwrap_or_default();
    let path = match path.trim_matches('/') {
        "" => String::new(),
        inner => format!("/{inner}"),
    };
    let Some(host) = text(host).filter(|host| !host.is_empty()) else {
        return if path.is_empty() { Vec::new() } else { vec![path] };
    };
    let schemes: Vec<&str> =
        schemes.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let schemes = if schemes.is_empty() { vec!["https"] } else { schemes };
    schemes.into_iter().map(|scheme| format!("{scheme}://{host}{path}")).collect()
}

//! Servers of an operation or a path, which are not served.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Place, Pointer, Report};

/// The URLs of a list.
fn urls(servers: Option<&Value>) -> BTreeSet<String> {
    let servers = servers.and_then(Value::as_array).into_iter().flatten();
    servers.filter_map(|server| Some(server.get("url")?.as_str()?.trim_end_matches('/').to_owned())).collect()
}

/// Whether a list names servers that are not those of the whole document.
fn are_others(servers: Option<&Value>, root: &Value) -> bool {
    let own = urls(servers);
    !own.is_empty() && own != urls(root.get("servers"))
}

/// Tells of servers that are not those of the whole document.
pub(super) fn tell(servers: Option<&Value>, root: &Value, at: &Pointer, report: &mut Report) {
    if !are_others(servers, root) {
        return;
    }
    let at = Place::Document(at.child("servers"));
    report.push(
        Diagnostic::warning("other-servers", at, "servers of its own are not served yet")
            .label("these servers")
            .help("make a second client for them: the SDK sends to the client's own URL"),
    );
}

/// The first server of the innermost list, if those are others than the document's.
pub(super) fn own(root: &Value, lists: &[Option<&Value>]) -> Option<String> {
    let innermost = lists.iter().flatten().find(|list| !urls(Some(list)).is_empty())?;
    let first = innermost.pointer("/0/url").and_then(Value::as_str).map(str::to_owned);
    first.filter(|_| are_others(Some(innermost), root))
}

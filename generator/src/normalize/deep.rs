//! Deep values to typed ones, which takes more stack than a thread may have.

use std::thread;

use serde::de::DeserializeOwned;
use serde_json::Value;

/// So deep, a value is read on the stack that there is.
const SHALLOW: usize = 20;

/// What reading takes for the deepest value that may be; openapiv3 takes much for each level.
const STACK: usize = 32 << 20;

/// Reads a value, on a stack of its own if it is deep.
pub(super) fn deserialize<T: DeserializeOwned + Send>(
    value: &Value,
) -> Result<T, serde_path_to_error::Error<serde_json::Error>> {
    let read = || serde_path_to_error::deserialize(value);
    if depth(value) <= SHALLOW {
        return read();
    }
    thread::scope(|scope| {
        let own = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read).ok();
        own.and_then(|own| own.join().ok()).unwrap_or_else(read)
    })
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

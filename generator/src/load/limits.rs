//! How much a document may hold. What is beyond was made to be so: no document that people work
//! with comes near, and reading on would take all memory, or never end.

use serde_json::Value;

use super::Unreadable;
use super::source::Node;

/// How deep maps and lists may lie in one another. Of the documents that this was measured with,
/// the deepest has 19 levels; and a thread of 2 MiB has to get along with all that are allowed.
pub(crate) const MOST_LEVELS: usize = 64;

/// How many bytes a document may have.
pub(super) const MOST_BYTES: usize = 256 << 20;

/// How many nodes may come of aliases, or of references that are copied, beside those that are
/// written: a few nodes that refer to one another could become very many.
pub(crate) const MOST_COPIES: usize = 300_000;

/// How many bytes the pointers to all nodes may have together, beside sixteen for each byte of the
/// document: with keys that are very long, each of many nodes would have a pointer of that length.
const MOST_BYTES_OF_POINTERS: usize = 64 << 20;

/// How many bytes of text weigh as much as one more node.
const BYTES_OF_A_NODE: usize = 64;

/// A document that is larger than any is.
pub(super) fn check_size(bytes: &[u8]) -> Result<(), Unreadable> {
    if bytes.len() <= MOST_BYTES {
        return Ok(());
    }
    let message = format!("the document has more than {} MiB", MOST_BYTES >> 20);
    Err(Unreadable { code: "too-large", message, at: 0 })
}

/// Keys that make the pointers longer than any document's are.
pub(super) fn check_pointers(nodes: &[Node], bytes: usize) -> Result<(), Unreadable> {
    let mut left = MOST_BYTES_OF_POINTERS.saturating_add(bytes.saturating_mul(16));
    let mut todo = vec![(0, 0)];
    while let Some((at, length)) = todo.pop() {
        let Some(node) = nodes.get(at) else { continue };
        let Some(rest) = usize::checked_sub(left, length) else {
            let message = "keys that are very long lead to very many nodes".to_owned();
            return Err(Unreadable { code: "too-large", message, at: node.key.start });
        };
        left = rest;
        todo.extend(node.children.iter().map(|(key, child)| (*child, length + 1 + key.len())));
    }
    Ok(())
}

/// Where a text is too deep, at a byte.
pub(super) fn too_deep(at: usize) -> Unreadable {
    let message = format!("maps and lists lie more than {MOST_LEVELS} levels deep in one another");
    Unreadable { code: "too-deep", message, at }
}

/// Where aliases are too many, at a byte.
pub(super) fn too_many_copies(at: usize) -> Unreadable {
    let message = format!("aliases make more than {MOST_COPIES} nodes of what is written once");
    Unreadable { code: "too-large", message, at }
}

/// The first bracket that opens one level too many, outside of strings in double quotes.
pub(super) fn deepest_bracket(text: &str, most: usize) -> Option<usize> {
    let (mut level, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                level += 1;
                if level > most {
                    return Some(at);
                }
            }
            b'}' | b']' if !in_string => level = level.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// What a scalar of so many bytes weighs.
pub(super) fn weight_of_text(bytes: usize) -> usize {
    1 + bytes / BYTES_OF_A_NODE
}

/// What a copy of a node weighs: the nodes in it, and their texts.
pub(crate) fn weight(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(weight).sum::<usize>(),
        Value::Object(members) => {
            let members = members.iter().map(|(key, member)| key.len() / BYTES_OF_A_NODE + weight(member));
            1 + members.sum::<usize>()
        }
        Value::String(text) => weight_of_text(text.len()),
        _ => 1,
    }
}

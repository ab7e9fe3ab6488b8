//! References, and the nodes that they lead to.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::kinds::{Kind, rewrite};
use crate::diagnostics::Pointer;

/// The pointer of a reference inside the document (RFC 6901, section 6).
pub(crate) fn target(reference: &str) -> Option<Pointer> {
    let fragment = reference.strip_prefix('#')?;
    Some(Pointer::parse(percent_decode_str(fragment).decode_utf8_lossy()))
}

/// The text of a reference to a node of the document.
pub(crate) fn reference_to(at: &Pointer) -> String {
    format!("#{}", at.as_str().replace('%', "%25"))
}

/// Where the node is that a pointer leads to: references on the way and at the end are followed.
pub(crate) fn locate(root: &Value, pointer: &Pointer) -> Option<Pointer> {
    let mut segments: Vec<String> = pointer.segments().collect();
    // Each reference on the way begins anew; a circle of them leads nowhere.
    'again: for _ in 0..JUMPS {
        let mut node = root;
        for depth in 0..=segments.len() {
            let is_last = depth == segments.len();
            let reference = node.get("$ref").and_then(Value::as_str).filter(|_| !is_last || is_plain_reference(node));
            if !is_last && let Some(next) = child(node, &segments[depth]) {
                node = next;
                continue;
            }
            let found = || segments.iter().fold(Pointer::default(), |at, segment| at.child(segment));
            let Some(reference) = reference else { return is_last.then(found) };
            let mut next: Vec<String> = target(reference)?.segments().collect();
            next.extend(segments.drain(depth..));
            segments = next;
            continue 'again;
        }
    }
    None
}

/// How many references are followed to find one node.
const JUMPS: usize = 64;

/// Whether a node says nothing but where it is.
fn is_plain_reference(node: &Value) -> bool {
    node.as_object().is_some_and(|node| node.len() == 1)
}

fn child<'a>(node: &'a Value, segment: &str) -> Option<&'a Value> {
    match node {
        Value::Array(elements) => elements.get(segment.parse::<usize>().ok()?),
        node => node.get(segment),
    }
}

/// Gives references, and the values of discriminators, their new texts: by the kind of node that
/// they lead to and the old text.
pub(crate) fn redirect(root: &mut Value, texts: &HashMap<(Kind, String), String>) {
    rewrite(root, &mut |value, kind, _| {
        let Value::Object(node) = value else { return };
        let new = |text: &Value| Some(texts.get(&(kind, text.as_str()?.to_owned()))?.clone().into());
        if let Some(new) = node.get("$ref").and_then(new) {
            node.insert("$ref".to_owned(), new);
        }
        let mapping = node.get_mut("discriminator").and_then(|discriminator| discriminator.get_mut("mapping"));
        for text in mapping.and_then(Value::as_object_mut).into_iter().flat_map(|mapping| mapping.values_mut()) {
            if let Some(new) = new(text) {
                *text = new;
            }
        }
    });
}

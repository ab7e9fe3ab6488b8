//! YAML 1.2's core schema (10.3.2), where the parser of values goes by another: it takes numbers of
//! base two, and of other bases with a sign, and takes no number that begins with a zero.

use std::collections::HashMap;

use serde_json::Value;

use super::source::Node;

/// What a plain scalar is, if the parser of values says something else.
pub(super) fn differing(text: &str) -> Option<Value> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = unsigned.strip_prefix('0').filter(|digits| !digits.is_empty())?;
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(integer(text));
    }
    let is_other = match digits.split_at_checked(1)? {
        ("b", digits) => is_of_base(digits, 2),
        ("o", digits) => is_of_base(digits, 8) && text != unsigned,
        ("x", digits) => is_of_base(digits, 16) && text != unsigned,
        _ => false,
    };
    is_other.then(|| text.into())
}

/// An integer of base ten; beyond 64 bits it loses its last digits, as all do.
fn integer(text: &str) -> Value {
    let small = text.parse::<i64>().ok().map(Value::from);
    let large = || text.parse::<u64>().ok().map(Value::from);
    // Too large for any number is what the parser of values leaves as a text, too.
    let largest = || text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from);
    small.or_else(large).or_else(largest).unwrap_or_else(|| text.into())
}

fn is_of_base(digits: &str, base: u32) -> bool {
    !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(base))
}

/// Puts values in for those that were read, by their nodes.
pub(super) fn correct(value: &mut Value, at: usize, nodes: &[Node], corrections: &HashMap<usize, Value>) {
    if let Some(right) = corrections.get(&at) {
        value.clone_from(right);
    }
    // Of a key that stands twice, the last counts.
    let members: HashMap<&str, usize> = nodes[at].children.iter().map(|(key, child)| (&**key, *child)).collect();
    for (key, child) in members {
        let member = match value {
            Value::Array(elements) => key.parse().ok().and_then(|index: usize| elements.get_mut(index)),
            Value::Object(members) => members.get_mut(key),
            _ => None,
        };
        if let Some(member) = member {
            correct(member, child, nodes, corrections);
        }
    }
}

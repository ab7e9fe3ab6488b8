//! YAML documents: the only module that knows `serde_yaml`.
//!
//! serde_yaml reads the values but keeps no places; those come from a second pass over the
//! events of libyaml-safer, in which duplicate keys are seen too. It reads the same grammar.

use std::collections::HashMap;
use std::ops::Range;

use libyaml_safer::{Event, EventData, Parser};
use serde::Serialize;

use super::lenient::{Lenient, MERGE};
use super::source::Node;
use super::{Parsed, Unreadable};

pub(super) fn parse(text: &str) -> Result<Parsed, Unreadable> {
    let value = serde_yaml::from_str(text).map(Lenient::merged).map_err(|error| {
        let at = error.location().map_or(0, |location| location.index());
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        Unreadable { code: "not-yaml", message: format!("this is not YAML: {message}"), at }
    })?;
    Ok(Parsed { value, nodes: nodes(text) })
}

/// Prints anything as YAML, by way of JSON's model: YAML's has no form for enums in enums.
pub(crate) fn to_text(value: &impl Serialize) -> String {
    let failed = |error: &dyn std::fmt::Display| format!("# cannot be shown as YAML: {error}\n");
    match serde_json::to_value(value) {
        Ok(value) => serde_yaml::to_string(&value).unwrap_or_else(|error| failed(&error)),
        Err(error) => failed(&error),
    }
}

/// A map or list that is still open.
struct Open {
    index: usize,
    is_map: bool,
    /// The key that waits for its value.
    key: Option<(String, Range<usize>)>,
}

/// The places of all nodes; as far as the second parser gets, if it stops early.
fn nodes(text: &str) -> Vec<Node> {
    let mut nodes = vec![Node::default()];
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: HashMap<String, usize> = HashMap::new();
    let mut input = text.as_bytes();
    let mut parser = Parser::new();
    parser.set_input_string(&mut input);
    while let Ok(event) = parser.parse() {
        let span = range(&event, text);
        let is_map = matches!(event.data, EventData::MappingStart { .. });
        match event.data {
            EventData::MappingStart { anchor, .. } | EventData::SequenceStart { anchor, .. } => {
                let index = place(&mut nodes, &mut open, span);
                anchors.extend(anchor.map(|anchor| (anchor, index)));
                open.push(Open { index, is_map, key: None });
            }
            EventData::MappingEnd | EventData::SequenceEnd => {
                if let Some(closed) = open.pop() {
                    merge(&mut nodes, closed.index);
                }
            }
            EventData::Scalar { value, anchor, .. } => match open.last_mut() {
                Some(map) if map.is_map && map.key.is_none() => map.key = Some((value, span)),
                _ => {
                    let index = place(&mut nodes, &mut open, span.clone());
                    nodes[index].scalar = Some(span);
                    anchors.extend(anchor.map(|anchor| (anchor, index)));
                }
            },
            EventData::Alias { anchor } => {
                let index = place(&mut nodes, &mut open, span);
                if let Some(target) = anchors.get(&anchor) {
                    nodes[index].children = nodes[*target].children.clone();
                }
            }
            EventData::StreamEnd => break,
            EventData::StreamStart { .. } | EventData::DocumentStart { .. } | EventData::DocumentEnd { .. } => {}
        }
    }
    nodes
}

/// Adds the members that merge keys bring into a map, as [`Lenient::merged`] does.
fn merge(nodes: &mut [Node], map: usize) {
    let find = |nodes: &[Node], key: &str| nodes[map].children.iter().find(|(name, _)| name == key).map(|(_, at)| *at);
    let Some(merge) = find(nodes, MERGE) else { return };
    let is_list = nodes[merge].children.first().is_some_and(|(name, _)| name == "0");
    let others = if is_list { nodes[merge].children.iter().map(|(_, at)| *at).collect() } else { vec![merge] };
    for other in others {
        for (key, at) in nodes[other].children.clone() {
            if find(nodes, &key).is_none() {
                nodes[map].children.push((key, at));
            }
        }
    }
}

/// Adds the node that begins now to the map or list that is open.
fn place(nodes: &mut Vec<Node>, open: &mut [Open], span: Range<usize>) -> usize {
    let index = nodes.len();
    let Some(parent) = open.last_mut() else {
        nodes[0].key = span;
        return 0;
    };
    let (name, key) = match parent.key.take() {
        Some(key) => key,
        None => (nodes[parent.index].children.len().to_string(), span.start..span.start + 1),
    };
    nodes[parent.index].children.push((name, index));
    nodes.push(Node { key, ..Node::default() });
    index
}

/// The bytes of an event: libyaml's marks count bytes too.
fn range(event: &Event, text: &str) -> Range<usize> {
    let byte = |index: u64| usize::try_from(index).unwrap_or(usize::MAX).min(text.len());
    byte(event.start_mark.index)..byte(event.end_mark.index)
}

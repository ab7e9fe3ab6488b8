//! YAML documents: the only module that knows `serde_yaml`.
//!
//! serde_yaml reads the values but keeps no places; those come from a second pass over the
//! events of saphyr-parser, in which duplicate keys are seen too.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};
use serde::Serialize;

use super::source::Node;
use super::{Parsed, Unreadable};

pub(super) fn parse(text: &str) -> Result<Parsed, Unreadable> {
    let value = serde_yaml::from_str(text).map_err(|error| {
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
    let bytes = ByteOffsets::new(text);
    let mut nodes = vec![Node::default()];
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: HashMap<usize, usize> = HashMap::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
        let span = bytes.range(&span);
        match event {
            Event::MappingStart(anchor, _) | Event::SequenceStart(anchor, _) => {
                let is_map = matches!(event, Event::MappingStart(..));
                let index = place(&mut nodes, &mut open, span);
                anchors.insert(anchor, index);
                open.push(Open { index, is_map, key: None });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
            }
            Event::Scalar(value, _, anchor, _) => match open.last_mut() {
                Some(map) if map.is_map && map.key.is_none() => map.key = Some((value.into_owned(), span)),
                _ => {
                    let index = place(&mut nodes, &mut open, span.clone());
                    nodes[index].scalar = Some(span);
                    anchors.insert(anchor, index);
                }
            },
            Event::Alias(anchor) => {
                let index = place(&mut nodes, &mut open, span);
                if let Some(target) = anchors.get(&anchor) {
                    nodes[index].children = nodes[*target].children.clone();
                }
            }
            _ => {}
        }
    }
    nodes
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

/// saphyr counts characters, everything else here counts bytes.
struct ByteOffsets(Option<Vec<usize>>);

impl ByteOffsets {
    fn new(text: &str) -> Self {
        let table = || text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        Self((!text.is_ascii()).then(table))
    }

    fn range(&self, span: &Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }

    fn byte(&self, character: usize) -> usize {
        match &self.0 {
            None => character,
            Some(table) => table.get(character).or(table.last()).copied().unwrap_or(character),
        }
    }
}

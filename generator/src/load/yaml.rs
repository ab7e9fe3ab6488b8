//! YAML documents: the only module that knows `serde_yaml`.
//!
//! serde_yaml reads the values but keeps no places; those come from a second pass over the
//! events of libyaml-safer, in which duplicate keys are seen too. It reads the same grammar.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use libyaml_safer::{Event, EventData, Parser};
use serde::Serialize;

use super::lenient::{Lenient, MERGE};
use super::limits::{self, MOST_COPIES, MOST_LEVELS};
use super::source::Node;
use super::{Parsed, Unreadable, stumbles};

pub(super) fn parse(text: &str) -> Result<Parsed, Unreadable> {
    // The places first: serde_yaml would read all of a text that is too deep, and slower with each level.
    let nodes = nodes(text)?;
    let value = serde_yaml::from_str(text).map(Lenient::merged).map_err(|error| {
        let at = error.location().map_or(0, |location| location.index());
        let message = error.to_string();
        // With aliases, it is deeper than it is written.
        if message.contains("recursion limit exceeded") {
            return limits::too_deep(at);
        }
        let message = message.split(" at line ").next().unwrap_or_default();
        Unreadable { code: "not-yaml", message: format!("this is not YAML: {message}"), at }
    })?;
    Ok(Parsed { value, nodes })
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
    /// The nodes in it so far, those of aliases too.
    weight: usize,
}

/// The places of all nodes; as far as the second parser gets, if it stops early.
fn nodes(text: &str) -> Result<Vec<Node>, Unreadable> {
    let mut nodes = vec![Node::default()];
    let mut open: Vec<Open> = Vec::new();
    // By their names: the nodes, and what a copy of each weighs.
    let mut anchors: HashMap<String, (usize, usize)> = HashMap::new();
    // By their names: texts, which may be keys again.
    let mut texts: HashMap<String, String> = HashMap::new();
    // The names of maps and lists that are still open, by their nodes.
    let mut named: HashMap<usize, String> = HashMap::new();
    let mut copies = 0_usize;
    let mut read = 0;
    let readable = stumbles::without_lone_tags(text);
    let mut parser = Parser::new();
    parser.set_input(stumbles::reader(&readable));
    while let Ok(event) = parser.parse() {
        let span = range(&event, text);
        let at = span.start;
        read = span.end;
        let is_map = matches!(event.data, EventData::MappingStart { .. });
        let mut weight = 0;
        match event.data {
            EventData::MappingStart { anchor, .. } | EventData::SequenceStart { anchor, .. } => {
                if open.len() >= MOST_LEVELS {
                    return Err(limits::too_deep(at));
                }
                let index = place(&mut nodes, &mut open, span);
                // A map that holds itself is refused later; until it ends, a copy of it weighs nothing.
                anchors.extend(anchor.clone().map(|anchor| (anchor, (index, 0))));
                named.extend(anchor.map(|anchor| (index, anchor)));
                open.push(Open { index, is_map, key: None, weight: 1 });
            }
            EventData::MappingEnd | EventData::SequenceEnd => {
                if let Some(closed) = open.pop() {
                    merge(&mut nodes, closed.index);
                    weight = closed.weight;
                    if let Some(anchor) = named.remove(&closed.index) {
                        anchors.insert(anchor, (closed.index, weight));
                    }
                }
            }
            EventData::Scalar { value, anchor, .. } => {
                weight = limits::weight_of_text(value.len());
                texts.extend(anchor.clone().map(|anchor| (anchor, value.clone())));
                match open.last_mut() {
                    Some(map) if map.is_map && map.key.is_none() => map.key = Some((value, span)),
                    _ => {
                        let index = place(&mut nodes, &mut open, span.clone());
                        nodes[index].scalar = Some(span);
                        anchors.extend(anchor.map(|anchor| (anchor, (index, weight))));
                    }
                }
            }
            EventData::Alias { anchor } => {
                let target = anchors.get(&anchor).copied();
                weight = target.map_or(1, |(_, weight)| weight);
                copies = copies.saturating_add(weight);
                if copies > MOST_COPIES {
                    return Err(limits::too_many_copies(at));
                }
                match open.last_mut() {
                    Some(map) if map.is_map && map.key.is_none() => {
                        map.key = Some((texts.get(&anchor).cloned().unwrap_or_default(), span));
                    }
                    _ => {
                        let index = place(&mut nodes, &mut open, span);
                        if let Some((target, _)) = target {
                            nodes[index].children = nodes[target].children.clone();
                        }
                    }
                }
            }
            EventData::StreamEnd => return Ok(nodes),
            EventData::StreamStart { .. } | EventData::DocumentStart { .. } | EventData::DocumentEnd { .. } => {}
        }
        if let Some(around) = open.last_mut() {
            around.weight = around.weight.saturating_add(weight);
        }
    }
    // What this parser cannot read, the other one may, and it is slow where brackets are very many.
    let rest = text.get(read..).unwrap_or_default();
    match limits::deepest_bracket(rest, 100 * MOST_LEVELS) {
        Some(at) => Err(limits::too_deep(read + at)),
        None => Ok(nodes),
    }
}

/// Adds the members that merge keys bring into a map, as [`Lenient::merged`] does.
fn merge(nodes: &mut [Node], map: usize) {
    let Some((_, merge)) = nodes[map].children.iter().find(|(name, _)| name == MERGE) else { return };
    let merge = *merge;
    let is_list = nodes[merge].children.first().is_some_and(|(name, _)| name == "0");
    let others = if is_list { nodes[merge].children.iter().map(|(_, at)| *at).collect() } else { vec![merge] };
    let mut own: HashSet<String> = nodes[map].children.iter().map(|(name, _)| name.clone()).collect();
    for other in others {
        for (key, at) in nodes[other].children.clone() {
            if own.insert(key.clone()) {
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

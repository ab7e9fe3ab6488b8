//! Where the nodes of a YAML document stand: the only module that knows `granit_parser`, whose
//! events have the places that serde_yaml does not keep. What it reads besides is how much aliases
//! copy, and keys that stand twice; it takes what libyaml takes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, options};
use serde_json::Value;

use super::lenient::MERGE;
use super::limits::{self, MOST_COPIES, MOST_LEVELS};
use super::source::Node;
use super::{Unreadable, core_schema};

/// What is known of a text before its values are read.
#[derive(Default)]
pub(super) struct Places {
    pub(super) nodes: Vec<Node>,
    /// Of scalars that serde_yaml reads as something else: what they are, by their nodes.
    pub(super) corrections: HashMap<usize, Value>,
}

/// A map or list that is still open.
struct Open {
    index: usize,
    is_map: bool,
    /// The key that waits for its value.
    key: Option<(String, Range<usize>)>,
    /// The nodes in it so far, those of aliases too.
    weight: usize,
    anchor: usize,
}

/// A node that has a name.
struct Named {
    /// None for a key, which is no node of its own.
    index: Option<usize>,
    /// What a copy of it weighs; nothing until it ends, for a map that holds itself is refused later.
    weight: usize,
    /// The text of a scalar, which may be a key again.
    text: String,
}

/// The way in which serde_yaml's parser reads.
fn as_libyaml() -> Options {
    options! {
        bom_inside_document_as_content: true,
        block_scalar_eof_without_line_feed: true,
        flow_nesting_limit: MOST_LEVELS,
        block_nesting_limit: MOST_LEVELS,
    }
}

/// The places of all nodes; as far as the parser gets, if it stops early.
pub(super) fn places(text: &str) -> Result<Places, Unreadable> {
    let mut found = Places { nodes: vec![Node::default()], ..Places::default() };
    let nodes = &mut found.nodes;
    let mut open: Vec<Open> = Vec::new();
    // By the numbers that the parser gives them; none has 0.
    let mut named: HashMap<usize, Named> = HashMap::new();
    let mut copies = 0_usize;
    let mut read = 0;
    for event in Parser::new_from_str_with_options(text, as_libyaml()) {
        let (event, span) = match event {
            Ok((event, span)) => (event, span.byte_range().unwrap_or(read..read)),
            Err(error) if *error.kind() == ErrorKind::RecursionLimitExceeded => {
                return Err(limits::too_deep(error.marker().byte_offset().unwrap_or(read)));
            }
            Err(_) => break,
        };
        let before = std::mem::replace(&mut read, span.end);
        let is_map = matches!(event, Event::MappingStart(..));
        let mut weight = 0;
        match event {
            Event::MappingStart(_, anchor, _) | Event::SequenceStart(_, anchor, _) => {
                if open.len() >= MOST_LEVELS {
                    return Err(limits::too_deep(span.start));
                }
                let index = place(nodes, &mut open, span);
                if anchor != 0 {
                    named.insert(anchor, Named { index: Some(index), weight: 0, text: String::new() });
                }
                open.push(Open { index, is_map, key: None, weight: 1, anchor });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                if let Some(closed) = open.pop() {
                    merge(nodes, closed.index);
                    weight = closed.weight;
                    if let Some(named) = named.get_mut(&closed.anchor) {
                        named.weight = weight;
                    }
                }
            }
            Event::Scalar(value, style, anchor, tag) => {
                // What is not there has no text, and this parser calls it `~`.
                let value = if span.is_empty() { Cow::default() } else { value };
                let span = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded => block(text, before, span),
                    _ if span.is_empty() && text.as_bytes().get(span.start) == Some(&b':') => {
                        span.end + 1..span.end + 1
                    }
                    _ => span,
                };
                weight = limits::weight_of_text(value.len());
                let index = match open.last_mut() {
                    Some(map) if map.is_map && map.key.is_none() => {
                        map.key = Some((value.to_string(), span));
                        None
                    }
                    _ => {
                        let index = place(nodes, &mut open, span.clone());
                        nodes[index].scalar = Some(span);
                        let is_plain = style == ScalarStyle::Plain && tag.is_none();
                        let correction = is_plain.then(|| core_schema::differing(&value)).flatten();
                        found.corrections.extend(correction.map(|value| (index, value)));
                        Some(index)
                    }
                };
                if anchor != 0 {
                    named.insert(anchor, Named { index, weight, text: value.into_owned() });
                }
            }
            Event::Alias(anchor) => {
                let target = named.get(&anchor);
                weight = target.map_or(1, |target| target.weight);
                copies = copies.saturating_add(weight);
                if copies > MOST_COPIES {
                    return Err(limits::too_many_copies(span.start));
                }
                match open.last_mut() {
                    Some(map) if map.is_map && map.key.is_none() => {
                        map.key = Some((target.map(|target| target.text.clone()).unwrap_or_default(), span));
                    }
                    _ => {
                        let index = place(nodes, &mut open, span);
                        if let Some(target) = target.and_then(|target| target.index) {
                            nodes[index].children = nodes[target].children.clone();
                            let correction = found.corrections.get(&target).cloned();
                            found.corrections.extend(correction.map(|value| (index, value)));
                        }
                    }
                }
            }
            Event::StreamEnd => return Ok(found),
            _ => {}
        }
        if let Some(around) = open.last_mut() {
            around.weight = around.weight.saturating_add(weight);
        }
    }
    // What this parser cannot read, the other one may, and it is slow where brackets are very many.
    let rest = text.get(read..).unwrap_or_default();
    match limits::deepest_bracket(rest, 100 * MOST_LEVELS) {
        Some(at) => Err(limits::too_deep(read + at)),
        None => Ok(found),
    }
}

/// A block of text from its sign on, which stands somewhere behind the node before it, to the end of
/// its last line.
fn block(text: &str, before: usize, span: Range<usize>) -> Range<usize> {
    let end = text.get(..span.end).unwrap_or(text).trim_end_matches(' ').len();
    let lead = text.get(before..span.start).unwrap_or_default().trim_end();
    // Its sign may have others before it (`- &name !tag |`), and a remark behind it.
    let line = lead.rfind('\n').map_or(0, |newline| newline + 1);
    let mut at = before + line;
    for word in lead[line..].split_inclusive([' ', '\t']) {
        if word.starts_with(['|', '>']) {
            return at..end.max(at);
        }
        if word.starts_with('#') {
            break;
        }
        at += word.len();
    }
    span.start..end.max(span.start)
}

/// Adds the members that merge keys bring into a map, as [`super::lenient::merged`] does.
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

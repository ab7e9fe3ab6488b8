//! YAML documents: the only module that knows `serde_yaml`.
//!
//! serde_yaml reads the values but keeps no places; those come from a second pass over the
//! events of saphyr-parser, in which duplicate keys are seen too.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_json::{Map, Value};

use super::source::Node;
use super::{Parsed, Unreadable};

pub(super) fn parse(text: &str) -> Result<Parsed, Unreadable> {
    let value = serde_yaml::from_str(text).map(|Lenient(value)| merged(value)).map_err(|error| {
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

/// A value as JSON has it: numbers beyond 64 bits lose their last digits, and tags are left out.
struct Lenient(Value);

impl<'de> Deserialize<'de> for Lenient {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LenientVisitor).map(Self)
    }
}

struct LenientVisitor;

impl<'de> Visitor<'de> for LenientVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(flag.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i128<E>(self, number: i128) -> Result<Value, E> {
        Ok((number as f64).into())
    }

    fn visit_u128<E>(self, number: u128) -> Result<Value, E> {
        Ok((number as f64).into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Lenient(element)) = elements.next_element()? {
            list.push(element);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((key, Lenient(member))) = members.next_entry::<String, Lenient>()? {
            map.insert(key, member);
        }
        Ok(map.into())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (_, value) = tagged.variant::<String>()?;
        value.newtype_variant::<Lenient>().map(|Lenient(value)| value)
    }
}

/// The name of YAML 1.1's merge key, which 1.2 does not have and tools go on to read.
const MERGE: &str = "<<";

/// Takes in the maps that merge keys name: a map's own members count first, then those of the
/// first of several maps.
fn merged(value: Value) -> Value {
    match value {
        Value::Array(elements) => elements.into_iter().map(merged).collect(),
        Value::Object(members) => {
            let mut map: Map<String, Value> = members.into_iter().map(|(key, member)| (key, merged(member))).collect();
            let others: Vec<Value> = match map.get(MERGE) {
                Some(Value::Object(_)) => map.shift_remove(MERGE).into_iter().collect(),
                Some(Value::Array(list)) if list.iter().all(Value::is_object) => {
                    let list = map.shift_remove(MERGE);
                    list.and_then(|list| list.as_array().cloned()).unwrap_or_default()
                }
                _ => Vec::new(),
            };
            for (key, member) in others.iter().filter_map(Value::as_object).flatten() {
                map.entry(key.clone()).or_insert_with(|| member.clone());
            }
            map.into()
        }
        scalar => scalar,
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
                if let Some(closed) = open.pop() {
                    merge(&mut nodes, closed.index);
                }
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

/// Adds the members that merge keys bring into a map, as [`merged`] does.
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

//! Mutation of a document as a tree: what comes out is mostly an OpenAPI document still.

use serde_json::{Map, Value};

/// Keys that lead somewhere, and what stands behind them.
const DICTIONARY: &str = include_str!("../openapi.dict");

/// Texts that are something else in Rust, Markdown, templates, TOML, URLs or file systems.
const ODD: [&str; 36] = [
    "",
    " ",
    "\0",
    "\n",
    "\r\n",
    "é",
    "ß",
    "İ",
    "𝒳",
    "\u{202e}",
    "\u{feff}",
    "\u{200d}",
    "*/",
    "/*",
    "//",
    "\"#",
    "]]>",
    "{{",
    "{%",
    "#}",
    "`",
    "```",
    "[a](b)",
    "\\",
    "\"\"\"",
    "../..",
    "/",
    "{a}",
    "{a}{b}",
    "{",
    "~1",
    "%2F",
    "self",
    "_",
    "1",
    "a.yaml#/A",
];

/// A generator of numbers (SplitMix64): the same seed gives the same mutation.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// Changes a document in a few places, and writes it as JSON; none if it is no document.
pub fn tree(data: &[u8], seed: u32) -> Option<String> {
    let text = std::str::from_utf8(data).ok()?;
    let mut root: Value = serde_json::from_str(text).or_else(|_| serde_yaml::from_str(text)).ok()?;
    if !root.is_object() {
        return None;
    }
    let mut random = Random(seed.into());
    for _ in 0..=random.below(4) {
        step(&mut root, &mut random);
    }
    serde_json::to_string(&root).ok()
}

fn step(root: &mut Value, random: &mut Random) {
    let mut places = Vec::new();
    list(root, "", &mut places);
    let (Some(at), Some(other)) = (random.pick(&places).cloned(), random.pick(&places).cloned()) else { return };
    let copy = root.pointer(&other).cloned().unwrap_or_default();
    let Some(node) = root.pointer_mut(&at) else { return };
    match random.below(9) {
        0 if !at.is_empty() => *node = copy,
        1 if !at.is_empty() => *node = odd(random),
        2 if !at.is_empty() => *node = reference(&other),
        3 => wrap(node, copy, random),
        4 => add(node, copy, random),
        5 => remove(node, random),
        6 => rename(node, random),
        7 => blend(node, copy),
        _ => retext(node, random),
    }
}

/// All nodes' pointers.
fn list(node: &Value, at: &str, places: &mut Vec<String>) {
    places.push(at.to_owned());
    match node {
        Value::Object(map) => {
            for (key, child) in map {
                list(child, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), places);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, child)| list(child, &format!("{at}/{i}"), places))
        }
        _ => {}
    }
}

fn word(random: &mut Random) -> String {
    let words: Vec<&str> = DICTIONARY.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"')).collect();
    random.pick(&words).map_or_else(String::new, |word| (*word).to_owned())
}

fn text(random: &mut Random) -> String {
    if random.below(2) == 0 {
        word(random)
    } else {
        random.pick(&ODD).map_or_else(String::new, |odd| (*odd).to_owned())
    }
}

fn odd(random: &mut Random) -> Value {
    match random.below(10) {
        0 => Value::Null,
        1 => true.into(),
        2 => (-1).into(),
        3 => u64::MAX.into(),
        4 => i64::MIN.into(),
        5 => 1e308.into(),
        6 => Value::Array(Vec::new()),
        7 => Value::Object(Map::new()),
        _ => text(random).into(),
    }
}

fn reference(pointer: &str) -> Value {
    Value::Object(Map::from_iter([("$ref".to_owned(), format!("#{pointer}").into())]))
}

/// Makes the node a part of a schema around it.
fn wrap(node: &mut Value, copy: Value, random: &mut Random) {
    let inner = std::mem::take(node);
    let (key, value) = match random.below(7) {
        0 => ("allOf", vec![inner, copy].into()),
        1 => ("oneOf", vec![inner, copy].into()),
        2 => ("anyOf", vec![copy, inner].into()),
        3 => ("items", inner),
        4 => ("additionalProperties", inner),
        5 => ("not", inner),
        _ => ("properties", Value::Object(Map::from_iter([(text(random), inner)]))),
    };
    *node = Value::Object(Map::from_iter([(key.to_owned(), value)]));
}

fn add(node: &mut Value, copy: Value, random: &mut Random) {
    let value = if random.below(2) == 0 { copy } else { odd(random) };
    match node {
        Value::Object(map) => {
            map.insert(text(random), value);
        }
        Value::Array(items) => items.push(value),
        _ => *node = value,
    }
}

fn remove(node: &mut Value, random: &mut Random) {
    match node {
        Value::Object(map) => {
            let key = map.keys().nth(random.below(map.len())).cloned();
            key.map(|key| map.shift_remove(&key));
        }
        Value::Array(items) if !items.is_empty() => {
            items.remove(random.below(items.len()));
        }
        _ => {}
    }
}

/// Gives a member another key, at its place.
fn rename(node: &mut Value, random: &mut Random) {
    let Value::Object(map) = node else { return };
    let (at, new) = (random.below(map.len()), text(random));
    let members = std::mem::take(map).into_iter().enumerate();
    *map = members.map(|(i, (key, value))| (if i == at { new.clone() } else { key }, value)).collect();
}

/// Adds the members of another map.
fn blend(node: &mut Value, copy: Value) {
    if let (Value::Object(map), Value::Object(more)) = (node, copy) {
        map.extend(more);
    }
}

/// Puts something into a text, or takes a word for it.
fn retext(node: &mut Value, random: &mut Random) {
    let Value::String(text) = node else { return };
    if random.below(3) == 0 {
        *text = word(random);
        return;
    }
    let at = text.char_indices().map(|(at, _)| at).nth(random.below(text.chars().count())).unwrap_or(0);
    text.insert_str(at, random.pick(&ODD).copied().unwrap_or_default());
}

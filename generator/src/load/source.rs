//! The document's text, and where in it each node stands.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::files::file_of;
use crate::diagnostics::Pointer;

/// A document's text with the places of its nodes.
#[derive(Debug, Clone)]
pub struct Source {
    text: String,
    /// The bytes where lines begin, but for the first.
    lines: Vec<usize>,
    nodes: Vec<Node>,
    /// The children by their keys, of nodes that have very many.
    large: HashMap<usize, HashMap<String, usize>>,
    /// The other files that it refers to, by their locations.
    files: BTreeMap<String, Source>,
}

/// Where a node stands: in the document or in another file.
#[derive(Debug, Clone)]
pub struct Spot<'a> {
    /// The file's path from the document's folder, or its URL; none for the document itself.
    pub file: Option<&'a str>,
    /// The text of the file.
    pub text: &'a str,
    /// The bytes of the node: its value if that is a scalar, its key otherwise.
    pub span: Range<usize>,
    source: &'a Source,
}

impl<'a> Spot<'a> {
    /// The line and column where it begins.
    pub fn position(&self) -> Position {
        self.source.position(self.span.start)
    }

    /// The file's text with its lines.
    pub fn source(&self) -> &'a Source {
        self.source
    }

    /// The path of the file, where the document's own is known.
    pub fn path(&self, document: &str) -> String {
        match self.file {
            None => document.to_owned(),
            Some(file) if file.contains("://") => file.to_owned(),
            Some(file) => {
                let folder = document.rfind(['/', '\\']).map_or("", |slash| &document[..=slash]);
                format!("{folder}{file}")
            }
        }
    }
}

/// A line and a column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A node of the document; node 0 is the root.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    /// The bytes of the key that leads here, or of an element's own value.
    pub(super) key: Range<usize>,
    /// The bytes of a scalar; none for maps and lists.
    pub(super) scalar: Option<Range<usize>>,
    /// Members by key, in order; elements by index.
    pub(super) children: Vec<(String, usize)>,
}

/// More children than that are looked up, and not gone through.
const MANY: usize = 100;

impl Source {
    pub(super) fn new(text: String) -> Self {
        let lines = text.match_indices('\n').map(|(newline, _)| newline + 1).collect();
        Self { text, lines, nodes: Vec::new(), large: HashMap::new(), files: BTreeMap::new() }
    }

    pub(super) fn set_nodes(&mut self, nodes: Vec<Node>) {
        let is_large = |(_, node): &(usize, &Node)| node.children.len() > MANY;
        let large = nodes.iter().enumerate().filter(is_large);
        self.large = large.map(|(at, node)| (at, node.children.iter().cloned().collect())).collect();
        self.nodes = nodes;
    }

    /// Adds the text of another file, by its location.
    pub(crate) fn add_file(&mut self, location: &str, text: Source) {
        self.files.insert(location.to_owned(), text);
    }

    /// Where a node stands; one that is not there has the place of its nearest ancestor.
    pub fn spot(&self, pointer: &Pointer) -> Spot<'_> {
        let inside = file_of(pointer).and_then(|(file, at)| Some((self.files.get_key_value(&file)?, at)));
        match inside {
            Some(((name, source), at)) => Spot { file: Some(name), text: &source.text, span: source.span(&at), source },
            None => Spot { file: None, text: &self.text, span: self.span(pointer), source: self },
        }
    }

    /// Whether the document refers to no other file.
    pub fn is_alone(&self) -> bool {
        self.files.is_empty()
    }

    /// The document's text; what is no UTF-8 is replaced.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn span(&self, pointer: &Pointer) -> Range<usize> {
        let mut at = 0;
        for segment in pointer.segments() {
            let Some(child) = self.child(at, &segment) else { break };
            at = child;
        }
        let span = self.nodes.get(at).map_or(0..0, |node| node.scalar.clone().unwrap_or_else(|| node.key.clone()));
        // Of what is a list's element, only the first byte is known.
        let start = self.boundary(span.start);
        start..(span.end..=self.text.len()).find(|end| self.text.is_char_boundary(*end)).unwrap_or(start)
    }

    /// The node that a key leads to; of one that stands twice, the last counts.
    fn child(&self, at: usize, key: &str) -> Option<usize> {
        match self.large.get(&at) {
            Some(children) => children.get(key).copied(),
            None => self.nodes.get(at)?.children.iter().rfind(|(name, _)| name == key).map(|(_, child)| *child),
        }
    }

    /// The byte where the character begins that a byte is part of.
    pub(super) fn boundary(&self, byte: usize) -> usize {
        boundary(&self.text, byte)
    }

    /// The line and column of a byte of the document.
    pub fn position(&self, byte: usize) -> Position {
        let byte = boundary(&self.text, byte);
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = line.checked_sub(1).map_or(0, |line| self.lines[line]);
        Position { line: line + 1, column: self.text[start..byte].chars().count() + 1 }
    }

    /// The bytes of the line around a byte, without its end.
    pub fn line(&self, byte: usize) -> Range<usize> {
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = line.checked_sub(1).map_or(0, |line| self.lines[line]);
        start..self.lines.get(line).map_or(self.text.len(), |next| next - 1)
    }

    /// Keys that stand twice in one map: the bytes of the first and the second, and the key.
    pub(super) fn duplicates(&self) -> Vec<(usize, usize, String)> {
        let mut found = Vec::new();
        for node in self.nodes.iter().filter(|node| node.scalar.is_none()) {
            let mut seen = HashMap::new();
            for (key, child) in &node.children {
                if let Some(first) = seen.insert(key, *child) {
                    found.push((self.nodes[first].key.start, self.nodes[*child].key.start, key.clone()));
                }
            }
        }
        found.sort_by_key(|(_, second, _)| *second);
        found
    }
}

/// The line and column of a byte of a text.
pub fn position(text: &str, byte: usize) -> Position {
    let before = &text[..boundary(text, byte)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
}

/// The byte where the character begins that a byte is part of.
fn boundary(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

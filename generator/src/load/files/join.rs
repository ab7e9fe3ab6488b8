//! Follows the references of a document into other files.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::homes::{self, Home, Target};
use super::location::resolve;
use super::{Joined, Loader};
use crate::diagnostics::{Level, Place, Pointer, Report};
use crate::load::kinds::{Kind, walk};
use crate::load::limits::{MOST_LEVELS, weight};
use crate::load::{Known, Source, parse, reference_to};

/// How many references are followed to find one node, and how deep copies may lie in copies.
const JUMPS: usize = 64;

/// How many copies are made in all: a few nodes that refer to one another could become very many.
const COPIES: usize = 20_000;

/// How many nodes the copies have in all: of an API in very many files, each path is one.
const COPIED_NODES: usize = 2_000_000;

/// How many files are read.
const MOST_FILES: usize = 10_000;

/// How many bytes are read in all, of all files.
const MOST_BYTES: usize = 256 << 20;

pub(super) fn join(
    root: &mut Value,
    name: &str,
    (loader, known): (&dyn Loader, &Known),
    report: &mut Report,
) -> Joined {
    let mut join = Join {
        loader,
        name,
        root: root.clone(),
        files: HashMap::new(),
        sources: BTreeMap::new(),
        bytes: 0,
        copies: 0,
        copied_nodes: 0,
        identifiers: HashSet::new(),
        homes: Vec::new(),
        known: HashSet::new(),
        unread: BTreeMap::new(),
        report,
    };
    walk(root, &mut |value, kind, _| {
        let id = value.get("$id").and_then(Value::as_str).filter(|_| kind == Kind::Schema);
        join.identifiers.extend(id.map(str::to_owned));
    });
    join.visit(root, Kind::Document, &Pointer::default(), name, 0);
    let mut next = 0;
    while next < join.homes.len() {
        let (kind, spot) = (join.homes[next].kind, join.homes[next].spot.clone());
        let mut node = std::mem::take(&mut join.homes[next].node);
        join.visit(&mut node, kind, &spot.place(), &spot.file, 0);
        join.homes[next].node = node;
        next += 1;
    }
    let outside = homes::settle(root, join.homes, known, join.report);
    Joined { sources: join.sources, unread: join.unread, outside }
}

struct Join<'a> {
    loader: &'a dyn Loader,
    /// The document's own location.
    name: &'a str,
    /// The document as it was.
    root: Value,
    /// The other files, or why they cannot be read.
    files: HashMap<String, Result<Value, String>>,
    sources: BTreeMap<String, Source>,
    bytes: usize,
    copies: usize,
    copied_nodes: usize,
    /// What schemas call themselves: a reference to one leads to no file.
    identifiers: HashSet<String>,
    homes: Vec<Home>,
    known: HashSet<(Kind, Target)>,
    unread: BTreeMap<String, String>,
    report: &'a mut Report,
}

impl Join<'_> {
    /// Follows the references of a node and of all below it; `at` is its place in the document, and
    /// `file` is where its references are relative to.
    fn visit(&mut self, node: &mut Value, kind: Kind, at: &Pointer, file: &str, depth: usize) {
        // Members that came from elsewhere, with the files that they are from.
        let mut from: HashMap<String, String> = HashMap::new();
        self.follow(node, kind, at, file, depth, &mut from);
        for key in kind.references_to_many(node) {
            let file = from.get(&key).map_or(file, String::as_str).to_owned();
            let at = at.child(&key);
            let text = node[&key].get("$ref").and_then(Value::as_str).map(str::to_owned);
            let Some((spot, value)) = text.and_then(|text| self.copy(&text, &file, &at, depth)) else { continue };
            self.report.moved(&at, &self.place(&spot));
            node[&key] = value;
            from.insert(key, spot.file);
        }
        for (key, inner, kind) in kind.children(node) {
            let file = from.get(&key).map_or(file, String::as_str).to_owned();
            let depth = depth + usize::from(from.contains_key(&key));
            let at = at.child(&key);
            let Some(member) = node.get_mut(&key) else { continue };
            match inner {
                None => self.visit(member, kind, &at, &file, depth),
                Some(inner) => {
                    let at = at.child(&inner);
                    let member = match member {
                        Value::Array(elements) => inner.parse().ok().and_then(|index: usize| elements.get_mut(index)),
                        member => member.get_mut(&inner),
                    };
                    if let Some(member) = member {
                        self.visit(member, kind, &at, &file, depth);
                    }
                }
            }
        }
    }

    /// Follows what a node itself refers to.
    fn follow(
        &mut self,
        node: &mut Value,
        kind: Kind,
        at: &Pointer,
        file: &str,
        depth: usize,
        from: &mut HashMap<String, String>,
    ) {
        let mapping = node.get_mut("discriminator").and_then(|discriminator| discriminator.get_mut("mapping"));
        for text in mapping.and_then(Value::as_object_mut).into_iter().flat_map(|mapping| mapping.values_mut()) {
            // What is no reference is the name of a schema.
            let is_reference =
                |text: &&str| ["#", "/", ".yaml", ".yml", ".json"].iter().any(|mark| text.contains(mark));
            let reference = text.as_str().filter(is_reference);
            if let Some(new) = reference.and_then(|reference| self.redirected(reference, Kind::Schema, file)) {
                *text = new.into();
            }
        }
        let mut base = file.to_owned();
        while let Some(reference) = node.get("$ref").and_then(Value::as_str).map(str::to_owned) {
            if homes::pool(&self.root, kind).is_some() || !self.leads_out(&reference, &base) {
                if let Some(new) = self.redirected(&reference, kind, &base) {
                    node["$ref"] = new.into();
                }
                return;
            }
            // No component can hold it, so a copy takes its place; its own members count first.
            let Some((spot, Value::Object(other))) = self.copy(&reference, &base, at, depth) else { return };
            let Value::Object(node) = node else { return };
            node.shift_remove("$ref");
            for (key, value) in other {
                if !node.contains_key(&key) {
                    self.report.moved(&at.child(&key), &self.place(&spot).child(&key));
                    from.insert(key.clone(), spot.file.clone());
                    node.insert(key, value);
                }
            }
            base = spot.file;
        }
    }

    /// Whether a reference leads from one file to another, or is in another than the document.
    fn leads_out(&self, reference: &str, file: &str) -> bool {
        let (location, _) = resolve(file, reference);
        location != self.name && !self.identifiers.contains(reference.split('#').next().unwrap_or_default())
    }

    /// The text that a reference gets in the document; none if it stays.
    fn redirected(&mut self, reference: &str, kind: Kind, file: &str) -> Option<String> {
        let is_own = file == self.name;
        if !self.leads_out(reference, file) {
            let (_, fragment) = resolve(file, reference);
            let is_plain = is_own && reference.starts_with('#');
            return (!is_plain && !self.identifiers.contains(reference))
                .then(|| reference_to(&Pointer::parse(fragment)));
        }
        match self.land(reference, file) {
            Ok(spot) if spot.file == self.name => Some(reference_to(&spot.at)),
            Ok(spot) => {
                let text = reference_to(&spot.place());
                if self.known.insert((kind, spot.clone())) {
                    let node = self.node(&spot).cloned().unwrap_or_default();
                    self.homes.push(Home { spot, kind, node });
                }
                Some(text)
            }
            Err(reason) => {
                let (location, fragment) = resolve(file, reference);
                let text = if is_own {
                    reference.to_owned()
                } else if fragment.is_empty() {
                    location
                } else {
                    format!("{location}#{fragment}")
                };
                self.unread.insert(text.clone(), reason);
                Some(text).filter(|_| !is_own)
            }
        }
    }

    /// A copy of what a reference leads to, for a place in the document.
    fn copy(&mut self, reference: &str, file: &str, at: &Pointer, depth: usize) -> Option<(Target, Value)> {
        self.copies += 1;
        let is_deep = depth >= JUMPS || at.as_str().matches('/').count() > MOST_LEVELS;
        let landed = if is_deep || self.copies > COPIES || self.copied_nodes > COPIED_NODES {
            Err("it leads to itself, or to too much".to_owned())
        } else {
            self.land(reference, file)
        };
        let found = landed.and_then(|spot| {
            let node = self.node(&spot).cloned().ok_or_else(|| "nothing is there".to_owned())?;
            self.copied_nodes = self.copied_nodes.saturating_add(weight(&node));
            Ok((spot, node))
        });
        found.map_err(|reason| self.unread.insert(reference.to_owned(), reason)).ok()
    }

    /// The place in the document, or among the files, that a spot has.
    fn place(&self, spot: &Target) -> Pointer {
        if spot.file == self.name { spot.at.clone() } else { spot.place() }
    }

    fn node(&self, spot: &Target) -> Option<&Value> {
        let file = if spot.file == self.name { &self.root } else { self.files.get(&spot.file)?.as_ref().ok()? };
        file.pointer(spot.at.as_str())
    }

    /// Where a reference leads: others on the way are followed, through all files.
    fn land(&mut self, reference: &str, file: &str) -> Result<Target, String> {
        let (mut location, mut fragment) = resolve(file, reference);
        'again: for _ in 0..JUMPS {
            if location != self.name {
                self.read(&location)?;
            }
            let root = if location == self.name { Some(&self.root) } else { self.files[&location].as_ref().ok() };
            let segments: Vec<String> = Pointer::parse(&fragment).segments().collect();
            let (mut node, mut at) = (root.unwrap_or(&Value::Null), Pointer::default());
            for depth in 0..=segments.len() {
                let is_last = depth == segments.len();
                let child = segments.get(depth).and_then(|segment| match node {
                    Value::Array(elements) => elements.get(segment.parse::<usize>().ok()?),
                    node => node.get(segment),
                });
                if let Some(child) = child {
                    (node, at) = (child, at.child(&segments[depth]));
                    continue;
                }
                let reference = node.get("$ref").and_then(Value::as_str);
                let is_plain = node.as_object().is_some_and(|node| node.len() == 1);
                match reference.filter(|_| !is_last || is_plain) {
                    // A reference of the document itself stays what it is.
                    Some(reference) if !(is_last && location == self.name) => {
                        let rest = segments[depth..].iter().fold(Pointer::default(), |at, segment| at.child(segment));
                        let (to, inside) = resolve(&location, reference);
                        (location, fragment) = (to, format!("{inside}{}", rest.as_str()));
                        continue 'again;
                    }
                    _ if is_last => return Ok(Target { file: location, at }),
                    _ => {
                        let near = if at.as_str().is_empty() { "at its top".to_owned() } else { format!("at `{at}`") };
                        return Err(format!("{location} has no `{}` {near}", segments[depth]));
                    }
                }
            }
        }
        Err("it leads in a circle".to_owned())
    }

    /// Reads a file, once.
    fn read(&mut self, location: &str) -> Result<(), String> {
        if !self.files.contains_key(location) {
            let read = self.load(location);
            self.files.insert(location.to_owned(), read);
        }
        self.files[location].as_ref().map(|_| ()).map_err(Clone::clone)
    }

    fn load(&mut self, location: &str) -> Result<Value, String> {
        if self.files.len() >= MOST_FILES {
            return Err(format!("more than {MOST_FILES} files are referred to"));
        }
        let bytes = self.loader.load(location)?;
        self.bytes += bytes.len();
        if self.bytes > MOST_BYTES {
            return Err(format!("the files that are referred to have more than {MOST_BYTES} bytes in all"));
        }
        let mut report = Report::default();
        let (source, value) = parse(&bytes, &mut report);
        let read = value.ok_or_else(|| {
            let problem = report.diagnostics().iter().find(|problem| problem.level == Level::Error);
            let Some(problem) = problem else { return format!("{location} cannot be read") };
            let place = match &problem.place {
                Place::Text(at) => {
                    let position = source.position(*at);
                    format!(":{}:{}", position.line, position.column)
                }
                _ => String::new(),
            };
            format!("{location}{place} cannot be read: {}", problem.message)
        });
        self.sources.insert(location.to_owned(), source);
        read
    }
}

//! Follows the references of a document into other files.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::homes::{self, Home, Target};
use super::location::resolve;
use super::{Joined, Loader};
use crate::diagnostics::{Diagnostic, Level, Place, Pointer, Report};
use crate::load::kinds::{Kind, walk};
use crate::load::limits::{MOST_COPIES, MOST_LEVELS, weight};
use crate::load::{Known, Source, parse, reference_to};

/// How many references are followed to find one node, and how deep copies may lie in copies.
const JUMPS: usize = 64;

/// How many copies are made in all: a few nodes that refer to one another could become very many.
const COPIES: usize = 20_000;

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
        // Of an API in very many files, each path is a copy: as many nodes as are written count for nothing.
        nodes_left: MOST_COPIES + weight(root),
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
    let way = Way { spot: Target { file: name.to_owned(), at: Pointer::default() }, around: None };
    join.visit(root, Kind::Document, &Pointer::default(), &way);
    let mut next = 0;
    while next < join.homes.len() {
        let (kind, spot) = (join.homes[next].kind, join.homes[next].spot.clone());
        let mut node = std::mem::take(&mut join.homes[next].node);
        join.visit(&mut node, kind, &spot.place(), &Way { spot, around: None });
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
    /// How many nodes may be copied yet.
    nodes_left: usize,
    /// What schemas call themselves: a reference to one leads to no file.
    identifiers: HashSet<String>,
    homes: Vec<Home>,
    known: HashSet<(Kind, Target)>,
    unread: BTreeMap<String, String>,
    report: &'a mut Report,
}

/// Where a node is written, and where what is copied with it is referred to.
struct Way<'a> {
    spot: Target,
    around: Option<&'a Way<'a>>,
}

impl Way<'_> {
    fn copies(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |way| way.around)
    }
}

impl Join<'_> {
    /// Follows the references of a node and of all below it; `at` is its place in the document.
    fn visit(&mut self, node: &mut Value, kind: Kind, at: &Pointer, way: &Way<'_>) {
        // Members that came from elsewhere, with the places that they are from.
        let mut from: HashMap<String, Target> = HashMap::new();
        self.follow(node, kind, at, way, &mut from);
        for (key, is_list) in kind.references_to_many(node) {
            self.take_in_many(node, &key, is_list, at, way, &mut from);
        }
        for (key, inner, kind) in kind.children(node) {
            let (spot, around) = match from.get(&key) {
                Some(spot) => (spot.clone(), Some(way)),
                None => (way.spot.child(&key), way.around),
            };
            let at = at.child(&key);
            let Some(member) = node.get_mut(&key) else { continue };
            match inner {
                None => self.visit(member, kind, &at, &Way { spot, around }),
                Some(inner) => {
                    let at = at.child(&inner);
                    let member = match member {
                        Value::Array(elements) => inner.parse().ok().and_then(|index: usize| elements.get_mut(index)),
                        member => member.get_mut(&inner),
                    };
                    if let Some(member) = member {
                        self.visit(member, kind, &at, &Way { spot: spot.child(&inner), around });
                    }
                }
            }
        }
    }

    /// Puts what is referred to in the place of a reference that stands for a whole map or list.
    fn take_in_many(
        &mut self,
        node: &mut Value,
        key: &str,
        is_list: bool,
        at: &Pointer,
        way: &Way<'_>,
        from: &mut HashMap<String, Target>,
    ) {
        let at = at.child(key);
        let mut seen = HashSet::new();
        while let Some(text) = node[key].get("$ref").and_then(Value::as_str).map(str::to_owned) {
            let file = from.get(key).unwrap_or(&way.spot).file.clone();
            let own = Way { spot: from.get(key).cloned().unwrap_or_else(|| way.spot.child(key)), around: Some(way) };
            let copied = self.copy(&text, &file, &at, &own).and_then(|(spot, value)| {
                let is_fit = if is_list { value.is_array() } else { value.is_object() };
                if !seen.insert(spot.clone()) {
                    return Err("it leads in a circle".to_owned());
                }
                is_fit.then_some((spot, value)).ok_or_else(|| {
                    let expected = if is_list { "a list" } else { "a map" };
                    format!("it does not lead to {expected}")
                })
            });
            match copied {
                Ok((spot, value)) => {
                    self.report.moved(&at, &self.place(&spot));
                    node[key] = value;
                    from.insert(key.to_owned(), spot);
                }
                Err(reason) => {
                    let code = if text.starts_with('#') { "unusable-reference" } else { "external-reference" };
                    let message = format!("`{text}` cannot be followed ({reason}): `{key}` is left out");
                    self.report.push(
                        Diagnostic::warning(code, Place::Document(at.child("$ref")), message)
                            .label("this reference")
                            .help(format!("write what is meant, or refer to what `{key}` holds one by one")),
                    );
                    let members = node.as_object_mut();
                    members.map(|members| members.shift_remove(key));
                    return;
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
        way: &Way<'_>,
        from: &mut HashMap<String, Target>,
    ) {
        let file = &*way.spot.file;
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
        let mut seen = HashSet::new();
        while let Some(reference) = node.get("$ref").and_then(Value::as_str).map(str::to_owned) {
            if homes::pool(&self.root, kind).is_some() || !self.leads_out(&reference, &base) {
                if let Some(new) = self.redirected(&reference, kind, &base) {
                    node["$ref"] = new.into();
                }
                return;
            }
            // No component can hold it, so a copy takes its place; its own members count first.
            let (spot, other) = match self.copy(&reference, &base, at, way) {
                Ok((spot, Value::Object(other))) if seen.insert(spot.clone()) => (spot, other),
                Ok(_) => return,
                Err(reason) => {
                    node["$ref"] = self.leave(&reference, &base, reason).into();
                    return;
                }
            };
            let Value::Object(node) = node else { return };
            node.shift_remove("$ref");
            for (key, value) in other {
                if !node.contains_key(&key) {
                    self.report.moved(&at.child(&key), &self.place(&spot).child(&key));
                    from.insert(key.clone(), spot.child(&key));
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
                let text = self.leave(reference, file, reason);
                Some(text).filter(|_| !is_own)
            }
        }
    }

    /// Remembers why a reference is left as it is; gives the text that it has in the document.
    fn leave(&mut self, reference: &str, file: &str, reason: String) -> String {
        let (location, fragment) = resolve(file, reference);
        let text = if file == self.name {
            reference.to_owned()
        } else if fragment.is_empty() {
            location
        } else {
            format!("{location}#{fragment}")
        };
        self.unread.insert(text.clone(), reason);
        text
    }

    /// A copy of what a reference leads to, for a place in the document; or why there is none.
    fn copy(&mut self, reference: &str, file: &str, at: &Pointer, way: &Way<'_>) -> Result<(Target, Value), String> {
        self.copies += 1;
        let is_deep = way.copies().count() > JUMPS || at.as_str().matches('/').count() > MOST_LEVELS;
        if is_deep || self.copies > COPIES {
            return Err("it leads to too much".to_owned());
        }
        let spot = self.land(reference, file)?;
        // All that is copied with it would hold it again, without an end.
        if way.copies().any(|way| spot.holds(&way.spot)) {
            return Err("it leads to what it is a part of".to_owned());
        }
        let node = self.node(&spot).ok_or("nothing is there")?;
        let weight = weight(node);
        let node = (weight <= self.nodes_left).then(|| node.clone());
        self.nodes_left = self.nodes_left.saturating_sub(weight);
        if node.is_none() && self.copies <= COPIES {
            self.copies = COPIES;
            let message = format!("references make more than {MOST_COPIES} nodes of what is written once");
            self.report.push(
                Diagnostic::error("too-large", Place::Document(at.clone()), message)
                    .label("copying stopped here")
                    .help("no document needs that much: look for what made it so"),
            );
        }
        Ok((spot, node.ok_or("it leads to too much")?))
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
        self.nodes_left = self.nodes_left.saturating_add(read.as_ref().map_or(0, weight));
        self.sources.insert(location.to_owned(), source);
        read
    }
}

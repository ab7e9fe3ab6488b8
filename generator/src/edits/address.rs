//! The nodes that an entry names.

use serde_json::Value;

use super::entries::{Entry, Flag, What};
use super::operations::{self, Operation};
use super::required::{names_of, parts};
use super::{Document, Node};
use crate::config::{BodyOf, Nodes, matches};
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::load::kinds::Kind;
use crate::load::locate;

/// The nodes that an entry names; each name that means nothing is told.
pub(super) fn find(entry: &Entry<'_>, document: &Document<'_>, report: &mut Report) -> Vec<Node> {
    let mut search = Search { document, entry, found: Vec::new(), nothing: Vec::new() };
    search.run();
    let Search { mut found, nothing, .. } = search;
    for (message, help) in nothing {
        report.push(
            Diagnostic::error("unused-config", Place::Config(entry.byte), message).label("this entry").help(help),
        );
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|node| seen.insert(node.at.clone()));
    found
}

/// What is looked for, and what was found.
struct Search<'a> {
    document: &'a Document<'a>,
    entry: &'a Entry<'a>,
    found: Vec<Node>,
    nothing: Vec<(String, String)>,
}

impl Search<'_> {
    fn run(&mut self) {
        match self.entry.nodes {
            Nodes::At(pointers) => pointers.iter().for_each(|pointer| self.at(pointer)),
            Nodes::Operations(patterns) => {
                for pattern in patterns {
                    let operations = self.operations(std::slice::from_ref(pattern));
                    self.found.extend(operations.into_iter().map(|it| Node::new(it.at, Kind::Operation, pattern)));
                }
            }
            Nodes::Parameters(patterns, []) => {
                let all = self.document.order.iter().filter(|at| self.document.kind(at) == Some(Kind::Parameter));
                let own =
                    all.filter(|at| self.document.root.pointer(at.as_str()).is_some_and(|it| it.get("$ref").is_none()));
                let own = own.cloned().collect();
                self.parameters(patterns, own, "");
            }
            Nodes::Parameters(patterns, operations) => {
                let mut all = Vec::new();
                for operation in self.operations(operations) {
                    let own = operations::parameters(self.document.root, &operation.at);
                    let names: Vec<_> = own.iter().map(|at| operations::name(self.document.root, at)).collect();
                    let shared = operations::parameters(self.document.root, &operation.item);
                    let shared =
                        shared.into_iter().filter(|at| !names.contains(&operations::name(self.document.root, at)));
                    all.extend(own.iter().cloned().chain(shared));
                }
                self.parameters(patterns, all, &format!(" of `{}`", operations.join("`, `")));
            }
            Nodes::Schemas(patterns) => {
                for pattern in patterns {
                    let schemas = self.schemas(pattern);
                    self.found.extend(schemas.into_iter().map(|at| Node::new(at, Kind::Schema, pattern)));
                }
            }
            Nodes::Properties(schemas, patterns) => {
                let owners: Vec<Pointer> = schemas.iter().flat_map(|pattern| self.schemas(pattern)).collect();
                if !owners.is_empty() {
                    patterns.iter().for_each(|pattern| self.properties(&owners, pattern, &schemas.join("`, `")));
                }
            }
            Nodes::Body(BodyOf { operation, media_type }) => self.bodies(operation, media_type),
        }
    }

    fn nothing(&mut self, message: String) {
        self.nothing.push((message, "remove it, or correct its names".to_owned()));
    }

    fn at(&mut self, pointer: &str) {
        let at = Pointer::parse(pointer.strip_prefix('#').unwrap_or(pointer));
        if self.document.root.pointer(at.as_str()).is_some() {
            let kind = self.document.kind(&at);
            let owner = property_of(&at).filter(|(owner, _)| self.document.kind(owner) == Some(Kind::Schema));
            self.found.push(Node { at, kind, owner, named: pointer.to_owned() });
            return;
        }
        let (mut known, mut missing) = (Pointer::default(), String::new());
        for segment in at.segments() {
            let next = known.child(&segment);
            if self.document.root.pointer(next.as_str()).is_none() {
                missing = segment;
                break;
            }
            known = next;
        }
        let place = if known.as_str().is_empty() { "the document".to_owned() } else { format!("`{known}`") };
        let help = match self.document.root.pointer(known.as_str()) {
            Some(Value::Array(elements)) => format!("{place} has {} elements, counted from 0", elements.len()),
            Some(Value::Object(members)) => {
                let mut names: Vec<String> = members.keys().take(9).map(|name| format!("`{name}`")).collect();
                if members.len() > 8 {
                    names[8] = format!("{} more", members.len() - 8);
                }
                format!("{place} has {}", if names.is_empty() { "no members".to_owned() } else { names.join(", ") })
            }
            _ => format!("{place} is a plain value"),
        };
        let message = format!("this entry applies to nothing: there is no `{missing}` in {place}");
        self.nothing.push((message, help));
    }

    fn operations(&mut self, patterns: &[String]) -> Vec<Operation> {
        let mut all = operations::all(self.document.root);
        for pattern in patterns {
            if !all.iter().any(|operation| operation.is_meant(pattern)) {
                self.nothing(format!("no operation has the id or the route `{pattern}`"));
            }
        }
        all.retain(|operation| patterns.iter().any(|pattern| operation.is_meant(pattern)));
        all
    }

    fn parameters(&mut self, patterns: &[String], all: Vec<Pointer>, of: &str) {
        let named: Vec<(Pointer, String)> = all
            .into_iter()
            .filter_map(|at| operations::name(self.document.root, &at).map(|(name, _)| (at, name)))
            .collect();
        for pattern in patterns {
            let before = self.found.len();
            let meant = named.iter().filter(|(_, name)| matches(pattern, name));
            self.found.extend(meant.map(|(at, _)| Node::new(at.clone(), Kind::Parameter, pattern)));
            if self.found.len() == before {
                self.nothing(format!("no parameter{of} is called `{pattern}`"));
            }
        }
    }

    /// The places of the schemas with a name.
    fn schemas(&mut self, pattern: &str) -> Vec<Pointer> {
        let pool = super::types::pool(self.document.root);
        let all = self.document.root.pointer(pool.as_str()).and_then(Value::as_object);
        let names = all.into_iter().flat_map(|all| all.keys()).filter(|name| matches(pattern, name));
        let found: Vec<Pointer> = names.map(|name| pool.child(name)).collect();
        if found.is_empty() {
            self.nothing(format!("no schema is called `{pattern}`"));
        }
        found
    }

    fn properties(&mut self, owners: &[Pointer], pattern: &str, schemas: &str) {
        let before = self.found.len();
        // What is required may be declared elsewhere.
        let with_required = match &self.entry.what {
            What::Mark(marks) => marks.iter().any(|mark| mark.flag == Flag::Required),
            _ => false,
        };
        for owner in owners {
            let mut found = Vec::new();
            below(self.document.root, owner, pattern, with_required, 0, &mut found);
            self.found.extend(
                found.into_iter().map(|(owner, name, at)| Node {
                    owner: Some((owner, name)),
                    ..Node::new(at, Kind::Schema, pattern)
                }),
            );
        }
        if self.found.len() == before {
            self.nothing(format!("no schema `{schemas}` has a property `{pattern}` of its own"));
        }
    }

    fn bodies(&mut self, pattern: &str, media_type: &str) {
        let root = self.document.root;
        let before = self.found.len();
        let node = |at| Node::new(at, Kind::Schema, media_type);
        for operation in self.operations(std::slice::from_ref(&pattern.to_owned())) {
            let content = operation.at.child("requestBody").child("content").child(media_type);
            if root.pointer(content.as_str()).is_some() {
                self.found.push(node(content.child("schema")));
            }
            // In 2.0 a body is a parameter, of every media type that there is.
            let consumed = root.pointer(operation.at.child("consumes").as_str()).or_else(|| root.get("consumes"));
            let is_consumed =
                consumed.and_then(Value::as_array).is_some_and(|all| all.iter().any(|it| it == media_type));
            let bodies = operations::parameters(root, &operation.at)
                .into_iter()
                .filter(|at| is_consumed && operations::name(root, at).is_some_and(|(_, place)| place == "body"));
            self.found.extend(bodies.map(|at| node(at.child("schema"))));
        }
        if self.found.len() == before && self.nothing.is_empty() {
            self.nothing(format!("no operation `{pattern}` takes `{media_type}`"));
        }
    }
}

/// The properties of a schema that a pattern means, each with the schema whose it is, its name and its
/// place; behind a dot, those inside of them.
fn below(
    root: &Value,
    owner: &Pointer,
    pattern: &str,
    with_required: bool,
    depth: usize,
    found: &mut Vec<(Pointer, String, Pointer)>,
) {
    let mut splits: Vec<(&str, Option<&str>)> = vec![(pattern, None)];
    splits.extend(pattern.match_indices('.').map(|(dot, _)| (&pattern[..dot], Some(&pattern[dot + 1..]))));
    for part in parts(root, owner) {
        for (name, is_declared) in names_of(root, &part) {
            let at = part.child("properties").child(&name);
            for (first, rest) in &splits {
                match rest {
                    _ if !matches(first, &name) => {}
                    None if is_declared || with_required => found.push((owner.clone(), name.clone(), at.clone())),
                    // A list stands for its elements.
                    Some(rest) if is_declared && depth < 16 => {
                        let mut inner = at.clone();
                        while root.pointer(inner.child("items").as_str()).is_some_and(Value::is_object) {
                            inner = inner.child("items");
                        }
                        below(root, &inner, rest, with_required, depth + 1, found);
                    }
                    _ => {}
                }
            }
        }
    }
}

/// The schema and the name of what a pointer says is a property.
fn property_of(at: &Pointer) -> Option<(Pointer, String)> {
    let segments: Vec<String> = at.segments().collect();
    let [owner @ .., keyword, name] = segments.as_slice() else { return None };
    let owner = owner.iter().fold(Pointer::default(), |at, segment| at.child(segment));
    (keyword == "properties").then(|| (owner, name.clone()))
}

/// The node that a pointer leads to, and its place: references are followed.
pub(super) fn resolved<'a>(root: &'a Value, at: &Pointer) -> Option<(Pointer, &'a Value)> {
    let at = locate(root, at)?;
    let node = root.pointer(at.as_str())?;
    Some((at, node))
}

//! What the owner of an API changes in its document by the settings: nodes are dropped, retyped and
//! marked, in the words that the document itself is written in, before it is understood.
//!
//! All entries speak of the document as it was before the first of them, so that none shifts what
//! another names. One that applies to nothing is an error, and so are two that contradict each other.
//! What an entry puts in is from the settings, wherever it is told of.

mod address;
mod entries;
mod marks;
mod operations;
mod required;
mod types;

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::config::Config;
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::load::Tree;
use crate::load::kinds::{self, Kind};
use crate::overlay::remove;
use entries::{Entry, What};

/// Applies `[[drop]]`, `[[retype]]`, `[[mark]]`, `[[optional]]` and `[[undeprecate]]`.
pub(crate) fn apply(tree: &mut Tree, config: &Config, report: &mut Report) {
    let entries = entries::of(config);
    if entries.is_empty() {
        return;
    }
    operations::part(&mut tree.value, &entries, report);
    let document = Document::new(&tree.value);
    let mut found: Vec<Vec<Node>> = entries.iter().map(|entry| address::find(entry, &document, report)).collect();
    contradictions(&entries, &mut found, report);
    let mut removed = Vec::new();
    // What is marked may have been given its type by another entry.
    for is_turn in [Entry::retypes, Entry::marks, Entry::drops] {
        for (entry, nodes) in entries.iter().zip(&found).filter(|(entry, _)| is_turn(entry)) {
            let mut changed: BTreeMap<&str, usize> = BTreeMap::new();
            for node in nodes {
                let result = match &entry.what {
                    What::Drop => Ok(required::drop(&tree.value, node, &mut removed)),
                    What::Retype(rule) => types::retype(&mut tree.value, node, rule, report),
                    What::Mark(marks) => marks::mark(&mut tree.value, node, marks, &mut removed, report),
                };
                match result {
                    Ok(count) => *changed.entry(node.named.as_str()).or_default() += count,
                    Err(message) => unfit_entry(entry, message, report),
                }
            }
            told(entry, &changed, report);
        }
    }
    for (entry, nodes) in entries.iter().zip(&found) {
        if let What::Mark(marks) = &entry.what {
            required::insisted(&tree.value, entry, nodes, marks, &removed, report);
        }
    }
    operations::emptied(&tree.value, &mut removed);
    remove(&mut tree.value, removed, report);
}

/// The document, and what its nodes are.
struct Document<'a> {
    root: &'a Value,
    kinds: HashMap<String, Kind>,
    /// The nodes in the document's order.
    order: Vec<Pointer>,
}

impl<'a> Document<'a> {
    fn new(root: &'a Value) -> Self {
        let (mut kinds, mut order) = (HashMap::new(), Vec::new());
        kinds::walk(root, &mut |_, kind, at| {
            kinds.insert(at.as_str().to_owned(), kind);
            order.push(at.clone());
        });
        Self { root, kinds, order }
    }

    fn kind(&self, at: &Pointer) -> Option<Kind> {
        self.kinds.get(at.as_str()).copied()
    }
}

/// A node that an entry is about.
#[derive(Debug, Clone)]
struct Node {
    at: Pointer,
    /// None for what is no node of OpenAPI's, such as a value of an enum.
    kind: Option<Kind>,
    /// Of a property, the schema whose it is, and its name.
    owner: Option<(Pointer, String)>,
    /// The name in the entry that means it.
    named: String,
}

impl Node {
    fn new(at: Pointer, kind: Kind, named: &str) -> Self {
        Self { at, kind: Some(kind), owner: None, named: named.to_owned() }
    }
}

/// Tells of entries that say different things of one node, and lets the first of them count.
fn contradictions(entries: &[Entry<'_>], found: &mut [Vec<Node>], report: &mut Report) {
    let mut replaced: HashMap<Pointer, usize> = HashMap::new();
    let mut clashes: Vec<(usize, usize, Pointer)> = Vec::new();
    let is_replacing = |entry: &Entry<'_>| !entry.marks();
    for (index, nodes) in found.iter().enumerate().filter(|(index, _)| is_replacing(&entries[*index])) {
        for node in nodes {
            let first = *replaced.entry(node.at.clone()).or_insert(index);
            if first != index && !(entries[first].drops() && entries[index].drops()) {
                clashes.push((index, first, node.at.clone()));
            }
        }
    }
    let mut marked: HashMap<(Pointer, entries::Flag), (usize, bool)> = HashMap::new();
    for (index, nodes) in found.iter().enumerate() {
        for node in nodes {
            // What is around it is gone, or of another type.
            let around = required::ancestors(&node.at).find_map(|at| replaced.get(&at).copied());
            let same =
                replaced.get(&node.at).copied().filter(|first| entries[index].marks() && entries[*first].drops());
            let goes_too = |first: usize| first == index || (entries[index].drops() && entries[first].drops());
            if let Some(first) = around.or(same).filter(|first| !goes_too(*first)) {
                clashes.push((index, first, node.at.clone()));
            }
            let What::Mark(marks) = &entries[index].what else { continue };
            for mark in marks {
                let (first, on) = *marked.entry((node.at.clone(), mark.flag)).or_insert((index, mark.on));
                if on != mark.on {
                    clashes.push((index, first, node.at.clone()));
                }
            }
        }
    }
    let mut told = Vec::new();
    for (index, first, at) in clashes {
        found[index].retain(|node| node.at != at);
        let pair = (index.min(first), index.max(first));
        if told.contains(&pair) {
            continue;
        }
        told.push(pair);
        let message = format!("two entries say different things of `{}`", report.origin(&at));
        report.push(
            Diagnostic::error("contradictory-config", Place::Config(entries[pair.1].byte), message)
                .label("this entry")
                .related(Place::Config(entries[pair.0].byte), "and this one")
                .help("remove one of the two, or let it name less"),
        );
    }
}

fn unfit_entry(entry: &Entry<'_>, message: String, report: &mut Report) {
    report.push(
        Diagnostic::error("unfit-config", Place::Config(entry.byte), message)
            .label("this entry")
            .help("what can be said of what is in generator/docs/settings.md"),
    );
}

/// Says what an entry changed, by its names; that one means nothing was told where it was looked for.
fn told(entry: &Entry<'_>, changed: &BTreeMap<&str, usize>, report: &mut Report) {
    let place = Place::Config(entry.byte);
    for (name, _) in changed.iter().filter(|(_, count)| **count == 0) {
        let message = format!("`{name}` changes nothing: the document says the same");
        report.push(
            Diagnostic::error("unused-config", place.clone(), message).label("this entry").help("remove it from here"),
        );
    }
    let count: usize = changed.values().sum();
    if count > 0 {
        report.push(
            Diagnostic::note("repaired", place, format!("{}: {count} in all", entry.says()))
                .label("by this entry")
                .help(format!("the reason given: {}", entry.reason)),
        );
    }
}

//! Components made of parts of other files, and what they are called.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::place_of;
use crate::diagnostics::{Pointer, Report};
use crate::load::kinds::Kind;
use crate::load::{Known, Outside, redirect, reference_to};

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Target {
    pub(super) file: String,
    pub(super) at: Pointer,
}

impl Target {
    /// The place that it has as long as it is no component.
    pub(super) fn place(&self) -> Pointer {
        self.at.segments().fold(place_of(&self.file), |at, segment| at.child(&segment))
    }

    pub(super) fn child(&self, key: &str) -> Self {
        Self { file: self.file.clone(), at: self.at.child(key) }
    }

    /// Where this place is inside another one.
    fn inside(&self, other: &Self) -> Option<&str> {
        let rest = self.at.as_str().strip_prefix(other.at.as_str()).filter(|rest| rest.starts_with('/'));
        rest.filter(|_| self.file == other.file)
    }

    /// Whether a copy of this place would hold another place too.
    pub(super) fn holds(&self, other: &Self) -> bool {
        self == other || other.inside(self).is_some()
    }
}

/// A node of another file that becomes a component.
#[derive(Debug)]
pub(super) struct Home {
    pub(super) spot: Target,
    pub(super) kind: Kind,
    pub(super) node: Value,
}

impl Home {
    fn called(&self, name: &str) -> Outside {
        let kind = match self.kind {
            Kind::Parameter => "parameter",
            Kind::Body => "body",
            Kind::Response => "response",
            Kind::Header => "header",
            _ => "schema",
        };
        Outside { kind, place: format!("{}#{}", self.spot.file, self.spot.at), name: name.to_owned() }
    }

    /// What it was called before.
    fn known(&self, known: &Known) -> Option<String> {
        let Outside { kind, place, .. } = self.called("");
        known.get(&(kind.to_owned(), place)).cloned()
    }
}

/// The list of components in which nodes of a kind are kept.
pub(super) fn pool(root: &Value, kind: Kind) -> Option<&'static [&'static str]> {
    let is_swagger = root.get("swagger").is_some();
    Some(match kind {
        Kind::Schema if is_swagger => &["definitions"],
        Kind::Parameter if is_swagger => &["parameters"],
        Kind::Response if is_swagger => &["responses"],
        _ if is_swagger => return None,
        Kind::Schema => &["components", "schemas"],
        Kind::Parameter => &["components", "parameters"],
        Kind::Body => &["components", "requestBodies"],
        Kind::Response => &["components", "responses"],
        Kind::Header => &["components", "headers"],
        _ => return None,
    })
}

fn pool_at(root: &Value, kind: Kind) -> Pointer {
    pool(root, kind).into_iter().flatten().fold(Pointer::default(), |at, step| at.child(step))
}

/// Puts all into the document, and lets references lead there.
pub(super) fn settle(root: &mut Value, mut homes: Vec<Home>, known: &Known, report: &mut Report) -> Vec<Outside> {
    // A part of another one stays a part of it, by reference.
    let spots: BTreeSet<Target> = homes.iter().map(|home| home.spot.clone()).collect();
    for home in &mut homes {
        // In their order, all that are inside one follow its first possible child.
        let first = Target { file: home.spot.file.clone(), at: home.spot.at.child("") };
        for spot in spots.range(first..).take_while(|spot| spot.inside(&home.spot).is_some()) {
            let part = spot.inside(&home.spot).and_then(|inside| home.node.pointer_mut(inside));
            if let Some(part) = part.filter(|part| part.is_object()) {
                *part = json!({"$ref": reference_to(&spot.place())});
            }
        }
    }
    let names = names(root, &homes, known);
    let outside = homes.iter().zip(&names).map(|(home, name)| home.called(name)).collect();
    let mut texts = HashMap::new();
    for (home, name) in homes.iter().zip(&names) {
        let to = pool_at(root, home.kind).child(name);
        texts.insert((home.kind, reference_to(&home.spot.place())), reference_to(&to));
    }
    for (home, name) in homes.into_iter().zip(names) {
        let Some(pool) = pool(root, home.kind) else { continue };
        let to = pool_at(root, home.kind).child(&name);
        report.moved(&to, &home.spot.place());
        let mut list = root.as_object_mut();
        for step in pool {
            list = list.and_then(|list| list.entry(*step).or_insert_with(|| json!({})).as_object_mut());
        }
        if let Some(list) = list {
            list.insert(name, home.node);
        }
    }
    redirect(root, &texts);
    outside
}

/// What each is called: as it was called before, or as the document calls it already, or by its place
/// in its file; where two would be called alike, both get the file's name too.
fn names(root: &Value, homes: &[Home], known: &Known) -> Vec<String> {
    let mut names = vec![String::new(); homes.len()];
    let mut by_pool: BTreeMap<Pointer, Vec<usize>> = BTreeMap::new();
    for (index, home) in homes.iter().enumerate() {
        by_pool.entry(pool_at(root, home.kind)).or_default().push(index);
    }
    let empty = Map::new();
    for (pool, members) in by_pool {
        let components = root.pointer(pool.as_str()).and_then(Value::as_object).unwrap_or(&empty);
        let mut taken: BTreeSet<String> = components.keys().cloned().collect();
        let mut open: Vec<(usize, Vec<String>)> = Vec::new();
        // A component that is nothing but a reference is what the document calls what it leads to.
        let mut aliases: HashMap<&str, Vec<&String>> = HashMap::new();
        for (name, node) in components {
            if let Some(text) = plain_reference(node) {
                aliases.entry(text).or_default().push(name);
            }
        }
        for index in members {
            let spot = &homes[index].spot;
            let wished = candidates(spot);
            let aliases = aliases.get(&*reference_to(&spot.place())).map(Vec::as_slice).unwrap_or_default();
            let alias = aliases.iter().copied().min_by_key(|name| (**name != wished[0], name.as_str()));
            // A component of the document's own has its name, whatever was called so before.
            let before = homes[index].known(known);
            let before = before.filter(|name| !components.contains_key(name) || aliases.contains(&name));
            match before.as_ref().or(alias) {
                Some(name) if before.is_none() || taken.insert(name.clone()) || aliases.contains(&name) => {
                    names[index] = name.clone();
                }
                _ => open.push((index, wished)),
            }
        }
        open.sort_by(|(a, _), (b, _)| homes[*a].spot.cmp(&homes[*b].spot));
        let mut level = 0;
        while !open.is_empty() {
            let wish = |wished: &[String]| match wished.get(level) {
                Some(name) => name.clone(),
                None => format!("{}_{}", wished[wished.len() - 1], level - wished.len() + 2),
            };
            let mut count: BTreeMap<String, usize> = BTreeMap::new();
            for (_, wished) in &open {
                *count.entry(wish(wished)).or_default() += 1;
            }
            open.retain(|(index, wished)| {
                let name = wish(wished);
                // What differs in symbols alone is told apart by its order at last.
                let is_last = level >= wished.len();
                let is_free = !taken.contains(&name) && (count[&name] == 1 || is_last);
                if is_free {
                    taken.insert(name.clone());
                    names[*index] = name;
                }
                !is_free
            });
            level += 1;
        }
    }
    names
}

fn plain_reference(node: &Value) -> Option<&str> {
    node.as_object().filter(|node| node.len() == 1)?.get("$ref")?.as_str()
}

/// `User` of `types/people.yaml#/User`, then `people_User`, then `types_people_User`.
fn candidates(spot: &Target) -> Vec<String> {
    let plain = |text: &str| {
        let plain: String =
            text.chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
        plain.trim_matches('_').to_owned()
    };
    let path = spot.file.split_once("://").map_or(spot.file.as_str(), |(_, path)| path);
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let inside: Vec<String> =
        spot.at.segments().map(|segment| plain(&segment)).filter(|text| !text.is_empty()).collect();
    let mut all: Vec<String> = folders.split('/').map(plain).filter(|text| !text.is_empty()).collect();
    all.push(plain(stem));
    let short = inside.last().cloned().unwrap_or_else(|| plain(stem));
    let middle = if inside.is_empty() { short.clone() } else { format!("{}_{short}", plain(stem)) };
    all.extend(inside);
    let mut wished = vec![short, middle, all.join("_")];
    wished.retain(|name| !name.is_empty());
    wished.dedup();
    if wished.is_empty() {
        wished.push("Shared".to_owned());
    }
    wished
}

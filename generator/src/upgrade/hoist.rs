//! References into the middle of things: what they lead to becomes a component with a name.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

use super::Pass;
use super::version::Version;
use crate::diagnostics::Pointer;
use crate::load::kinds::{Kind, walk};
use crate::load::{locate, redirect, reference_to, target};

/// Steps of a pointer that say nothing about what is there.
const STRUCTURE: [&str; 17] = [
    "$defs",
    "allOf",
    "anyOf",
    "application/json",
    "components",
    "content",
    "definitions",
    "headers",
    "items",
    "oneOf",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "responses",
    "schema",
    "schemas",
];

/// What a schema says about the place where it is used, and not about its type.
const OF_THE_PLACE: [&str; 6] = ["deprecated", "description", "nullable", "readOnly", "writeOnly", "title"];

/// How often what became a component may lead to more of them.
const ROUNDS: usize = 64;

pub(super) fn hoist(root: &mut Value, pass: &mut Pass<'_>) {
    for _ in 0..ROUNDS {
        if !round(root, pass) {
            return;
        }
    }
}

/// The list of components in which nodes of a kind are referred to.
fn pool(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Schema => "schemas",
        Kind::Parameter => "parameters",
        Kind::Body => "requestBodies",
        Kind::Response => "responses",
        Kind::Header => "headers",
        _ => return None,
    })
}

/// Moves all that is referred to now; whether that was anything.
fn round(root: &mut Value, pass: &mut Pass<'_>) -> bool {
    let version = pass.version;
    let mut kinds: HashMap<Pointer, Kind> = HashMap::new();
    walk(root, &mut |_, kind, at| {
        kinds.insert(at.clone(), kind);
    });
    // By the target: what it is there, and all texts that lead to it.
    let mut targets: BTreeMap<Pointer, (Kind, Vec<String>)> = BTreeMap::new();
    let mut order: Vec<Pointer> = Vec::new();
    walk(root, &mut |value, kind, at| {
        let Some(pool) = pool(kind) else { return };
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return };
        let Some(written) = target(reference) else { return };
        if is_component(&written, pool, version) {
            return;
        }
        let Some(found) = locate(root, &written) else { return };
        let is_node = match kinds.get(&found) {
            Some(other) => *other == kind,
            // In an extension, or wherever else no version of OpenAPI looks for it.
            None => found.as_str().matches('/').count() > 1 && !is_list(&found),
        };
        let is_self = found == *at;
        if is_node && !is_self && root.pointer(found.as_str()).is_some_and(Value::is_object) {
            let (_, texts) = targets.entry(found.clone()).or_insert_with(|| {
                order.push(found);
                (kind, Vec::new())
            });
            if !texts.iter().any(|text| text == reference) {
                texts.push(reference.to_owned());
            }
        }
    });
    // What lies inside another goes first, so that its place is still where it was found.
    order.sort_by_key(|at| std::cmp::Reverse(at.as_str().matches('/').count()));
    let mut renamed: HashMap<(Kind, String), String> = HashMap::new();
    for from in &order {
        let Some((kind, texts)) = targets.remove(from) else { continue };
        let Some(pool) = pool(kind) else { continue };
        let to = if is_component(from, pool, version) { from.clone() } else { component(root, from, pool, kind, pass) };
        renamed.extend(texts.into_iter().map(|text| ((kind, text), reference_to(&to))));
    }
    redirect(root, &renamed);
    !order.is_empty()
}

/// Whether a place is a component's, by the version's own lists.
fn is_component(at: &Pointer, pool: &str, version: Version) -> bool {
    let in_list = |list: &str| {
        let name = at.as_str().strip_prefix(list).and_then(|rest| rest.strip_prefix('/'));
        name.is_some_and(|name| !name.contains('/'))
    };
    let old = if pool == "schemas" { "definitions" } else { pool };
    in_list(&format!("/components/{pool}")) || (version == Version::V2_0 && in_list(&format!("/{old}")))
}

/// Whether this is one of the lists of components itself.
fn is_list(at: &Pointer) -> bool {
    at.as_str().starts_with("/components/") && at.as_str().matches('/').count() == 2
}

/// Makes a component of a node, and leaves a reference to it behind; gives its new place.
fn component(root: &mut Value, from: &Pointer, pool: &str, kind: Kind, pass: &mut Pass<'_>) -> Pointer {
    let list = Pointer::default().child("components").child(pool);
    let taken = root.pointer(list.as_str()).and_then(Value::as_object);
    let to = list.child(name(from, |name| taken.is_none_or(|taken| !taken.contains_key(name))));
    let reference = json!({"$ref": reference_to(&to)});
    let Some(place) = root.pointer_mut(from.as_str()) else { return to };
    let left: Map<String, Value> = match (kind, &*place) {
        (Kind::Schema, Value::Object(schema)) => {
            let said = schema.iter().filter(|(key, _)| OF_THE_PLACE.contains(&key.as_str()));
            said.map(|(key, value)| (key.clone(), value.clone())).collect()
        }
        _ => Map::new(),
    };
    let left = if left.is_empty() {
        reference
    } else {
        let mut left = left;
        left.insert("allOf".to_owned(), json!([reference]));
        Value::Object(left)
    };
    let node = std::mem::replace(place, left);
    pass.moved(&to, from);
    let components = root.as_object_mut().map(|root| root.entry("components").or_insert_with(|| json!({})));
    let components = components.and_then(Value::as_object_mut);
    let list = components.map(|components| components.entry(pool).or_insert_with(|| json!({})));
    if let Some(Value::Object(list)) = list {
        list.insert(to.segments().last().unwrap_or_default(), node);
    }
    to
}

/// A free name for what is at a place: the last step, if definitions have names there, else all
/// steps that say something.
fn name(from: &Pointer, is_free: impl Fn(&str) -> bool) -> String {
    let segments: Vec<String> = from.segments().collect();
    let plain = |segment: &String| {
        let plain: String =
            segment.chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
        plain.trim_matches('_').to_owned()
    };
    let telling = segments.iter().filter(|segment| !STRUCTURE.contains(&segment.as_str())).map(plain);
    let long = telling.filter(|segment| !segment.is_empty()).collect::<Vec<_>>().join("_");
    let long = if long.is_empty() { "Shared".to_owned() } else { long };
    let parent = segments.len().checked_sub(2).map(|parent| segments[parent].as_str());
    let is_named = parent.is_some_and(|parent| ["$defs", "definitions"].contains(&parent) || parent.starts_with("x-"));
    let short = segments.last().map(plain).filter(|short| is_named && !short.is_empty());
    let numbered = (2..).map(|number| format!("{long}_{number}"));
    let mut names = short.into_iter().chain([long.clone()]).chain(numbered);
    names.find(|name| is_free(name)).unwrap_or(long)
}

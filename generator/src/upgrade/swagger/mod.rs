//! Swagger 2.0: what stands elsewhere there goes where OpenAPI 3.0 has it.

mod bodies;
mod parameters;
mod responses;
mod schemas;
mod security;
mod servers;

use serde_json::{Map, Value};

use super::Pass;
use super::version::Version;
use crate::diagnostics::{Diagnostic, Place, Pointer};
use crate::load::kinds::{Kind, walk};
use crate::load::{locate, reference_to, target};

/// The methods of a path item (Swagger 2.0, "Path Item Object").
const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// Lists of components, and where OpenAPI 3.0 has them.
const LISTS: [(&str, &str); 3] = [("definitions", "schemas"), ("parameters", "parameters"), ("responses", "responses")];

pub(super) fn upgrade(root: &mut Value, pass: &mut Pass<'_>) {
    if pass.version != Version::V2_0 {
        return older(root, pass);
    }
    schemas::rewrite(root, pass);
    let source = root.clone();
    let Value::Object(document) = root else { return };
    let all = Inherited {
        source: &source,
        consumes: media_types(document, "consumes").unwrap_or_default(),
        produces: media_types(document, "produces").unwrap_or_default(),
    };
    let at = Pointer::default().child("paths");
    for (path, item) in document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten() {
        if let Value::Object(item) = item {
            path_item(item, &at.child(path), &all, pass);
        }
    }
    components(document, &all, pass);
    security::schemes(document, pass);
    servers::servers(document, pass);
    for key in ["swagger", "consumes", "produces"] {
        document.shift_remove(key);
    }
    document.insert("openapi".to_owned(), "3.0.3".into());
    pass.moved(&Pointer::default().child("openapi"), &Pointer::default().child("swagger"));
    references(root);
}

/// Bodies and forms among the parameters of a later document.
fn older(root: &mut Value, pass: &mut Pass<'_>) {
    let mut found = Vec::new();
    walk(root, &mut |value, kind, at| {
        let (Kind::Operation, Some(Value::Array(list))) = (kind, value.get("parameters")) else { return };
        let at_list = at.child("parameters");
        let is_old = |(index, parameter): (usize, &Value)| {
            let (place, parameter) = resolved(parameter, &at_list.index(index), root)?;
            parameters::is_body(&parameter).then(|| place.child("in"))
        };
        found.extend(list.iter().enumerate().find_map(is_old).map(|place| (at.clone(), place)));
    });
    if found.is_empty() {
        return;
    }
    let source = root.clone();
    let all = Inherited { source: &source, consumes: Vec::new(), produces: Vec::new() };
    for (at, place) in found {
        let Some(Value::Object(operation)) = root.pointer_mut(at.as_str()) else { continue };
        if operation.contains_key("requestBody") {
            let own = parameters::split(operation, &at, &all, pass);
            bodies::second(&own, pass);
            continue;
        }
        pass.report.push(
            Diagnostic::warning(
                "older-keyword",
                Place::Document(place),
                "a body among the parameters is Swagger 2.0's: it is read so",
            )
            .label("here")
            .help("write a `requestBody`"),
        );
        let own = parameters::split(operation, &at, &all, pass);
        bodies::body(operation, own, &[], &all.consumes, &at, pass);
    }
    // They stand in the operations now.
    if let Some(Value::Object(list)) = root.pointer_mut("/components/parameters") {
        list.retain(|_, parameter| !parameter.as_object().is_some_and(parameters::is_body));
    }
}

/// What an operation has from the document.
#[derive(Clone)]
struct Inherited<'a> {
    /// The document as it was, for following references.
    source: &'a Value,
    consumes: Vec<String>,
    produces: Vec<String>,
}

/// A list of media types, if the object has one.
fn media_types(object: &Map<String, Value>, key: &str) -> Option<Vec<String>> {
    let list = object.get(key)?.as_array()?;
    Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

fn path_item(item: &mut Map<String, Value>, at: &Pointer, all: &Inherited<'_>, pass: &mut Pass<'_>) {
    let shared = parameters::split(item, at, all, pass);
    for method in METHODS {
        let Some(Value::Object(operation)) = item.get_mut(method) else { continue };
        let at = at.child(method);
        let own = parameters::split(operation, &at, all, pass);
        let own_media = Inherited {
            source: all.source,
            consumes: media_types(operation, "consumes").unwrap_or_else(|| all.consumes.clone()),
            produces: media_types(operation, "produces").unwrap_or_else(|| all.produces.clone()),
        };
        bodies::body(operation, own, &shared, &own_media.consumes, &at, pass);
        responses::responses(operation, &at, all, &own_media, pass);
        for key in ["consumes", "produces"] {
            operation.shift_remove(key);
        }
        servers::of_operation(operation, &at, all.source, pass);
    }
}

fn components(document: &mut Map<String, Value>, all: &Inherited<'_>, pass: &mut Pass<'_>) {
    let root = Pointer::default();
    let mut components = match document.shift_remove("components") {
        // What was referred to in the middle of things is here already.
        Some(Value::Object(components)) => components,
        _ => Map::new(),
    };
    for (old, new) in LISTS {
        let Some(Value::Object(list)) = document.shift_remove(old) else { continue };
        let mut moved = Map::new();
        let to = root.child("components").child(new);
        for (name, mut node) in list {
            let at = to.child(&name);
            pass.moved(&at, &root.child(old).child(&name));
            if let Value::Object(node) = &mut node {
                match old {
                    // Bodies and forms stand in the operations now.
                    "parameters" if parameters::is_body(node) => continue,
                    "parameters" => parameters::parameter(node, &at, pass),
                    "responses" => responses::response(node, &at, &all.produces, pass),
                    _ => {}
                }
            }
            moved.insert(name, node);
        }
        if let Value::Object(known) = components.entry(new).or_insert_with(|| Value::Object(Map::new())) {
            moved.extend(std::mem::take(known));
            *known = moved;
        }
    }
    document.insert("components".to_owned(), Value::Object(components));
}

/// Gives references the new places of components.
fn references(root: &mut Value) {
    crate::load::kinds::rewrite(root, &mut |value, _, _| {
        let Some(Value::String(reference)) = value.get_mut("$ref") else { return };
        let Some(at) = target(reference) else { return };
        for (old, new) in LISTS {
            if let Some(rest) = at.as_str().strip_prefix(&format!("/{old}/")) {
                *reference = reference_to(&Pointer::parse(format!("/components/{new}/{rest}")));
            }
        }
    });
}

/// What a node is, a reference followed; with its place.
fn resolved(node: &Value, at: &Pointer, source: &Value) -> Option<(Pointer, Map<String, Value>)> {
    let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
        return Some((at.clone(), node.as_object()?.clone()));
    };
    let at = locate(source, &target(reference)?)?;
    let node = source.pointer(at.as_str())?.as_object()?.clone();
    Some((at, node))
}

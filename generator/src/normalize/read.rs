//! Tree to [`Document`], one component at a time: what cannot be read costs itself
//! and the operations that need it.

use indexmap::IndexMap;
use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::deep::deserialize;
use super::operations::path_item;
use super::shared::{Pool, Shared};
use super::{Components, Document, as_sent, webhooks};
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::load::kinds::is_extension;
use crate::load::limits;

pub(super) fn document(root: &Value, report: &mut Report) -> Document {
    let components = Components {
        schemas: schemas(root, report),
        parameters: component(root, "parameters", report),
        request_bodies: component(root, "requestBodies", report),
        responses: component(root, "responses", report),
        headers: component(root, "headers", report),
        security_schemes: component(root, "securitySchemes", report),
        ..Components::default()
    };
    let text = |pointer: &str| root.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    // In YAML, a key without a value is null; some languages write an empty map as an empty list.
    let is_empty = |paths: &Value| paths.is_null() || paths.as_array().is_some_and(Vec::is_empty);
    match root.get("paths").filter(|paths| !is_empty(paths)) {
        Some(Value::Object(_)) => {}
        Some(_) => report.push(
            Diagnostic::error(
                "invalid-openapi",
                Place::Document(Pointer::default().child("paths")),
                "`paths` must be a map",
            )
            .label("this is none")
            .help("compare with the OpenAPI specification's section on this object"),
        ),
        None => report.push(
            Diagnostic::warning("missing-paths", Place::Document(Pointer::default()), "the document has no `paths`")
                .help("add the API's routes; until then there are types alone"),
        ),
    }
    if root.pointer("/info/title").is_none() {
        report.push(
            Diagnostic::warning(
                "missing-title",
                Place::Document(Pointer::default()),
                "the document has no `info.title`",
            )
            .help("add it: the SDK's name and documentation begin with it"),
        );
    }
    let (mut operations, mut refused) = (Vec::new(), Vec::new());
    for (path, item) in members(root.get("paths")) {
        let at = Pointer::default().child("paths").child(path);
        if !path.starts_with("x-") {
            for operation in path_item(root, path, item, &at, &components, report) {
                match operation {
                    Ok(operation) => operations.push(operation),
                    Err(method) => refused.push((method, as_sent(path))),
                }
            }
        }
    }
    let tags = root.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(|tag| {
        let description = tag.get("description").and_then(Value::as_str).map(str::to_owned);
        Some((tag.get("name")?.as_str()?.to_owned(), description))
    });
    Document {
        title: text("/info/title").unwrap_or_else(|| "API".to_owned()),
        description: text("/info/description"),
        version: text("/info/version").unwrap_or_default(),
        server: text("/servers/0/url"),
        tags: tags.collect(),
        operations,
        refused,
        components,
        webhooks: webhooks::read(root),
        weight: limits::weight(root),
    }
}

/// The schemas; one that cannot be read is any JSON value, so that references to it have a type.
fn schemas(root: &Value, report: &mut Report) -> IndexMap<String, ReferenceOr<Schema>> {
    let at = Pointer::parse("/components/schemas");
    let any = || ReferenceOr::Item(Schema { schema_data: SchemaData::default(), schema_kind: anything() });
    let read = |(name, value): (&String, &Value)| {
        let schema = typed(value, &at.child(name), report).unwrap_or_else(any);
        (name.clone(), schema)
    };
    members(root.pointer(at.as_str())).map(read).collect()
}

fn anything() -> SchemaKind {
    SchemaKind::Any(AnySchema::default())
}

pub(super) fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn component<T: DeserializeOwned + Send>(root: &Value, kind: &str, report: &mut Report) -> IndexMap<String, T> {
    let at = Pointer::default().child("components").child(kind);
    members(root.pointer(at.as_str()))
        .filter(|(name, value)| !is_extension(kind, name, value))
        .filter_map(|(name, value)| Some((name.clone(), typed(value, &at.child(name), report)?)))
        .collect()
}

/// Reads one piece; a fault is reported with the place inside it, as far as serde knows.
pub(super) fn typed<T: DeserializeOwned + Send>(value: &Value, at: &Pointer, report: &mut Report) -> Option<T> {
    deserialize(value)
        .map_err(|error| {
            let mut place = at.clone();
            for segment in error.path() {
                match segment {
                    serde_path_to_error::Segment::Map { key } => place = place.child(key),
                    serde_path_to_error::Segment::Seq { index } => place = place.index(*index),
                    _ => break,
                }
            }
            report.push(
                Diagnostic::warning(
                    "invalid-openapi",
                    Place::Document(place),
                    format!("this cannot be read as OpenAPI says: {}", error.inner()),
                )
                .label("in here")
                .help("compare with the OpenAPI specification's section on this object"),
            );
        })
        .ok()
}

/// Follows references from component to component; a chain that never ends gives nothing.
pub(crate) fn resolve<'a, T>(
    pool: &'a IndexMap<String, ReferenceOr<T>>,
    kind: &str,
    at: &Pointer,
    found: &'a ReferenceOr<T>,
) -> Option<(Pointer, &'a T)> {
    let (mut at, mut found) = (at.clone(), found);
    for _ in 0..=pool.len() {
        match found {
            ReferenceOr::Item(item) => return Some((at, item)),
            ReferenceOr::Reference { reference } => {
                let target = crate::load::target(reference)?;
                let name = target.as_str().strip_prefix(&format!("/components/{kind}/"))?;
                found = pool.get(&name.replace("~1", "/").replace("~0", "~"))?;
                at = target;
            }
        }
    }
    None
}

/// [`resolve`], with a diagnostic where it fails.
pub(super) fn follow<T: Clone>(
    pool: &IndexMap<String, ReferenceOr<T>>,
    kind: &str,
    at: &Pointer,
    found: &ReferenceOr<T>,
    shared: &Pool<T>,
    report: &mut Report,
) -> Option<(Pointer, Shared<T>)> {
    let resolved = resolve(pool, kind, at, found).map(|(at, item)| {
        let item = shared.of(&at, item);
        (at, item)
    });
    if resolved.is_none() && !report.tells_of(&at.child("$ref")) {
        report.push(
            Diagnostic::warning(
                "unusable-reference",
                Place::Document(at.child("$ref")),
                format!("this reference does not lead to one of `components/{kind}`"),
            )
            .label("this reference")
            .help(format!("refer to `#/components/{kind}/...`, without a circle")),
        );
    }
    resolved
}

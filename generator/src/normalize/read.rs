//! Tree to [`Document`], one component and one operation at a time: what cannot be read costs itself
//! and the operations that need it.

use std::collections::{HashMap, HashSet};
use std::mem::Discriminant;

use indexmap::IndexMap;
use openapiv3::{AnySchema, Parameter, ReferenceOr, Responses, Schema, SchemaData, SchemaKind};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::deep::deserialize;
use super::shared::{Pool, Shared};
use super::{Components, Document, Operation, as_sent, servers, webhooks};
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::load::kinds::is_extension;

/// What a path item has beside its methods (OpenAPI 3.0, "Path Item Object").
const ITEM: [&str; 4] = ["summary", "description", "servers", "parameters"];

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// What an operation is not generated for; none if it was told already.
type Refusal = Option<(Pointer, String)>;

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

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
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
fn typed<T: DeserializeOwned + Send>(value: &Value, at: &Pointer, report: &mut Report) -> Option<T> {
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
fn follow<T: Clone>(
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

/// The operations of a path item; the method alone of each that is refused.
fn path_item(
    root: &Value,
    path: &str,
    item: &Value,
    at: &Pointer,
    components: &Components,
    report: &mut Report,
) -> Vec<Result<Operation, String>> {
    let Value::Object(members) = item else {
        report.push(
            Diagnostic::warning(
                "wrong-kind",
                Place::Document(at.clone()),
                "a path item must be a map: there are no operations",
            )
            .label("this is none")
            .help("compare with the OpenAPI specification's section on this object"),
        );
        return Vec::new();
    };
    servers::tell(item.get("servers"), root, at, report);
    let others = |key: &&String| !ITEM.contains(&key.as_str()) && !key.starts_with("x-") && !is_method(key);
    for key in members.keys().filter(others) {
        let (message, label, help) = match key.as_str() {
            "$ref" => (
                "this reference does not lead to a path item: it is left out".to_owned(),
                "this reference",
                "correct where it leads to: a path item has the operations of one path".to_owned(),
            ),
            key => (
                format!("a path item has no `{key}`: it is left out"),
                "this member",
                format!("the methods are {}", METHODS.join(", ")),
            ),
        };
        report.push(
            Diagnostic::warning("unknown-member", Place::Document(at.child(key)), message).label(label).help(help),
        );
    }
    let shared = parameters(item.get("parameters"), at, components, report);
    let mut operations = Vec::new();
    for (method, at, value) in declared(item, at) {
        let operation = match (value, &shared) {
            _ if !is_sent(method) => {
                Err(Some((at.clone(), format!("a method is written in capitals, and `{method}` is not"))))
            }
            (Value::Object(value), Ok(shared)) => {
                operation(root, (method, path), value, &at, (shared, item.get("servers")), components, report)
            }
            (Value::Object(_), Err(refusal)) => Err(refusal.clone()),
            _ => Err(Some((at.clone(), "an operation must be a map".to_owned()))),
        };
        operations.push(operation.map_err(|refusal| {
            refuse((method, path), &at, refusal, report);
            method.to_owned()
        }));
    }
    operations
}

/// The operations of a path item with their methods and places: those of 3.0, then those that 3.2 has
/// beside them.
fn declared<'a>(item: &'a Value, at: &Pointer) -> Vec<(&'a str, Pointer, &'a Value)> {
    let fixed = METHODS.into_iter().chain(["query"]);
    let fixed = fixed.filter_map(|method| Some((method, at.child(method), item.get(method)?)));
    let additional = at.child("additionalOperations");
    let others = members(item.get("additionalOperations"));
    fixed.chain(others.map(|(method, value)| (method.as_str(), additional.child(method), value))).collect()
}

/// Whether it is the name of a method that can be sent: in small letters those of OpenAPI's own, in
/// capitals any other.
fn is_sent(method: &str) -> bool {
    let is_capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "-_".contains(c);
    METHODS.contains(&method)
        || method == "query"
        || (method.starts_with(|c: char| c.is_ascii_uppercase()) && method.chars().all(is_capital))
}

fn is_method(key: &str) -> bool {
    METHODS.contains(&key) || key == "query" || key == "additionalOperations"
}

/// Tells that an operation is not generated.
fn refuse((method, path): (&str, &str), at: &Pointer, refusal: Refusal, report: &mut Report) {
    let route = format!("{} {path}", method.to_uppercase());
    let diagnostic = match refusal {
        Some((place, reason)) => {
            let message = format!("`{route}` is not generated: {reason}");
            Diagnostic::warning("operation-refused", Place::Document(place), message)
                .label("because of this")
                .help("correct it if it is a slip; all other operations are generated")
                .related(Place::Document(at.clone()), "the operation")
        }
        None => {
            let message = format!("`{route}` is not generated: a part of it cannot be read");
            Diagnostic::warning("operation-refused", Place::Document(at.clone()), message)
                .label("this operation")
                .help("repair what is told of before")
        }
    };
    report.push(diagnostic);
}

fn operation(
    root: &Value,
    (method, path): (&str, &str),
    value: &Map<String, Value>,
    at: &Pointer,
    (shared, inherited_servers): (&[(Pointer, Shared<Parameter>)], Option<&Value>),
    components: &Components,
    report: &mut Report,
) -> Result<Operation, Refusal> {
    let own = parameters(value.get("parameters"), at, components, report)?;
    servers::tell(value.get("servers"), root, at, report);
    let known: HashSet<_> = own.iter().map(|(_, parameter)| identity(parameter)).collect();
    let inherited = shared.iter().filter(|(_, parameter)| !known.contains(&identity(parameter)));
    let parameters: Vec<_> = inherited.cloned().chain(own.clone()).collect();
    let body = match value.get("requestBody") {
        None => None,
        Some(body) => {
            let at = at.child("requestBody");
            let body = typed(body, &at, report).ok_or(None)?;
            Some(
                follow(&components.request_bodies, "requestBodies", &at, &body, &components.shared_bodies, report)
                    .ok_or(None)?,
            )
        }
    };
    let responses = match value.get("responses") {
        Some(responses) => {
            let at = at.child("responses");
            unknown_statuses(responses, &at, report);
            typed(responses, &at, report).ok_or(None)?
        }
        None => {
            report.push(
                Diagnostic::warning(
                    "missing-responses",
                    Place::Document(at.clone()),
                    "the operation declares no `responses`",
                )
                .label("this operation")
                .help("declare what it answers; until then its answer is read as nothing"),
            );
            Responses::default()
        }
    };
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let own = value.get("security");
    let (security, security_at) = match own {
        Some(_) => (own, at.child("security")),
        None => (root.get("security"), Pointer::default().child("security")),
    };
    let tag = value.get("tags").and_then(|tags| tags.get(0)).and_then(Value::as_str);
    Ok(Operation {
        at: at.clone(),
        method: method.to_owned(),
        path: path.to_owned(),
        id: text("operationId"),
        tag: tag.map_or_else(|| crate::names::module_of_route(path), str::to_owned),
        summary: text("summary"),
        description: text("description"),
        deprecated: value.get("deprecated") == Some(&Value::Bool(true)),
        parameters,
        body,
        responses,
        security: alternatives(security),
        security_at,
        server: servers::own(root, &[value.get("servers"), inherited_servers]),
        twin: None,
    })
}

/// Responses under keys that stand for no status, which nothing could be matched with.
fn unknown_statuses(responses: &Value, at: &Pointer, report: &mut Report) {
    let is_status = |key: &str| match key.as_bytes() {
        [b'1'..=b'9', rest @ ..] => {
            rest.len() == 2 && (rest.iter().all(u8::is_ascii_digit) || rest.eq_ignore_ascii_case(b"XX"))
        }
        key => key == b"default",
    };
    for (key, _) in members(Some(responses)).filter(|(key, _)| !is_status(key) && !key.starts_with("x-")) {
        let message = format!("`{key}` is no status: this response is left out");
        report.push(
            Diagnostic::warning("unknown-member", Place::Document(at.child(key)), message)
                .label("this response")
                .help("write a status such as `200`, a range such as `4XX`, or `default`"),
        );
    }
}

/// The name and the place of a parameter, which no other one of the operation has.
fn identity(parameter: &Parameter) -> (String, Discriminant<Parameter>) {
    (parameter.parameter_data_ref().name.clone(), std::mem::discriminant(parameter))
}

/// The parameters of an operation or path item; of two that are the same, the first.
fn parameters(
    value: Option<&Value>,
    at: &Pointer,
    components: &Components,
    report: &mut Report,
) -> Result<Vec<(Pointer, Shared<Parameter>)>, Refusal> {
    let at = at.child("parameters");
    let mut found: Vec<(Pointer, Shared<Parameter>)> = Vec::new();
    let mut known: HashMap<(String, Discriminant<Parameter>), Pointer> = HashMap::new();
    for (index, value) in value.and_then(Value::as_array).into_iter().flatten().enumerate() {
        let at = at.index(index);
        if value.get("in").is_some_and(|place| place == "querystring") {
            return Err(Some((
                at.child("in"),
                "a parameter that is the whole query is served only as a form of plain members".to_owned(),
            )));
        }
        let parameter = typed(value, &at, report).ok_or(None)?;
        let shared = &components.shared_parameters;
        let (place, parameter) =
            follow(&components.parameters, "parameters", &at, &parameter, shared, report).ok_or(None)?;
        match known.get(&identity(&parameter)) {
            Some(first) => {
                let name = &parameter.parameter_data_ref().name;
                report.push(
                    Diagnostic::warning(
                        "duplicate-parameter",
                        Place::Document(at.clone()),
                        format!("the parameter `{name}` is declared twice: the first counts"),
                    )
                    .label("again here")
                    .help("remove one of the two")
                    .related(Place::Document(first.clone()), "first here"),
                );
            }
            None => {
                known.insert(identity(&parameter), place.clone());
                found.push((place, parameter));
            }
        }
    }
    Ok(found)
}

/// OpenAPI's `security`: a list of alternatives, each a map of schemes needed together.
fn alternatives(security: Option<&Value>) -> Vec<Vec<String>> {
    let alternatives = security.and_then(Value::as_array).into_iter().flatten();
    alternatives.map(|together| members(Some(together)).map(|(name, _)| name.clone()).collect()).collect()
}

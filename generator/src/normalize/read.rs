//! Tree to [`Document`], one component and one operation at a time.

use indexmap::IndexMap;
use openapiv3::{Parameter, ReferenceOr, Responses};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Components, Document, Operation};
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};

/// What a path item has beside its methods (OpenAPI 3.0, "Path Item Object").
const ITEM: [&str; 4] = ["summary", "description", "servers", "parameters"];

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

pub(super) fn document(root: &Value, report: &mut Report) -> Document {
    let components = Components {
        schemas: component(root, "schemas", report),
        parameters: component(root, "parameters", report),
        request_bodies: component(root, "requestBodies", report),
        responses: component(root, "responses", report),
        headers: component(root, "headers", report),
        security_schemes: component(root, "securitySchemes", report),
    };
    let text = |pointer: &str| root.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    match root.get("paths") {
        Some(Value::Object(_)) => {}
        Some(_) => report.push(wrong_kind(&Pointer::default().child("paths"), "`paths`", "a map")),
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
    if root.get("security").is_some_and(|security| !security.is_array()) {
        report.push(wrong_kind(&Pointer::default().child("security"), "`security`", "a list"));
    }
    let mut operations = Vec::new();
    for (path, item) in members(root.get("paths")) {
        let at = Pointer::default().child("paths").child(path);
        if !path.starts_with("x-") {
            operations.extend(path_item(root, path, item, &at, &components, report));
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
        components,
    }
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn component<T: DeserializeOwned>(root: &Value, kind: &str, report: &mut Report) -> IndexMap<String, T> {
    let at = Pointer::default().child("components").child(kind);
    members(root.pointer(at.as_str()))
        .filter(|(name, _)| !name.starts_with("x-"))
        .filter_map(|(name, value)| Some((name.clone(), typed(value, &at.child(name), report)?)))
        .collect()
}

/// Reads one piece; a fault is reported with the place inside it, as far as serde knows.
fn typed<T: DeserializeOwned>(value: &Value, at: &Pointer, report: &mut Report) -> Option<T> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| {
            let mut place = at.clone();
            for segment in error.path() {
                match segment {
                    serde_path_to_error::Segment::Map { key } => place = place.child(key),
                    serde_path_to_error::Segment::Seq { index } => place = place.index(*index),
                    _ => break,
                }
            }
            if report.has_error_within(&place) {
                return;
            }
            report.push(
                Diagnostic::error(
                    "invalid-openapi",
                    Place::Document(place),
                    format!("this is not OpenAPI 3.0: {}", error.inner()),
                )
                .label("in here")
                .help("compare with the OpenAPI 3.0 specification's section on this object"),
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
    report: &mut Report,
) -> Option<(Pointer, T)> {
    let resolved = resolve(pool, kind, at, found).map(|(at, item)| (at, item.clone()));
    if resolved.is_none() {
        report.push(
            Diagnostic::error(
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

fn path_item(
    root: &Value,
    path: &str,
    item: &Value,
    at: &Pointer,
    components: &Components,
    report: &mut Report,
) -> Vec<Operation> {
    if !item.is_object() {
        report.push(wrong_kind(at, "a path item", "a map"));
        return Vec::new();
    }
    if item.get("servers").is_some() {
        report.push(other_servers(at));
    }
    for key in members(Some(item)).map(|(key, _)| key) {
        let place = Place::Document(at.child(key));
        if key == "$ref" {
            report.push(
                Diagnostic::error("unusable-reference", place, "a path item that refers to another is not read yet")
                    .label("this reference")
                    .help("write the operations of the other path item here"),
            );
        } else if !METHODS.contains(&key.as_str()) && !ITEM.contains(&key.as_str()) && !key.starts_with("x-") {
            report.push(
                Diagnostic::warning("unknown-member", place, format!("a path item has no `{key}`: it is left out"))
                    .label("this member")
                    .help(format!("the methods are {}", METHODS.join(", "))),
            );
        }
    }
    let shared = parameters(item.get("parameters"), at, components, report);
    let mut operations = Vec::new();
    for method in METHODS {
        let at = at.child(method);
        let operation = match item.get(method) {
            None => continue,
            Some(Value::Object(operation)) => operation,
            Some(_) => {
                report.push(wrong_kind(&at, "an operation", "a map"));
                continue;
            }
        };
        operations.extend(self::operation(root, (method, path), operation, &at, &shared, components, report));
    }
    operations
}

fn operation(
    root: &Value,
    (method, path): (&str, &str),
    value: &Map<String, Value>,
    at: &Pointer,
    shared: &[(Pointer, Parameter)],
    components: &Components,
    report: &mut Report,
) -> Option<Operation> {
    let own = parameters(value.get("parameters"), at, components, report);
    let same = |a: &Parameter, b: &Parameter| {
        let (x, y) = (a.parameter_data_ref(), b.parameter_data_ref());
        x.name == y.name && std::mem::discriminant(a) == std::mem::discriminant(b)
    };
    for (index, (place, parameter)) in own.iter().enumerate() {
        if let Some((first, _)) = own[..index].iter().find(|(_, other)| same(other, parameter)) {
            let name = &parameter.parameter_data_ref().name;
            report.push(
                Diagnostic::error(
                    "duplicate-parameter",
                    Place::Document(place.clone()),
                    format!("the parameter `{name}` is declared twice"),
                )
                .label("again here")
                .help("remove one of the two")
                .related(Place::Document(first.clone()), "first here"),
            );
        }
    }
    if value.contains_key("servers") {
        report.push(other_servers(at));
    }
    let inherited = shared.iter().filter(|(_, parameter)| !own.iter().any(|(_, other)| same(other, parameter)));
    let parameters: Vec<_> = inherited.cloned().chain(own.clone()).collect();
    let body = match value.get("requestBody") {
        None => None,
        Some(body) => {
            let at = at.child("requestBody");
            Some(follow(&components.request_bodies, "requestBodies", &at, &typed(body, &at, report)?, report)?)
        }
    };
    let responses = match value.get("responses") {
        Some(responses) => {
            let at = at.child("responses");
            unknown_statuses(responses, &at, report);
            typed(responses, &at, report)?
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
    for key in ["operationId", "summary", "description"] {
        if value.get(key).is_some_and(|value| !value.is_string()) {
            report.push(wrong_kind(&at.child(key), &format!("`{key}`"), "a text"));
        }
    }
    for key in ["security", "tags"] {
        if value.get(key).is_some_and(|value| !value.is_array()) {
            report.push(wrong_kind(&at.child(key), &format!("`{key}`"), "a list"));
        }
    }
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let security = value.get("security").or_else(|| root.get("security"));
    let tag = value.get("tags").and_then(|tags| tags.get(0)).and_then(Value::as_str);
    Some(Operation {
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

fn parameters(
    value: Option<&Value>,
    at: &Pointer,
    components: &Components,
    report: &mut Report,
) -> Vec<(Pointer, Parameter)> {
    let at = at.child("parameters");
    if value.is_some_and(|value| !value.is_array()) {
        report.push(wrong_kind(&at, "`parameters`", "a list"));
    }
    let elements = value.and_then(Value::as_array).into_iter().flatten().enumerate();
    elements
        .filter_map(|(index, value)| {
            let at = at.index(index);
            follow(&components.parameters, "parameters", &at, &typed(value, &at, report)?, report)
        })
        .collect()
}

/// OpenAPI's `security`: a list of alternatives, each a map of schemes needed together.
fn alternatives(security: Option<&Value>) -> Vec<Vec<String>> {
    let alternatives = security.and_then(Value::as_array).into_iter().flatten();
    alternatives.map(|together| members(Some(together)).map(|(name, _)| name.clone()).collect()).collect()
}

/// A node of another kind than OpenAPI says.
fn wrong_kind(at: &Pointer, what: &str, kind: &str) -> Diagnostic {
    Diagnostic::error("invalid-openapi", Place::Document(at.clone()), format!("{what} must be {kind}"))
        .label("this is none")
        .help("compare with the OpenAPI 3.0 specification's section on this object")
}

fn other_servers(at: &Pointer) -> Diagnostic {
    Diagnostic::warning("other-servers", Place::Document(at.child("servers")), "servers of its own are not served yet")
        .label("these servers")
        .help("make a second client for them: the SDK sends to the client's own URL")
}

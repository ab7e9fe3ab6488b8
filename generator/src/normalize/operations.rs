//! The operations of a path item: what cannot be read costs the operation that needs it.

use std::collections::{HashMap, HashSet};
use std::mem::Discriminant;

use openapiv3::{Parameter, Responses};
use serde_json::{Map, Value};

use super::read::{follow, members, typed};
use super::shared::Shared;
use super::{Components, Operation, servers};
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};

/// What a path item has beside its methods (OpenAPI 3.0, "Path Item Object").
const ITEM: [&str; 4] = ["summary", "description", "servers", "parameters"];

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// What an operation is not generated for; none if it was told already.
type Refusal = Option<(Pointer, String)>;

/// The operations of a path item; the method alone of each that is refused.
pub(super) fn path_item(
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

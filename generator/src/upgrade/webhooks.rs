//! Requests that the server sends: webhooks, since 3.1, and callbacks. They are answered by the user's
//! own server, so that of each the SDK has the type of its body.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::Pass;
use super::version::Version;
use crate::diagnostics::{Diagnostic, Place, Pointer};
use crate::load::limits::weight;
use crate::load::{locate, target};

/// Where they are listed for whoever reads the document in 3.0.
const LIST: &str = "x-specsmith-webhooks";

const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The dialects of JSON Schema that are read.
const DIALECTS: [&str; 4] = [
    "https://spec.openapis.org/oas/3.1/dialect/",
    "https://spec.openapis.org/oas/3.2/dialect/",
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
];

/// A request that the server sends.
struct Sent {
    /// Its place.
    at: Pointer,
    name: String,
    /// The operation that asks for it, if it is a callback of this one alone.
    of: Option<String>,
    method: String,
}

/// Lists the requests that the server sends; the schemas of their bodies become components.
pub(super) fn gather(root: &mut Value, pass: &mut Pass<'_>) {
    let all = all(root);
    let mut list = Vec::new();
    let mut count: HashMap<(String, Option<String>), usize> = HashMap::new();
    for sent in &all {
        *count.entry((sent.name.clone(), sent.of.clone())).or_default() += 1;
    }
    for Sent { at, name, of, method } in all {
        let Some(schema) = payload(root, &at) else {
            let message = format!("`{name}` has no JSON body: the SDK has no type for it");
            pass.report.push(
                Diagnostic::note("webhooks", Place::Document(at), message)
                    .label("this request of the server's")
                    .help("nothing to do, unless it has one: then describe it as `application/json`"),
            );
            continue;
        };
        // Of several under one name, each says what it does.
        let is_one = count.get(&(name.clone(), of.clone())) == Some(&1);
        let words =
            [of.as_deref(), Some(&name), Some(&method).filter(|_| !is_one).map(String::as_str), Some("payload")];
        let best = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let Some(component) = component(root, &schema, &best, pass) else { continue };
        let operation = root.pointer(at.as_str());
        let text = |key: &str| operation.and_then(|operation| operation.get(key)).cloned().unwrap_or_default();
        let entry = json!({
            "name": name, "of": of, "method": method, "schema": component,
            "summary": text("summary"), "description": text("description"),
        });
        pass.moved(&Pointer::default().child(LIST).index(list.len()), &at);
        list.push(entry);
    }
    let Value::Object(document) = root else { return };
    document.shift_remove("webhooks");
    document.shift_remove(LIST);
    if !list.is_empty() {
        document.insert(LIST.to_owned(), list.into());
    }
    if pass.version >= Version::V3_1 {
        // A document of webhooks or of types alone need not have them.
        document.entry("paths").or_insert_with(|| Value::Object(Map::new()));
    }
    if let Some(Value::String(dialect)) = document.get("jsonSchemaDialect")
        && !DIALECTS.iter().any(|known| dialect.starts_with(known))
    {
        pass.left_out(
            &Pointer::default().child("jsonSchemaDialect"),
            "jsonSchemaDialect",
            "schemas are read as JSON Schema 2020-12 says",
        );
    }
}

/// Webhooks in the document's order, then callbacks.
fn all(root: &Value) -> Vec<Sent> {
    let mut found = Vec::new();
    let start = Pointer::default();
    for name in names(root, &start.child("webhooks")) {
        let item = start.child("webhooks").child(&name);
        found.extend(operations(root, &item).into_iter().map(|(method, at)| Sent {
            at,
            name: name.clone(),
            of: None,
            method,
        }));
    }
    for path in names(root, &start.child("paths")) {
        for (method, operation) in operations(root, &start.child("paths").child(&path)) {
            let id = root.pointer(operation.child("operationId").as_str()).and_then(Value::as_str);
            let id = id.map_or_else(|| format!("{method} {path}"), str::to_owned);
            let callbacks = operation.child("callbacks");
            for name in names(root, &callbacks) {
                let Some(callback) = locate(root, &callbacks.child(&name)) else { continue };
                // What several operations refer to is of none of them.
                let of = (callback == callbacks.child(&name)).then(|| id.clone());
                for expression in names(root, &callback) {
                    let requests = operations(root, &callback.child(&expression)).into_iter();
                    let sent = |(method, at)| Sent { at, name: name.clone(), of: of.clone(), method };
                    found.extend(requests.map(sent));
                }
            }
        }
    }
    let mut seen = HashSet::new();
    found.retain(|sent| seen.insert((sent.at.clone(), sent.name.clone())));
    found
}

/// The names of a map's members, but for extensions.
fn names(root: &Value, at: &Pointer) -> Vec<String> {
    let members = root.pointer(at.as_str()).and_then(Value::as_object);
    members.into_iter().flat_map(|members| members.keys()).filter(|name| !name.starts_with("x-")).cloned().collect()
}

/// The operations of a path item, which may stand elsewhere.
fn operations(root: &Value, item: &Pointer) -> Vec<(String, Pointer)> {
    let Some(item) = locate(root, item) else { return Vec::new() };
    let own = names(root, &item).into_iter().filter(|name| METHODS.contains(&name.as_str()));
    own.map(|method| (method.clone(), item.child(&method))).collect()
}

/// The schema of what a request holds, if that is JSON.
fn payload(root: &Value, operation: &Pointer) -> Option<Pointer> {
    let body = locate(root, &operation.child("requestBody"))?;
    let content = body.child("content");
    let is_json = |media_type: &String| {
        let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        essence.ends_with("/json") || essence.ends_with("+json")
    };
    let media_type = names(root, &content).into_iter().find(is_json)?;
    let schema = content.child(&media_type).child("schema");
    root.pointer(schema.as_str()).map(|_| schema)
}

/// The component that a schema is, or that is made of it.
fn component(root: &mut Value, schema: &Pointer, best: &str, pass: &mut Pass<'_>) -> Option<String> {
    let node = root.pointer(schema.as_str())?.clone();
    let pool = Pointer::default().child("components").child("schemas");
    let reference = node.get("$ref").and_then(Value::as_str).and_then(target);
    if let Some(to) = reference.filter(|_| node.as_object().is_some_and(|node| node.len() == 1)) {
        let segments: Vec<String> = to.segments().collect();
        if let [components, schemas, name] = segments.as_slice()
            && components == "components"
            && schemas == "schemas"
            && root.pointer(to.as_str()).is_some()
        {
            return Some(name.clone());
        }
    }
    if !pass.may_copy(|| weight(&node), schema) {
        return None;
    }
    let mut name = best.to_owned();
    for number in 2.. {
        if root.pointer(pool.child(&name).as_str()).is_none() {
            break;
        }
        name = format!("{best} {number}");
    }
    let document = root.as_object_mut()?;
    let components = document.entry("components").or_insert_with(|| json!({})).as_object_mut()?;
    let schemas = components.entry("schemas").or_insert_with(|| json!({})).as_object_mut()?;
    schemas.insert(name.clone(), node);
    pass.moved(&pool.child(&name), schema);
    Some(name)
}

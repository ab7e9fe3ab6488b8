//! `cargo xtask facts`: what two documents say alike, prose aside.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use serde_json::{Map, Value};
use specsmith::diagnostics::{Pointer, Report};
use specsmith::load::{Source, load};

use crate::command::Facts;
use crate::generate::default_spec;

/// Members that are prose.
const PROSE: [&str; 7] = ["description", "summary", "title", "example", "examples", "externalDocs", "termsOfService"];

/// Members whose own members are names that the document gives: none of them is prose, whatever
/// it is called.
const NAMED: [&str; 8] = ["properties", "content", "encoding", "headers", "responses", "callbacks", "links", "mapping"];

/// Components that a document may share or write out as it likes.
const SHARED: [&str; 4] = ["parameters", "requestBodies", "responses", "headers"];

/// Members that hold values: nothing in them is prose or an order without meaning.
const VALUES: [&str; 2] = ["default", "enum"];

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A document with its places.
struct Document {
    name: String,
    source: Source,
    value: Value,
}

/// Two nodes that differ.
struct Difference {
    what: String,
    ours: Pointer,
    theirs: Pointer,
}

/// Runs the task.
pub(crate) fn run(options: &Facts) -> Result<ExitCode, String> {
    let ours = read(&options.spec.clone().unwrap_or_else(default_spec))?;
    let theirs = read(&options.document)?;
    let (differences, operations, schemas) = compare(&ours.value, &theirs.value);
    for difference in &differences {
        println!("{}\n  {}\n  {}", difference.what, place(&ours, &difference.ours), place(&theirs, &difference.theirs));
    }
    println!("{operations} operations, {schemas} schemas: {} differences", differences.len());
    Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read(path: &Path) -> Result<Document, String> {
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|error| format!("cannot read {name}: {error}"))?;
    let mut report = Report::default();
    let (source, tree) = load(&bytes, &mut report);
    match (tree, report.diagnostics().first()) {
        (Some(tree), None) => Ok(Document { name, source, value: tree.value }),
        (_, problem) => Err(format!("cannot read {name}: {}", problem.map_or("", |problem| &problem.message))),
    }
}

fn place(document: &Document, at: &Pointer) -> String {
    let position = document.source.spot(at).position();
    format!("{}:{}:{} {at}", document.name, position.line, position.column)
}

/// The differences, and how many operations and schemas of ours were compared.
fn compare(ours: &Value, theirs: &Value) -> (Vec<Difference>, usize, usize) {
    let mut differences = Vec::new();
    let (mut operations, mut schemas) = (0, 0);
    let root = Pointer::default();
    for (path, item) in members(ours.get("paths")) {
        for (method, operation) in members(Some(item)).filter(|(method, _)| METHODS.contains(&method.as_str())) {
            operations += 1;
            let at = root.child("paths").child(path).child(method);
            match theirs.pointer(at.as_str()) {
                None => differences.push(missing(
                    format!("{} {path} is not in the other document", method.to_uppercase()),
                    at,
                    root.child("paths"),
                )),
                Some(other) => {
                    let (a, b) = (facts(ours, item, operation), facts(theirs, &theirs["paths"][path.as_str()], other));
                    diff(&a, &b, &at, &mut differences);
                }
            }
        }
    }
    // Other components are compared where they are used: one document may share what the other
    // writes out.
    for kind in ["schemas", "securitySchemes"] {
        let at = root.child("components").child(kind);
        for (name, component) in members(ours.pointer(at.as_str())) {
            schemas += usize::from(kind == "schemas");
            let at = at.child(name);
            match theirs.pointer(at.as_str()) {
                None => differences.push(missing(
                    format!("`{name}` is not in the other document"),
                    at,
                    root.child("components"),
                )),
                Some(other) => {
                    diff(&plain(ours, component, false), &plain(theirs, other, false), &at, &mut differences);
                }
            }
        }
    }
    (differences, operations, schemas)
}

fn missing(what: String, ours: Pointer, theirs: Pointer) -> Difference {
    Difference { what, ours, theirs }
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// An operation without prose, with what it inherits, its parameters by place and name.
fn facts(root: &Value, item: &Value, operation: &Value) -> Value {
    let mut facts = plain(root, operation, false);
    let Value::Object(members) = &mut facts else { return facts };
    let mut parameters = Map::new();
    let lists = [item.get("parameters"), operation.get("parameters")];
    for parameter in lists.into_iter().flatten().filter_map(Value::as_array).flatten() {
        let parameter = shared(root, parameter);
        let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
        parameters.insert(format!("{} {}", text("in"), text("name")), plain(root, parameter, false));
    }
    members.insert("parameters".to_owned(), Value::Object(parameters));
    if let Some(security) = operation.get("security").or_else(|| root.get("security")) {
        members.insert("security".to_owned(), security.clone());
    }
    facts
}

/// What a reference to a shared parameter, body, response or header stands for. A schema's name is
/// a fact of its own, so references to schemas stay.
fn shared<'a>(root: &'a Value, value: &'a Value) -> &'a Value {
    let mut found = value;
    // More than a few steps are a circle.
    for _ in 0..8 {
        let Some(reference) = found.get("$ref").and_then(Value::as_str) else { break };
        let Some((kind, _)) = reference.strip_prefix("#/components/").and_then(|at| at.split_once('/')) else { break };
        if !SHARED.contains(&kind) {
            break;
        }
        let Some(target) = root.pointer(&reference[1..]) else { break };
        found = target;
    }
    found
}

/// A node without prose and without extensions, which are notes to other tools; lists whose order
/// means nothing are sorted. `named`: the node's members are names.
fn plain(root: &Value, value: &Value, named: bool) -> Value {
    match if named { value } else { shared(root, value) } {
        Value::Object(members) => {
            let is_fact = |key: &str| named || !(PROSE.contains(&key) || key.starts_with("x-"));
            let kept = members.iter().filter(|(key, _)| is_fact(key));
            let mut plain: Map<String, Value> = kept
                .map(|(key, member)| {
                    let member = if named {
                        plain(root, member, false)
                    } else if key == "required" {
                        sorted(member)
                    } else if VALUES.contains(&key.as_str()) {
                        member.clone()
                    } else {
                        plain(root, member, NAMED.contains(&key.as_str()))
                    };
                    (key.clone(), member)
                })
                .collect();
            // Media types are asked for in the document's order.
            if let (false, Some(Value::Object(content))) = (named, members.get("content")) {
                plain.insert("media types".to_owned(), content.keys().cloned().collect());
            }
            Value::Object(plain)
        }
        Value::Array(elements) => Value::Array(elements.iter().map(|element| plain(root, element, false)).collect()),
        scalar => scalar.clone(),
    }
}

fn sorted(value: &Value) -> Value {
    let Value::Array(elements) = value else { return value.clone() };
    let elements: BTreeMap<String, &Value> = elements.iter().map(|element| (element.to_string(), element)).collect();
    Value::Array(elements.into_values().cloned().collect())
}

fn diff(a: &Value, b: &Value, at: &Pointer, differences: &mut Vec<Difference>) {
    match (a, b) {
        (Value::Object(x), Value::Object(y)) => {
            for (key, value) in x {
                match y.get(key) {
                    Some(other) => diff(value, other, &at.child(key), differences),
                    None => {
                        differences.push(missing(format!("{}: `{key}` is only in ours", at), at.child(key), at.clone()))
                    }
                }
            }
            for key in y.keys().filter(|key| !x.contains_key(*key)) {
                differences.push(missing(format!("{}: `{key}` is only in theirs", at), at.clone(), at.child(key)));
            }
        }
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
            for (index, (a, b)) in x.iter().zip(y).enumerate() {
                diff(a, b, &at.index(index), differences);
            }
        }
        _ if a == b => {}
        _ => differences.push(missing(format!("{at}: {a} in ours, {b} in theirs"), at.clone(), at.clone())),
    }
}

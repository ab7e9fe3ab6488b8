//! Nodes that are required, nullable, deprecated, read-only or write-only, or are not.

use serde_json::{Map, Value, json};

use super::entries::{Flag, Mark};
use super::{Node, required};
use crate::diagnostics::{Pointer, Report};
use crate::load::kinds::Kind;

/// Marks a node; tells how many places that changes, or why it cannot be marked so.
pub(super) fn mark(
    root: &mut Value,
    node: &Node,
    marks: &[Mark],
    removed: &mut Vec<Pointer>,
    report: &mut Report,
) -> Result<usize, String> {
    let mut changed = 0;
    for mark in marks {
        changed += match (mark.flag, node.kind) {
            (Flag::Required, Some(Kind::Parameter | Kind::Body)) => {
                let is_in_path = root.pointer(node.at.child("in").as_str()).is_some_and(|place| place == "path");
                if is_in_path && !mark.on {
                    return Err(format!("`{}` is in the path, where every parameter is required", node.at));
                }
                set(root, &node.at, mark, report)
            }
            (Flag::Required, Some(Kind::Schema)) if node.owner.is_some() => {
                node.owner.as_ref().map_or(0, |owner| required::mark(root, owner, mark, removed, report))
            }
            (Flag::Deprecated, Some(Kind::Operation | Kind::Parameter | Kind::Header)) => {
                set(root, &node.at, mark, report)
            }
            (Flag::Nullable | Flag::Deprecated | Flag::ReadOnly | Flag::WriteOnly, Some(Kind::Schema)) => {
                schema(root, &node.at, mark, report)
            }
            (flag, kind) => {
                let what = kind.map_or("none of the parts of a document that can be marked", called);
                let keyword = flag.keyword();
                return Err(format!("`{keyword}` cannot be said of `{}`: it is {what}", report.origin(&node.at)));
            }
        };
    }
    Ok(changed)
}

/// What a node is called where it is told of.
fn called(kind: Kind) -> &'static str {
    match kind {
        Kind::Document => "the whole document",
        Kind::Components => "the list of components",
        Kind::PathItem => "a path",
        Kind::Operation => "an operation",
        Kind::Parameter => "a parameter",
        Kind::Body => "a body",
        Kind::Response => "an answer",
        Kind::Header => "a header",
        Kind::MediaType => "a media type",
        Kind::Encoding => "the encoding of a part",
        Kind::Schema => "a schema, and no property",
        Kind::SecurityScheme => "a security scheme",
    }
}

/// Sets or takes out a member of a node; one that is not there is false.
fn set(root: &mut Value, at: &Pointer, mark: &Mark, report: &mut Report) -> usize {
    let keyword = mark.flag.keyword();
    let Some(node) = root.pointer_mut(at.as_str()).and_then(Value::as_object_mut) else { return 0 };
    let is_on = node.get(keyword) == Some(&Value::Bool(true));
    if is_on == mark.on {
        return 0;
    }
    if mark.on {
        report.put(&at.child(keyword), mark.byte);
        node.insert(keyword.to_owned(), true.into());
    } else {
        node.shift_remove(keyword);
    }
    1
}

fn schema(root: &mut Value, at: &Pointer, mark: &Mark, report: &mut Report) -> usize {
    let is_swagger = root.get("swagger").is_some();
    let Some(node) = root.pointer_mut(at.as_str()) else { return 0 };
    if mark.flag == Flag::Nullable && !mark.on {
        return node.as_object_mut().map_or(0, never_null);
    }
    if node.is_boolean() && mark.on {
        *node = json!({});
    }
    let Some(members) = node.as_object_mut() else { return 0 };
    // Before 3.1 nothing counts beside a reference.
    if let Some(reference) = members.get("$ref").filter(|_| mark.on).cloned() {
        let mut kept: Map<String, Value> =
            members.iter().filter(|(key, _)| *key != "$ref").map(|(key, value)| (key.clone(), value.clone())).collect();
        kept.entry("allOf").or_insert_with(|| json!([{"$ref": reference}]));
        report.moved(&at.child("allOf").index(0), at);
        *members = kept;
    }
    if mark.flag != Flag::Nullable {
        return set(root, at, mark, report);
    }
    let keyword = if is_swagger { "x-nullable" } else { "nullable" };
    if may_be_null(members) {
        return 0;
    }
    report.put(&at.child(keyword), mark.byte);
    members.insert(keyword.to_owned(), true.into());
    if let Some(Value::Array(values)) = members.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        report.put(&at.child("enum").index(values.len()), mark.byte);
        values.push(Value::Null);
    }
    1
}

/// Whether a schema says that it may be null, in the words of any version.
fn may_be_null(schema: &Map<String, Value>) -> bool {
    let is_null = |types: Option<&Value>| match types {
        Some(Value::Array(types)) => types.iter().any(|it| it == "null"),
        Some(it) => it == "null",
        None => false,
    };
    let is_alternative = |key: &str| {
        let parts = schema.get(key).and_then(Value::as_array).into_iter().flatten();
        parts.into_iter().any(|part| is_null(part.get("type")))
    };
    ["nullable", "x-nullable"].iter().any(|key| schema.get(*key) == Some(&Value::Bool(true)))
        || is_null(schema.get("type"))
        || ["oneOf", "anyOf"].into_iter().any(is_alternative)
}

/// Takes out what says that a schema may be null; tells whether there was anything.
fn never_null(schema: &mut Map<String, Value>) -> usize {
    if !may_be_null(schema) {
        return 0;
    }
    schema.retain(|key, _| !matches!(key.as_str(), "nullable" | "x-nullable"));
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|it| it != "null");
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(Value::Array(parts)) = schema.get_mut(key) {
            parts.retain(|part| part.get("type").is_none_or(|it| it != "null"));
        }
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    1
}

//! Nodes that are given another type.

use serde_json::{Map, Value, json};

use super::Node;
use crate::config::{Kind as Type, Retype};
use crate::diagnostics::{Pointer, Report};
use crate::load::kinds::Kind;
use crate::load::reference_to;

/// What a node says beside its type, and still says when it has another.
const BESIDE: [&str; 9] =
    ["title", "description", "nullable", "x-nullable", "deprecated", "readOnly", "writeOnly", "externalDocs", "xml"];

/// What a parameter of 2.0 says beside its type.
const OF_PARAMETERS: [&str; 4] = ["name", "in", "required", "allowEmptyValue"];

/// Where a document has its schemas.
pub(super) fn pool(root: &Value) -> Pointer {
    let pool: &[&str] = if root.get("swagger").is_some() { &["definitions"] } else { &["components", "schemas"] };
    pool.iter().fold(Pointer::default(), |at, step| at.child(step))
}

/// Gives a node its type; tells how many schemas that changes, or why it cannot have one.
pub(super) fn retype(root: &mut Value, node: &Node, rule: &Retype, report: &mut Report) -> Result<usize, String> {
    let schemas = schemas(root, node)?;
    if schemas.is_empty() {
        return Err(format!("`{}` has no schema that could be another", report.origin(&node.at)));
    }
    let (said, byte) = said(root, rule)?;
    let mut changed = 0;
    for at in &schemas {
        let old = root.pointer(at.as_str()).and_then(Value::as_object);
        let is_parameter = *at == node.at && node.kind == Some(Kind::Parameter);
        let mut new = Map::new();
        for (key, value) in old.into_iter().flatten() {
            let is_beside = rule.schema.is_none() && (BESIDE.contains(&key.as_str()) || key.starts_with("x-"));
            if is_beside || (is_parameter && OF_PARAMETERS.contains(&key.as_str())) {
                new.insert(key.clone(), value.clone());
            }
        }
        let may_be_null = rule.schema.is_none() && old.is_some_and(is_nullable);
        if may_be_null && !new.contains_key("nullable") && !new.contains_key("x-nullable") {
            new.insert("nullable".to_owned(), true.into());
        }
        for (key, value) in &said {
            // Beside a reference nothing counts, before 3.1.
            if key == "$ref" && !new.is_empty() {
                report.put(&at.child("allOf"), byte);
                new.insert("allOf".to_owned(), json!([{"$ref": value}]));
            } else {
                report.put(&at.child(key), byte);
                new.insert(key.clone(), value.clone());
            }
        }
        if old == Some(&new) {
            continue;
        }
        changed += 1;
        if root.pointer(at.as_str()).is_none() {
            report.put(at, byte);
        }
        set(root, at, new.into());
    }
    Ok(changed)
}

/// The schemas of a node: itself, or what it holds.
fn schemas(root: &Value, node: &Node) -> Result<Vec<Pointer>, String> {
    let schema = node.at.child("schema");
    let value = root.pointer(node.at.as_str());
    let content = || {
        let all = value.and_then(|it| it.get("content")).and_then(Value::as_object);
        let types = all.into_iter().flat_map(|all| all.keys());
        types.map(|key| node.at.child("content").child(key).child("schema")).collect::<Vec<_>>()
    };
    Ok(match node.kind {
        Some(Kind::Schema) => vec![node.at.clone()],
        Some(Kind::MediaType) => vec![schema],
        Some(Kind::Parameter | Kind::Header) => {
            let is_body = value.and_then(|it| it.get("in")).is_some_and(|place| place == "body");
            match content().as_slice() {
                [] if root.get("swagger").is_some() && !is_body => vec![node.at.clone()],
                [] => vec![schema],
                content => content.to_vec(),
            }
        }
        Some(Kind::Body) => content(),
        Some(Kind::Response) if root.get("swagger").is_some() => vec![schema],
        Some(Kind::Response) => content(),
        _ => return Err(format!("`{}` is nothing that has a type", node.at)),
    })
}

/// What a schema says in the place of what it said, and where the settings say so.
fn said(root: &Value, rule: &Retype) -> Result<(Map<String, Value>, usize), String> {
    if let Some(schema) = &rule.schema {
        let members = schema.as_ref().iter().map(|(key, value)| (key.clone(), json(value)));
        return Ok((members.collect(), schema.span().start));
    }
    if let Some(reference) = &rule.reference {
        let name = reference.as_ref();
        let at = match name.strip_prefix('#') {
            Some(pointer) => Pointer::parse(pointer),
            None => pool(root).child(name),
        };
        if root.pointer(at.as_str()).is_none() {
            return Err(format!("`ref` names no schema: there is no `{name}`"));
        }
        return Ok((Map::from_iter([("$ref".to_owned(), reference_to(&at).into())]), reference.span().start));
    }
    let kind = rule.kind.as_ref().map_or(Type::Any, |kind| *kind.as_ref());
    let mut members = match kind {
        Type::String => json!({"type": "string"}),
        Type::Integer => json!({"type": "integer"}),
        Type::Number => json!({"type": "number"}),
        Type::Boolean => json!({"type": "boolean"}),
        Type::Map => json!({"type": "object", "additionalProperties": true}),
        Type::Any => json!({}),
    };
    if let Some(format) = &rule.format {
        members["format"] = format.as_str().into();
    }
    let members = members.as_object().cloned().unwrap_or_default();
    Ok((members, rule.kind.as_ref().map_or(0, |kind| kind.span().start)))
}

/// Whether a schema says in the words of 3.1 that null is one of its values.
fn is_nullable(schema: &Map<String, Value>) -> bool {
    let types = schema.get("type").and_then(Value::as_array);
    types.is_some_and(|types| types.iter().any(|it| it == "null"))
}

fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(bool) => (*bool).into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(elements) => elements.iter().map(json).collect(),
        toml::Value::Table(members) => members.iter().map(|(key, value)| (key.clone(), json(value))).collect(),
    }
}

/// Puts a node in its place; what is around it is there.
fn set(root: &mut Value, at: &Pointer, node: Value) {
    if let Some(place) = root.pointer_mut(at.as_str()) {
        *place = node;
        return;
    }
    let parent = at.as_str().rsplit_once('/').map_or("", |(parent, _)| parent);
    if let (Some(Value::Object(members)), Some(key)) = (root.pointer_mut(parent), at.segments().last()) {
        members.insert(key, node);
    }
}

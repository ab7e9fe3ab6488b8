//! Schemas that say the same in other words.

use serde_json::{Map, Value};

use super::super::facets::SchemaRef;
use super::members::{Member, Nature};

/// What says nothing about the values of a schema.
const PROSE: [&str; 5] = ["deprecated", "description", "example", "externalDocs", "title"];

/// Whether two objects have the same members, and require the same of them.
pub(super) fn objects(one: &Nature<'_>, other: &Nature<'_>) -> bool {
    let (Nature::Object(one), Nature::Object(other)) = (one, other) else { return false };
    let (one, other) = (&one.members, &other.members);
    one.required == other.required
        && one.properties.len() == other.properties.len()
        && one
            .properties
            .iter()
            .all(|(name, (schema, _))| other.properties.get(name).is_some_and(|(other, _)| schemas(*schema, *other)))
}

/// Whether one alternative is an object that has all that the others have, and requires no more.
pub(super) fn holds_all(index: usize, members: &[Member<'_>]) -> bool {
    let Nature::Object(whole) = &members[index].nature else { return false };
    let is_within = |other: &Member<'_>| {
        let Nature::Object(other) = &other.nature else { return false };
        whole.members.required.is_subset(&other.members.required)
            && other.members.properties.iter().all(|(name, (schema, _))| {
                whole.members.properties.get(name).is_some_and(|(own, _)| schemas(*schema, *own))
            })
    };
    members.iter().all(is_within)
}

fn schemas(one: SchemaRef<'_>, other: SchemaRef<'_>) -> bool {
    match (one, other) {
        (SchemaRef::Reference(one), SchemaRef::Reference(other)) => one == other,
        (SchemaRef::Item(one), SchemaRef::Item(other)) => {
            let bare = |schema| serde_json::to_value(schema).map(bare);
            one == other || matches!((bare(one), bare(other)), (Ok(one), Ok(other)) if one == other)
        }
        _ => false,
    }
}

/// A schema without its prose. A property of such a name is a schema itself, so it stays.
fn bare(schema: Value) -> Value {
    match schema {
        Value::Object(members) => {
            let is_said =
                |name: &str, value: &Value| !PROSE.contains(&name) || (name != "example" && value.is_object());
            let members = members.into_iter().filter(|(name, value)| is_said(name, value));
            Value::Object(members.map(|(name, value)| (name, bare(value))).collect::<Map<_, _>>())
        }
        Value::Array(elements) => Value::Array(elements.into_iter().map(bare).collect()),
        other => other,
    }
}

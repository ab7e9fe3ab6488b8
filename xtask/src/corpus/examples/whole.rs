//! Schemas of types that are made of more than one place: an alternative with all that stands beside the
//! list of alternatives.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use specsmith::diagnostics::Pointer;
use specsmith::ir::TypeDef;

/// Where such schemas are put into the document.
const ADDED: &str = "x-wholes";

/// Adds the schema of each type that needs one to the document: where it is, by the type's place.
pub(super) fn add(document: &mut Value, types: &[TypeDef]) -> BTreeMap<Pointer, Pointer> {
    let places = types.iter().map(|ty| &ty.written);
    let (mut added, mut wholes) = (Vec::new(), BTreeMap::new());
    for place in places {
        if let Some(schema) = whole(document, place) {
            wholes.insert(place.clone(), Pointer::default().child(ADDED).index(added.len()));
            added.push(schema);
        }
    }
    if let Value::Object(members) = document
        && !added.is_empty()
    {
        members.insert(ADDED.to_owned(), added.into());
    }
    wholes
}

/// An alternative with what stands beside it; none if that is nothing, or it is none.
fn whole(document: &Value, place: &Pointer) -> Option<Value> {
    let (list, index) = place.as_str().rsplit_once('/')?;
    let (around, key) = list.rsplit_once('/')?;
    index.parse::<usize>().ok().filter(|_| ["oneOf", "anyOf"].contains(&key))?;
    let mut rest = document.pointer(around)?.as_object()?.clone();
    rest.shift_remove(key);
    rest.shift_remove("discriminator");
    let says = ["properties", "required", "allOf", "$ref", "additionalProperties"];
    let rest: Map<String, Value> = rest;
    let own = document.pointer(place.as_str())?.clone();
    says.iter().any(|key| rest.contains_key(*key)).then(|| json!({"allOf": [rest, own]}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_alternatives_is_of_each() {
        let schema = json!({"required": ["a"], "discriminator": {}, "oneOf": [{"type": "object"}]});
        let document = json!({"A": schema, "B": {"type": "object", "anyOf": [{}]}});
        let expected = json!({"allOf": [{"required": ["a"]}, {"type": "object"}]});
        assert_eq!(whole(&document, &Pointer::parse("/A/oneOf/0")), Some(expected));
        for place in ["/B/anyOf/0", "/A", "/A/oneOf", "/A/oneOf/1", ""] {
            assert_eq!(whole(&document, &Pointer::parse(place)), None, "{place}");
        }
    }
}

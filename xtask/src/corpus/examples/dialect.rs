//! A document's schemas in a dialect that a validator of JSON Schema knows: 2020-12 for 3.1 and later,
//! draft 4 for what came before, whose own words are translated where they change what is valid.

use std::collections::BTreeMap;

use jsonschema::Draft;
use serde_json::{Value, json};
use specsmith::load::kinds::{Kind, rewrite};

use super::mend::Mender;

/// The draft that a document's schemas are of; they are changed so that they are. What had to be mended for
/// that is counted.
pub(super) fn translate(document: &mut Value, mended: &mut BTreeMap<String, usize>) -> Draft {
    let version = document.get("openapi").and_then(Value::as_str).unwrap_or("2.0");
    let is_new = !["2.", "3.0"].iter().any(|old| version.starts_with(old));
    let is_3_0 = version.starts_with("3.0");
    let draft = if is_new { Draft::Draft202012 } else { Draft::Draft4 };
    let mut mender = Mender::new(draft);
    rewrite(document, &mut |value, kind, _| {
        let Value::Object(schema) = value else { return };
        let is_own_schema = matches!(kind, Kind::Parameter | Kind::Header) && schema.contains_key("type");
        if is_own_schema {
            // In Swagger 2.0, where this says something of the parameter and nothing of its value.
            schema.shift_remove("required");
        } else if kind != Kind::Schema {
            return;
        }
        // What these mean in JSON Schema, they do not mean in OpenAPI.
        schema.shift_remove("$schema");
        if !is_new {
            schema.shift_remove("id");
        }
        // What is not there may be anything.
        if schema.get("$ref").and_then(Value::as_str).is_some_and(|reference| !reference.starts_with('#')) {
            schema.shift_remove("$ref");
        }
        for fault in mender.mend(schema) {
            *mended.entry(fault).or_default() += 1;
        }
        // Null is one more type; without a type, the word says nothing (3.0.3, "Schema Object").
        if is_3_0
            && schema.get("nullable") == Some(&Value::Bool(true))
            && let Some(Value::String(ty)) = schema.get("type")
        {
            let both = json!([ty, "null"]);
            schema.insert("type".to_owned(), both);
        }
    });
    draft
}

/// Makes objects of schemas that have `properties` and no type, texts of those of other media, and null of those that are `nullable` and say
/// nothing else. To a validator they allow everything that is no object, or everything, which hardly anybody
/// who writes one means.
pub(super) fn expect_what_is_meant(document: &mut Value) {
    rewrite(document, &mut |value, kind, _| {
        let Value::Object(schema) = value else { return };
        if kind != Kind::Schema || schema.contains_key("type") {
            return;
        }
        let is_nullable = schema.get("nullable") == Some(&Value::Bool(true));
        if is_nullable && schema.keys().all(|key| ["nullable", "title", "description"].contains(&key.as_str())) {
            schema.insert("enum".to_owned(), json!([null]));
        } else if schema.contains_key("properties") {
            let ty = if is_nullable { json!(["object", "null"]) } else { json!("object") };
            schema.insert("type".to_owned(), ty);
        } else if schema.contains_key("contentMediaType") {
            schema.insert("type".to_owned(), json!("string"));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translated(version: &str, schema: Value) -> (Draft, Value) {
        let mut document = json!({"openapi": version, "components": {"schemas": {"A": schema}}});
        let draft = translate(&mut document, &mut BTreeMap::new());
        (draft, document["components"]["schemas"]["A"].take())
    }

    #[test]
    fn null_is_a_type_in_draft_4() {
        let (draft, schema) = translated("3.0.3", json!({"type": "string", "nullable": true, "example": {"id": 1}}));
        assert_eq!(draft, Draft::Draft4);
        assert_eq!(schema, json!({"type": ["string", "null"], "nullable": true, "example": {"id": 1}}));
        let bare = json!({"allOf": [{}], "nullable": true});
        assert_eq!(translated("3.0.3", bare.clone()).1, bare);
    }

    #[test]
    fn what_has_properties_is_an_object() {
        let file = json!({"contentMediaType": "image/png"});
        let nothing = json!({"nullable": true, "title": "N"});
        let untyped = json!({"properties": {"a": {"properties": {}, "nullable": true}, "type": {}, "null": nothing, "file": file}});
        let mut document = json!({"openapi": "3.0.0", "components": {"schemas": {"A": untyped}}});
        expect_what_is_meant(&mut document);
        let schema = &document["components"]["schemas"]["A"];
        assert_eq!((&schema["type"], schema["properties"].get("type")), (&json!("object"), Some(&json!({}))));
        assert_eq!(schema["properties"]["a"]["type"], json!(["object", "null"]));
        assert_eq!(schema["properties"]["null"]["enum"], json!([null]));
        assert_eq!(schema["properties"]["file"]["type"], json!("string"));
    }

    #[test]
    fn what_is_new_stays_as_it_is() {
        let schema = json!({"type": ["string", "null"], "nullable": true, "id": "a"});
        assert_eq!(translated("3.1.0", schema.clone()), (Draft::Draft202012, schema));
        assert_eq!(translated("3.2.0", json!({})).0, Draft::Draft202012);
    }
}

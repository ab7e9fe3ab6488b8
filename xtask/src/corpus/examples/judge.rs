//! What a validator of JSON Schema says of values.

use std::collections::HashMap;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};
use specsmith::diagnostics::Pointer;

/// The name of the document among the validator's.
const DOCUMENT: &str = "urn:document";

/// What is said of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Valid,
    Invalid,
    /// Valid, but only because a schema does not say what it means: that it is one of objects, or null.
    Oversight,
}

/// Judges values by the schemas of one document.
pub(super) struct Judge<'a> {
    plain: Schemas<'a>,
    meant: Schemas<'a>,
}

impl<'a> Judge<'a> {
    /// The document is one that was translated; in the second, schemas say what is meant.
    pub(super) fn new(document: &'a Value, meant: &'a Value, draft: Draft) -> Result<Self, String> {
        Ok(Self { plain: Schemas::new(document, draft)?, meant: Schemas::new(meant, draft)? })
    }

    /// Whether a value obeys the schemas at some places. Fails if the validator cannot tell.
    pub(super) fn all<'s>(
        &mut self,
        schemas: impl IntoIterator<Item = &'s Pointer>,
        value: &Value,
    ) -> Result<Verdict, String> {
        let mut verdict = Verdict::Valid;
        for schema in schemas {
            if !self.plain.is_valid(schema, value)? {
                return Ok(Verdict::Invalid);
            }
            if !self.meant.is_valid(schema, value)? {
                verdict = Verdict::Oversight;
            }
        }
        Ok(verdict)
    }
}

/// The schemas of a document, with validators of those that were asked for.
struct Schemas<'a> {
    registry: Registry<'a>,
    draft: Draft,
    document: &'a Value,
    validators: HashMap<Pointer, Result<Box<Validator>, String>>,
}

impl<'a> Schemas<'a> {
    fn new(document: &'a Value, draft: Draft) -> Result<Self, String> {
        let registry = Registry::new().draft(draft).add(DOCUMENT, document);
        let registry = registry.and_then(|registry| registry.prepare());
        let registry = registry.map_err(|error| format!("the validator cannot read the document: {error}"))?;
        Ok(Self { registry, draft, document, validators: HashMap::new() })
    }

    /// A place without a schema allows anything.
    fn is_valid(&mut self, schema: &Pointer, value: &Value) -> Result<bool, String> {
        if self.document.pointer(schema.as_str()).is_none() {
            return Ok(true);
        }
        if !self.validators.contains_key(schema) {
            let validator = self.validator(schema);
            self.validators.insert(schema.clone(), validator);
        }
        match &self.validators[schema] {
            Ok(validator) => Ok(validator.is_valid(value)),
            Err(why) => Err(why.clone()),
        }
    }

    fn validator(&self, schema: &Pointer) -> Result<Box<Validator>, String> {
        let fragment = encoded(schema.as_str());
        let options = jsonschema::options().with_draft(self.draft).with_registry(&self.registry);
        // A format tells what a text is for; a value that is not of it is still to be read.
        let options = options.should_validate_formats(false).offline();
        let built = options.build(&json!({"$ref": format!("{DOCUMENT}#{fragment}")}));
        built.map(Box::new).map_err(|error| error.to_string())
    }
}

/// A pointer as the fragment of a URI.
fn encoded(pointer: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte);
    pointer
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::examples::dialect::expect_what_is_meant;

    #[test]
    fn what_is_valid_by_an_oversight_is_told_apart() {
        let document = json!({"components": {"schemas": {
            "A b": {"properties": {"a": {"type": "string"}}},
            "List": {"type": "array", "items": {"$ref": "#/components/schemas/A%20b"}}
        }}});
        let mut objects = document.clone();
        objects["openapi"] = json!("3.0.0");
        expect_what_is_meant(&mut objects);
        let Ok(mut judge) = Judge::new(&document, &objects, Draft::Draft4) else { panic!("no judge") };
        let list = Pointer::parse("/components/schemas/List");
        let one = Pointer::parse("/components/schemas/A b");
        let nothing = Pointer::parse("/components/schemas/None");
        for (value, expected) in [
            (json!([{"a": "b"}]), Verdict::Valid),
            (json!([{"a": 1}]), Verdict::Invalid),
            (json!([null, {}]), Verdict::Oversight),
        ] {
            assert_eq!(judge.all([&list, &nothing], &value), Ok(expected), "{value}");
        }
        assert_eq!(judge.all([&one], &json!("text")), Ok(Verdict::Oversight));
    }
}

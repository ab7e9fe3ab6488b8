//! What a validator of JSON Schema says of values.

use std::collections::HashMap;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};
use specsmith::diagnostics::Pointer;

/// The name of the document among the validator's.
const DOCUMENT: &str = "urn:document";

/// Judges values by the schemas of one document.
pub(super) struct Judge<'a> {
    registry: Registry<'a>,
    draft: Draft,
    document: &'a Value,
    validators: HashMap<Pointer, Result<Box<Validator>, String>>,
}

impl<'a> Judge<'a> {
    /// The document is one that was translated.
    pub(super) fn new(document: &'a Value, draft: Draft) -> Result<Self, String> {
        let registry = Registry::new().draft(draft).add(DOCUMENT, document);
        let registry = registry.and_then(|registry| registry.prepare());
        let registry = registry.map_err(|error| format!("the validator cannot read the document: {error}"))?;
        Ok(Self { registry, draft, document, validators: HashMap::new() })
    }

    /// Whether a value obeys the schema at a place; a place without a schema allows anything. Fails if the
    /// validator cannot tell.
    pub(super) fn is_valid(&mut self, schema: &Pointer, value: &Value) -> Result<bool, String> {
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
    pointer.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

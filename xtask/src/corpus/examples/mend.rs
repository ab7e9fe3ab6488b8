//! Small faults of schemas that a validator takes as a reason to judge nothing: what cannot mean anything
//! goes, what means the same in another draft is written so.

use std::collections::HashMap;

use jsonschema::Draft;
use serde_json::{Map, Value, json};

const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// Mends the schemas of one document.
pub(super) struct Mender {
    draft: Draft,
    /// Whether patterns can be read.
    patterns: HashMap<String, bool>,
}

impl Mender {
    pub(super) fn new(draft: Draft) -> Self {
        Self { draft, patterns: HashMap::new() }
    }

    /// Mends a schema, apart from those in it; tells what was no good.
    pub(super) fn mend(&mut self, schema: &mut Map<String, Value>) -> Vec<String> {
        let mut told = Vec::new();
        // What Swagger 2.0 calls a file is read as a text, where it is read at all.
        if schema.get("type").and_then(Value::as_str) == Some("file") {
            schema.insert("type".to_owned(), "string".into());
        }
        require(schema);
        if let Some(Value::Array(names)) = schema.get_mut("type") {
            // What YAML makes of `null` without quotes.
            names.iter_mut().filter(|name| name.is_null()).for_each(|name| *name = "null".into());
        }
        for (key, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            if self.translate_bound(schema, key, bound) {
                told.push(format!("`{key}` as another version writes it"));
            }
        }
        let unsound = |(key, value): (&String, &Value)| (!self.is_sound(key, value)).then(|| key.clone());
        for key in schema.iter().filter_map(unsound).collect::<Vec<_>>() {
            schema.shift_remove(&key);
            told.push(if key == "pattern" {
                "a `pattern` that cannot be read".to_owned()
            } else {
                format!("`{key}` with a value that it cannot have")
            });
        }
        told
    }

    /// A bound is excluded by a number of its own, or by a word beside it, depending on the draft.
    fn translate_bound(&self, schema: &mut Map<String, Value>, key: &str, bound: &str) -> bool {
        match (self.draft == Draft::Draft4, schema.get(key)) {
            (true, Some(Value::Number(number))) => {
                let (own, number) = (schema.get(bound).and_then(Value::as_f64), number.clone());
                let exclusive = number.as_f64().unwrap_or_default();
                // The bound that says less is dropped.
                let is_weaker =
                    own.is_some_and(|own| if bound == "minimum" { own > exclusive } else { own < exclusive });
                schema.shift_remove(key);
                if !is_weaker {
                    schema.insert(bound.to_owned(), number.into());
                    schema.insert(key.to_owned(), true.into());
                }
                true
            }
            (false, Some(Value::Bool(excluded))) => {
                let excluded = *excluded;
                schema.shift_remove(key);
                if let (true, Some(number)) = (excluded, schema.get(bound).cloned()) {
                    schema.shift_remove(bound);
                    schema.insert(key.to_owned(), number);
                }
                true
            }
            _ => false,
        }
    }

    /// Whether a keyword can have the value.
    fn is_sound(&mut self, key: &str, value: &Value) -> bool {
        let is_schema = value.is_object() || value.is_boolean();
        let texts = || value.as_array().is_some_and(|texts| texts.iter().all(Value::is_string));
        let known = |value: &Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
        match key {
            "type" => {
                known(value) || value.as_array().is_some_and(|names| !names.is_empty() && names.iter().all(known))
            }
            "required" => texts(),
            "enum" => value.is_array(),
            "pattern" => value.as_str().is_some_and(|pattern| self.is_pattern(pattern)),
            "format" | "$ref" | "$id" | "$anchor" | "$dynamicRef" | "$dynamicAnchor" => value.is_string(),
            "minimum" | "maximum" => value.is_number(),
            "exclusiveMinimum" | "exclusiveMaximum" => {
                value.is_number() || self.draft == Draft::Draft4 && value.is_boolean()
            }
            "multipleOf" => value.as_f64().is_some_and(|step| step > 0.0),
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
                value.as_f64().is_some_and(|count| count >= 0.0 && count.fract() == 0.0)
            }
            "uniqueItems" => value.is_boolean(),
            "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => value.is_object(),
            "items" => is_schema || self.draft == Draft::Draft4 && value.is_array(),
            "additionalProperties"
            | "not"
            | "contains"
            | "if"
            | "then"
            | "else"
            | "propertyNames"
            | "unevaluatedProperties"
            | "unevaluatedItems" => is_schema,
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => value.as_array().is_some_and(|parts| !parts.is_empty()),
            _ => true,
        }
    }

    fn is_pattern(&mut self, pattern: &str) -> bool {
        let draft = self.draft;
        *self.patterns.entry(pattern.to_owned()).or_insert_with(|| {
            jsonschema::options().with_draft(draft).offline().build(&json!({"pattern": pattern})).is_ok()
        })
    }
}

/// Requires members that say themselves that they are required, as they did in draft 3.
fn require(schema: &mut Map<String, Value>) {
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let says = |property: &Value| property.get("required") == Some(&Value::Bool(true));
    let names: Vec<Value> =
        properties.filter(|(_, property)| says(property)).map(|(name, _)| name.as_str().into()).collect();
    if names.is_empty() {
        return;
    }
    let required = schema.entry("required").or_insert_with(|| json!([]));
    if let Value::Array(required) = required {
        required.extend(names);
        required.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(draft: Draft, schema: &Value) -> (Value, usize) {
        let mut schema = schema.as_object().cloned().unwrap_or_default();
        let told = Mender::new(draft).mend(&mut schema);
        (schema.into(), told.len())
    }

    #[test]
    fn what_cannot_mean_anything_goes() {
        let schema = json!({
            "type": "Text", "required": true, "enum": "a", "pattern": "(", "minLength": "1", "items": [], "allOf": [],
            "title": "A", "maxLength": 2.0, "properties": {"required": {}}
        });
        let left = json!({"title": "A", "maxLength": 2.0, "properties": {"required": {}}});
        assert_eq!(mended(Draft::Draft202012, &schema), (left, 7));
        let fine = json!({"type": ["string", "null"], "required": ["a"], "pattern": "^\\d+$", "items": {}});
        assert_eq!(mended(Draft::Draft4, &fine), (fine, 0));
    }

    #[test]
    fn types_of_yaml_and_of_swagger_have_names() {
        let types = |ty: Value| mended(Draft::Draft202012, &json!({"type": ty})).0["type"].take();
        assert_eq!(types(json!(["string", null])), json!(["string", "null"]));
        assert_eq!(types(json!("file")), json!("string"));
    }

    #[test]
    fn a_member_that_says_that_it_is_required_is() {
        let schema = json!({"properties": {"a": {"required": true}, "b": {"required": false}}});
        let (mended, told) = mended(Draft::Draft4, &schema);
        assert_eq!((&mended["required"], told), (&json!(["a"]), 0), "what is told is told at the member");
    }

    #[test]
    fn bounds_are_those_of_the_draft() {
        let (word, number) = (json!({"minimum": 1, "exclusiveMinimum": true}), json!({"exclusiveMinimum": 1}));
        assert_eq!(mended(Draft::Draft202012, &word), (number.clone(), 1));
        assert_eq!(mended(Draft::Draft4, &number), (word.clone(), 1));
        assert_eq!(mended(Draft::Draft4, &word), (word, 0));
        let weaker = json!({"maximum": 1, "exclusiveMaximum": 2});
        assert_eq!(mended(Draft::Draft4, &weaker), (json!({"maximum": 1}), 1));
        let excluded = json!({"maximum": 1, "exclusiveMaximum": false});
        assert_eq!(mended(Draft::Draft202012, &excluded), (json!({"maximum": 1}), 1));
    }
}

//! Values to call operations with, and to answer them: made from the document's examples where
//! they fit, else out of the schemas. The contract test of an SDK is made of them.
//!
//! There are two of each: `full` has every optional member, `least` none. Both obey the schema as
//! far as it tells (types, formats, enums, bounds, lengths, patterns of the simpler kind), and a
//! circle of schemas ends at its second visit.

mod attach;
mod pattern;
mod scalar;
mod schema;
#[cfg(test)]
mod tests;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::ir;
use crate::normalize::Document;
pub(super) use attach::attach;
pub use pattern::text as text_of_pattern;
use schema::Merged;

/// Which way a value goes: `readOnly` members are never sent, `writeOnly` ones never received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Sent,
    Received,
}

/// How much of a value is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Full,
    Least,
}

/// So deep a value may be `full`; what lies deeper is as small as it may be, or wide schemas
/// would come to megabytes.
const FULL_DEPTH: usize = 5;

/// So many elements a list has at most, whatever the schema asks for.
const MOST_ITEMS: usize = 16;

/// Makes values out of a document's schemas.
pub(super) struct Maker {
    schemas: IndexMap<String, Value>,
}

impl Maker {
    pub(super) fn new(document: &Document) -> Self {
        let schemas = document.components.schemas.iter();
        Self { schemas: schemas.map(|(name, schema)| (name.clone(), json(schema))).collect() }
    }

    /// A sample of a schema; without one, of any JSON value. The example is that of the place where
    /// the schema is used, and the name is what texts are made of.
    pub(super) fn sample(
        &self,
        schema: Option<&impl Serialize>,
        example: Option<&Value>,
        name: &str,
        way: Way,
    ) -> ir::Sample {
        let schema = schema.map_or_else(|| Value::Object(Map::new()), json);
        let make = |form| {
            let mut making = Making { maker: self, way, form, path: Vec::new() };
            making.value(&schema, example, name, 0, 0)
        };
        // A circle without any end has no value; nothing smaller than this could be written.
        let full = make(Form::Full).unwrap_or_else(|| Value::Object(Map::new()));
        ir::Sample { least: make(Form::Least).unwrap_or_else(|| full.clone()), full }
    }
}

fn json(schema: &impl Serialize) -> Value {
    serde_json::to_value(schema).unwrap_or_default()
}

/// One value being made.
struct Making<'a> {
    maker: &'a Maker,
    way: Way,
    form: Form,
    /// The components that the value being made lies in.
    path: Vec<String>,
}

impl<'a> Making<'a> {
    /// A value of a schema, or none if a circle would not end. `nth` asks for another value than
    /// the first, for lists.
    fn value(&mut self, schema: &Value, hint: Option<&Value>, name: &str, nth: usize, depth: usize) -> Option<Value> {
        let entered = self.path.len();
        let merged = Merged::of(schema, &self.maker.schemas, &mut self.path);
        let value = merged.and_then(|merged| self.merged(&merged, hint, name, nth, depth));
        self.path.truncate(entered);
        value
    }

    fn merged(&mut self, schema: &Merged, hint: Option<&Value>, name: &str, nth: usize, depth: usize) -> Option<Value> {
        let hint = hint.filter(|hint| !hint.is_null()).or_else(|| schema.get("example").filter(|own| !own.is_null()));
        let values: Vec<&Value> = schema.list("enum").iter().filter(|value| !value.is_null()).collect();
        if !values.is_empty() {
            let hinted = hint.filter(|hint| values.contains(hint)).filter(|_| nth == 0);
            return Some(hinted.unwrap_or(values[nth % values.len()]).clone());
        }
        if let Some(value) = self.alternative(schema, hint, name, nth, depth) {
            return value;
        }
        match schema.kind() {
            Some("object") if schema.says_nothing() => {
                Some(hint.filter(|hint| hint.is_object()).cloned().unwrap_or_else(|| anything(name)))
            }
            Some("object") => self.object(schema, hint, depth),
            Some("array") => self.list(schema, hint, name, depth),
            Some(kind) => Some(scalar::value(kind, schema, hint, name, nth)),
            None => Some(hint.cloned().unwrap_or_else(|| anything(name))),
        }
    }

    /// The first alternative of `oneOf` or `anyOf` that has a value; the outer none means that
    /// there are no alternatives.
    fn alternative(
        &mut self,
        schema: &Merged,
        hint: Option<&Value>,
        name: &str,
        nth: usize,
        depth: usize,
    ) -> Option<Option<Value>> {
        let key = ["oneOf", "anyOf"].into_iter().find(|key| !schema.list(key).is_empty())?;
        let entered = self.path.len();
        for alternative in schema.list(key) {
            let Some(whole) = schema.with_alternative(key, alternative, &self.maker.schemas, &mut self.path) else {
                self.path.truncate(entered);
                continue;
            };
            let value = self.merged(&whole, hint, name, nth, depth);
            self.path.truncate(entered);
            if value.is_some() {
                return Some(value);
            }
        }
        Some(None)
    }

    fn object(&mut self, schema: &Merged, hint: Option<&Value>, depth: usize) -> Option<Value> {
        let hidden = if self.way == Way::Sent { "readOnly" } else { "writeOnly" };
        let is_full = self.form == Form::Full && depth < FULL_DEPTH;
        let mut members = Map::new();
        for (name, property) in &schema.properties {
            let required = schema.required.contains(name);
            if schema::says(property, hidden, &self.maker.schemas) || !(required || is_full) {
                continue;
            }
            let hint = hint.and_then(|hint| hint.get(name));
            match self.value(property, hint, name, 0, depth + 1) {
                Some(value) => {
                    members.insert(name.clone(), value);
                }
                None if required => return None,
                None => {}
            }
        }
        for name in &schema.required {
            if !schema.properties.contains_key(name) {
                members.insert(name.clone(), anything(name));
            }
        }
        if let Some(values) = schema.get("additionalProperties").filter(|_| is_full) {
            self.entries(values, hint, schema, depth, &mut members);
        }
        if let Some((name, value)) = schema.discriminator() {
            members.insert(name, value);
        }
        Some(Value::Object(members))
    }

    /// Members that the schema does not name: those of the example, else one.
    fn entries(
        &mut self,
        values: &Value,
        hint: Option<&Value>,
        schema: &Merged,
        depth: usize,
        members: &mut Map<String, Value>,
    ) {
        let empty = Value::Object(Map::new());
        let values = match values {
            Value::Object(_) => values,
            Value::Bool(true) => &empty,
            _ => return,
        };
        let hints = hint.and_then(Value::as_object).into_iter().flatten();
        let mut hints: Vec<_> = hints.filter(|(name, _)| !schema.properties.contains_key(*name)).collect();
        let (name, none) = ("key".to_owned(), Value::Null);
        if hints.is_empty() {
            hints.push((&name, &none));
        }
        for (name, hint) in hints.into_iter().take(3) {
            let value = self.value(values, Some(hint), name, 0, depth + 1);
            members.extend(value.map(|value| (name.clone(), value)));
        }
    }

    fn list(&mut self, schema: &Merged, hint: Option<&Value>, name: &str, depth: usize) -> Option<Value> {
        let any = Value::Object(Map::new());
        let items = schema.get("items").unwrap_or(&any);
        let least = schema.count("minItems").unwrap_or(0).min(MOST_ITEMS);
        let most = schema.count("maxItems").unwrap_or(usize::MAX).max(least);
        let hints = hint.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let is_full = self.form == Form::Full && depth < FULL_DEPTH;
        let wanted = match hints.len() {
            _ if !is_full => least,
            // Two elements show how they are put together.
            0 => least.max(2).min(most),
            given => given.clamp(least, most.min(least.max(3))),
        };
        let mut elements = Vec::new();
        for index in 0..wanted {
            match self.value(items, hints.get(index), name, index, depth + 1) {
                Some(element) => elements.push(element),
                None if elements.len() < least => return None,
                None => break,
            }
        }
        Some(Value::Array(elements))
    }
}

/// A value of a schema that says nothing, or `type: object` alone, which many producers write for
/// any JSON value: an object is both.
fn anything(name: &str) -> Value {
    Value::Object(Map::from_iter([(name.to_owned(), Value::from("value"))]))
}

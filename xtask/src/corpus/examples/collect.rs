//! The examples of a document: of media types, parameters, headers and schemas, with their defaults.

use std::collections::BTreeMap;

use serde_json::Value;
use specsmith::diagnostics::Pointer;
use specsmith::load::kinds::{Kind, walk, walk_from};

/// A value that the document gives for a place.
#[derive(Debug, Clone)]
pub(super) struct Example {
    /// Where the value stands.
    pub(super) at: Pointer,
    /// The schema, media type, parameter or header that it is an example of.
    pub(super) of: Pointer,
    /// The schema that it should obey.
    pub(super) schema: Pointer,
    pub(super) value: Value,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) examples: Vec<Example>,
    /// How many were not taken, by the reason.
    pub(super) left_out: BTreeMap<String, usize>,
}

/// All examples of a document.
pub(super) fn examples(document: &Value) -> Collected {
    let mut collected = Collected::default();
    walk(document, &mut |value, kind, at| {
        collected.node(document, value, kind, at);
        if kind == Kind::Operation {
            collected.callbacks(document, value.get("callbacks"));
        }
    });
    collected
        .callbacks(document, document.pointer("/components/callbacks").map(|_| &document["components"]["callbacks"]));
    collected
}

impl Collected {
    fn leave_out(&mut self, reason: &str, count: usize) {
        *self.left_out.entry(reason.to_owned()).or_default() += count;
    }

    /// Those of callbacks are counted alone.
    fn callbacks(&mut self, document: &Value, callbacks: Option<&Value>) {
        let mut inner = Self::default();
        let items = callbacks.and_then(Value::as_object).into_iter().flatten();
        for (_, item) in items.filter_map(|(_, callback)| callback.as_object()).flatten() {
            walk_from(item, Kind::PathItem, &Pointer::default(), &mut |value, kind, at| {
                inner.node(document, value, kind, at);
            });
        }
        let count = inner.examples.len() + inner.left_out.values().sum::<usize>();
        if count > 0 {
            self.leave_out("of a callback", count);
        }
    }

    fn node(&mut self, document: &Value, value: &Value, kind: Kind, at: &Pointer) {
        match kind {
            Kind::Schema => {
                for key in ["example", "default"] {
                    self.take(value, at, key, at, at);
                }
                let examples = value.get("examples").and_then(Value::as_array).into_iter().flatten();
                for (index, example) in examples.enumerate() {
                    let at_example = at.child("examples").index(index);
                    self.push(at_example, at, at, example);
                }
            }
            Kind::Parameter | Kind::Header => {
                // In Swagger 2.0 it is the schema itself.
                let own = value.get("type").is_some() && value.get("schema").is_none();
                let schema = if own { at.clone() } else { at.child("schema") };
                if own {
                    self.take(value, at, "default", at, &schema);
                }
                self.take(value, at, "example", at, &schema);
                self.named(document, value, at, &schema);
            }
            Kind::MediaType => {
                let schema = at.child("schema");
                if is_json(&at.segments().last().unwrap_or_default()) {
                    self.take(value, at, "example", at, &schema);
                    self.named(document, value, at, &schema);
                } else {
                    let count = value.get("examples").and_then(Value::as_object).map_or(0, serde_json::Map::len)
                        + usize::from(value.get("example").is_some());
                    self.leave_out_some("of a media type other than JSON", count);
                }
            }
            // Swagger 2.0 has one for each media type.
            Kind::Response if value.get("content").is_none() => {
                let (at_examples, schema) = (at.child("examples"), at.child("schema"));
                let examples = value.get("examples").and_then(Value::as_object).into_iter().flatten();
                for (media_type, example) in examples {
                    if is_json(media_type) {
                        self.push(at_examples.child(media_type), &schema, &schema, example);
                    } else {
                        self.leave_out("of a media type other than JSON", 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn leave_out_some(&mut self, reason: &str, count: usize) {
        if count > 0 {
            self.leave_out(reason, count);
        }
    }

    fn take(&mut self, value: &Value, at: &Pointer, key: &str, of: &Pointer, schema: &Pointer) {
        if let Some(example) = value.get(key) {
            self.push(at.child(key), of, schema, example);
        }
    }

    /// Examples with names, each an object of its own or a reference to one.
    fn named(&mut self, document: &Value, value: &Value, of: &Pointer, schema: &Pointer) {
        let at = of.child("examples");
        for (name, example) in value.get("examples").and_then(Value::as_object).into_iter().flatten() {
            let (mut at, mut example) = (at.child(name), example);
            if let Some(reference) = example.get("$ref").and_then(Value::as_str) {
                let target = reference.strip_prefix('#').unwrap_or_default();
                let Some(found) = document.pointer(target).filter(|_| !target.is_empty()) else {
                    self.leave_out("a reference that leads nowhere", 1);
                    continue;
                };
                (at, example) = (Pointer::parse(target), found);
            }
            match example
                .get("dataValue")
                .map(|value| ("dataValue", value))
                .or_else(|| example.get("value").map(|value| ("value", value)))
            {
                Some((key, value)) => self.push(at.child(key), of, schema, value),
                None if example.get("externalValue").is_some() => self.leave_out("an `externalValue`", 1),
                None if example.get("serializedValue").is_some() => self.leave_out("a `serializedValue` alone", 1),
                None => self.leave_out("an example without a value", 1),
            }
        }
    }

    fn push(&mut self, at: Pointer, of: &Pointer, schema: &Pointer, value: &Value) {
        self.examples.push(Example { at, of: of.clone(), schema: schema.clone(), value: value.clone() });
    }
}

/// Whether bodies of a media type are JSON texts.
pub(super) fn is_json(media_type: &str) -> bool {
    use specsmith::ir::{ContentHint, MediaType};
    MediaType::of(media_type, ContentHint::Other) == MediaType::Json
}

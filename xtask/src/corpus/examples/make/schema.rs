//! A schema with all that it is made of, one of its alternatives chosen.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::Making;

/// So often a schema may lie in itself.
const ROUNDS: usize = 2;

/// The keywords of a schema and of its parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Merged<'a> {
    pub(super) keywords: BTreeMap<&'a str, &'a Value>,
    /// The values that it may have, where they are listed.
    pub(super) choices: Option<Vec<&'a Value>>,
    /// What is said of each member.
    pub(super) properties: Vec<(&'a str, &'a Value)>,
    pub(super) required: BTreeSet<&'a str>,
    /// Members that say what the object is.
    pub(super) tags: Vec<(String, Value)>,
}

impl<'a> Merged<'a> {
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.keywords.get(key).copied()
    }

    pub(super) fn count(&self, key: &str) -> Option<usize> {
        self.get(key)
            .and_then(|value| value.as_u64().or_else(|| whole(value.as_f64()?)))
            .and_then(|count| usize::try_from(count).ok())
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key).and_then(Value::as_str)
    }

    pub(super) fn is(&self, key: &str) -> bool {
        self.get(key) == Some(&Value::Bool(true))
    }

    /// The types that it allows by name; none if it says nothing of it.
    pub(super) fn types(&self) -> Vec<&'a str> {
        match self.get("type") {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ if !self.properties.is_empty() || !self.required.is_empty() || !self.tags.is_empty() => vec!["object"],
            _ if self.get("additionalProperties").is_some_and(Value::is_object) => vec!["object"],
            _ if self.get("items").is_some() || self.get("prefixItems").is_some() => vec!["array"],
            _ => Vec::new(),
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is asked whether it is whole")]
fn whole(number: f64) -> Option<u64> {
    (number >= 0.0 && number.fract() == 0.0).then_some(number as u64)
}

impl<'a> Making<'a> {
    /// Gathers a schema; none if it lies in itself too often.
    pub(super) fn gather(&mut self, schema: &'a Value, merged: &mut Merged<'a>) -> Option<()> {
        let Value::Object(members) = schema else { return (schema != &Value::Bool(false)).then_some(()) };
        if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
            if self.open.iter().filter(|open| *open == reference).count() >= ROUNDS {
                return None;
            }
            let target = self.target(reference)?;
            self.open.push(reference.to_owned());
            self.gather(target, merged)?;
            if self.ref_is_all {
                return Some(());
            }
        }
        for (key, value) in members {
            match (key.as_str(), value) {
                ("properties", Value::Object(properties)) => {
                    for (name, property) in properties {
                        match merged.properties.iter_mut().find(|(known, _)| known == name) {
                            // Of two, one that says what it must be says more.
                            Some((_, known)) if says_more(property, known) => *known = property,
                            Some(_) => {}
                            None => merged.properties.push((name, property)),
                        }
                    }
                }
                ("required", Value::Array(names)) => merged.required.extend(names.iter().filter_map(Value::as_str)),
                ("allOf", Value::Array(parts)) => {
                    for part in parts {
                        self.gather(part, merged)?;
                    }
                }
                ("oneOf" | "anyOf", Value::Array(alternatives)) => self.choose(schema, alternatives, merged)?,
                ("$ref" | "properties" | "required" | "allOf" | "oneOf" | "anyOf" | "example" | "examples", _) => {}
                ("enum", Value::Array(values)) => {
                    let is_known = |value: &&Value| merged.choices.as_ref().is_none_or(|known| known.contains(value));
                    merged.choices = Some(values.iter().filter(is_known).collect());
                }
                _ => {
                    merged.keywords.insert(key, value);
                }
            }
        }
        Some(())
    }

    /// Gathers one of several alternatives, and what says which it is.
    fn choose(&mut self, schema: &'a Value, alternatives: &'a [Value], merged: &mut Merged<'a>) -> Option<()> {
        let first = self.pick(alternatives.len());
        for step in 0..alternatives.len() {
            let alternative = &alternatives[(first + step) % alternatives.len()];
            let (mut whole, open) = (merged.clone(), self.open.len());
            if self.gather(alternative, &mut whole).is_none() {
                self.open.truncate(open);
                continue;
            }
            let discriminator = schema.get("discriminator").or_else(|| whole.get("discriminator"));
            if let (Some(discriminator), Some(reference)) =
                (discriminator, alternative.get("$ref").and_then(Value::as_str))
            {
                let tag = tag(discriminator, reference);
                whole.tags.extend(tag);
            }
            *merged = whole;
            return Some(());
        }
        None
    }

    /// What a reference leads to.
    pub(super) fn target(&self, reference: &str) -> Option<&'a Value> {
        let pointer = percent_decoded(reference.strip_prefix('#')?);
        self.document.pointer(&pointer)
    }
}

fn says_more(one: &Value, other: &Value) -> bool {
    let rank = |schema: &Value| {
        let has = |key: &str| schema.get(key).is_some();
        (has("const"), has("enum"), has("$ref") || has("allOf"), schema.as_object().map_or(0, Map::len))
    };
    rank(one) > rank(other)
}

/// The member by which a discriminator knows what a reference leads to.
fn tag(discriminator: &Value, reference: &str) -> Option<(String, Value)> {
    let name = discriminator.get("propertyName")?.as_str()?;
    let short = reference.rsplit('/').next().unwrap_or(reference);
    let mapping = discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten();
    let mapped = mapping.filter(|(_, target)| target.as_str().is_some_and(|to| to == reference || to == short));
    let value = mapped.map(|(value, _)| value.as_str()).next().unwrap_or(short);
    Some((name.to_owned(), value.into()))
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let code =
            text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

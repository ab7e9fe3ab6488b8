//! One schema out of many: references are followed, and the parts of an `allOf` become one.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Map, Value};

/// The keywords of a schema and of all its parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Merged {
    keywords: Map<String, Value>,
    pub(super) properties: IndexMap<String, Value>,
    pub(super) required: BTreeSet<String>,
    /// The components that are merged already: each is once, however many ways lead to it.
    merged: BTreeSet<String>,
    /// The component that this schema is.
    component: Option<String>,
    /// The member that tells alternatives apart, and its value here.
    tag: Option<(String, String)>,
}

impl Merged {
    /// Merges a schema. The components on the way are added to the path; none if one of them is
    /// there already, for that would be a circle.
    pub(super) fn of(schema: &Value, schemas: &IndexMap<String, Value>, path: &mut Vec<String>) -> Option<Self> {
        let mut merged = Self::default();
        merged.add(schema, schemas, path)?;
        Some(merged)
    }

    /// The schema with one of its alternatives.
    pub(super) fn with_alternative(
        &self,
        key: &str,
        alternative: &Value,
        schemas: &IndexMap<String, Value>,
        path: &mut Vec<String>,
    ) -> Option<Self> {
        let mut whole = self.clone();
        whole.keywords.shift_remove("oneOf");
        whole.keywords.shift_remove("anyOf");
        let discriminator = whole.keywords.shift_remove("discriminator");
        // Of two sets of alternatives the second is still to be chosen from.
        if key == "oneOf"
            && let Some(others) = self.get("anyOf")
        {
            whole.keywords.insert("anyOf".to_owned(), others.clone());
        }
        whole.add(alternative, schemas, path)?;
        if let (Some(discriminator), Some(name)) = (discriminator, component(alternative)) {
            whole.tag = tag(&discriminator, &name);
        }
        Some(whole)
    }

    fn add(&mut self, schema: &Value, schemas: &IndexMap<String, Value>, path: &mut Vec<String>) -> Option<()> {
        if schema.get("$ref").is_some() {
            // What lies elsewhere has no type in the SDK either: it may be anything.
            let Some(name) = component(schema) else { return Some(()) };
            let Some(target) = schemas.get(&name) else { return Some(()) };
            if path.contains(&name) {
                return None;
            }
            if !self.merged.insert(name.clone()) {
                return Some(());
            }
            path.push(name.clone());
            self.component = Some(name);
            return self.add(target, schemas, path);
        }
        let outer = path.clone();
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            // A component that several parts have in common is no circle, and one that is a part
            // of itself adds nothing.
            let mut inner = outer.clone();
            let _ = self.add(part, schemas, &mut inner);
            inner.retain(|name| !path.contains(name));
            path.append(&mut inner);
        }
        for (key, value) in schema.as_object().into_iter().flatten() {
            match (key.as_str(), value) {
                ("properties", Value::Object(properties)) => {
                    self.properties.extend(properties.iter().map(|(name, property)| (name.clone(), property.clone())));
                }
                ("required", Value::Array(names)) => {
                    self.required.extend(names.iter().filter_map(Value::as_str).map(str::to_owned));
                }
                ("allOf" | "properties" | "required", _) => {}
                _ => {
                    self.keywords.insert(key.clone(), value.clone());
                }
            }
        }
        Some(())
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.keywords.get(key)
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::as_str)
    }

    pub(super) fn number(&self, key: &str) -> Option<f64> {
        self.get(key).and_then(Value::as_f64)
    }

    pub(super) fn is(&self, key: &str) -> bool {
        self.get(key) == Some(&Value::Bool(true))
    }

    pub(super) fn count(&self, key: &str) -> Option<usize> {
        self.get(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok())
    }

    pub(super) fn list(&self, key: &str) -> &[Value] {
        self.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// Its type, said or shown by what it has.
    pub(super) fn kind(&self) -> Option<&str> {
        self.text("type").or_else(|| {
            let is_object = !self.properties.is_empty() || !self.required.is_empty();
            if is_object || matches!(self.get("additionalProperties"), Some(Value::Object(_))) {
                Some("object")
            } else {
                self.get("items").map(|_| "array")
            }
        })
    }

    /// Whether it is an object of which nothing is known.
    pub(super) fn says_nothing(&self) -> bool {
        let is_silent = |key: &str| !matches!(self.get(key), Some(Value::Object(_) | Value::Bool(_)));
        self.properties.is_empty()
            && self.required.is_empty()
            && is_silent("additionalProperties")
            && is_silent("discriminator")
    }

    /// The member that says which of several schemas this value is of.
    pub(super) fn discriminator(&self) -> Option<(String, Value)> {
        let of_base = || tag(self.get("discriminator")?, self.component.as_ref()?);
        let (name, value) = self.tag.clone().or_else(of_base)?;
        Some((name, Value::from(value)))
    }
}

/// The member that a discriminator names, and its value for a component.
fn tag(discriminator: &Value, component_name: &str) -> Option<(String, String)> {
    let name = discriminator.get("propertyName")?.as_str()?;
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let mapped = mapping.into_iter().flatten().find(|(_, target)| {
        let target = target.as_str().unwrap_or_default();
        target == component_name || named(target).as_deref() == Some(component_name)
    });
    let value = mapped.map_or(component_name, |(value, _)| value);
    Some((name.to_owned(), value.to_owned()))
}

/// The component that a schema refers to.
fn component(schema: &Value) -> Option<String> {
    named(schema.get("$ref")?.as_str()?)
}

fn named(reference: &str) -> Option<String> {
    let pointer = crate::load::target(reference)?;
    let segments: Vec<String> = pointer.segments().collect();
    match segments.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => Some(name.clone()),
        _ => None,
    }
}

/// Whether a schema says a thing of itself, or the component that it refers to does.
pub(super) fn says(schema: &Value, key: &str, schemas: &IndexMap<String, Value>) -> bool {
    let mut path = Vec::new();
    Merged::of(schema, schemas, &mut path).is_some_and(|merged| merged.is(key))
}

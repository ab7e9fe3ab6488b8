//! The alternatives of a union, and what each looks like.

use std::collections::{BTreeMap, HashSet};

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::super::facets::{Facets, SchemaRef};
use super::super::objects::Members;
use super::super::schemas::Types;
use super::same;
use crate::diagnostics::Pointer;

/// How many alternatives are compared with one another, each with each: of the documents that this
/// was measured with, none has a tenth of that.
const MOST: usize = 2_000;

/// One alternative.
pub(super) struct Member<'a> {
    pub(super) at: Pointer,
    pub(super) schema: SchemaRef<'a>,
    /// The component that it refers to.
    pub(super) component: Option<&'a str>,
    /// The component that it is called after.
    pub(super) label: Option<&'a str>,
    pub(super) facets: Facets<'a>,
    pub(super) nature: Nature<'a>,
    /// The values of the union's tag that mean it.
    pub(super) tags: Vec<String>,
}

/// What the values of an alternative look like.
pub(super) enum Nature<'a> {
    Boolean,
    Integer,
    Number,
    Text,
    /// A text in a form of its own, such as a date.
    Formatted,
    /// Some texts; `own` if no schema alone says them all.
    Choice {
        values: Vec<String>,
        own: bool,
    },
    /// A list; what its elements look like, if that is known.
    List(Option<Box<Nature<'a>>>),
    /// An object whose members have no names; what their values look like, if that is known.
    Map(Option<Box<Nature<'a>>>),
    Object(Object<'a>),
    /// An object that a union of its own tells by these values of a member.
    Tagged {
        tag: &'a str,
        values: Vec<String>,
    },
    /// Nothing that could be told.
    Anything,
}

/// An object with named members.
pub(super) struct Object<'a> {
    pub(super) members: Members<'a>,
    /// The texts or whole numbers that some members are limited to.
    pub(super) values: BTreeMap<&'a str, Vec<String>>,
    /// What JSON calls some members.
    pub(super) kinds: BTreeMap<&'a str, &'a str>,
    /// Whether no schema alone says all its members.
    pub(super) own: bool,
}

impl Nature<'_> {
    /// What a variant of this kind is called, the best first.
    pub(super) fn words(&self, facets: &Facets<'_>) -> Vec<String> {
        let word = match self {
            Self::Formatted => facets.format.as_deref().unwrap_or("String"),
            Self::Boolean => "Boolean",
            Self::Integer => "Integer",
            Self::Number => "Number",
            Self::Text => "String",
            Self::Choice { .. } => "Value",
            Self::List(inner) => return of_inner("List", inner.as_deref(), facets.items),
            Self::Map(inner) => return of_inner("Map", inner.as_deref(), None),
            Self::Tagged { .. } => "Object",
            Self::Anything => "Any",
            Self::Object(object) => {
                let with: Vec<&str> = object.members.required.iter().copied().collect();
                return vec!["Object".to_owned(), format!("With {}", with.join(" "))];
            }
        };
        vec![word.to_owned()]
    }

    /// What JSON calls it; none if it may be several things.
    pub(super) fn json(&self) -> Option<&'static str> {
        Some(match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Text | Self::Formatted | Self::Choice { .. } => "string",
            Self::List(_) => "array",
            Self::Map(_) | Self::Object(_) | Self::Tagged { .. } => "object",
            Self::Anything => return None,
        })
    }

    pub(super) fn is_object(&self) -> bool {
        self.json() == Some("object")
    }
}

/// What a list or map is called, after what is in it if that tells it from others.
fn of_inner(word: &str, inner: Option<&Nature<'_>>, element: Option<SchemaRef<'_>>) -> Vec<String> {
    let inner = match (element, inner) {
        (Some(SchemaRef::Reference(reference)), _) => reference.rsplit('/').next().map(str::to_owned),
        (_, Some(inner)) => inner.json().map(str::to_owned),
        _ => None,
    };
    vec![word.to_owned(), format!("{} {word}", inner.as_deref().unwrap_or("any"))]
}

/// Whether an alternative says which members an object must have, and nothing of what they are.
pub(super) fn is_rule(alternative: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = alternative else { return false };
    let facets = Facets::of(schema);
    let is_silent = facets.properties.is_none() && facets.all_of.is_empty() && facets.one_of.is_empty();
    let may_be_object = matches!(facets.kind, None | Some("object"));
    is_silent && may_be_object && facets.values.is_empty() && !facets.required.is_empty()
}

/// Whether a schema allows null and nothing else, or says nothing but that it allows null, which among
/// alternatives is meant so.
fn is_null(facets: &Facets<'_>) -> bool {
    let is_silent = facets.kind.is_none()
        && facets.values.is_empty()
        && facets.properties.is_none()
        && facets.additional.is_none()
        && facets.one_of.is_empty()
        && facets.all_of.is_empty();
    facets.kind == Some("null") || (is_silent && facets.nullable())
}

impl<'a> Types<'a> {
    /// Whether null is a value too: of the schema itself or of the one that it wraps or refers to, or
    /// of an alternative.
    pub(in crate::lower) fn may_be_null(&self, schema: SchemaRef<'a>) -> bool {
        let SchemaRef::Reference(reference) = schema else { return self.null_within(schema, &mut HashSet::new()) };
        if let Some(known) = self.nulls.borrow().get(reference) {
            return *known;
        }
        let found = self.null_within(schema, &mut HashSet::new());
        self.nulls.borrow_mut().insert(reference, found);
        found
    }

    fn null_within(&self, schema: SchemaRef<'a>, seen: &mut HashSet<&'a str>) -> bool {
        let item = match schema {
            SchemaRef::Item(item) => item,
            SchemaRef::Reference(reference) => {
                return seen.insert(reference)
                    && self.component(reference).is_some_and(|(_, schema)| self.null_within(schema, seen));
            }
        };
        let facets = Facets::of(item);
        facets.nullable()
            || is_null(&facets)
            || facets.sole_part().is_some_and(|part| self.null_within(part.into(), seen))
            || facets.one_of.iter().any(|alternative| self.null_within(alternative.into(), seen))
    }

    /// All alternatives, those of unions inside too; an error says why they have no types.
    pub(super) fn alternatives(&self, facets: &Facets<'a>, at: &Pointer) -> Result<Vec<Member<'a>>, String> {
        let mut found = Vec::new();
        self.flatten(facets, (at, facets.data.discriminator.is_some()), &mut found, &mut HashSet::new())?;
        Ok(found)
    }

    /// `seen` are the unions that were met, each of which adds its alternatives once; `has_tag` is
    /// whether the union around all has a discriminator.
    fn flatten(
        &self,
        facets: &Facets<'a>,
        (at, has_tag): (&Pointer, bool),
        found: &mut Vec<Member<'a>>,
        seen: &mut HashSet<&'a str>,
    ) -> Result<(), String> {
        let at = at.child(if facets.is_any_of { "anyOf" } else { "oneOf" });
        for (index, alternative) in facets.one_of.iter().enumerate() {
            let (schema, at) = (SchemaRef::from(alternative), at.index(index));
            let component = match schema {
                SchemaRef::Reference(reference) => self.component(reference).map(|(name, _)| name),
                SchemaRef::Item(_) => None,
            };
            if component.is_some_and(|name| seen.contains(name)) {
                continue;
            }
            let Some(facets) = self.facets(schema) else {
                return Err("with a reference that leads nowhere".to_owned());
            };
            if is_null(&facets) {
                continue;
            }
            let is_plain =
                facets.data.discriminator.is_none() && facets.properties.is_none() && facets.all_of.is_empty();
            if !facets.one_of.is_empty() && is_plain {
                seen.extend(component);
                let at = component.map_or(at, |name| Pointer::parse("/components/schemas").child(name));
                self.flatten(&facets, (&at, has_tag), found, seen)?;
                continue;
            }
            let is_known = |other: &Member<'_>| match (component, schema, other.schema) {
                (Some(name), ..) => other.component == Some(name),
                (None, SchemaRef::Item(one), SchemaRef::Item(other)) => one == other,
                _ => false,
            };
            if !found.iter().any(is_known) {
                if found.len() >= MOST && (component.is_none() || !has_tag) {
                    return Err(format!("of more than {MOST} alternatives that no discriminator tells apart"));
                }
                let place = component.map(|name| Pointer::parse("/components/schemas").child(name));
                let nature = self.nature(&facets, component, place.as_ref().unwrap_or(&at))?;
                found.push(Member { at, schema, component, label: component, facets, nature, tags: Vec::new() });
            }
        }
        Ok(())
    }

    /// What the values of a schema look like.
    fn nature(&self, facets: &Facets<'a>, component: Option<&'a str>, at: &Pointer) -> Result<Nature<'a>, String> {
        if let Some(tagged) = component.and_then(|name| self.heirs_tags(name)) {
            return Ok(tagged);
        }
        if !facets.one_of.is_empty() {
            return self.tagged(facets).ok_or_else(|| "with another union in it that has no type".to_owned());
        }
        if !facets.values.is_empty() && matches!(facets.kind, None | Some("string")) {
            let values: Option<Vec<String>> =
                facets.values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
            let values = values.ok_or_else(|| "with an enum of different types".to_owned())?;
            return Ok(Nature::Choice { values, own: facets.kind.is_none() });
        }
        let inner = |schema: Option<SchemaRef<'a>>| -> Option<Box<Nature<'a>>> {
            // What is inside matters only where it is told from something else, one level deep.
            let facets = self.facets(schema?)?;
            let is_deep = matches!(facets.additional, Some(AdditionalProperties::Schema(_)));
            match (facets.kind, facets.one_of.is_empty() && !is_deep) {
                (Some("array" | "null"), _) | (_, false) => Some(Box::new(Nature::Anything)),
                _ => self.nature(&facets, None, at).ok().map(Box::new),
            }
        };
        Ok(match (facets.kind, facets.format.as_deref()) {
            (Some("boolean"), _) => Nature::Boolean,
            (Some("integer"), _) => Nature::Integer,
            (Some("number"), _) => Nature::Number,
            (Some("string"), Some("date-time" | "date" | "uuid")) => Nature::Formatted,
            (Some("string"), _) => Nature::Text,
            (Some("array"), _) => Nature::List(inner(facets.items)),
            (None | Some("object"), _) => {
                let mut members = Members::default();
                if !self.gather(facets, at, &mut members, &mut Vec::new()) {
                    return Err("of things of which one is an `allOf` of more than plain objects".to_owned());
                }
                match facets.additional {
                    _ if !members.properties.is_empty() => Nature::Object(self.object(members)),
                    Some(AdditionalProperties::Schema(schema)) => Nature::Map(inner(Some(schema.as_ref().into()))),
                    _ if facets.kind.is_some() => Nature::Map(None),
                    _ => return Err("of which one alternative may be anything".to_owned()),
                }
            }
            _ => return Err("of which one alternative has a type that OpenAPI does not know".to_owned()),
        })
    }

    pub(super) fn object(&self, members: Members<'a>) -> Object<'a> {
        let texts = |schema: SchemaRef<'a>| -> Option<Vec<String>> {
            let own = match schema {
                SchemaRef::Item(item) => Facets::of(item).values,
                SchemaRef::Reference(_) => Vec::new(),
            };
            let values = if own.is_empty() { self.facets(schema)?.values } else { own };
            let text = |value: &Value| match value {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => number.as_i64().map(|number| number.to_string()),
                _ => None,
            };
            let texts: Vec<String> = values.iter().filter_map(text).collect();
            (!texts.is_empty() && texts.len() == values.len()).then_some(texts)
        };
        let values = members.properties.iter().filter_map(|(name, (schema, _))| Some((*name, texts(*schema)?)));
        let kinds = members.properties.iter().filter_map(|(name, (schema, _))| {
            let kind = self.facets(*schema)?.kind?;
            (kind != "object" && !self.may_be_null(*schema)).then_some((*name, kind))
        });
        Object { values: values.collect(), kinds: kinds.collect(), members, own: false }
    }
}

/// Brings alternatives together that are one: objects that say the same, texts and their enums, and
/// objects with the members that stand beside the union.
pub(super) fn settle<'a>(
    mut members: Vec<Member<'a>>,
    base: &Members<'a>,
    has_discriminator: bool,
    is_any_of: bool,
) -> Result<Vec<Member<'a>>, String> {
    if members.is_empty() {
        return Err("without an alternative but null".to_owned());
    }
    if !has_discriminator {
        let mut index = 0;
        while index < members.len() {
            let is_known = members[..index].iter().any(|other| same::objects(&other.nature, &members[index].nature));
            if is_known {
                members.remove(index);
            } else {
                index += 1;
            }
        }
    }
    if is_any_of && !has_discriminator {
        let sole = (0..members.len()).find(|index| same::holds_all(*index, &members));
        if let Some(index) = sole {
            members = vec![members.swap_remove(index)];
        }
    }
    if !base.properties.is_empty() {
        for member in &mut members {
            match &mut member.nature {
                Nature::Object(object) => object.join(base),
                Nature::Map(None) => {
                    let members = Members { properties: base.properties.clone(), required: base.required.clone() };
                    member.component = None;
                    member.nature =
                        Nature::Object(Object { members, values: BTreeMap::new(), kinds: BTreeMap::new(), own: true });
                }
                nature if nature.is_object() => {
                    return Err("beside properties, in which one alternative is a map".to_owned());
                }
                _ => {}
            }
        }
    }
    let has_text = members.iter().any(|member| matches!(member.nature, Nature::Text));
    if has_text {
        // A date that is written in another way would not come out as it went in.
        members.retain(|member| !matches!(member.nature, Nature::Formatted));
    }
    let is_choice = |member: &Member<'_>| matches!(member.nature, Nature::Choice { .. });
    let is_named = |member: &Member<'_>| is_choice(member) && member.component.is_some();
    let (choices, named) = (
        members.iter().filter(|member| is_choice(member)).count(),
        members.iter().filter(|member| is_named(member)).count(),
    );
    // An enum of its own is open, so it takes any text.
    if has_text && (named == 0 && choices > 0 || named == 1 && choices == 1) {
        members.retain(|member| !matches!(member.nature, Nature::Text));
    }
    if choices > 1 && named == 0 {
        let mut all: Vec<String> = Vec::new();
        for member in &members {
            if let Nature::Choice { values, .. } = &member.nature {
                all.extend(values.iter().cloned());
            }
        }
        let mut is_first = true;
        members.retain(|member| !is_choice(member) || std::mem::take(&mut is_first));
        for member in members.iter_mut().filter(|member| is_choice(member)) {
            member.nature = Nature::Choice { values: std::mem::take(&mut all), own: true };
        }
    }
    Ok(members)
}

impl<'a> Object<'a> {
    /// Adds the members that stand beside the union.
    fn join(&mut self, base: &Members<'a>) {
        self.own |= base.properties.keys().any(|name| !self.members.properties.contains_key(name));
        for (name, property) in &base.properties {
            self.members.properties.entry(name).or_insert_with(|| property.clone());
        }
        self.members.required.extend(&base.required);
    }
}

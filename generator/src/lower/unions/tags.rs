//! Tags: the member by whose value the variants of a union are told apart.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::Discriminator;

use super::super::facets::Facets;
use super::super::schemas::Types;
use super::members::{Member, Nature};
use crate::ir::{Shape, TypeDef, TypeId, TypeRef};

/// The member that tells the variants apart.
pub(super) struct Tag {
    pub(super) wire: String,
    /// Whether it alone decides, so that a value without it is of no variant.
    pub(super) decides: bool,
}

/// Finds the tag and its values: those of the discriminator, else what the enums of a member amount to.
pub(super) fn find(
    discriminator: Option<&Discriminator>,
    members: &mut [Member<'_>],
    types: &Types<'_>,
) -> Option<Tag> {
    let is_tagged = |members: &[Member<'_>]| members.iter().all(|member| !member.tags.is_empty());
    if let Some(discriminator) = discriminator {
        let mut taken = BTreeSet::new();
        for member in members.iter_mut() {
            let mut tags = declared(discriminator, member, types);
            tags.retain(|tag| taken.insert(tag.clone()));
            member.tags = tags;
        }
        if members.iter().any(|member| !member.tags.is_empty()) {
            return Some(Tag { wire: discriminator.property_name.clone(), decides: is_tagged(members) });
        }
    }
    let wire = implicit(members)?;
    let mut decides = true;
    for member in members.iter_mut() {
        if let Nature::Object(object) = &member.nature {
            member.tags = object.values.get(wire.as_str()).cloned().unwrap_or_default();
            decides &= object.members.required.contains(wire.as_str());
        }
    }
    decides &= is_tagged(members);
    Some(Tag { wire, decides })
}

/// The values by which a discriminator names a member.
fn declared(discriminator: &Discriminator, member: &Member<'_>, types: &Types<'_>) -> Vec<String> {
    if !member.nature.is_object() {
        return Vec::new();
    }
    let property = discriminator.property_name.as_str();
    let mapped = member.component.map(|name| mapped(discriminator, name, types)).unwrap_or_default();
    if !mapped.is_empty() {
        return mapped;
    }
    match &member.nature {
        Nature::Tagged { tag, values } if *tag == property => values.clone(),
        Nature::Object(object) if object.values.contains_key(property) => object.values[property].clone(),
        _ => member.label.map(str::to_owned).into_iter().collect(),
    }
}

/// The values that a discriminator's mapping gives a component; the one that is called like it comes
/// first, for the order of a mapping means nothing.
fn mapped(discriminator: &Discriminator, component: &str, types: &Types<'_>) -> Vec<String> {
    let is_meant =
        |target: &str| target == component || types.component(target).is_some_and(|(name, _)| name == component);
    let values = discriminator.mapping.iter().filter(|(_, target)| is_meant(target));
    let mut values: Vec<String> = values.map(|(value, _)| value.clone()).collect();
    values.sort_by_key(|value| (!value.eq_ignore_ascii_case(component), value.clone()));
    values
}

/// A member that is an enum in several alternatives, in each with other values.
fn implicit(members: &[Member<'_>]) -> Option<String> {
    let mut found: IndexMap<&str, Vec<&Vec<String>>> = IndexMap::new();
    for member in members {
        if let Nature::Object(object) = &member.nature {
            for (name, values) in &object.values {
                found.entry(name).or_default().push(values);
            }
        }
    }
    let are_apart = |all: &[&Vec<String>]| {
        let mut seen = BTreeSet::new();
        all.iter().all(|values| values.iter().all(|value| seen.insert(value)))
    };
    found.retain(|_, all| all.len() > 1 && are_apart(all));
    // Of several, the one that most have; of those, the first by name.
    found.into_iter().rev().max_by_key(|(_, all)| all.len()).map(|(name, _)| name.to_owned())
}

impl<'a> Types<'a> {
    /// What a union with a discriminator looks like inside another one.
    pub(super) fn tagged(&self, facets: &Facets<'a>) -> Option<Nature<'a>> {
        let discriminator = facets.data.discriminator.as_ref()?;
        let mut values: Vec<String> = Vec::new();
        for alternative in facets.one_of {
            let openapiv3::ReferenceOr::Reference { reference } = alternative else { return None };
            let (name, schema) = self.component(reference)?;
            if !matches!(self.facets(schema)?.kind, None | Some("object")) {
                return None;
            }
            let mapped = mapped(discriminator, name, self);
            values.extend(if mapped.is_empty() { vec![name.to_owned()] } else { mapped });
        }
        Some(Nature::Tagged { tag: &discriminator.property_name, values })
    }

    /// What a schema that others are made of looks like, if it has a discriminator.
    pub(super) fn heirs_tags(&self, base: &'a str) -> Option<Nature<'a>> {
        let heirs = self.families.heirs(base)?;
        let discriminator = self.families.discriminator(base)?;
        let values = heirs.iter().flat_map(|heir| {
            let mapped = mapped(discriminator, heir, self);
            if mapped.is_empty() { vec![(*heir).to_owned()] } else { mapped }
        });
        Some(Nature::Tagged { tag: &discriminator.property_name, values: values.collect() })
    }

    /// Whether a base stands for itself too: its discriminator names it, or it is made of another base.
    pub(super) fn stands_for_itself(&self, base: &str) -> bool {
        let discriminator = self.families.discriminator(base);
        self.families.is_heir(base) || discriminator.is_some_and(|it| !mapped(it, base, self).is_empty())
    }
}

/// Marks the members that say what an object in a union is, so that `new` sets them by itself: where
/// every union that the object is in calls it the same. One that the object does not name is set by
/// the union alone, for elsewhere it may be unwanted.
pub(in crate::lower) fn mark(types: &mut [TypeDef]) {
    let mut found: BTreeMap<(TypeId, String), BTreeSet<Vec<String>>> = BTreeMap::new();
    for def in &*types {
        let Shape::Union { tag: Some(tag), variants, .. } = &def.shape else { continue };
        for variant in variants.iter().filter(|variant| !variant.tags.is_empty()) {
            if let Some(id) = structure(&variant.ty, types) {
                found.entry((id, tag.clone())).or_default().insert(variant.tags.clone());
            }
        }
    }
    for ((id, wire), tags) in found {
        let sole = if tags.len() == 1 { tags.into_iter().next() } else { None };
        let Some([only]) = sole.as_deref() else { continue };
        let Shape::Struct { fields, .. } = &types[id.0].shape else { continue };
        let Some(index) = fields.iter().position(|field| field.wire == wire && can_be_tag(&field.ty, only, types))
        else {
            continue;
        };
        if let Shape::Struct { fields, .. } = &mut types[id.0].shape {
            fields[index].tag = Some(only.clone());
        }
    }
}

/// The struct behind aliases.
fn structure(ty: &TypeRef, types: &[TypeDef]) -> Option<TypeId> {
    let TypeRef::Named(id) = ty else { return None };
    match &types[id.0].shape {
        Shape::Alias(target) => structure(target, types),
        Shape::Struct { .. } => Some(*id),
        _ => None,
    }
}

/// Whether a tag fits a type.
fn can_be_tag(ty: &TypeRef, tag: &str, types: &[TypeDef]) -> bool {
    match ty {
        TypeRef::String => true,
        TypeRef::Int32 => tag.parse::<i32>().is_ok(),
        TypeRef::Int64 => tag.parse::<i64>().is_ok(),
        TypeRef::Named(id) => match &types[id.0].shape {
            Shape::Alias(target) => can_be_tag(target, tag, types),
            Shape::Enum { .. } => true,
            _ => false,
        },
        _ => false,
    }
}

//! Unions: `oneOf`, `anyOf`, and schemas that others are made of with a discriminator.
//!
//! A union becomes an enum whose variants are told apart by the tag that the document names, or that
//! its enums amount to; else by what a value looks like ([`apart`]). What cannot be told apart stays
//! any JSON value, and the note says why.

mod apart;
mod family;
mod members;
mod same;
mod tags;

use super::facets::Facets;
use super::members::Member as Named;
use super::names_of;
use super::objects::Members;
use super::schemas::{Types, untyped};
use crate::diagnostics::{Pointer, Report};
use crate::ir::{Alternative, Shape, TypeRef};
use crate::names::{Case, Ident, MemberKey, MemberKind, Scope, Want, schema_candidates};
pub(super) use family::{Families, component_at};
use members::{Member, Nature};
pub(super) use tags::mark as mark_tags;

impl<'a> Types<'a> {
    /// The enum of a union's alternatives; with one alternative, that one.
    pub(super) fn union(&mut self, facets: &Facets<'a>, at: &Pointer, name: &str, report: &mut Report) -> Shape {
        let mut base = Members::default();
        let has_base = facets.properties.is_some() || !facets.all_of.is_empty();
        if has_base && !self.gather(facets, at, &mut base, &mut Vec::new()) {
            let what = "a union beside an `allOf` of things that are not all plain objects";
            return Shape::Alias(untyped(at, what, report));
        }
        // Rules on members that stand beside them, such as which of two must be there, are no types.
        if has_base && facets.one_of.iter().all(members::is_rule) {
            return self.structure(base, at, name, report);
        }
        let has_discriminator = facets.data.discriminator.is_some();
        let members = match self
            .alternatives(facets, at)
            .and_then(|members| members::settle(members, &base, has_discriminator, facets.is_any_of))
        {
            Ok(members) => members,
            Err(why) => return Shape::Alias(untyped(at, &format!("a union {why}"), report)),
        };
        self.choice(facets, members, at, name, report)
    }

    /// The enum of what is left of the alternatives.
    fn choice(
        &mut self,
        facets: &Facets<'a>,
        mut members: Vec<Member<'a>>,
        at: &Pointer,
        name: &str,
        report: &mut Report,
    ) -> Shape {
        let tag = tags::find(facets.data.discriminator.as_ref(), &mut members, self);
        if let [only] = members.as_mut_slice() {
            return self.alone(only, at, name, report);
        }
        let (tag, decides) = tag.map_or((None, false), |tag| (Some(tag.wire), tag.decides));
        if let Err(why) = apart::all(&members, facets.is_any_of) {
            return Shape::Alias(untyped(at, &format!("a union {why}"), report));
        }
        self.call(&members, at);
        let (names, unknown) = self.variant_names(&members, at, report);
        let mut variants: Vec<Alternative> = Vec::new();
        for (member, variant) in members.iter_mut().zip(names) {
            let of_itself = member.at == *at;
            let type_name = if of_itself { format!("{name} base") } else { format!("{name} {}", variant.plain()) };
            let ty = self.member_type(member, &type_name, report);
            // What differs in rules alone is one variant.
            if variants.iter().all(|other| other.ty != ty) {
                let tags = std::mem::take(&mut member.tags);
                variants.push(Alternative { at: member.at.clone(), name: variant, ty, tags, boxed: false });
            }
        }
        if variants.iter().any(|variant| variant.ty == TypeRef::Int64) {
            variants.retain(|variant| variant.ty != TypeRef::Int32);
        }
        match variants.as_slice() {
            [only] => Shape::Alias(only.ty.clone()),
            _ => Shape::Union { tag, decides, variants, unknown },
        }
    }

    /// The type of a union that has one alternative.
    fn alone(&mut self, member: &mut Member<'a>, at: &Pointer, name: &str, report: &mut Report) -> Shape {
        match &mut member.nature {
            Nature::Choice { values, own: true } => {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                self.enumeration(&values, at, report)
            }
            Nature::Object(object) if object.own => {
                let members = std::mem::take(&mut object.members);
                self.structure(members, at, name, report)
            }
            _ => Shape::Alias(self.member_type(member, name, report)),
        }
    }

    fn member_type(&mut self, member: &mut Member<'a>, name: &str, report: &mut Report) -> TypeRef {
        let own = match &mut member.nature {
            Nature::Choice { values, own: true } => {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                Some(self.enumeration(&values, &member.at, report))
            }
            Nature::Object(object) if object.own => {
                let members = std::mem::take(&mut object.members);
                Some(self.structure(members, &member.at, name, report))
            }
            // Beside other alternatives, a bare `type: object` is no text or number.
            Nature::Map(None) => return TypeRef::Map(Box::new(TypeRef::Any)),
            _ => None,
        };
        match (own, member.component.and_then(|component| self.component_id(component))) {
            (Some(shape), _) => self.inline(&member.at, name, &member.facets, shape),
            (None, Some(id)) => TypeRef::Named(id),
            (None, None) => self.type_of(member.schema, &member.at, name, report).ty,
        }
    }

    /// The variants' names: those of their schemas, else what they are.
    fn variant_names(&mut self, members: &[Member<'_>], at: &Pointer, report: &mut Report) -> (Vec<Ident>, Ident) {
        let wanted: Vec<Named> = members
            .iter()
            .map(|member| {
                let (original, candidates) = match (member.label, &member.facets.data.title) {
                    (Some(component), _) => {
                        let renamed = self.config.schemas.iter().find(|(key, _)| key.as_ref() == component);
                        let candidates = match renamed {
                            Some((_, rename)) => vec![rename.rename.clone()],
                            None => schema_candidates(component),
                        };
                        (component.to_owned(), candidates)
                    }
                    (None, Some(title)) => (title.clone(), vec![title.clone()]),
                    (None, None) => {
                        let words = member.nature.words(&member.facets);
                        (words[0].clone(), words)
                    }
                };
                let want = Want { candidates, place: member.at.to_string(), ..Want::of(&original) };
                Named { key: MemberKey::of(&[&identity(member)]), ..Named::of(&member.at, want) }
            })
            .collect();
        let scope = self.scope(MemberKind::Variant, at);
        let names = Scope::of_members(Case::Pascal, self.words(), &names_of::VARIANTS);
        self.name_members_beside(&["Unknown", "Other value"], &scope, names, &wanted, report)
    }

    /// Knows alternatives that stand in a union by what they are, where they have but a number.
    fn call(&mut self, members: &[Member<'_>], at: &Pointer) {
        for member in members.iter().filter(|member| member.component.is_none() && member.at != *at) {
            self.places.call(&member.at, &identity(member));
        }
    }
}

/// What tells an alternative from others: its component, its title, or all that can be said of it.
fn identity(member: &Member<'_>) -> String {
    match (member.label, &member.facets.data.title) {
        (Some(component), _) => component.to_owned(),
        (None, Some(title)) => title.clone(),
        (None, None) => member.nature.words(&member.facets).pop().unwrap_or_default().trim().to_owned(),
    }
}

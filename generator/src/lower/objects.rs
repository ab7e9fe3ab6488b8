//! Objects: the members of a schema and of all parts of its `allOf`, and the struct they become.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::facets::{Facets, SchemaRef};
use super::members::Member;
use super::parameters::default_of;
use super::schemas::{Types, prose, untyped};
use crate::diagnostics::{Pointer, Report};
use crate::ir::{Field, Only, Presence, Rules, Shape};
use crate::names::{Case, MemberKind, Scope, Want};

/// How many members one object may have from the parts of its `allOf`: of the documents that this was
/// measured with, none has a tenth of that.
const MOST_COPIES: usize = 5_000;

/// The members of an object, gathered from all parts of an `allOf`.
#[derive(Clone, Default)]
pub(super) struct Members<'a> {
    pub(super) properties: IndexMap<&'a str, (SchemaRef<'a>, Pointer)>,
    pub(super) required: BTreeSet<&'a str>,
}

impl<'a> Types<'a> {
    /// Gathers the members of an object and of all its parts; false if a part is no plain object.
    pub(super) fn gather(
        &self,
        facets: &Facets<'a>,
        at: &Pointer,
        members: &mut Members<'a>,
        path: &mut Vec<&'a str>,
    ) -> bool {
        for (index, part) in facets.all_of.iter().enumerate() {
            let mut at = at.child("allOf").index(index);
            let item = match SchemaRef::from(part) {
                SchemaRef::Item(item) => item,
                SchemaRef::Reference(reference) => {
                    let mut found = self.component(reference);
                    // A component may itself be a reference to another.
                    for _ in 0..self.document.components.schemas.len() {
                        let Some((_, SchemaRef::Reference(next))) = found else { break };
                        found = self.component(next);
                    }
                    let Some((name, SchemaRef::Item(item))) = found else { return false };
                    if path.contains(&name) {
                        continue;
                    }
                    path.push(name);
                    at = Pointer::parse("/components/schemas").child(name);
                    item
                }
            };
            let part = Facets::of(item);
            // What a base is a union of says nothing that its parts do not say themselves.
            let is_union = !part.one_of.is_empty() && part.data.discriminator.is_none();
            let is_object = matches!(part.kind, None | Some("object")) && !is_union && part.values.is_empty();
            if !is_object || !self.gather(&part, &at, members, path) {
                return false;
            }
        }
        for (name, property) in facets.properties.into_iter().flatten() {
            members.properties.insert(name, (property.into(), at.child("properties").child(name)));
        }
        members.required.extend(facets.required.iter().map(String::as_str));
        true
    }

    pub(super) fn structure(&mut self, members: Members<'a>, at: &Pointer, name: &str, report: &mut Report) -> Shape {
        let is_own =
            |place: &Pointer| place.as_str().strip_prefix(at.as_str()).is_some_and(|rest| rest.starts_with('/'));
        let is_copy = |(_, place): &&(SchemaRef<'a>, Pointer)| !is_own(place);
        let copies = members.properties.values().filter(is_copy).count();
        let Some(left) = self.copies_left.checked_sub(copies).filter(|_| copies <= MOST_COPIES) else {
            let what = "an `allOf` of very many members";
            return Shape::Alias(untyped(at, what, report));
        };
        self.copies_left = left;
        let wanted: Vec<Member> = members
            .properties
            .iter()
            .map(|(wire, (_, at))| Member::of(at, Want::of(wire).or_if_reserved(format!("{wire} field"))))
            .collect();
        let scope = self.scope(MemberKind::Field, at);
        let names = Scope::of_members(Case::Snake, self.words(), &["new"]);
        let own = ["extra", "extra members"];
        let (names, extra) = self.name_members_beside(&own, &scope, names, &wanted, report);
        let mut fields = Vec::new();
        for ((wire, (schema, at)), field) in members.properties.into_iter().zip(names) {
            let owner = format!("{} {wire}", self.owner(&at).unwrap_or(name));
            let typed = self.type_of(schema, &at, &owner, report);
            let presence = match (members.required.contains(wire), typed.nullable) {
                (true, false) => Presence::Required,
                (true, true) => Presence::RequiredNullable,
                (false, false) => Presence::Optional,
                (false, true) => Presence::OptionalNullable,
            };
            let facets = if let SchemaRef::Item(item) = schema { Some(Facets::of(item)) } else { None };
            let secret = self.is_password(schema) || self.is_secret(&at, wire);
            fields.push(Field {
                at,
                wire: wire.to_owned(),
                name: field,
                ty: typed.ty,
                presence,
                boxed: false,
                secret,
                only: facets.as_ref().and_then(|facets| only(facets)),
                description: facets.as_ref().and_then(prose),
                default: default_of(schema, self).cloned(),
                example: facets.as_ref().and_then(|facets| facets.data.example.clone()),
                rules: Rules::new(),
                deprecated: facets.as_ref().is_some_and(|facets| facets.data.deprecated),
                tag: None,
            });
        }
        Shape::Struct { fields, extra }
    }

    /// Whether a property is a password, by itself or by the component it refers to.
    fn is_password(&self, schema: SchemaRef<'a>) -> bool {
        let schema = match schema {
            SchemaRef::Reference(reference) => self.component(reference).map(|(_, schema)| schema),
            item => Some(item),
        };
        matches!(schema, Some(SchemaRef::Item(item)) if Facets::of(item).format.as_deref() == Some("password"))
    }

    /// Whether the settings call the property at this place a secret; one that came through
    /// `allOf` keeps the place where it was declared.
    fn is_secret(&mut self, at: &Pointer, property: &str) -> bool {
        let segments: Vec<String> = at.segments().collect();
        let [components, schemas, schema, ..] = segments.as_slice() else { return false };
        if components != "components" || schemas != "schemas" {
            return false;
        }
        let entry = self.config.secrets.iter().position(|secret| {
            let secret = secret.as_ref();
            secret.schema == *schema && secret.property == property
        });
        self.secrets_used.extend(entry);
        entry.is_some()
    }
}

fn only(facets: &Facets<'_>) -> Option<Only> {
    match (facets.data.read_only, facets.data.write_only) {
        (true, false) => Some(Only::Read),
        (false, true) => Some(Only::Write),
        // Both at once is forbidden (OpenAPI 3.0, "Schema Object"), so neither is believed.
        _ => None,
    }
}

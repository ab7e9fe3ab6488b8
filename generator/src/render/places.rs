//! Which Rust type stands for which place of the document.

use std::collections::BTreeMap;

use super::Context;
use super::rust_type::{self, Site};
use crate::diagnostics::{Pointer, Report};
use crate::format::type_text;
use crate::ir::{Api, Body, Case, Field, Param, Payload, Presence, Shape, TypeDef, TypeRef};

/// A place of the document as the user wrote it, with the type that values there are read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedPlace {
    /// The schema, or what holds it: a media type, a parameter.
    pub at: Pointer,
    /// The type, with `models` and `Nullable` in scope.
    pub ty: String,
    /// Whether null is what its uses say, not the type itself.
    pub is_bare: bool,
    /// The member that values here are of: how they are read may be said there.
    pub member: Option<TypedMember>,
}

/// A member of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedMember {
    /// The model.
    pub model: String,
    /// The field, as Rust has it.
    pub field: String,
    /// Its name in the document.
    pub wire: String,
    /// What the place is inside of, from the member inwards; nothing if it is the member's own.
    pub inside: Vec<Inside>,
}

/// What has values of one kind and no names for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// A list has elements.
    List,
    /// A map has values.
    Map,
}

/// All places that have a type, each once, sorted.
pub fn list(api: &Api, report: &Report) -> Vec<TypedPlace> {
    let context = Context { api, library: "" };
    let mut places = Places { context, report, found: BTreeMap::new() };
    for ty in &api.types {
        match &ty.shape {
            Shape::Struct { fields, .. } => fields.iter().for_each(|field| places.field(ty, field)),
            Shape::Union { variants, .. } => {
                variants.iter().for_each(|variant| places.add(&variant.at, &variant.ty, true, None));
            }
            Shape::Alias(of) => places.inner(&ty.at, of, None),
            Shape::Enum { .. } => {}
        }
    }
    for operation in api.modules.iter().flat_map(|module| &module.operations) {
        let scoped = operation.scoped.iter().map(|scoped| &scoped.param);
        operation.params.iter().chain(scoped).for_each(|param| places.param(param));
        operation.body.iter().for_each(|body| places.body(body));
        operation.answers.successes.iter().chain(&operation.answers.errors).for_each(|case| places.case(case));
        for header in &operation.answers.headers {
            places.holder(&header.at, &header.ty);
        }
    }
    // What was found by its uses knows more than the type itself.
    for (index, ty) in api.types.iter().enumerate() {
        places.add(&ty.at, &TypeRef::Named(crate::ir::TypeId(index)), true, None);
    }
    places.found.into_values().collect()
}

struct Places<'a> {
    context: Context<'a>,
    report: &'a Report,
    found: BTreeMap<Pointer, TypedPlace>,
}

impl Places<'_> {
    fn field(&mut self, model: &TypeDef, field: &Field) {
        let inner = type_text(&rust_type::owned(&field.ty, Site::Elsewhere, self.context));
        let ty = match field.presence {
            Presence::Required => inner,
            Presence::RequiredNullable | Presence::Optional => format!("Option<{inner}>"),
            Presence::OptionalNullable => format!("Nullable<{inner}>"),
        };
        let member = Some(TypedMember {
            model: model.name.to_string(),
            field: field.name.to_string(),
            wire: field.wire.clone(),
            inside: Vec::new(),
        });
        self.put(&field.at, ty, false, member.clone());
        self.inner(&field.at, &field.ty, member);
    }

    fn param(&mut self, param: &Param) {
        self.holder(&param.at, &param.ty);
    }

    fn body(&mut self, body: &Body) {
        for content in &body.contents {
            match &content.payload {
                Payload::Multipart { parts, .. } => {
                    for part in parts {
                        if let Some(ty) = part.content.ty() {
                            self.add(&part.at, ty, true, None);
                        }
                    }
                }
                Payload::Json(ty) | Payload::Form { ty, .. } => self.holder(&content.at, ty),
                Payload::JsonLines(ty) | Payload::JsonSequence(ty) => self.holder(&content.at, ty),
                Payload::Text | Payload::Bytes => {}
            }
        }
    }

    fn case(&mut self, case: &Case) {
        if let Some(ty) = case.answer.ty() {
            self.holder(&case.at, ty);
        }
    }

    /// What has a schema.
    fn holder(&mut self, at: &Pointer, ty: &TypeRef) {
        self.add(at, ty, true, None);
        self.add(&at.child("schema"), ty, true, None);
    }

    fn add(&mut self, at: &Pointer, ty: &TypeRef, is_bare: bool, member: Option<TypedMember>) {
        let text = type_text(&rust_type::owned(ty, Site::Elsewhere, self.context));
        self.put(at, text, is_bare && !matches!(ty, TypeRef::Nullable(_)), member.clone());
        self.inner(at, ty, member);
    }

    /// The elements of lists and the values of maps, which have no places of their own.
    fn inner(&mut self, at: &Pointer, ty: &TypeRef, member: Option<TypedMember>) {
        let inside = |inside: Inside| {
            member.clone().map(|mut member| {
                member.inside.push(inside);
                member
            })
        };
        match ty {
            TypeRef::Array(inner) => self.add(&at.child("items"), inner, true, inside(Inside::List)),
            TypeRef::Map(inner) => self.add(&at.child("additionalProperties"), inner, true, inside(Inside::Map)),
            TypeRef::Nullable(inner) => self.inner(at, inner, member),
            _ => {}
        }
    }

    fn put(&mut self, at: &Pointer, ty: String, is_bare: bool, member: Option<TypedMember>) {
        let at = self.report.origin(at);
        self.found.entry(at.clone()).or_insert(TypedPlace { at, ty, is_bare, member });
    }
}

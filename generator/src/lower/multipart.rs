//! Multipart bodies: the parts that a schema names, and how each is written.

use openapiv3::MediaType as Declared;

use super::facets::{Facets, SchemaRef};
use super::members::Member;
use super::modules::OperationName;
use super::names_of;
use super::objects::Members;
use super::schemas::{Types, prose};
use crate::diagnostics::{Pointer, Report};
use crate::ir::{Part, PartContent, TypeRef};
use crate::names::{Case, MemberKind, MemberScope, Scope, Want};

/// The parts that the schema names; none for a free form, such as a list of files.
pub(super) fn parts<'a>(
    declared: &'a Declared,
    at: &Pointer,
    owner: &OperationName,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Vec<Part> {
    let Some((schema_at, facets)) = schema(declared, at, types) else { return Vec::new() };
    let mut members = Members::default();
    // Members of what is no object, such as a list with `properties`, are none.
    if facets.kind != Some("object") || !types.gather(&facets, &schema_at, &mut members, &mut Vec::new()) {
        return Vec::new();
    }
    let wanted: Vec<Member> = members
        .properties
        .iter()
        .map(|(wire, (_, at))| Member::of(at, Want::of(wire).or_if_reserved(format!("{wire} part"))))
        .collect();
    let scope = MemberScope::of_route(MemberKind::Part, &owner.route);
    let names = Scope::of_members(Case::Snake, types.words(), &names_of::FORM_METHODS);
    let names = types.name_members(&scope, names, &wanted, report);
    let mut parts = Vec::new();
    for ((wire, (schema, at)), name) in members.properties.iter().zip(names) {
        let facets = types.facets(*schema);
        let items = facets.as_ref().filter(|facets| facets.kind == Some("array")).and_then(|facets| facets.items);
        let element = items.unwrap_or(*schema);
        let media_type = declared.encoding.get(*wire).and_then(|encoding| encoding.content_type.clone());
        // `a/b, c/d` allows several and `a/*` many: the caller's file says which it is.
        let media_type = media_type.filter(|media_type| !media_type.contains(['*', ',']));
        parts.push(Part {
            at: at.clone(),
            wire: (*wire).to_owned(),
            name,
            // What may only be read is required of answers alone (OpenAPI 3.0, `readOnly`).
            required: members.required.contains(wire) && !facets.as_ref().is_some_and(|facets| facets.data.read_only),
            repeated: items.is_some(),
            content: content(element, at, &format!("{} {wire}", owner.stem), types, report),
            media_type,
            description: facets.as_ref().and_then(prose),
        });
    }
    parts
}

/// The schema of a multipart body with its place, references followed.
fn schema<'a>(declared: &'a Declared, at: &Pointer, types: &Types<'a>) -> Option<(Pointer, Facets<'a>)> {
    let schema = SchemaRef::from(declared.schema.as_ref()?);
    let at = match schema {
        SchemaRef::Reference(reference) => Pointer::parse("/components/schemas").child(types.component(reference)?.0),
        SchemaRef::Item(_) => at.child("schema"),
    };
    Some((at, types.facets(schema)?))
}

/// What a part holds, by the default rules of OpenAPI 3.0 ("Special Considerations for
/// `multipart` Content"): files as bytes, scalars as text, objects as JSON.
fn content<'a>(
    schema: SchemaRef<'a>,
    at: &Pointer,
    name: &str,
    types: &mut Types<'a>,
    report: &mut Report,
) -> PartContent {
    let facets = types.facets(schema);
    let is_file = facets.is_some_and(|facets| {
        facets.kind == Some("string") && matches!(facets.format.as_deref(), Some("binary" | "byte"))
    });
    if is_file {
        return PartContent::File;
    }
    let ty = types.type_of(schema, at, name, report).ty;
    match types.resolve(&ty) {
        TypeRef::Any | TypeRef::Array(_) | TypeRef::Map(_) | TypeRef::Nullable(_) => PartContent::Json(ty),
        TypeRef::Named(id) if types.is_struct(id) || types.is_union(id) == Some(false) => PartContent::Json(ty),
        _ => PartContent::Text(ty),
    }
}

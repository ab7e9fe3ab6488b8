//! Request bodies.

use openapiv3::{Encoding, MediaType as Declared, RequestBody};

use super::facets::SchemaRef;
use super::members::Member;
use super::modules::OperationName;
use super::schemas::Types;
use super::{multipart, names_of, parameters};
use crate::diagnostics::{Pointer, Report};
use crate::ir::{Body, Content, ContentHint, FormRule, MediaType, Payload, Rules, Style, TypeRef};
use crate::names::{Case, Ident, MemberKey, MemberKind, MemberScope, Scope, Want};

/// Reads a request's body; none if nothing can be sent.
pub(super) fn body<'a>(
    (at, body): (&Pointer, &'a RequestBody),
    name: Ident,
    owner: &OperationName,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Option<Body> {
    let content_at = at.child("content");
    let mut found: Vec<(Pointer, String, MediaType, Payload)> = Vec::new();
    for (media_type, declared) in &body.content {
        let at = content_at.child(media_type);
        let media = MediaType::of(media_type, hint(declared, types));
        let sent = if media_type.contains('*') { media.concrete().to_owned() } else { media_type.clone() };
        for (media, payload) in payloads(media, declared, &at, owner, types, report) {
            found.push((at.clone(), sent.clone(), media, payload));
        }
    }
    // What `text/*` is sent as may be declared as well, so each is called after what was declared.
    let wanted = found.iter().map(|(at, _, media, _)| {
        let declared = at.segments().last().unwrap_or_default();
        let want = Want { place: at.to_string(), ..variant_want(*media, &declared) };
        Member { key: MemberKey::of(&[&declared, media.word()]), ..Member::of(at, want) }
    });
    let wanted: Vec<Member> = wanted.collect();
    let scope = MemberScope::of_route(MemberKind::Body, &owner.route);
    let names = Scope::of_members(Case::Pascal, types.words(), &names_of::VARIANTS);
    let variants = types.name_members(&scope, names, &wanted, report);
    let contents: Vec<Content> = found
        .into_iter()
        .zip(variants)
        .map(|((at, media_type, _, payload), variant)| Content {
            at,
            variant,
            media_type,
            payload,
            rules: Rules::new(),
        })
        .collect();
    (!contents.is_empty()).then(|| Body {
        at: at.clone(),
        name,
        required: body.required,
        type_name: owner.types.body.clone(),
        contents,
        description: body.description.clone(),
    })
}

/// What a variant is called: after how it is sent, or after its media type where that is the same.
pub(super) fn variant_want(media: MediaType, media_type: &str) -> Want {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let subtype = essence.rsplit_once('/').map_or(essence, |(_, subtype)| subtype);
    let subtype = &subtype.replace('*', "any");
    let word = media.word().to_owned();
    let by_type = format!("{} {}", subtype.trim_start_matches("x-"), if subtype.contains(&word) { "" } else { &word });
    Want { candidates: vec![word, by_type.trim().to_owned(), essence.to_owned()], ..Want::of(media_type) }
}

/// The ways to send a content: one, but for YAML with known members, which is text or a value.
fn payloads<'a>(
    media: MediaType,
    declared: &'a Declared,
    at: &Pointer,
    owner: &OperationName,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Vec<(MediaType, Payload)> {
    let mut ty =
        |item: bool, types: &mut Types<'a>| typed(declared, at, &format!("{} body", owner.stem), item, types, report);
    let payload = match media {
        MediaType::Json => Payload::Json(ty(false, types)),
        MediaType::JsonLines => Payload::JsonLines(ty(true, types)),
        MediaType::JsonSequence => Payload::JsonSequence(ty(true, types)),
        MediaType::Yaml => {
            let ty = ty(false, types);
            let is_struct = matches!(types.resolve(&ty), TypeRef::Named(id) if types.is_struct(id));
            let mut payloads = vec![(media, Payload::Text)];
            // JSON is YAML too (YAML 1.2, section 1.3), so a value can be sent without a YAML writer.
            payloads.extend(is_struct.then_some((MediaType::Json, Payload::Json(ty))));
            return payloads;
        }
        MediaType::Text | MediaType::Events => Payload::Text,
        MediaType::Bytes => Payload::Bytes,
        MediaType::Form => {
            let ty = ty(false, types);
            let has_names = match types.resolve(&ty) {
                TypeRef::Any | TypeRef::Map(_) => true,
                TypeRef::Named(id) => types.is_struct(id),
                _ => false,
            };
            // What is no object has no names to send: the caller writes the form.
            if has_names { Payload::Form { ty, rules: rules(declared, at, report) } } else { Payload::Text }
        }
        MediaType::Multipart => {
            let name = owner.types.form.clone();
            let parts = multipart::parts(declared, at, owner, types, report);
            Payload::Multipart { name, parts }
        }
    };
    vec![(media, payload)]
}

/// The type of a content; `item` asks for that of one element, where the schema is a list of them.
pub(super) fn typed<'a>(
    declared: &'a Declared,
    at: &Pointer,
    name: &str,
    item: bool,
    types: &mut Types<'a>,
    report: &mut Report,
) -> TypeRef {
    let Some(schema) = &declared.schema else { return TypeRef::Any };
    let ty = types.type_of(schema.into(), &at.child("schema"), name, report).ty;
    match types.resolve(&ty) {
        TypeRef::Array(element) if item => *element,
        _ => ty,
    }
}

/// What a schema says of a content.
pub(super) fn hint<'a>(declared: &'a Declared, types: &Types<'a>) -> ContentHint {
    let facets = declared.schema.as_ref().and_then(|schema| types.facets(SchemaRef::from(schema)));
    match facets.as_ref().map(|facets| (facets.kind, facets.format.as_deref())) {
        Some((Some("string"), Some("binary"))) => ContentHint::Binary,
        Some((Some("string"), _)) => ContentHint::Text,
        _ => ContentHint::Other,
    }
}

/// The properties of a form that are not written in the usual way, by name.
fn rules(declared: &Declared, at: &Pointer, report: &mut Report) -> Vec<FormRule> {
    let rules = declared.encoding.iter().filter_map(|(name, encoding)| {
        let at = at.child("encoding").child(name);
        let style = style(encoding, &at, report)?;
        Some(FormRule { wire: name.clone(), style, reserved: encoding.allow_reserved })
    });
    let mut rules: Vec<FormRule> = rules.collect();
    rules.sort_by(|one, other| one.wire.cmp(&other.wire));
    rules
}

/// How a property is written: by its style, or else by its media type, of which JSON alone differs
/// from what is usual.
fn style(encoding: &Encoding, at: &Pointer, report: &mut Report) -> Option<Style> {
    let is_json = encoding.content_type.as_deref().is_some_and(|content_type| {
        MediaType::of(content_type, ContentHint::Other) == MediaType::Json && !content_type.contains('*')
    });
    let Some(style) = &encoding.style else { return is_json.then_some(Style::Json) };
    Some(parameters::query_style(style, encoding.explode, at, report))
}

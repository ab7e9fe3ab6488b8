//! Bodies: what a method takes for one, and the types of its own that some need.

use std::collections::HashMap;

use proc_macro2::Literal;
use quote::quote;
use serde::Serialize;

use super::rust_type::{self, Site, owned, resolved};
use super::{Context, param_view, prose};
use crate::format::type_text;
use crate::ir::{Body, Content, FormRule, Part, PartContent, Payload, Shape, TypeRef};

/// An enum of the contents that a body may have.
#[derive(Debug, Serialize)]
pub(super) struct BodyView {
    name: String,
    docs: Vec<String>,
    variants: Vec<VariantView>,
}

#[derive(Debug, Serialize)]
struct VariantView {
    name: String,
    doc: String,
    ty: String,
    /// A call on the request, with the content as `content`.
    call: String,
    /// Other types that become this variant, and how from `content`.
    from: Vec<FromView>,
}

#[derive(Debug, Serialize)]
struct FromView {
    ty: String,
    value: String,
}

/// The builder of a multipart body whose parts have names.
#[derive(Debug, Serialize)]
pub(super) struct FormView {
    name: String,
    docs: Vec<String>,
    required: Vec<PartView>,
    optional: Vec<PartView>,
    many_arguments: bool,
}

#[derive(Debug, Serialize)]
struct PartView {
    name: String,
    docs: Vec<String>,
    ty: String,
    /// An expression that adds the part to `parts`.
    call: String,
}

/// What a method takes for a body, and the call on the request that sets it.
pub(super) fn argument(body: &Body, context: Context<'_>) -> (String, String) {
    let name = body.name.as_str();
    match body.contents.as_slice() {
        [content] => (argument_type(content, context), call(content, name, true, context)),
        _ => {
            let ty = &body.type_name;
            (format!("impl Into<{ty}>"), format!(".body(Into::<{ty}>::into({name}))"))
        }
    }
}

fn argument_type(content: &Content, context: Context<'_>) -> String {
    match &content.payload {
        Payload::Json(ty) | Payload::Form { ty, .. } => match resolved(ty, context) {
            TypeRef::String => "&str".to_owned(),
            copied if rust_type::is_copy(copied) => type_text(&owned(ty, Site::Elsewhere, context)),
            _ => type_text(&rust_type::argument(ty, context)),
        },
        Payload::JsonLines(ty) | Payload::JsonSequence(ty) => {
            format!("&[{}]", type_text(&owned(ty, Site::Elsewhere, context)))
        }
        Payload::Text => "impl Into<String>".to_owned(),
        Payload::Bytes => "impl Into<crate::Upload>".to_owned(),
        Payload::Multipart { name, parts } if !parts.is_empty() => name.to_string(),
        Payload::Multipart { .. } => "crate::Multipart".to_owned(),
    }
}

/// The call that sets a content; `borrowed` tells whether it is the caller's.
fn call(content: &Content, name: &str, borrowed: bool, context: Context<'_>) -> String {
    let media_type = Literal::string(&content.media_type);
    let borrow = |ty| if borrowed && !rust_type::is_copy(resolved(ty, context)) { "" } else { "&" };
    match &content.payload {
        Payload::Json(ty) => format!(".json({media_type}, {}{name})", borrow(ty)),
        Payload::JsonLines(_) => format!(".json_lines({media_type}, \"\", {}{name})", if borrowed { "" } else { "&" }),
        Payload::JsonSequence(_) => {
            format!(".json_lines({media_type}, \"\\u{{1e}}\", {}{name})", if borrowed { "" } else { "&" })
        }
        Payload::Text => format!(".text({media_type}, {name})"),
        Payload::Bytes => format!(".upload({media_type}, {name})"),
        Payload::Form { ty, rules } => {
            let rules = rules.iter().map(|FormRule { wire, style, reserved }| {
                let style = param_view::style(*style, context);
                let reserved = reserved.then(|| quote!(.reserved()));
                quote!(Param::query(#wire).style(#style) #reserved)
            });
            let rules = quote!(&[#(#rules),*]);
            format!(".form({media_type}, {}{name}, {rules})", borrow(ty))
        }
        Payload::Multipart { .. } => format!(".multipart({media_type}, {name})"),
    }
}

impl BodyView {
    /// The enum, if the body may be several things.
    pub(super) fn new(body: &Body, context: Context<'_>) -> Option<Self> {
        if body.contents.len() < 2 {
            return None;
        }
        let types: Vec<String> = body.contents.iter().map(|content| plain_type(content, context)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        types.iter().for_each(|ty| *counts.entry(ty).or_default() += 1);
        let variants = body.contents.iter().zip(&types).map(|(content, ty)| {
            let is_boxed = is_boxed(content, context);
            let value = if is_boxed { "Box::new(content)" } else { "content" };
            let mut from = vec![FromView { ty: ty.clone(), value: value.to_owned() }];
            if ty == "String" {
                from.push(FromView { ty: "&str".to_owned(), value: "content.to_owned()".to_owned() });
            }
            if is_boxed {
                from.push(FromView { ty: format!("&{ty}"), value: "Box::new(content.clone())".to_owned() });
            }
            VariantView {
                name: content.variant.to_string(),
                doc: format!(" As {}.", prose::code(&content.media_type)),
                ty: if is_boxed { format!("Box<{ty}>") } else { ty.clone() },
                call: call(content, if is_boxed { "*content" } else { "content" }, false, context),
                from: if counts[ty.as_str()] == 1 { from } else { Vec::new() },
            }
        });
        let mut docs = prose::lines(body.description.as_deref());
        if docs.is_empty() {
            docs.push("What the request's body may be.".to_owned());
        }
        Some(Self { name: body.type_name.to_string(), docs, variants: variants.collect() })
    }

    /// The types that stand in it.
    pub(super) fn types(&self) -> impl Iterator<Item = &str> {
        self.variants.iter().map(|variant| variant.ty.as_str())
    }
}

/// Whether no other content of a body has the same type. Else the caller must say which is meant.
pub(super) fn is_only(body: &Body, content: &Content, context: Context<'_>) -> bool {
    let ty = plain_type(content, context);
    body.contents.iter().filter(|other| plain_type(other, context) == ty).nth(1).is_none()
}

/// The type that owns a content.
fn plain_type(content: &Content, context: Context<'_>) -> String {
    match &content.payload {
        Payload::Json(ty) | Payload::Form { ty, .. } => type_text(&owned(ty, Site::Elsewhere, context)),
        Payload::JsonLines(ty) | Payload::JsonSequence(ty) => {
            format!("Vec<{}>", type_text(&owned(ty, Site::Elsewhere, context)))
        }
        Payload::Text => "String".to_owned(),
        Payload::Bytes => "crate::Upload".to_owned(),
        Payload::Multipart { name, parts } if !parts.is_empty() => name.to_string(),
        Payload::Multipart { .. } => "crate::Multipart".to_owned(),
    }
}

/// Whether a content is so large that the other variants would carry its size.
fn is_boxed(content: &Content, context: Context<'_>) -> bool {
    match &content.payload {
        Payload::Json(ty) | Payload::Form { ty, .. } => is_struct(ty, context),
        _ => false,
    }
}

/// Whether a type is a struct.
pub(super) fn is_struct(ty: &TypeRef, context: Context<'_>) -> bool {
    matches!(resolved(ty, context), TypeRef::Named(id) if matches!(context.api.types[id.0].shape, Shape::Struct { .. }))
}

impl FormView {
    /// The builders of a body's multipart contents that have named parts.
    pub(super) fn of(body: &Body, context: Context<'_>) -> Option<Self> {
        body.contents.iter().find_map(|content| match &content.payload {
            Payload::Multipart { name, parts } if !parts.is_empty() => {
                let views = |required: bool| -> Vec<PartView> {
                    let parts = parts.iter().filter(|part| part.required == required);
                    parts.map(|part| PartView::new(part, context)).collect()
                };
                let required = views(true);
                let mut docs = prose::lines(body.description.as_deref());
                docs.extend(if docs.is_empty() { None } else { Some(String::new()) });
                docs.push(format!("The parts of a {} body.", prose::code(&content.media_type)));
                Some(Self {
                    name: name.to_string(),
                    docs,
                    // clippy's own limit.
                    many_arguments: required.len() > 7,
                    required,
                    optional: views(false),
                })
            }
            _ => None,
        })
    }

    /// The types that stand in it.
    pub(super) fn types(&self) -> impl Iterator<Item = &str> {
        self.required.iter().chain(&self.optional).map(|part| part.ty.as_str())
    }
}

impl PartView {
    fn new(part: &Part, context: Context<'_>) -> Self {
        let mut docs = prose::lines(part.description.as_deref());
        if docs.is_empty() {
            docs.push(format!("The part {}.", prose::code(&part.wire)));
        }
        let (name, wire) = (part.name.to_string(), Literal::string(&part.wire));
        let media_type = |default: Option<&str>| {
            part.media_type
                .as_deref()
                .or(default)
                .map_or_else(|| "None".to_owned(), |media_type| format!("Some({})", Literal::string(media_type)))
        };
        let owned = |ty: &TypeRef| type_text(&owned(ty, Site::Elsewhere, context));
        let (ty, call) = match (&part.content, part.repeated) {
            (PartContent::File, false) => (
                "impl Into<crate::Part>".to_owned(),
                format!("parts.files({wire}, [{name}], {})", media_type(Some("application/octet-stream"))),
            ),
            (PartContent::File, true) => (
                "impl IntoIterator<Item = impl Into<crate::Part>>".to_owned(),
                format!("parts.files({wire}, {name}, {})", media_type(Some("application/octet-stream"))),
            ),
            (PartContent::Text(ty), false) if *resolved(ty, context) == TypeRef::String => {
                ("impl AsRef<str>".to_owned(), format!("parts.member({wire}, {name}.as_ref(), {})", media_type(None)))
            }
            (PartContent::Text(ty) | PartContent::Json(ty), true) => {
                (format!("&[{}]", owned(ty)), format!("parts.member({wire}, {name}, {})", media_type(None)))
            }
            (PartContent::Text(ty), false) if rust_type::is_copy(resolved(ty, context)) => {
                (owned(ty), format!("parts.member({wire}, &{name}, {})", media_type(None)))
            }
            (PartContent::Text(ty) | PartContent::Json(ty), false) => {
                (format!("&{}", owned(ty)), format!("parts.member({wire}, {name}, {})", media_type(None)))
            }
        };
        Self { docs, ty, call, name }
    }
}

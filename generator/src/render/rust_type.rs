//! Types of the IR as Rust types.

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::Context;
use crate::ir::{Presence, Shape, TypeRef};
use crate::names::Ident;

/// Where a type is written, which decides how models are referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    /// In a model's own file.
    Model,
    /// Anywhere else, with `models` in scope.
    Elsewhere,
}

/// An identifier as a token.
pub(super) fn token(ident: &Ident) -> Token {
    match ident.as_str().strip_prefix("r#") {
        Some(raw) => Token::new_raw(raw, Span::call_site()),
        None => Token::new(ident.as_str(), Span::call_site()),
    }
}

/// A name of generated code's own as a token.
pub(super) fn token_of(name: &str) -> Token {
    Token::new(name, Span::call_site())
}

/// A type that owns its value.
pub(super) fn owned(ty: &TypeRef, site: Site, context: Context<'_>) -> TokenStream {
    let inner = |ty| owned(ty, site, context);
    match ty {
        TypeRef::Any => quote!(serde_json::Value),
        TypeRef::String => quote!(String),
        TypeRef::Boolean => quote!(bool),
        TypeRef::Int32 => quote!(i32),
        TypeRef::Int64 => quote!(i64),
        TypeRef::Number => quote!(f64),
        TypeRef::DateTime => quote!(jiff::Timestamp),
        TypeRef::Date => quote!(jiff::civil::Date),
        TypeRef::Uuid => quote!(uuid::Uuid),
        TypeRef::Array(element) => {
            let element = inner(element);
            quote!(Vec<#element>)
        }
        TypeRef::Map(value) => {
            let value = inner(value);
            quote!(std::collections::BTreeMap<String, #value>)
        }
        TypeRef::Nullable(value) => {
            let value = inner(value);
            quote!(Option<#value>)
        }
        TypeRef::Named(id) => {
            let name = token(&context.api.types[id.0].name);
            match site {
                Site::Model => quote!(#name),
                Site::Elsewhere => quote!(models::#name),
            }
        }
    }
}

/// A field's type.
pub(super) fn field(ty: &TypeRef, presence: Presence, boxed: bool, context: Context<'_>) -> TokenStream {
    let mut text = owned(ty, Site::Model, context);
    if boxed {
        text = quote!(Box<#text>);
    }
    match presence {
        Presence::Required => text,
        Presence::RequiredNullable | Presence::Optional => quote!(Option<#text>),
        Presence::OptionalNullable => quote!(Nullable<#text>),
    }
}

/// An argument's type for one scalar: text borrowed, what is copied by value, the rest borrowed.
pub(super) fn argument(ty: &TypeRef, context: Context<'_>) -> TokenStream {
    let text = owned(ty, Site::Elsewhere, context);
    match ty {
        TypeRef::String => quote!(&str),
        TypeRef::Array(element) => {
            let element = owned(element, Site::Elsewhere, context);
            quote!(&[#element])
        }
        _ if is_copy(ty) => text,
        _ => quote!(&#text),
    }
}

/// Whether a value is copied rather than moved.
pub(super) fn is_copy(ty: &TypeRef) -> bool {
    use TypeRef::{Boolean, Date, DateTime, Int32, Int64, Number, Uuid};
    matches!(ty, Boolean | Int32 | Int64 | Number | DateTime | Date | Uuid)
}

/// Whether a type is one of several things.
pub(super) fn is_union(ty: &TypeRef, context: Context<'_>) -> bool {
    matches!(resolved(ty, context), TypeRef::Named(id) if matches!(context.api.types[id.0].shape, Shape::Union { .. }))
}

/// A type without its aliases.
pub(super) fn resolved<'a>(mut ty: &'a TypeRef, context: Context<'a>) -> &'a TypeRef {
    while let TypeRef::Named(id) = ty
        && let Shape::Alias(target) = &context.api.types[id.0].shape
    {
        ty = target;
    }
    ty
}

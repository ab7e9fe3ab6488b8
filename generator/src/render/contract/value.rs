//! Samples as Rust expressions: literals where they are some, else parsed from their JSON.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::super::Context;
use super::super::rust_type::{Site, owned, resolved};
use crate::ir::TypeRef;

/// A value that is owned, or a text that is borrowed.
pub(super) fn value(ty: &TypeRef, value: &Value, context: Context<'_>) -> TokenStream {
    match (resolved(ty, context), value) {
        (TypeRef::String, value) => {
            let text = Literal::string(&text(value));
            quote!(#text)
        }
        (TypeRef::Boolean, Value::Bool(value)) => quote!(#value),
        (TypeRef::Int32 | TypeRef::Int64, Value::Number(number)) if number.is_i64() => {
            let literal = Literal::i64_unsuffixed(number.as_i64().unwrap_or_default());
            quote!(#literal)
        }
        (TypeRef::Number, Value::Number(number)) => {
            let literal = Literal::f64_unsuffixed(number.as_f64().unwrap_or_default());
            quote!(#literal)
        }
        _ => parsed(&owned(ty, Site::Elsewhere, context), value),
    }
}

/// A value of a Rust type.
pub(super) fn parsed(ty: &TokenStream, value: &Value) -> TokenStream {
    let json = Literal::string(&value.to_string());
    quote!(calls::parse::<#ty>(#json)?)
}

/// A value as text: a string is itself, anything else its JSON, which is YAML too.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

//! Examples: calls that compile, made from the document's examples where they fit.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::Context;
use super::body_view::is_struct;
use super::model_view::is_required;
use super::rust_type::{is_union, resolved, token};
use crate::format;
use crate::ir::{
    Answer, Body, Content, In, Module, Operation, Param, Part, PartContent, Payload, Presence, Shape, TypeRef,
};

/// A call of an operation.
pub(super) struct Example {
    /// The statements, with `client` in scope.
    pub(super) call: String,
    /// Whether they speak of `models`.
    pub(super) uses_models: bool,
}

/// The call on the operation's own route, or on its scoped one.
pub(super) fn example(module: &Module, operation: &Operation, on_scoped: bool, context: Context<'_>) -> Example {
    let mut arguments: Vec<TokenStream> = Vec::new();
    let mut setters = TokenStream::new();
    for param in operation.params.iter().filter(|param| param.is_argument()) {
        arguments.push(argument(param, context));
    }
    let mut before = TokenStream::new();
    if let Some(body) = &operation.body {
        let (binding, value) = self::body(module, body, context);
        before = binding;
        if body.required {
            arguments.push(value);
        } else {
            let name = token(&body.name);
            setters.extend(quote!(.#name(#value)));
        }
    }
    let shared = operation.params.iter().filter(|param| param.from_client);
    let optional =
        operation.params.iter().filter(|param| !param.is_argument() && !param.from_client && !param.deprecated);
    for param in shared.chain(optional.take(2)) {
        let name = token(&param.name);
        let value = setter_value(param, context);
        setters.extend(quote!(.#name(#value)));
    }
    if let Some(scoped) = operation.scoped.as_ref().filter(|_| on_scoped) {
        let name = token(&scoped.param.name);
        let value = text(&scoped.param.wire, scoped.param.example.as_ref());
        setters.extend(quote!(.#name(#value)));
    }
    let (accessor, method) = (token(&module.name), token(&operation.name));
    let call = quote!(client.#accessor().#method(#(#arguments),*)#setters.send().await?);
    let after = match operation.answers.only() {
        Some(Answer::Empty) => quote!(#call;),
        Some(Answer::Events(_)) => quote! {
            let mut events = #call.into_inner();
            while let Some(event) = events.next().await { let event = event?; println!("{} {:?}", event.id, event.data); }
        },
        Some(Answer::JsonLines(_) | Answer::JsonSequence(_)) => quote! {
            let mut items = #call.into_inner();
            while let Some(item) = items.next().await { let item = item?; println!("{item:?}"); }
        },
        _ => quote!(let answer = #call; println!("{}", answer.status());),
    };
    let call = format::statements(&quote!(#before #after));
    Example { uses_models: call.contains("models::"), call }
}

fn argument(param: &Param, context: Context<'_>) -> TokenStream {
    let value = setter_value(param, context);
    match resolved(&param.ty, context) {
        TypeRef::Named(id) if matches!(context.api.types[id.0].shape, Shape::Enum { .. }) && !param.may_be_empty => {
            quote!(&#value)
        }
        _ => value,
    }
}

fn setter_value(param: &Param, context: Context<'_>) -> TokenStream {
    let (name, example) = (&param.wire, param.example.as_ref().or(param.default.as_ref()));
    // A text of a list or object may be borrowed, but inside of another value it is owned.
    let member = |ty: &TypeRef, example: Option<&Value>| match resolved(ty, context) {
        TypeRef::String | TypeRef::Any => text(name, example),
        ty => value(ty, name, example, 1, context),
    };
    match resolved(&param.ty, context) {
        TypeRef::String | TypeRef::Any => text(name, example),
        TypeRef::Array(element) => {
            let element = member(element, example.and_then(|value| value.get(0)));
            quote!([#element])
        }
        TypeRef::Map(ty) => {
            let first = example.and_then(Value::as_object).and_then(|members| members.iter().next());
            let key = text("key", first.map(|(key, _)| Value::from(key.as_str())).as_ref());
            let value = member(ty, first.map(|(_, value)| value));
            quote!([(#key, #value)])
        }
        ty if is_struct(ty, context) || is_union(ty, context) => {
            let value = value(ty, name, example, 0, context);
            quote!(&#value)
        }
        ty => value(ty, name, example, 0, context),
    }
}

/// A statement that makes the body, and the argument that passes it.
fn body(module: &Module, body: &Body, context: Context<'_>) -> (TokenStream, TokenStream) {
    let library = format::ident(context.library);
    let Some(content) = body.contents.first() else { return (TokenStream::new(), TokenStream::new()) };
    let place = token(&module.name);
    let place = quote!(#library::api::#place);
    let (binding, value, borrowed) = payload(content, &place, context);
    if body.contents.len() == 1 {
        let value = if borrowed { quote!(&#value) } else { value };
        return (binding, value);
    }
    if super::body_view::is_only(body, content, context) {
        // It becomes the body by itself.
        let value = match &content.payload {
            Payload::Bytes => quote!(#library::Upload::bytes(#value)),
            Payload::Json(ty) | Payload::Form { ty, .. } if is_struct(ty, context) => quote!(&#value),
            _ => value,
        };
        return (binding, value);
    }
    let (name, variant) = (token(&body.type_name), token(&content.variant));
    let value = match &content.payload {
        Payload::Text => quote!(#value.to_owned()),
        Payload::Bytes => quote!(#value.into()),
        Payload::Json(ty) | Payload::Form { ty, .. } if is_struct(ty, context) => quote!(Box::new(#value)),
        Payload::Json(ty) if *resolved(ty, context) == TypeRef::String => quote!(#value.to_owned()),
        _ => value,
    };
    (binding, quote!(#place::#name::#variant(#value)))
}

/// A statement, the value of a content, and whether it is passed by reference where it stands alone.
fn payload(content: &Content, place: &TokenStream, context: Context<'_>) -> (TokenStream, TokenStream, bool) {
    let none = TokenStream::new;
    match &content.payload {
        Payload::Text => (none(), quote!("text"), false),
        Payload::Bytes => (none(), quote!(b"bytes"), false),
        Payload::Json(ty) | Payload::Form { ty, .. } => {
            let value = value(ty, "body", None, 0, context);
            match resolved(ty, context) {
                TypeRef::String => (none(), quote!("text"), false),
                ty if super::rust_type::is_copy(ty) => (none(), value, false),
                _ => (quote!(let body = #value;), quote!(body), true),
            }
        }
        Payload::JsonLines(ty) | Payload::JsonSequence(ty) => {
            let value = value(ty, "body", None, 0, context);
            (quote!(let body = vec![#value];), quote!(body), true)
        }
        Payload::Multipart { parts, .. } if parts.is_empty() => {
            let library = format::ident(context.library);
            (none(), quote!(#library::Multipart::new().text("name", "value")), false)
        }
        Payload::Multipart { name, parts } => {
            let name = token(name);
            let required = parts.iter().filter(|part| part.required).map(|part| part_value(part, context));
            let mut form = quote!(#place::#name::new(#(#required),*));
            // A form without a part says nothing.
            if let Some(part) = parts.first()
                && parts.iter().all(|part| !part.required)
            {
                let (setter, value) = (token(&part.name), part_value(part, context));
                form.extend(quote!(.#setter(#value)));
            }
            (none(), form, false)
        }
    }
}

fn part_value(part: &Part, context: Context<'_>) -> TokenStream {
    let one = match &part.content {
        PartContent::File => {
            let library = format::ident(context.library);
            quote!(#library::Upload::bytes("bytes"))
        }
        PartContent::Text(ty) if *resolved(ty, context) == TypeRef::String => text(&part.wire, None),
        PartContent::Text(ty) => value(ty, &part.wire, None, 0, context),
        PartContent::Json(ty) => {
            let value = value(ty, &part.wire, None, 1, context);
            return if part.repeated { quote!(&[#value]) } else { quote!(&#value) };
        }
    };
    match (part.repeated, &part.content) {
        (false, PartContent::Text(ty))
            if !is_text(ty, context) && !super::rust_type::is_copy(resolved(ty, context)) =>
        {
            quote!(&#one)
        }
        (false, _) => one,
        (true, PartContent::File) => quote!([#one]),
        (true, PartContent::Text(ty)) if is_text(ty, context) => quote!(&[#one.to_owned()]),
        (true, _) => quote!(&[#one]),
    }
}

fn is_text(ty: &TypeRef, context: Context<'_>) -> bool {
    *resolved(ty, context) == TypeRef::String
}

/// A string literal: the document's example, else the thing's own name.
fn text(name: &str, example: Option<&Value>) -> TokenStream {
    let literal = Literal::string(example.and_then(Value::as_str).filter(|text| text.len() < 60).unwrap_or(name));
    quote!(#literal)
}

fn value(ty: &TypeRef, name: &str, example: Option<&Value>, depth: usize, context: Context<'_>) -> TokenStream {
    match ty {
        TypeRef::Any => quote!(serde_json::json!({})),
        TypeRef::String => {
            let text = text(name, example);
            quote!(#text.to_owned())
        }
        TypeRef::Boolean => {
            let value = example.and_then(Value::as_bool).unwrap_or(true);
            quote!(#value)
        }
        TypeRef::Int32 => integer(
            example
                .and_then(Value::as_i64)
                .and_then(|value| i32::try_from(value).ok())
                .map_or(1, |value| i64::from(value.saturating_abs())),
        ),
        TypeRef::Int64 => integer(example.and_then(Value::as_i64).unwrap_or(1)),
        TypeRef::Number => {
            let literal = Literal::f64_unsuffixed(example.and_then(Value::as_f64).map_or(1.5, f64::abs));
            quote!(#literal)
        }
        TypeRef::DateTime => quote!(jiff::Timestamp::UNIX_EPOCH),
        TypeRef::Date => quote!(jiff::civil::date(2026, 1, 31)),
        TypeRef::Uuid => quote!(uuid::Uuid::nil()),
        TypeRef::Array(element) => {
            let first = example.and_then(|value| value.get(0));
            let element = value(element, name, first, depth + 1, context);
            quote!(vec![#element])
        }
        TypeRef::Map(_) => quote!(std::collections::BTreeMap::new()),
        TypeRef::Nullable(_) => quote!(None),
        TypeRef::Named(id) => {
            let def = &context.api.types[id.0];
            let path = token(&def.name);
            match &def.shape {
                Shape::Alias(target) => value(target, name, example, depth, context),
                Shape::Enum { variants, .. } => {
                    let variant =
                        variants.iter().find(|variant| example.and_then(Value::as_str) == Some(&variant.wire));
                    match variant.or(variants.first()) {
                        Some(variant) => {
                            let variant = token(&variant.name);
                            quote!(models::#path::#variant)
                        }
                        None => quote!(models::#path::from("value")),
                    }
                }
                Shape::Union { .. } if depth > 4 => quote!(serde_json::from_str::<models::#path>("{}")?),
                Shape::Union { variants, unknown, .. } => match variants.first() {
                    Some(variant) => {
                        let inner = value(&variant.ty, name, example, depth + 1, context);
                        let inner = if variant.boxed { quote!(Box::new(#inner)) } else { inner };
                        let variant = token(&variant.name);
                        quote!(models::#path::#variant(#inner))
                    }
                    None => {
                        let unknown = token(unknown);
                        quote!(models::#path::#unknown(serde_json::json!({})))
                    }
                },
                // A required circle has no end to write down, and a wide tree none that is worth it.
                Shape::Struct { fields, .. }
                    if depth > 4 || (depth > 1 && fields.len() > 4) || (depth > 0 && fields.len() > 12) =>
                {
                    quote!(serde_json::from_str::<models::#path>("{}")?)
                }
                Shape::Struct { fields, .. } => {
                    let required = fields.iter().filter(|field| is_required(field) && field.tag.is_none());
                    let arguments = required.map(|field| match (field.presence, resolved(&field.ty, context)) {
                        (Presence::RequiredNullable, _) => quote!(None),
                        (_, TypeRef::String) => text(&field.wire, field.example.as_ref()),
                        _ => value(&field.ty, &field.wire, field.example.as_ref(), depth + 1, context),
                    });
                    quote!(models::#path::new(#(#arguments),*))
                }
            }
        }
    }
}

fn integer(value: i64) -> TokenStream {
    let literal = Literal::i64_unsuffixed(value.saturating_abs());
    quote!(#literal)
}

/// The name of a parameter's place, for the page.
pub(super) fn place(place: In) -> &'static str {
    match place {
        In::Path => "path",
        In::Query => "query",
        In::Header => "header",
        In::Cookie => "cookie",
    }
}

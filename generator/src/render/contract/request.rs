//! The forms of a call: each content of the body, with all that is optional and without it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::super::Context;
use super::super::body_view::is_struct;
use super::super::rust_type::{Site, is_copy, is_union, owned, resolved, token};
use super::value::{parsed, text, value};
use super::{FormView, place};
use crate::ir::{Content, Module, Operation, Param, Part, PartContent, Payload, Sample, Samples, TypeRef};

/// One form of a call.
#[derive(Clone, Copy)]
struct Form<'a> {
    is_full: bool,
    on_scoped: bool,
    content: Option<(&'a Content, &'a Value)>,
}

/// All forms; those of the scoped route come last.
pub(super) fn forms(module: &Module, operation: &Operation, samples: &Samples, context: Context<'_>) -> Vec<FormView> {
    let mut views = Vec::new();
    for on_scoped in [false, true].into_iter().take(1 + usize::from(operation.scoped.is_some())) {
        for (label, form) in contents(operation, samples) {
            let form = Form { on_scoped, ..form };
            let route = || format!("{} {}", operation.method, operation.path);
            let request = request(module, operation, samples, form, context).to_string();
            // Without anything optional, all and nothing of it are the same.
            if views.iter().any(|view: &FormView| view.request == request) {
                continue;
            }
            views.push(FormView {
                index: 0,
                is_last: false,
                id: operation.ids.get(usize::from(on_scoped)).cloned().unwrap_or_else(route),
                label,
                request,
            });
        }
    }
    views
}

/// What the body is in each form.
fn contents<'a>(operation: &'a Operation, samples: &'a Samples) -> Vec<(String, Form<'a>)> {
    let form = |is_full, content| Form { is_full, on_scoped: false, content };
    let Some(body) = &operation.body else {
        return vec![("full".to_owned(), form(true, None)), ("least".to_owned(), form(false, None))];
    };
    let mut found = Vec::new();
    for (content, sample) in body.contents.iter().zip(&samples.contents) {
        let name = |form: &str| format!("{form} as {}", content.media_type);
        found.push((name("full"), form(true, Some((content, &sample.full)))));
        found.push((name("least"), form(false, Some((content, &sample.least)))));
    }
    if !body.required {
        found.push(("without a body".to_owned(), form(false, None)));
    }
    found
}

fn request(
    module: &Module,
    operation: &Operation,
    samples: &Samples,
    form: Form<'_>,
    context: Context<'_>,
) -> TokenStream {
    let (mut arguments, mut setters) = (Vec::new(), TokenStream::new());
    for (param, sample) in operation.params.iter().zip(&samples.params) {
        if param.is_argument() {
            arguments.push(taken(param, pick(sample, form), context));
        } else if form.is_full || param.from_client {
            let (name, value) = (token(&param.name), taken(param, pick(sample, form), context));
            setters.extend(quote!(.#name(#value)));
        }
    }
    if let (Some(body), Some((content, sample))) = (&operation.body, form.content) {
        let value = body_value(module, body, content, sample, form.is_full, context);
        if body.required {
            arguments.push(value);
        } else {
            let name = token(&body.name);
            setters.extend(quote!(.#name(#value)));
        }
    }
    if let (Some(scoped), Some(sample)) = (&operation.scoped, &samples.scoped)
        && form.on_scoped
    {
        let (name, value) = (token(&scoped.param.name), Literal::string(&text(pick(sample, form))));
        setters.extend(quote!(.#name(#value)));
    }
    let method = token(&operation.name);
    quote!(module.#method(#(#arguments),*)#setters)
}

fn pick<'a>(sample: &'a Sample, form: Form<'_>) -> &'a Value {
    if form.is_full { &sample.full } else { &sample.least }
}

/// A parameter as the method or the setter takes it.
fn taken(param: &Param, sample: &Value, context: Context<'_>) -> TokenStream {
    let own = || parsed(&owned(&param.ty, Site::Elsewhere, context), sample);
    let is_optional = !param.is_argument() && !param.from_client;
    match resolved(&param.ty, context) {
        TypeRef::String => value(&param.ty, sample, context),
        TypeRef::Any | TypeRef::Array(_) | TypeRef::Map(_) => own(),
        ty if is_struct(ty, context) || is_union(ty, context) => {
            let own = own();
            quote!(&#own)
        }
        _ if param.may_be_empty => own(),
        ty if is_copy(ty) || is_optional => value(&param.ty, sample, context),
        _ => {
            let own = own();
            quote!(&#own)
        }
    }
}

/// The body as the method takes it.
fn body_value(
    module: &Module,
    body: &crate::ir::Body,
    content: &Content,
    sample: &Value,
    is_full: bool,
    context: Context<'_>,
) -> TokenStream {
    let place = place(module);
    let (value, is_borrowed) = payload(content, &place, sample, is_full, context);
    if body.contents.len() == 1 {
        return if is_borrowed { quote!(&#value) } else { value };
    }
    let (name, variant) = (token(&body.type_name), token(&content.variant));
    let value = match &content.payload {
        Payload::Text => quote!(#value.to_owned()),
        Payload::Bytes => quote!(#value.into()),
        Payload::Json(ty) | Payload::Form { ty, .. } if is_struct(ty, context) => quote!(Box::new(#value)),
        Payload::Json(ty) if *resolved(ty, context) == TypeRef::String => quote!(#value.to_owned()),
        _ => value,
    };
    quote!(#place::#name::#variant(#value))
}

/// The value of a content, and whether it is passed by reference where it stands alone.
fn payload(
    content: &Content,
    place: &TokenStream,
    sample: &Value,
    is_full: bool,
    context: Context<'_>,
) -> (TokenStream, bool) {
    match &content.payload {
        Payload::Text => {
            let text = Literal::string(&text(sample));
            (quote!(#text), false)
        }
        Payload::Bytes => {
            let bytes = Literal::byte_string(text(sample).as_bytes());
            (quote!(#bytes), false)
        }
        Payload::Json(ty) | Payload::Form { ty, .. } => {
            let is_borrowed = *resolved(ty, context) != TypeRef::String && !is_copy(resolved(ty, context));
            (value(ty, sample, context), is_borrowed)
        }
        Payload::JsonLines(ty) | Payload::JsonSequence(ty) => {
            let ty = owned(ty, Site::Elsewhere, context);
            let items = if sample.is_array() { sample.clone() } else { Value::Array(vec![sample.clone()]) };
            (parsed(&quote!(Vec<#ty>), &items), true)
        }
        Payload::Multipart { parts, .. } if parts.is_empty() => {
            let file = quote!(.file("a file", "name.bin", b"bytes \0\xff").text("a text", "text"));
            let parts = if is_full { file } else { TokenStream::new() };
            (quote!(Multipart::new().text("text", "text ü")#parts), false)
        }
        Payload::Multipart { name, parts } => {
            let name = token(name);
            let (mut arguments, mut setters) = (Vec::new(), TokenStream::new());
            for part in parts {
                let value = sample.get(&part.wire).map(|sample| part_value(part, sample, context));
                match value {
                    Some(value) if part.required => arguments.push(value),
                    Some(value) if is_full => {
                        let name = token(&part.name);
                        setters.extend(quote!(.#name(#value)));
                    }
                    _ => {}
                }
            }
            (quote!(#place::#name::new(#(#arguments),*)#setters), false)
        }
    }
}

/// A part as the form's builder takes it.
fn part_value(part: &Part, sample: &Value, context: Context<'_>) -> TokenStream {
    let file = |sample: &Value| {
        let bytes = Literal::byte_string(text(sample).as_bytes());
        quote!(Part::file("name.bin", #bytes))
    };
    match (&part.content, part.repeated) {
        (PartContent::File, false) => file(sample),
        (PartContent::File, true) => {
            let files = sample.as_array().into_iter().flatten().map(file);
            quote!([#(#files),*])
        }
        (PartContent::Text(ty) | PartContent::Json(ty), true) => {
            let ty = owned(ty, Site::Elsewhere, context);
            let own = parsed(&quote!(Vec<#ty>), sample);
            quote!(&#own)
        }
        (PartContent::Text(ty), false)
            if is_copy(resolved(ty, context)) || *resolved(ty, context) == TypeRef::String =>
        {
            value(ty, sample, context)
        }
        (PartContent::Text(ty) | PartContent::Json(ty), false) => {
            let own = parsed(&owned(ty, Site::Elsewhere, context), sample);
            quote!(&#own)
        }
    }
}

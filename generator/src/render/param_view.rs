//! Parameters: what the caller gives for one, what it becomes, and what the operation says of it.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use serde::Serialize;

use super::rust_type::{self, Site, owned, resolved, token};
use super::{Context, prose};
use crate::format::type_text;
use crate::ir::{ClientDefault, In, Keyed, Param, Shape, Style, TypeRef};
use crate::names::Words;

/// What the caller gives, and the call on the request that takes it.
pub(super) struct Taken {
    pub(super) ty: String,
    pub(super) call: String,
    /// Whether the call speaks of `Given`.
    pub(super) uses_given: bool,
    /// Whether the type speaks of `IntoText`.
    pub(super) uses_into_text: bool,
}

impl Taken {
    /// A setter may take the value back, unless the client may hold one, or the value is made of
    /// members; an argument never does.
    pub(super) fn new(param: &Param, context: Context<'_>) -> Self {
        let is_optional = !param.is_argument() && !param.from_client;
        let name = &param.name;
        let is_json = param.style == Style::Json;
        let inner = |ty: &TypeRef| type_text(&owned(ty, Site::Elsewhere, context));
        let (ty, given) = match resolved(&param.ty, context) {
            TypeRef::Any => ("impl Into<serde_json::Value>".to_owned(), format!("Given::any({name})")),
            TypeRef::String if is_optional => ("impl IntoText".to_owned(), format!("Given::text({name})")),
            TypeRef::String => ("&str".to_owned(), name.to_string()),
            TypeRef::Array(element) => {
                let is_single = is_single(element, context);
                let way = if is_json || !is_single { "list_of" } else { "list" };
                // Nothing else becomes a value that is made of members, and without a choice an empty
                // list has its type.
                let is_one = !is_single && *resolved(element, context) != TypeRef::Any;
                let element = inner(element);
                let item = if is_one { element.clone() } else { format!("impl Into<{element}>") };
                (format!("impl IntoIterator<Item = {item}>"), format!("Given::{way}::<{element}>({name})"))
            }
            TypeRef::Map(value) => {
                let value = inner(value);
                (
                    format!("impl IntoIterator<Item = (impl Into<String>, impl Into<{value}>)>"),
                    format!("Given::object::<{value}>({name})"),
                )
            }
            ty if !is_single(ty, context) => (format!("&{}", inner(&param.ty)), format!("Given::of({name})")),
            _ if param.may_be_empty => {
                let ty = inner(&param.ty);
                (format!("impl Into<crate::OrEmpty<{ty}>>"), format!("Given::or_empty::<{ty}>({name})"))
            }
            _ if is_optional => {
                let ty = inner(&param.ty);
                let way = if is_json { "maybe_of" } else { "maybe" };
                (format!("impl Into<Option<{ty}>>"), format!("Given::{way}::<{ty}>({name})"))
            }
            ty => {
                let borrow = if rust_type::is_copy(ty) { "&" } else { "" };
                let given = if is_json { format!("Given::of({borrow}{name})") } else { name.to_string() };
                (type_text(&rust_type::argument(&param.ty, context)), given)
            }
        };
        let method = match param.place {
            In::Path => "path",
            In::Query => "query",
            In::Header => "header_param",
            In::Cookie => "cookie",
        };
        Self {
            ty,
            // What is no `Given` yet goes as it is.
            uses_given: given != name.as_str(),
            uses_into_text: is_optional && *resolved(&param.ty, context) == TypeRef::String,
            call: format!(".{method}({}, {given})", Literal::string(&param.wire)),
        }
    }
}

/// Whether a value is neither a list nor an object, and so is its own text.
fn is_single(ty: &TypeRef, context: Context<'_>) -> bool {
    match resolved(ty, context) {
        TypeRef::Any | TypeRef::Array(_) | TypeRef::Map(_) | TypeRef::Nullable(_) => false,
        TypeRef::Named(id) => matches!(context.api.types[id.0].shape, Shape::Enum { .. }),
        _ => true,
    }
}

/// The parameter as the operation's static says it; none if it needs no saying.
pub(super) fn declared(param: &Param, context: Context<'_>) -> Option<String> {
    if param.place == In::Path && !param.is_styled() {
        return None;
    }
    let wire = &param.wire;
    let begun = match param.place {
        In::Path => quote!(Param::path(#wire)),
        In::Query => quote!(Param::query(#wire)),
        In::Header => quote!(Param::header(#wire)),
        In::Cookie => quote!(Param::cookie(#wire)),
    };
    let style = param.is_styled().then(|| style(param.style, context)).map(|style| quote!(.style(#style)));
    let required = (param.required && param.place != In::Path).then(|| quote!(.required()));
    let default = param.default.as_ref().filter(|_| param.required).map(|value| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        quote!(.default(#text))
    });
    let reserved = param.reserved.then(|| quote!(.reserved()));
    Some(quote!(#begun #style #required #default #reserved).to_string())
}

/// The style as the runtime names it.
pub(super) fn style(style: Style, context: Context<'_>) -> TokenStream {
    match style {
        Style::Simple { explode } => quote!(Style::Simple { explode: #explode }),
        Style::Label { explode } => quote!(Style::Label { explode: #explode }),
        Style::Matrix { explode } => quote!(Style::Matrix { explode: #explode }),
        Style::Form { explode } => quote!(Style::Form { explode: #explode }),
        Style::SpaceDelimited => quote!(Style::SpaceDelimited),
        Style::PipeDelimited => quote!(Style::PipeDelimited),
        Style::DeepObject => quote!(Style::DeepObject),
        Style::Json => quote!(Style::Json),
        Style::Keyed(index) => {
            let name = Ident::new(&keyed_name(&context.api.keyed[index]), Span::call_site());
            quote!(Style::Keyed(&super::#name))
        }
    }
}

/// The static that says how a key is made.
fn keyed_name(keyed: &Keyed) -> String {
    Words::shouting(keyed.name.plain())
}

/// How some parameters are written, for all modules.
#[derive(Debug, Serialize)]
pub(crate) struct KeyedView {
    name: String,
    key: String,
    value: String,
    spelled: Vec<SpelledView>,
}

#[derive(Debug, Serialize)]
struct SpelledView {
    value: String,
    spelled: String,
}

impl KeyedView {
    pub(super) fn new(keyed: &Keyed) -> Self {
        Self {
            name: keyed_name(keyed),
            key: keyed.key.clone(),
            value: keyed.value.clone(),
            spelled: keyed
                .spelled
                .iter()
                .map(|(value, spelled)| SpelledView { value: value.clone(), spelled: spelled.clone() })
                .collect(),
        }
    }
}

/// A setter of the client's builder.
#[derive(Debug, Serialize)]
pub(crate) struct ClientDefaultView {
    name: String,
    wire: String,
    docs: Vec<String>,
    /// For the README.
    wire_code: String,
}

impl ClientDefaultView {
    pub(super) fn new(default: &ClientDefault) -> Self {
        let mut docs = prose::lines(default.description.as_deref());
        if docs.is_empty() {
            docs.push(format!("The path parameter {}.", prose::code(&default.wire)));
        }
        let segment = prose::code(&format!("{{{}}}", default.wire));
        docs.extend([
            String::new(),
            format!("Requests whose route has {segment} take it, unless they are given one of their own; a route"),
            "without it stays as it is.".to_owned(),
        ]);
        Self { name: default.name.to_string(), wire: default.wire.clone(), docs, wire_code: segment }
    }
}

/// What a caller should know of how the value is written, in sentences.
pub(super) fn remarks(param: &Param, context: Context<'_>) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Style::Keyed(index) = param.style {
        let keyed = &context.api.keyed[index];
        let pair = prose::code(&format!("{}={{{}}}", keyed.key, keyed.value));
        remarks.push(format!("Each is written as {pair}."));
    }
    if param.style == Style::Json {
        remarks.push("Written as one JSON text.".to_owned());
    }
    if param.reserved {
        remarks.push(
            "Reserved characters, and what is percent-encoded already, go as they are; `#`, `&`, `+` and brackets are \
             encoded all the same."
                .to_owned(),
        );
    }
    if param.may_be_empty {
        remarks.push("`OrEmpty::Empty` sends the name without a value.".to_owned());
    }
    if param.from_client {
        let name = context.api.client_defaults.iter().find(|default| default.wire == param.wire);
        if let Some(name) = name.map(|default| token(&default.name)) {
            remarks.push(format!("Without it, the one of `ClientBuilder::{name}` is used."));
        }
    }
    remarks
}

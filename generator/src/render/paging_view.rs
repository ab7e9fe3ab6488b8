//! Answers that come page by page: what tells the runtime how, and the methods that use it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde::Serialize;

use super::rust_type::{Site, owned, token};
use super::{Context, answer_view, prose};
use crate::format::type_text;
use crate::ir::{Operation, Paging, Path, Presence, Shape, Turn};

#[derive(Debug, Serialize)]
pub(super) struct PagingView {
    pub(super) pages: String,
    pub(super) items: String,
    items_docs: Vec<String>,
    /// Types.
    answer: String,
    element: String,
    /// Expressions.
    turn: String,
    count: String,
    total: String,
    next: String,
    take: String,
}

impl PagingView {
    pub(super) fn new(operation: &Operation, context: Context<'_>) -> Option<Self> {
        let paging = operation.paging.as_ref()?;
        let Paging { parameter, turn, .. } = paging;
        let (turn, next) = match turn {
            Turn::Page(first) => {
                let first = Literal::u64_unsuffixed(*first);
                (quote!(paging::Turn::Page { name: #parameter, first: #first }), None)
            }
            Turn::Offset(first) => {
                let first = Literal::u64_unsuffixed(*first);
                (quote!(paging::Turn::Offset { name: #parameter, first: #first }), None)
            }
            Turn::Cursor(next) => (quote!(paging::Turn::Cursor { name: #parameter }), Some(next)),
        };
        let count = match borrowed(&paging.elements, context) {
            Led { value, is_optional: false } => quote!(#value.len()),
            Led { value, .. } => quote!(#value.map_or(0, Vec::len)),
        };
        let total = paging.total.as_ref().map_or_else(
            || quote!(None),
            |path| match borrowed(path, context) {
                Led { value, is_optional: false } => quote!(paging::total(#value)),
                Led { value, .. } => quote!(#value.and_then(paging::total)),
            },
        );
        let next = next.map_or_else(
            || quote!(None),
            |path| match borrowed(path, context) {
                Led { value, is_optional: false } => quote!(Some(#value.to_string())),
                Led { value, .. } => quote!(#value.map(ToString::to_string)),
            },
        );
        let take = match moved(&paging.elements, context) {
            Led { value, is_optional: false } => value,
            Led { value, .. } => quote!(#value.unwrap_or_default()),
        };
        let elements = match paging.elements.wire.as_str() {
            "" => "the elements of the list".to_owned(),
            wire => format!("what stands in {}", prose::code(wire)),
        };
        Some(Self {
            pages: paging.pages.to_string(),
            items: paging.items.to_string(),
            items_docs: vec![
                format!("The elements of all pages, one after the other: {elements}. A page is asked for when the"),
                "first of them is wanted; see [`Items`](crate::Items).".to_owned(),
            ],
            answer: answer_view::output(operation, context),
            element: type_text(&owned(&paging.element, Site::Elsewhere, context)),
            turn: turn.to_string(),
            count: count.to_string(),
            total: total.to_string(),
            next: next.to_string(),
            take: take.to_string(),
        })
    }

    /// What the methods give, for a page of the documentation.
    pub(super) fn sentence(&self) -> String {
        let code = |method: &str, kind: &str, ty: &str| {
            prose::code(&format!(".{method}() -> {kind}<{}>", ty.replace("models::", "")))
        };
        format!(
            "It answers page by page: {} goes on to the next ones, and {} gives the elements of all.",
            code(&self.pages, "Pages", &self.answer),
            code(&self.items, "Items", &self.element)
        )
    }

    /// The types that stand in it.
    pub(super) fn types(&self) -> impl Iterator<Item = &str> {
        [self.answer.as_str(), self.element.as_str()].into_iter()
    }
}

/// An expression for what a path leads to from `answer` on.
struct Led {
    value: TokenStream,
    /// Whether it is an `Option`, as something on the way may be missing.
    is_optional: bool,
}

/// Borrows what the path leads to; what cannot be missing is a place of its own.
fn borrowed(path: &Path, context: Context<'_>) -> Led {
    follow(path, context, false)
}

/// Takes out what the path leads to.
fn moved(path: &Path, context: Context<'_>) -> Led {
    follow(path, context, true)
}

fn follow(path: &Path, context: Context<'_>, is_moved: bool) -> Led {
    let mut led = Led { value: quote!(answer), is_optional: false };
    for (of, index) in &path.members {
        let Shape::Struct { fields, .. } = &context.api.types[of.0].shape else { continue };
        let (name, presence) = (token(&fields[*index].name), fields[*index].presence);
        let member = match presence {
            Presence::RequiredNullable | Presence::Optional if !is_moved => quote!(.#name.as_ref()),
            Presence::OptionalNullable if is_moved => quote!(.#name.into_option()),
            Presence::OptionalNullable => quote!(.#name.value()),
            _ => quote!(.#name),
        };
        let Led { value, is_optional } = led;
        let value = match (is_optional, presence) {
            (false, _) => quote!(#value #member),
            (true, Presence::Required) if is_moved => quote!(#value.map(|it| it #member)),
            (true, Presence::Required) => quote!(#value.map(|it| &it #member)),
            (true, _) => quote!(#value.and_then(|it| it #member)),
        };
        led = Led { value, is_optional: is_optional || presence != Presence::Required };
    }
    led
}

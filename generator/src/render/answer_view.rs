//! Answers: what a method gives, and the types of its own that some need.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde::Serialize;

use super::body_view::is_struct;
use super::rust_type::{Site, owned, resolved};
use super::{Context, prose};
use crate::format::type_text;
use crate::ir::{Answer, Case, EventRules, Operation, Status, TypeRef};

/// An enum of the successes, or of the errors, that the document declares.
#[derive(Debug, Serialize)]
pub(super) struct AnswerView {
    name: String,
    docs: Vec<String>,
    variants: Vec<VariantView>,
    /// The variant for what is not declared; errors have none.
    other: String,
    /// Expressions.
    cases: Vec<String>,
}

#[derive(Debug, Serialize)]
struct VariantView {
    index: usize,
    name: String,
    doc: String,
    ty: Option<String>,
    /// An expression that reads the value: from `received`, or from the `error`.
    read: String,
}

/// The declared headers of a success.
#[derive(Debug, Serialize)]
pub(super) struct HeadersView {
    name: String,
    docs: Vec<String>,
    fields: Vec<HeaderView>,
}

#[derive(Debug, Serialize)]
struct HeaderView {
    name: String,
    docs: Vec<String>,
    ty: String,
    /// An expression that reads it from `headers`.
    read: String,
}

/// What a method gives.
pub(super) fn output(operation: &Operation, context: Context<'_>) -> String {
    match operation.answers.only() {
        Some(answer) => of(answer, context),
        None => operation.answers.type_name.to_string(),
    }
}

/// The function that reads a success, as an expression.
pub(super) fn decode(operation: &Operation, context: Context<'_>) -> String {
    match operation.answers.only() {
        Some(answer) => match reader(answer, &operation.events, context) {
            (function, None) => format!("decode::{function}"),
            (function, Some(rules)) => format!("|received| decode::{function}(received, {rules})"),
        },
        None => format!("{}::read", operation.answers.type_name),
    }
}

/// The type of an answer.
fn of(answer: &Answer, context: Context<'_>) -> String {
    let named = |ty: &TypeRef| type_text(&owned(ty, Site::Elsewhere, context));
    match answer {
        Answer::Empty => "()".to_owned(),
        Answer::Json(ty) if *resolved(ty, context) == TypeRef::Any => "serde_json::Value".to_owned(),
        Answer::Json(ty) => named(ty),
        Answer::Text => "String".to_owned(),
        Answer::Bytes => "crate::Download".to_owned(),
        Answer::Events(ty) => format!("crate::Events<{}>", named(ty)),
        Answer::JsonLines(ty) | Answer::JsonSequence(ty) => format!("crate::Lines<{}>", named(ty)),
    }
}

/// The function of `decode` that reads an answer, and the rules that it needs.
fn reader(answer: &Answer, rules: &EventRules, context: Context<'_>) -> (&'static str, Option<TokenStream>) {
    match answer {
        Answer::Empty => ("empty", None),
        Answer::Json(ty) if matches!(resolved(ty, context), TypeRef::Any | TypeRef::Nullable(_)) => ("value", None),
        Answer::Json(_) => ("json", None),
        Answer::Text => ("text", None),
        Answer::Bytes => ("download", None),
        Answer::JsonLines(_) => ("lines", None),
        Answer::JsonSequence(_) => ("sequence", None),
        Answer::Events(ty) => {
            let EventRules { ignore, last } = rules;
            // What is a mere string is the text itself: nobody puts it in quotes.
            let function = if *resolved(ty, context) == TypeRef::String { "event_texts" } else { "events" };
            (function, Some(quote!(&EventRules { ignore: &[#(#ignore),*], last: &[#(#last),*] })))
        }
    }
}

/// The successes that are told apart or read while they come, as expressions; empty if all are
/// read alike.
pub(super) fn cases(operation: &Operation) -> Vec<String> {
    match operation.answers.only() {
        // Bytes are bytes, whatever they call themselves.
        Some(Answer::Bytes) => vec![quote!(Case::streamed(Status::Default, "*/*")).to_string()],
        Some(answer) if answer.is_stream() => operation.answers.successes.iter().map(case).collect(),
        Some(_) => Vec::new(),
        None => operation.answers.successes.iter().map(case).collect(),
    }
}

fn case(case: &Case) -> String {
    let status = match case.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(Status::Code(#code))
        }
        Status::Range(digit) => {
            let digit = Literal::u16_unsuffixed(digit);
            quote!(Status::Range(#digit))
        }
        Status::Default => quote!(Status::Default),
    };
    let media_type = &case.media_type;
    let case = match media_type {
        None => quote!(Case::empty(#status)),
        Some(media_type) if case.answer.is_stream() => quote!(Case::streamed(#status, #media_type)),
        Some(media_type) => quote!(Case::whole(#status, #media_type)),
    };
    case.to_string()
}

/// A case in words.
fn doc(case: &Case) -> String {
    let status = match case.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    match &case.media_type {
        Some(media_type) => format!(" {status}, as {}.", prose::code(media_type)),
        None => format!(" {status}, without a body."),
    }
}

impl AnswerView {
    /// The enum of successes, if there are several kinds.
    pub(super) fn successes(operation: &Operation, context: Context<'_>) -> Option<Self> {
        let answers = &operation.answers;
        if answers.only().is_some() {
            return None;
        }
        let variants = answers.successes.iter().enumerate().map(|(index, case)| {
            let (function, rules) = reader(&case.answer, &operation.events, context);
            let read = match rules {
                Some(rules) => format!("decode::{function}(received, {rules})?"),
                None => format!("decode::{function}(received)?"),
            };
            VariantView::new(index, case, read, context)
        });
        Some(Self {
            name: answers.type_name.to_string(),
            docs: vec![format!("What [`{}`] answers.", operation.request)],
            variants: variants.collect(),
            other: answers.other.to_string(),
            cases: Vec::new(),
        })
    }

    /// The enum of declared errors, if one of them has a body.
    pub(super) fn errors(operation: &Operation, context: Context<'_>) -> Option<Self> {
        let answers = &operation.answers;
        if !answers.has_errors() {
            return None;
        }
        let variants = answers.errors.iter().enumerate().map(|(index, case)| {
            let read = match case.answer {
                Answer::Json(_) => "error.json().ok()?",
                _ => "error.readable()?",
            };
            VariantView::new(index, case, read.to_owned(), context)
        });
        Some(Self {
            name: answers.error_name.to_string(),
            docs: vec![format!("The errors that the API's document declares for [`{}`].", operation.request)],
            variants: variants.collect(),
            other: String::new(),
            cases: answers.errors.iter().map(case).collect(),
        })
    }

    /// The types that stand in it.
    pub(super) fn types(&self) -> impl Iterator<Item = &str> {
        self.variants.iter().filter_map(|variant| variant.ty.as_deref())
    }
}

impl VariantView {
    fn new(index: usize, case: &Case, read: String, context: Context<'_>) -> Self {
        let (mut ty, mut read) = (of(&case.answer, context), read);
        if case.answer.ty().is_some_and(|ty| is_struct(ty, context)) && !case.answer.is_stream() {
            (ty, read) = (format!("Box<{ty}>"), format!("Box::new({read})"));
        }
        let ty = (case.answer != Answer::Empty).then_some(ty);
        Self { index, name: case.variant.to_string(), doc: doc(case), ty, read }
    }
}

impl HeadersView {
    /// The headers, if a success declares some.
    pub(super) fn new(operation: &Operation, context: Context<'_>) -> Option<Self> {
        let answers = &operation.answers;
        let fields = answers.headers.iter().map(|header| {
            let mut docs = prose::lines(header.description.as_deref());
            if docs.is_empty() {
                docs.push(format!("The header {}.", prose::code(&header.wire)));
            }
            let wire = Literal::string(&header.wire);
            let (ty, read) = match &header.ty {
                TypeRef::Array(element) => (format!("Vec<{}>", scalar(element, context)), "list"),
                ty => (format!("Option<{}>", scalar(ty, context)), "one"),
            };
            let from_text = if is_text(&header.ty, context) { "text" } else { "parse" };
            HeaderView {
                name: header.name.to_string(),
                docs,
                ty,
                read: format!("fields::{read}(headers, {wire}, fields::{from_text})"),
            }
        });
        (!answers.headers.is_empty()).then(|| Self {
            name: answers.headers_name.to_string(),
            docs: vec![format!(
                "The headers that the API's document declares for the answer of [`{}`].",
                operation.request
            )],
            fields: fields.collect(),
        })
    }

    /// The types that stand in it.
    pub(super) fn types(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.ty.as_str())
    }
}

fn scalar(ty: &TypeRef, context: Context<'_>) -> String {
    type_text(&owned(ty, Site::Elsewhere, context))
}

/// Whether every text is a value of the type, so that it cannot fail.
fn is_text(ty: &TypeRef, context: Context<'_>) -> bool {
    match ty {
        TypeRef::Array(element) => is_text(element, context),
        ty => matches!(resolved(ty, context), TypeRef::String | TypeRef::Named(_)),
    }
}

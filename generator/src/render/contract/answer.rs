//! The answers that a call is given, and how they are read.

use proc_macro2::TokenStream;
use quote::quote;
use serde::Serialize;
use serde_json::Value;

use super::super::Context;
use super::super::rust_type::{resolved, token};
use super::value::text;
use crate::ir::{Answer, Case, Operation, Sample, Samples, Status, TypeRef};

/// An answer of the server.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct AnswerView {
    status: u16,
    media_type: Option<String>,
    body: String,
    /// A variant of the test's `Reads`.
    reads: &'static str,
}

/// All declared answers, each with the fullest and the least body. An operation that declares none
/// is answered with nothing.
pub(super) fn answers(operation: &Operation, samples: &Samples, context: Context<'_>) -> Vec<AnswerView> {
    let answers = &operation.answers;
    let successes = answers.successes.iter().zip(&samples.successes).map(|(case, sample)| (case, sample, true));
    let errors = answers.errors.iter().zip(&samples.errors).map(|(case, sample)| (case, sample, false));
    let mut views: Vec<AnswerView> = Vec::new();
    for (case, sample, is_success) in successes.chain(errors) {
        let Some(status) = status(case.status, is_success, operation) else { continue };
        for body in bodies(case, sample, context) {
            let view = AnswerView {
                status,
                media_type: case.media_type.as_deref().map(|name| concrete(name, &case.answer)),
                body,
                reads: if is_success { reads(&case.answer, context) } else { "Error" },
            };
            if !views.contains(&view) {
                views.push(view);
            }
        }
    }
    if !views.iter().any(|view| view.reads != "Error") {
        views.push(AnswerView { status: 200, media_type: None, body: String::new(), reads: "Empty" });
    }
    views
}

/// A status that a declared one stands for, and no other declared one does. Interim answers are no
/// answers.
fn status(declared: Status, is_success: bool, operation: &Operation) -> Option<u16> {
    let answers = &operation.answers;
    let cases = || answers.successes.iter().chain(&answers.errors);
    let is_taken = |code: u16| cases().any(|case| case.status == Status::Code(code));
    let in_range = |code: u16| cases().any(|case| case.status == Status::Range(code / 100));
    match declared {
        Status::Code(code) => (code >= 200).then_some(code),
        Status::Range(digit) => (digit * 100..digit * 100 + 100).rev().find(|code| *code >= 200 && !is_taken(*code)),
        Status::Default if is_success => Some(200),
        Status::Default => [500, 400, 300].into_iter().find(|code| !is_taken(*code) && !in_range(*code)),
    }
}

fn reads(answer: &Answer, context: Context<'_>) -> &'static str {
    match answer {
        Answer::Events(ty) if is_text(ty, context) => "Texts",
        Answer::Empty => "Empty",
        Answer::Json(_) => "Json",
        Answer::Text | Answer::Bytes => "Text",
        Answer::Events(_) | Answer::JsonLines(_) | Answer::JsonSequence(_) => "Items",
    }
}

/// The bodies of an answer: one that is full, one that is least; a stream has both.
fn bodies(case: &Case, sample: &Sample, context: Context<'_>) -> Vec<String> {
    let both = [&sample.full, &sample.least];
    let items = |before: &str, write: &dyn Fn(&Value) -> String, after: &str| -> Vec<String> {
        let items = both.into_iter().flat_map(|sample| match sample {
            Value::Array(elements) => elements.iter().collect(),
            one => vec![one],
        });
        vec![items.map(|item| format!("{before}{}{after}", write(item))).collect()]
    };
    match &case.answer {
        Answer::Empty => vec![String::new()],
        Answer::Json(_) => both.map(Value::to_string).to_vec(),
        Answer::Text | Answer::Bytes => vec![text(&sample.full)],
        // The data of an event is a text as it is, and JSON where it is anything else.
        Answer::Events(ty) if is_text(ty, context) => items("data: ", &text, "\n\n"),
        Answer::Events(_) => items("data: ", &Value::to_string, "\n\n"),
        Answer::JsonLines(_) => items("", &Value::to_string, "\n"),
        Answer::JsonSequence(_) => items("\u{1e}", &Value::to_string, "\n"),
    }
}

fn is_text(ty: &TypeRef, context: Context<'_>) -> bool {
    *resolved(ty, context) == TypeRef::String
}

/// A media type that a range stands for.
fn concrete(media_type: &str, answer: &Answer) -> String {
    match (media_type.contains('*'), answer) {
        (false, _) => media_type.to_owned(),
        (true, Answer::Json(_)) => "application/json".to_owned(),
        (true, Answer::Text) => media_type.replace("*/*", "text/plain").replace('*', "plain"),
        (true, _) => media_type.replace("*/*", "application/octet-stream").replace('*', "octet-stream"),
    }
}

/// Statements that make a `Came` of an `answer`.
pub(super) fn read(place: &TokenStream, operation: &Operation) -> TokenStream {
    let answers = &operation.answers;
    if let Some(only) = answers.only() {
        return match only {
            Answer::Empty => quote!(Ok(Came::empty(status))),
            Answer::Json(_) => quote!(Came::json(status, answer.value())),
            Answer::Text => quote!(Ok(Came::text(status, answer.value()))),
            _ => one(only, &quote!(answer.into_inner())),
        };
    }
    let name = token(&answers.type_name);
    let arms = answers.successes.iter().map(|case| {
        let variant = token(&case.variant);
        if case.answer == Answer::Empty {
            return quote!(#place::#name::#variant => Ok(Came::empty(status)));
        }
        let read = one(&case.answer, &quote!(value));
        quote!(#place::#name::#variant(value) => #read)
    });
    quote!(match answer.into_inner() { #(#arms,)* _ => Came::other() })
}

/// An expression that reads a value that is owned.
fn one(answer: &Answer, value: &TokenStream) -> TokenStream {
    match answer {
        Answer::Empty => quote!(Ok(Came::empty(status))),
        Answer::Json(_) => quote!(Came::json(status, &#value)),
        Answer::Text => quote!(Ok(Came::text(status, &#value))),
        Answer::Bytes => quote!(Came::bytes(status, #value).await),
        Answer::Events(_) => quote!(Came::events(status, #value).await),
        Answer::JsonLines(_) | Answer::JsonSequence(_) => quote!(Came::lines(status, #value).await),
    }
}

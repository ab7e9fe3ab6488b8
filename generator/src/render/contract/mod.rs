//! The contract test: each operation called in several forms, each declared answer read.

mod answer;
mod request;
mod value;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde::Serialize;

use super::Context;
use super::rust_type::token;
use crate::format;
use crate::ir::{Module, Operation};
use answer::AnswerView;

/// A module's file of the contract test.
#[derive(Debug, Serialize)]
pub(crate) struct ContractView {
    /// The module of the test.
    name: String,
    /// Its file, beside the test's own.
    path: String,
    /// The condition of the feature that it is compiled with.
    condition: Option<String>,
    /// The client's method that leads to the operations.
    accessor: String,
    calls: Vec<OperationView>,
}

/// An operation's test.
#[derive(Debug, Serialize)]
struct OperationView {
    name: String,
    forms: Vec<FormView>,
    /// The request of the only form, if there is but one.
    only: Option<String>,
    answers: Vec<AnswerView>,
    /// Statements that read an `answer` with a `status`.
    read: String,
    /// An expression: a function that tells whether an error is a declared one.
    is_declared: String,
}

/// A form of a call.
#[derive(Debug, Serialize)]
struct FormView {
    index: usize,
    /// Whether it is the last, which needs no pattern.
    is_last: bool,
    /// The operation in the document.
    id: String,
    label: String,
    /// An expression that makes the request with `module`.
    request: String,
}

impl ContractView {
    /// The file of a module; none if no contract test is asked for.
    pub(super) fn new(module: &Module, context: Context<'_>) -> Option<Self> {
        let calls: Vec<_> =
            module.operations.iter().filter_map(|operation| OperationView::new(module, operation, context)).collect();
        let file = module.name.plain();
        (!calls.is_empty()).then(|| Self {
            name: format!("{file}_calls"),
            path: format!("contract/{file}_calls.rs"),
            condition: module.feature.as_deref().map(|feature| format!("feature = {}", Literal::string(feature))),
            accessor: module.name.to_string(),
            calls,
        })
    }

    /// Where the file lies in the crate.
    pub(super) fn file(&self) -> String {
        format!("tests/{}", self.path)
    }
}

impl OperationView {
    fn new(module: &Module, operation: &Operation, context: Context<'_>) -> Option<Self> {
        let samples = operation.samples.as_ref()?;
        let mut forms = request::forms(module, operation, samples, context);
        let last = forms.len().saturating_sub(1);
        for (index, form) in forms.iter_mut().enumerate() {
            (form.index, form.is_last) = (index, index == last);
        }
        let place = place(module);
        let is_declared = if operation.answers.has_errors() {
            let name = token(&operation.answers.error_name);
            quote!(Some(|error| #place::#name::of(error).is_some()))
        } else {
            quote!(None)
        };
        Some(Self {
            name: operation.name.to_string(),
            only: if let [only] = forms.as_slice() { Some(only.request.clone()) } else { None },
            forms,
            answers: answer::answers(operation, samples, context),
            read: format::statements(&answer::read(&place, operation)),
            is_declared: is_declared.to_string(),
        })
    }
}

/// The path of a module's own types.
fn place(module: &Module) -> TokenStream {
    let name = token(&module.name);
    quote!(api::#name)
}

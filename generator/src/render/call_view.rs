//! How an operation is called: the method's arguments, the setters of its request, and what each
//! of them does to the request.

use serde::Serialize;

use super::rust_type::{self, Site, owned, resolved};
use super::{Context, body_view, prose};
use crate::format::type_text;
use crate::ir::{In, Operation, Param, TypeRef};

/// All that a caller gives.
pub(super) struct CallView {
    pub(super) arguments: Vec<ArgumentView>,
    /// Calls on the request for the arguments, in order.
    pub(super) calls: Vec<String>,
    /// The setters; that of a scoped route is the last.
    pub(super) setters: Vec<SetterView>,
}

/// An argument of a method.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ArgumentView {
    pub(super) name: String,
    pub(super) ty: String,
}

#[derive(Debug, Serialize)]
pub(super) struct SetterView {
    pub(super) name: String,
    pub(super) docs: Vec<String>,
    pub(super) ty: String,
    pub(super) call: String,
    deprecated: bool,
}

impl CallView {
    pub(super) fn new(operation: &Operation, context: Context<'_>) -> Self {
        let (mut arguments, mut calls, mut setters) = (Vec::new(), Vec::new(), Vec::new());
        for param in &operation.params {
            if param.is_argument() {
                arguments.push(ArgumentView { name: param.name.to_string(), ty: argument_type(param, context) });
                calls.push(argument_call(param, context));
            } else {
                setters.push(SetterView::of_param(param, context));
            }
        }
        if let Some(body) = &operation.body {
            let (ty, call) = body_view::argument(body, context);
            if body.required {
                arguments.push(ArgumentView { name: body.name.to_string(), ty });
                calls.push(call);
            } else {
                let mut docs = prose::lines(body.description.as_deref());
                if docs.is_empty() {
                    docs.push("The request's body.".to_owned());
                }
                setters.push(SetterView { name: body.name.to_string(), docs, ty, call, deprecated: false });
            }
        }
        setters.extend(operation.scoped.as_ref().map(|scoped| SetterView::of_scope(&scoped.param, &scoped.path)));
        Self { arguments, calls, setters }
    }
}

impl SetterView {
    fn of_param(param: &Param, context: Context<'_>) -> Self {
        let mut docs = prose::lines(param.description.as_deref());
        if docs.is_empty() {
            docs.push(format!("The parameter {}.", prose::code(&param.wire)));
        }
        if let Some(default) = &param.default {
            let default = prose::code(&default.as_str().map_or_else(|| default.to_string(), str::to_owned));
            let text = if param.required {
                format!(
                    "Sent as {default} unless set; `None` takes it back, and without a value the request is refused."
                )
            } else {
                format!("The server assumes {default} without it.")
            };
            docs.extend([String::new(), text]);
        }
        let (name, wire) = (param.name.to_string(), literal(&param.wire));
        let method = if param.place == In::Header { "header_param" } else { "query" };
        let (ty, call) = match resolved(&param.ty, context) {
            TypeRef::String => ("impl IntoText".to_owned(), format!(".{method}({wire}, {name}.into_text())")),
            TypeRef::Array(element) => {
                let element = type_text(&owned(element, Site::Elsewhere, context));
                list(&wire, &name, &element)
            }
            _ => {
                let ty = type_text(&owned(&param.ty, Site::Elsewhere, context));
                (format!("impl Into<Option<{ty}>>"), format!(".{method}({wire}, Into::<Option<{ty}>>::into({name}))"))
            }
        };
        Self { name, docs, ty, call, deprecated: param.deprecated }
    }

    fn of_scope(param: &Param, path: &str) -> Self {
        let mut docs = prose::lines(param.description.as_deref());
        docs.extend([String::new(), format!("With it the request goes to {}.", prose::code(path))]);
        let name = param.name.to_string();
        Self {
            docs: docs.into_iter().skip_while(String::is_empty).collect(),
            ty: "&str".to_owned(),
            call: format!(".scope({name})"),
            name,
            deprecated: param.deprecated,
        }
    }
}

fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

/// A list's type and call.
fn list(wire: &str, name: &str, element: &str) -> (String, String) {
    (
        format!("impl IntoIterator<Item = impl Into<{element}>>"),
        format!(".query_list({wire}, {name}.into_iter().map(Into::<{element}>::into))"),
    )
}

fn argument_type(param: &Param, context: Context<'_>) -> String {
    match resolved(&param.ty, context) {
        TypeRef::Array(element) => list("", "", &type_text(&owned(element, Site::Elsewhere, context))).0,
        TypeRef::String => "&str".to_owned(),
        _ => type_text(&rust_type::argument(&param.ty, context)),
    }
}

fn argument_call(param: &Param, context: Context<'_>) -> String {
    let (name, wire) = (param.name.to_string(), literal(&param.wire));
    match (param.place, resolved(&param.ty, context)) {
        (In::Path, _) => format!(".path({wire}, {name})"),
        (In::Header, _) => format!(".header_param({wire}, Some({name}))"),
        (In::Query(_), TypeRef::Array(element)) => {
            list(&wire, &name, &type_text(&owned(element, Site::Elsewhere, context))).1
        }
        (In::Query(_), _) => format!(".query({wire}, Some({name}))"),
    }
}

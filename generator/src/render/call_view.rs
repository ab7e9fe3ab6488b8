//! How an operation is called: the method's arguments, the setters of its request, and what each
//! of them does to the request.

use serde::Serialize;

use super::param_view::{self, Taken};
use super::{Context, body_view, prose};
use crate::ir::{Operation, Param};

/// All that a caller gives.
pub(super) struct CallView {
    pub(super) arguments: Vec<ArgumentView>,
    /// Calls on the request for the arguments, in order.
    pub(super) calls: Vec<String>,
    /// The setters; that of a scoped route is the last.
    pub(super) setters: Vec<SetterView>,
    /// Whether any of them makes a `Given`.
    pub(super) uses_given: bool,
    /// Whether any of them takes an `IntoText`.
    pub(super) uses_into_text: bool,
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
        let (mut uses_given, mut uses_into_text) = (false, false);
        for param in &operation.params {
            let taken = Taken::new(param, context);
            uses_given |= taken.uses_given;
            uses_into_text |= taken.uses_into_text;
            if param.is_argument() {
                arguments.push(ArgumentView { name: param.name.to_string(), ty: taken.ty });
                calls.push(taken.call);
            } else {
                setters.push(SetterView::of_param(param, taken, context));
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
        Self { arguments, calls, setters, uses_given, uses_into_text }
    }
}

impl SetterView {
    fn of_param(param: &Param, taken: Taken, context: Context<'_>) -> Self {
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
        for remark in param_view::remarks(param, context) {
            docs.extend([String::new(), remark]);
        }
        Self { name: param.name.to_string(), docs, ty: taken.ty, call: taken.call, deprecated: param.deprecated }
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

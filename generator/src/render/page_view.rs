//! A module's page: a section for each operation of the document, so two for folded twins.

use serde::Serialize;

use super::answer_view;
use super::call_view::CallView;
use super::example::{self, place};
use super::paging_view::PagingView;
use super::{Context, auth_view, param_view, prose};
use crate::ir::{Body, Module, Operation, Param, Scoped};

#[derive(Debug, Serialize)]
pub(super) struct SectionView {
    title: String,
    /// The anchor that Markdown makes of the title.
    anchor: String,
    route: String,
    /// For tables.
    summary: String,
    description: Vec<String>,
    signature_code: String,
    /// How the example's client authenticates.
    credentials: String,
    example: String,
    uses_models: bool,
    parameters: Vec<ParameterRow>,
    return_type: String,
    return_link: Option<String>,
    /// What goes on to the next pages, as a sentence.
    pages: Option<String>,
    responses: Vec<ResponseRow>,
    authorization: String,
    content_type: Option<String>,
    accept: Option<String>,
    ids: Vec<String>,
    /// The section of the same method on its other route.
    other: Option<LinkView>,
    library: String,
}

#[derive(Debug, Serialize)]
struct LinkView {
    title: String,
    anchor: String,
}

#[derive(Debug, Serialize)]
struct ParameterRow {
    name: String,
    wire: String,
    ty: String,
    text: String,
    notes: String,
}

#[derive(Debug, Serialize)]
struct ResponseRow {
    status: String,
    text: String,
    media_types: String,
}

impl SectionView {
    /// The sections of an operation.
    pub(super) fn of(module: &Module, operation: &Operation, context: Context<'_>) -> Vec<Self> {
        let routes = if operation.scoped.is_some() { [false, true].as_slice() } else { [false].as_slice() };
        routes.iter().map(|scoped| Self::new(module, operation, *scoped, context)).collect()
    }

    fn new(module: &Module, operation: &Operation, on_scoped: bool, context: Context<'_>) -> Self {
        let scoped = operation.scoped.as_ref();
        let here = scoped.filter(|_| on_scoped);
        let example = example::example(module, operation, here.is_some(), context);
        let output = short(&answer_view::output(operation, context));
        let call = CallView::new(operation, context);
        let is_scope = |name: &str| scoped.is_some_and(|scoped| scoped.param.name.as_str() == name);
        let arguments: Vec<String> =
            call.arguments.iter().map(|argument| format!("{}: {}", argument.name, short(&argument.ty))).collect();
        let mut signature = format!("{}({})", operation.name, arguments.join(", "));
        for setter in call.setters.iter().filter(|setter| !is_scope(&setter.name)) {
            signature.push_str(&format!("[.{}({})]", setter.name, short(&setter.ty)));
        }
        if let Some(scoped) = here {
            signature.push_str(&format!(".{}(&str)", scoped.param.name));
        }
        let type_of = |name: &str| {
            let argument = call.arguments.iter().find(|argument| argument.name == name).map(|argument| &argument.ty);
            let setter = call.setters.iter().find(|setter| setter.name == name).map(|setter| &setter.ty);
            prose::code_cell(&short(argument.or(setter).map_or("", String::as_str)))
        };
        let plain = operation.name.plain();
        let titles = |scoped: Option<&Scoped>| match scoped {
            Some(scoped) => LinkView {
                title: format!("{plain} with {}", scoped.param.name.plain()),
                anchor: format!("{plain}-with-{}", scoped.param.name.plain()),
            },
            None => LinkView { title: plain.to_owned(), anchor: plain.to_owned() },
        };
        let LinkView { title, anchor } = titles(here);
        let path = here.map_or(&operation.path, |scoped| &scoped.path);
        let summary = here.and_then(|scoped| scoped.summary.as_deref()).or(operation.summary.as_deref());
        let description = here.and_then(|scoped| scoped.description.as_deref()).or(operation.description.as_deref());
        let ids = if here.is_some() { operation.ids.get(1) } else { operation.ids.first() };
        let mut parameters: Vec<ParameterRow> = here
            .iter()
            .map(|scoped| (&scoped.param, "required for this route"))
            .chain(operation.params.iter().map(|param| (param, need(param))))
            .map(|(param, need)| ParameterRow::new(param, need, type_of(param.name.as_str()), context))
            .collect();
        parameters.extend(operation.body.as_ref().map(|body| ParameterRow {
            name: body.name.to_string(),
            wire: "body".to_owned(),
            ty: type_of(body.name.as_str()),
            text: prose::cell(body.description.as_deref()),
            notes: if body.required { "body, required" } else { "body, optional" }.to_owned(),
        }));
        let named = operation.answers.only().and_then(|answer| answer.ty()?.named());
        Self {
            title,
            anchor,
            route: prose::code_cell(&format!("{} {path}", operation.method)),
            summary: prose::cell(summary.or(description).or(operation.ids.first().map(String::as_str))),
            credentials: operation
                .security
                .first()
                .map_or_else(String::new, |schemes| auth_view::given(schemes, context.api)),
            description: prose::lines(description.filter(|_| summary.is_some())),
            signature_code: prose::code(&format!("{signature}.send().await -> Result<Response<{output}>, Error>")),
            example: example.call,
            uses_models: example.uses_models,
            parameters,
            return_type: prose::code_cell(&output),
            pages: PagingView::new(operation, context).map(|paging| paging.sentence()),
            return_link: named.map(|id| context.api.types[id.0].name.to_string()),
            responses: operation
                .answers
                .responses
                .iter()
                .map(|response| ResponseRow {
                    status: response.status.clone(),
                    text: prose::cell(Some(&response.description)),
                    media_types: response
                        .media_types
                        .iter()
                        .map(|name| prose::code_cell(name))
                        .collect::<Vec<_>>()
                        .join(", "),
                })
                .collect(),
            authorization: auth_view::words(operation, context),
            content_type: operation.body.as_ref().map(media_types),
            accept: (!operation.answers.accept.is_empty())
                .then(|| prose::cell(Some(&operation.answers.accept.join(", ")))),
            ids: ids.map(|id| prose::code_cell(id)).into_iter().collect(),
            other: scoped.map(|scoped| titles((!on_scoped).then_some(scoped))),
            library: context.library.to_owned(),
        }
    }
}

impl ParameterRow {
    fn new(param: &Param, need: &str, ty: String, context: Context<'_>) -> Self {
        let mut notes = vec![place(param.place).to_owned(), need.to_owned()];
        if let Some(default) = &param.default {
            notes.push(format!(
                "default {}",
                prose::code_cell(&default.as_str().map_or_else(|| default.to_string(), str::to_owned))
            ));
        }
        if param.deprecated {
            notes.push("deprecated".to_owned());
        }
        Self {
            name: param.name.to_string(),
            wire: prose::code_cell(&param.wire),
            ty,
            text: [prose::cell(param.description.as_deref())]
                .into_iter()
                .chain(param_view::remarks(param, context).iter().map(|remark| remark.replace('|', "\\|")))
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            notes: notes.join(", "),
        }
    }
}

fn need(param: &Param) -> &'static str {
    match param {
        Param { from_client: true, .. } => "required, here or for the client",
        Param { required: true, .. } => "required",
        _ => "optional",
    }
}

/// Types on a page stand without their module.
fn short(ty: &str) -> String {
    ty.replace("models::", "").replace("crate::", "")
}

/// The media types of a body, each once.
fn media_types(body: &Body) -> String {
    let mut names: Vec<&str> = body.contents.iter().map(|content| content.media_type.as_str()).collect();
    names.dedup();
    prose::cell(Some(&names.join(", or ")))
}

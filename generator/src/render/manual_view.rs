//! An operation's section on its module's page.

use serde::Serialize;

use super::api_view::ArgumentView;
use super::example::{Example, place};
use super::rust_type::{Site, owned};
use super::{Context, prose};
use crate::format::type_text;
use crate::ir::{Answer, Operation, Param, Scheme};

#[derive(Debug, Serialize)]
pub(super) struct ManualView {
    /// For tables.
    summary: String,
    description: Vec<String>,
    signature_code: String,
    example: String,
    uses_models: bool,
    parameters: Vec<ParameterRow>,
    return_type: String,
    return_link: Option<String>,
    responses: Vec<ResponseRow>,
    authorization: String,
    content_type: Option<String>,
    accept: Option<String>,
    ids: Vec<String>,
    scoped_route: Option<String>,
    library: String,
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

impl ManualView {
    pub(super) fn new(
        operation: &Operation,
        arguments: &[ArgumentView],
        output: &str,
        example: &Example,
        context: Context<'_>,
    ) -> Self {
        let arguments: Vec<String> =
            arguments.iter().map(|argument| format!("{}: {}", argument.name, argument.ty)).collect();
        let scoped = operation.scoped.iter().map(|scoped| (&scoped.param, "optional, chooses the scoped route"));
        let mut parameters: Vec<ParameterRow> = operation
            .params
            .iter()
            .map(|param| (param, if param.required { "required" } else { "optional" }))
            .chain(scoped)
            .map(|(param, need)| ParameterRow::new(param, need, context))
            .collect();
        parameters.extend(operation.body.as_ref().map(|body| ParameterRow {
            name: body.name.to_string(),
            wire: "body".to_owned(),
            ty: prose::code(&type_text(&owned(&body.ty, Site::Elsewhere, context)).replace("models::", "")),
            text: prose::cell(body.description.as_deref()),
            notes: if body.required { "body, required" } else { "body, optional" }.to_owned(),
        }));
        let alternatives: Vec<String> = operation
            .security
            .iter()
            .map(|together| {
                together
                    .iter()
                    .map(|scheme| match scheme {
                        Scheme::Basic => "basic",
                        Scheme::Bearer => "bearer token",
                    })
                    .collect::<Vec<_>>()
                    .join(" and ")
            })
            .collect();
        let answer = match &operation.answer {
            Answer::Json(ty) => ty.named(),
            _ => None,
        };
        Self {
            summary: prose::cell(operation.summary.as_deref().or(operation.description.as_deref())),
            description: prose::lines(operation.description.as_deref()),
            signature_code: prose::code(&format!(
                "{}({}) -> {}",
                operation.name,
                arguments.join(", "),
                output.replace("models::", "")
            )),
            example: example.call.clone(),
            uses_models: example.uses_models,
            parameters,
            return_type: prose::code(&output.replace("models::", "")),
            return_link: answer.map(|id| context.api.types[id.0].name.to_string()),
            responses: operation
                .responses
                .iter()
                .map(|response| ResponseRow {
                    status: response.status.clone(),
                    text: prose::cell(Some(&response.description)),
                    media_types: response
                        .media_types
                        .iter()
                        .map(|name| prose::code(name))
                        .collect::<Vec<_>>()
                        .join(", "),
                })
                .collect(),
            authorization: if alternatives.is_empty() { "none".to_owned() } else { alternatives.join(", or ") },
            content_type: operation.body.as_ref().map(|body| prose::cell(Some(&body.media_type))),
            accept: (!operation.accept.is_empty()).then(|| prose::cell(Some(&operation.accept.join(", ")))),
            ids: operation.ids.iter().map(|id| prose::code(id)).collect(),
            scoped_route: operation
                .scoped
                .as_ref()
                .map(|scoped| prose::code(&format!("{} {}", operation.method, scoped.path))),
            library: context.library.to_owned(),
        }
    }
}

impl ParameterRow {
    fn new(param: &Param, need: &str, context: Context<'_>) -> Self {
        let mut notes = vec![place(param.place).to_owned(), need.to_owned()];
        if let Some(default) = &param.default {
            notes.push(format!(
                "default {}",
                prose::code(&default.as_str().map_or_else(|| default.to_string(), str::to_owned))
            ));
        }
        if param.deprecated {
            notes.push("deprecated".to_owned());
        }
        Self {
            name: param.name.to_string(),
            wire: prose::code(&param.wire),
            ty: prose::code(&type_text(&owned(&param.ty, Site::Elsewhere, context)).replace("models::", "")),
            text: prose::cell(param.description.as_deref()),
            notes: notes.join(", "),
        }
    }
}

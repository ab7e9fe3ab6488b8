//! [`ir::Api`] to files: views are made of finished strings, templates print them.

mod answer_view;
mod api_view;
mod auth_view;
mod body_view;
mod call_view;
mod contract;
mod crate_view;
mod environment;
mod example;
mod model_view;
mod outputs;
mod page_view;
mod paging_view;
mod param_view;
pub(crate) mod places;
mod prose;
mod rules_view;
mod rust_type;
mod union_view;
mod webhook_view;

use serde::Serialize;

use crate::config::Config;
use crate::diagnostics::Report;
use crate::files::FileSet;
use crate::ir;

/// All that the templates print.
#[derive(Debug, Serialize)]
pub(crate) struct Views {
    #[serde(rename = "crate")]
    pub(crate) package: crate_view::CrateView,
    pub(crate) modules: Vec<api_view::ModuleView>,
    pub(crate) keyed: Vec<param_view::KeyedView>,
    pub(crate) client_defaults: Vec<param_view::ClientDefaultView>,
    pub(crate) api_keys: Vec<auth_view::ApiKeyView>,
    pub(crate) models: Vec<model_view::ModelView>,
    pub(crate) rules: rules_view::RulesView,
    pub(crate) webhooks: Vec<webhook_view::WebhookView>,
    pub(crate) example: ExampleView,
    pub(crate) contract: Vec<contract::ContractView>,
}

/// The README's example: a call that reads, if there is one.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ExampleView {
    lines: Vec<String>,
    uses_models: bool,
}

impl ExampleView {
    fn new(context: Context<'_>) -> Self {
        let calls = || {
            context
                .api
                .modules
                .iter()
                .flat_map(|module| module.operations.iter().map(move |operation| (module, operation)))
        };
        let best = calls().find(|(_, operation)| operation.method == "GET").or_else(|| calls().next());
        best.map_or_else(Self::default, |(module, operation)| {
            let example = example::example(module, operation, false, context);
            Self { lines: example.call.lines().map(str::to_owned).collect(), uses_models: example.uses_models }
        })
    }
}

/// What every view is made from.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) api: &'a ir::Api,
    /// The crate's name as an identifier, for examples.
    pub(crate) library: &'a str,
}

/// Finishes every string that a template prints.
pub(crate) fn views(api: &ir::Api, config: &Config, document: &str) -> Views {
    let package = crate_view::CrateView::new(api, config, document);
    let context = Context { api, library: &package.library };
    let modules = api.modules.iter().map(|module| api_view::ModuleView::new(module, context)).collect();
    let mut models: Vec<_> = api.types.iter().map(|def| model_view::ModelView::new(def, context)).collect();
    models.sort_by(|a: &model_view::ModelView, b| a.name.cmp(&b.name));
    let keyed = api.keyed.iter().map(param_view::KeyedView::new).collect();
    let client_defaults = api.client_defaults.iter().map(param_view::ClientDefaultView::new).collect();
    let api_keys = api.api_keys.iter().map(auth_view::ApiKeyView::new).collect();
    let contract = api.modules.iter().filter_map(|module| contract::ContractView::new(module, context)).collect();
    let example = ExampleView::new(context);
    let rules = rules_view::RulesView::new(context);
    let webhooks = api.webhooks.iter().map(|webhook| webhook_view::WebhookView::new(webhook, context)).collect();
    Views { webhooks, modules, keyed, client_defaults, api_keys, models, rules, example, contract, package }
}

/// Renders the crate; a template's mistake goes to the report.
pub(crate) fn render(api: &ir::Api, config: &Config, document: &str, report: &mut Report) -> FileSet {
    outputs::files(&views(api, config, document), report)
}

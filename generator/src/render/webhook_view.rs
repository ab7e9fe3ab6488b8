//! Requests that the server sends: an alias of the type of each one's body.

use serde::Serialize;

use super::{Context, prose};
use crate::ir::{TypeRef, Webhook};

/// A webhook, or a callback.
#[derive(Debug, Serialize)]
pub(crate) struct WebhookView {
    /// The alias.
    pub(crate) name: String,
    /// The type that it stands for.
    ty: String,
    docs: Vec<String>,
    /// What it is, in a table.
    what: String,
    text: String,
}

impl WebhookView {
    pub(super) fn new(webhook: &Webhook, context: Context<'_>) -> Self {
        let mut docs = prose::lines(webhook.summary.as_deref());
        let lines = prose::lines(webhook.description.as_deref());
        if !docs.is_empty() && !lines.is_empty() {
            docs.push(String::new());
        }
        docs.extend(lines);
        if !docs.is_empty() {
            docs.push(String::new());
        }
        let name = prose::code(&webhook.wire);
        let what = match &webhook.of {
            Some(of) => format!("callback {name} of {}", prose::code(of)),
            None => format!("webhook {name}"),
        };
        docs.push(format!("The body of the {what}, which the server sends by `{}`.", webhook.method));
        let ty = match &webhook.ty {
            TypeRef::Named(id) => context.api.types[id.0].name.to_string(),
            _ => String::new(),
        };
        let text = prose::cell(webhook.summary.as_deref().or(webhook.description.as_deref()));
        Self { name: webhook.name.to_string(), ty, docs, what: what.replace('|', "\\|"), text }
    }
}

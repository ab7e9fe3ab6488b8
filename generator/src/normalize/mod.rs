//! The tree of values to a [`Document`]: typed piece by piece, so that one fault has one place,
//! then an ordered list of passes that make implicit things explicit.

mod deep;
mod encoding;
mod fold;
mod misplaced;
mod paths;
mod read;
mod repair;
mod routes;
mod servers;
mod shared;
mod webhooks;

pub(crate) use read::resolve;
pub(crate) use routes::placeholders;
pub(crate) use shared::Shared;

use indexmap::IndexMap;
use openapiv3::{Header, Parameter, ReferenceOr, RequestBody, Response, Responses, Schema, SecurityScheme};
use serde::Serialize;

use crate::config::Config;
use crate::diagnostics::{Pointer, Report};
use crate::load::Tree;
use shared::Pool;

/// A document of OpenAPI 3.0 in which every operation says all about itself.
#[derive(Debug, Serialize)]
pub(crate) struct Document {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) version: String,
    /// The first server's URL.
    pub(crate) server: Option<String>,
    /// Tags with what they say, in the document's order.
    pub(crate) tags: IndexMap<String, Option<String>>,
    pub(crate) operations: Vec<Operation>,
    /// What else is declared and cannot be read: methods, and paths as they are sent.
    pub(crate) refused: Vec<(String, String)>,
    pub(crate) components: Components,
    /// What the server sends by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) webhooks: Vec<Webhook>,
}

/// A request that the server sends: a webhook, or a callback.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Webhook {
    pub(crate) at: Pointer,
    pub(crate) name: String,
    /// The operation whose callback it is, if it is of one alone.
    pub(crate) of: Option<String>,
    /// In small letters.
    pub(crate) method: String,
    /// The component that describes its body.
    pub(crate) schema: String,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
}

/// The components that operations refer to.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Components {
    pub(crate) schemas: IndexMap<String, ReferenceOr<Schema>>,
    pub(crate) parameters: IndexMap<String, ReferenceOr<Parameter>>,
    pub(crate) request_bodies: IndexMap<String, ReferenceOr<RequestBody>>,
    pub(crate) responses: IndexMap<String, ReferenceOr<Response>>,
    pub(crate) headers: IndexMap<String, ReferenceOr<Header>>,
    pub(crate) security_schemes: IndexMap<String, ReferenceOr<SecurityScheme>>,
    #[serde(skip)]
    shared_parameters: Pool<Parameter>,
    #[serde(skip)]
    shared_bodies: Pool<RequestBody>,
}

/// An operation with its route and all that applies to it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Operation {
    pub(crate) at: Pointer,
    /// The HTTP method in lower case, as the document writes it.
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) id: Option<String>,
    /// The first tag, or a word of the route.
    pub(crate) tag: String,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    /// Its own parameters and those of its path item.
    pub(crate) parameters: Vec<(Pointer, Shared<Parameter>)>,
    pub(crate) body: Option<(Pointer, Shared<RequestBody>)>,
    pub(crate) responses: Responses,
    /// Alternatives, each a list of schemes that are needed together.
    pub(crate) security: Vec<Vec<String>>,
    /// Where that stands: in the operation, or for all that have none of their own.
    pub(crate) security_at: Pointer,
    /// A server that it has instead of the document's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) server: Option<String>,
    /// The same operation under one more path parameter.
    pub(crate) twin: Option<Twin>,
}

impl Operation {
    /// The path as the document has it, whatever was made of it.
    pub(crate) fn declared_path(&self) -> String {
        declared_path(&self.at).unwrap_or_else(|| self.path.clone())
    }
}

impl Twin {
    /// The path as the document has it.
    pub(crate) fn declared_path(&self) -> String {
        declared_path(&self.at).unwrap_or_else(|| self.path.clone())
    }
}

/// The path in an operation's place; one that has no `/` before it is read with one, as it is sent.
fn declared_path(at: &Pointer) -> Option<String> {
    let mut segments = at.segments();
    let path = segments.next().filter(|first| first == "paths").and(segments.next())?;
    Some(as_sent(&path))
}

/// A path as it is sent.
fn as_sent(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

/// The other half of a folded pair.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Twin {
    pub(crate) at: Pointer,
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    /// The path parameter that only this half has.
    pub(crate) parameter: (Pointer, Shared<Parameter>),
}

/// Reads a tree and runs the passes.
pub(crate) fn normalize(mut tree: Tree, config: &Config, report: &mut Report) -> Document {
    encoding::explicit(&mut tree.value);
    let mut document = read::document(&tree.value, report);
    misplaced::repair(&mut document, report);
    routes::repair(&mut document, report);
    repair::repair(&mut document, config, report);
    fold::fold(&mut document, config, report);
    document
}

//! What the SDK is, free of OpenAPI's indirections and of Rust's syntax. Every node that a
//! person could be told about knows its place in the document.

mod auth;
mod media;
mod operation;
mod paging;
mod param;
mod rules;
mod samples;
mod types;
mod webhook;

pub use auth::{ApiKey, Scheme, SecurityScheme};
pub use media::{ContentHint, MediaType};
pub use operation::{
    Answer, Answers, Body, Case, Content, EventRules, FormRule, Header, Module, Operation, Part, PartContent, Payload,
    Response, Scoped, Status,
};
pub use paging::{Paging, Path, Turn};
pub use param::{ClientDefault, In, Keyed, Param, Style};
pub use rules::{Format, Kind, Rest, Rule, Rules, Told};
pub use samples::{Sample, Samples};
pub use types::{Alternative, Direction, Field, Only, Presence, Shape, TypeDef, TypeId, TypeRef, Variant};

pub use webhook::Webhook;

use serde::Serialize;

/// An API, ready to be rendered.
#[derive(Debug, Clone, Serialize)]
pub struct Api {
    /// The document's title.
    pub title: String,
    /// What the document says about itself.
    pub description: Option<String>,
    /// The document's version.
    pub version: String,
    /// The first server's URL.
    pub server: Option<String>,
    /// Groups of operations, sorted by name.
    pub modules: Vec<Module>,
    /// Named types, in the document's order; a [`TypeId`] is an index into this list.
    pub types: Vec<TypeDef>,
    /// What the server sends by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub webhooks: Vec<Webhook>,
    /// How some parameters are written that no style of OpenAPI's fits.
    pub keyed: Vec<Keyed>,
    /// Path parameters for which the client may hold a value.
    pub client_defaults: Vec<ClientDefault>,
    /// The security schemes, sorted by name.
    pub schemes: Vec<SecurityScheme>,
    /// The keys among them, each with a credential of its own.
    pub api_keys: Vec<ApiKey>,
    /// How many operations the document has, twins counted one by one.
    pub operations_in_document: usize,
    /// How many of them were refused.
    pub operations_refused: usize,
}

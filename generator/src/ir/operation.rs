//! Operations and what they take and give.

use serde::Serialize;
use serde_json::Value;

use super::{MediaType, Scheme, TypeRef};
use crate::diagnostics::Pointer;
use crate::names::Ident;

/// The operations of one tag.
#[derive(Debug, Clone, Serialize)]
pub struct Module {
    /// The module, and the client's method that leads to it.
    pub name: Ident,
    /// The type that holds the operations.
    pub type_name: Ident,
    /// The tag.
    pub tag: String,
    /// What the document says about the tag.
    pub description: Option<String>,
    /// The operations, sorted by name.
    pub operations: Vec<Operation>,
}

/// A method of the SDK.
#[derive(Debug, Clone, Serialize)]
pub struct Operation {
    /// Its place in the document.
    pub at: Pointer,
    /// The method's name.
    pub name: Ident,
    /// The request's type.
    pub request: Ident,
    /// The document's operationIds: its own, then that of the twin folded into it.
    pub ids: Vec<String>,
    /// The HTTP method in capitals.
    pub method: String,
    /// The path template; its parameters are in [`Self::params`].
    pub path: String,
    /// The route inside one scope, such as a tenant.
    pub scoped: Option<Scoped>,
    /// One line.
    pub summary: Option<String>,
    /// More than one line.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The parameters: those of the path in its order, then the others in the document's.
    pub params: Vec<Param>,
    /// The body.
    pub body: Option<Body>,
    /// What a success gives.
    pub answer: Answer,
    /// The media types to accept, in the document's order.
    pub accept: Vec<String>,
    /// The declared responses, in the document's order.
    pub responses: Vec<Response>,
    /// Alternatives, each needed together, in the document's order.
    pub security: Vec<Vec<Scheme>>,
}

/// The same operation under one more path parameter, chosen by a setter.
#[derive(Debug, Clone, Serialize)]
pub struct Scoped {
    /// Its place in the document.
    pub at: Pointer,
    /// The path template.
    pub path: String,
    /// One line on this route.
    pub summary: Option<String>,
    /// More than one line.
    pub description: Option<String>,
    /// The parameter that this route has more.
    pub param: Param,
}

/// A parameter.
#[derive(Debug, Clone, Serialize)]
pub struct Param {
    /// Its place in the document.
    pub at: Pointer,
    /// Its name in the document.
    pub wire: String,
    /// The argument or setter.
    pub name: Ident,
    /// Where it goes.
    pub place: In,
    /// Whether a request must have it.
    pub required: bool,
    /// What the server assumes without it; sent if it is required.
    pub default: Option<Value>,
    /// Its type: a scalar or a list of scalars.
    pub ty: TypeRef,
    /// What the document says.
    pub description: Option<String>,
    /// A value for examples.
    pub example: Option<Value>,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

impl Param {
    /// Whether the method takes it as an argument; the others have setters.
    pub fn is_argument(&self) -> bool {
        self.required && self.default.is_none()
    }
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum In {
    /// A segment of the path, or part of one.
    Path,
    /// The query.
    Query(Style),
    /// A header.
    Header,
}

/// How a list is written in a query (OpenAPI 3.0, "Style Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Style {
    /// `a=1&a=2`, or `a=1,2` if not exploded.
    Form {
        /// Whether each element repeats the name.
        explode: bool,
    },
    /// `a=1%202`.
    SpaceDelimited,
    /// `a=1%7C2`.
    PipeDelimited,
}

/// A request's body.
#[derive(Debug, Clone, Serialize)]
pub struct Body {
    /// Its place in the document.
    pub at: Pointer,
    /// The argument or setter.
    pub name: Ident,
    /// Whether a request must have it.
    pub required: bool,
    /// The media type as the document writes it.
    pub media_type: String,
    /// How it is sent.
    pub media: MediaType,
    /// The type of a JSON body.
    pub ty: TypeRef,
    /// What the document says.
    pub description: Option<String>,
}

/// What a success gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Answer {
    /// Nothing.
    Empty,
    /// A JSON value of a type.
    Json(TypeRef),
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

/// A declared response, for documentation.
#[derive(Debug, Clone, Serialize)]
pub struct Response {
    /// `200`, `4XX` or `default`.
    pub status: String,
    /// What the document says.
    pub description: String,
    /// The media types, in the document's order.
    pub media_types: Vec<String>,
}

/// Values for one place of the API, to call its operations with and to answer them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samples {
    /// With every optional member.
    pub full: Value,
    /// With the required members alone.
    pub least: Value,
}

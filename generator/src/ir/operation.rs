//! Operations and what they take and give.

use std::fmt;

use serde::Serialize;

use super::{Paging, Param, Rules, Samples, Scheme, Style, TypeRef};
use crate::diagnostics::Pointer;
use crate::names::{Ident, Why};

/// The operations of one tag.
#[derive(Debug, Clone, Serialize)]
pub struct Module {
    /// The module, and the client's method that leads to it.
    pub name: Ident,
    /// The cargo feature that switches the module on; none if it is the only one.
    pub feature: Option<String>,
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
    /// The whole name, with what the module says already; its types are called after it.
    #[serde(skip)]
    pub stem: Ident,
    /// Where its name is from.
    #[serde(skip)]
    pub why: Why,
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
    /// A server that the document gives it instead of its own; requests go to the client's address all
    /// the same.
    #[serde(skip)]
    pub server: Option<String>,
    /// The parameters: those of the path in its order, then the others in the document's.
    pub params: Vec<Param>,
    /// The body.
    pub body: Option<Body>,
    /// What it answers.
    pub answers: Answers,
    /// How its events are read.
    pub events: EventRules,
    /// How its answers follow one another, where they come page by page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paging: Option<Paging>,
    /// Alternatives, each needed together, in the document's order.
    pub security: Vec<Vec<Scheme>>,
    /// Values to call it with, where a contract test is asked for.
    #[serde(skip)]
    pub samples: Option<Samples>,
}

impl Operation {
    /// The types of its bodies and answers.
    pub fn types(&self) -> impl Iterator<Item = &TypeRef> {
        let contents = self.body.iter().flat_map(|body| &body.contents).flat_map(|content| content.payload.types());
        let cases = self.answers.successes.iter().chain(&self.answers.errors).filter_map(|case| case.answer.ty());
        contents.chain(cases).chain(self.answers.headers.iter().map(|header| &header.ty))
    }
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

/// What the ids of server-sent events mean, where the settings give them a meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct EventRules {
    /// Events with these ids say nothing.
    pub ignore: Vec<String>,
    /// An event with one of these ids is the last.
    pub last: Vec<String>,
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
    /// The type that holds one of several contents.
    pub type_name: Ident,
    /// What it may be, in the document's order; never empty.
    pub contents: Vec<Content>,
    /// What the document says.
    pub description: Option<String>,
}

/// One thing that a body may be.
#[derive(Debug, Clone, Serialize)]
pub struct Content {
    /// Its place in the document.
    pub at: Pointer,
    /// The variant, where the body may be several things.
    pub variant: Ident,
    /// The media type as it is sent.
    pub media_type: String,
    /// How it is sent.
    pub payload: Payload,
    /// What a value that is sent as JSON obeys.
    #[serde(skip)]
    pub rules: Rules,
}

/// What is sent.
#[derive(Debug, Clone, Serialize)]
pub enum Payload {
    /// A value as JSON.
    Json(TypeRef),
    /// JSON values, one a line.
    JsonLines(TypeRef),
    /// JSON values as a text sequence.
    JsonSequence(TypeRef),
    /// A text, verbatim.
    Text,
    /// Bytes, a file, or whatever can be read.
    Bytes,
    /// A form of names and values.
    Form {
        /// The form's type.
        ty: TypeRef,
        /// Properties that are not written in the usual way.
        rules: Vec<FormRule>,
    },
    /// A form of parts.
    Multipart {
        /// The type that builds it.
        name: Ident,
        /// The parts that the document names.
        parts: Vec<Part>,
    },
}

/// How a property of a form is written (OpenAPI 3.0, "Encoding Object").
#[derive(Debug, Clone, Serialize)]
pub struct FormRule {
    /// Its name in the document.
    pub wire: String,
    /// How its value is written, as in a query.
    pub style: Style,
    /// Whether reserved characters are sent as they are.
    pub reserved: bool,
}

impl Payload {
    /// The types inside.
    pub fn types(&self) -> impl Iterator<Item = &TypeRef> {
        let (own, parts): (_, &[Part]) = match self {
            Self::Json(ty) | Self::JsonLines(ty) | Self::JsonSequence(ty) | Self::Form { ty, .. } => (Some(ty), &[]),
            Self::Text | Self::Bytes => (None, &[]),
            Self::Multipart { parts, .. } => (None, parts),
        };
        own.into_iter().chain(parts.iter().filter_map(|part| part.content.ty()))
    }
}

/// A part of a multipart body.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// Its place in the document.
    pub at: Pointer,
    /// Its name in the document.
    pub wire: String,
    /// The argument or setter.
    pub name: Ident,
    /// Whether a body must have it.
    pub required: bool,
    /// Whether there may be several of that name.
    pub repeated: bool,
    /// What it holds.
    pub content: PartContent,
    /// The media type that the document gives it.
    pub media_type: Option<String>,
    /// What the document says.
    pub description: Option<String>,
}

/// What a part holds.
#[derive(Debug, Clone, Serialize)]
pub enum PartContent {
    /// A file.
    File,
    /// A string, number or the like, as text.
    Text(TypeRef),
    /// Anything else, as JSON.
    Json(TypeRef),
}

impl PartContent {
    /// The type inside, if there is one.
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Self::Text(ty) | Self::Json(ty) => Some(ty),
            Self::File => None,
        }
    }
}

/// What an operation answers.
#[derive(Debug, Clone, Serialize)]
pub struct Answers {
    /// The type of a success, where there are several kinds.
    pub type_name: Ident,
    /// The variant for a success that the document does not declare.
    pub other: Ident,
    /// The declared successes, in the document's order; none if it declares none.
    pub successes: Vec<Case>,
    /// The type of the declared errors.
    pub error_name: Ident,
    /// The declared answers other than successes, in the document's order.
    pub errors: Vec<Case>,
    /// The type of the declared headers.
    pub headers_name: Ident,
    /// The headers that successes declare.
    pub headers: Vec<Header>,
    /// The media types to accept, in the document's order.
    pub accept: Vec<String>,
    /// The declared responses, in the document's order.
    pub responses: Vec<Response>,
}

impl Answers {
    /// What every success gives, if it is the same for all.
    pub fn only(&self) -> Option<&Answer> {
        match self.successes.split_first() {
            None => Some(&Answer::Empty),
            Some((first, others)) => others.iter().all(|other| other.answer == first.answer).then_some(&first.answer),
        }
    }

    /// Whether a success is a stream of events.
    pub fn has_events(&self) -> bool {
        self.successes.iter().any(|case| matches!(case.answer, Answer::Events(_)))
    }

    /// Whether a declared error has a body that could be read.
    pub fn has_errors(&self) -> bool {
        self.errors.iter().any(|case| case.answer != Answer::Empty)
    }
}

/// One declared answer: a status with a media type.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// Its place in the document.
    pub at: Pointer,
    /// The variant.
    pub variant: Ident,
    /// The status.
    pub status: Status,
    /// The media type as the document writes it; none without a body.
    pub media_type: Option<String>,
    /// What it gives.
    pub answer: Answer,
}

/// The status of a declared answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Status {
    /// `200`.
    Code(u16),
    /// `2XX`, by its first digit.
    Range(u16),
    /// `default`.
    Default,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// What an answer gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Answer {
    /// Nothing.
    Empty,
    /// A JSON value of a type.
    Json(TypeRef),
    /// A text.
    Text,
    /// Bytes, as they come.
    Bytes,
    /// Server-sent events with JSON values.
    Events(TypeRef),
    /// JSON values, one a line, as they come.
    JsonLines(TypeRef),
    /// JSON values of a text sequence, as they come.
    JsonSequence(TypeRef),
}

impl Answer {
    /// The type inside, if there is one.
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Self::Json(ty) | Self::Events(ty) | Self::JsonLines(ty) | Self::JsonSequence(ty) => Some(ty),
            Self::Empty | Self::Text | Self::Bytes => None,
        }
    }

    /// Whether it is read while it comes.
    pub fn is_stream(&self) -> bool {
        matches!(self, Self::Bytes | Self::Events(_) | Self::JsonLines(_) | Self::JsonSequence(_))
    }
}

/// A header of an answer.
#[derive(Debug, Clone, Serialize)]
pub struct Header {
    /// Its place in the document.
    pub at: Pointer,
    /// Its name in the document.
    pub wire: String,
    /// The field.
    pub name: Ident,
    /// Its type: a scalar or a list of scalars.
    pub ty: TypeRef,
    /// What the document says.
    pub description: Option<String>,
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

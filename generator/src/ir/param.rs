//! Parameters, and how they are written.

use serde::Serialize;
use serde_json::Value;

use super::TypeRef;
use crate::diagnostics::Pointer;
use crate::names::Ident;

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
    /// How its value is written.
    pub style: Style,
    /// Whether a request must have it.
    pub required: bool,
    /// What the server assumes without it; sent if it is required.
    pub default: Option<Value>,
    /// Its type, apart from being null.
    pub ty: TypeRef,
    /// Whether reserved characters are sent as they are.
    pub reserved: bool,
    /// Whether it may be sent without a value, though its type has no empty one.
    pub may_be_empty: bool,
    /// Whether the client may hold a value for all requests.
    pub from_client: bool,
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
        self.required && self.default.is_none() && !self.from_client
    }

    /// Whether it is written in another way than is usual in its place.
    pub fn is_styled(&self) -> bool {
        self.style != Style::usual(self.place)
    }
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum In {
    /// A segment of the path, or part of one.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// How a value is written (OpenAPI 3.0, "Style Values"). Exploded, each member of a list or object
/// stands for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Style {
    /// `1,2`.
    Simple {
        /// Whether a member of an object is `name=value`.
        explode: bool,
    },
    /// `.1,2`, or `.1.2` if exploded.
    Label {
        /// Whether members are divided by dots.
        explode: bool,
    },
    /// `;a=1,2`, or `;a=1;a=2` if exploded.
    Matrix {
        /// Whether each member has a name of its own.
        explode: bool,
    },
    /// `a=1,2`, or `a=1&a=2` if exploded.
    Form {
        /// Whether each member is a pair of its own.
        explode: bool,
    },
    /// `a=1%202`.
    SpaceDelimited,
    /// `a=1%7C2`.
    PipeDelimited,
    /// `a[b]=1&a[c]=2`.
    DeepObject,
    /// One JSON text.
    Json,
    /// As the settings say: an index into [`super::Api::keyed`].
    Keyed(usize),
}

impl Style {
    /// How a value is written in a place where nothing else is said.
    pub fn usual(place: In) -> Self {
        match place {
            In::Path | In::Header => Self::Simple { explode: false },
            In::Query | In::Cookie => Self::Form { explode: true },
        }
    }
}

/// A list of objects, each of which is a pair in the query.
#[derive(Debug, Clone, Serialize)]
pub struct Keyed {
    /// Its name among its like.
    pub name: Ident,
    /// The key, with members as `{name}`.
    pub key: String,
    /// The member that is the value.
    pub value: String,
    /// Values of members that are spelled otherwise in the key.
    pub spelled: Vec<(String, String)>,
}

/// A value for a path parameter that the client holds for all requests.
#[derive(Debug, Clone, Serialize)]
pub struct ClientDefault {
    /// The parameter's name in the document.
    pub wire: String,
    /// The client builder's method.
    pub name: Ident,
    /// What the document says.
    pub description: Option<String>,
}

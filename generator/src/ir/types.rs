//! Types.

use serde::Serialize;
use serde_json::Value;

use super::Rules;
use crate::diagnostics::Pointer;
use crate::names::Ident;

/// A named type, as an index into [`super::Api::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct TypeId(pub usize);

/// A named type.
#[derive(Debug, Clone, Serialize)]
pub struct TypeDef {
    /// Its place in the document.
    pub at: Pointer,
    /// Where the user wrote it: another place, if the document was of another version.
    #[serde(skip)]
    pub written: Pointer,
    /// Its name in the document; none if it stands inside another schema.
    pub schema: Option<String>,
    /// Its Rust name.
    pub name: Ident,
    /// Its module and file.
    pub module: Ident,
    /// What the document says.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// What it is made of.
    pub shape: Shape,
    /// Where it is used.
    pub direction: Direction,
    /// Whether the server sends it by itself: then it is there with any modules.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub called_back: bool,
    /// The modules whose operations reach it, sorted; none if no operation does.
    pub modules: Vec<Ident>,
    /// What its values obey.
    #[serde(skip)]
    pub rules: Rules,
}

/// Whether a type is sent, received or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Direction {
    /// Some request reaches it.
    pub request: bool,
    /// Some response reaches it.
    pub response: bool,
}

/// What a named type is made of.
#[derive(Debug, Clone, Serialize)]
pub enum Shape {
    /// An object with known members; the others are kept too.
    Struct {
        /// The members, in the document's order.
        fields: Vec<Field>,
        /// The member that keeps what the document does not name.
        extra: Ident,
    },
    /// A string out of a list that may grow.
    Enum {
        /// The known values, in the document's order.
        variants: Vec<Variant>,
        /// The variant that keeps any other value.
        unknown: Ident,
    },
    /// One of several things; any other is kept too.
    Union {
        /// The member by whose value the variants are told apart, if the document names one.
        tag: Option<String>,
        /// Whether the tag alone decides; else what a value looks like does too.
        decides: bool,
        /// What it may be, in the document's order.
        variants: Vec<Alternative>,
        /// The variant that keeps any other value.
        unknown: Ident,
    },
    /// Another name for a type.
    Alias(TypeRef),
}

/// One of the things that a union may be.
#[derive(Debug, Clone, Serialize)]
pub struct Alternative {
    /// Its place in the document.
    pub at: Pointer,
    /// The variant.
    pub name: Ident,
    /// Its type.
    pub ty: TypeRef,
    /// The values of the union's tag that mean it; the first is the one that is written.
    pub tags: Vec<String>,
    /// Whether it needs a box, because it is large or holds the union itself.
    pub boxed: bool,
}

/// A member of an object.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// Its place in the document.
    pub at: Pointer,
    /// Its name in the document.
    pub wire: String,
    /// The field.
    pub name: Ident,
    /// Its type, apart from being absent or null.
    pub ty: TypeRef,
    /// Whether it may be absent or null.
    pub presence: Presence,
    /// Whether the type would contain itself without a box here.
    pub boxed: bool,
    /// Whether `Debug` must not show it.
    pub secret: bool,
    /// Whether only answers hold it, or only requests.
    pub only: Option<Only>,
    /// What the document says.
    pub description: Option<String>,
    /// What the server takes where it is not given; nothing prints it, but a change of it is told.
    #[serde(skip)]
    pub default: Option<Value>,
    /// A value for examples.
    pub example: Option<Value>,
    /// Rules that its own schema has for the value and that documentation tells; the type has them too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Rules,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The value that tells what the object is, the same in every union that it is a variant of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

/// The one direction in which a member is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Only {
    /// Answers hold it, requests do not (`readOnly`).
    Read,
    /// Requests hold it, answers do not (`writeOnly`).
    Write,
}

/// Whether a member may be absent, null, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Presence {
    /// Always there, never null.
    Required,
    /// Always there, but it may be null.
    RequiredNullable,
    /// It may be absent.
    Optional,
    /// Absent, null and value are three things.
    OptionalNullable,
}

/// A value of an enum.
#[derive(Debug, Clone, Serialize)]
pub struct Variant {
    /// The value on the wire.
    pub wire: String,
    /// The variant.
    pub name: Ident,
}

/// The use of a type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum TypeRef {
    /// Any JSON value.
    Any,
    /// A string.
    String,
    /// A boolean.
    Boolean,
    /// A 32-bit integer.
    Int32,
    /// A 64-bit integer.
    Int64,
    /// A number.
    Number,
    /// A point in time (RFC 3339).
    DateTime,
    /// A day (RFC 3339, `full-date`).
    Date,
    /// A UUID (RFC 9562).
    Uuid,
    /// A list.
    Array(Box<TypeRef>),
    /// An object whose keys are not known.
    Map(Box<TypeRef>),
    /// A value that may be null inside a list or map.
    Nullable(Box<TypeRef>),
    /// A named type.
    Named(TypeId),
}

impl TypeRef {
    /// The named type inside, if there is one.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            _ => None,
        }
    }
}

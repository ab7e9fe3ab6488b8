//! What the server sends by itself.

use serde::Serialize;

use super::TypeRef;
use crate::diagnostics::Pointer;
use crate::names::Ident;

/// A request that the server sends: a webhook, or a callback.
#[derive(Debug, Clone, Serialize)]
pub struct Webhook {
    /// Its place in the document.
    pub at: Pointer,
    /// Its name in the document.
    pub wire: String,
    /// The operation whose callback it is, if it is of one alone.
    pub of: Option<String>,
    /// The alias of its type.
    pub name: Ident,
    /// The HTTP method in capitals.
    pub method: String,
    /// What the document says in a few words.
    pub summary: Option<String>,
    /// What the document says.
    pub description: Option<String>,
    /// The type of its body.
    pub ty: TypeRef,
}

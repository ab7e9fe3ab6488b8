//! Answers that come page by page.

use serde::Serialize;

use super::{TypeId, TypeRef};
use crate::names::Ident;

/// How the answers of an operation follow one another.
#[derive(Debug, Clone, Serialize)]
pub struct Paging {
    /// The method that gives the answers.
    pub pages: Ident,
    /// The method that gives the elements.
    pub items: Ident,
    /// The query parameter that turns the page.
    pub parameter: String,
    /// How it does.
    pub turn: Turn,
    /// Where the elements are.
    pub elements: Path,
    /// The type of an element.
    pub element: TypeRef,
    /// Where it says how many elements there are on all pages.
    pub total: Option<Path>,
}

/// How the page is turned.
#[derive(Debug, Clone, Serialize)]
pub enum Turn {
    /// Pages are counted, from this one on.
    Page(u64),
    /// Elements are counted, from this one on.
    Offset(u64),
    /// A page says where the next one begins.
    Cursor(Path),
}

/// A member of an answer, or of a member of it; empty for the answer itself.
#[derive(Debug, Clone, Serialize)]
pub struct Path {
    /// As the settings write it.
    pub wire: String,
    /// The members from the outermost on: a struct, and an index into its fields.
    pub members: Vec<(TypeId, usize)>,
}

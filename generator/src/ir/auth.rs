//! Authentication.

use serde::Serialize;

/// A way to authenticate that the SDK serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Scheme {
    /// RFC 7617.
    Basic,
    /// RFC 6750; also the token of OAuth 2 and OpenID Connect, which the caller brings.
    Bearer,
}

/// A security scheme of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecurityScheme {
    /// Its name in the document.
    pub name: String,
    /// How the SDK serves it; none if it does not.
    pub scheme: Option<Scheme>,
    /// What the document says about it.
    pub description: Option<String>,
}

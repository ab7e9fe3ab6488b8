//! Authentication.

use serde::Serialize;

use super::In;
use crate::names::Ident;

/// A way to authenticate that the SDK serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Scheme {
    /// RFC 7617.
    Basic,
    /// RFC 6750; also the token of OAuth 2 and OpenID Connect, which the caller brings.
    Bearer,
    /// A key of its own; an index into [`Api::api_keys`](super::Api::api_keys).
    ApiKey(usize),
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

/// A key that goes where the document says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiKey {
    /// The security scheme's name in the document.
    pub scheme: String,
    /// The setter of the client's builder.
    pub name: Ident,
    /// Where it goes; never the path.
    pub place: In,
    /// The name of the header, of the query's parameter or of the cookie.
    pub wire: String,
    /// What the document says about it.
    pub description: Option<String>,
}

//! What things are called.

use serde::Deserialize;

/// Folds `x` and `x` + suffix into one method, where the routes differ in nothing but a
/// `{parameter}` segment and everything else is the same.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fold {
    /// What the twin's operationId ends in.
    pub suffix: String,
    /// The path parameter that only the twin has.
    pub parameter: String,
    /// Why.
    pub reason: String,
}

/// Another name for one thing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rename {
    /// The Rust name, as it is to be.
    pub rename: String,
    /// Why.
    pub reason: String,
}

/// A route that is now another, and keeps the name that the lock gives it.
///
/// ```toml
/// [[moved]]
/// from = "GET /users/{id}"
/// to = "GET /{tenant}/users/{id}"
/// reason = "users belong to tenants since 2.0"
/// ```
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// The route that is gone.
    pub from: String,
    /// The route that it is now.
    pub to: String,
    /// Why.
    pub reason: String,
}

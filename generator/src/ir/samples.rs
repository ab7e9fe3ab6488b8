//! Values to call operations with, and to answer them. They are made for the contract test alone,
//! and no stage prints them.

use serde_json::Value;

/// Two values for one place of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// With every optional member.
    pub full: Value,
    /// With the required members alone.
    pub least: Value,
}

/// The samples of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Samples {
    /// One for each of [`super::Operation::params`].
    pub params: Vec<Sample>,
    /// For the parameter of the scoped route.
    pub scoped: Option<Sample>,
    /// One for each content of the body.
    pub contents: Vec<Sample>,
    /// One for each declared success.
    pub successes: Vec<Sample>,
    /// One for each declared error.
    pub errors: Vec<Sample>,
}

//! What a document cannot say of parameters, properties and events.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A property whose value is a secret.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secret {
    /// The schema's name in the document.
    pub schema: String,
    /// The property's name in the document.
    pub property: String,
    /// Why.
    pub reason: String,
}

/// How a parameter is written that no style of OpenAPI's fits: each object of a list is a pair of
/// the query, whose key is made from some of its members.
///
/// ```toml
/// [[parameters]]
/// name = "filters"
/// in = "query"
/// key = "filters[{field}][{operation}]"
/// value = "value"
/// spelled = { FLOW_ID = "flowId" }
/// reason = "the server reads conditions from the keys"
/// ```
///
/// The value is a single one, a list, which is joined by commas, or an object, which adds `[name]`
/// to the key for each of its members.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keyed {
    /// The parameter's name.
    pub name: String,
    /// Where it goes.
    #[serde(rename = "in")]
    pub place: KeyedPlace,
    /// The key, with members of the object as `{name}`.
    pub key: String,
    /// The member that is the value.
    pub value: String,
    /// Values of members that are spelled otherwise in the key.
    #[serde(default)]
    pub spelled: BTreeMap<String, String>,
    /// Why.
    pub reason: String,
}

/// Where a parameter can be written in a way of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyedPlace {
    /// The query.
    Query,
}

/// A path parameter that most requests share, so that it is told to the client once.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientDefault {
    /// The parameter's name.
    pub parameter: String,
    /// Why.
    pub reason: String,
}

/// What the ids of server-sent events mean, which no document can say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// The operations by operationId; none for all that answer with events.
    #[serde(default)]
    pub operations: Vec<String>,
    /// Events with these ids say nothing, and are passed over.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// An event with one of these ids is the last: the stream ends behind it.
    #[serde(default)]
    pub last: Vec<String>,
    /// Why.
    pub reason: String,
}

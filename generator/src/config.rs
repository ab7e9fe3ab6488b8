//! One API's settings: what a document cannot say, each with a reason.
//!
//! ```toml
//! acronyms = ["IAM"]
//!
//! [package]
//! name = "petstore-sdk"
//!
//! [[fold]]
//! suffix = "WithTenant"
//! parameter = "tenant"
//! reason = "the same operation inside one tenant"
//!
//! [operations.patchUserDemo]
//! rename = "patch_user_restricted"
//! reason = "the route sets `restricted`"
//! ```

mod pages;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::diagnostics::{Diagnostic, Place, Report};

pub use pages::{Pages, Turn};

/// The settings of one API; every part may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The generated crate.
    pub package: Package,
    /// Words that are written in capitals and count as one word (`IAM` in `IAMUser`).
    pub acronyms: Vec<String>,
    /// Twins that become one method with an optional path parameter.
    pub fold: Vec<Spanned<Fold>>,
    /// Modules by tag.
    pub modules: BTreeMap<Spanned<String>, Rename>,
    /// Routes that moved, each of which keeps its name.
    pub moved: Vec<Spanned<Moved>>,
    /// Operations by operationId, where `x_1` and `x1` mean the same, or by route (`GET /users`).
    pub operations: BTreeMap<Spanned<String>, Rename>,
    /// Types by schema name.
    pub schemas: BTreeMap<Spanned<String>, Rename>,
    /// Properties that `Debug` must not show.
    pub secrets: Vec<Spanned<Secret>>,
    /// Parameters that are written in a way of their own.
    pub parameters: Vec<Spanned<Keyed>>,
    /// Path parameters for which the client may hold a value.
    pub client_defaults: Vec<Spanned<ClientDefault>>,
    /// Schemas and bodies that are another type on the wire than the document says.
    pub retype: Vec<Spanned<Retype>>,
    /// Properties that are required by the document, and missing all the same.
    pub optional: Vec<Spanned<Optional>>,
    /// Operations that need credentials which the document does not ask for.
    pub security: Vec<Spanned<Security>>,
    /// Operations that the document calls deprecated, though they stay.
    pub undeprecate: Vec<Spanned<Undeprecate>>,
    /// What the ids of server-sent events mean.
    pub events: Vec<Spanned<Events>>,
    /// Operations that answer page by page.
    pub pages: Vec<Spanned<Pages>>,
    /// Documents that change the document before it is understood, in this order.
    pub overlays: Vec<Spanned<Overlay>>,
}

/// An overlay (Overlay Specification 1.1).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// Its path from the folder of the document.
    pub file: String,
    /// Why.
    pub reason: String,
}

/// The generated crate.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Package {
    /// The crate's name; without one it is made from the document's title.
    pub name: Option<Spanned<String>>,
    /// One line for the registry.
    pub description: Option<String>,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Whether the crate takes versions and lints from the workspace around it.
    pub workspace: bool,
    /// Whether the crate has a contract test: every operation is called, and every declared answer
    /// read, with values made from the document.
    pub contract: bool,
}

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

/// Schemas, or a body, that are another type on the wire than the document says.
///
/// ```toml
/// [[retype]]
/// schemas = "Map_*"
/// type = "any"
/// reason = "the members are not declared"
///
/// [[retype]]
/// body = { operation = "setValue", media_type = "application/json" }
/// type = "any"
/// reason = "the server reads any JSON"
/// ```
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retype {
    /// The schemas' names; `*` stands for any text.
    pub schemas: Option<String>,
    /// The body of an operation.
    pub body: Option<BodyOf>,
    /// The type on the wire.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Why.
    pub reason: String,
}

/// What an operation takes under one media type.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyOf {
    /// The operationId; `*` stands for any text.
    pub operation: String,
    /// The media type, as the document writes it.
    pub media_type: String,
}

/// A type that a schema can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A string.
    String,
    /// An object whose members may be called and be anything.
    Map,
    /// Any JSON value.
    Any,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String => "texts",
            Self::Map => "maps of any JSON values",
            Self::Any => "any JSON values",
        })
    }
}

/// Properties that are required by the document, and missing all the same.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Optional {
    /// The schemas' names; `*` stands for any text.
    pub schemas: String,
    /// The properties' names, one or several; `*` stands for any text.
    #[serde(deserialize_with = "one_or_more")]
    pub properties: Vec<String>,
    /// Why.
    pub reason: String,
}

/// Operations that need credentials which the document does not ask for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Security {
    /// The path templates; `*` stands for any text.
    pub routes: String,
    /// Alternatives, each a list of security schemes that are needed together.
    pub schemes: Vec<Vec<String>>,
    /// Why.
    pub reason: String,
}

/// Operations that the document calls deprecated, though they stay: nobody is warned of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undeprecate {
    /// The operationIds; `*` stands for any text.
    pub operations: String,
    /// Why.
    pub reason: String,
}

/// A text, or a list of texts.
fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected a text or a list of texts")]
    enum Texts {
        One(String),
        More(Vec<String>),
    }
    Ok(match Texts::deserialize(deserializer)? {
        Texts::One(text) => vec![text],
        Texts::More(texts) => texts,
    })
}

/// Whether a name is one that a pattern with `*` for any text means.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, rest)) => name
            .strip_prefix(start)
            .is_some_and(|name| (0..=name.len()).any(|at| name.is_char_boundary(at) && matches(rest, &name[at..]))),
    }
}

/// The codes of errors that an entry causes which does not fit the document: it applies to nothing, or
/// to what it cannot apply to.
pub const UNFIT: [&str; 6] =
    ["unused-config", "unused-overlay", "ineffective-config", "unfit-pages", "unknown-member", "name-taken"];

/// Reads the settings; what is wrong with them goes to the report.
pub(crate) fn parse(text: &str, name: Option<&str>, report: &mut Report) -> Config {
    let mut config = match toml::from_str::<Config>(text) {
        Ok(config) => config,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            report.push(
                Diagnostic::error("invalid-config", Place::Config(at), error.message().replace('\n', " "))
                    .help("the settings and their keys are listed in the README"),
            );
            Config::default()
        }
    };
    let entries = [&config.modules, &config.operations, &config.schemas].into_iter().flatten();
    let reasons = entries
        .map(|(key, entry)| (key.span().start, &entry.reason))
        .chain(config.fold.iter().map(|fold| (fold.span().start, &fold.as_ref().reason)))
        .chain(config.parameters.iter().map(|entry| (entry.span().start, &entry.as_ref().reason)))
        .chain(config.client_defaults.iter().map(|entry| (entry.span().start, &entry.as_ref().reason)))
        .chain(config.retype.iter().map(|rule| (rule.span().start, &rule.as_ref().reason)))
        .chain(config.optional.iter().map(|rule| (rule.span().start, &rule.as_ref().reason)))
        .chain(config.security.iter().map(|rule| (rule.span().start, &rule.as_ref().reason)))
        .chain(config.undeprecate.iter().map(|rule| (rule.span().start, &rule.as_ref().reason)))
        .chain(config.events.iter().map(|events| (events.span().start, &events.as_ref().reason)))
        .chain(config.moved.iter().map(|moved| (moved.span().start, &moved.as_ref().reason)))
        .chain(config.overlays.iter().map(|overlay| (overlay.span().start, &overlay.as_ref().reason)))
        .chain(config.pages.iter().map(|pages| (pages.span().start, &pages.as_ref().reason)))
        .chain(config.secrets.iter().map(|secret| (secret.span().start, &secret.as_ref().reason)));
    for (at, reason) in reasons {
        if reason.trim().is_empty() {
            report.push(
                Diagnostic::error("missing-reason", Place::Config(at), "this entry gives no reason")
                    .help("say why it is needed, for whoever reads it next year"),
            );
        }
    }
    pages::check(&config.pages, report);
    for rule in config.parameters.iter().filter(|rule| !is_key(&rule.as_ref().key)) {
        let message = format!("`{}` is no key for the elements of a list", rule.as_ref().key);
        report.push(
            Diagnostic::error("invalid-config", Place::Config(rule.span().start), message)
                .label("this entry")
                .help("name at least one of their members, each in braces: `filters[{field}]`"),
        );
    }
    if let Some(name) = name {
        config.package.name = Some(Spanned::new(0..0, name.to_owned()));
    }
    if let Some(name) = &config.package.name
        && !is_package_name(name.as_ref())
    {
        report.push(
            Diagnostic::error(
                "invalid-name",
                Place::Config(name.span().start),
                format!("`{}` is no name for a crate", name.as_ref()),
            )
            .help("take small letters, digits, `-` and `_`, beginning with a letter"),
        );
    }
    config
}

/// A name that cargo takes and that makes a lint-free identifier.
fn is_package_name(name: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_allowed)
}

/// A text with at least one `{member}`, and no other brace.
fn is_key(key: &str) -> bool {
    let mut parts = key.split('{');
    let is_member =
        |part: &str| part.split_once('}').is_some_and(|(name, rest)| !name.is_empty() && !rest.contains('}'));
    parts.next().is_some_and(|before| !before.contains('}')) && key.contains('{') && parts.all(is_member)
}

//! Where a document is wrong: what is left out of it, what is of another type, and what is marked
//! otherwise. Each entry says which nodes it is about ([`Nodes`]), and why.

use std::fmt;

use serde::{Deserialize, Deserializer};
use toml::{Spanned, Table};

use super::Config;
use crate::diagnostics::{Diagnostic, Place, Report};

/// What is left out of the document, as if it had never been written.
///
/// ```toml
/// [[drop]]
/// operations = "GET /internal/*"
/// reason = "not meant for customers"
///
/// [[drop]]
/// at = "#/components/schemas/Status/enum/3"
/// reason = "a slip: the server never says so"
/// ```
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drop {
    /// JSON pointers.
    #[serde(default, deserialize_with = "one_or_more")]
    pub at: Vec<String>,
    /// Operations by operationId or route; of these alone, if parameters are named, too.
    #[serde(default, deserialize_with = "one_or_more")]
    pub operations: Vec<String>,
    /// Parameters by name.
    #[serde(default, deserialize_with = "one_or_more")]
    pub parameters: Vec<String>,
    /// Schemas by name; of these the properties, if properties are named, too.
    #[serde(default, deserialize_with = "one_or_more")]
    pub schemas: Vec<String>,
    /// Properties by name, `a.b` for one inside.
    #[serde(default, deserialize_with = "one_or_more")]
    pub properties: Vec<String>,
    /// Why.
    pub reason: String,
}

/// What is of another type on the wire than the document says: `type`, perhaps with a `format`, or
/// what `ref` names, or a whole `schema`.
///
/// ```toml
/// [[retype]]
/// schemas = "User"
/// properties = "id"
/// type = "string"
/// format = "uuid"
/// reason = "the server has no numbers for users"
///
/// [[retype]]
/// body = { operation = "setValue", media_type = "application/json" }
/// type = "any"
/// reason = "the server reads any JSON"
/// ```
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retype {
    /// JSON pointers.
    #[serde(default, deserialize_with = "one_or_more")]
    pub at: Vec<String>,
    /// Whose parameters are meant, by operationId or route.
    #[serde(default, deserialize_with = "one_or_more")]
    pub operations: Vec<String>,
    /// Parameters by name.
    #[serde(default, deserialize_with = "one_or_more")]
    pub parameters: Vec<String>,
    /// Schemas by name; of these the properties, if properties are named, too.
    #[serde(default, deserialize_with = "one_or_more")]
    pub schemas: Vec<String>,
    /// Properties by name, `a.b` for one inside.
    #[serde(default, deserialize_with = "one_or_more")]
    pub properties: Vec<String>,
    /// The body of an operation.
    pub body: Option<BodyOf>,
    /// The type on the wire.
    #[serde(rename = "type")]
    pub kind: Option<Spanned<Kind>>,
    /// Its format.
    pub format: Option<String>,
    /// The schema that it is, by its name.
    #[serde(rename = "ref")]
    pub reference: Option<Spanned<String>>,
    /// The whole schema that it is, as a document would have it.
    pub schema: Option<Spanned<Table>>,
    /// Why.
    pub reason: String,
}

/// What an operation takes under one media type.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyOf {
    /// The operationId or the route; `*` stands for any text.
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
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// An object whose members may be called and be anything.
    Map,
    /// Any JSON value.
    Any,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String => "texts",
            Self::Integer => "whole numbers",
            Self::Number => "numbers",
            Self::Boolean => "booleans",
            Self::Map => "maps of any JSON values",
            Self::Any => "any JSON values",
        })
    }
}

/// What nodes are, or are not, whatever the document says.
///
/// ```toml
/// [[mark]]
/// schemas = "User"
/// properties = ["email", "phone"]
/// nullable = true
/// reason = "both are null for users without an account"
/// ```
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// JSON pointers.
    #[serde(default, deserialize_with = "one_or_more")]
    pub at: Vec<String>,
    /// Operations by operationId or route; of these alone, if parameters are named, too.
    #[serde(default, deserialize_with = "one_or_more")]
    pub operations: Vec<String>,
    /// Parameters by name.
    #[serde(default, deserialize_with = "one_or_more")]
    pub parameters: Vec<String>,
    /// Schemas by name; of these the properties, if properties are named, too.
    #[serde(default, deserialize_with = "one_or_more")]
    pub schemas: Vec<String>,
    /// Properties by name, `a.b` for one inside.
    #[serde(default, deserialize_with = "one_or_more")]
    pub properties: Vec<String>,
    /// Whether a property, a parameter or a body has to be there.
    pub required: Option<Spanned<bool>>,
    /// Whether a schema may be null.
    pub nullable: Option<Spanned<bool>>,
    /// Whether an operation, a parameter or a schema is deprecated.
    pub deprecated: Option<Spanned<bool>>,
    /// Whether only answers have a property.
    pub read_only: Option<Spanned<bool>>,
    /// Whether only requests have a property.
    pub write_only: Option<Spanned<bool>>,
    /// Why.
    pub reason: String,
}

/// Properties that are required by the document, and missing all the same: `[[mark]]` with
/// `required = false` for properties alone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Optional {
    /// The schemas' names, one or several; `*` stands for any text.
    #[serde(deserialize_with = "one_or_more")]
    pub schemas: Vec<String>,
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

/// Operations that the document calls deprecated, though they stay, so that nobody is warned of
/// them: `[[mark]]` with `deprecated = false` for operations alone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undeprecate {
    /// The operationIds or routes, one or several; `*` stands for any text.
    #[serde(deserialize_with = "one_or_more")]
    pub operations: Vec<String>,
    /// Why.
    pub reason: String,
}

/// Which nodes of the document an entry is about; in every name `*` stands for any text.
#[derive(Debug, Clone, Copy)]
pub enum Nodes<'a> {
    /// Those at JSON pointers.
    At(&'a [String]),
    /// Operations by operationId or by route (`GET /users/{id}`).
    Operations(&'a [String]),
    /// Parameters: everywhere, or of some operations.
    Parameters(&'a [String], &'a [String]),
    /// Schemas by name.
    Schemas(&'a [String]),
    /// Properties of schemas.
    Properties(&'a [String], &'a [String]),
    /// What an operation takes under one media type.
    Body(&'a BodyOf),
}

impl<'a> Nodes<'a> {
    /// What the members of an entry name together; none if they do not fit together.
    fn of(
        at: &'a [String],
        operations: &'a [String],
        parameters: &'a [String],
        schemas: &'a [String],
        properties: &'a [String],
    ) -> Option<Self> {
        match (at, operations, parameters, schemas, properties) {
            ([_, ..], [], [], [], []) => Some(Self::At(at)),
            ([], [_, ..], [], [], []) => Some(Self::Operations(operations)),
            ([], _, [_, ..], [], []) => Some(Self::Parameters(parameters, operations)),
            ([], [], [], [_, ..], []) => Some(Self::Schemas(schemas)),
            ([], [], [], [_, ..], [_, ..]) => Some(Self::Properties(schemas, properties)),
            _ => None,
        }
    }
}

impl Drop {
    /// What it is about; none if it does not say so.
    pub fn nodes(&self) -> Option<Nodes<'_>> {
        Nodes::of(&self.at, &self.operations, &self.parameters, &self.schemas, &self.properties)
    }
}

impl Retype {
    /// What it is about; none if it does not say so.
    pub fn nodes(&self) -> Option<Nodes<'_>> {
        let nodes = Nodes::of(&self.at, &self.operations, &self.parameters, &self.schemas, &self.properties);
        let names = [&self.at, &self.operations, &self.parameters, &self.schemas, &self.properties];
        match &self.body {
            Some(body) => names.iter().all(|names| names.is_empty()).then_some(Nodes::Body(body)),
            None => nodes.filter(|nodes| !matches!(nodes, Nodes::Operations(_))),
        }
    }
}

impl Mark {
    /// What it is about; none if it does not say so.
    pub fn nodes(&self) -> Option<Nodes<'_>> {
        Nodes::of(&self.at, &self.operations, &self.parameters, &self.schemas, &self.properties)
    }
}

/// Takes out, with an error each, what no document could be changed by.
pub(super) fn check(config: &mut Config, report: &mut Report) {
    const WHICH: &str = "an entry names nodes by `at`, or by `operations`, or by `parameters` (perhaps of some \
                         `operations`), or by `schemas` (perhaps some of their `properties`)";
    let mut fault = |at: usize, message: String, help: &str| {
        report.push(
            Diagnostic::error("invalid-config", Place::Config(at), message)
                .label("this entry")
                .help(help.to_owned() + "; all ways are in generator/docs/settings.md"),
        );
        false
    };
    let names = |nodes: Option<Nodes<'_>>, at: usize, fault: &mut dyn FnMut(usize, String, &str) -> bool| {
        let Some(nodes) = nodes else {
            return fault(at, "this entry does not say which nodes it is about".to_owned(), WHICH);
        };
        let Nodes::At(pointers) = nodes else { return true };
        pointers.iter().all(|pointer| {
            let help = "it begins with `#/` or `/`, and in names `~1` stands for `/` and `~0` for `~`";
            is_pointer(pointer) || fault(at, format!("`{pointer}` is no JSON pointer"), help)
        })
    };
    config.drop.retain(|entry| names(entry.as_ref().nodes(), entry.span().start, &mut fault));
    config.retype.retain(|entry| {
        let (rule, at) = (entry.as_ref(), entry.span().start);
        let said = [rule.kind.is_some(), rule.reference.is_some(), rule.schema.is_some()];
        let help = "say one of `type`, `ref` and `schema`, and a `format` only beside a `type`";
        if said.iter().filter(|it| **it).count() != 1 {
            return fault(at, "this entry must say one type, in one way".to_owned(), help);
        }
        if rule.format.is_some() && rule.kind.is_none() {
            return fault(at, "a `format` says nothing without a `type`".to_owned(), help);
        }
        names(rule.nodes(), at, &mut fault)
    });
    config.mark.retain(|entry| {
        let (rule, at) = (entry.as_ref(), entry.span().start);
        let said = [&rule.required, &rule.nullable, &rule.deprecated, &rule.read_only, &rule.write_only];
        if said.iter().all(|it| it.is_none()) {
            let help = "say `required`, `nullable`, `deprecated`, `read_only` or `write_only`, each true or false";
            return fault(at, "this entry marks nothing".to_owned(), help);
        }
        names(rule.nodes(), at, &mut fault)
    });
}

/// Whether a text is a JSON pointer (RFC 6901), perhaps as a fragment, to a node below the root.
fn is_pointer(text: &str) -> bool {
    let text = text.strip_prefix('#').unwrap_or(text);
    text.starts_with('/') && text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']))
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

//! What the members of each node must be, as far as they are read (OpenAPI 3.0.4, "Schema").

use crate::load::kinds::Kind;

/// What a member must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Flag,
    /// A number of things.
    Count,
    Number,
    /// A list of maps.
    List,
    Texts,
    /// A list of any values.
    Values,
    Map,
    /// A map of texts.
    TextMap,
    /// A schema.
    Schema,
    /// A list of schemas.
    Schemas,
    /// A schema, or true or false.
    SchemaOrFlag,
    /// One of these texts.
    OneOf(&'static [&'static str]),
}

impl Shape {
    pub(super) fn name(self) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Count => "a whole number".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::List | Self::Values => "a list".to_owned(),
            Self::Texts => "a list of texts".to_owned(),
            Self::Map => "a map".to_owned(),
            Self::TextMap => "a map of texts".to_owned(),
            Self::Schema => "a schema".to_owned(),
            Self::Schemas => "a list of schemas".to_owned(),
            Self::SchemaOrFlag => "a schema, or true or false".to_owned(),
            Self::OneOf(texts) => format!("one of {}", texts.join(", ")),
        }
    }
}

/// The styles of a query, and so of a form.
const QUERY: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];

/// What a member of a node must be; nothing for what is not read. `place` is a parameter's `in`.
pub(super) fn shape(kind: Kind, key: &str, place: &str) -> Option<Shape> {
    use Shape::{Count, Flag, List, Map, Number, OneOf, Schema, SchemaOrFlag, Schemas, Text, TextMap, Texts, Values};
    Some(match (kind, key) {
        (Kind::Document, "components" | "info") => Map,
        (Kind::Document, "security" | "tags" | "servers") => List,
        (Kind::Components, key) if !key.starts_with("x-") => Map,
        (Kind::PathItem, "parameters") => List,
        (Kind::Operation, "operationId" | "summary" | "description") => Text,
        (Kind::Operation, "deprecated") => Flag,
        (Kind::Operation, "parameters" | "security" | "servers") => List,
        (Kind::Operation, "tags") => Texts,
        (Kind::Operation, "responses" | "requestBody") => Map,
        (Kind::Parameter, "style") => match place {
            "path" => OneOf(&["matrix", "label", "simple"]),
            "query" => OneOf(QUERY),
            "cookie" => OneOf(&["form"]),
            _ => OneOf(&["simple"]),
        },
        (Kind::Header, "style") => OneOf(&["simple"]),
        (Kind::Encoding, "style") => OneOf(QUERY),
        (Kind::Parameter, "name" | "in") => Text,
        (Kind::Parameter, "allowReserved" | "allowEmptyValue") => Flag,
        (Kind::Parameter | Kind::Header, "required" | "deprecated" | "explode") => Flag,
        (Kind::Parameter | Kind::Header | Kind::Body | Kind::Response | Kind::SecurityScheme, "description") => Text,
        (Kind::Parameter | Kind::Header | Kind::Body | Kind::Response, "content") => Map,
        (Kind::Parameter | Kind::Header | Kind::MediaType, "schema") => Schema,
        (Kind::Parameter | Kind::Header | Kind::MediaType, "examples") => Map,
        (Kind::Body, "required") => Flag,
        (Kind::Response | Kind::Encoding, "headers") => Map,
        (Kind::MediaType, "encoding") => Map,
        (Kind::Encoding, "contentType") => Text,
        (Kind::Encoding, "explode" | "allowReserved") => Flag,
        (Kind::SecurityScheme, "scheme" | "name" | "in" | "bearerFormat" | "openIdConnectUrl") => Text,
        (Kind::Schema, "type" | "title" | "description" | "format" | "pattern") => Text,
        (Kind::Schema, "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems") => Flag,
        (Kind::Schema, "exclusiveMinimum" | "exclusiveMaximum") => Flag,
        (Kind::Schema, "minLength" | "maxLength" | "minItems" | "maxItems") => Count,
        (Kind::Schema, "minProperties" | "maxProperties") => Count,
        (Kind::Schema, "multipleOf" | "minimum" | "maximum") => Number,
        (Kind::Schema, "required") => Texts,
        (Kind::Schema, "enum") => Values,
        (Kind::Schema, "properties" | "discriminator" | "externalDocs") => Map,
        (Kind::Schema, "items" | "not") => Schema,
        (Kind::Schema, "allOf" | "oneOf" | "anyOf") => Schemas,
        (Kind::Schema, "additionalProperties") => SchemaOrFlag,
        (_, "$ref") => Text,
        (_, "mapping" | "scopes") => TextMap,
        _ => return None,
    })
}

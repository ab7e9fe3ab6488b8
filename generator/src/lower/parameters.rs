//! Parameters.

use openapiv3::{Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle};
use serde_json::Value;

use super::facets::{Facets, SchemaRef};
use super::members::Member;
use super::operations::{Refusal, refuse};
use super::schemas::{MOST_IN_ONE, Types};
use super::writing;
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::ir::{ContentHint, In, MediaType, Param, Style, TypeRef};
use crate::names::{Ident, MemberKey, Want};
use crate::normalize::Shared;

/// Headers that the client's own connection decides (RFC 9110, sections 7 and 8).
const OF_THE_CONNECTION: [&str; 7] =
    ["connection", "content-length", "host", "te", "trailer", "transfer-encoding", "upgrade"];

fn place(parameter: &Parameter) -> &'static str {
    match parameter {
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    }
}

/// What a parameter may be called among `all`. One of the query always has its name without a line in
/// the lock; one of the path has it, if the query has none of that name: what an argument is called,
/// no caller writes.
pub(super) fn member<'a>(
    at: &Pointer,
    parameter: &Parameter,
    mut all: impl Iterator<Item = &'a (Pointer, Shared<Parameter>)>,
) -> Member {
    let (wire, place) = (&parameter.parameter_data_ref().name, place(parameter));
    let mut in_query = || all.any(|(_, other)| is_query(other) && other.parameter_data_ref().name == *wire);
    let yields = is_path(parameter) && in_query();
    let may_own = is_query(parameter) || (is_path(parameter) && !yields);
    let in_place = format!("{wire} {place}");
    let candidates = if yields { vec![in_place.clone()] } else { vec![wire.clone(), in_place.clone()] };
    let want = Want { candidates, place: place.to_owned(), ..Want::of(wire) }.or_if_reserved(in_place);
    Member { key: MemberKey::of(&[place, wire]), may_own, ..Member::of(at, want) }
}

fn is_query(parameter: &Parameter) -> bool {
    matches!(parameter, Parameter::Query { .. })
}

fn is_path(parameter: &Parameter) -> bool {
    matches!(parameter, Parameter::Path { .. })
}

/// Knows a parameter by what it is called, where it has but a number.
pub(super) fn call(at: &Pointer, parameter: &Parameter, types: &mut Types<'_>) {
    let is_counted = at.as_str().rsplit('/').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    if is_counted && !at.as_str().starts_with("/components/") {
        types.places.call(at, &format!("{}:{}", place(parameter), parameter.parameter_data_ref().name));
    }
}

/// Whether the parameter is sent at all: OpenAPI tells to ignore three headers that other parts
/// of the document decide ("Parameter Object", `name`), and no caller has a say in others. One that no
/// request can hold, and need not hold, is left out.
pub(super) fn is_sent(at: &Pointer, parameter: &Parameter, report: &mut Report) -> bool {
    let data = parameter.parameter_data_ref();
    let name = &data.name;
    let what = match parameter {
        Parameter::Header { .. } => "header",
        Parameter::Cookie { .. } => "cookie",
        _ => return true,
    };
    if !is_token(name) && !data.required {
        let message = format!("no request can hold a {what} called `{name}`: the parameter is left out");
        report.push(
            Diagnostic::warning("unsendable-parameter", Place::Document(at.child("name")), message)
                .label("this name")
                .help("write its name as the server reads it: letters, digits and `-`, without blanks"),
        );
        return false;
    }
    if what == "cookie" {
        return true;
    }
    let is_of_the_connection = is_of_the_connection(name);
    if is_of_the_connection {
        report.push(
            Diagnostic::warning(
                "unsent-header",
                Place::Document(at.clone()),
                format!("the header `{name}` is the HTTP client's own business: the parameter is left out"),
            )
            .label("this parameter")
            .help("nothing to do: the client sends it as the request needs it"),
        );
    }
    let of_others = ["accept", "content-type", "authorization"];
    !is_of_the_connection && !of_others.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Whether a header is the HTTP client's own business.
pub(super) fn is_of_the_connection(name: &str) -> bool {
    OF_THE_CONNECTION.iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// Reads one parameter; `owner` is what the operation's types are called after.
pub(super) fn lower<'a>(
    parameter: &'a Parameter,
    at: &Pointer,
    name: Ident,
    owner: &Ident,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Result<Param, Refusal> {
    let data = parameter.parameter_data_ref();
    let place = match parameter {
        Parameter::Path { .. } => In::Path,
        Parameter::Query { .. } => In::Query,
        Parameter::Header { .. } => In::Header,
        Parameter::Cookie { .. } => In::Cookie,
    };
    if matches!(place, In::Header | In::Cookie) && !is_token(&data.name) {
        let what = if place == In::Header { "header" } else { "cookie" };
        return Err(refuse(at, &format!("a {what} whose name no request can hold")));
    }
    let type_name = format!("{} {}", owner.plain(), name.plain());
    let described = Described::of(data, at, &type_name, types, report);
    let ty = settle(described.ty, types, MOST_IN_ONE);
    let facets = described.schema.and_then(|schema| facets_of(schema, types));
    let style = if described.is_json { Style::Json } else { declared_style(parameter, at, report) };
    let style = writing::style(parameter, place, style, &ty, at, types, report);
    let default = described.schema.and_then(|schema| default_of(schema, types)).cloned();
    let required = data.required || place == In::Path;
    let is_plain = is_plain(&ty);
    let from_client = place == In::Path && types.is_client_default(&data.name);
    Ok(Param {
        at: at.clone(),
        wire: data.name.clone(),
        name,
        required,
        // A path is never left out, so its default would never be sent; and what is sent is one text.
        default: default.filter(|value| place != In::Path && (!required || (style != Style::Json && is_scalar(value)))),
        place,
        style,
        reserved: matches!(parameter, Parameter::Query { allow_reserved: true, .. }),
        may_be_empty: matches!(parameter, Parameter::Query { allow_empty_value: Some(true), .. }) && is_plain,
        from_client,
        ty,
        description: data.description.clone(),
        example: data.example.clone().or_else(|| facets.as_ref().and_then(|facets| facets.data.example.clone())),
        deprecated: data.deprecated.unwrap_or(false),
    })
}

/// What `schema` or `content` says.
struct Described<'a> {
    ty: TypeRef,
    schema: Option<SchemaRef<'a>>,
    /// Whether it goes as one JSON text.
    is_json: bool,
}

impl<'a> Described<'a> {
    fn of(data: &'a ParameterData, at: &Pointer, name: &str, types: &mut Types<'a>, report: &mut Report) -> Self {
        let (schema, at, is_json) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => (Some(schema), at.child("schema"), false),
            ParameterSchemaOrContent::Content(content) => {
                let at = at.child("content");
                match content.first() {
                    Some((media_type, content)) => {
                        let is_json = MediaType::of(media_type, ContentHint::Other) == MediaType::Json;
                        (content.schema.as_ref(), at.child(media_type).child("schema"), is_json)
                    }
                    None => (None, at, false),
                }
            }
        };
        let is_text = !is_json && matches!(data.format, ParameterSchemaOrContent::Content(_));
        let schema = schema.map(SchemaRef::from);
        let ty = match schema {
            // Whatever the schema says, the caller knows how this media type is written.
            _ if is_text => TypeRef::String,
            Some(schema) => types.type_of(schema, &at, name, report).ty,
            None => TypeRef::Any,
        };
        Self { ty, schema, is_json }
    }
}

/// The type without aliases, as far as it decides how the value is written: not in lists and maps
/// below so many. Null is not written at all, so what may be null is its value.
fn settle(ty: TypeRef, types: &Types<'_>, levels: usize) -> TypeRef {
    let Some(fewer) = levels.checked_sub(1) else { return ty };
    match types.resolve(&ty) {
        TypeRef::Nullable(inner) => settle(*inner, types, fewer),
        TypeRef::Array(inner) => TypeRef::Array(Box::new(settle(*inner, types, fewer))),
        TypeRef::Map(inner) => TypeRef::Map(Box::new(settle(*inner, types, fewer))),
        other => other,
    }
}

fn facets_of<'a>(schema: SchemaRef<'a>, types: &Types<'a>) -> Option<Facets<'a>> {
    match schema {
        SchemaRef::Item(item) => Some(Facets::of(item)),
        SchemaRef::Reference(reference) => match types.component(reference) {
            Some((_, SchemaRef::Item(item))) => Some(Facets::of(item)),
            _ => None,
        },
    }
}

/// What a schema assumes where nothing is given: by itself, or by what it refers to.
pub(super) fn default_of<'a>(schema: SchemaRef<'a>, types: &Types<'a>) -> Option<&'a Value> {
    let mut schema = schema;
    for _ in 0..MOST_IN_ONE {
        schema = match schema {
            SchemaRef::Reference(reference) => types.component(reference)?.1,
            SchemaRef::Item(item) => match &item.schema_data.default {
                Some(default) => return Some(default),
                None => Facets::of(item).sole_part()?.into(),
            },
        };
    }
    None
}

/// The style that the document gives the parameter.
fn declared_style(parameter: &Parameter, at: &Pointer, report: &mut Report) -> Style {
    let explode = parameter.parameter_data_ref().explode;
    match parameter {
        Parameter::Path { style, .. } => {
            let explode = explode.unwrap_or(false);
            match style {
                PathStyle::Simple => Style::Simple { explode },
                PathStyle::Label => Style::Label { explode },
                PathStyle::Matrix => Style::Matrix { explode },
            }
        }
        Parameter::Header { .. } => Style::Simple { explode: explode.unwrap_or(false) },
        Parameter::Cookie { .. } => Style::Form { explode: explode.unwrap_or(true) },
        Parameter::Query { style, .. } => {
            let explode = explode.unwrap_or(matches!(style, QueryStyle::Form));
            query_style(style, explode, at, report)
        }
    }
}

/// How a value is written in a query, and so in a form.
pub(super) fn query_style(style: &QueryStyle, explode: bool, at: &Pointer, report: &mut Report) -> Style {
    match style {
        QueryStyle::Form => Style::Form { explode },
        QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited if explode => {
            let message = "OpenAPI does not say how an exploded delimited list is written: it goes as `name=1&name=2`";
            writing::note(&at.child("explode"), message, report);
            Style::Form { explode: true }
        }
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

fn is_scalar(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_))
}

/// Whether a value is neither a text, which may be empty itself, nor made of others.
fn is_plain(ty: &TypeRef) -> bool {
    use TypeRef::{Boolean, Date, DateTime, Int32, Int64, Number, Uuid};
    matches!(ty, Boolean | Int32 | Int64 | Number | DateTime | Date | Uuid)
}

/// A token (RFC 9110, section 5.6.2; RFC 6265, section 4.1.1).
pub(super) fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

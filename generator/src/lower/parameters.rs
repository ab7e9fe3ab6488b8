//! Parameters.

use openapiv3::{Parameter, ParameterSchemaOrContent, PathStyle, QueryStyle};
use serde_json::Value;

use super::facets::{Facets, SchemaRef};
use super::operations::{Refusal, refuse};
use super::schemas::Types;
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::ir::{In, Param, Style, TypeRef};
use crate::names::{Ident, Want};

/// What a parameter may be called.
pub(super) fn want(parameter: &Parameter) -> Want {
    let wire = &parameter.parameter_data_ref().name;
    let place = match parameter {
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    };
    let in_place = format!("{wire} {place}");
    Want { candidates: vec![wire.clone(), in_place.clone()], place: place.to_owned(), ..Want::of(wire) }
        .or_if_reserved(in_place)
}

/// Whether the parameter is sent at all: OpenAPI tells to ignore three headers that other parts
/// of the document decide ("Parameter Object", `name`).
pub(super) fn is_sent(parameter: &Parameter) -> bool {
    let name = &parameter.parameter_data_ref().name;
    let ignored = ["accept", "content-type", "authorization"];
    !(matches!(parameter, Parameter::Header { .. }) && ignored.contains(&name.to_ascii_lowercase().as_str()))
}

/// Reads one parameter; `owner` is the operation's name.
pub(super) fn lower<'a>(
    parameter: &'a Parameter,
    at: &Pointer,
    name: Ident,
    owner: &Ident,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Result<Param, Refusal> {
    let data = parameter.parameter_data_ref();
    let explode = data.explode;
    let place = match parameter {
        Parameter::Path { style: PathStyle::Simple, .. } => In::Path,
        Parameter::Path { .. } => return Err(refuse(at, "a path parameter in `label` or `matrix` style")),
        Parameter::Header { .. } if !is_header_name(&data.name) => {
            return Err(refuse(at, "a header whose name no request can hold"));
        }
        Parameter::Header { .. } => In::Header,
        Parameter::Cookie { .. } => return Err(refuse(at, "a cookie parameter")),
        Parameter::Query { style, .. } => In::Query(match style {
            QueryStyle::Form => Style::Form { explode: explode.unwrap_or(true) },
            QueryStyle::SpaceDelimited if explode != Some(true) => Style::SpaceDelimited,
            QueryStyle::PipeDelimited if explode != Some(true) => Style::PipeDelimited,
            QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited => Style::Form { explode: true },
            QueryStyle::DeepObject => return Err(refuse(at, "a query parameter in `deepObject` style")),
        }),
    };
    if matches!(parameter, Parameter::Query { allow_reserved: true, .. }) {
        report.push(
            Diagnostic::warning(
                "allow-reserved",
                Place::Document(at.child("allowReserved")),
                "reserved characters are sent percent-encoded all the same",
            )
            .label("this setting")
            .help("nothing to do, unless the server reads the query before decoding it"),
        );
    }
    let ParameterSchemaOrContent::Schema(schema) = &data.format else {
        return Err(refuse(at, "a parameter described by `content`"));
    };
    let ty = types.type_of(schema.into(), &at.child("schema"), &format!("{} {}", owner.plain(), data.name), report).ty;
    let ty = match types.resolve(&ty) {
        // A parameter is text in the end; one without a type is the text that the caller gives.
        TypeRef::Any => TypeRef::String,
        TypeRef::Array(_) if !matches!(place, In::Query(_)) => return Err(refuse(at, "a list outside the query")),
        TypeRef::Array(inner) => match types.resolve(&inner) {
            TypeRef::Any => TypeRef::Array(Box::new(TypeRef::String)),
            TypeRef::Map(_) | TypeRef::Array(_) | TypeRef::Nullable(_) => {
                return Err(refuse(at, "a list of lists or objects as a parameter"));
            }
            TypeRef::Named(id) if types.is_struct(id) => return Err(refuse(at, "a list of objects as a parameter")),
            inner => TypeRef::Array(Box::new(inner)),
        },
        TypeRef::Map(_) | TypeRef::Nullable(_) => return Err(refuse(at, "an object as a parameter")),
        TypeRef::Named(id) if types.is_struct(id) => return Err(refuse(at, "an object as a parameter")),
        scalar => scalar,
    };
    let facets = match SchemaRef::from(schema) {
        SchemaRef::Item(item) => Some(Facets::of(item)),
        SchemaRef::Reference(reference) => match types.component(reference) {
            Some((_, SchemaRef::Item(item))) => Some(Facets::of(item)),
            _ => None,
        },
    };
    let default = facets.as_ref().and_then(|facets| facets.data.default.clone());
    Ok(Param {
        at: at.clone(),
        wire: data.name.clone(),
        name,
        required: data.required || place == In::Path,
        // A path is never left out, so its default would never be sent.
        default: default.filter(|value| place != In::Path && is_scalar(value)),
        place,
        ty,
        description: data.description.clone(),
        example: data.example.clone().or_else(|| facets.as_ref().and_then(|facets| facets.data.example.clone())),
        deprecated: data.deprecated.unwrap_or(false),
    })
}

fn is_scalar(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_))
}

/// A token (RFC 9110, section 5.6.2).
fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

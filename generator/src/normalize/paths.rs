//! Paths that are more than a path: a query of their own, a fragment, templates of RFC 6570.

use openapiv3::{
    Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr, Schema, SchemaData,
    SchemaKind, StringType, Type,
};
use percent_encoding::percent_decode_str;

use super::{Document, Operation, Shared, placeholders};
use crate::diagnostics::{Diagnostic, Place, Report};

/// Makes paths of them; an operation whose path stays none is taken out.
pub(super) fn repair(document: &mut Document, report: &mut Report) {
    let mut refused = Vec::new();
    document.operations.retain_mut(|operation| {
        if is_too_long(&operation.path) {
            report.push(
                Diagnostic::warning(
                    "operation-refused",
                    Place::Document(operation.at.clone()),
                    format!("`{}` of a path that no server takes is not generated", operation.method.to_uppercase()),
                )
                .label("this operation")
                .help(format!("a path has no more than {MOST_BYTES} bytes and {MOST_PARAMETERS} parameters")),
            );
            refused.push((operation.method.clone(), operation.declared_path()));
            return false;
        }
        templates(operation, report);
        let whole = operation.path.clone();
        let done = repaired(operation);
        let (method, path) = (operation.method.to_uppercase(), &operation.path);
        let place = Place::Document(operation.at.clone());
        match done {
            Some(None) => return true,
            Some(Some(instead)) => report.push(
                Diagnostic::warning("odd-path", place, format!("`{whole}` is more than a path: {instead}"))
                    .label("this operation")
                    .help("a path begins with `/`, and has no query and no fragment: declare those as parameters"),
            ),
            None => report.push(
                Diagnostic::warning(
                    "operation-refused",
                    place,
                    format!("`{method} {path}` is not generated: `{path}` is no path"),
                )
                .label("this operation")
                .help("a path begins with `/`, and has no query and no fragment: declare those as parameters"),
            ),
        }
        if done.is_none() {
            refused.push((operation.method.clone(), operation.declared_path()));
        }
        done.is_some()
    });
    document.refused.append(&mut refused);
}

/// How many bytes a path may have: everybody is asked to take 8,000 (RFC 9110, section 4.1).
const MOST_BYTES: usize = 8 << 10;

/// How many parameters a path may have, and its query.
const MOST_PARAMETERS: usize = 100;

fn is_too_long(path: &str) -> bool {
    path.len() > MOST_BYTES || path.matches(['{', '&']).count() > MOST_PARAMETERS
}

/// What was done to make a path of it, if anything was to be done; none if nothing can be.
fn repaired(operation: &mut Operation) -> Option<Option<&'static str>> {
    let mut instead = None;
    if let Some((path, _)) = operation.path.split_once('#') {
        // No client sends a fragment (RFC 9110, section 4.2.5).
        operation.path = path.to_owned();
        instead = Some("its fragment is never sent");
    }
    if let Some((path, query)) = operation.path.split_once('?') {
        let (path, query) = (path.to_owned(), query.to_owned());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
            in_query(operation, decoded(name), &decoded(value))?;
        }
        operation.path = path;
        instead = Some("its query is sent as parameters with these values");
    }
    if !operation.path.starts_with('/') {
        operation.path.insert(0, '/');
        instead = Some("it is read with a `/` before it");
    }
    Some(instead)
}

/// Makes a parameter of a part of the query: with its value, or with that of the parameter whose
/// name stands in braces there.
fn in_query(operation: &mut Operation, name: String, value: &str) -> Option<()> {
    let found = operation.parameters.iter_mut().find(|(_, parameter)| {
        !matches!(**parameter, Parameter::Header { .. } | Parameter::Cookie { .. })
            && parameter.parameter_data_ref().name == name
    });
    match (value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')), found) {
        (Some(other), _) if other != name => None,
        (None, None) if value.contains('{') => None,
        (_, Some((_, parameter))) => {
            if let Parameter::Path { parameter_data, .. } = &**parameter {
                *parameter = Shared::new(query(parameter_data.clone()));
            }
            Some(())
        }
        (is_template, None) => {
            let mut data = text(name);
            if is_template.is_none() {
                fix(&mut data, value);
            }
            operation.parameters.push((operation.at.clone(), Shared::new(query(data))));
            Some(())
        }
    }
}

fn query(parameter_data: ParameterData) -> Parameter {
    Parameter::Query { parameter_data, allow_reserved: false, style: QueryStyle::Form, allow_empty_value: None }
}

/// Gives a parameter one value, which is sent unless the caller says otherwise.
fn fix(data: &mut ParameterData, value: &str) {
    if let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = &mut data.format {
        schema.schema_data.default = Some(value.into());
    }
}

/// A path parameter of which nothing is known but its name.
pub(super) fn text_parameter(name: String) -> Parameter {
    Parameter::Path { parameter_data: text(name), style: PathStyle::Simple }
}

fn text(name: String) -> ParameterData {
    let kind = SchemaKind::Type(Type::String(StringType::default()));
    let schema = Schema { schema_data: SchemaData::default(), schema_kind: kind };
    ParameterData {
        name,
        description: None,
        required: true,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)),
        example: None,
        examples: indexmap::IndexMap::new(),
        explode: None,
        extensions: indexmap::IndexMap::new(),
    }
}

/// Templates that write more than a name, such as `{.name}` and `{name*}` of RFC 6570: that is what
/// a parameter's style says.
fn templates(operation: &mut Operation, report: &mut Report) {
    let (names, _) = placeholders(&operation.path);
    let odd = names.iter().filter(|name| !declares(operation, name)).filter_map(|name| {
        let plain = name.trim().trim_start_matches(['.', ';', '+', '#', '/']).trim_end_matches(['*', '+']);
        (plain != *name && declares(operation, plain)).then(|| ((*name).to_owned(), plain.to_owned()))
    });
    for (name, plain) in odd.collect::<Vec<_>>() {
        operation.path = operation.path.replace(&format!("{{{name}}}"), &format!("{{{plain}}}"));
        report.push(
            Diagnostic::warning(
                "odd-template",
                Place::Document(operation.at.clone()),
                format!("a path template holds names alone: `{{{name}}}` is read as `{{{plain}}}`"),
            )
            .label("in this operation's path")
            .help("the parameter's `style` and `explode` say how it is written"),
        );
    }
}

/// Whether a path parameter of this name is declared.
pub(super) fn declares(operation: &Operation, name: &str) -> bool {
    operation.parameters.iter().any(|(_, parameter)| {
        matches!(**parameter, Parameter::Path { .. }) && parameter.parameter_data_ref().name == name
    })
}

//! Repairs that the settings ask for, where a document is known to be wrong. Each tells in the
//! report how much it changed, and one that changes nothing is an error.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type};
use toml::Spanned;

use super::Document;
use crate::config::{BodyOf, Config, Kind, Optional, Retype, matches};
use crate::diagnostics::{Diagnostic, Place, Report};

type Schemas = IndexMap<String, ReferenceOr<Schema>>;

pub(super) fn repair(document: &mut Document, config: &Config, report: &mut Report) {
    for entry in &config.retype {
        retype(entry, document, report);
    }
    for entry in &config.optional {
        optional(entry, document, report);
    }
    for entry in &config.optional {
        insisted(entry, document, report);
    }
    for entry in &config.security {
        let rule = entry.as_ref();
        let mut count = 0;
        for operation in document.operations.iter_mut().filter(|operation| matches(&rule.routes, &operation.path)) {
            operation.security.clone_from(&rule.schemes);
            operation.security_at = operation.at.clone();
            count += 1;
        }
        told(entry, count, &format!("operations of `{}` ask for credentials", rule.routes), &rule.reason, report);
    }
    for entry in &config.undeprecate {
        let rule = entry.as_ref();
        let mut count = 0;
        for operation in &mut document.operations {
            if operation.deprecated && operation.id.as_ref().is_some_and(|id| matches(&rule.operations, id)) {
                operation.deprecated = false;
                count += 1;
            }
        }
        told(entry, count, &format!("operations `{}` are not deprecated", rule.operations), &rule.reason, report);
    }
}

fn retype(entry: &Spanned<Retype>, document: &mut Document, report: &mut Report) {
    let rule = entry.as_ref();
    if let Some(pattern) = &rule.schemas {
        let mut count = 0;
        for (name, schema) in &mut document.components.schemas {
            if matches(pattern, name)
                && let ReferenceOr::Item(schema) = schema
            {
                schema.schema_kind = kind(rule.kind);
                count += 1;
            }
        }
        told(entry, count, &format!("schemas `{pattern}` are read as {}", rule.kind), &rule.reason, report);
    }
    if let Some(BodyOf { operation: pattern, media_type }) = &rule.body {
        let mut count = 0;
        for operation in &mut document.operations {
            if operation.id.as_ref().is_some_and(|id| matches(pattern, id))
                && let Some((_, body)) = &mut operation.body
                && let Some(content) = body.content.get_mut(media_type)
            {
                let schema = Schema { schema_data: SchemaData::default(), schema_kind: kind(rule.kind) };
                content.schema = Some(ReferenceOr::Item(schema));
                count += 1;
            }
        }
        told(entry, count, &format!("{media_type} of `{pattern}` is sent as {}", rule.kind), &rule.reason, report);
    }
    if rule.schemas.is_none() && rule.body.is_none() {
        told(entry, 0, "", &rule.reason, report);
    }
}

fn optional(entry: &Spanned<Optional>, document: &mut Document, report: &mut Report) {
    let rule = entry.as_ref();
    let mut count = 0;
    for properties in &rule.properties {
        let before = count;
        for (name, schema) in &mut document.components.schemas {
            if matches(&rule.schemas, name)
                && let ReferenceOr::Item(schema) = schema
            {
                count += loosen(schema, properties);
            }
        }
        if count == before {
            let message = format!("no schema `{}` requires a property `{properties}`", rule.schemas);
            report.push(
                Diagnostic::error("unused-config", Place::Config(entry.span().start), message)
                    .label("this entry")
                    .help("remove it, or correct its names"),
            );
        }
    }
    if count > 0 {
        let what = format!("members `{}` of `{}` need not be there", rule.properties.join("`, `"), rule.schemas);
        told(entry, count, &what, &rule.reason, report);
    }
}

/// Says where a schema takes over from another what it was to do without: one entry of the settings
/// never loosens a schema that it does not name.
fn insisted(entry: &Spanned<Optional>, document: &Document, report: &mut Report) {
    let rule = entry.as_ref();
    let schemas = &document.components.schemas;
    for (name, schema) in schemas.iter().filter(|(name, _)| matches(&rule.schemas, name)) {
        for properties in &rule.properties {
            let Some((other, property)) = requires(schema, name, properties, schemas, &mut Vec::new()) else {
                continue;
            };
            let message = format!("`{name}` still requires `{property}`: it takes it over from `{other}`");
            report.push(
                Diagnostic::error("ineffective-config", Place::Config(entry.span().start), message)
                    .label("this entry")
                    .help(format!("add an entry for `{other}`")),
            );
        }
    }
}

/// The schema that requires one of these properties, and which: the schema itself, or what its
/// `allOf` refers to.
fn requires<'a>(
    schema: &'a ReferenceOr<Schema>,
    name: &'a str,
    properties: &str,
    schemas: &'a Schemas,
    path: &mut Vec<&'a str>,
) -> Option<(&'a str, &'a str)> {
    let item = match schema {
        ReferenceOr::Item(item) => item,
        ReferenceOr::Reference { reference } => {
            let (name, schema) = schemas.get_key_value(reference.strip_prefix("#/components/schemas/")?)?;
            if path.contains(&name.as_str()) {
                return None;
            }
            path.push(name);
            return requires(schema, name, properties, schemas, path);
        }
    };
    let (required, parts): (&[String], &[ReferenceOr<Schema>]) = match &item.schema_kind {
        SchemaKind::Type(Type::Object(object)) => (&object.required, &[]),
        SchemaKind::Any(any) => (&any.required, &any.all_of),
        SchemaKind::AllOf { all_of } => (&[], all_of),
        _ => return None,
    };
    let own = required.iter().find(|property| matches(properties, property)).map(|property| (name, property.as_str()));
    own.or_else(|| parts.iter().find_map(|part| requires(part, name, properties, schemas, path)))
}

fn told<T>(entry: &Spanned<T>, count: usize, what: &str, reason: &str, report: &mut Report) {
    let place = Place::Config(entry.span().start);
    report.push(if count == 0 {
        Diagnostic::error("unused-config", place, "this entry applies to nothing")
            .label("this entry")
            .help("remove it, or correct its names")
    } else {
        Diagnostic::note("repaired", place, format!("{what}: {count} in all"))
            .label("by this entry")
            .help(format!("the reason given: {reason}"))
    });
}

fn kind(kind: Kind) -> SchemaKind {
    match kind {
        Kind::String => SchemaKind::Type(Type::String(StringType::default())),
        Kind::Map => SchemaKind::Type(Type::Object(ObjectType {
            additional_properties: Some(AdditionalProperties::Any(true)),
            ..ObjectType::default()
        })),
        Kind::Any => SchemaKind::Any(openapiv3::AnySchema::default()),
    }
}

/// Takes properties out of the required ones, in the parts of an `allOf` too.
fn loosen(schema: &mut Schema, properties: &str) -> usize {
    let mut loosened = 0;
    let mut loosen_list = |required: &mut Vec<String>| {
        let before = required.len();
        required.retain(|property| !matches(properties, property));
        loosened += before - required.len();
    };
    let parts = match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            loosen_list(&mut object.required);
            return loosened;
        }
        SchemaKind::Any(any) => {
            loosen_list(&mut any.required);
            &mut any.all_of
        }
        SchemaKind::AllOf { all_of } => all_of,
        _ => return 0,
    };
    let inner = parts.iter_mut().map(|part| match part {
        ReferenceOr::Item(part) => loosen(part, properties),
        ReferenceOr::Reference { .. } => 0,
    });
    loosened + inner.sum::<usize>()
}

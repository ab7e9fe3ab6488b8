//! One view of a schema: openapiv3 spreads the same members over many shapes.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData, SchemaKind, Type, VariantOrUnknownOrEmpty};
use serde::Serialize;
use serde_json::Value;

/// A schema, or a reference to one.
#[derive(Debug, Clone, Copy)]
pub(super) enum SchemaRef<'a> {
    Reference(&'a str),
    Item(&'a Schema),
}

impl<'a> From<&'a ReferenceOr<Schema>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

/// The members of a schema that decide its type.
#[derive(Debug)]
pub(super) struct Facets<'a> {
    pub(super) data: &'a SchemaData,
    pub(super) kind: Option<&'a str>,
    pub(super) format: Option<String>,
    pub(super) properties: Option<&'a IndexMap<String, ReferenceOr<Box<Schema>>>>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) items: Option<SchemaRef<'a>>,
    /// Values of an enum; null is left out, it is told by [`Self::nullable`].
    pub(super) values: Vec<Value>,
    pub(super) all_of: &'a [ReferenceOr<Schema>],
    /// The alternatives of `oneOf` or `anyOf`.
    pub(super) one_of: &'a [ReferenceOr<Schema>],
    /// Whether several of the alternatives may hold at once.
    pub(super) is_any_of: bool,
    null_in_enum: bool,
}

impl<'a> Facets<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let mut facets = Self {
            data: &schema.schema_data,
            kind: None,
            format: None,
            properties: None,
            required: &[],
            additional: None,
            items: None,
            values: Vec::new(),
            all_of: &[],
            one_of: &[],
            is_any_of: false,
            null_in_enum: false,
        };
        match &schema.schema_kind {
            SchemaKind::Type(kind) => facets.read_type(kind),
            SchemaKind::OneOf { one_of } => facets.one_of = one_of,
            SchemaKind::AnyOf { any_of } => (facets.one_of, facets.is_any_of) = (any_of, true),
            SchemaKind::AllOf { all_of } => facets.all_of = all_of,
            SchemaKind::Not { .. } => {}
            SchemaKind::Any(any) => {
                facets.kind = any.typ.as_deref();
                facets.format = any.format.clone();
                facets.properties = (!any.properties.is_empty()).then_some(&any.properties);
                facets.required = &any.required;
                facets.additional = any.additional_properties.as_ref();
                facets.items = any.items.as_ref().map(SchemaRef::from);
                facets.values = any.enumeration.clone();
                facets.all_of = &any.all_of;
                facets.is_any_of = any.one_of.is_empty();
                facets.one_of = if facets.is_any_of { &any.any_of } else { &any.one_of };
            }
        }
        if facets.kind.is_none() && facets.properties.is_some() {
            facets.kind = Some("object");
        }
        if facets.kind.is_none() && facets.items.is_some() {
            facets.kind = Some("array");
        }
        facets.null_in_enum = facets.values.iter().any(Value::is_null);
        facets.values.retain(|value| !value.is_null());
        facets
    }

    /// Whether null is a value too.
    pub(super) fn nullable(&self) -> bool {
        self.data.nullable || self.null_in_enum
    }

    /// Whether nothing but a single `allOf` part decides the type.
    pub(super) fn sole_part(&self) -> Option<&'a ReferenceOr<Schema>> {
        match self.all_of {
            [part] if self.properties.is_none() && self.one_of.is_empty() && self.additional.is_none() => Some(part),
            _ => None,
        }
    }

    fn read_type(&mut self, kind: &'a Type) {
        match kind {
            Type::String(string) => {
                self.kind = Some("string");
                self.format = format_name(&string.format);
                self.values = string.enumeration.iter().map(|value| Value::from(value.clone())).collect();
            }
            Type::Number(number) => {
                self.kind = Some("number");
                self.format = format_name(&number.format);
            }
            Type::Integer(integer) => {
                self.kind = Some("integer");
                self.values = integer.enumeration.iter().map(|value| Value::from(*value)).collect();
                self.format = format_name(&integer.format);
            }
            Type::Boolean(_) => self.kind = Some("boolean"),
            Type::Object(object) => {
                self.kind = Some("object");
                self.properties = (!object.properties.is_empty()).then_some(&object.properties);
                self.required = &object.required;
                self.additional = object.additional_properties.as_ref();
            }
            Type::Array(array) => {
                self.kind = Some("array");
                self.items = array.items.as_ref().map(SchemaRef::from);
            }
        }
    }
}

/// The name of a format as the document writes it.
fn format_name<T: Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(item) => serde_json::to_value(item).ok()?.as_str().map(str::to_owned),
        VariantOrUnknownOrEmpty::Unknown(name) => Some(name.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

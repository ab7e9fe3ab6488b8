//! Models.

use std::collections::BTreeSet;

use proc_macro2::Literal;
use quote::quote;
use serde::Serialize;

use super::rust_type::{self, Site, is_union};
use super::union_view::{UnionView, tag_value};
use super::{Context, prose};
use crate::format::type_text;
use crate::ir::{Field, Presence, Shape, TypeDef, TypeRef};

/// What a model's file and page print.
#[derive(Debug, Serialize)]
pub(crate) struct ModelView {
    pub(crate) name: String,
    /// The module's identifier.
    module: String,
    /// The file's name without its ending.
    pub(crate) file: String,
    docs: Vec<String>,
    /// The schema's name, as inline code.
    origin: String,
    aliases: Vec<String>,
    deprecated: bool,
    /// Siblings that the file needs.
    imports: Vec<String>,
    #[serde(rename = "struct")]
    structure: Option<StructView>,
    #[serde(rename = "enum")]
    enumeration: Option<EnumView>,
    union: Option<UnionView>,
    alias: Option<String>,
    /// The condition of the features that it is compiled with.
    condition: Option<String>,
}

#[derive(Debug, Serialize)]
struct StructView {
    fields: Vec<FieldView>,
    extra: String,
    /// Nothing must be given to make one, and nothing is set.
    derives_default: bool,
    /// Nothing must be given to make one, but `new` sets a tag.
    tagged_default: bool,
    /// Requests hold it, so callers make it.
    has_new: bool,
    has_secrets: bool,
    uses_nullable: bool,
    many_arguments: bool,
    /// Fields that `new` takes.
    required: Vec<FieldView>,
    /// Fields that have setters.
    optional: Vec<FieldView>,
}

#[derive(Debug, Clone, Serialize)]
struct FieldView {
    name: String,
    /// The name without `r#`.
    plain: String,
    docs: Vec<String>,
    /// The field's type.
    ty: String,
    /// What `new` and the setter take, and how it becomes the field's value.
    argument: String,
    value: String,
    setter_doc: String,
    /// How `new` sets the field.
    initializer: String,
    /// What serde must know about the field.
    serde: Option<String>,
    secret: bool,
    deprecated: bool,
    // For the page.
    wire_code: String,
    ty_code: String,
    text: String,
    notes: String,
    link: Option<String>,
}

#[derive(Debug, Serialize)]
struct EnumView {
    variants: Vec<VariantView>,
    unknown: String,
}

#[derive(Debug, Serialize)]
struct VariantView {
    name: String,
    doc: String,
    wire: String,
    wire_code: String,
}

impl ModelView {
    pub(super) fn new(def: &TypeDef, context: Context<'_>) -> Self {
        let mut docs = prose::lines(def.description.as_deref());
        if docs.is_empty() {
            docs.push(match &def.schema {
                Some(schema) => format!("The schema {}.", prose::code(schema)),
                None => "A schema without a name of its own.".to_owned(),
            });
        }
        let mut imports = BTreeSet::new();
        let mut import = |ty: &TypeRef| {
            imports.extend(
                ty.named()
                    .map(|id| &context.api.types[id.0].name)
                    .filter(|name| **name != def.name)
                    .map(ToString::to_string),
            );
        };
        let (mut structure, mut enumeration, mut union, mut alias) = (None, None, None, None);
        match &def.shape {
            Shape::Struct { fields, extra } => {
                fields.iter().for_each(|field| import(&field.ty));
                structure = Some(StructView::new(fields, extra.to_string(), def.direction.request, context));
            }
            Shape::Enum { variants, unknown } => {
                let variants = variants.iter().map(|variant| VariantView {
                    doc: format!(" {}", prose::code(&variant.wire)),
                    name: variant.name.to_string(),
                    wire: variant.wire.clone(),
                    wire_code: prose::code_cell(&variant.wire),
                });
                enumeration = Some(EnumView { variants: variants.collect(), unknown: unknown.to_string() });
            }
            Shape::Union { tag, decides, variants, unknown } => {
                variants.iter().for_each(|variant| import(&variant.ty));
                union = Some(UnionView::new(tag.as_deref(), *decides, variants, unknown.to_string(), context));
            }
            Shape::Alias(ty) => {
                import(ty);
                alias = Some(type_text(&rust_type::owned(ty, Site::Model, context)));
            }
        }
        Self {
            name: def.name.to_string(),
            module: def.module.to_string(),
            file: def.module.plain().to_owned(),
            docs,
            origin: prose::code(def.schema.as_deref().unwrap_or(def.written.as_str())),
            aliases: super::api_view::doc_aliases(def.schema.iter(), def.name.as_str()),
            deprecated: def.deprecated,
            imports: imports.into_iter().collect(),
            structure,
            enumeration,
            union,
            alias,
            condition: condition(def, context),
        }
    }
}

/// A type comes with the modules that reach it; one that no operation reaches comes with all of them,
/// for it may need any other.
pub(super) fn condition(def: &TypeDef, context: Context<'_>) -> Option<String> {
    let modules = &context.api.modules;
    if def.called_back || modules.iter().all(|module| module.feature.is_none()) {
        return None;
    }
    let of = |feature: &str| format!("feature = {}", Literal::string(feature));
    let needed = modules.iter().filter(|module| def.modules.contains(&module.name));
    let needed: Vec<String> = needed.filter_map(|module| module.feature.as_deref().map(of)).collect();
    Some(match needed.as_slice() {
        [] => of("all"),
        [only] => only.clone(),
        several => format!("any({})", several.join(", ")),
    })
}

impl StructView {
    fn new(fields: &[Field], extra: String, in_request: bool, context: Context<'_>) -> Self {
        let views: Vec<FieldView> = fields.iter().map(|field| FieldView::new(field, context)).collect();
        let pairs = || fields.iter().zip(&views);
        let sets_tag = |field: &Field| in_request && field.tag.is_some();
        let has_tag = fields.iter().any(sets_tag);
        let is_required = |field: &Field| is_required(field) && !sets_tag(field);
        let required: Vec<FieldView> =
            pairs().filter(|(field, _)| is_required(field)).map(|(_, view)| view.clone()).collect();
        let optional: Vec<FieldView> = pairs()
            .filter(|(field, _)| !is_required(field) && !sets_tag(field))
            .map(|(_, view)| view.clone())
            .collect();
        Self {
            extra,
            derives_default: required.is_empty() && !has_tag,
            tagged_default: required.is_empty() && has_tag,
            has_new: in_request,
            has_secrets: fields.iter().any(|field| field.secret),
            uses_nullable: fields.iter().any(|field| field.presence == Presence::OptionalNullable),
            // clippy's own limit.
            many_arguments: required.len() > 7,
            required,
            optional,
            fields: views,
        }
    }
}

impl FieldView {
    fn new(field: &Field, context: Context<'_>) -> Self {
        let description = field.description.as_deref().or_else(|| kind(&field.ty, context));
        let mut docs = prose::lines(description);
        if docs.is_empty() {
            docs.push(format!("The member {}.", prose::code(&field.wire)));
        }
        let rules = |code: fn(&str) -> String| -> Vec<String> {
            field.rules.iter().filter_map(|rule| Some(rule.told()?.text(code))).collect()
        };
        if !field.rules.is_empty() {
            docs.extend([String::new(), format!("Rules: {}.", rules(prose::code).join("; "))]);
        }
        let inner = type_text(&rust_type::owned(&field.ty, Site::Model, context));
        let ty = type_text(&rust_type::field(&field.ty, field.presence, field.boxed, context));
        let name = field.name.to_string();
        // Texts and JSON are made of what the caller has; everything else is taken as it is.
        let (mut argument, mut value) = match rust_type::resolved(&field.ty, context) {
            TypeRef::String => ("impl Into<String>".to_owned(), format!("{name}.into()")),
            TypeRef::Any => ("impl Into<serde_json::Value>".to_owned(), format!("{name}.into()")),
            ty if is_union(ty, context) => (format!("impl Into<{inner}>"), format!("{name}.into()")),
            _ => (inner, name.clone()),
        };
        if field.boxed {
            value = format!("Box::new({value})");
        }
        match field.presence {
            Presence::Required => {}
            Presence::RequiredNullable => (argument, value) = (ty.clone(), name.clone()),
            Presence::Optional => value = format!("Some({value})"),
            Presence::OptionalNullable => value = format!("Nullable::Value({value})"),
        }
        let absent = match field.presence {
            Presence::Optional => Some("Option::is_none"),
            Presence::OptionalNullable => Some("Nullable::is_absent"),
            Presence::Required | Presence::RequiredNullable => None,
        };
        let mut serde = Vec::new();
        if field.name.plain() != field.wire {
            serde.push(format!("rename = {}", Literal::string(&field.wire)));
        }
        serde.extend(absent.map(|absent| format!("default, skip_serializing_if = \"{absent}\"")));
        let tag = field.tag.as_deref().and_then(|tag| tag_value(field, tag, context)).map(|tag| match field.presence {
            Presence::Required => tag,
            Presence::RequiredNullable | Presence::Optional => quote!(Some(#tag)),
            Presence::OptionalNullable => quote!(Nullable::Value(#tag)),
        });
        let initializer = match absent {
            _ if tag.is_some() => format!("{name}: {}", tag.unwrap_or_default()),
            Some(_) => format!("{name}: Default::default()"),
            None if value == name => name.clone(),
            None => format!("{name}: {value}"),
        };
        let mut notes = vec![
            match field.presence {
                Presence::Required => "required",
                Presence::RequiredNullable => "required, may be null",
                Presence::Optional => "optional",
                Presence::OptionalNullable => "optional, may be null",
            }
            .to_owned(),
        ];
        notes.extend(rules(prose::code_cell));
        if field.deprecated {
            notes.push("deprecated".to_owned());
        }
        Self {
            plain: field.name.plain().to_owned(),
            setter_doc: format!(" Sets {}.", prose::code(&field.wire)),
            docs,
            argument,
            value,
            initializer,
            serde: (!serde.is_empty()).then(|| serde.join(", ")),
            secret: field.secret,
            deprecated: field.deprecated,
            wire_code: prose::code_cell(&field.wire),
            ty_code: prose::code_cell(&ty),
            text: prose::cell(description),
            notes: notes.join("; "),
            link: field.ty.named().map(|id| context.api.types[id.0].name.to_string()),
            ty,
            name,
        }
    }
}

/// Whether a member must be there.
pub(super) fn is_required(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::RequiredNullable)
}

/// What the document says of a member that it says nothing about itself: what its type is.
fn kind<'a>(ty: &TypeRef, context: Context<'a>) -> Option<&'a str> {
    let TypeRef::Named(id) = ty else { return None };
    context.api.types[id.0].description.as_deref()?.split("\n\n").next()
}

//! Unions: enums whose variants are told apart by a tag, or by what a value looks like.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde::Serialize;

use super::rust_type::{self, Site, resolved, token};
use super::{Context, prose};
use crate::format::type_text;
use crate::ir::{Alternative, Field, Presence, Shape, TypeRef};

/// What a union's file and page print.
#[derive(Debug, Serialize)]
pub(super) struct UnionView {
    variants: Vec<VariantView>,
    unknown: String,
    /// How the variants are told apart, as lines of documentation.
    how: Vec<String>,
    /// The member that alone decides.
    tag: Option<String>,
    uses_fits: bool,
}

#[derive(Debug, Serialize)]
struct VariantView {
    index: usize,
    name: String,
    docs: Vec<String>,
    /// What the variant holds.
    ty: String,
    /// A pattern of the tag's values.
    tags: Option<String>,
    /// An expression of what its values look like.
    fit: String,
    /// What says that a value was made without its tag, and the statement that sets it.
    untagged: Option<UntaggedView>,
    /// The function that reads it.
    read: &'static str,
    /// Types that become this variant, and how from `value`.
    from: Vec<FromView>,
    // For the page.
    ty_code: String,
    tags_code: String,
    link: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct UntaggedView {
    /// An expression about `value`.
    is: String,
    fill: String,
}

#[derive(Debug, Serialize)]
struct FromView {
    ty: String,
    value: String,
    /// A statement that sets the tag where it is missing.
    fill: Option<String>,
}

impl UnionView {
    pub(super) fn new(
        tag: Option<&str>,
        decides: bool,
        variants: &[Alternative],
        unknown: String,
        context: Context<'_>,
    ) -> Self {
        let same: Vec<TypeRef> = variants.iter().map(|variant| bare(&variant.ty, context)).collect();
        let is_only = |index: usize| same.iter().filter(|ty| **ty == same[index]).count() == 1;
        // An enum takes any text, where no other variant does.
        let is_text = |ty: &TypeRef| json(ty, context) == "string";
        let has_texts = same.iter().filter(|ty| is_text(ty)).count() > 1;
        let views = variants.iter().enumerate().map(|(index, variant)| {
            let fit = if is_text(&same[index]) && !has_texts {
                quote!(Fit::Text)
            } else {
                fit(&same[index], tag.filter(|_| !variant.tags.is_empty()).map(|tag| (tag, variant)), context)
            };
            let mut view = VariantView::new(variant, tag, context);
            view.index = index;
            view.fit = fit.to_string();
            let fill = fill(variant, tag, context);
            // Where the tag alone decides, a value that was read has it.
            view.untagged = fill.clone().filter(|_| decides);
            if is_only(index) {
                view.from = from(variant, fill.map(|fill| fill.fill), context);
            }
            view
        });
        let how = match tag {
            Some(tag) if decides => vec![format!("Told apart by the member {}.", prose::code(tag))],
            _ => vec![
                "Told apart by what a value looks like; of several objects, it is the one that knows most of its"
                    .to_owned(),
                "members, then the one that requires most, then the first.".to_owned(),
            ],
        };
        Self {
            variants: views.collect(),
            unknown,
            how,
            tag: tag.filter(|_| decides).map(str::to_owned),
            uses_fits: !decides,
        }
    }
}

impl VariantView {
    fn new(variant: &Alternative, tag: Option<&str>, context: Context<'_>) -> Self {
        let inner = type_text(&rust_type::owned(&variant.ty, Site::Model, context));
        let codes = |code: fn(&str) -> String, between: &str| -> String {
            variant.tags.iter().map(|tag| code(tag)).collect::<Vec<_>>().join(between)
        };
        let doc = match tag.filter(|_| !variant.tags.is_empty()) {
            Some(tag) => format!("Where {} is {}.", prose::code(tag), codes(prose::code, " or ")),
            None => format!("A value of type `{inner}`."),
        };
        let tags: Vec<Literal> = variant.tags.iter().map(|tag| Literal::string(tag)).collect();
        Self {
            index: 0,
            name: variant.name.to_string(),
            docs: vec![doc],
            tags: (!tags.is_empty()).then(|| quote!(#(#tags)|*).to_string()),
            fit: String::new(),
            untagged: None,
            // A date that is written in another way would not come out as it went in.
            read: match resolved(&variant.ty, context) {
                TypeRef::DateTime | TypeRef::Date | TypeRef::Uuid => "exact",
                _ => "read",
            },
            from: Vec::new(),
            ty_code: prose::code_cell(&inner),
            tags_code: codes(prose::code_cell, ", "),
            link: variant.ty.named().map(|id| context.api.types[id.0].name.to_string()),
            ty: if variant.boxed { format!("Box<{inner}>") } else { inner },
        }
    }
}

/// The types that become a variant.
fn from(variant: &Alternative, fill: Option<String>, context: Context<'_>) -> Vec<FromView> {
    let ty = type_text(&rust_type::owned(&variant.ty, Site::Model, context));
    let value = if variant.boxed { "Box::new(value)" } else { "value" };
    let mut all = vec![FromView { ty, value: value.to_owned(), fill }];
    if *resolved(&variant.ty, context) == TypeRef::String {
        all.push(FromView { ty: "&str".to_owned(), value: "value.to_owned()".to_owned(), fill: None });
    }
    all
}

/// How the tag is set where it need not be there.
fn fill(variant: &Alternative, tag: Option<&str>, context: Context<'_>) -> Option<UntaggedView> {
    let TypeRef::Named(id) = resolved(&variant.ty, context) else { return None };
    let Shape::Struct { fields, extra } = &context.api.types[id.0].shape else { return None };
    let (wire, tag) = (tag?, variant.tags.first()?);
    let Some(field) = fields.iter().find(|field| field.wire == wire) else {
        let extra = token(extra);
        return Some(UntaggedView {
            is: quote!(!value.#extra.contains_key(#wire)).to_string(),
            fill: quote!(value.#extra.entry(#wire).or_insert_with(|| #tag.into());).to_string(),
        });
    };
    let value = match resolved(&field.ty, context) {
        TypeRef::Int32 | TypeRef::Int64 => tag_value(field, tag, context)?,
        _ => tag_value(field, tag, context).map(|_| quote!(#tag.into()))?,
    };
    let name = token(&field.name);
    (field.presence == Presence::Optional).then(|| UntaggedView {
        is: quote!(value.#name.is_none()).to_string(),
        fill: quote!(value.#name.get_or_insert_with(|| #value);).to_string(),
    })
}

/// A tag as a value of its field's type; none if it has no such type.
pub(super) fn tag_value(field: &Field, tag: &str, context: Context<'_>) -> Option<TokenStream> {
    match resolved(&field.ty, context) {
        TypeRef::String => Some(quote!(#tag.to_owned())),
        TypeRef::Int32 | TypeRef::Int64 => {
            let literal = Literal::i64_unsuffixed(tag.parse().ok()?);
            Some(quote!(#literal))
        }
        TypeRef::Named(id) => match &context.api.types[id.0].shape {
            Shape::Enum { variants, .. } => {
                let name = token(&context.api.types[id.0].name);
                Some(match variants.iter().find(|variant| variant.wire == tag) {
                    Some(variant) => {
                        let variant = token(&variant.name);
                        quote!(#name::#variant)
                    }
                    None => quote!(#name::from(#tag)),
                })
            }
            _ => None,
        },
        _ => None,
    }
}

/// A type without any alias in it.
fn bare(ty: &TypeRef, context: Context<'_>) -> TypeRef {
    let inner = |ty| Box::new(bare(ty, context));
    match resolved(ty, context) {
        TypeRef::Array(ty) => TypeRef::Array(inner(ty)),
        TypeRef::Map(ty) => TypeRef::Map(inner(ty)),
        TypeRef::Nullable(ty) => TypeRef::Nullable(inner(ty)),
        ty => ty.clone(),
    }
}

/// What JSON calls the values of a type, as far as it matters here.
fn json(ty: &TypeRef, context: Context<'_>) -> &'static str {
    match ty {
        TypeRef::String | TypeRef::DateTime | TypeRef::Date | TypeRef::Uuid => "string",
        TypeRef::Named(id) if matches!(context.api.types[id.0].shape, Shape::Enum { .. }) => "string",
        _ => "other",
    }
}

/// What the values of a type look like, as the runtime says it.
fn fit(ty: &TypeRef, tag: Option<(&str, &Alternative)>, context: Context<'_>) -> TokenStream {
    match ty {
        TypeRef::Any => quote!(Fit::Anything),
        TypeRef::Boolean => quote!(Fit::Boolean),
        TypeRef::Int32 | TypeRef::Int64 => quote!(Fit::Integer),
        TypeRef::Number => quote!(Fit::Number),
        TypeRef::String | TypeRef::DateTime | TypeRef::Date | TypeRef::Uuid => quote!(Fit::Text),
        TypeRef::Array(inner) => {
            let inner = fit(inner, None, context);
            quote!(Fit::List(&#inner))
        }
        TypeRef::Map(inner) => {
            let inner = fit(inner, None, context);
            quote!(Fit::Map(&#inner))
        }
        TypeRef::Nullable(inner) => {
            let inner = fit(inner, None, context);
            quote!(Fit::Nullable(&#inner))
        }
        TypeRef::Named(id) => match &context.api.types[id.0].shape {
            Shape::Alias(target) => fit(target, tag, context),
            Shape::Enum { variants, .. } => {
                let values = variants.iter().map(|variant| &variant.wire);
                quote!(Fit::Choice(&[#(#values),*]))
            }
            Shape::Struct { fields, .. } => {
                let names = |wanted: bool| {
                    let is_required =
                        |field: &Field| matches!(field.presence, Presence::Required | Presence::RequiredNullable);
                    let names =
                        fields.iter().filter(move |field| is_required(field) == wanted).map(|field| &field.wire);
                    quote!(&[#(#names),*])
                };
                object(names(true), names(false), tag)
            }
            Shape::Union { tag: Some(tag), decides: true, variants, .. } => {
                let values = variants.iter().flat_map(|variant| &variant.tags);
                quote!(Fit::Object { required: &[#tag], optional: &[], tag: Some((#tag, &[#(#values),*])) })
            }
            Shape::Union { .. } if tag.is_some() => object(quote!(&[]), quote!(&[]), tag),
            Shape::Union { .. } => quote!(Fit::Anything),
        },
    }
}

fn object(required: TokenStream, optional: TokenStream, tag: Option<(&str, &Alternative)>) -> TokenStream {
    let tag = match tag {
        Some((tag, variant)) => {
            let values = &variant.tags;
            quote!(Some((#tag, &[#(#values),*])))
        }
        None => quote!(None),
    };
    quote!(Fit::Object { required: #required, optional: #optional, tag: #tag })
}

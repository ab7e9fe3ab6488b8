//! The rules of types as tables: what `validate` reads.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde::Serialize;

use super::Context;
use super::api_view::encode_path;
use super::model_view::condition;
use super::rust_type::token_of;
use crate::ir::{Kind, Payload, Rest, Rule, Rules, Shape, TypeDef};

/// What the file of rules prints.
#[derive(Debug, Serialize)]
pub(crate) struct RulesView {
    tables: Vec<TableView>,
    models: Vec<RuledView>,
    bodies: Vec<RuledBodyView>,
}

/// The rules of a type.
#[derive(Debug, Serialize)]
struct TableView {
    name: String,
    rules: String,
}

/// A type that can be asked whether it obeys them.
#[derive(Debug, Serialize)]
struct RuledView {
    model: String,
    table: String,
    condition: Option<String>,
}

/// The rules of a body, by what is sent.
#[derive(Debug, Serialize)]
struct RuledBodyView {
    method: String,
    path: String,
    media_type: String,
    rules: String,
}

impl RulesView {
    pub(super) fn new(context: Context<'_>) -> Self {
        let types = &context.api.types;
        let table = |def: &TypeDef| TableView { name: name(def), rules: all(&def.rules, context).to_string() };
        let named = types.iter().filter(|def| !matches!(def.shape, Shape::Alias(_)));
        let mut models: Vec<RuledView> = named
            .map(|def| RuledView { model: def.name.to_string(), table: name(def), condition: condition(def, context) })
            .collect();
        models.sort_by(|one, other| one.model.cmp(&other.model));
        let mut tables: Vec<TableView> = types.iter().map(table).collect();
        tables.sort_by(|one, other| one.name.cmp(&other.name));
        let operations = || context.api.modules.iter().flat_map(|module| &module.operations);
        let mut bodies = Vec::new();
        for operation in operations() {
            for content in operation.body.iter().flat_map(|body| &body.contents) {
                if matches!(content.payload, Payload::Json(_)) && !content.rules.is_empty() {
                    bodies.push(RuledBodyView {
                        method: operation.method.clone(),
                        path: encode_path(&operation.path),
                        media_type: content.media_type.clone(),
                        rules: all(&content.rules, context).to_string(),
                    });
                }
            }
        }
        Self { tables, models, bodies }
    }
}

/// A table is called after its type's file, which no other type has, however letters are written.
fn name(def: &TypeDef) -> String {
    def.module.plain().to_ascii_uppercase()
}

fn all(rules: &Rules, context: Context<'_>) -> TokenStream {
    let rules = rules.iter().map(|rule| one(rule, context));
    quote!(&[#(#rules),*])
}

fn parts(parts: &[Rules], context: Context<'_>) -> TokenStream {
    let parts = parts.iter().map(|part| all(part, context));
    quote!(&[#(#parts),*])
}

fn pairs(pairs: &[(String, Rules)], context: Context<'_>) -> TokenStream {
    let pairs = pairs.iter().map(|(name, rules)| {
        let (name, rules) = (text(name), all(rules, context));
        quote!((#name, #rules))
    });
    quote!(&[#(#pairs),*])
}

fn text(text: &str) -> Literal {
    Literal::string(text)
}

fn texts(list: &[String]) -> TokenStream {
    let list = list.iter().map(|name| text(name));
    quote!(&[#(#list),*])
}

fn number(number: u64) -> Literal {
    Literal::u64_unsuffixed(number)
}

fn one(rule: &Rule, context: Context<'_>) -> TokenStream {
    match rule {
        Rule::OrNull => quote!(OrNull),
        Rule::Is(kinds) => match kinds.as_slice() {
            [kind] => {
                let kind = kind_of(*kind);
                quote!(Is(#kind))
            }
            kinds => {
                let kinds = kinds.iter().map(|kind| kind_of(*kind));
                quote!(IsAny(&[#(#kinds),*]))
            }
        },
        Rule::Values(values) => {
            let strings: Option<Vec<String>> = values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
            match strings {
                Some(strings) => {
                    let strings = texts(&strings);
                    quote!(Texts(#strings))
                }
                None => {
                    let values = texts(&values.iter().map(ToString::to_string).collect::<Vec<_>>());
                    quote!(Values(#values))
                }
            }
        }
        Rule::MinLength(least) => counted("MinLength", *least),
        Rule::MaxLength(most) => counted("MaxLength", *most),
        Rule::MinItems(least) => counted("MinItems", *least),
        Rule::MaxItems(most) => counted("MaxItems", *most),
        Rule::MinProperties(least) => counted("MinProperties", *least),
        Rule::MaxProperties(most) => counted("MaxProperties", *most),
        Rule::Pattern(pattern) => written("Pattern", pattern),
        Rule::Minimum { limit, exclusive } => written(if *exclusive { "Above" } else { "Minimum" }, limit),
        Rule::Maximum { limit, exclusive } => written(if *exclusive { "Below" } else { "Maximum" }, limit),
        Rule::MultipleOf(of) => written("MultipleOf", of),
        Rule::Format(format) => {
            let format = token_of(&format!("{format:?}"));
            quote!(Format(Format::#format))
        }
        Rule::Unique => quote!(Unique),
        Rule::Prefix(firsts) => {
            let firsts = parts(firsts, context);
            quote!(Prefix(#firsts))
        }
        Rule::Items(after, rules) => {
            let (after, rules) = (Literal::usize_unsuffixed(*after), all(rules, context));
            quote!(Items(#after, #rules))
        }
        Rule::Contains { rules, least, most } => {
            let (rules, least) = (all(rules, context), number(*least));
            let most = most.map(number).map_or_else(|| quote!(None), |most| quote!(Some(#most)));
            quote!(Contains(#rules, #least, #most))
        }
        Rule::Required(names) => {
            let names = texts(names);
            quote!(Required(#names))
        }
        Rule::Members { named, patterned, rest } => members(named, patterned, rest, context),
        Rule::Names(rules) => {
            let rules = all(rules, context);
            quote!(Names(#rules))
        }
        Rule::DependentRequired(dependent) => {
            let dependent = dependent.iter().map(|(name, others)| {
                let (name, others) = (text(name), texts(others));
                quote!((#name, #others))
            });
            quote!(DependentRequired(&[#(#dependent),*]))
        }
        Rule::Dependent(dependent) => {
            let dependent = pairs(dependent, context);
            quote!(Dependent(#dependent))
        }
        Rule::All(several) => {
            let several = parts(several, context);
            quote!(All(#several))
        }
        Rule::Any(several) => {
            let several = parts(several, context);
            quote!(Any(#several))
        }
        Rule::One(several) => {
            let several = parts(several, context);
            quote!(One(#several))
        }
        Rule::Tagged { member, tagged, others } => {
            let (member, tagged, others) = (text(member), pairs(tagged, context), all(others, context));
            quote!(Tagged(#member, #tagged, #others))
        }
        Rule::Not(rules) => {
            let rules = all(rules, context);
            quote!(Not(#rules))
        }
        Rule::When(condition, then, otherwise) => {
            let (condition, then, otherwise) = (all(condition, context), all(then, context), all(otherwise, context));
            quote!(When(#condition, #then, #otherwise))
        }
        Rule::Of(id) => {
            let table = token_of(&name(&context.api.types[id.0]));
            quote!(Of(&#table))
        }
        Rule::Never => quote!(Never),
    }
}

fn counted(rule: &str, count: u64) -> TokenStream {
    let (rule, count) = (token_of(rule), number(count));
    quote!(#rule(#count))
}

fn written(rule: &str, value: &str) -> TokenStream {
    let (rule, value) = (token_of(rule), text(value));
    quote!(#rule(#value))
}

fn members(named: &[(String, Rules)], patterned: &[(String, Rules)], rest: &Rest, context: Context<'_>) -> TokenStream {
    let properties = pairs(named, context);
    let rest = match rest {
        Rest::Open if patterned.is_empty() => return quote!(Properties(#properties)),
        Rest::Open => quote!(Rest::Open),
        Rest::Closed => quote!(Rest::Closed),
        Rest::Each(rules) => {
            let rules = all(rules, context);
            quote!(Rest::Each(#rules))
        }
    };
    let patterned = pairs(patterned, context);
    quote!(Members(#properties, #patterned, #rest))
}

fn kind_of(kind: Kind) -> TokenStream {
    let kind = token_of(&format!("{kind:?}"));
    quote!(Kind::#kind)
}

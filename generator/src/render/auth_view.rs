//! Authentication: what an operation asks for, and how a client is given it.

use quote::quote;
use serde::Serialize;

use super::{Context, prose};
use crate::ir::{Api, ApiKey, In, Operation, Scheme, SecurityScheme};

/// A security scheme for the documentation.
#[derive(Debug, Serialize)]
pub(crate) struct SchemeView {
    name: String,
    how: String,
    text: String,
}

impl SchemeView {
    pub(super) fn new(scheme: &SecurityScheme, api: &Api) -> Self {
        Self {
            name: prose::code_cell(&scheme.name),
            how: match scheme.scheme {
                Some(Scheme::Basic) => "`ClientBuilder::basic_auth`".to_owned(),
                Some(Scheme::Bearer) => "`ClientBuilder::bearer_token`".to_owned(),
                Some(Scheme::ApiKey(index)) => format!("`ClientBuilder::{}`", api.api_keys[index].name),
                None => "not served: give it as `ClientBuilder::default_header`".to_owned(),
            },
            text: prose::cell(scheme.description.as_deref()),
        }
    }
}

/// A setter of the client's builder that takes a key.
#[derive(Debug, Serialize)]
pub(crate) struct ApiKeyView {
    pub(crate) name: String,
    docs: Vec<String>,
    scheme: String,
    /// A variant of the runtime's `Place`.
    place: &'static str,
    wire: String,
}

impl ApiKeyView {
    pub(super) fn new(key: &ApiKey) -> Self {
        let mut docs = prose::lines(key.description.as_deref());
        if !docs.is_empty() {
            docs.push(String::new());
        }
        let (place, field) = match key.place {
            In::Header => ("Header", "header"),
            In::Cookie => ("Cookie", "cookie"),
            In::Query | In::Path => ("Query", "query parameter"),
        };
        docs.extend([
            format!("The API key {}, sent as the {field} {}.", prose::code(&key.scheme), prose::code(&key.wire)),
            String::new(),
            "It is sent with the operations that ask for it. An empty one, as from an unset environment".to_owned(),
            "variable, counts as none.".to_owned(),
        ]);
        Self { name: key.name.to_string(), docs, scheme: key.scheme.clone(), place, wire: key.wire.clone() }
    }
}

/// What an operation asks for, as an expression.
pub(super) fn asked(operation: &Operation, context: Context<'_>) -> String {
    let alternatives = operation.security.iter().map(|together| {
        let schemes = together.iter().map(|scheme| match *scheme {
            Scheme::Basic => quote!(Scheme::Basic),
            Scheme::Bearer => quote!(Scheme::Bearer),
            Scheme::ApiKey(index) => {
                let name = &context.api.api_keys[index].scheme;
                quote!(Scheme::ApiKey(#name))
            }
        });
        quote!(&[#(#schemes),*])
    });
    quote!(&[#(#alternatives),*]).to_string()
}

/// The same in words.
pub(super) fn words(operation: &Operation, context: Context<'_>) -> String {
    let one = |scheme: &Scheme| match *scheme {
        Scheme::Basic => "basic".to_owned(),
        Scheme::Bearer => "bearer token".to_owned(),
        Scheme::ApiKey(index) => format!("API key {}", prose::code_cell(&context.api.api_keys[index].scheme)),
    };
    let together = |schemes: &Vec<Scheme>| schemes.iter().map(one).collect::<Vec<_>>().join(" and ");
    let alternatives: Vec<String> = operation.security.iter().map(together).collect();
    if alternatives.is_empty() { "none".to_owned() } else { alternatives.join(", or ") }
}

/// Calls on the client's builder that give it credentials.
pub(super) fn given(schemes: &[Scheme], api: &Api) -> String {
    let one = |scheme: &Scheme| match *scheme {
        Scheme::Basic => ".basic_auth(\"YOUR NAME\", \"YOUR PASSWORD\")".to_owned(),
        Scheme::Bearer => ".bearer_token(\"YOUR TOKEN\")".to_owned(),
        Scheme::ApiKey(index) => format!(".{}(\"YOUR KEY\")", api.api_keys[index].name),
    };
    schemes.iter().map(one).collect()
}

/// Credentials for an example that stands for the whole API: a token if any operation takes one, else
/// a user, else what the first operation takes that asks for something.
pub(super) fn of_the_crate(api: &Api) -> String {
    let asked = || api.modules.iter().flat_map(|module| &module.operations).flat_map(|operation| &operation.security);
    let is_asked = |scheme: &Scheme| asked().flatten().any(|other| other == scheme);
    match [Scheme::Bearer, Scheme::Basic].into_iter().find(is_asked) {
        Some(scheme) => given(&[scheme], api),
        None => asked().next().map_or_else(String::new, |together| given(together, api)),
    }
}

//! Security schemes and requirements.

use openapiv3::{APIKeyLocation, SecurityScheme as Declared};

use super::members::Member;
use super::parameters::{is_of_the_connection, is_token};
use super::schemas::Types;
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::ir::{ApiKey, In, Scheme, SecurityScheme};
use crate::names::{Ident, MemberKey, MemberKind, MemberScope, Scope, Want};
use crate::normalize::{Components, Operation, resolve};

/// What the document says about security.
pub(super) struct Security {
    /// Sorted by name.
    pub(super) schemes: Vec<SecurityScheme>,
    pub(super) api_keys: Vec<ApiKey>,
}

/// The document's schemes; one that cannot be served is told, and costs no operation. Keys get their
/// names from the client builder's setters.
pub(super) fn schemes<'a>(
    components: &Components,
    setters: &mut Scope<'a>,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Security {
    let at = Pointer::parse("/components/securitySchemes");
    let mut declared: Vec<_> = components.security_schemes.iter().collect();
    declared.sort_by_key(|(name, _)| *name);
    let (mut schemes, mut keys) = (Vec::new(), Vec::new());
    for (name, declared) in declared {
        let at = at.child(name);
        let Some((_, declared)) = resolve(&components.security_schemes, "securitySchemes", &at, declared) else {
            continue;
        };
        let (scheme, description) = match declared {
            Declared::HTTP { scheme, description, .. } => match scheme.to_ascii_lowercase().as_str() {
                "basic" => (Some(Scheme::Basic), description),
                "bearer" => (Some(Scheme::Bearer), description),
                _ => (None, description),
            },
            Declared::OAuth2 { description, .. } | Declared::OpenIDConnect { description, .. } => {
                (Some(Scheme::Bearer), description)
            }
            Declared::APIKey { location, name: wire, description, .. } => {
                let place = place(location);
                let scheme = can_carry(place, wire).then_some(Scheme::ApiKey(keys.len()));
                keys.extend(scheme.map(|_| (name, place, wire, description)));
                (scheme, description)
            }
        };
        if scheme.is_none() {
            report.push(
                Diagnostic::warning(
                    "unserved-scheme",
                    Place::Document(at),
                    format!("the security scheme `{name}` is not served yet"),
                )
                .label("this scheme")
                .help("give the credential with `ClientBuilder::default_header`"),
            );
        }
        schemes.push(SecurityScheme { name: name.clone(), scheme, description: description.clone() });
    }
    let wanted: Vec<Member> = keys
        .iter()
        .map(|(scheme, ..)| Member {
            at: at.child(scheme),
            key: MemberKey::of(&["scheme", scheme]),
            want: Want::of(scheme).or_if_reserved(format!("{scheme} key")),
            may_own: false,
        })
        .collect();
    let names = types.name_members(&MemberScope::of_client(MemberKind::Setter), setters.clone(), &wanted, report);
    setters.take(names.iter().map(Ident::as_str));
    let named = keys.into_iter().zip(names);
    let api_keys = named.map(|((scheme, place, wire, description), name)| ApiKey {
        scheme: scheme.clone(),
        name,
        place,
        wire: wire.clone(),
        description: description.clone(),
    });
    Security { schemes, api_keys: api_keys.collect() }
}

fn place(location: &APIKeyLocation) -> In {
    match location {
        APIKeyLocation::Query => In::Query,
        APIKeyLocation::Header => In::Header,
        APIKeyLocation::Cookie => In::Cookie,
    }
}

/// Whether a request can hold a key of this name.
fn can_carry(place: In, wire: &str) -> bool {
    match place {
        In::Header => is_token(wire) && !is_of_the_connection(wire),
        In::Cookie => is_token(wire),
        In::Query | In::Path => true,
    }
}

/// The alternatives of an operation, as far as they can be served.
pub(super) fn requirements(operation: &Operation, security: &Security, report: &mut Report) -> Vec<Vec<Scheme>> {
    let mut alternatives = Vec::new();
    for (index, together) in operation.security.iter().enumerate() {
        let at = operation.security_at.index(index);
        let mut served = Some(Vec::new());
        // They stand in a map, whose order says nothing.
        let mut together = together.clone();
        together.sort();
        for name in &together {
            let declared = security.schemes.iter().find(|scheme| scheme.name == *name);
            if declared.is_none() {
                let at = Place::Document(at.child(name));
                report.push_once(
                    Diagnostic::warning("unknown-scheme", at, format!("no security scheme is called `{name}`"))
                        .label("this name")
                        .help("declare it in `components/securitySchemes`"),
                );
            }
            match (declared.and_then(|scheme| scheme.scheme), &mut served) {
                // Two schemes of one token ask for it once.
                (Some(scheme), Some(list)) if list.contains(&scheme) => {}
                (Some(scheme), Some(list)) => list.push(scheme),
                _ => served = None,
            }
        }
        let Some(served) = served else { continue };
        if let Some(field) = shared_field(&served, security) {
            let message = format!("`{}` cannot be sent together: each is the {field}", together.join("` and `"));
            report.push_once(
                Diagnostic::warning("conflicting-schemes", Place::Document(at), message)
                    .label("this alternative is left out")
                    .help("if one of them is enough, make them alternatives: a list member for each"),
            );
        } else if !served.is_empty() && !alternatives.contains(&served) {
            alternatives.push(served);
        }
    }
    alternatives
}

/// The part of a request that two of the schemes would fill, in words.
fn shared_field(schemes: &[Scheme], security: &Security) -> Option<String> {
    let field = |scheme: &Scheme| match *scheme {
        Scheme::Basic | Scheme::Bearer => (In::Header, "authorization".to_owned()),
        Scheme::ApiKey(index) => match &security.api_keys[index] {
            ApiKey { place: In::Header, wire, .. } => (In::Header, wire.to_ascii_lowercase()),
            ApiKey { place, wire, .. } => (*place, wire.clone()),
        },
    };
    let fields: Vec<_> = schemes.iter().map(field).collect();
    let (place, name) = fields.iter().enumerate().find(|(index, own)| fields[..*index].contains(own))?.1;
    Some(match place {
        In::Header => format!("header `{name}`"),
        In::Query | In::Path => format!("parameter `{name}` of the query"),
        In::Cookie => format!("cookie `{name}`"),
    })
}

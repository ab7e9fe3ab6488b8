//! How parameters are written: what the settings say, and where OpenAPI leaves it open.

use openapiv3::Parameter;
use toml::Spanned;

use super::members::Member;
use super::schemas::Types;
use crate::config::{Config, Keyed as Rule};
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::ir::{ClientDefault, In, Keyed, Operation, Style, TypeRef};
use crate::names::{Case, MemberKey, MemberKind, MemberScope, Scope, Want};

/// The client builder's own methods.
pub(super) const RESERVED_SETTERS: [&str; 13] = [
    "api_key_of",
    "basic_auth",
    "bearer_token",
    "build",
    "checked",
    "connect_timeout",
    "default_header",
    "fmt",
    "path_default",
    "retries",
    "timeout",
    "user_agent",
    "validate",
];

/// What a value is made of, as far as styles tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Single,
    List,
    Object,
    /// Whatever the caller gives.
    Any,
}

/// The style in which a parameter is written: that of the settings, else the declared one.
pub(super) fn style<'a>(
    parameter: &'a Parameter,
    place: In,
    declared: Style,
    ty: &TypeRef,
    at: &Pointer,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Style {
    if let Some(index) = keyed(parameter, ty, types, report) {
        return Style::Keyed(index);
    }
    let kind = kind(ty, types);
    undefined(declared, kind, ty, at, types, report);
    match declared {
        // A single value is the same exploded or not.
        _ if kind != Kind::Single => declared,
        Style::Json => declared,
        Style::Label { .. } => Style::Label { explode: false },
        Style::Matrix { .. } => Style::Matrix { explode: false },
        _ => Style::usual(place),
    }
}

fn kind(ty: &TypeRef, types: &Types<'_>) -> Kind {
    match types.resolve(ty) {
        TypeRef::Any => Kind::Any,
        TypeRef::Array(_) => Kind::List,
        TypeRef::Map(_) => Kind::Object,
        TypeRef::Nullable(inner) => kind(&inner, types),
        TypeRef::Named(id) if types.is_struct(id) => Kind::Object,
        TypeRef::Named(id) if types.is_union(id) == Some(false) => Kind::Any,
        _ => Kind::Single,
    }
}

/// Tells where OpenAPI leaves open how a value is written. It comes out in one way all the same,
/// and the settings can say another.
fn undefined(style: Style, kind: Kind, ty: &TypeRef, at: &Pointer, types: &Types<'_>, report: &mut Report) {
    let is_compound = |ty: &TypeRef| matches!(self::kind(ty, types), Kind::List | Kind::Object);
    let message = match (style, kind) {
        (Style::Json | Style::Keyed(_), _) | (_, Kind::Any) => return,
        (Style::DeepObject, Kind::Single) => "a single value in `deepObject` style: it goes as `name=value`",
        (Style::DeepObject, Kind::List) => "a list in `deepObject` style: it goes as `name=1&name=2`",
        (Style::DeepObject, Kind::Object) if members(ty, types).iter().any(is_compound) => {
            "an object in an object: it goes as `name[a][b]=1`, and a list in it repeats its key"
        }
        (_, Kind::List) if members(ty, types).iter().any(is_compound) => {
            "a list of lists or objects: each goes as one JSON text"
        }
        (_, Kind::Object) if members(ty, types).iter().any(is_compound) => {
            "lists and objects in an object: each goes as one JSON text"
        }
        _ => return,
    };
    note(at, &format!("OpenAPI does not say how to write {message}"), report);
}

/// Reports a parameter that OpenAPI does not say how to write.
pub(super) fn note(at: &Pointer, message: &str, report: &mut Report) {
    report.push(
        Diagnostic::note("undefined-style", Place::Document(at.clone()), message)
            .label("this parameter")
            .help("describe it by `content`, or say in the settings (`[[parameters]]`) how it is written"),
    );
}

/// The types of a list's or object's members.
fn members(ty: &TypeRef, types: &Types<'_>) -> Vec<TypeRef> {
    match types.resolve(ty) {
        TypeRef::Array(inner) | TypeRef::Map(inner) => vec![*inner],
        TypeRef::Named(id) => types.fields(id).iter().map(|field| field.ty.clone()).collect(),
        _ => Vec::new(),
    }
}

/// The settings' entry for a parameter, if its type fits.
fn keyed(parameter: &Parameter, ty: &TypeRef, types: &mut Types<'_>, report: &mut Report) -> Option<usize> {
    let name = &parameter.parameter_data_ref().name;
    let rules: &[Spanned<Rule>] = &types.config.parameters;
    let is_query = matches!(parameter, Parameter::Query { .. });
    let index = rules.iter().position(|rule| is_query && rule.as_ref().name == *name)?;
    let element = match types.resolve(ty) {
        TypeRef::Array(inner) => types.resolve(&inner),
        other => other,
    };
    match element {
        TypeRef::Any | TypeRef::Map(_) => {}
        TypeRef::Named(id) if types.is_struct(id) => {
            let rule = &rules[index];
            let known: Vec<String> = types.fields(id).iter().map(|field| field.wire.clone()).collect();
            let unknown = in_braces(&rule.as_ref().key)
                .into_iter()
                .chain([rule.as_ref().value.as_str()])
                .find(|wanted| !known.iter().any(|name| name == wanted));
            if let Some(unknown) = unknown.filter(|_| !types.keyed_used.contains(&index)) {
                let message = format!("the elements of `{name}` have no member `{unknown}`");
                report.push(
                    Diagnostic::error("unknown-member", Place::Config(rule.span().start), message)
                        .label("this entry")
                        .help(format!("their members are {}", known.join(", "))),
                );
            }
        }
        _ => return None,
    }
    types.keyed_used.insert(index);
    Some(index)
}

/// The members that a key names.
fn in_braces(key: &str) -> Vec<&str> {
    key.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

/// The settings' entries as the SDK holds them; one that fits no parameter is an error.
pub(super) fn rules(config: &Config, types: &Types<'_>, report: &mut Report) -> Vec<Keyed> {
    for (index, rule) in config.parameters.iter().enumerate() {
        if !types.keyed_used.contains(&index) {
            let message = format!("no query parameter `{}` is an object or a list of objects", rule.as_ref().name);
            report.push(unused(rule.span().start, message));
        }
    }
    let wants: Vec<Want> = config.parameters.iter().map(|rule| Want::of(&rule.as_ref().name)).collect();
    let names = Scope::new(Case::Snake, types.words(), &[]).claim(&wants);
    let rules = config.parameters.iter().map(Spanned::as_ref).zip(names);
    rules
        .map(|(rule, name)| Keyed {
            name,
            key: rule.key.clone(),
            value: rule.value.clone(),
            spelled: rule.spelled.iter().map(|(value, spelled)| (value.clone(), spelled.clone())).collect(),
        })
        .collect()
}

/// The values that the client may hold; an entry that no route has is an error.
pub(super) fn client_defaults<'a, 'o>(
    config: &Config,
    operations: impl Iterator<Item = &'o Operation> + Clone,
    setters: Scope<'a>,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Vec<ClientDefault> {
    let wanted = config.client_defaults.iter().map(|entry| &entry.as_ref().parameter).map(|name| Member {
        at: Pointer::default(),
        key: MemberKey::of(&["path", name]),
        want: Want::of(name).or_if_reserved(format!("{name} default")),
        may_own: false,
    });
    let wanted: Vec<Member> = wanted.collect();
    let names = types.name_members(&MemberScope::of_client(MemberKind::Setter), setters, &wanted, report);
    let mut defaults = Vec::new();
    for (entry, name) in config.client_defaults.iter().zip(names) {
        let wire = &entry.as_ref().parameter;
        let mut params = operations.clone().flat_map(|operation| &operation.params);
        match params.find(|param| param.from_client && param.wire == *wire) {
            Some(param) => {
                defaults.push(ClientDefault { wire: wire.clone(), name, description: param.description.clone() });
            }
            None => report.push(unused(entry.span().start, format!("no route has a parameter `{wire}` of its own"))),
        }
    }
    defaults
}

fn unused(at: usize, message: String) -> Diagnostic {
    Diagnostic::error("unused-config", Place::Config(at), message)
        .label("this entry")
        .help("remove it, or correct its name")
}

#[cfg(test)]
mod tests {
    use super::RESERVED_SETTERS;

    /// The names that a setter for a client's default would collide with.
    #[test]
    fn the_builders_own_methods_are_reserved() {
        let client = include_str!("../../../templates/runtime/client.rs");
        let builder = client.split("impl ClientBuilder {").nth(1).and_then(|rest| rest.split("\n}\n").next());
        let methods: Vec<&str> = builder
            .iter()
            .flat_map(|code| code.split("fn ").skip(1))
            .filter_map(|rest| rest.split(['(', '<']).next())
            .filter(|name| !RESERVED_SETTERS.contains(name))
            .collect();
        assert!(builder.is_some_and(|code| code.contains("fn build(")), "the builder was not found");
        assert!(methods.is_empty(), "not reserved: {methods:?}");
    }
}

//! Modules and the names of operations, judged before operations are read, so that one refused
//! does not change what the others are called.

use std::collections::BTreeMap;

use super::{names_of, report_unusable, report_unused};
use toml::Spanned;

use crate::config::{Config, Rename};
use crate::diagnostics::Report;
use crate::ir::{Module, Operation};
use crate::names::{Case, Ident, Scope, Subject, Want, Words, operation_candidates, same_id};
use crate::normalize::{Document, Operation as Declared};

/// Names of methods that Rust's own traits have: clippy warns of others so called, and `into` and
/// `try_into`, which take the value itself, are found before them.
const RESERVED_METHODS: [&str; 11] =
    ["as_ref", "borrow", "clone", "cmp", "deref", "eq", "fmt", "hash", "into", "new", "try_into"];

/// Names of the client's own methods and of the crate's modules.
const RESERVED_MODULES: [&str; 10] =
    ["api", "builder", "clone", "into", "mod", "models", "new", "runtime", "self", "try_into"];

/// Features that every manifest has.
const RESERVED_FEATURES: [&str; 3] = ["all", "default", "rustls"];

/// An operation's names.
#[derive(Debug, Clone)]
pub(super) struct OperationName {
    tag: String,
    pub(super) method: Ident,
    pub(super) request: Ident,
    /// The type of one of several bodies.
    pub(super) body: Ident,
    /// The type of a multipart body.
    pub(super) form: Ident,
    /// The type of one of several answers.
    pub(super) answer: Ident,
    /// The type of the declared errors.
    pub(super) error: Ident,
    /// The type of the declared headers.
    pub(super) headers: Ident,
}

/// A module without its operations.
struct Named {
    name: Ident,
    type_name: Ident,
}

/// The names of all operations, in the document's order.
pub(super) fn names(document: &Document, config: &Config, words: &Words, report: &mut Report) -> Vec<OperationName> {
    let subjects: Vec<Subject<'_>> = document
        .operations
        .iter()
        .map(|operation| Subject { id: operation.id.as_deref(), method: &operation.method, path: &operation.path })
        .collect();
    let mut unused: Vec<_> = config.operations.keys().collect();
    let mut wants: Vec<Want> = Vec::new();
    for (operation, candidates) in document.operations.iter().zip(operation_candidates(&subjects, words)) {
        let original = operation.id.clone().unwrap_or_else(|| candidates[0].clone());
        let mut want =
            Want { original, candidates, if_reserved: None, place: format!("{} {}", operation.method, operation.path) };
        if let Some((key, rename)) = renamed(operation, config) {
            want = Want { candidates: vec![rename.rename.clone()], place: want.place, ..Want::of(&rename.rename) };
            unused.retain(|other| other.as_ref() != key.as_ref());
        }
        wants.push(want);
    }
    report_unused(unused.into_iter(), "operation", report);

    let mut by_tag: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, operation) in document.operations.iter().enumerate() {
        by_tag.entry(&operation.tag).or_default().push(index);
    }
    let mut names: Vec<Option<OperationName>> = vec![None; wants.len()];
    for (tag, members) in by_tag {
        let wanted: Vec<Want> = members.iter().map(|index| wants[*index].clone()).collect();
        let methods = Scope::new(Case::Snake, words, &RESERVED_METHODS).claim(&wanted);
        let requests: Vec<Want> = methods
            .iter()
            .map(|method| Want::of(method.plain()).or_if_reserved(format!("{} request", method.plain())))
            .collect();
        let mut scope = Scope::new(Case::Pascal, words, &names_of::REQUESTS);
        // The module's own type comes first: no request may take its name.
        scope.claim_one(module_want(tag, config));
        let requests = scope.claim(&requests);
        let mut kind = |kind: &str| {
            let wants: Vec<Want> =
                methods.iter().map(|method| Want::of(&format!("{} {kind}", method.plain()))).collect();
            scope.claim(&wants).into_iter()
        };
        let (mut bodies, mut forms) = (kind("body"), kind("form"));
        let (mut answers, mut errors, mut headers) = (kind("answer"), kind("error"), kind("headers"));
        for (index, (method, request)) in members.into_iter().zip(methods.iter().zip(requests)) {
            let rest = (bodies.next(), forms.next(), answers.next(), errors.next(), headers.next());
            let (Some(body), Some(form), Some(answer), Some(error), Some(headers)) = rest else { continue };
            let (tag, method) = (tag.to_owned(), method.clone());
            names[index] = Some(OperationName { tag, method, request, body, form, answer, error, headers });
        }
    }
    let names: Vec<OperationName> = names.into_iter().flatten().collect();
    for (operation, name) in document.operations.iter().zip(&names) {
        if let Some((key, rename)) = renamed(operation, config) {
            report_unusable(key, &rename.rename, name.method.plain(), report);
        }
    }
    names
}

/// What a tag's module and its type may be called.
fn module_want(tag: &str, config: &Config) -> Want {
    let name = config.modules.iter().find(|(key, _)| key.as_ref() == tag).map_or(tag, |(_, rename)| &rename.rename);
    Want::of(name).or_if_reserved(format!("{name} api"))
}

/// The settings' entry for an operation, by its id or its twin's.
fn renamed<'a>(operation: &Declared, config: &'a Config) -> Option<(&'a Spanned<String>, &'a Rename)> {
    let ids = || operation.id.iter().chain(operation.twin.iter().map(|twin| &twin.id));
    config.operations.iter().find(|(key, _)| ids().any(|id| same_id(id, key.as_ref())))
}

/// Groups operations by tag, sorted by name.
pub(super) fn group(
    document: &Document,
    names: &[OperationName],
    operations: Vec<Option<Operation>>,
    config: &Config,
    words: &Words,
    report: &mut Report,
) -> Vec<Module> {
    let mut by_tag: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
    for (name, operation) in names.iter().zip(operations) {
        by_tag.entry(name.tag.clone()).or_default().extend(operation);
    }
    by_tag.retain(|_, operations| !operations.is_empty());
    let mut unused: Vec<_> = config.modules.keys().collect();
    let wants: Vec<Want> = by_tag
        .keys()
        .map(|tag| {
            let rename = config.modules.iter().find(|(key, _)| key.as_ref() == tag);
            unused.retain(|other| rename.is_none_or(|(key, _)| other.as_ref() != key.as_ref()));
            let name = rename.map_or(tag, |(_, rename)| &rename.rename);
            Want::of(name).or_if_reserved(format!("{name} api"))
        })
        .collect();
    report_unused(unused.into_iter(), "tag", report);
    let modules = Scope::new(Case::Snake, words, &RESERVED_MODULES).claim(&wants);
    let types = Scope::new(Case::Pascal, words, &names_of::REQUESTS).claim(&wants);
    let named = modules.into_iter().zip(types).map(|(name, type_name)| Named { name, type_name });
    let mut modules: Vec<Module> = named
        .zip(by_tag)
        .map(|(Named { name, type_name }, (tag, mut operations))| {
            operations.sort_by(|a, b| a.name.cmp(&b.name));
            let description = document.tags.get(&tag).cloned().flatten();
            Module { feature: None, name, type_name, tag, description, operations }
        })
        .collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    if modules.len() > 1 {
        for module in &mut modules {
            module.feature = Some(feature(module.name.plain()));
        }
    }
    modules
}

/// The feature of a module: its name, where the manifest has no other feature of that name.
fn feature(module: &str) -> String {
    if RESERVED_FEATURES.contains(&module) { format!("{module}-api") } else { module.to_owned() }
}

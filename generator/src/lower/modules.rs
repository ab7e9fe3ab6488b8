//! Modules and the names of operations, judged before operations are read, so that one refused
//! does not change what the others are called.

use std::collections::{BTreeMap, BTreeSet};

use super::methods::{self, Chosen, Judged};
use super::operation_types::{self, TypeNames};
use super::pinned::{self, Claim, Renamed};
use super::wandering::{self, paste};
use super::{names_of, report_unusable, report_unused};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Place, Report};
use crate::ir::{Module, Operation};
use crate::names::{Case, Ident, Lock, LockedOperation, Route, Scope, Subject, Want, Why, Words, operation_candidates};
use crate::normalize::Document;

/// Names of the client's own methods and of the crate's modules.
const RESERVED_MODULES: [&str; 10] =
    ["api", "builder", "clone", "into", "mod", "models", "new", "runtime", "self", "try_into"];

/// Features that every manifest has.
const RESERVED_FEATURES: [&str; 4] = ["all", "default", "rustls", "validate"];

/// An operation's names.
#[derive(Debug, Clone)]
pub(super) struct OperationName {
    tag: String,
    /// By which the lock knows the operation.
    pub(super) route: Route,
    pub(super) module: Ident,
    pub(super) method: Ident,
    /// What the names of its types begin with.
    pub(super) stem: Ident,
    /// Where the method's name is from.
    pub(super) why: Why,
    /// Whether a rule told it from all others.
    pub(super) is_decided: bool,
    pub(super) types: TypeNames,
}

impl OperationName {
    /// The Rust path.
    pub(super) fn rust(&self) -> String {
        format!("{}::{}", self.module, self.method)
    }
}

/// The names of all operations, in the document's order.
pub(super) fn names(
    document: &Document,
    config: &Config,
    lock: &Lock,
    words: &Words,
    report: &mut Report,
) -> Vec<OperationName> {
    let claims = pinned::claims(document, config, lock, report);
    let modules = modules(document, &claims, config, lock, words, report);
    let operations = || document.operations.iter().zip(&modules);
    let subjects: Vec<Subject<'_>> = operations()
        .map(|(operation, module)| Subject {
            id: operation.id.as_deref(),
            method: &operation.method,
            path: &operation.path,
            module: module.plain(),
        })
        .collect();
    let candidates = operation_candidates(&subjects, words);

    let mut by_module: BTreeMap<&Ident, Vec<usize>> = BTreeMap::new();
    for (index, module) in modules.iter().enumerate() {
        by_module.entry(module).or_default().push(index);
    }
    let mut names: Vec<Option<OperationName>> = vec![None; subjects.len()];
    for (module, members) in by_module {
        let judged: Vec<Judged<'_>> = members
            .iter()
            .map(|index| Judged {
                subject: subjects[*index],
                claim: &claims[*index],
                candidates: &candidates[*index],
                place: format!("{} {}", subjects[*index].method, subjects[*index].path),
            })
            .collect();
        let others = owned_by_others(module, &judged, lock);
        let gone: Vec<&str> = others.iter().map(|line| line.stem.as_str()).collect();
        let kept: Vec<&str> = judged.iter().filter_map(methods::kept_stem).map(String::as_str).collect();
        let taken = operation_types::taken(&kept, type_want(module), &gone, words);
        let chosen = methods::chosen(&judged, &others, &taken, words);
        let stems: Vec<&str> = chosen.iter().map(|chosen| chosen.stem.as_str()).collect();
        let types = operation_types::named(&stems, type_want(module), &gone, words);
        for (index, (chosen, types)) in members.into_iter().zip(chosen.into_iter().zip(types)) {
            let Chosen { method, stem, why, is_decided } = chosen;
            let (tag, module) = (document.operations[index].tag.clone(), module.clone());
            let route = claims[index].route.clone();
            names[index] = Some(OperationName { tag, route, module, method, stem, why, is_decided, types });
        }
    }
    let names: Vec<OperationName> = names.into_iter().flatten().collect();
    for (claim, name) in claims.iter().zip(&names) {
        if let Some(renamed) = claim.rename {
            match stolen(claim, renamed, &name.module, lock) {
                Some(diagnostic) => report.push(diagnostic),
                None => report_unusable(renamed.key, &renamed.rename.rename, name.method.plain(), report),
            }
        }
    }
    let best: Vec<String> =
        subjects.iter().zip(&candidates).map(|(subject, all)| methods::best(subject, all, words)).collect();
    wandering::tell(document, &claims, &names, &best, lock, report);
    wandering::tell_undecided(document, &claims, &names, &best, report);
    names
}

/// Lines of a module whose names belong to routes which are none of these operations.
fn owned_by_others<'a>(module: &Ident, judged: &[Judged<'_>], lock: &'a Lock) -> Vec<&'a LockedOperation> {
    let is_theirs = |name: &str| {
        judged.iter().any(|it| match it.claim.rename {
            Some(renamed) => renamed.rename.rename == name,
            None => it.claim.pin.is_some_and(|pin| pin.is_called(module.as_str(), name)),
        })
    };
    let lines = lock.operations.iter();
    lines.filter(|line| line.module == module.as_str() && !is_theirs(&line.method)).collect()
}

/// An entry that follows its operationId to another route, and would take the name along.
fn stolen(claim: &Claim<'_>, renamed: Renamed<'_>, module: &Ident, lock: &Lock) -> Option<Diagnostic> {
    let (module, method) = (module.as_str(), renamed.rename.rename.as_str());
    let is_own = lock.of_route(&claim.route).chain(claim.pin).any(|line| line.is_called(module, method));
    let owner = lock.owner(module, method).filter(|_| !is_own && !renamed.by_route)?;
    let key = renamed.key.as_ref();
    let message = format!("`{key}` is now at `{}`, and `{}` belongs to `{}`", claim.route, owner.rust(), owner.route);
    let help = "name the route that is to have the name, or give this one another";
    Some(
        Diagnostic::error("name-taken", Place::Config(renamed.key.span().start), message)
            .label("this entry follows the operationId")
            .help(format!("{help}:\n\n{}", paste(&claim.route, method)))
            .related(Place::Lock(owner.at), "the name was given here"),
    )
}

/// The module of each operation: where it was, else where the others of its tag are, else the one
/// that is called after the tag.
fn modules(
    document: &Document,
    claims: &[Claim<'_>],
    config: &Config,
    lock: &Lock,
    words: &Words,
    report: &mut Report,
) -> Vec<Ident> {
    let mut kept: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (operation, claim) in document.operations.iter().zip(claims) {
        kept.entry(&operation.tag).or_default().extend(claim.pin.map(|pin| pin.module.as_str()));
    }
    let entry = |tag: &str| config.modules.iter().find(|(key, _)| key.as_ref() == tag);
    let unused = config.modules.keys().filter(|key| !kept.contains_key(key.as_ref().as_str()));
    report_unused(unused, "tag", report);
    let wants: Vec<Want> = kept
        .keys()
        .map(|tag| {
            let name = entry(tag).map_or(*tag, |(_, rename)| &rename.rename);
            Want::of(name).or_if_reserved(format!("{name} api"))
        })
        .collect();
    let natural = Scope::new(Case::Snake, words, &RESERVED_MODULES).claim(&wants);
    let locked = |name: &str| {
        let want = Want::of(name).or_if_reserved(format!("{name} api")).keeping(Some(name));
        Scope::new(Case::Snake, words, &RESERVED_MODULES).claim_one(want)
    };
    // A module that the settings name anew takes along what was in the old one.
    let is_new = |tag: &str, module: &Ident| {
        entry(tag).is_some() && !lock.operations.iter().any(|line| !line.retired && line.module == module.as_str())
    };
    let of_tag: BTreeMap<&str, (Ident, bool)> = kept
        .iter()
        .zip(natural)
        .map(|((tag, kept), natural)| match (kept.first(), kept.len()) {
            _ if is_new(tag, &natural) => (*tag, (natural, true)),
            (Some(module), 1) => (*tag, (locked(module), false)),
            _ => (*tag, (natural, false)),
        })
        .collect();
    let operations = document.operations.iter().zip(claims);
    operations
        .map(|(operation, claim)| {
            let (module, is_new) = &of_tag[operation.tag.as_str()];
            claim.pin.filter(|_| !is_new).map_or_else(|| module.clone(), |pin| locked(&pin.module))
        })
        .collect()
}

/// What a module's type may be called.
fn type_want(module: &Ident) -> Want {
    Want::of(module.plain()).or_if_reserved(format!("{} api", module.plain()))
}

/// Groups operations by module, sorted by name.
pub(super) fn group(
    document: &Document,
    names: &[OperationName],
    operations: Vec<Option<Operation>>,
    words: &Words,
) -> Vec<Module> {
    let mut by_module: BTreeMap<Ident, (BTreeSet<&str>, Vec<Operation>)> = BTreeMap::new();
    for (name, operation) in names.iter().zip(operations) {
        let (tags, operations) = by_module.entry(name.module.clone()).or_default();
        tags.insert(&name.tag);
        operations.extend(operation);
    }
    by_module.retain(|_, (_, operations)| !operations.is_empty());
    let wants: Vec<Want> = by_module.keys().map(type_want).collect();
    let types = Scope::new(Case::Pascal, words, &names_of::REQUESTS).claim(&wants);
    let mut modules: Vec<Module> = by_module
        .into_iter()
        .zip(types)
        .map(|((name, (tags, mut operations)), type_name)| {
            operations.sort_by(|a, b| a.name.cmp(&b.name));
            // Of several tags the one that the module is called after.
            let tag = tags.into_iter().min_by_key(|tag| words.snake(tag) != name.plain()).unwrap_or_default();
            let description = document.tags.get(tag).cloned().flatten();
            Module { feature: None, name, type_name, tag: tag.to_owned(), description, operations }
        })
        .collect();
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

//! The lock after a run, and what a run may not do that has to leave it as it is.

use std::collections::{BTreeMap, HashMap};

use super::modules::OperationName;
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::ir::{Api, TypeDef};
use crate::load::Outside;
use crate::names::{Change, GivenMembers, Lock, LockedFile, LockedOperation, LockedType, MemberScope, Route, TypeKey};
use crate::normalize::{Document, Operation, Twin};

/// By what the lock knows each type: none for one whose place is that of another too.
pub(super) fn type_keys<'a>(types: impl Iterator<Item = (Option<&'a str>, &'a Pointer)>) -> Vec<Option<TypeKey>> {
    let keys: Vec<TypeKey> = types
        .map(|(schema, at)| match schema {
            Some(name) => TypeKey::Schema(name.to_owned()),
            None => TypeKey::Inline(at.clone()),
        })
        .collect();
    let mut count: BTreeMap<&TypeKey, usize> = BTreeMap::new();
    for key in &keys {
        *count.entry(key).or_default() += 1;
    }
    keys.iter().map(|key| (count[key] == 1).then(|| key.clone())).collect()
}

/// The lock with the names of this run.
pub(super) fn extended(
    document: &Document,
    names: &[OperationName],
    (types, members): (Vec<LockedType>, &GivenMembers),
    unread: &[Route],
    lock: &Lock,
) -> Lock {
    let mut operations = Vec::new();
    for (operation, name) in document.operations.iter().zip(names) {
        let line = |path: &str, id: Option<&String>, folded: bool| LockedOperation {
            route: Route::new(&operation.method, path),
            module: name.module.to_string(),
            method: name.method.to_string(),
            stem: name.stem.to_string(),
            id: id.cloned(),
            folded,
            retired: false,
            at: 0,
        };
        operations.push(line(&operation.declared_path(), operation.id.as_ref(), false));
        operations.extend(operation.twin.as_ref().map(|twin| line(&twin.declared_path(), Some(&twin.id), true)));
    }
    // A route that stands twice is no one's.
    let mut count: HashMap<Route, usize> = HashMap::new();
    for line in &operations {
        *count.entry(line.route.clone()).or_default() += 1;
    }
    operations.retain(|line| count[&line.route] == 1);
    let refused: Vec<Route> = refused(document).collect();
    let is_unread = |scope: &MemberScope| refused.iter().chain(unread).any(|route| scope.is_at(route));
    lock.extended(operations, types, members, (|route: &Route| refused.contains(route), is_unread))
}

/// What the lock has to say of types.
pub(super) fn types(keys: Vec<Option<TypeKey>>, types: &[TypeDef]) -> Vec<LockedType> {
    let lines = keys.into_iter().zip(types);
    lines
        .filter_map(|(key, ty)| Some(LockedType { key: key?, name: ty.name.to_string(), retired: false, at: 0 }))
        .collect()
}

/// What the lock has to say of components that stand in other files.
pub(crate) fn files(outside: Vec<Outside>) -> Vec<LockedFile> {
    let lines = outside.into_iter();
    lines
        .map(|Outside { kind, place, name }| LockedFile { kind: kind.to_owned(), place, name, retired: false, at: 0 })
        .collect()
}

/// Routes that are there and cannot be read.
pub(super) fn refused(document: &Document) -> impl Iterator<Item = Route> {
    document.refused.iter().map(|(method, path)| Route::new(method, path))
}

/// Reports everything that the lock would have to say and does not.
pub(crate) fn check(document: &Document, api: &Api, lock: &Lock, later: &Lock, report: &mut Report) {
    let place = |route: &Route| {
        let is_it = |operation: &&Operation| {
            let twin = operation.twin.as_ref().map(Twin::declared_path);
            route.method.eq_ignore_ascii_case(&operation.method)
                && (operation.declared_path() == route.path || twin.as_ref() == Some(&route.path))
        };
        let found = document.operations.iter().find(is_it);
        Place::Document(found.map_or_else(Pointer::default, |operation| operation.at.clone()))
    };
    let member = |scope: &MemberScope| match scope.route() {
        Some(route) => place(&route),
        None => Place::Document(scope.place()),
    };
    for change in lock.changes(later) {
        let (place, message) = match change {
            Change::Operation(line) => (
                place(&line.route),
                format!("the lock does not know `{}`, which would be called `{}`", line.route, line.rust()),
            ),
            Change::Changed(old, line) if line.retired => {
                (Place::Lock(old.at), format!("`{}` is no longer called `{}`", line.route, line.rust()))
            }
            Change::Changed(old, line) if old.retired => {
                (Place::Lock(old.at), format!("`{}` is called `{}` again", line.route, line.rust()))
            }
            Change::Changed(old, line) if old.route != line.route => {
                (place(&line.route), format!("the lock has the route `{}` as `{}`", line.route, old.route))
            }
            Change::Changed(_, line) => {
                let id = line
                    .id
                    .as_deref()
                    .map_or_else(|| "no operationId".to_owned(), |id| format!("the operationId `{id}`"));
                (place(&line.route), format!("the lock does not know that `{}` has {id}", line.route))
            }
            Change::Type(line) => {
                let is_it = |ty: &&TypeDef| ty.name.as_str() == line.name;
                let at = api.types.iter().find(is_it).map_or_else(Pointer::default, |ty| ty.at.clone());
                (Place::Document(at), format!("the lock does not know the type `{}`", line.name))
            }
            Change::ChangedType(line) => {
                let what = if line.retired { "gone" } else { "back" };
                (Place::Lock(line.at), format!("the type `{}` is {what}, and the lock does not say so", line.name))
            }
            Change::Member(line) => {
                let message =
                    format!("the lock does not know `{}`, which would be called `{}`", line.subject(), line.name);
                (member(&line.scope), message)
            }
            Change::ChangedMember(line) => {
                let what = if line.retired { "gone" } else { "back" };
                (Place::Lock(line.at), format!("`{}` is {what}, and the lock does not say so", line.subject()))
            }
            Change::File(line) => {
                let message = format!("the lock does not know `{}`, which would be called `{}`", line.place, line.name);
                (Place::Document(Pointer::default()), message)
            }
            Change::ChangedFile(line) => {
                let what = if line.retired { "gone" } else { "back" };
                (Place::Lock(line.at), format!("`{}` is {what}, and the lock does not say so", line.place))
            }
            Change::Spelling(kind) => {
                let message = format!("the lock does not know how each {kind} is spelled");
                (Place::Document(Pointer::default()), message)
            }
        };
        report.push(
            Diagnostic::error("not-locked", place, message)
                .help("run `generate` without --locked, read what it tells, and commit the lock"),
        );
    }
}

//! What a run with a lock has to tell: names that were not given because they belong to another
//! route, operationIds that wandered, and routes that have likely moved.

use std::collections::{BTreeMap, HashSet};

use super::locking;
use super::modules::OperationName;
use super::pinned::Claim;
use crate::config::quoted;
use crate::diagnostics::{Diagnostic, Level, Place, Report};
use crate::names::{Ident, Lock, LockedOperation, Route};
use crate::normalize::{Document, Operation as Declared};

/// Tells what became of the names of all operations. `best` is what each would be called without
/// a lock.
pub(super) fn tell(
    document: &Document,
    claims: &[Claim<'_>],
    names: &[OperationName],
    best: &[String],
    lock: &Lock,
    report: &mut Report,
) {
    if lock.operations.is_empty() {
        return;
    }
    let twins = document.operations.iter().filter_map(|operation| {
        operation.twin.as_ref().map(|twin| Route::new(&operation.method, &twin.declared_path()))
    });
    let routes = claims.iter().map(|claim| claim.route.clone()).chain(twins).chain(locking::refused(document));
    let routes: Vec<Route> = routes.collect();
    let present: HashSet<(&str, &str)> = routes.iter().map(Route::to_server).collect();
    let is_gone = |route: &Route| !present.contains(&route.to_server());
    let mut offered = HashSet::new();
    for (((operation, claim), name), best) in document.operations.iter().zip(claims).zip(names).zip(best) {
        let mut told = claim.moved.then_some(()).and(claim.pin).map(|line| line.route.clone());
        if claim.pin.is_none() {
            let id = operation.id.as_deref();
            let moved = lock.likely_move(&claim.route, id, is_gone);
            let moved = moved.filter(|line| offered.insert(line.route.to_string()));
            if let Some(line) = moved {
                report.push(likely_move(operation, claim, name, line));
                told = Some(line.route.clone());
            } else if claim.rename.is_none()
                && name.method.as_str() != best
                && let Some(owner) = lock.owner(name.module.as_str(), best)
            {
                report.push(refused(operation, claim, name, owner, is_gone(&owner.route)));
                told = Some(owner.route.clone());
            } else if claim.rename.is_none()
                && let Some(owner) = id.and_then(|id| lock.wandered(id, &claim.route))
                && owner.module == name.module.as_str()
                && owner.method != name.method.as_str()
                && is_gone(&owner.route)
            {
                report.push(refused(operation, claim, name, owner, true));
                told = Some(owner.route.clone());
            }
        }
        let twin = operation.twin.as_ref();
        let own = operation.id.as_deref().map(|id| (id, claim.route.clone(), &operation.at));
        let twin = twin.map(|twin| (twin.id.as_str(), Route::new(&operation.method, &twin.declared_path()), &twin.at));
        for (id, route, at) in own.into_iter().chain(twin) {
            if let Some(line) = lock.wandered(id, &route).filter(|line| told.as_ref() != Some(&line.route)) {
                let what = if is_gone(&line.route) { ", which is gone" } else { "" };
                let message = format!("the operationId `{id}` was at `{}`{what}, and is now at `{route}`", line.route);
                report.push(
                    Diagnostic::note("id-wandered", Place::Document(at.child("operationId")), message)
                        .label(format!("called `{}`", name.rust()))
                        .help("nothing to do: each route keeps its own name, whatever its id")
                        .related(Place::Lock(line.at), "its route before"),
                );
            }
        }
    }
}

fn likely_move(operation: &Declared, claim: &Claim<'_>, name: &OperationName, line: &LockedOperation) -> Diagnostic {
    let message = format!("`{}` has likely moved: it is gone, and `{}` is new", line.route, claim.route);
    Diagnostic::note("route-moved", Place::Document(operation.at.clone()), message)
        .label(format!("called `{}` until told otherwise", name.rust()))
        .help(format!(
            "if it is the same operation, it keeps the name `{}` with this in the settings:\n\n\
             [[moved]]\nfrom = {}\nto = {}\nreason = \"...\"",
            line.rust(),
            quoted(&line.route.to_string()),
            quoted(&claim.route.to_string())
        ))
        .related(Place::Lock(line.at), "the route that is gone")
}

fn refused(
    operation: &Declared,
    claim: &Claim<'_>,
    name: &OperationName,
    owner: &LockedOperation,
    is_gone: bool,
) -> Diagnostic {
    let rust = owner.rust();
    let (code, what) = if is_gone { ("name-retired", ", which is gone") } else { ("name-taken", "") };
    let message = format!("`{}` is not called `{rust}`: the name belongs to `{}`{what}", claim.route, owner.route);
    let mut diagnostic = Diagnostic::warning(code, Place::Document(operation.at.clone()), message);
    if !is_gone && (owner.id.is_none() || owner.id != operation.id) {
        diagnostic.level = Level::Note;
    }
    diagnostic
        .label(format!("called `{}` instead", name.rust()))
        .help(format!(
            "nothing to do, if that name will do: callers of the one route must not reach the other.\n\
             To call it otherwise, or to give it the name{}, put this into the settings:\n\n{}",
            if is_gone { " all the same" } else { " and the other route another" },
            paste(&claim.route, &owner.method)
        ))
        .related(Place::Lock(owner.at), "it was given here")
}

/// Tells of names that no rule could make: several routes that say the same, without ids that say more.
/// `best` is what each would have been called alone.
pub(super) fn tell_undecided(
    document: &Document,
    claims: &[Claim<'_>],
    names: &[OperationName],
    best: &[String],
    report: &mut Report,
) {
    let mut groups: BTreeMap<(&Ident, &String), Vec<usize>> = BTreeMap::new();
    for (index, (name, best)) in names.iter().zip(best).enumerate() {
        groups.entry((&name.module, best)).or_default().push(index);
    }
    for group in groups.values() {
        let Some(first) = group.iter().find(|index| !names[**index].is_decided) else { continue };
        let said = |index: &usize| format!("`{}`", claims[*index].route);
        let routes: Vec<String> = group.iter().filter(|index| *index != first).map(said).collect();
        let message = match routes.as_slice() {
            [] => format!("no rule gives {} a name of its own", said(first)),
            routes => format!("no rule tells {} from {}", said(first), routes.join(" and ")),
        };
        let undecided = group.iter().filter(|index| !names[**index].is_decided);
        let entries: Vec<String> = undecided.map(|index| paste(&claims[*index].route, "...")).collect();
        let help = "nothing to do, if the names will do; to call them by what they do, put this into the settings";
        let place = Place::Document(document.operations[*first].at.clone());
        let mut diagnostic = Diagnostic::warning("name-undecided", place, message)
            .label(format!("called `{}`", names[*first].rust()))
            .help(format!("{help}:\n\n{}", entries.join("\n\n")));
        for index in group.iter().filter(|index| *index != first) {
            let place = Place::Document(document.operations[*index].at.clone());
            diagnostic = diagnostic.related(place, format!("called `{}`", names[*index].rust()));
        }
        report.push(diagnostic);
    }
}

/// The settings' entry that gives a route a name.
pub(super) fn paste(route: &Route, method: &str) -> String {
    format!("[operations.{}]\nrename = {}\nreason = \"...\"", quoted(&route.to_string()), quoted(method))
}

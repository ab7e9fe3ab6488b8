//! Which operations have a name for good: by the lock, by a move that the settings confirm, or by
//! the settings' own name for them.

use std::collections::{HashMap, HashSet};

use toml::Spanned;

use super::{locking, report_unused};
use crate::config::{Config, Rename};
use crate::diagnostics::{Diagnostic, Place, Report};
use crate::names::{Lock, LockedOperation, Route, same_id};
use crate::normalize::{Document, Operation as Declared};

/// What an operation may insist on.
pub(super) struct Claim<'a> {
    pub(super) route: Route,
    /// The settings' name.
    pub(super) rename: Option<Renamed<'a>>,
    /// The name that it had before.
    pub(super) pin: Option<&'a LockedOperation>,
    /// Whether it had that name on another route.
    pub(super) moved: bool,
}

/// An entry of the settings.
#[derive(Clone, Copy)]
pub(super) struct Renamed<'a> {
    pub(super) key: &'a Spanned<String>,
    pub(super) rename: &'a Rename,
    /// Whether the entry names the route, not an id that may wander.
    pub(super) by_route: bool,
}

/// The claims of all operations, in the document's order.
pub(super) fn claims<'a>(
    document: &Document,
    config: &'a Config,
    lock: &'a Lock,
    report: &mut Report,
) -> Vec<Claim<'a>> {
    let routes: Vec<Route> = document.operations.iter().map(route_of).collect();
    let present: HashSet<Route> = routes.iter().cloned().chain(locking::refused(document)).collect();
    let moved = moves(&routes, &present, config, lock, report);
    let mut unused: Vec<_> = config.operations.keys().collect();
    let mut claims = Vec::new();
    for (index, (operation, route)) in document.operations.iter().zip(&routes).enumerate() {
        let rename = renamed(operation, route, config);
        unused.retain(|key| rename.is_none_or(|rename| rename.key.as_ref() != key.as_ref()));
        let from = moved.get(&index).copied();
        let own = || {
            lock.of_route(route).find(|line| {
                // One that is only like this route may still be there itself.
                if line.route != *route && present.contains(&line.route) {
                    return false;
                }
                let owner = lock.owner(&line.module, &line.method);
                let is_there = |route: &Route| present.iter().any(|other| other.is_like(route));
                !line.retired || owner.is_none_or(|owner| owner.retired || !is_there(&owner.route))
            })
        };
        claims.push(Claim { route: route.clone(), rename, pin: from.or_else(own), moved: from.is_some() });
    }
    report_unused(unused.into_iter(), "operation", report);
    settle(document, &mut claims);
    claims
}

/// Of several routes that are like one that is gone, one has its name: the one that has its
/// operationId, else the first by its path.
fn settle(document: &Document, claims: &mut [Claim<'_>]) {
    let mut heirs: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (index, claim) in claims.iter().enumerate() {
        if let Some(line) = claim.pin.filter(|line| !claim.moved && line.route != claim.route) {
            heirs.entry((&line.module, &line.method)).or_default().push(index);
        }
    }
    for rivals in heirs.into_values().filter(|rivals| rivals.len() > 1) {
        let is_other_id = |index: usize| claims[index].pin.is_some_and(|line| line.id != document.operations[index].id);
        let heir = rivals.iter().copied().min_by_key(|index| (is_other_id(*index), &claims[*index].route.path));
        rivals.into_iter().filter(|index| Some(*index) != heir).for_each(|index| claims[index].pin = None);
    }
}

/// An operation's route.
pub(super) fn route_of(operation: &Declared) -> Route {
    Route::new(&operation.method, &operation.declared_path())
}

/// The settings' entry for an operation: by its route, by its id, or by its twin's.
fn renamed<'a>(operation: &Declared, route: &Route, config: &'a Config) -> Option<Renamed<'a>> {
    let twin = operation.twin.as_ref();
    let twin_route = twin.map(|twin| Route::new(&operation.method, &twin.declared_path()));
    let is_route = |key: &str| Route::parse(key).is_some_and(|key| key == *route || Some(&key) == twin_route.as_ref());
    let ids = || operation.id.iter().chain(twin.map(|twin| &twin.id));
    let entries = || config.operations.iter();
    let by_route = entries().find(|(key, _)| is_route(key.as_ref())).map(|entry| (entry, true));
    let by_id = || entries().find(|(key, _)| ids().any(|id| same_id(id, key.as_ref()))).map(|entry| (entry, false));
    by_route.or_else(by_id).map(|((key, rename), by_route)| Renamed { key, rename, by_route })
}

/// The operations that the settings' moves lead to, with what they were called before.
fn moves<'a>(
    routes: &[Route],
    present: &HashSet<Route>,
    config: &Config,
    lock: &'a Lock,
    report: &mut Report,
) -> HashMap<usize, &'a LockedOperation> {
    let mut moves = HashMap::new();
    for entry in &config.moved {
        let moved = entry.as_ref();
        let mut fault = |code: &'static str, message: String, help: &str| {
            let place = Place::Config(entry.span().start);
            report.push(Diagnostic::error(code, place, message).label("this entry").help(help));
        };
        let (from, to) = match (Route::parse(&moved.from), Route::parse(&moved.to)) {
            (Some(from), Some(to)) => (from, to),
            (from, _) => {
                let wrong = if from.is_none() { &moved.from } else { &moved.to };
                let help = "write it as it stands in the lock: `GET /users/{id}`";
                fault("invalid-config", format!("`{wrong}` is no route"), help);
                continue;
            }
        };
        // Without a lock nothing is known that could have moved.
        if lock.is_empty() {
            continue;
        }
        let help = "remove it, or correct its routes";
        if present.contains(&from) {
            fault("unused-config", format!("`{from}` has not moved: it is in the document"), help);
        } else if let Some(line) = lock.of_route(&from).next() {
            match routes.iter().position(|route| *route == to) {
                Some(index) => drop(moves.insert(index, line)),
                None => fault("unused-config", format!("no operation is at `{to}`"), help),
            }
        } else {
            fault("unused-config", format!("the lock knows no `{from}`"), help);
        }
    }
    moves
}

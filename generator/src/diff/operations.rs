//! Methods: which are there, which route each calls, and where operationIds went.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity, answers, bodies, calls};
use crate::diagnostics::Pointer;
use crate::ir::{Api, Module, Operation, Scoped};
use crate::names::Route;

/// A method with its module.
#[derive(Clone, Copy)]
struct Method<'a> {
    module: &'a Module,
    operation: &'a Operation,
}

impl<'a> Method<'a> {
    fn rust(self) -> String {
        format!("{}::{}", self.module.name.plain(), self.operation.name.plain())
    }

    fn route(self) -> Route {
        Route::new(&self.operation.method, &self.operation.path)
    }

    /// What the routes' operationIds are, with their places.
    fn ids(self) -> impl Iterator<Item = (&'a str, Route, &'a Pointer)> {
        let Operation { ids, method, path, at, scoped, .. } = self.operation;
        // The ids are the operation's own, if it has one, and then its twin's.
        let own = if scoped.is_some() && ids.len() < 2 { None } else { ids.first() };
        let twin = scoped.iter().zip(ids.last());
        let own = own.map(|id| (id.as_str(), Route::new(method, path), at));
        own.into_iter().chain(twin.map(|(scoped, id)| (id.as_str(), Route::new(method, &scoped.path), &scoped.at)))
    }
}

fn methods(api: &Api) -> Vec<Method<'_>> {
    let of = |module| move |operation| Method { module, operation };
    api.modules.iter().flat_map(|module| module.operations.iter().map(of(module))).collect()
}

/// The new methods by what they are looked for by; of several, the first counts.
#[derive(Default)]
struct Lookup<'a> {
    /// By the routes that they call, as a server sees them.
    routes: HashMap<(String, String), Vec<Method<'a>>>,
    /// By the routes that they call inside a scope.
    scopes: HashMap<(String, String), (Method<'a>, &'a Scoped)>,
    ids: HashMap<&'a str, Method<'a>>,
    /// By the routes that have an operationId.
    declared: HashMap<(String, String), (Method<'a>, &'a str, &'a Pointer)>,
}

impl<'a> Lookup<'a> {
    fn new(methods: &[Method<'a>]) -> Self {
        let mut lookup = Self::default();
        for method in methods {
            lookup.routes.entry(key(&method.route())).or_default().push(*method);
            if let Some(scoped) = &method.operation.scoped {
                let route = Route::new(&method.operation.method, &scoped.path);
                lookup.scopes.entry(key(&route)).or_insert((*method, scoped));
            }
            for (id, route, at) in method.ids() {
                lookup.ids.entry(id).or_insert(*method);
                lookup.declared.entry(key(&route)).or_insert((*method, id, at));
            }
        }
        lookup
    }
}

fn key(route: &Route) -> (String, String) {
    let (method, shape) = route.to_server();
    (method.to_owned(), shape.to_owned())
}

pub(super) fn compare(spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (methods(spelling.old), methods(spelling.new));
    let by_name: BTreeMap<String, Method<'_>> = new.iter().map(|method| (method.rust(), *method)).collect();
    let lookup = Lookup::new(&new);
    let mut matched = BTreeSet::new();
    let mut pairs = Vec::new();
    for was in &old {
        if let Some(is) = by_name.get(&was.rust()) {
            matched.insert(was.rust());
            pairs.push((*was, *is));
        }
    }
    let mut gone = BTreeSet::new();
    for was in old.iter().filter(|was| !by_name.contains_key(&was.rust())) {
        let alike = lookup.routes.get(&key(&was.route())).into_iter().flatten();
        let heir = alike.copied().find(|is| !matched.contains(&is.rust()));
        match heir {
            Some(is) => {
                matched.insert(is.rust());
                let message = format!("`{}` is now called `{}`", was.rust(), is.rust());
                let change = item(*was, is).change(Code::MethodRenamed, Severity::Breaking, message);
                changes.push(change.sides(was.rust(), is.rust()));
                pairs.push((*was, is));
            }
            None => {
                gone.insert(was.rust());
                changes.push(removed(*was, &lookup, spelling));
            }
        }
    }
    for is in new.iter().filter(|is| !matched.contains(&is.rust())) {
        let item = Item { old: None, ..item(*is, *is) };
        let signature = spelling.signature(Side::New, is.operation);
        let change = item.change(Code::MethodAdded, Severity::Additive, format!("`{signature}` is new"));
        changes.push(change.sides(None, signature));
    }
    for (was, is) in pairs {
        compare_one(was, is, spelling, changes);
    }
    ids(&old, &new, &lookup, &gone, changes);
}

/// The item of a method, with its places in both documents.
fn item<'a>(was: Method<'a>, is: Method<'a>) -> Item<'a> {
    Item {
        module: Some(is.module.name.plain()),
        rust: is.rust(),
        route: Some(is.route().to_string()),
        old: Some(&was.operation.at),
        new: Some(&is.operation.at),
    }
}

fn removed(was: Method<'_>, new: &Lookup<'_>, spelling: &Spelling<'_>) -> Change {
    let elsewhere = was.ids().next().and_then(|(id, ..)| new.ids.get(id));
    let folded = new.scopes.get(&key(&was.route()));
    let message = match (folded, elsewhere) {
        (Some((is, scoped)), _) => {
            let setter = scoped.param.name.plain();
            format!("`{}` is gone; its route is now called by `{}` with `.{setter}(..)`", was.rust(), is.rust())
        }
        (None, Some(is)) => {
            format!("`{}` is gone; its operationId is now at `{}`, `{}`", was.rust(), is.route(), is.rust())
        }
        (None, None) => format!("`{}` is gone", was.rust()),
    };
    let change = Item { new: None, ..item(was, was) }.change(Code::MethodRemoved, Severity::Breaking, message);
    change.sides(spelling.signature(Side::Old, was.operation), None)
}

fn compare_one(was: Method<'_>, is: Method<'_>, spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let (item, begun) = (item(was, is), changes.len());
    let (old, new) = (was.operation, is.operation);
    if !was.route().is_like(&is.route()) {
        let message = format!("it called `{}`, and now calls `{}`", was.route(), is.route());
        let change = item.change(Code::RouteChanged, Severity::Silent, message);
        changes.push(change.sides(was.route().to_string(), is.route().to_string()));
    }
    scope(&item, old, new, spelling, changes);
    if old.request != new.request {
        item.renamed(Code::TypeRenamed, old.request.as_str(), new.request.as_str(), changes);
    }
    item.deprecated("it", old.deprecated, new.deprecated, changes);
    let text = |operation: &Operation| joined(operation.summary.as_ref(), operation.description.as_ref());
    item.described(None, text(old).as_ref(), text(new).as_ref(), changes);
    if old.server != new.server {
        let text =
            |server: &Option<String>| server.as_ref().map_or("the document's".to_owned(), |url| format!("`{url}`"));
        let message = format!(
            "its server was {}, and is {} now; calls go to the client's address all the same",
            text(&old.server),
            text(&new.server)
        );
        let change = item.change(Code::OperationServer, Severity::Silent, message);
        changes.push(change.sides(old.server.clone(), new.server.clone()));
    }
    calls::parameters(&item, old, new, spelling, changes);
    bodies::compare(&item, old.body.as_ref(), new.body.as_ref(), spelling, changes);
    answers::compare(&item, old, new, spelling, changes);
    let (a, b) = (spelling.security(Side::Old, &old.security), spelling.security(Side::New, &new.security));
    if a != b {
        let message = format!("it asked for {a}, and now asks for {b}");
        changes.push(item.change(Code::AuthChanged, Severity::Silent, message).sides(a, b));
    }
    if was.rust() != is.rust() {
        // Types of its own are called after the method, which is told.
        let mut own = changes.split_off(begun);
        own.retain(|change| change.code != Code::TypeRenamed);
        changes.append(&mut own);
    }
}

/// The route inside a scope.
fn scope<'a>(
    item: &Item<'a>,
    old: &'a Operation,
    new: &'a Operation,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    let route = |operation: &Operation, path: &str| Route::new(&operation.method, path);
    match (&old.scoped, &new.scoped) {
        (Some(a), Some(b)) => {
            let item = item.at(Some(&a.at), Some(&b.at));
            let (was, is) = (route(old, &a.path), route(new, &b.path));
            if !was.is_like(&is) {
                let message = format!("with `{}` it called `{was}`, and now calls `{is}`", b.param.wire);
                let change = item.change(Code::RouteChanged, Severity::Silent, message);
                changes.push(change.sides(was.to_string(), is.to_string()));
            }
            calls::parameter(&item, &a.param, &b.param, spelling, changes);
            let text = |scoped: &Scoped| joined(scoped.summary.as_ref(), scoped.description.as_ref());
            let (a, b) = (text(a), text(b));
            item.described(Some("the route inside it"), a.as_ref(), b.as_ref(), changes);
        }
        (Some(a), None) => {
            let message = format!("`.{}(..)` is gone, which led to `{}`", a.param.name.plain(), a.path);
            let change = item.at(Some(&a.at), None).change(Code::ScopeRemoved, Severity::Breaking, message);
            changes.push(change.sides(route(old, &a.path).to_string(), None));
        }
        (None, Some(b)) => {
            let message = format!("`.{}(..)` leads to `{}`", b.param.name.plain(), b.path);
            let change = item.at(None, Some(&b.at)).change(Code::ScopeAdded, Severity::Additive, message);
            changes.push(change.sides(None, route(new, &b.path).to_string()));
        }
        (None, None) => {}
    }
}

/// A summary with the description below it.
fn joined(summary: Option<&String>, description: Option<&String>) -> Option<String> {
    let texts: Vec<&str> = [summary, description].into_iter().flatten().map(String::as_str).collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

/// Ids that are on another route, wherever their methods are, and routes that have another id. What
/// became of the id of a method that is gone is told with it.
fn ids(
    old: &[Method<'_>],
    new: &[Method<'_>],
    lookup: &Lookup<'_>,
    gone: &BTreeSet<String>,
    changes: &mut Vec<Change>,
) {
    let mut now = BTreeMap::new();
    for method in new {
        now.extend(method.ids().map(|(id, route, at)| (id, (*method, route, at))));
    }
    for was in old.iter().filter(|was| !gone.contains(&was.rust())) {
        for (id, route, at) in was.ids() {
            let still = lookup.declared.get(&key(&route)).copied();
            let item = Item {
                module: Some(was.module.name.plain()),
                rust: was.rust(),
                route: Some(route.to_string()),
                ..item(*was, *was)
            };
            let at = at.child("operationId");
            if let Some((is, to, new_at)) = now.get(id).filter(|(_, to, _)| !to.is_like(&route)) {
                let message = match still {
                    Some((still, ..)) => format!(
                        "the operationId `{id}` leaves `{route}` (now `{}`) for `{to}` (`{}`)",
                        still.rust(),
                        is.rust()
                    ),
                    None => {
                        format!("the operationId `{id}` leaves `{route}`, which is gone, for `{to}` (`{}`)", is.rust())
                    }
                };
                let new_at = new_at.child("operationId");
                let change = item.at(Some(&at), Some(&new_at)).change(Code::IdMoved, Severity::Silent, message);
                changes.push(change.sides(route.to_string(), to.to_string()));
            } else if let Some((_, other, new_at)) =
                still.filter(|(still, other, _)| *other != id && still.rust() == was.rust())
            {
                let message = format!("its operationId was `{id}`, and is now `{other}`");
                let new_at = new_at.child("operationId");
                let change = item.at(Some(&at), Some(&new_at)).change(Code::IdChanged, Severity::Docs, message);
                changes.push(change.sides(id.to_owned(), other.to_owned()));
            }
        }
    }
}

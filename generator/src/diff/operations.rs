//! Methods: which are there, which route each calls, and where operationIds went.

use std::collections::{BTreeMap, BTreeSet};

use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity, answers, calls};
use crate::diagnostics::Pointer;
use crate::ir::{Api, Module, Operation};
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

pub(super) fn compare(spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (methods(spelling.old), methods(spelling.new));
    let by_name: BTreeMap<String, Method<'_>> = new.iter().map(|method| (method.rust(), *method)).collect();
    let mut matched = BTreeSet::new();
    let mut pairs = Vec::new();
    for was in &old {
        if let Some(is) = by_name.get(&was.rust()) {
            matched.insert(was.rust());
            pairs.push((*was, *is));
        }
    }
    let gone: Vec<_> = old.iter().filter(|was| !by_name.contains_key(&was.rust())).collect();
    for was in gone {
        let heir = new.iter().find(|is| !matched.contains(&is.rust()) && is.route().is_like(&was.route()));
        match heir {
            Some(is) => {
                matched.insert(is.rust());
                let message = format!("`{}` is now called `{}`", was.rust(), is.rust());
                let change = item(*was, *is).change(Code::MethodRenamed, Severity::Breaking, message);
                changes.push(change.sides(was.rust(), is.rust()));
                pairs.push((*was, *is));
            }
            None => changes.push(removed(*was, &new, spelling)),
        }
    }
    for is in new.iter().filter(|is| !matched.contains(&is.rust())) {
        let item = Item { old: None, ..item(*is, *is) };
        let change = item.change(Code::MethodAdded, Severity::Additive, format!("`{}` is new", is.rust()));
        changes.push(change.sides(None, spelling.signature(Side::New, is.operation)));
    }
    for (was, is) in pairs {
        compare_one(was, is, spelling, changes);
    }
    ids(&old, &new, changes);
    client(spelling, changes);
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

fn removed(was: Method<'_>, new: &[Method<'_>], spelling: &Spelling<'_>) -> Change {
    let id = was.ids().next().map(|(id, ..)| id);
    let elsewhere = new.iter().find(|is| id.is_some() && is.ids().any(|(other, ..)| Some(other) == id));
    let message = match elsewhere {
        Some(is) => format!("`{}` is gone; its operationId is now at `{}`, `{}`", was.rust(), is.route(), is.rust()),
        None => format!("`{}` is gone", was.rust()),
    };
    let change = Item { new: None, ..item(was, was) }.change(Code::MethodRemoved, Severity::Breaking, message);
    change.sides(spelling.signature(Side::Old, was.operation), None)
}

fn compare_one(was: Method<'_>, is: Method<'_>, spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let item = item(was, is);
    let (old, new) = (was.operation, is.operation);
    if !was.route().is_like(&is.route()) {
        let message = format!("it called `{}`, and now calls `{}`", was.route(), is.route());
        let change = item.change(Code::RouteChanged, Severity::Silent, message);
        changes.push(change.sides(was.route().to_string(), is.route().to_string()));
    }
    let scope = |operation: &Operation, path: &str| Route::new(&operation.method, path).to_string();
    match (&old.scoped, &new.scoped) {
        (Some(a), Some(b)) if !Route::new(&old.method, &a.path).is_like(&Route::new(&new.method, &b.path)) => {
            let message = format!("with `{}` it called `{}`, and now calls `{}`", b.param.wire, a.path, b.path);
            let change = item.at(Some(&a.at), Some(&b.at)).change(Code::RouteChanged, Severity::Silent, message);
            changes.push(change.sides(scope(old, &a.path), scope(new, &b.path)));
        }
        (Some(a), None) => {
            let message = format!("`.{}(..)` is gone, which led to `{}`", a.param.name.plain(), a.path);
            let change = item.at(Some(&a.at), None).change(Code::ScopeRemoved, Severity::Breaking, message);
            changes.push(change.sides(scope(old, &a.path), None));
        }
        (None, Some(b)) => {
            let message = format!("`.{}(..)` leads to `{}`", b.param.name.plain(), b.path);
            let change = item.at(None, Some(&b.at)).change(Code::ScopeAdded, Severity::Additive, message);
            changes.push(change.sides(None, scope(new, &b.path)));
        }
        _ => {}
    }
    if old.deprecated != new.deprecated {
        let message = if new.deprecated { "it is deprecated" } else { "it is no longer deprecated" };
        changes.push(item.change(Code::of_deprecation(new.deprecated), Severity::Docs, message));
    }
    if (&old.summary, &old.description) != (&new.summary, &new.description) {
        let text = |operation: &Operation| {
            let texts = [&operation.summary, &operation.description];
            texts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n\n")
        };
        let change = item.change(Code::DocsChanged, Severity::Docs, "it is described otherwise");
        changes.push(change.sides(text(old), text(new)));
    }
    calls::parameters(&item, old, new, spelling, changes);
    calls::body(&item, old.body.as_ref(), new.body.as_ref(), spelling, changes);
    answers::compare(&item, old, new, spelling, changes);
    let (a, b) = (spelling.security(Side::Old, &old.security), spelling.security(Side::New, &new.security));
    if a != b {
        let message = format!("it asked for {a}, and now asks for {b}");
        changes.push(item.change(Code::AuthChanged, Severity::Silent, message).sides(a, b));
    }
}

/// Ids that are on another route, wherever their methods are.
fn ids(old: &[Method<'_>], new: &[Method<'_>], changes: &mut Vec<Change>) {
    let mut now = BTreeMap::new();
    for method in new {
        now.extend(method.ids().map(|(id, route, at)| (id, (*method, route, at))));
    }
    for was in old {
        for (id, route, at) in was.ids() {
            let Some((is, to, new_at)) = now.get(id).filter(|(_, to, _)| !to.is_like(&route)) else { continue };
            let still = new.iter().find(|method| method.ids().any(|(_, other, _)| other.is_like(&route)));
            let message = match still {
                Some(still) => format!(
                    "the operationId `{id}` leaves `{route}` (now `{}`) for `{to}` (`{}`)",
                    still.rust(),
                    is.rust()
                ),
                None => format!("the operationId `{id}` leaves `{route}`, which is gone, for `{to}` (`{}`)", is.rust()),
            };
            let item = Item { rust: was.rust(), route: Some(route.to_string()), ..item(*was, *is) };
            let (at, new_at) = (at.child("operationId"), new_at.child("operationId"));
            let change = item.at(Some(&at), Some(&new_at)).change(Code::IdMoved, Severity::Silent, message);
            changes.push(change.sides(route.to_string(), to.to_string()));
        }
    }
}

/// The methods of the client's builder that come from the document.
fn client(spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let setters = |api: &Api| -> BTreeSet<String> {
        let defaults = api.client_defaults.iter().map(|default| default.name.plain().to_owned());
        defaults.chain(api.api_keys.iter().map(|key| key.name.plain().to_owned())).collect()
    };
    let (old, new) = (setters(spelling.old), setters(spelling.new));
    let mut push = |name: &String, code, severity, what: &str| {
        let rust = format!("ClientBuilder::{name}");
        let item = Item { module: None, rust, route: None, old: None, new: None };
        let change = item.change(code, severity, format!("`ClientBuilder::{name}` is {what}"));
        let text = format!(".{name}(..)");
        changes.push(match code {
            Code::ClientRemoved => change.sides(text, None),
            _ => change.sides(None, text),
        });
    };
    old.difference(&new).for_each(|name| push(name, Code::ClientRemoved, Severity::Breaking, "gone"));
    new.difference(&old).for_each(|name| push(name, Code::ClientAdded, Severity::Additive, "new"));
}

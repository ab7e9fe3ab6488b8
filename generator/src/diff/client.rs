//! What concerns the whole client: its builder, its modules, the server's address, and the text of the
//! crate.

use std::collections::BTreeMap;

use super::spelled::Spelling;
use super::{Change, Code, Item, Severity};
use crate::diagnostics::Pointer;
use crate::ir::{Api, In, Module, Scheme};

pub(super) fn compare(spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (spelling.old, spelling.new);
    server(old, new, changes);
    setters(old, new, changes);
    schemes(old, new, changes);
    modules(old, new, changes);
    let text =
        |api: &Api| [Some(&api.title), api.description.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>();
    let (a, b) = (text(old), text(new));
    if a != b {
        let at = Pointer::parse("/info");
        let item = item("crate", Some(&at));
        let change = item.change(Code::DocsChanged, Severity::Docs, "the document describes itself otherwise");
        changes.push(change.sides(a.join("\n\n"), b.join("\n\n")));
    }
}

fn item<'a>(rust: &str, at: Option<&'a Pointer>) -> Item<'a> {
    Item { module: None, rust: rust.to_owned(), route: None, old: at, new: at }
}

/// The base of all routes, where it is part of the server's address.
fn server(old: &Api, new: &Api, changes: &mut Vec<Change>) {
    if old.server == new.server {
        return;
    }
    let path = |server: &Option<String>| {
        let rest = server.as_deref().unwrap_or_default();
        let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest);
        rest.find('/').map_or("", |at| rest[at..].trim_end_matches('/')).to_owned()
    };
    let text = |server: &Option<String>| server.as_ref().map_or_else(|| "none".to_owned(), |url| format!("`{url}`"));
    let (code, severity) = if path(&old.server) == path(&new.server) {
        (Code::ServerChanged, Severity::Docs)
    } else {
        (Code::BasePathChanged, Severity::Silent)
    };
    let at = Pointer::parse("/servers");
    let message = format!("the server's address was {}, and is now {}", text(&old.server), text(&new.server));
    let change = item("Client::builder", Some(&at)).change(code, severity, message);
    changes.push(change.sides(old.server.clone(), new.server.clone()));
}

/// A method of the client's builder that comes from the document.
struct Setter<'a> {
    /// What it sets, in words.
    sets: String,
    description: Option<&'a String>,
    at: Option<Pointer>,
}

fn setters_of(api: &Api) -> BTreeMap<&str, Setter<'_>> {
    let defaults = api.client_defaults.iter().map(|default| {
        let sets = format!("the path parameter `{}`", default.wire);
        (default.name.plain(), Setter { sets, description: default.description.as_ref(), at: None })
    });
    let keys = api.api_keys.iter().map(|key| {
        let place = match key.place {
            In::Header => "header",
            In::Cookie => "cookie",
            In::Query | In::Path => "query parameter",
        };
        let at = Pointer::parse("/components/securitySchemes").child(&key.scheme);
        let sets = format!("the {place} `{}`", key.wire);
        (key.name.plain(), Setter { sets, description: key.description.as_ref(), at: Some(at) })
    });
    defaults.chain(keys).collect()
}

fn setters(old: &Api, new: &Api, changes: &mut Vec<Change>) {
    let (olds, news) = (setters_of(old), setters_of(new));
    for (name, was) in &olds {
        let rust = format!("ClientBuilder::{name}");
        let Some(is) = news.get(name) else {
            let item = Item { new: None, ..item(&rust, was.at.as_ref()) };
            let change = item.change(Code::ClientRemoved, Severity::Breaking, format!("`{rust}` is gone"));
            changes.push(change.sides(format!(".{name}(..)"), None));
            continue;
        };
        let item = Item { new: is.at.as_ref(), ..item(&rust, was.at.as_ref()) };
        if was.sets != is.sets {
            let message = format!("it gave {}, and now gives {}", was.sets, is.sets);
            let change = item.change(Code::ClientChanged, Severity::Silent, message);
            changes.push(change.sides(was.sets.clone(), is.sets.clone()));
        }
        item.described(None, was.description, is.description, changes);
    }
    for (name, is) in news.iter().filter(|(name, _)| !olds.contains_key(*name)) {
        let rust = format!("ClientBuilder::{name}");
        let item = Item { old: None, ..item(&rust, is.at.as_ref()) };
        let change = item.change(Code::ClientAdded, Severity::Additive, format!("`{rust}` is new"));
        changes.push(change.sides(None, format!(".{name}(..)")));
    }
}

/// What the README says of the credentials; what operations ask for is theirs.
fn schemes(old: &Api, new: &Api, changes: &mut Vec<Change>) {
    let text = |api: &Api| -> BTreeMap<String, String> {
        // A key has a setter, which is told.
        let schemes = api.schemes.iter().filter(|scheme| !matches!(scheme.scheme, Some(Scheme::ApiKey(_))));
        let rows = schemes.map(|scheme| {
            let how = match scheme.scheme {
                Some(Scheme::Basic) => "user and password",
                Some(Scheme::Bearer) => "a token",
                Some(Scheme::ApiKey(_)) | None => "not served",
            };
            let description = scheme.description.as_deref().unwrap_or_default();
            (scheme.name.clone(), format!("{how}\n{description}").trim_end().to_owned())
        });
        rows.collect()
    };
    let (olds, news) = (text(old), text(new));
    let mut names: Vec<&String> = olds.keys().chain(news.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let (was, is) = (olds.get(name), news.get(name));
        if was == is {
            continue;
        }
        let message = match (was, is) {
            (Some(_), None) => format!("the security scheme `{name}` is no longer declared"),
            (None, _) => format!("the security scheme `{name}` is declared"),
            _ => format!("the security scheme `{name}` is described otherwise"),
        };
        let at = Pointer::parse("/components/securitySchemes").child(name);
        let item = item("Client", None).at(was.map(|_| &at), is.map(|_| &at));
        changes.push(item.change(Code::DocsChanged, Severity::Docs, message).sides(was.cloned(), is.cloned()));
    }
}

/// Modules as such; their methods are told one by one.
fn modules(old: &Api, new: &Api, changes: &mut Vec<Change>) {
    let item = |module: &'_ Module| format!("Client::{}", module.name.plain());
    let at = Pointer::parse("/tags");
    // By name; one that has another name is known by its tag.
    let find = |api: &'_ Api, module: &Module| {
        let named = api.modules.iter().position(|other| other.name == module.name);
        named.or_else(|| api.modules.iter().position(|other| other.tag == module.tag))
    };
    for was in &old.modules {
        let item = Item { module: Some(was.name.plain()), rust: item(was), route: None, old: Some(&at), new: None };
        let Some(is) = find(new, was).map(|index| &new.modules[index]) else {
            let feature = was.feature.as_ref().map(|feature| format!(", and so is the feature `{feature}`"));
            let message = format!("the module `{}` is gone{}", was.name.plain(), feature.unwrap_or_default());
            let change = item.change(Code::ModuleRemoved, Severity::Breaking, message);
            changes.push(change.sides(format!("client.{}()", was.name.plain()), None));
            continue;
        };
        let item = Item { new: Some(&at), ..item };
        if was.name != is.name {
            item.renamed(Code::ModuleRenamed, was.name.plain(), is.name.plain(), changes);
            continue;
        }
        if was.type_name != is.type_name {
            let message = format!("`{}` is called `{}` now", was.type_name, is.type_name);
            let change = item.change(Code::TypeRenamed, Severity::Breaking, message);
            changes.push(change.sides(was.type_name.to_string(), is.type_name.to_string()));
        }
        if was.feature != is.feature {
            let text = |feature: &Option<String>| {
                feature.as_ref().map_or_else(|| "no feature".to_owned(), |feature| format!("the feature `{feature}`"))
            };
            let (a, b) = (text(&was.feature), text(&is.feature));
            let message = format!("it needed {a}, and needs {b} now");
            changes.push(item.change(Code::FeatureChanged, Severity::Breaking, message).sides(a, b));
        }
        item.described(None, was.description.as_ref(), is.description.as_ref(), changes);
    }
    for is in new.modules.iter().filter(|is| find(old, is).is_none()) {
        let item = Item { module: Some(is.name.plain()), rust: item(is), route: None, old: None, new: Some(&at) };
        let message = format!("the module `{}` is new", is.name.plain());
        let change = item.change(Code::ModuleAdded, Severity::Additive, message);
        changes.push(change.sides(None, format!("client.{}()", is.name.plain())));
    }
}

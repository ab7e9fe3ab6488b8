//! Operations that answer page by page, as the settings say.

use toml::Spanned;

use super::operations::RESERVED_SETTERS;
use crate::config::{Config, Pages, Turn as Said};
use crate::diagnostics::{Diagnostic, Place, Report};
use crate::ir::{Answer, In, Operation, Paging, Param, Path, Shape, Turn, TypeDef, TypeRef};
use crate::names::{Case, Ident, Scope, Want, Words, same_id};

/// Gives operations their pages; an entry that names one goes before those that are for all. An entry
/// that fits nothing, or not what it names, is an error.
pub(super) fn attach<'a>(
    config: &Config,
    operations: impl Iterator<Item = &'a mut Operation>,
    types: &[TypeDef],
    words: &Words,
    report: &mut Report,
) {
    let mut operations: Vec<&mut Operation> = operations.collect();
    let mut entries: Vec<&Spanned<Pages>> = config.pages.iter().collect();
    entries.sort_by_key(|entry| entry.as_ref().operations.is_empty());
    for entry in entries {
        let mut fits = 0;
        let mut named: Vec<&String> = entry.as_ref().operations.iter().collect();
        for operation in &mut operations {
            let is_named = |id: &String| operation.ids.iter().any(|own| same_id(own, id));
            let name = entry.as_ref().operations.iter().find(|id| is_named(id));
            named.retain(|id| !is_named(id));
            if name.is_none() && !entry.as_ref().operations.is_empty() {
                continue;
            }
            let found = match &operation.paging {
                Some(_) => Err("another entry says how it does".to_owned()),
                None => paging(entry.as_ref(), operation, types, words),
            };
            match (found, name) {
                (Ok(paging), _) => {
                    operation.paging = Some(paging);
                    fits += 1;
                }
                (Err(reason), Some(name)) => report.push(unfit(entry, name, &reason)),
                (Err(_), None) => {}
            }
        }
        for id in &named {
            report.push(unused(entry, &format!("no operation is called `{id}`")));
        }
        if fits == 0 && entry.as_ref().operations.is_empty() && entry.as_ref().turn().is_some() {
            report.push(unused(entry, "this entry applies to nothing"));
        }
    }
}

fn unused(entry: &Spanned<Pages>, message: &str) -> Diagnostic {
    Diagnostic::error("unused-config", Place::Config(entry.span().start), message)
        .label("this entry")
        .help("remove it, or correct its names")
}

fn unfit(entry: &Spanned<Pages>, name: &str, reason: &str) -> Diagnostic {
    let message = format!("`{name}` does not answer page by page in this way: {reason}");
    Diagnostic::error("unfit-pages", Place::Config(entry.span().start), message)
        .label("this entry")
        .help("take the operation out, or correct the entry's parameters and members")
}

/// The pages of an operation by an entry, or why there are none.
fn paging(entry: &Pages, operation: &Operation, types: &[TypeDef], words: &Words) -> Result<Paging, String> {
    let Some(Answer::Json(answer)) = operation.answers.only() else {
        return Err("what it answers is not JSON of one type".to_owned());
    };
    let path = |wire: &str| lead(answer, wire, types);
    let (parameter, turn) = match entry.turn().ok_or("nothing turns them")? {
        Said::Page(name, first) => {
            let param = counting(operation, name, types)?;
            (name, Turn::Page(first.or(default(param)).unwrap_or(1)))
        }
        Said::Offset(name) => (name, Turn::Offset(default(counting(operation, name, types)?).unwrap_or(0))),
        Said::Cursor(name, next) => {
            let param = query(operation, name)?;
            if !is_single(resolved(&param.ty, types)) {
                return Err(format!("its parameter `{name}` takes no single value"));
            }
            let (next, ty) = path(next)?;
            if !is_single(ty) {
                return Err(format!("its member `{}` is no single value", next.wire));
            }
            (name, Turn::Cursor(next))
        }
    };
    if let Some(size) = &entry.size {
        query(operation, size)?;
    }
    let (elements, ty) = path(entry.items.as_deref().unwrap_or_default())?;
    let TypeRef::Array(element) = ty else {
        return Err(match elements.wire.as_str() {
            "" => "what it answers is no list".to_owned(),
            wire => format!("its member `{wire}` is no list"),
        });
    };
    let total = match &entry.total {
        None => None,
        Some(total) => {
            let (path, ty) = path(total)?;
            if !is_number(ty) {
                return Err(format!("its member `{total}` is no number"));
            }
            Some(path)
        }
    };
    let (pages, items) = methods(operation, words);
    let (parameter, element) = (parameter.to_owned(), (**element).clone());
    Ok(Paging { pages, items, parameter, turn, elements, element, total })
}

fn query<'a>(operation: &'a Operation, name: &str) -> Result<&'a Param, String> {
    let found = operation.params.iter().find(|param| param.place == In::Query && param.wire == name);
    found.ok_or_else(|| format!("it has no query parameter `{name}`"))
}

/// A parameter that counts something.
fn counting<'a>(operation: &'a Operation, name: &str, types: &[TypeDef]) -> Result<&'a Param, String> {
    let param = query(operation, name)?;
    if is_number(resolved(&param.ty, types)) { Ok(param) } else { Err(format!("its parameter `{name}` is no number")) }
}

fn default(param: &Param) -> Option<u64> {
    param.default.as_ref()?.as_u64()
}

/// Follows members from an answer on; gives the path and the type at its end.
fn lead<'a>(answer: &'a TypeRef, wire: &str, types: &'a [TypeDef]) -> Result<(Path, &'a TypeRef), String> {
    let mut ty = resolved(answer, types);
    let mut members = Vec::new();
    for name in wire.split('.').filter(|name| !name.is_empty()) {
        let missing = || format!("what it answers has no member `{wire}`");
        let TypeRef::Named(id) = ty else { return Err(missing()) };
        let Shape::Struct { fields, .. } = &types[id.0].shape else { return Err(missing()) };
        let index = fields.iter().position(|field| field.wire == name).ok_or_else(missing)?;
        members.push((*id, index));
        ty = resolved(&fields[index].ty, types);
    }
    Ok((Path { wire: wire.to_owned(), members }, ty))
}

/// A type without its aliases, of which none is left that leads to itself.
fn resolved<'a>(mut ty: &'a TypeRef, types: &'a [TypeDef]) -> &'a TypeRef {
    while let TypeRef::Named(id) = ty
        && let Shape::Alias(target) = &types[id.0].shape
    {
        ty = target;
    }
    ty
}

fn is_number(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Int32 | TypeRef::Int64 | TypeRef::Number)
}

fn is_single(ty: &TypeRef) -> bool {
    is_number(ty) || matches!(ty, TypeRef::String | TypeRef::Uuid)
}

/// The names of the two methods, which no setter has.
fn methods(operation: &Operation, words: &Words) -> (Ident, Ident) {
    let params = operation.params.iter().filter(|param| !param.is_argument());
    let scope = operation.scoped.iter().map(|scoped| &scoped.param);
    let body = operation.body.iter().filter(|body| !body.required).map(|body| &body.name);
    let taken = params.chain(scope).map(|param| &param.name).chain(body).map(Ident::plain);
    let taken: Vec<&str> = RESERVED_SETTERS.into_iter().chain(taken).collect();
    let mut scope = Scope::new(Case::Snake, words, &taken);
    let mut claim = |name: &str| scope.claim_one(Want::of(name).or_if_reserved(format!("all {name}")));
    (claim("pages"), claim("items"))
}

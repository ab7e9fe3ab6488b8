//! Types: what they are called, what they are made of, and the values of enums.

use std::collections::BTreeMap;

use super::members::Members;
use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity, is_reordered, members, rules, unions};
use crate::ir::{Shape, TypeDef, Variant};

pub(super) fn compare(spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let by_name: BTreeMap<&str, &TypeDef> = spelling.new.types.iter().map(|ty| (ty.name.as_str(), ty)).collect();
    let mut matched = Vec::new();
    for (index, was) in spelling.old.types.iter().enumerate() {
        let name = spelling.renamed(index).unwrap_or_else(|| was.name.as_str());
        let Some(is) = by_name.get(name) else {
            let item = Item { old: Some(&was.at), ..item(was) };
            let change = item.change(Code::TypeRemoved, Severity::Breaking, format!("`{}` is gone", was.name));
            changes.push(change.sides(spelling.declaration(Side::Old, was), None));
            continue;
        };
        matched.push(name);
        let item = Item { old: Some(&was.at), new: Some(&is.at), ..item(is) };
        if was.name != is.name {
            let message = format!("`{}` is called `{}` now", was.name, is.name);
            let change = item.change(Code::TypeRenamed, Severity::Breaking, message);
            changes.push(change.sides(was.name.to_string(), is.name.to_string()));
        }
        compare_one(&item, was, is, spelling, changes);
    }
    for is in spelling.new.types.iter().filter(|is| !matched.contains(&is.name.as_str())) {
        let item = Item { new: Some(&is.at), ..item(is) };
        let change = item.change(Code::TypeAdded, Severity::Additive, format!("`{}` is new", is.name));
        changes.push(change.sides(None, spelling.declaration(Side::New, is)));
    }
}

fn item(ty: &TypeDef) -> Item<'_> {
    Item { module: None, rust: format!("models::{}", ty.name), route: None, old: None, new: None }
}

fn compare_one<'a>(
    item: &Item<'a>,
    was: &'a TypeDef,
    is: &'a TypeDef,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    let before = changes.len();
    item.described(None, was.description.as_ref(), is.description.as_ref(), changes);
    item.deprecated("it", was.deprecated, is.deprecated, changes);
    match (&was.shape, &is.shape) {
        (Shape::Struct { fields: old, extra: a }, Shape::Struct { fields: new, extra: b }) => {
            if a != b {
                item.renamed(Code::FieldRenamed, a.plain(), b.plain(), changes);
            }
            let (old, new) = (
                Members { fields: old, sent: was.direction.request },
                Members { fields: new, sent: is.direction.request },
            );
            members::compare(item, old, new, spelling, changes);
        }
        (Shape::Enum { variants: old, unknown: a }, Shape::Enum { variants: new, unknown: b }) => {
            if a != b {
                item.renamed(Code::ValueRenamed, a.as_str(), b.as_str(), changes);
            }
            values(item, old, new, changes);
        }
        (Shape::Union { .. }, Shape::Union { .. }) => unions::compare(item, was, is, spelling, changes),
        (Shape::Alias(old), Shape::Alias(new)) => {
            let (a, b) = (spelling.ty(Side::Old, old), spelling.ty(Side::New, new));
            if a != b {
                let message = format!("it was `{a}`, and is now `{b}`");
                changes.push(item.change(Code::TypeKind, Severity::Breaking, message).sides(a, b));
            }
        }
        (old, new) => {
            let (a, b) = (kind(old), kind(new));
            let message = format!("it was {a}, and is {b} now");
            let change = item.change(Code::TypeKind, Severity::Breaking, message);
            changes.push(change.sides(spelling.declaration(Side::Old, was), spelling.declaration(Side::New, is)));
        }
    }
    // What is made otherwise is judged otherwise.
    if changes.iter().skip(before).all(|change| change.severity == Severity::Docs) {
        rules::compare(item, "it", &was.rules, &is.rules, changes);
    }
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct { .. } => "a struct",
        Shape::Enum { .. } => "an enum",
        Shape::Union { .. } => "a union",
        Shape::Alias(_) => "an alias",
    }
}

fn values(item: &Item<'_>, old: &[Variant], new: &[Variant], changes: &mut Vec<Change>) {
    for was in old {
        match new.iter().find(|is| is.wire == was.wire) {
            None => {
                let message = format!("the value `{}` (`{}`) is gone", was.wire, was.name.plain());
                let change = item.change(Code::ValueRemoved, Severity::Breaking, message);
                changes.push(change.sides(was.wire.clone(), None));
            }
            Some(is) if is.name != was.name => {
                item.renamed(Code::ValueRenamed, was.name.as_str(), is.name.as_str(), changes);
            }
            Some(_) => {}
        }
    }
    for is in new.iter().filter(|is| !old.iter().any(|was| was.wire == is.wire)) {
        let message = format!("the value `{}` (`{}`) is new", is.wire, is.name.plain());
        changes.push(item.change(Code::ValueAdded, Severity::Additive, message).sides(None, is.wire.clone()));
    }
    let (old, new) = (wires(old), wires(new));
    if is_reordered(&old, &new) {
        let message = "its values stand in another order, and so do they when they are sorted";
        let change = item.change(Code::ValuesReordered, Severity::Silent, message);
        changes.push(change.sides(old.join(", "), new.join(", ")));
    }
}

fn wires(values: &[Variant]) -> Vec<&str> {
    values.iter().map(|value| value.wire.as_str()).collect()
}

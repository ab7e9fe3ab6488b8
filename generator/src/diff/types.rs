//! Types: members, values, and what they are called.

use std::collections::BTreeMap;

use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity, is_reordered};
use crate::ir::{Alternative, Field, Presence, Shape, TypeDef, Variant};

pub(super) fn compare(spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let by_name: BTreeMap<&str, &TypeDef> = spelling.new.types.iter().map(|ty| (ty.name.as_str(), ty)).collect();
    let mut matched = Vec::new();
    for (index, was) in spelling.old.types.iter().enumerate() {
        let name = spelling.renamed(index).unwrap_or_else(|| was.name.as_str());
        let Some(is) = by_name.get(name) else {
            let item = Item { old: Some(&was.at), ..item(was) };
            changes.push(item.change(Code::TypeRemoved, Severity::Breaking, format!("`{}` is gone", was.name)));
            continue;
        };
        matched.push(name);
        let item = Item { old: Some(&was.at), new: Some(&is.at), ..item(is) };
        if was.name != is.name {
            let message = format!("`{}` is called `{}` now", was.name, is.name);
            changes.push(item.change(Code::TypeRenamed, Severity::Breaking, message));
        }
        compare_one(&item, was, is, spelling, changes);
    }
    for is in spelling.new.types.iter().filter(|is| !matched.contains(&is.name.as_str())) {
        let item = Item { new: Some(&is.at), ..item(is) };
        changes.push(item.change(Code::TypeAdded, Severity::Additive, format!("`{}` is new", is.name)));
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
    if was.description != is.description {
        changes.push(item.change(Code::DocsChanged, Severity::Docs, "it is described otherwise"));
    }
    if was.deprecated != is.deprecated {
        let message = if is.deprecated { "it is deprecated" } else { "it is no longer deprecated" };
        changes.push(item.change(Code::Deprecated, Severity::Docs, message));
    }
    match (&was.shape, &is.shape) {
        (Shape::Struct { fields: old, .. }, Shape::Struct { fields: new, .. }) => {
            fields(item, old, new, was.direction.request && is.direction.request, spelling, changes);
        }
        (Shape::Enum { variants: old, .. }, Shape::Enum { variants: new, .. }) => values(item, old, new, changes),
        (Shape::Union { tag: old_tag, variants: old, .. }, Shape::Union { tag: new_tag, variants: new, .. }) => {
            if old_tag != new_tag {
                let text = |tag: &Option<String>| {
                    tag.as_ref().map_or("what a value looks like".to_owned(), |tag| format!("`{tag}`"))
                };
                let message =
                    format!("its variants were told apart by {}, and are now by {}", text(old_tag), text(new_tag));
                changes.push(item.change(Code::UnionTag, Severity::Silent, message));
            }
            alternatives(item, old, new, old_tag == new_tag, spelling, changes);
        }
        (Shape::Alias(old), Shape::Alias(new)) => {
            let (a, b) = (spelling.ty(Side::Old, old), spelling.ty(Side::New, new));
            if a != b {
                changes.push(item.change(
                    Code::TypeKind,
                    Severity::Breaking,
                    format!("it was `{a}`, and is now `{b}`"),
                ));
            }
        }
        (old, new) => {
            let (a, b) = (kind(old), kind(new));
            changes.push(item.change(Code::TypeKind, Severity::Breaking, format!("it was {a}, and is {b} now")));
        }
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

fn is_required(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::RequiredNullable)
}

fn fields<'a>(
    item: &Item<'a>,
    old: &'a [Field],
    new: &'a [Field],
    in_request: bool,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    for was in old {
        match new.iter().find(|is| is.wire == was.wire) {
            Some(is) => field(item, was, is, spelling, changes),
            None => {
                let message = format!("the member `{}` is gone", was.name.plain());
                changes.push(item.at(Some(&was.at), None).change(Code::FieldRemoved, Severity::Breaking, message));
            }
        }
    }
    for is in new.iter().filter(|is| !old.iter().any(|was| was.wire == is.wire)) {
        let item = item.at(None, Some(&is.at));
        let ty = spelling.field(Side::New, &is.ty, is.presence, is.boxed);
        let name = is.name.plain();
        changes.push(if in_request && is_required(is) {
            item.change(Code::FieldRequired, Severity::Breaking, format!("`new` takes the member `{name}: {ty}` now"))
        } else {
            item.change(Code::FieldAdded, Severity::Additive, format!("the member `{name}: {ty}` is new"))
        });
    }
    let arguments = |fields: &'a [Field]| -> Vec<&'a str> {
        fields.iter().filter(|field| is_required(field)).map(|field| field.wire.as_str()).collect()
    };
    let (a, b) = (arguments(old), arguments(new));
    if in_request && is_reordered(&a, &b) {
        let message = format!("the arguments of `new` were `{}`, and are now `{}`", a.join("`, `"), b.join("`, `"));
        changes.push(item.change(Code::ArgumentsReordered, Severity::Silent, message));
    }
}

fn field<'a>(item: &Item<'a>, was: &'a Field, is: &'a Field, spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let item = item.at(Some(&was.at), Some(&is.at));
    let name = is.name.plain();
    let mut push = |code, severity, message| changes.push(item.change(code, severity, message));
    if was.name != is.name {
        push(Code::FieldRenamed, Severity::Breaking, format!("`{}` is called `{name}` now", was.name.plain()));
    }
    let (a, b) = (spelling.ty(Side::Old, &was.ty), spelling.ty(Side::New, &is.ty));
    let of = |side, field: &Field| spelling.field(side, &field.ty, field.presence, field.boxed);
    let (x, y) = (of(Side::Old, was), of(Side::New, is));
    if a != b || (was.presence == is.presence && x != y) {
        push(Code::FieldType, Severity::Breaking, format!("`{name}` was `{x}`, and is now `{y}`"));
    } else if was.presence != is.presence {
        let nullable =
            |field: &Field| matches!(field.presence, Presence::RequiredNullable | Presence::OptionalNullable);
        let (code, what) = match (is_required(was), is_required(is)) {
            (true, false) => (Code::FieldOptional, "need not be there any more"),
            (false, true) => (Code::FieldRequired, "must be there now"),
            _ if nullable(is) => (Code::FieldNullable, "may be null now"),
            _ => (Code::FieldNullable, "may not be null any more"),
        };
        // The type in Rust may be the same all the same: absent or null, it is `None`.
        let severity = if x == y { Severity::Silent } else { Severity::Breaking };
        push(code, severity, format!("`{name}` {what}: `{x}` is now `{y}`"));
    }
    if was.deprecated != is.deprecated {
        let what = if is.deprecated { "deprecated now" } else { "no longer deprecated" };
        push(Code::Deprecated, Severity::Docs, format!("`{name}` is {what}"));
    }
    if was.description != is.description || was.constraints != is.constraints {
        push(Code::DocsChanged, Severity::Docs, format!("`{name}` is described otherwise"));
    }
}

fn values(item: &Item<'_>, old: &[Variant], new: &[Variant], changes: &mut Vec<Change>) {
    for was in old {
        match new.iter().find(|is| is.wire == was.wire) {
            None => {
                let message = format!("the value `{}` (`{}`) is gone", was.wire, was.name.plain());
                changes.push(item.change(Code::ValueRemoved, Severity::Breaking, message));
            }
            Some(is) if is.name != was.name => {
                let message = format!("`{}` is called `{}` now", was.name.plain(), is.name.plain());
                changes.push(item.change(Code::ValueRenamed, Severity::Breaking, message));
            }
            Some(_) => {}
        }
    }
    for is in new.iter().filter(|is| !old.iter().any(|was| was.wire == is.wire)) {
        let message = format!("the value `{}` (`{}`) is new", is.wire, is.name.plain());
        changes.push(item.change(Code::ValueAdded, Severity::Additive, message));
    }
}

fn alternatives<'a>(
    item: &Item<'a>,
    old: &'a [Alternative],
    new: &'a [Alternative],
    same_tag: bool,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    for was in old {
        let Some(is) = new.iter().find(|is| is.name == was.name) else {
            let message = format!("the variant `{}` is gone", was.name.plain());
            changes.push(item.at(Some(&was.at), None).change(Code::VariantRemoved, Severity::Breaking, message));
            continue;
        };
        let item = item.at(Some(&was.at), Some(&is.at));
        let name = is.name.plain();
        let text = |side, it: &Alternative| spelling.field(side, &it.ty, Presence::Required, it.boxed);
        let (a, b) = (text(Side::Old, was), text(Side::New, is));
        if a != b {
            let message = format!("the variant `{name}` was `{a}`, and is now `{b}`");
            changes.push(item.change(Code::VariantType, Severity::Breaking, message));
        }
        if same_tag && was.tags != is.tags {
            let message = format!(
                "the variant `{name}` was meant by `{}`, and is now by `{}`",
                was.tags.join("`, `"),
                is.tags.join("`, `")
            );
            changes.push(item.change(Code::UnionTag, Severity::Silent, message));
        }
    }
    for is in new.iter().filter(|is| !old.iter().any(|was| was.name == is.name)) {
        let message = format!("the variant `{}` is new", is.name.plain());
        changes.push(item.at(None, Some(&is.at)).change(Code::VariantAdded, Severity::Additive, message));
    }
}

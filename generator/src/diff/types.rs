//! Types: members, values, and what they are called.

use std::collections::BTreeMap;

use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity, is_reordered};
use crate::ir::{Alternative, Field, Presence, Shape, TypeDef, Variant};
use crate::names::Ident;

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
    if was.description != is.description {
        let change = item.change(Code::DocsChanged, Severity::Docs, "it is described otherwise");
        changes.push(change.sides(was.description.clone(), is.description.clone()));
    }
    if was.deprecated != is.deprecated {
        let message = if is.deprecated { "it is deprecated" } else { "it is no longer deprecated" };
        changes.push(item.change(Code::of_deprecation(is.deprecated), Severity::Docs, message));
    }
    match (&was.shape, &is.shape) {
        (Shape::Struct { fields: old, .. }, Shape::Struct { fields: new, .. }) => {
            fields(item, old, new, was.direction.request && is.direction.request, spelling, changes);
            made(item, (was.direction.request, old), (is.direction.request, new), changes);
        }
        (Shape::Enum { variants: old, unknown: a }, Shape::Enum { variants: new, unknown: b }) => {
            values(item, old, new, changes);
            rest(item, a, b, changes);
        }
        (
            Shape::Union { tag: old_tag, variants: old, unknown: a, .. },
            Shape::Union { tag: new_tag, variants: new, unknown: b, .. },
        ) => {
            rest(item, a, b, changes);
            if old_tag != new_tag {
                let text = |tag: &Option<String>| {
                    tag.as_ref().map_or("what a value looks like".to_owned(), |tag| format!("`{tag}`"))
                };
                let (a, b) = (text(old_tag), text(new_tag));
                let message = format!("its variants were told apart by {a}, and are now by {b}");
                changes.push(item.change(Code::UnionTag, Severity::Silent, message).sides(a, b));
            }
            alternatives(item, old, new, old_tag == new_tag, spelling, changes);
        }
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
                let change = item.at(Some(&was.at), None).change(Code::FieldRemoved, Severity::Breaking, message);
                changes.push(change.sides(spelling.member(Side::Old, was), None));
            }
        }
    }
    for is in new.iter().filter(|is| !old.iter().any(|was| was.wire == is.wire)) {
        let item = item.at(None, Some(&is.at));
        let ty = spelling.field(Side::New, &is.ty, is.presence, is.boxed);
        let name = is.name.plain();
        changes.push(
            if in_request && is_required(is) {
                item.change(
                    Code::FieldRequired,
                    Severity::Breaking,
                    format!("`new` takes the member `{name}: {ty}` now"),
                )
            } else {
                item.change(Code::FieldAdded, Severity::Additive, format!("the member `{name}: {ty}` is new"))
            }
            .sides(None, spelling.member(Side::New, is)),
        );
    }
    let arguments = |fields: &'a [Field]| -> Vec<&'a str> {
        fields.iter().filter(|field| is_required(field)).map(|field| field.wire.as_str()).collect()
    };
    let (a, b) = (arguments(old), arguments(new));
    if in_request && is_reordered(&a, &b) {
        let message = format!("the arguments of `new` were `{}`, and are now `{}`", a.join("`, `"), b.join("`, `"));
        let change = item.change(Code::ArgumentsReordered, Severity::Silent, message);
        changes.push(change.sides(format!("new({})", a.join(", ")), format!("new({})", b.join(", "))));
    }
}

/// How a caller makes a struct: by `new` what is sent, by `Default` what requires nothing.
fn made(item: &Item<'_>, old: (bool, &[Field]), new: (bool, &[Field]), changes: &mut Vec<Change>) {
    let mut push = |code, severity, what: &str, is_new: bool| {
        let message = format!("`{what}` is {}", if is_new { "new" } else { "gone" });
        let change: Change = item.change(code, severity, message);
        let (gone, new) = if is_new { (None, Some(what)) } else { (Some(what), None) };
        changes.push(change.sides(gone.map(str::to_owned), new.map(str::to_owned)));
    };
    match (old.0, new.0) {
        // What `new` takes, and so whether there is a default, is told member by member.
        (true, true) => return,
        (true, false) => push(Code::ConstructorRemoved, Severity::Breaking, "new", false),
        (false, true) => push(Code::ConstructorAdded, Severity::Additive, "new", true),
        (false, false) => {}
    }
    // A tag is set by itself where it is sent.
    let has_default = |(is_sent, fields): (bool, &[Field])| {
        fields.iter().all(|field| !is_required(field) || (is_sent && field.tag.is_some()))
    };
    if has_default(old) && !has_default(new) {
        push(Code::ConstructorRemoved, Severity::Breaking, "Default", false);
    }
}

fn field<'a>(item: &Item<'a>, was: &'a Field, is: &'a Field, spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let item = item.at(Some(&was.at), Some(&is.at));
    let name = is.name.plain();
    let mut push = |code, severity, message, before: String, after: String| {
        changes.push(item.change(code, severity, message).sides(before, after));
    };
    let (before, after) = (spelling.member(Side::Old, was), spelling.member(Side::New, is));
    if was.name != is.name {
        let message = format!("`{}` is called `{name}` now", was.name.plain());
        push(Code::FieldRenamed, Severity::Breaking, message, before.clone(), after.clone());
    }
    let (a, b) = (spelling.ty(Side::Old, &was.ty), spelling.ty(Side::New, &is.ty));
    let of = |side, field: &Field| spelling.field(side, &field.ty, field.presence, field.boxed);
    let (x, y) = (of(Side::Old, was), of(Side::New, is));
    if a != b || (was.presence == is.presence && x != y) {
        let message = format!("`{name}` was `{x}`, and is now `{y}`");
        push(Code::FieldType, Severity::Breaking, message, before, after);
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
        push(code, severity, format!("`{name}` {what}: `{x}` is now `{y}`"), before, after);
    }
    if was.deprecated != is.deprecated {
        let what = if is.deprecated { "deprecated now" } else { "no longer deprecated" };
        changes.push(item.change(Code::of_deprecation(is.deprecated), Severity::Docs, format!("`{name}` is {what}")));
    }
    if was.description != is.description || was.constraints != is.constraints {
        let change = item.change(Code::DocsChanged, Severity::Docs, format!("`{name}` is described otherwise"));
        changes.push(change.sides(described(was), described(is)));
    }
}

/// What the documentation says of a member: in words, and what its value obeys.
fn described(field: &Field) -> String {
    let rules = field.constraints.iter().map(|constraint| constraint.rule.replace("{}", &constraint.value));
    field.description.iter().cloned().chain(rules).collect::<Vec<_>>().join("\n")
}

/// The variant of all that the document does not name: it yields to one that the document names so.
fn rest(item: &Item<'_>, was: &Ident, is: &Ident, changes: &mut Vec<Change>) {
    if was != is {
        let message = format!("`{}`, of what is not known, is called `{}` now", was.plain(), is.plain());
        let change = item.change(Code::ValueRenamed, Severity::Breaking, message);
        changes.push(change.sides(was.to_string(), is.to_string()));
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
                let message = format!("`{}` is called `{}` now", was.name.plain(), is.name.plain());
                let change = item.change(Code::ValueRenamed, Severity::Breaking, message);
                changes.push(change.sides(was.name.to_string(), is.name.to_string()));
            }
            Some(_) => {}
        }
    }
    for is in new.iter().filter(|is| !old.iter().any(|was| was.wire == is.wire)) {
        let message = format!("the value `{}` (`{}`) is new", is.wire, is.name.plain());
        changes.push(item.change(Code::ValueAdded, Severity::Additive, message).sides(None, is.wire.clone()));
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
    let text = |side, it: &Alternative| spelling.field(side, &it.ty, Presence::Required, it.boxed);
    let variant = |side, it: &Alternative| format!("{}({})", it.name, text(side, it));
    for was in old {
        let Some(is) = new.iter().find(|is| is.name == was.name) else {
            let message = format!("the variant `{}` is gone", was.name.plain());
            let change = item.at(Some(&was.at), None).change(Code::VariantRemoved, Severity::Breaking, message);
            changes.push(change.sides(variant(Side::Old, was), None));
            continue;
        };
        let item = item.at(Some(&was.at), Some(&is.at));
        let name = is.name.plain();
        let (a, b) = (text(Side::Old, was), text(Side::New, is));
        if a != b {
            let message = format!("the variant `{name}` was `{a}`, and is now `{b}`");
            let change = item.change(Code::VariantType, Severity::Breaking, message);
            changes.push(change.sides(variant(Side::Old, was), variant(Side::New, is)));
        }
        if same_tag && was.tags != is.tags {
            let message = format!(
                "the variant `{name}` was meant by `{}`, and is now by `{}`",
                was.tags.join("`, `"),
                is.tags.join("`, `")
            );
            let change = item.change(Code::UnionTag, Severity::Silent, message);
            changes.push(change.sides(was.tags.join(", "), is.tags.join(", ")));
        }
    }
    for is in new.iter().filter(|is| !old.iter().any(|was| was.name == is.name)) {
        let message = format!("the variant `{}` is new", is.name.plain());
        let change = item.at(None, Some(&is.at)).change(Code::VariantAdded, Severity::Additive, message);
        changes.push(change.sides(None, variant(Side::New, is)));
    }
}

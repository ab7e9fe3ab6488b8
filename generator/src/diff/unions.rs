//! Unions: their variants, and how these are told apart.

use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity, is_reordered};
use crate::ir::{Alternative, Presence, Shape, TypeDef};

pub(super) fn compare<'a>(
    item: &Item<'a>,
    was: &'a TypeDef,
    is: &'a TypeDef,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    let (
        Shape::Union { tag: old_tag, decides: old_decides, variants: old, unknown: a },
        Shape::Union { tag: new_tag, decides: new_decides, variants: new, unknown: b },
    ) = (&was.shape, &is.shape)
    else {
        return;
    };
    if a != b {
        item.renamed(Code::VariantRenamed, a.as_str(), b.as_str(), changes);
    }
    let text = |tag: &Option<String>, decides: bool| match tag {
        None => "what a value looks like".to_owned(),
        Some(tag) if decides => format!("`{tag}`"),
        Some(tag) => format!("`{tag}` and what a value looks like"),
    };
    let (a, b) = (text(old_tag, *old_decides), text(new_tag, *new_decides));
    if a != b {
        let message = format!("its variants were told apart by {a}, and are now by {b}");
        changes.push(item.change(Code::UnionTag, Severity::Silent, message).sides(a, b));
    } else if !new_decides && is_reordered(&names(old), &names(new)) {
        let message = "its variants stand in another order: of those that a value fits alike, the first is taken";
        let change = item.change(Code::UnionTag, Severity::Silent, message);
        changes.push(change.sides(names(old).join(", "), names(new).join(", ")));
    }
    variants(item, old, new, old_tag == new_tag, spelling, changes);
}

fn names(variants: &[Alternative]) -> Vec<&str> {
    variants.iter().map(|variant| variant.name.plain()).collect()
}

fn variants<'a>(
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
        let name = is.name.plain();
        // A type that two variants have becomes neither of them by itself.
        let ty = spelling.ty(Side::New, &is.ty);
        let twin = old.iter().find(|was| spelling.ty(Side::Old, &was.ty) == ty);
        let (severity, message) = match twin {
            Some(twin) => {
                let twin = twin.name.plain();
                (
                    Severity::Breaking,
                    format!(
                        "the variant `{name}` is new; like `{twin}`, it holds `{ty}`, which becomes neither by itself any more"
                    ),
                )
            }
            None => (Severity::Additive, format!("the variant `{name}` is new")),
        };
        let change = item.at(None, Some(&is.at)).change(Code::VariantAdded, severity, message);
        changes.push(change.sides(None, variant(Side::New, is)));
    }
}

//! Bodies: what a call sends, as which media type, and in which parts.

use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity, reordered, rules};
use crate::ir::{Api, Body, Content, FormRule, Part, PartContent, Payload};
use crate::names::Ident;

pub(super) fn compare<'a>(
    item: &Item<'a>,
    old: Option<&'a Body>,
    new: Option<&'a Body>,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    let (was, is) = match (old, new) {
        (None, None) => return,
        (Some(was), None) => {
            let item = item.at(Some(&was.at), None);
            let change = item.change(Code::BodyRemoved, Severity::Breaking, "it has no body any more");
            return changes.push(change.sides(spelling.body(Side::Old, was), None));
        }
        (None, Some(is)) => {
            let item = item.at(None, Some(&is.at));
            let change = if is.required {
                item.change(Code::BodyRequired, Severity::Breaking, "it takes a body now")
            } else {
                item.change(Code::BodyAdded, Severity::Additive, "it may have a body now")
            };
            return changes.push(change.sides(None, spelling.body(Side::New, is)));
        }
        (Some(was), Some(is)) => (was, is),
    };
    let item = item.at(Some(&was.at), Some(&is.at));
    let (before, after) = (spelling.body(Side::Old, was), spelling.body(Side::New, is));
    if was.required != is.required {
        let message = if is.required { "the body must be given now" } else { "the body need not be given any more" };
        let change = item.change(Code::BodyRequired, Severity::Breaking, message);
        changes.push(change.sides(before, after));
    } else if !was.required && was.name != is.name {
        let message = format!("the setter `{}` is called `{}` now", was.name.plain(), is.name.plain());
        let change = item.change(Code::ParameterRenamed, Severity::Breaking, message);
        changes.push(change.sides(before, after));
    }
    item.described(Some("the body"), was.description.as_ref(), is.description.as_ref(), changes);
    contents(&item, was, is, spelling, changes);
}

/// The contents of both, each with its like: by the media type, then by the variant.
fn pairs<'a>(was: &'a Body, is: &'a Body, spelling: &Spelling<'_>) -> Vec<(&'a Content, &'a Content)> {
    let mut left: Vec<&Content> = was.contents.iter().collect();
    let (mut pairs, mut others) = (Vec::new(), Vec::new());
    for content in &is.contents {
        let after = spelling.payload(Side::New, &content.payload);
        let same = |other: &&Content| other.media_type.eq_ignore_ascii_case(&content.media_type);
        let equal = |other: &&Content| same(other) && spelling.payload(Side::Old, &other.payload) == after;
        match left.iter().position(equal).or_else(|| left.iter().position(same)) {
            Some(index) => pairs.push((left.remove(index), content)),
            None => others.push(content),
        }
    }
    let is_only = was.contents.len() == 1 && is.contents.len() == 1;
    let is_choice = was.contents.len() > 1 && is.contents.len() > 1;
    for content in others {
        let like = |other: &&Content| is_only || (is_choice && other.variant == content.variant);
        if let Some(index) = left.iter().position(like) {
            pairs.push((left.remove(index), content));
        }
    }
    pairs
}

fn contents<'a>(item: &Item<'a>, was: &'a Body, is: &'a Body, spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let pairs = pairs(was, is, spelling);
    let one = |side, content: &Content| format!("{}: {}", content.media_type, spelling.payload(side, &content.payload));
    let is_choice = was.contents.len() > 1 && is.contents.len() > 1;
    let (lost, more) = (was.contents.len() > pairs.len(), is.contents.len() > pairs.len());
    if lost || more {
        // One content is an argument of its type, several are a choice of their own.
        let is_additive = is_choice && !lost && !takes_from(was, is, spelling);
        let severity = if is_additive { Severity::Additive } else { Severity::Breaking };
        let all = |side, body: &Body| -> String {
            body.contents.iter().map(|content| one(side, content)).collect::<Vec<_>>().join(", or ")
        };
        let (a, b) = (all(Side::Old, was), all(Side::New, is));
        let message = format!("the body was `{a}`, and is now `{b}`");
        changes.push(item.change(Code::BodyMediaType, severity, message).sides(a, b));
    }
    if is_choice && was.type_name != is.type_name {
        item.renamed(Code::TypeRenamed, was.type_name.as_str(), is.type_name.as_str(), changes);
    }
    for (before, after) in pairs {
        let item = item.at(Some(&before.at), Some(&after.at));
        if is_choice && before.variant != after.variant {
            let item = item.named(is.type_name.as_str());
            item.renamed(Code::VariantRenamed, before.variant.as_str(), after.variant.as_str(), changes);
        }
        let (a, b) = (spelling.payload(Side::Old, &before.payload), spelling.payload(Side::New, &after.payload));
        if !before.media_type.eq_ignore_ascii_case(&after.media_type) {
            let severity = if a == b { Severity::Silent } else { Severity::Breaking };
            let (a, b) = (one(Side::Old, before), one(Side::New, after));
            let message = format!("the body was `{a}`, and is now `{b}`");
            changes.push(item.change(Code::BodyMediaType, severity, message).sides(a, b));
        } else if a != b {
            let message = format!("the body in `{}` was `{a}`, and is now `{b}`", after.media_type);
            changes.push(item.change(Code::BodyType, Severity::Breaking, message).sides(a, b));
        } else {
            rules::compare(&item, "the body", &before.rules, &after.rules, changes);
        }
        match (&before.payload, &after.payload) {
            (Payload::Form { rules: old, .. }, Payload::Form { rules: new, .. }) => {
                written(&item, old, new, spelling, changes);
            }
            (Payload::Multipart { name: x, parts: old }, Payload::Multipart { name: y, parts: new })
                if !old.is_empty() && !new.is_empty() =>
            {
                parts(&item, (x, old), (y, new), spelling, changes);
            }
            _ => {}
        }
    }
}

/// Whether a content that is new has the type of another, which then no longer becomes the body by
/// itself.
fn takes_from(was: &Body, is: &Body, spelling: &Spelling<'_>) -> bool {
    let types = |side, body: &Body| -> Vec<String> {
        body.contents.iter().map(|content| spelling.payload(side, &content.payload)).collect()
    };
    let (before, after) = (types(Side::Old, was), types(Side::New, is));
    let count = |list: &[String], ty: &String| list.iter().filter(|other| *other == ty).count();
    before.iter().any(|ty| count(&before, ty) == 1 && count(&after, ty) > 1)
}

/// The members of a form that are not written in the usual way.
fn written(item: &Item<'_>, old: &[FormRule], new: &[FormRule], spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let text = |rules: &[FormRule], api: &Api, wire: &str| {
        let rule = rules.iter().find(|rule| rule.wire == wire);
        rule.map_or_else(
            || "form, exploded".to_owned(),
            |rule| super::calls::style(rule.style, rule.reserved, false, api),
        )
    };
    let mut wires: Vec<&str> = old.iter().chain(new).map(|rule| rule.wire.as_str()).collect();
    wires.sort_unstable();
    wires.dedup();
    for wire in wires {
        let (a, b) = (text(old, spelling.old, wire), text(new, spelling.new, wire));
        if a != b {
            let message = format!("`{wire}` of the body was written as {a}, and now as {b}");
            changes.push(item.change(Code::BodyStyle, Severity::Silent, message).sides(a, b));
        }
    }
}

/// The parts of a form, which a type of their own collects.
fn parts<'a>(
    item: &Item<'a>,
    (old_name, old): (&Ident, &'a [Part]),
    (new_name, new): (&Ident, &'a [Part]),
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    if old_name != new_name {
        item.renamed(Code::TypeRenamed, old_name.as_str(), new_name.as_str(), changes);
    }
    let item = item.named(new_name.as_str());
    for was in old {
        match new.iter().find(|is| is.wire == was.wire) {
            Some(is) => part(&item, was, is, spelling, changes),
            None => {
                let item = item.at(Some(&was.at), None);
                let change =
                    item.change(Code::PartRemoved, Severity::Breaking, format!("the part `{}` is gone", was.wire));
                changes.push(change.sides(spelling.part(Side::Old, was), None));
            }
        }
    }
    for is in new.iter().filter(|is| !old.iter().any(|was| was.wire == is.wire)) {
        let item = item.at(None, Some(&is.at));
        let text = spelling.part(Side::New, is);
        let change = if is.required {
            item.change(Code::PartRequired, Severity::Breaking, format!("`new` takes the part `{text}` now"))
        } else {
            item.change(Code::PartAdded, Severity::Additive, format!("the part `{}` is new", is.wire))
        };
        changes.push(change.sides(None, text));
    }
    let arguments = |parts: &'a [Part]| -> Vec<&'a str> {
        parts.iter().filter(|part| part.required).map(|part| part.wire.as_str()).collect()
    };
    reordered(&item, "the arguments of `new`", &arguments(old), &arguments(new), changes);
}

fn part<'a>(item: &Item<'a>, was: &'a Part, is: &'a Part, spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let item = item.at(Some(&was.at), Some(&is.at));
    let (before, after) = (spelling.part(Side::Old, was), spelling.part(Side::New, is));
    let mut push = |code, severity, message| {
        changes.push(item.change(code, severity, message).sides(before.clone(), after.clone()));
    };
    if was.required != is.required {
        let what = if is.required { "must be given now" } else { "need not be given any more" };
        push(Code::PartRequired, Severity::Breaking, format!("the part `{}` {what}", is.wire));
    } else if !is.required && was.name != is.name {
        let message = format!("the setter `{}` is called `{}` now", was.name.plain(), is.name.plain());
        push(Code::ParameterRenamed, Severity::Breaking, message);
    }
    let (a, b) = (spelling.part_type(Side::Old, was), spelling.part_type(Side::New, is));
    if a != b {
        let message = format!("the part `{}` was `{a}`, and is now `{b}`", is.wire);
        push(Code::PartType, Severity::Breaking, message);
    }
    let is_json = |part: &Part| matches!(part.content, PartContent::Json(_));
    if was.media_type != is.media_type || (a == b && is_json(was) != is_json(is)) {
        let text = |part: &Part| {
            let own = if is_json(part) { "JSON" } else { "text" };
            part.media_type.as_ref().map_or_else(|| own.to_owned(), |media_type| format!("`{media_type}`"))
        };
        let (a, b) = (text(was), text(is));
        let message = format!("the part `{}` was sent as {a}, and is sent as {b} now", is.wire);
        changes.push(item.change(Code::PartMediaType, Severity::Silent, message).sides(a, b));
    }
    item.described(Some(&format!("`{}`", is.wire)), was.description.as_ref(), is.description.as_ref(), changes);
}

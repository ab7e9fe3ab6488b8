//! What a call takes: parameters and bodies.

use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity, is_reordered};
use crate::ir::{Api, Body, In, Operation, Param, Style};

pub(super) fn parameters<'a>(
    item: &Item<'a>,
    old: &'a Operation,
    new: &'a Operation,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    path(item, old, new, spelling, changes);
    let (olds, news) = (elsewhere(old), elsewhere(new));
    for was in &olds {
        match find(&news, was) {
            Some(is) => parameter(item, was, is, spelling, changes),
            None => {
                let what = if was.is_argument() { "argument" } else { "setter" };
                let message = format!("the {what} `{}` is gone", was.name.plain());
                let item = item.at(Some(&was.at), None);
                let change = item.change(Code::ParameterRemoved, Severity::Breaking, message);
                changes.push(change.sides(spelling.param(Side::Old, was), None));
            }
        }
    }
    for is in news.iter().filter(|is| find(&olds, is).is_none()) {
        let item = item.at(None, Some(&is.at));
        let ty = spelling.ty(Side::New, &is.ty);
        changes.push(
            if is.is_argument() {
                let message = format!("it takes the argument `{}: {ty}` now", is.name.plain());
                item.change(Code::ParameterRequired, Severity::Breaking, message)
            } else {
                let message = format!("the setter `{}({ty})` is new", is.name.plain());
                item.change(Code::ParameterAdded, Severity::Additive, message)
            }
            .sides(None, spelling.param(Side::New, is)),
        );
    }
    reordered(item, &arguments(&olds), &arguments(&news), changes);
}

/// The parameters outside of the path.
fn elsewhere(operation: &Operation) -> Vec<&Param> {
    operation.params.iter().filter(|param| param.place != In::Path).collect()
}

/// The same parameter in another list; one that goes elsewhere is the same for whoever calls.
fn find<'a>(list: &[&'a Param], param: &Param) -> Option<&'a Param> {
    let same_name = || list.iter().copied().filter(|other| other.wire == param.wire);
    same_name().find(|other| other.place == param.place).or_else(|| same_name().next())
}

fn arguments<'a>(params: &[&'a Param]) -> Vec<&'a str> {
    params.iter().filter(|param| param.is_argument()).map(|param| param.wire.as_str()).collect()
}

fn reordered(item: &Item<'_>, old: &[&str], new: &[&str], changes: &mut Vec<Change>) {
    if is_reordered(old, new) {
        let message = format!("the arguments were `{}`, and are now `{}`", old.join("`, `"), new.join("`, `"));
        let change = item.change(Code::ArgumentsReordered, Severity::Silent, message);
        changes.push(change.sides(old.join(", "), new.join(", ")));
    }
}

/// Parameters of the path are arguments, known by where they stand in it.
fn path<'a>(
    item: &Item<'a>,
    old: &'a Operation,
    new: &'a Operation,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    let of = |operation: &'a Operation| operation.params.iter().filter(|param| param.place == In::Path);
    let names = |operation| of(operation).map(|param| param.wire.as_str()).collect::<Vec<_>>();
    let (olds, news) = (names(old), names(new));
    for is in of(new).skip(olds.len()) {
        let item = item.at(None, Some(&is.at));
        let message = format!("it takes the argument `{}` now", is.name.plain());
        let change = item.change(Code::ParameterRequired, Severity::Breaking, message);
        changes.push(change.sides(None, spelling.param(Side::New, is)));
    }
    for was in of(old).skip(news.len()) {
        let message = format!("the argument `{}` is gone", was.name.plain());
        let change = item.at(Some(&was.at), None).change(Code::ParameterRemoved, Severity::Breaking, message);
        changes.push(change.sides(spelling.param(Side::Old, was), None));
    }
    for (was, is) in of(old).zip(of(new)) {
        parameter(item, was, is, spelling, changes);
    }
    reordered(item, &olds, &news, changes);
}

fn parameter<'a>(item: &Item<'a>, was: &'a Param, is: &'a Param, spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let item = item.at(Some(&was.at), Some(&is.at));
    let name = is.name.plain();
    let mut push = |code, severity, message, before: String, after: String| {
        changes.push(item.change(code, severity, message).sides(before, after));
    };
    let (x, y) = (spelling.param(Side::Old, was), spelling.param(Side::New, is));
    match (was.is_argument(), is.is_argument()) {
        (false, true) => {
            let message = format!("`{name}` was a setter, and is an argument now");
            push(Code::ParameterRequired, Severity::Breaking, message, x, y);
        }
        (true, false) => {
            let message = format!("`{name}` was an argument, and is a setter now");
            push(Code::ParameterOptional, Severity::Breaking, message, x, y);
        }
        (false, false) if was.name != is.name => {
            let message = format!("the setter `{}` is called `{name}` now", was.name.plain());
            push(Code::ParameterRenamed, Severity::Breaking, message, x, y);
        }
        _ => {}
    }
    let (a, b) = (spelling.ty(Side::Old, &was.ty), spelling.ty(Side::New, &is.ty));
    if a != b {
        push(Code::ParameterType, Severity::Breaking, format!("`{name}` was `{a}`, and is `{b}` now"), a, b);
    }
    if was.place != is.place {
        let place = |place| match place {
            In::Path => "the path",
            In::Query => "the query",
            In::Header => "a header",
            In::Cookie => "a cookie",
        };
        let (a, b) = (place(was.place), place(is.place));
        let message = format!("`{name}` went into {a}, and goes into {b} now");
        push(Code::ParameterPlace, Severity::Silent, message, a.to_owned(), b.to_owned());
    } else {
        let (a, b) = (written(was, spelling.old), written(is, spelling.new));
        if a != b {
            push(Code::ParameterStyle, Severity::Silent, format!("`{name}` was written as {a}, and now as {b}"), a, b);
        }
    }
    if was.default != is.default && !(was.is_argument() && is.is_argument()) {
        let text = |param: &Param| param.default.as_ref().map_or_else(|| "nothing".to_owned(), ToString::to_string);
        let quoted = |text: &str| if text == "nothing" { text.to_owned() } else { format!("`{text}`") };
        let what = if is.required { "sends" } else { "means" };
        let (a, b) = (text(was), text(is));
        let message = format!("without `{name}` a call {what} {} now; it was {}", quoted(&b), quoted(&a));
        push(Code::ParameterDefault, Severity::Silent, message, a, b);
    }
    if was.deprecated != is.deprecated {
        let what = if is.deprecated { "deprecated now" } else { "no longer deprecated" };
        changes.push(item.change(Code::of_deprecation(is.deprecated), Severity::Docs, format!("`{name}` is {what}")));
    }
    if was.description != is.description {
        let change = item.change(Code::DocsChanged, Severity::Docs, format!("`{name}` is described otherwise"));
        changes.push(change.sides(was.description.clone(), is.description.clone()));
    }
}

/// How a parameter is written, in words.
fn written(param: &Param, api: &Api) -> String {
    let exploded = |name: &str, explode: bool| format!("{name}{}", if explode { ", exploded" } else { "" });
    let style = match param.style {
        Style::Simple { explode } => exploded("simple", explode),
        Style::Label { explode } => exploded("label", explode),
        Style::Matrix { explode } => exploded("matrix", explode),
        Style::Form { explode } => exploded("form", explode),
        Style::SpaceDelimited => "spaceDelimited".to_owned(),
        Style::PipeDelimited => "pipeDelimited".to_owned(),
        Style::DeepObject => "deepObject".to_owned(),
        Style::Json => "JSON".to_owned(),
        Style::Keyed(index) => api.keyed.get(index).map_or_else(String::new, |keyed| format!("`{}`", keyed.key)),
    };
    let reserved = if param.reserved { ", reserved characters as they are" } else { "" };
    let empty = if param.may_be_empty { ", empty if without a value" } else { "" };
    format!("{style}{reserved}{empty}")
}

pub(super) fn body<'a>(
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
            return changes.push(
                if is.required {
                    item.change(Code::BodyRequired, Severity::Breaking, "it takes a body now")
                } else {
                    item.change(Code::BodyAdded, Severity::Additive, "it may have a body now")
                }
                .sides(None, spelling.body(Side::New, is)),
            );
        }
        (Some(was), Some(is)) => (was, is),
    };
    let item = item.at(Some(&was.at), Some(&is.at));
    if was.required != is.required {
        let message = if is.required { "the body must be given now" } else { "the body need not be given any more" };
        let change = item.change(Code::BodyRequired, Severity::Breaking, message);
        changes.push(change.sides(spelling.body(Side::Old, was), spelling.body(Side::New, is)));
    }
    let text = |side, body: &Body| -> Vec<String> {
        body.contents.iter().map(|content| spelling.payload(side, &content.payload)).collect()
    };
    let (a, b) = (text(Side::Old, was), text(Side::New, is));
    let media = |body: &'a Body| body.contents.iter().map(|content| content.media_type.as_str()).collect::<Vec<_>>();
    let (old_media, new_media) = (media(was), media(is));
    if old_media != new_media {
        let lost = old_media.iter().any(|name| !new_media.contains(name));
        // One content is an argument of its type, several are a choice of their own.
        let severity = match (old_media.len(), new_media.len()) {
            (1, 1) if a == b => Severity::Silent,
            (2.., 2..) if !lost && old_media.len() < new_media.len() => Severity::Additive,
            (2.., 2..) if !lost => Severity::Silent,
            _ => Severity::Breaking,
        };
        let message = format!("the body was `{}`, and is now `{}`", old_media.join("`, `"), new_media.join("`, `"));
        let change = item.change(Code::BodyMediaType, severity, message);
        changes.push(change.sides(old_media.join(", "), new_media.join(", ")));
    }
    for (index, content) in is.contents.iter().enumerate() {
        let Some(before) = was.contents.iter().position(|other| other.media_type == content.media_type) else {
            continue;
        };
        if a[before] != b[index] {
            let item = item.at(Some(&was.contents[before].at), Some(&content.at));
            let message =
                format!("the body in `{}` was `{}`, and is now `{}`", content.media_type, a[before], b[index]);
            let change = item.change(Code::BodyType, Severity::Breaking, message);
            changes.push(change.sides(a[before].clone(), b[index].clone()));
        }
    }
}

//! What a call takes: its parameters.

use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity, reordered};
use crate::ir::{Api, In, Operation, Param, Style};

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
        match find(&news, was).or_else(|| heir(&olds, &news, was)) {
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
    for is in news.iter().filter(|is| find(&olds, is).is_none() && heir(&news, &olds, is).is_none()) {
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
    reordered(item, "the arguments", &arguments(&olds), &arguments(&news), changes);
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

/// The setter that is called as one was whose parameter is gone: calls go on with it.
fn heir<'a>(among: &[&Param], others: &[&'a Param], param: &Param) -> Option<&'a Param> {
    let is_heir = |other: &&Param| !other.is_argument() && other.name == param.name && find(among, other).is_none();
    others.iter().copied().find(|other| !param.is_argument() && is_heir(other))
}

fn arguments<'a>(params: &[&'a Param]) -> Vec<&'a str> {
    params.iter().filter(|param| param.is_argument()).map(|param| param.wire.as_str()).collect()
}

/// Parameters of the path are arguments, known by where they stand in it; where there are more or
/// fewer than before, by their names.
fn path<'a>(
    item: &Item<'a>,
    old: &'a Operation,
    new: &'a Operation,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    let of = |operation: &'a Operation| -> Vec<&'a Param> {
        operation.params.iter().filter(|param| param.place == In::Path).collect()
    };
    let (olds, news) = (of(old), of(new));
    if olds.len() == news.len() {
        for (was, is) in olds.iter().zip(&news) {
            parameter(item, was, is, spelling, changes);
        }
    } else {
        let has = |list: &[&Param], param: &Param| list.iter().any(|other| other.wire == param.wire);
        for is in news.iter().filter(|is| !has(&olds, is)) {
            let item = item.at(None, Some(&is.at));
            let message = format!("it takes the argument `{}` now", spelling.param(Side::New, is));
            let change = item.change(Code::ParameterRequired, Severity::Breaking, message);
            changes.push(change.sides(None, spelling.param(Side::New, is)));
        }
        for was in &olds {
            match news.iter().find(|is| is.wire == was.wire) {
                Some(is) => parameter(item, was, is, spelling, changes),
                None => {
                    let message = format!("the argument `{}` is gone", was.name.plain());
                    let item = item.at(Some(&was.at), None);
                    let change = item.change(Code::ParameterRemoved, Severity::Breaking, message);
                    changes.push(change.sides(spelling.param(Side::Old, was), None));
                }
            }
        }
    }
    let names = |params: &[&'a Param]| params.iter().map(|param| param.wire.as_str()).collect::<Vec<_>>();
    reordered(item, "the arguments", &names(&olds), &names(&news), changes);
}

pub(super) fn parameter<'a>(
    item: &Item<'a>,
    was: &'a Param,
    is: &'a Param,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    let item = item.at(Some(&was.at), Some(&is.at));
    let name = is.name.plain();
    let mut push = |code, severity, message, before: String, after: String| {
        changes.push(item.change(code, severity, message).sides(before, after));
    };
    let (x, y) = (spelling.param(Side::Old, was), spelling.param(Side::New, is));
    if is.place != In::Path && was.wire != is.wire {
        let message = format!("`{name}` sent `{}`, and sends `{}` now", was.wire, is.wire);
        push(Code::ParameterWire, Severity::Silent, message, was.wire.clone(), is.wire.clone());
    }
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
    if !was.is_argument() && !is.is_argument() {
        default(&item, was, is, changes);
    }
    let quoted = format!("`{name}`");
    item.deprecated(&quoted, was.deprecated, is.deprecated, changes);
    item.described(Some(&quoted), was.description.as_ref(), is.description.as_ref(), changes);
    item.example(&quoted, was.example.as_ref(), is.example.as_ref(), changes);
}

/// What a call without the parameter means.
fn default(item: &Item<'_>, was: &Param, is: &Param, changes: &mut Vec<Change>) {
    let value = |param: &Param| param.default.as_ref().map(ToString::to_string);
    let (a, b) = (value(was), value(is));
    // A default that is required is sent; without one there is nothing to send.
    let sends = |param: &Param| param.required && param.default.is_some();
    let quoted =
        |value: &Option<String>| value.as_ref().map_or_else(|| "nothing".to_owned(), |value| format!("`{value}`"));
    let (x, y) = (quoted(&a), quoted(&b));
    if sends(was) && !is.required && a == b {
        let message = format!("`{}` is not sent by itself any more: the server takes {y} without it", is.name.plain());
        let change = item.change(Code::ParameterOptional, Severity::Additive, message);
        changes.push(change.sides(text_of(&a, true), text_of(&b, false)));
        return;
    }
    let message = match (sends(was), sends(is)) {
        (true, true) | (false, false) if a == b => return,
        (true, true) => format!("a call sends {y} now; it sent {x}"),
        (false, false) => format!("the server takes {y} now; it took {x}"),
        (true, false) => format!("a call sends nothing now, and the server takes {y}; it sent {x}"),
        (false, true) => format!("a call sends {y} now; it sent nothing, and the server took {x}"),
    };
    let text = |value: Option<String>, is_sent: bool| {
        if sends(was) == sends(is) { value } else { text_of(&value, is_sent) }
    };
    let change =
        item.change(Code::ParameterDefault, Severity::Silent, format!("without `{}` {message}", is.name.plain()));
    changes.push(change.sides(text(a, sends(was)), text(b, sends(is))));
}

/// A default, and whether it is sent.
fn text_of(value: &Option<String>, is_sent: bool) -> Option<String> {
    value.as_ref().map(|value| format!("{value}, {}", if is_sent { "sent" } else { "not sent" }))
}

/// How a parameter is written, in words.
fn written(param: &Param, api: &Api) -> String {
    style(param.style, param.reserved, param.may_be_empty, api)
}

pub(super) fn style(style: Style, reserved: bool, may_be_empty: bool, api: &Api) -> String {
    let exploded = |name: &str, explode: bool| format!("{name}{}", if explode { ", exploded" } else { "" });
    let style = match style {
        Style::Simple { explode } => exploded("simple", explode),
        Style::Label { explode } => exploded("label", explode),
        Style::Matrix { explode } => exploded("matrix", explode),
        Style::Form { explode } => exploded("form", explode),
        Style::SpaceDelimited => "spaceDelimited".to_owned(),
        Style::PipeDelimited => "pipeDelimited".to_owned(),
        Style::DeepObject => "deepObject".to_owned(),
        Style::Json => "JSON".to_owned(),
        Style::Keyed(index) => api.keyed.get(index).map_or_else(String::new, |keyed| {
            let spelled: Vec<String> = keyed.spelled.iter().map(|(value, text)| format!("{value} as {text}")).collect();
            let spelled = if spelled.is_empty() { String::new() } else { format!(" with {}", spelled.join(", ")) };
            format!("`{}={{{}}}`{spelled}", keyed.key, keyed.value)
        }),
    };
    let reserved = if reserved { ", reserved characters as they are" } else { "" };
    let empty = if may_be_empty { ", empty if without a value" } else { "" };
    format!("{style}{reserved}{empty}")
}

//! What a call gives: successes, errors, headers and events.

use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity};
use crate::ir::{Answers, Case, Operation, Paging, Status, Turn};

pub(super) fn compare<'a>(
    item: &Item<'a>,
    old: &'a Operation,
    new: &'a Operation,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    let (was, is) = (&old.answers, &new.answers);
    let item = item.at(was.successes.first().map(|case| &case.at), is.successes.first().map(|case| &case.at));
    let (a, b) = (given(was, Side::Old, spelling), given(is, Side::New, spelling));
    if a != b {
        let change = item.change(Code::AnswerType, Severity::Breaking, format!("it gave `{a}`, and now gives `{b}`"));
        changes.push(change.sides(a, b));
    } else {
        let statuses = |answers: &Answers| answers.successes.iter().map(|case| status(case.status)).collect::<Vec<_>>();
        let (a, b) = (statuses(was), statuses(is));
        if a != b {
            let text = |list: &[String]| if list.is_empty() { "undeclared".to_owned() } else { list.join(" and ") };
            let (a, b) = (text(&a), text(&b));
            let message = format!("a success was {a}, and is now {b}");
            changes.push(item.change(Code::AnswerStatus, Severity::Silent, message).sides(a, b));
        }
    }
    if was.accept != is.accept {
        let text = |accept: &[String]| {
            if accept.is_empty() { "nothing".to_owned() } else { format!("`{}`", accept.join("`, `")) }
        };
        let message = format!("it accepted {}, and now accepts {}", text(&was.accept), text(&is.accept));
        let change = item.change(Code::AnswerAccept, Severity::Silent, message);
        changes.push(change.sides(was.accept.join(", "), is.accept.join(", ")));
    }
    if old.events != new.events {
        changes.push(item.change(Code::EventsChanged, Severity::Silent, "its events are read otherwise"));
    }
    paging(&item, old, new, changes);
    errors(&item, was, is, spelling, changes);
    headers(&item, was, is, spelling, changes);
}

fn paging(item: &Item<'_>, old: &Operation, new: &Operation, changes: &mut Vec<Change>) {
    let turn = |turn: &Turn| match turn {
        Turn::Page(first) => format!("pages from {first} on"),
        Turn::Offset(first) => format!("elements from {first} on"),
        Turn::Cursor(path) => format!("what `{}` says", path.wire),
    };
    let text =
        |paging: &Paging| format!("`{}` by {}, with `{}`", paging.elements.wire, turn(&paging.turn), paging.parameter);
    let names = |paging: &Paging| (paging.pages.clone(), paging.items.clone());
    match (&old.paging, &new.paging) {
        (Some(was), Some(is)) if names(was) == names(is) => {
            if text(was) != text(is) {
                let message = format!("it gave {}, and now gives {}", text(was), text(is));
                let change = item.change(Code::PagesChanged, Severity::Silent, message);
                changes.push(change.sides(text(was), text(is)));
            }
        }
        (was, is) => {
            if let Some(was) = was {
                let message = format!("`.{}()` and `.{}()` are gone", was.pages.plain(), was.items.plain());
                let change = item.change(Code::PagesRemoved, Severity::Breaking, message);
                changes.push(change.sides(text(was), None));
            }
            if let Some(is) = is {
                let message = format!("`.{}()` and `.{}()` are new", is.pages.plain(), is.items.plain());
                changes.push(item.change(Code::PagesAdded, Severity::Additive, message).sides(None, text(is)));
            }
        }
    }
}

/// The type that a method gives, as far as callers see it.
fn given(answers: &Answers, side: Side, spelling: &Spelling<'_>) -> String {
    match answers.only() {
        Some(answer) => spelling.answer(side, answer),
        None => {
            let cases = answers.successes.iter();
            let cases = cases.map(|case| format!("{}({})", case.variant.plain(), spelling.answer(side, &case.answer)));
            cases.collect::<Vec<_>>().join(" or ")
        }
    }
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// An error as it is declared.
fn name(case: &Case) -> String {
    match &case.media_type {
        Some(media_type) => format!("{} in `{media_type}`", status(case.status)),
        None => status(case.status),
    }
}

fn errors<'a>(item: &Item<'a>, old: &'a Answers, new: &'a Answers, spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let same = |a: &Case, b: &Case| a.status == b.status && a.media_type == b.media_type;
    let declared = |side, case: &Case| format!("{}: {}", status(case.status), spelling.answer(side, &case.answer));
    for was in &old.errors {
        match new.errors.iter().find(|is| same(was, is)) {
            None => {
                let message = format!("the error {} is no longer declared", name(was));
                let severity = if was.answer.ty().is_some() { Severity::Breaking } else { Severity::Docs };
                let change = item.at(Some(&was.at), None).change(Code::ErrorRemoved, severity, message);
                changes.push(change.sides(declared(Side::Old, was), None));
            }
            Some(is) => {
                let (a, b) = (spelling.answer(Side::Old, &was.answer), spelling.answer(Side::New, &is.answer));
                if a != b {
                    let message = format!("the error {} was `{a}`, and is now `{b}`", name(is));
                    let item = item.at(Some(&was.at), Some(&is.at));
                    changes.push(item.change(Code::ErrorType, Severity::Breaking, message).sides(a, b));
                }
            }
        }
    }
    for is in new.errors.iter().filter(|is| !old.errors.iter().any(|was| same(was, is))) {
        let message = format!("the error {} is declared", name(is));
        let change = item.at(None, Some(&is.at)).change(Code::ErrorAdded, Severity::Additive, message);
        changes.push(change.sides(None, declared(Side::New, is)));
    }
}

fn headers<'a>(
    item: &Item<'a>,
    old: &'a Answers,
    new: &'a Answers,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    for was in &old.headers {
        match new.headers.iter().find(|is| is.wire == was.wire) {
            None => {
                let message = format!("the header `{}` is no longer declared", was.wire);
                let change = item.at(Some(&was.at), None).change(Code::HeaderRemoved, Severity::Breaking, message);
                changes.push(change.sides(spelling.header(Side::Old, was), None));
            }
            Some(is) => {
                let (a, b) = (spelling.ty(Side::Old, &was.ty), spelling.ty(Side::New, &is.ty));
                if a != b {
                    let message = format!("the header `{}` was `{a}`, and is now `{b}`", is.wire);
                    let item = item.at(Some(&was.at), Some(&is.at));
                    changes.push(item.change(Code::HeaderType, Severity::Breaking, message).sides(a, b));
                }
            }
        }
    }
    for is in new.headers.iter().filter(|is| !old.headers.iter().any(|was| was.wire == is.wire)) {
        let message = format!("the header `{}` is declared", is.wire);
        let change = item.at(None, Some(&is.at)).change(Code::HeaderAdded, Severity::Additive, message);
        changes.push(change.sides(None, spelling.header(Side::New, is)));
    }
}

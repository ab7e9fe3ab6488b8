//! What a call gives: successes, events, pages and headers; errors are in `errors`.

use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity, errors};
use crate::ir::{Answers, Case, EventRules, Operation, Paging, Status, Turn};

pub(super) fn compare<'a>(
    item: &Item<'a>,
    old: &'a Operation,
    new: &'a Operation,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    let (was, is) = (&old.answers, &new.answers);
    let whole = item;
    let item = item.at(was.successes.first().map(|case| &case.at), is.successes.first().map(|case| &case.at));
    match (was.only(), is.only()) {
        (None, None) => cases(&item, was, is, spelling, changes),
        _ => {
            let (a, b) = (given(was, Side::Old, spelling), given(is, Side::New, spelling));
            if a == b {
                statuses(&item, &was.successes, &is.successes, changes);
            } else {
                let message = format!("it gave `{a}`, and now gives `{b}`");
                changes.push(item.change(Code::AnswerType, Severity::Breaking, message).sides(a, b));
            }
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
        let text = |rules: &EventRules| match (rules.ignore.as_slice(), rules.last.as_slice()) {
            ([], []) => "every event counts".to_owned(),
            (ignore, last) => format!("`{}` say nothing, `{}` are the last", ignore.join("`, `"), last.join("`, `")),
        };
        let change = item.change(Code::EventsChanged, Severity::Silent, "its events are read otherwise");
        changes.push(change.sides(text(&old.events), text(&new.events)));
    }
    paging(&item, old, new, spelling, changes);
    errors::compare(whole, was, is, spelling, changes);
    headers(whole, was, is, spelling, changes);
    let text = |answers: &Answers| -> Vec<(String, String)> {
        let responses = answers.responses.iter();
        responses.map(|response| (response.status.clone(), response.description.clone())).collect()
    };
    let (a, b) = (text(was), text(is));
    for (status, before) in &a {
        if let Some((_, after)) = b.iter().find(|(other, _)| other == status) {
            whole.described(Some(&format!("the answer {status}")), Some(before), Some(after), changes);
        }
    }
}

/// The statuses of a success that is read as before.
fn statuses(item: &Item<'_>, old: &[Case], new: &[Case], changes: &mut Vec<Change>) {
    let all = |cases: &[Case]| {
        let mut all: Vec<String> = Vec::new();
        for case in cases {
            let status = status(case.status);
            if !all.contains(&status) {
                all.push(status);
            }
        }
        if all.is_empty() { "undeclared".to_owned() } else { all.join(" and ") }
    };
    let (a, b) = (all(old), all(new));
    if a != b {
        let message = format!("a success was {a}, and is now {b}");
        changes.push(item.change(Code::AnswerStatus, Severity::Silent, message).sides(a, b));
    }
}

/// Successes of several kinds, each a variant of a type of its own.
fn cases<'a>(item: &Item<'a>, was: &'a Answers, is: &'a Answers, spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    if was.type_name != is.type_name {
        item.renamed(Code::TypeRenamed, was.type_name.as_str(), is.type_name.as_str(), changes);
    }
    let item = item.named(is.type_name.as_str());
    if was.other != is.other {
        item.renamed(Code::VariantRenamed, was.other.as_str(), is.other.as_str(), changes);
    }
    let text = |side, case: &Case| format!("{}({})", case.variant.plain(), spelling.answer(side, &case.answer));
    for before in &was.successes {
        let Some(after) = is.successes.iter().find(|other| other.variant == before.variant) else {
            let message = format!("the variant `{}` is gone", before.variant.plain());
            let change = item.at(Some(&before.at), None).change(Code::VariantRemoved, Severity::Breaking, message);
            changes.push(change.sides(text(Side::Old, before), None));
            continue;
        };
        let item = item.at(Some(&before.at), Some(&after.at));
        let (a, b) = (text(Side::Old, before), text(Side::New, after));
        if a == b {
            let name = |case: &Case| errors::name(case);
            let (a, b) = (name(before), name(after));
            if a != b {
                let message = format!("`{}` was {a}, and is now {b}", after.variant.plain());
                changes.push(item.change(Code::AnswerStatus, Severity::Silent, message).sides(a, b));
            }
        } else {
            let message = format!("a variant was `{a}`, and is now `{b}`");
            changes.push(item.change(Code::VariantType, Severity::Breaking, message).sides(a, b));
        }
    }
    for after in is.successes.iter().filter(|case| !was.successes.iter().any(|other| other.variant == case.variant)) {
        let message = format!("the variant `{}` is new", after.variant.plain());
        let change = item.at(None, Some(&after.at)).change(Code::VariantAdded, Severity::Additive, message);
        changes.push(change.sides(None, text(Side::New, after)));
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

pub(super) fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn paging(item: &Item<'_>, old: &Operation, new: &Operation, spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let turn = |turn: &Turn| match turn {
        Turn::Page(first) => format!("pages from {first} on"),
        Turn::Offset(first) => format!("elements from {first} on"),
        Turn::Cursor(path) => format!("what `{}` says", path.wire),
    };
    let text = |side, paging: &Paging| {
        let total = paging.total.as_ref().map(|path| format!(", of `{}`", path.wire)).unwrap_or_default();
        let (elements, element) = (&paging.elements.wire, spelling.ty(side, &paging.element));
        format!("`{elements}` of `{element}` by {}, with `{}`{total}", turn(&paging.turn), paging.parameter)
    };
    let names = |paging: &Paging| (paging.pages.clone(), paging.items.clone());
    match (&old.paging, &new.paging) {
        (Some(was), Some(is)) if names(was) == names(is) => {
            let (a, b) = (text(Side::Old, was), text(Side::New, is));
            if a != b {
                let same = spelling.ty(Side::Old, &was.element) == spelling.ty(Side::New, &is.element);
                let severity = if same { Severity::Silent } else { Severity::Breaking };
                let message = format!("it gave {a}, and now gives {b}");
                changes.push(item.change(Code::PagesChanged, severity, message).sides(a, b));
            }
        }
        (was, is) => {
            if let Some(was) = was {
                let message = format!("`.{}()` and `.{}()` are gone", was.pages.plain(), was.items.plain());
                let change = item.change(Code::PagesRemoved, Severity::Breaking, message);
                changes.push(change.sides(text(Side::Old, was), None));
            }
            if let Some(is) = is {
                let message = format!("`.{}()` and `.{}()` are new", is.pages.plain(), is.items.plain());
                let change = item.change(Code::PagesAdded, Severity::Additive, message);
                changes.push(change.sides(None, text(Side::New, is)));
            }
        }
    }
}

fn headers<'a>(
    item: &Item<'a>,
    old: &'a Answers,
    new: &'a Answers,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    if old.headers_name != new.headers_name && !old.headers.is_empty() && !new.headers.is_empty() {
        item.renamed(Code::TypeRenamed, old.headers_name.as_str(), new.headers_name.as_str(), changes);
    }
    for was in &old.headers {
        let Some(is) = new.headers.iter().find(|is| is.wire.eq_ignore_ascii_case(&was.wire)) else {
            let message = format!("the header `{}` is no longer declared", was.wire);
            let change = item.at(Some(&was.at), None).change(Code::HeaderRemoved, Severity::Breaking, message);
            changes.push(change.sides(spelling.header(Side::Old, was), None));
            continue;
        };
        let item = item.at(Some(&was.at), Some(&is.at));
        if was.name != is.name {
            item.renamed(Code::FieldRenamed, was.name.plain(), is.name.plain(), changes);
        }
        let (a, b) = (spelling.ty(Side::Old, &was.ty), spelling.ty(Side::New, &is.ty));
        if a != b {
            let message = format!("the header `{}` was `{a}`, and is now `{b}`", is.wire);
            changes.push(item.change(Code::HeaderType, Severity::Breaking, message).sides(a, b));
        }
        let name = format!("the header `{}`", is.wire);
        item.described(Some(&name), was.description.as_ref(), is.description.as_ref(), changes);
    }
    let is_new = |wire: &str| !old.headers.iter().any(|was| was.wire.eq_ignore_ascii_case(wire));
    for is in new.headers.iter().filter(|is| is_new(&is.wire)) {
        let message = format!("the header `{}` is declared", is.wire);
        let change = item.at(None, Some(&is.at)).change(Code::HeaderAdded, Severity::Additive, message);
        changes.push(change.sides(None, spelling.header(Side::New, is)));
    }
}

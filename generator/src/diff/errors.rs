//! The errors that an operation declares: a type of its own reads them, if one has a body.

use super::answers::status;
use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity};
use crate::ir::{Answer, Answers, Case};

pub(super) fn compare<'a>(
    item: &Item<'a>,
    old: &'a Answers,
    new: &'a Answers,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    let both = old.has_errors() && new.has_errors();
    if both && old.error_name != new.error_name {
        item.renamed(Code::TypeRenamed, old.error_name.as_str(), new.error_name.as_str(), changes);
    }
    // Without a body to read, errors stand in the documentation alone.
    let or_docs = |severity, answers: &Answers| if answers.has_errors() { severity } else { Severity::Docs };
    let same = |a: &Case, b: &Case| a.status == b.status && a.media_type == b.media_type;
    let text = |side, case: &Case| match &case.answer {
        Answer::Empty => status(case.status),
        answer => format!("{}: {}", status(case.status), spelling.answer(side, answer)),
    };
    let mut left: Vec<&Case> = new.errors.iter().collect();
    let mut others = Vec::new();
    for was in &old.errors {
        match left.iter().position(|is| same(was, is)) {
            Some(index) => error(item, (was, old), (left.remove(index), new), spelling, changes),
            None => others.push(was),
        }
    }
    for was in others {
        // The same status with another media type, or with none.
        if let Some(index) = left.iter().position(|is| is.status == was.status) {
            error(item, (was, old), (left.remove(index), new), spelling, changes);
            continue;
        }
        let message = format!("the error {} is no longer declared", name(was));
        let severity = or_docs(Severity::Breaking, old);
        let change = item.at(Some(&was.at), None).change(Code::ErrorRemoved, severity, message);
        changes.push(change.sides(text(Side::Old, was), None));
    }
    for is in left {
        let message = format!("the error {} is declared", name(is));
        let severity = or_docs(Severity::Additive, new);
        let change = item.at(None, Some(&is.at)).change(Code::ErrorAdded, severity, message);
        changes.push(change.sides(None, text(Side::New, is)));
    }
}

/// One error, with the answers that it is among.
fn error<'a>(
    item: &Item<'a>,
    (was, old): (&'a Case, &Answers),
    (is, new): (&'a Case, &Answers),
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    let item = item.at(Some(&was.at), Some(&is.at));
    let had = old.has_errors();
    if had && new.has_errors() && was.variant != is.variant {
        let item = item.named(new.error_name.as_str());
        item.renamed(Code::VariantRenamed, was.variant.as_str(), is.variant.as_str(), changes);
    }
    let (a, b) = (spelling.answer(Side::Old, &was.answer), spelling.answer(Side::New, &is.answer));
    if a != b {
        // Until now nothing read it, if none of them had a body.
        let severity = if had { Severity::Breaking } else { Severity::Additive };
        let message = format!("the error {} was `{a}`, and is now `{b}`", name(is));
        changes.push(item.change(Code::ErrorType, severity, message).sides(a, b));
    } else if was.media_type != is.media_type {
        let (a, b) = (name(was), name(is));
        let message = format!("an error was {a}, and is now {b}");
        changes.push(item.change(Code::ErrorType, Severity::Silent, message).sides(a, b));
    }
}

/// An answer as it is declared.
pub(super) fn name(case: &Case) -> String {
    match &case.media_type {
        Some(media_type) => format!("{} in `{media_type}`", status(case.status)),
        None => status(case.status),
    }
}

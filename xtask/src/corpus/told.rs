//! What a run came to, as text and as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::floors::Compared;
use super::{Judged, Sums};
use crate::diff::line;

/// How many places of one reason are shown, unless all are asked for.
const PLACES: usize = 3;

/// What came of a document, in a word or two.
pub(super) fn in_a_word(document: &Judged) -> String {
    match (&document.compiled, document.verdict.generated) {
        (_, false) => "not generated".to_owned(),
        (None, true) => "generated".to_owned(),
        (Some(compiled), true) if compiled.is_clean() => "compiled without warnings".to_owned(),
        (Some(compiled), true) if compiled.errors == 0 => format!("compiled with {} warnings", compiled.warnings),
        (Some(compiled), true) => format!("not compiled, {} errors", compiled.errors),
    }
}

/// The documents that are not as they should be, what is refused and why, the floors, and the sum.
pub(super) fn text(documents: &[Judged], compared: &Compared, verbose: bool) -> String {
    let mut out = String::new();
    for document in documents.iter().filter(|document| !document.is_clean()) {
        out.push_str(&failure(document));
    }
    out.push_str(&refusals(documents, verbose));
    let kept = documents.iter().filter_map(|document| document.kept.as_ref().map(|folder| (document, folder)));
    for (document, folder) in kept {
        out.push_str(&format!("{}: its crate is in {}\n", document.file, folder.display()));
    }
    for line in &compared.above {
        out.push_str(&format!("the floors could be raised: {line}\n"));
    }
    for line in &compared.below {
        out.push_str(&format!("below the floor: {line}\n"));
    }
    out + &sum(&Sums::of(documents.iter())) + "\n"
}

/// The last line.
fn sum(sums: &Sums) -> String {
    let compiled = sums.compiled.map_or(String::new(), |compiled| format!(", {compiled} compiled without warnings"));
    format!(
        "{} documents: {} generated{compiled}, {} of {} operations refused",
        sums.documents, sums.generated, sums.refused, sums.operations
    )
}

fn failure(document: &Judged) -> String {
    let mut out = format!("{}: {}\n", document.file, in_a_word(document));
    let mut add = |text: &str| text.lines().for_each(|line| out.push_str(&format!("  {line}\n")));
    if let Some(reason) = &document.known {
        add(&format!("known: {reason}"));
    }
    if let Some(stopped) = &document.stopped {
        add(&format!("the generator was stopped: {stopped}"));
    }
    if let Some(told) = document.verdict.errors.first() {
        add(&line(&format!("error[{}]: {}", told.code, told.message)));
        add(&line(&format!("at {}", told.place(&document.file))));
    }
    if let Some(first) = document.compiled.as_ref().and_then(|compiled| compiled.first.as_ref()) {
        add(first);
    }
    out
}

/// The refused operations, grouped by the reason.
fn refusals(documents: &[Judged], verbose: bool) -> String {
    let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for document in documents {
        for told in &document.verdict.refusals {
            // `GET /x` is not generated: the reason
            let (operation, reason) =
                told.message.split_once(" is not generated: ").unwrap_or(("an operation", &told.message));
            reasons.entry(reason).or_default().push(line(&format!("{}: {operation}", told.place(&document.file))));
        }
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
    let mut out = String::new();
    for (reason, places) in reasons {
        out.push_str(&format!("refused, {} times: {}\n", places.len(), line(reason)));
        let shown = if verbose { places.len() } else { PLACES };
        places.iter().take(shown).for_each(|place| out.push_str(&format!("  {place}\n")));
        if places.len() > shown {
            out.push_str(&format!("  and {} more (--verbose shows all)\n", places.len() - shown));
        }
    }
    out
}

#[derive(Serialize)]
struct Whole<'a> {
    documents: &'a [Judged],
    below: &'a [String],
    above: &'a [String],
    sums: Sums,
}

/// Everything, for programs.
pub(super) fn json(documents: &[Judged], compared: &Compared) -> Result<String, String> {
    let sums = Sums::of(documents.iter());
    let whole = Whole { documents, below: &compared.below, above: &compared.above, sums };
    serde_json::to_string_pretty(&whole).map_err(|error| format!("cannot write JSON: {error}"))
}

//! The names of a module's methods: what each is called as a whole, for its types, and how much of it
//! is left where the module says the rest.

use super::pinned::Claim;
use crate::names::{
    Candidate, Case, Ident, LockedOperation, Scope, Subject, Want, Why, Words, short_name, whole_of_rename,
};

/// Names of methods that Rust's own traits have: clippy warns of others so called, and `into` and
/// `try_into`, which take the value itself, are found before them.
const RESERVED_METHODS: [&str; 11] =
    ["as_ref", "borrow", "clone", "cmp", "deref", "eq", "fmt", "hash", "into", "new", "try_into"];

/// All that an operation's name is judged from.
pub(super) struct Judged<'a> {
    pub(super) subject: Subject<'a>,
    pub(super) claim: &'a Claim<'a>,
    pub(super) candidates: &'a [Candidate],
    /// The route, which is no other's.
    pub(super) place: String,
}

/// What an operation came to be called.
pub(super) struct Chosen {
    pub(super) method: Ident,
    /// What the names of its types begin with.
    pub(super) stem: Ident,
    pub(super) why: Why,
    /// Whether a rule told it from all others.
    pub(super) is_decided: bool,
}

/// The names of all operations of a module. What belongs to other routes is given to none, and neither
/// is what types are called already.
pub(super) fn chosen(
    judged: &[Judged<'_>],
    others: &[&LockedOperation],
    taken: &[String],
    words: &Words,
) -> Vec<Chosen> {
    // First as a whole, so that types that are imported alone say what they are about.
    let wants: Vec<Want> = judged.iter().map(|it| want_whole(it, words)).collect();
    let kept: Vec<&String> = judged.iter().filter_map(kept_stem).collect();
    let others_stems = || others.iter().map(|line| &line.stem).filter(|stem| !kept.contains(stem));
    let stems_of_others: Vec<String> = others_stems().map(|stem| words.snake(stem)).collect();
    let mut wholes = Scope::new(Case::Snake, words, &reserved(&stems_of_others));
    let wholes: Vec<(Ident, bool)> = wholes.claim_telling(&wants);
    let stems: Vec<Want> = judged
        .iter()
        .zip(&wholes)
        .map(|(it, (whole, _))| {
            let want = Want::of(whole.plain()).or_if_reserved(format!("{} operation", whole.plain()));
            want.keeping(kept_stem(it).map(String::as_str))
        })
        .collect();
    let stems_of_others: Vec<&str> = others_stems().chain(taken).map(String::as_str).collect();
    let stems = Scope::new(Case::Pascal, words, &stems_of_others).claim(&stems);
    // Then without what the module says.
    let chosen: Vec<Option<&Candidate>> =
        judged.iter().zip(&wholes).map(|(it, (whole, _))| candidate(it, whole, words)).collect();
    let wants: Vec<Want> = judged
        .iter()
        .zip(wholes.iter().zip(&chosen))
        .map(|(it, ((whole, _), chosen))| want_method(it, whole, *chosen, words))
        .collect();
    let methods_of_others: Vec<String> = others.iter().map(|line| line.method.clone()).collect();
    let methods = Scope::new(Case::Snake, words, &reserved(&methods_of_others)).claim(&wants);
    let named = judged.iter().zip(methods.into_iter().zip(stems)).zip(wholes.iter().zip(chosen));
    named
        .map(|((it, (method, stem)), ((_, is_decided), chosen))| {
            let why = why(it.claim, chosen, &method);
            let is_decided = *is_decided || matches!(why, Why::Config | Why::Lock);
            Chosen { method, stem, why, is_decided }
        })
        .collect()
}

/// What an operation would be called if it were alone.
pub(super) fn best(subject: &Subject<'_>, candidates: &[Candidate], words: &Words) -> String {
    let text = candidates.first().map_or("", |candidate| candidate.text.as_str());
    let want = Want { candidates: short_and_whole(text, text, subject, words), ..Want::of(text) };
    Scope::new(Case::Snake, words, &RESERVED_METHODS).claim_one(want).to_string()
}

fn reserved(others: &[String]) -> Vec<&str> {
    RESERVED_METHODS.into_iter().chain(others.iter().map(String::as_str)).collect()
}

fn short_and_whole(text: &str, whole: &str, subject: &Subject<'_>, words: &Words) -> Vec<String> {
    short_name(text, subject.module, words).into_iter().chain([whole.to_owned()]).collect()
}

/// What the types keep: they do so with the name of the method.
pub(super) fn kept_stem<'a>(judged: &Judged<'a>) -> Option<&'a String> {
    let pin = judged.claim.pin?;
    let is_kept = judged.claim.rename.is_none_or(|renamed| renamed.rename.rename == pin.method);
    is_kept.then_some(&pin.stem)
}

fn want_whole(judged: &Judged<'_>, words: &Words) -> Want {
    let place = judged.place.clone();
    let kept = kept_stem(judged).map(|stem| words.snake(stem));
    if let Some(renamed) = judged.claim.rename {
        let whole = whole_of_rename(&renamed.rename.rename, judged.subject.module, words);
        return Want { place, ..Want::of(&whole) }.keeping(Some(kept.as_deref().unwrap_or(&whole)));
    }
    let candidates: Vec<String> = judged.candidates.iter().map(|candidate| candidate.text.clone()).collect();
    let original = judged.subject.id.map(str::to_owned).or_else(|| candidates.first().cloned()).unwrap_or_default();
    Want { candidates, place, ..Want::of(&original) }.keeping(kept.as_deref())
}

/// The candidate that a whole name was made of.
fn candidate<'a>(judged: &Judged<'a>, whole: &Ident, words: &Words) -> Option<&'a Candidate> {
    judged.candidates.iter().find(|candidate| words.snake(&candidate.text) == whole.plain())
}

fn want_method(judged: &Judged<'_>, whole: &Ident, chosen: Option<&Candidate>, words: &Words) -> Want {
    let place = judged.place.clone();
    if let Some(renamed) = judged.claim.rename {
        let rename = &renamed.rename.rename;
        return Want { place, ..Want::of(rename) }.keeping(Some(rename));
    }
    let text = chosen.map_or(whole.plain(), |candidate| candidate.text.as_str());
    let candidates = short_and_whole(text, whole.plain(), &judged.subject, words);
    let want = Want { candidates, place, ..Want::of(judged.subject.id.unwrap_or(whole.plain())) };
    want.keeping(judged.claim.pin.map(|pin| pin.method.as_str()))
}

fn why(claim: &Claim<'_>, chosen: Option<&Candidate>, method: &Ident) -> Why {
    if claim.rename.is_some() || claim.moved {
        Why::Config
    } else if claim.pin.is_some_and(|pin| pin.method == method.as_str()) {
        Why::Lock
    } else {
        chosen.map_or(Why::Route, |candidate| candidate.why)
    }
}

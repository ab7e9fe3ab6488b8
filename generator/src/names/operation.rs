//! Names of operations: from the operationId where it can be trusted, from the route where not.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::lies::lies;
use super::route::{self, Manner, Path, from_route};
use super::short::{front, nouns, starts_with};
use super::verbs::{head, is_certain, is_of_many};
use super::words::{Words, singular};

/// Where the name of an operation is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// Its operationId.
    Id,
    /// Its route, because the id says too little or is another's name.
    Route,
    /// It was given before.
    Lock,
    /// The settings say so.
    Config,
}

/// What an operation's name is judged from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) id: Option<&'a str>,
    /// In lower case.
    pub(crate) method: &'a str,
    /// The path template.
    pub(crate) path: &'a str,
    /// The module that it stands in.
    pub(crate) module: &'a str,
}

/// What an operation may be called, as a whole.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) text: String,
    pub(crate) why: Why,
}

/// The stem of a numbered id: `x` of `x_1`, and of `x1` where `x` is an id too.
fn stem<'a>(id: &'a str, ids: &HashSet<&str>) -> Option<&'a str> {
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
    if stem.len() == id.len() || stem.is_empty() {
        return None;
    }
    match stem.strip_suffix('_') {
        Some(stem) if !stem.is_empty() => Some(stem),
        _ => ids.contains(stem).then_some(stem),
    }
}

/// Whether two spellings mean one operationId: `x_1` is also written `x1`.
pub(crate) fn same_id(a: &str, b: &str) -> bool {
    fn parts(id: &str) -> (&str, &str) {
        let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
        (stem.strip_suffix('_').unwrap_or(stem), &id[stem.len()..])
    }
    a == b || (!parts(a).1.is_empty() && parts(a) == parts(b))
}

/// The candidates for each operation's name, the best first.
///
/// An id that ends in a number says nothing about its route, and neither does the id it is numbered
/// after; one that names the resource of another route lies. They are named by their routes.
pub(crate) fn operation_candidates(subjects: &[Subject<'_>], words: &Words) -> Vec<Vec<Candidate>> {
    let paths = route::paths(subjects, words);
    let ids: HashSet<&str> = subjects.iter().filter_map(|subject| subject.id).collect();
    let numbered: HashSet<&str> = ids.iter().filter_map(|id| stem(id, &ids)).collect();
    let lies = lies(subjects, &paths, words);
    let yields = |index: &usize| {
        let id = subjects[*index].id;
        lies.contains(index) || id.is_some_and(|id| stem(id, &ids).is_some() || numbered.contains(id))
    };
    let things = things(subjects, words);
    let yielding: HashSet<usize> = (0..subjects.len()).filter(yields).collect();
    // The same under one more parameter, with an id that only adds to one that yields.
    let mut twins: HashMap<_, Vec<&str>> = HashMap::new();
    for index in &yielding {
        let key = (subjects[*index].method, route::shape(&paths[*index].segments));
        twins.entry(key).or_default().extend(subjects[*index].id);
    }
    let adds = |id: &str, subject: &Subject<'_>, path: &Path| {
        let others = twins.get(&(subject.method, route::shape(&path.segments)));
        others.is_some_and(|others| others.iter().any(|other| id.len() > other.len() && id.starts_with(other)))
    };
    let candidates = subjects.iter().zip(&paths).enumerate().map(|(index, (subject, path))| {
        let id = subject.id.filter(|id| !yielding.contains(&index) && !adds(id, subject, path));
        let id = id.filter(|id| !is_by_no_id(id, subject.path, words));
        let own = id.map(|id| of_id(id, subject, path, &things, words)).unwrap_or_default();
        own.into_iter().chain(of_route(subject, path, words)).collect()
    });
    candidates.collect()
}

/// Whether an id says `by id`, and its route has none to choose by.
fn is_by_no_id(id: &str, path: &str, words: &Words) -> bool {
    let is_id = |word: &String| word == "id" || word == "ids";
    let has_id = || path.split('/').any(|segment| words.split(segment).iter().any(is_id));
    words.split(id).windows(2).any(|pair| pair[0] == "by" && pair[1] == "id") && !has_id()
}

/// What an id that can be trusted is worth.
fn of_id(
    id: &str,
    subject: &Subject<'_>,
    path: &Path,
    things: &HashSet<(&str, String)>,
    words: &Words,
) -> Vec<Candidate> {
    let own = Candidate { text: id.to_owned(), why: Why::Id };
    let split = words.split(id);
    let made = |text: String, why: Why| vec![Candidate { text, why }, own.clone()];
    // `upload_file_tests_upload_post` at `POST /tests/upload` says its route again.
    let mut route = words.split(subject.path);
    route.push(subject.method.to_owned());
    if let Some(name) = split.strip_suffix(route.as_slice()).filter(|name| head(name) > 0 || route.len() > 2)
        && !name.is_empty()
    {
        return made(name.join(" "), Why::Id);
    }
    if let Some(text) = by_another(&split, path) {
        return made(text, Why::Route);
    }
    if let Some(text) = completed(&split, subject, path, words) {
        return made(text, Why::Id);
    }
    let cut = cut_as(&route, &split);
    let inside = &cut[front(id, &cut, &nouns(&words.split(subject.module)), words)..];
    let is_verbless = head(inside) == 0 && !inside.iter().any(|word| is_certain(word));
    match subject.method {
        "get"
            if is_verbless
                && cut.len() > 1
                && inside.len() == cut.len()
                && things.contains(&(subject.module, singular(&cut[0]))) =>
        {
            made(format!("{} {}", verb_of(&cut), cut.join(" ")), Why::Id)
        }
        "post" | "put" | "patch" | "delete" if is_verbless && route::has_action(subject, path) => {
            made(from_route(subject, path, Manner::default(), words), Why::Route)
        }
        _ if cut != split => made(cut.join(" "), Why::Id),
        _ => vec![own],
    }
}

/// Words that are things, with their modules: other ids have them behind their verbs.
fn things<'a>(subjects: &[Subject<'a>], words: &Words) -> HashSet<(&'a str, String)> {
    let ids = subjects.iter().filter_map(|subject| Some((subject.module, words.split(subject.id?))));
    ids.filter_map(|(module, id)| Some((module, singular(id.get(head(&id)).filter(|_| head(&id) > 0)?)))).collect()
}

/// What a `GET` does that says only what it gives.
fn verb_of(thing: &[String]) -> &'static str {
    let is_link =
        |word: &String| ["by", "for", "from", "in", "of", "on", "to", "with", "without"].contains(&word.as_str());
    let end = thing.iter().position(is_link).unwrap_or(thing.len());
    let noun = thing[..end].last();
    if noun.is_some_and(|noun| singular(noun) != *noun) { "list" } else { "get" }
}

/// The words of an id, with those cut that the route has apart: `replayWithinputs` at `/replay-with-inputs`,
/// `getdictionary` at `/dictionary`.
fn cut_as(route: &[String], split: &[String]) -> Vec<String> {
    let cut = |word: &String| -> Vec<String> {
        if route.contains(word) {
            return vec![word.clone()];
        }
        let after_verb = route.iter().filter(|part| part.len() > 2).find_map(|part| {
            let verb = word.strip_suffix(part.as_str()).filter(|verb| is_certain(verb))?;
            Some(vec![verb.to_owned(), part.clone()])
        });
        let pairs = route.windows(2).find(|pair| pair.concat() == *word).map(<[String]>::to_vec);
        pairs.or(after_verb).unwrap_or_else(|| vec![word.clone()])
    };
    split.iter().flat_map(cut).collect()
}

/// The name of an id that only tells what is done: its object is the route's.
fn completed(split: &[String], subject: &Subject<'_>, path: &Path, words: &Words) -> Option<String> {
    let length = head(split);
    let (verb, rest) = split.split_at(length);
    if length == 0 || rest.first().is_some_and(|word| word != "by") {
        return None;
    }
    let text = from_route(subject, path, Manner { verb: Some(verb), long: false }, words);
    let text = if rest.is_empty() { text } else { format!("{} {}", text.split(" by ").next()?, rest.join(" ")) };
    (text.split(' ').count() > split.len()).then_some(text)
}

/// `deleteByIds` at `/delete/by-triggers` is by triggers.
fn by_another(split: &[String], path: &Path) -> Option<String> {
    let by = path.segments.last()?.thing().filter(|words| words.len() > 1 && words[0] == "by")?;
    let at = split.iter().rposition(|word| word == "by").filter(|at| head(&split[..*at]) > 0)?;
    let said = &split[at..];
    (said.len() > 1 && !starts_with(by, said) && !starts_with(said, by)).then(|| [&split[..at], by].concat().join(" "))
}

/// The names that a route gives: the shortest that tells, then more and more of it.
fn of_route(subject: &Subject<'_>, path: &Path, words: &Words) -> Vec<Candidate> {
    // Where an id cannot be trusted, its verb may: of those that fit the method.
    let said: Vec<String> = subject.id.map(|id| words.split(id)).unwrap_or_default();
    let verb = said.first().filter(|verb| is_change(verb, subject.method)).map(std::slice::from_ref);
    let short = from_route(subject, path, Manner { verb, long: false }, words);
    let long = from_route(subject, path, Manner { verb, long: true }, words);
    let plain = format!("{} {}", subject.method, words.split(subject.path).join(" "));
    [short, long, plain].map(|text| Candidate { text, why: Why::Route }).to_vec()
}

/// Whether a verb is as good as the method's own, for what is changed as a whole or in part.
fn is_change(verb: &str, method: &str) -> bool {
    match method {
        "put" => ["put", "replace", "set", "update", "upsert"].contains(&verb),
        "patch" => ["modify", "patch", "update"].contains(&verb),
        _ => false,
    }
}

/// The whole name of what the settings call otherwise: with the module's noun, where the method only
/// tells what is done (`search` of `tenants`, `list_by_ids` of `roles`).
pub(crate) fn whole_of_rename(rename: &str, module: &str, words: &Words) -> String {
    let split = words.split(rename);
    let (verb, rest) = split.split_at(head(&split));
    if verb.is_empty() || rest.first().is_some_and(|word| word != "by") {
        return rename.to_owned();
    }
    let mut noun = words.split(module);
    let is_many = !rest.is_empty() || verb.iter().any(|verb| is_of_many(verb));
    if let Some(last) = noun.last_mut().filter(|_| !is_many) {
        *last = singular(last);
    }
    [verb, noun.as_slice(), rest].concat().join("_")
}

/// A module's name for operations without a tag: the first telling segment of the route.
pub(crate) fn module_of_route(path: &str) -> String {
    // What stands behind the path, if a document has that, is none of its segments.
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let telling = route::telling(path).into_iter().find(|segment| !segment.starts_with('{'));
    telling.map_or_else(|| "default".to_owned(), str::to_owned)
}

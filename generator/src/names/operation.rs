//! Names of operations: from the operationId where it can be trusted, from the route where not.

use std::collections::HashSet;

use serde::Serialize;

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

/// The candidates for each operation's name.
///
/// An id that ends in a number says nothing about its route, and neither does the id it is
/// numbered after: both are named by their routes.
pub(crate) fn operation_candidates(subjects: &[Subject<'_>], words: &Words) -> Vec<Vec<String>> {
    let ids: HashSet<&str> = subjects.iter().filter_map(|subject| subject.id).collect();
    let numbered: HashSet<&str> = ids.iter().filter_map(|id| stem(id, &ids)).collect();
    subjects
        .iter()
        .map(|subject| {
            let short = from_route(subject, words, false);
            let long = from_route(subject, words, true);
            let plain = format!("{} {}", subject.method, segments(subject.path).join(" "));
            match subject.id {
                Some(id) if stem(id, &ids).is_none() && !numbered.contains(id) => {
                    vec![id.to_owned(), short, long, plain]
                }
                _ => vec![short, long, plain],
            }
        })
        .collect()
}

/// A module's name for operations without a tag: the first telling segment of the route.
pub(crate) fn module_of_route(path: &str) -> String {
    // What stands behind the path, if a document has that, is none of its segments.
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let telling = segments(path).into_iter().find(|segment| !is_parameter(segment));
    telling.map_or_else(|| "default".to_owned(), str::to_owned)
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

/// The segments that name resources: without `api` and versions at the front.
pub(super) fn segments(path: &str) -> Vec<&str> {
    let is_version =
        |segment: &str| segment.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let all: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let skip = all.iter().take_while(|segment| **segment == "api" || is_version(segment)).count();
    if skip == all.len() { all } else { all[skip..].to_vec() }
}

/// `POST /users/{id}/api-tokens` → `create user api token`.
///
/// A segment before a parameter names one thing, so it is singular. The last one decides what is
/// done: a method on a collection, on an item, or an action by its own name. The long form also
/// names the parameters.
fn from_route(subject: &Subject<'_>, words: &Words, long: bool) -> String {
    let segments = segments(subject.path);
    let mut nouns: Vec<String> = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        if is_parameter(segment) {
            if long {
                nouns.push("by".to_owned());
                nouns.extend(words.split(segment));
            }
            continue;
        }
        let mut split = words.split(segment);
        if segments.get(index + 1).is_some_and(|next| is_parameter(next))
            && let Some(noun) = split.pop()
        {
            split.push(singular(&noun));
        }
        nouns.extend(split);
    }
    let on_item = segments.last().is_some_and(|last| is_parameter(last));
    let last = nouns.last().cloned().unwrap_or_default();
    let on_collection = !on_item && singular(&last) != last;
    let verb = match subject.method {
        "get" if on_collection => "list",
        "post" if on_collection || on_item => "create",
        "post" => return action(&nouns),
        "put" => "update",
        other => other,
    };
    if verb == "create" && on_collection {
        nouns.pop();
        nouns.push(singular(&last));
    }
    format!("{verb} {}", nouns.join(" "))
}

/// `POST /users/{id}/impersonate` → `impersonate user`.
fn action(nouns: &[String]) -> String {
    match nouns.split_last() {
        Some((verb, nouns)) => format!("{verb} {}", nouns.join(" ")),
        None => "post".to_owned(),
    }
}

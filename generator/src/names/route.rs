//! Names made from routes: a verb by method and shape, and the things on the way.

use std::collections::{HashMap, HashSet};

use super::operation::Subject;
use super::short::{is_version, nouns, starts_with};
use super::verbs::{action, head, is_of_many};
use super::words::{Words, singular};

/// A part of a path.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Segment {
    Param(Vec<String>),
    Thing(Vec<String>),
}

impl Segment {
    fn is_param(&self) -> bool {
        matches!(self, Self::Param(_))
    }

    pub(super) fn thing(&self) -> Option<&[String]> {
        match self {
            Self::Thing(words) => Some(words),
            Self::Param(_) => None,
        }
    }

    pub(super) fn words(&self) -> &[String] {
        match self {
            Self::Param(words) | Self::Thing(words) => words,
        }
    }

    fn is_called(&self, word: &str) -> bool {
        self.thing().is_some_and(|words| words == [word])
    }
}

/// A route, understood.
#[derive(Debug)]
pub(super) struct Path {
    /// `api` and versions at the front.
    front: Vec<String>,
    /// The parameters before the first thing.
    scopes: Vec<Vec<String>>,
    /// All behind the front and the scopes.
    pub(super) segments: Vec<Segment>,
    /// What distinguishes it from a route that is the same but for front and scopes.
    pub(super) suffix: Vec<String>,
    /// Whether there is a route to one of what it leads to.
    is_collection: bool,
}

/// All routes of a document, which tell about one another.
pub(super) fn paths(subjects: &[Subject<'_>], words: &Words) -> Vec<Path> {
    let mut paths: Vec<Path> = subjects.iter().map(|subject| read(subject.path, words)).collect();
    let mut alike: HashMap<(&str, &str, Shape<'_>), Vec<usize>> = HashMap::new();
    for (index, (subject, path)) in subjects.iter().zip(&paths).enumerate() {
        alike.entry((subject.module, subject.method, shape(&path.segments))).or_default().push(index);
    }
    let mut suffixes: Vec<(usize, Vec<String>)> = Vec::new();
    for group in alike.values().filter(|group| group.len() > 1) {
        let fronts = || group.iter().map(|index| &paths[*index].front);
        let shortest = fronts().min_by_key(|front| (front.len(), *front));
        let same_front = fronts().all(|front| Some(front) == shortest);
        for index in group {
            let path = &paths[*index];
            let mut suffix = if same_front { Vec::new() } else { path.front.clone() };
            if !path.scopes.is_empty() {
                suffix.push("for".to_owned());
                suffix.extend(path.scopes.join(&"and".to_owned()));
            }
            suffixes.push((*index, suffix));
        }
    }
    let items: HashSet<Shape<'_>> = paths.iter().filter_map(|path| collection_of(&path.segments)).map(shape).collect();
    let collections: Vec<bool> = paths.iter().map(|path| items.contains(&shape(&path.segments))).collect();
    for (index, suffix) in suffixes {
        paths[index].suffix = suffix;
    }
    for (path, is_collection) in paths.iter_mut().zip(collections) {
        path.is_collection = is_collection;
    }
    paths
}

/// A path without the names of its parameters.
type Shape<'a> = Vec<Option<&'a [String]>>;

pub(super) fn shape(segments: &[Segment]) -> Shape<'_> {
    segments.iter().map(Segment::thing).collect()
}

/// What a path to one thing chooses from.
fn collection_of(segments: &[Segment]) -> Option<&[Segment]> {
    let (last, rest) = segments.split_last()?;
    (last.is_param() && !rest.is_empty()).then_some(rest)
}

fn read(path: &str, words: &Words) -> Path {
    let all: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let telling = telling(path).len();
    let front = all[..all.len() - telling].iter().flat_map(|segment| words.split(segment)).collect();
    let mut segments: Vec<Segment> = all[all.len() - telling..].iter().flat_map(|text| parts(text, words)).collect();
    let scopes = segments.iter().take_while(|segment| segment.is_param()).count();
    let scopes = if scopes == segments.len() { 0 } else { scopes };
    let scopes = segments.drain(..scopes).filter_map(|scope| match scope {
        Segment::Param(words) => Some(words),
        Segment::Thing(_) => None,
    });
    let scopes = scopes.collect();
    Path { front, scopes, segments, suffix: Vec::new(), is_collection: false }
}

/// The segments that name resources: without `api` and versions at the front.
pub(super) fn telling(path: &str) -> Vec<&str> {
    let all: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let is_front = |segment: &&&str| **segment == "api" || is_version(segment) || segment.starts_with("v{");
    let skip = all.iter().take_while(is_front).count();
    if skip == all.len() { all } else { all[skip..].to_vec() }
}

/// A segment is a thing or a parameter; `{id}:cancel` and `vm.resize` are also what is done with it.
fn parts(text: &str, words: &Words) -> Vec<Segment> {
    let thing = |text: &str| Some(words.split(text)).filter(|words| !words.is_empty()).map(Segment::Thing);
    if let Some((before, rest)) = text.split_once('{') {
        let (name, after) = rest.rsplit_once('}').unwrap_or((rest, ""));
        let param = Segment::Param(words.split(name));
        return thing(before).into_iter().chain([param]).chain(thing(after)).collect();
    }
    match text.rsplit_once(['.', ':']) {
        Some((before, after)) if head(&words.split(after)) > 0 => {
            thing(before).into_iter().chain(thing(after)).collect()
        }
        _ => thing(text).into_iter().collect(),
    }
}

/// What a name from a route is to be like.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Manner<'a> {
    /// The verb, if it is known.
    pub(super) verb: Option<&'a [String]>,
    /// With all that stands in the route, and with its parameters.
    pub(super) long: bool,
}

/// A path without what its end says besides the things on the way.
struct Ended<'a> {
    segments: &'a [Segment],
    /// What is done, and what else the segment says that tells it.
    action: (&'a [String], &'a [String]),
    /// `by-ids` and the like.
    by: &'a [String],
}

fn ended<'a>(subject: &Subject<'_>, path: &'a Path) -> Ended<'a> {
    let mut ended = Ended { segments: &path.segments, action: (&[], &[]), by: &[] };
    if let [rest @ .., Segment::Thing(by)] = ended.segments
        && by.first().is_some_and(|word| word == "by")
        && !rest.is_empty()
    {
        (ended.segments, ended.by) = (rest, by);
    }
    if let [rest @ .., Segment::Thing(last)] = ended.segments
        && let length @ 1.. = action(last, subject.method, !rest.is_empty() && !path.is_collection)
    {
        (ended.segments, ended.action) = (rest, last.split_at(length));
        if let [rest @ .., last] = ended.segments
            && (last.is_called("actions") || last.is_called("action"))
            && !rest.is_empty()
        {
            ended.segments = rest;
        }
    }
    ended
}

/// Whether a route itself tells what is done.
pub(super) fn has_action(subject: &Subject<'_>, path: &Path) -> bool {
    !ended(subject, path).action.0.is_empty()
}

/// `POST /users/{id}/api-tokens` → `create user api token`; `POST /users/{id}/lock` → `lock user`.
pub(super) fn from_route(subject: &Subject<'_>, path: &Path, manner: Manner<'_>, words: &Words) -> String {
    let Ended { mut segments, action: (act, mut rest_of_act), by } = ended(subject, path);
    if let (Some(verb), [], [rest @ .., Segment::Thing(last)]) = (manner.verb, act, segments)
        && let Some(more) = last.strip_prefix(verb)
    {
        (segments, rest_of_act) = (rest, more);
    }
    let on_item = segments.last().is_some_and(Segment::is_param);
    let last = segments.iter().rev().find_map(Segment::thing).and_then(<[String]>::last);
    let is_plural = last.is_some_and(|word| singular(word) != *word);
    let on_collection = !on_item && (is_plural || (path.is_collection && act.is_empty()));
    let verb: Vec<String> = match (manner.verb, act) {
        (Some(verb), _) => verb.to_vec(),
        (None, [_, ..]) => act.to_vec(),
        (None, []) => vec![verb(subject.method, on_collection, segments.is_empty()).to_owned()],
    };
    let is_one = verb.first().is_some_and(|verb| verb == "create") && act.is_empty();
    let module = nouns(&words.split(subject.module));
    let things = things(segments, &module, is_one, verb.first().is_some_and(|verb| is_of_many(verb)), manner.long);
    [verb.as_slice(), &things, rest_of_act, by, &path.suffix].concat().join(" ")
}

/// What a method does: `PUT` replaces the whole, `PATCH` updates a part.
fn verb(method: &str, on_collection: bool, is_root: bool) -> &str {
    match method {
        "get" if on_collection => "list",
        "post" if !is_root => "create",
        "put" => "replace",
        "patch" => "update",
        other => other,
    }
}

/// The things on the way. One from which a parameter chooses is in the singular: `user api tokens`.
fn things(segments: &[Segment], module: &[Vec<String>], is_one: bool, of_many: bool, long: bool) -> Vec<String> {
    // What stands before the module's own thing says nothing, if nothing is chosen from it.
    let is_own = |segment: &Segment| {
        let is_noun = |noun: &Vec<String>, words: &[String]| words.len() == noun.len() && starts_with(words, noun);
        segment.thing().is_some_and(|words| module.iter().any(|noun| is_noun(noun, words)))
    };
    let own = segments.iter().position(is_own).filter(|own| !segments[..*own].iter().any(Segment::is_param));
    let (mut things, mut params): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for (index, segment) in segments.iter().enumerate() {
        let words = match segment {
            Segment::Param(name) => {
                params.push(if params.is_empty() { "by" } else { "and" }.to_owned());
                params.extend(name.iter().cloned());
                continue;
            }
            Segment::Thing(words) => words,
        };
        let later = || segments[index + 1..].iter().filter_map(Segment::thing);
        let is_said = later().any(|words_later| words_later.windows(words.len()).any(|part| starts_with(part, words)));
        if !long && (is_said || own.is_some_and(|own| index < own)) {
            continue;
        }
        let is_last = later().next().is_none();
        let is_item = index + 1 < segments.len();
        if let Some((noun, qualifiers)) = words.split_last() {
            things.extend(qualifiers.iter().cloned());
            let stays = is_last && (of_many || (!is_item && !is_one));
            things.push(if stays { noun.clone() } else { singular(noun) });
        }
    }
    if long { [things, params].concat() } else { things }
}

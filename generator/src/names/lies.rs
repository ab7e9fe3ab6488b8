//! Ids that name the resource of another route.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::operation::Subject;
use super::route::{Path, Segment};
use super::short::{front, nouns, starts_with};
use super::words::{Words, singular};

/// The operations whose ids lie: such an id does not say which resource its route is about, and says
/// that of another route, which differs in this alone: `createTokensForUser` at
/// `/service-accounts/{id}/tokens`, beside `/users/{id}/tokens`.
pub(super) fn lies(subjects: &[Subject<'_>], paths: &[Path], words: &Words) -> HashSet<usize> {
    let mut alike: HashMap<Frame<'_>, Things<'_>> = HashMap::new();
    for (subject, path) in subjects.iter().zip(paths) {
        for (frame, thing) in frames(subject, path) {
            alike.entry(frame).or_default().add(thing);
        }
    }
    let is_lie = |index: &usize| {
        let (subject, path) = (&subjects[*index], &paths[*index]);
        let Some(id) = subject.id else { return false };
        let mut others = frames(subject, path).filter(|(frame, _)| alike[frame].are_several()).peekable();
        if others.peek().is_none() {
            return false;
        }
        let id = subject_of(id, subject.module, words);
        others.any(|(frame, own)| {
            alike[&frame].said_by(&id).into_iter().any(|theirs| {
                let in_own_route = || path.segments.iter().any(|segment| says(segment.words(), theirs));
                is_other(own, theirs) && says(&id, theirs) && !says(&id, own) && !in_own_route()
            })
        })
    };
    (0..subjects.len()).filter(is_lie).collect()
}

/// How long a route may be to be looked at; none is longer that somebody reads.
const MOST_SEGMENTS: usize = 64;

/// What two routes have in common that differ in one resource: all but that.
#[derive(PartialEq, Eq, Hash)]
struct Frame<'a> {
    method: &'a str,
    at: usize,
    /// The other segments; none for a parameter, whatever it is called.
    rest: Vec<Option<&'a [String]>>,
}

/// The frames of a route, each with the resource in it: what a parameter follows.
fn frames<'a>(subject: &Subject<'a>, path: &'a Path) -> impl Iterator<Item = (Frame<'a>, &'a [String])> {
    let (method, segments) = (subject.method, &path.segments);
    let segments = if segments.len() > MOST_SEGMENTS { &[] } else { &segments[..] };
    segments.windows(2).enumerate().filter_map(move |(at, pair)| {
        let thing = pair[0].thing().filter(|_| pair[1].thing().is_none())?;
        let others = segments.iter().enumerate().filter(|(index, _)| *index != at);
        Some((Frame { method, at, rest: others.map(|(_, segment)| Segment::thing(segment)).collect() }, thing))
    })
}

/// The resources in one frame, by how an id may say them.
#[derive(Default)]
struct Things<'a> {
    all: HashSet<&'a [String]>,
    by_words: HashMap<Vec<String>, Vec<&'a [String]>>,
    by_letters: HashMap<String, Vec<&'a [String]>>,
    /// How many words and how many letters there may be.
    words: BTreeSet<usize>,
    letters: BTreeSet<usize>,
}

impl<'a> Things<'a> {
    fn add(&mut self, thing: &'a [String]) {
        if self.all.insert(thing) {
            let letters = singular(&thing.concat());
            self.words.insert(thing.len());
            self.letters.insert(letters.len());
            self.by_words.entry(singulars(thing)).or_default().push(thing);
            self.by_letters.entry(letters).or_default().push(thing);
        }
    }

    fn are_several(&self) -> bool {
        self.all.len() > 1
    }

    /// Those that [`says`] finds, without a look at each of very many.
    fn said_by(&self, words: &[String]) -> Vec<&'a [String]> {
        let (singulars, letters) = (singulars(words), words.concat());
        let sizes = self.words.iter().filter(|size| (1..=words.len()).contains(size));
        let parts = sizes.flat_map(|size| singulars.windows(*size)).filter_map(|part| self.by_words.get(part));
        let letters = letters.as_str();
        let pieces = self.letters.iter().flat_map(move |size| {
            let starts = 0..(letters.len() + 1).saturating_sub(*size);
            starts.filter_map(move |start| letters.get(start..start + size))
        });
        let pieces = pieces.filter_map(|piece| self.by_letters.get(piece));
        parts.chain(pieces).flatten().copied().collect()
    }
}

fn singulars(words: &[String]) -> Vec<String> {
    words.iter().map(|word| singular(word)).collect()
}

/// The words of an id that may tell what it is about: without the module at the front, and without
/// that by which something is chosen.
fn subject_of(id: &str, module: &str, words: &Words) -> Vec<String> {
    let mut split = words.split(id);
    split.drain(..front(id, &split, &nouns(&words.split(module)), words));
    let by = split.iter().position(|word| word == "by").unwrap_or(split.len());
    split.truncate(by);
    split
}

/// Whether words name a thing; `auditlogs` are `audit logs` too.
fn says(words: &[String], thing: &[String]) -> bool {
    let is_part = words.windows(thing.len()).any(|part| starts_with(part, thing));
    is_part || (words.len() > 1 && words.concat().contains(&singular(&thing.concat())))
}

/// Whether two things are not the same by other words: `members` and `memberships`.
fn is_other(a: &[String], b: &[String]) -> bool {
    let noun = |thing: &[String]| thing.last().map(|word| singular(word)).unwrap_or_default();
    let (a, b) = (noun(a), noun(b));
    !a.starts_with(&b) && !b.starts_with(&a)
}

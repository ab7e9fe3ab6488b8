//! What all values came to.

use std::collections::BTreeMap;

use serde::Serialize;
use specsmith::diagnostics::Pointer;

use super::batch::Came;
use super::{Document, meaning};

/// A value that did not come out as it went in.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Miss {
    pub(super) document: String,
    pub(super) at: String,
    pub(super) ty: String,
    pub(super) given: String,
    /// What came out, or why nothing did.
    pub(super) came: String,
    /// What it lost, where it was changed: in a few words, which many have in common.
    pub(super) cause: String,
    /// Where in the value.
    pub(super) within: String,
}

/// How many values there were.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub(super) struct Sums {
    pub(super) all: usize,
    pub(super) valid: usize,
    pub(super) preserved: usize,
}

impl Sums {
    pub(super) fn is_whole(self) -> bool {
        self.preserved == self.valid
    }
}

/// What all came to.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Proved {
    pub(super) examples: Sums,
    pub(super) made: Sums,
    pub(super) misses: Vec<Miss>,
    /// Of values that are not valid, too.
    pub(super) panics: Vec<Miss>,
    pub(super) left_out: BTreeMap<String, usize>,
    /// What was mended in schemas for the validator.
    pub(super) mended: BTreeMap<String, usize>,
    pub(super) untyped: Vec<String>,
    pub(super) not_compiled: Vec<String>,
    pub(super) not_generated: Vec<String>,
    /// What took too much, with the reason.
    pub(super) stopped: Vec<String>,
}

impl Proved {
    pub(super) fn of(documents: &[Document], came: Vec<Option<Vec<Came>>>) -> Self {
        let mut proved = Self::default();
        for (document, came) in documents.iter().zip(came) {
            let prepared = &document.prepared;
            for (reason, count) in &prepared.left_out {
                *proved.left_out.entry(reason.clone()).or_default() += count;
            }
            for (fault, count) in &prepared.mended {
                *proved.mended.entry(fault.clone()).or_default() += count;
            }
            proved.untyped.extend(prepared.untyped.iter().map(|at| format!("{} {at}", document.file)));
            if let Some(why) = &document.stopped {
                proved.stopped.push(format!("{}: {why}", document.file));
            } else if !prepared.generated {
                proved.not_generated.push(document.file.clone());
            }
            if came.is_none() && !prepared.tasks.is_empty() {
                proved.not_compiled.push(document.file.clone());
            }
            let came = came.unwrap_or_default();
            for (index, task) in prepared.tasks.iter().enumerate() {
                let sums = if task.is_made { &mut proved.made } else { &mut proved.examples };
                sums.all += 1;
                sums.valid += usize::from(task.is_valid);
                let miss = |came: &str, cause: String, within: &Pointer| Miss {
                    document: document.file.clone(),
                    at: task.at.clone(),
                    ty: task.name.clone(),
                    given: task.text.clone(),
                    came: came.to_owned(),
                    cause,
                    within: within.to_string(),
                };
                let whole = Pointer::default();
                match came.get(index) {
                    Some(Came::Panicked(why)) => proved.panics.push(miss(why, "a panic".to_owned(), &whole)),
                    Some(Came::Failed(why)) if task.is_valid => {
                        proved.misses.push(miss(why, cause_of_failure(why), &whole));
                    }
                    Some(Came::Written(text)) if task.is_valid => match meaning::difference(&task.text, text) {
                        None => sums.preserved += 1,
                        Some(found) => proved.misses.push(miss(text, found.what.to_owned(), &found.at)),
                    },
                    _ => {}
                }
            }
        }
        proved
    }
}

/// The part of an error that is the same for all of its kind: what came, where, and the name of what it
/// should be are left out.
fn cause_of_failure(why: &str) -> String {
    let why = why.split(" at line ").next().unwrap_or(why);
    let why = why.split_once("expected struct ").map_or(why, |(before, _)| before);
    let mut quoted = false;
    let mut out = String::new();
    for letter in why.chars() {
        if letter == '"' || letter == '`' {
            quoted = !quoted;
            out.push(letter);
        } else if !quoted && !letter.is_ascii_digit() {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::document::{Prepared, Task};
    use super::*;

    fn document(tasks: &[(&str, bool, bool)]) -> Document {
        let task = |&(text, is_valid, is_made): &(&str, bool, bool)| Task {
            at: "/a".to_owned(),
            ty: 0,
            name: "A".to_owned(),
            text: text.to_owned(),
            is_valid,
            is_made,
        };
        let prepared = Prepared { generated: true, tasks: tasks.iter().map(task).collect(), ..Prepared::default() };
        Document { file: "a.yaml".to_owned(), prepared, stopped: None, folder: "a".into(), seconds: 0.0 }
    }

    fn written(text: &str) -> Came {
        Came::Written(text.to_owned())
    }

    #[test]
    fn every_loss_is_seen() {
        let given = r#"{"a":1.50,"b":null,"c":"d"}"#;
        let tasks = [(given, true, false); 6];
        let came = vec![
            written(r#"{"c":"d","b":null,"a":1.5}"#),
            written(r#"{"a":1.50,"b":null}"#),
            written(r#"{"a":1.51,"b":null,"c":"d"}"#),
            written(r#"{"a":1.50,"c":"d"}"#),
            written(r#"{"a":1.50,"b":null,"c":"D"}"#),
            written(r#"{"a":1.50,"b":null,"c":"d","e":0}"#),
        ];
        let proved = Proved::of(&[document(&tasks)], vec![Some(came)]);
        assert_eq!((proved.examples.all, proved.examples.valid, proved.examples.preserved), (6, 6, 1));
        let causes: Vec<_> = proved.misses.iter().map(|miss| (miss.cause.as_str(), miss.within.as_str())).collect();
        assert_eq!(
            causes,
            [
                ("a member is lost", "/c"),
                ("a number is another", "/a"),
                ("a member that is null is lost", "/b"),
                ("a text is another", "/c"),
                ("a member came", "/e"),
            ]
        );
    }

    #[test]
    fn what_is_not_valid_may_fail_and_must_not_panic() {
        let tasks = [("1", false, false), ("2", false, false), ("3", true, true), ("4", true, true)];
        let failed = |why: &str| Came::Failed(why.to_owned());
        let came = vec![failed("no"), Came::Panicked("oh".to_owned()), written("3"), failed("`4` at line 1 column 2")];
        let proved = Proved::of(&[document(&tasks)], vec![Some(came)]);
        assert_eq!((proved.examples.all, proved.examples.valid, proved.panics.len()), (2, 0, 1));
        assert_eq!((proved.made.valid, proved.made.preserved), (2, 1));
        assert_eq!(proved.misses[0].cause, "``", "what the value was says nothing of the cause");
    }

    #[test]
    fn what_does_not_compile_or_was_stopped_is_told() {
        let mut stopped = document(&[]);
        (stopped.stopped, stopped.prepared) = (Some("it took long".to_owned()), Prepared::default());
        let proved = Proved::of(&[document(&[("1", true, false)]), stopped], vec![None, None]);
        assert_eq!((proved.examples.valid, proved.examples.preserved), (1, 0));
        assert_eq!(
            (proved.not_compiled, proved.stopped),
            (vec!["a.yaml".to_owned()], vec!["a.yaml: it took long".to_owned()])
        );
        assert_eq!(proved.not_generated, [""; 0]);
    }
}

//! What is known of some folders and documents: `xtask/corpus-floors.toml`. Nothing of the documents
//! themselves stands there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Judged, Sums};

const TEXT: &str = include_str!("../../corpus-floors.toml");

/// What is known.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Floors {
    /// The ends of the paths of a few documents that stand for all.
    dozen: Vec<PathBuf>,
    /// The ends of the paths of folders.
    floors: BTreeMap<PathBuf, Floor>,
    /// The same of examples, for folders as a whole.
    #[serde(default)]
    examples: BTreeMap<PathBuf, super::examples::Floor>,
    #[serde(default)]
    known: Vec<Known>,
}

/// What was reached once, and must be from then on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    generated: usize,
    compiled: usize,
    /// At most.
    refused: usize,
}

/// A document of which no SDK is wanted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    sha256: String,
    reason: String,
}

/// How a run compares with the floors.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Compared {
    pub(super) below: Vec<String>,
    /// Floors that could be raised.
    pub(super) above: Vec<String>,
    /// Documents that failed where no floor says how many may.
    pub(super) failed: usize,
}

impl Floors {
    pub(super) fn read() -> Result<Self, String> {
        Self::parse(TEXT)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let floors: Self = toml::from_str(text).map_err(|error| format!("corpus-floors.toml: {error}"))?;
        match floors.known.iter().find(|known| known.reason.trim().is_empty()) {
            Some(known) => Err(format!("corpus-floors.toml: {} gives no reason", known.sha256)),
            None => Ok(floors),
        }
    }

    /// Whether a document is one of the dozen.
    pub(super) fn dozen_has(&self, document: &Path) -> bool {
        self.dozen.iter().any(|name| document.ends_with(name))
    }

    /// Those of the dozen that are not among these.
    pub(super) fn dozen_misses<'a>(&self, documents: impl Iterator<Item = &'a Path> + Clone) -> Vec<&Path> {
        let misses = |name: &&PathBuf| !documents.clone().any(|document| document.ends_with(name));
        self.dozen.iter().filter(misses).map(PathBuf::as_path).collect()
    }

    /// Why no SDK of this document is wanted.
    pub(super) fn reason(&self, sha256: &str) -> Option<&str> {
        self.known.iter().find(|known| known.sha256 == sha256).map(|known| known.reason.as_str())
    }

    /// What examples of the documents below a folder came to, with the folder's name.
    pub(super) fn examples(&self, root: &Path) -> Option<(String, super::examples::Floor)> {
        let found = self.examples.iter().find(|(name, _)| root.ends_with(name));
        found.map(|(name, floor)| (name.display().to_string(), *floor))
    }

    /// Compares a run over a whole folder; over a part of it, no floor says anything.
    pub(super) fn compare(&self, root: &Path, documents: &[Judged], is_whole: bool) -> Compared {
        let mut compared = Compared::default();
        let floors = self.floors.iter().filter(|_| is_whole);
        // A folder's floor counts where all of the folder was run.
        let folder_of = |document: &Judged, name: &Path| {
            let folders = document.path.ancestors().skip(1).take_while(|folder| folder.starts_with(root));
            folders.into_iter().any(|folder| folder.ends_with(name))
        };
        let mut held = vec![false; documents.len()];
        for (name, floor) in floors {
            let within: Vec<bool> = documents.iter().map(|document| folder_of(document, name)).collect();
            let sums = Sums::of(documents.iter().zip(&within).filter(|(_, within)| **within).map(|(one, _)| one));
            held.iter_mut().zip(&within).for_each(|(held, within)| *held |= within);
            if sums.documents > 0 {
                floor.compare(&name.display().to_string(), sums, &mut compared);
            }
        }
        let failed = documents.iter().zip(held).filter(|(document, held)| !held && document.fails());
        compared.failed = failed.count();
        compared
    }
}

impl Floor {
    fn compare(&self, name: &str, sums: Sums, compared: &mut Compared) {
        let mut at_least = |what: &str, floor: usize, reached: usize| {
            if reached < floor {
                compared.below.push(format!("{name}: {reached} {what}; there were {floor}"));
            } else if reached > floor {
                compared.above.push(format!("{name}: {what} = {reached}, which is {floor}"));
            }
        };
        at_least("generated", self.generated, sums.generated);
        if let Some(compiled) = sums.compiled {
            at_least("compiled", self.compiled, compiled);
        }
        if sums.refused > self.refused {
            compared.below.push(format!("{name}: {} operations refused; there were {}", sums.refused, self.refused));
        } else if sums.refused < self.refused {
            compared.above.push(format!("{name}: refused = {}, which is {}", sums.refused, self.refused));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::compile::Compiled;
    use super::*;

    const FLOORS: &str = "dozen = ['b/one.yaml']\n[floors.'a/b']\ngenerated = 2\ncompiled = 1\nrefused = 3\n\
                          [[known]]\nsha256 = 'abc'\nreason = 'so'\n";

    fn judged(path: &str, generated: bool, clean: Option<bool>, refused: usize) -> Judged {
        let mut judged = Judged { path: path.into(), ..Judged::default() };
        judged.verdict.generated = generated;
        judged.verdict.refused = refused;
        judged.verdict.operations = 10;
        judged.compiled = clean.map(|clean| Compiled { warnings: usize::from(!clean), ..Compiled::default() });
        judged
    }

    #[test]
    fn a_floor_holds_for_a_folder_that_was_run_whole() {
        let floors = Floors::parse(FLOORS).unwrap();
        let run = [judged("/r/a/b/x", true, Some(true), 1), judged("/r/a/b/c/y", true, Some(false), 2)];
        let same = floors.compare(Path::new("/r"), &run, true);
        assert_eq!(same, Compared::default());
        // A part of the folder, or what lies below a part of it, is held to nothing but its own.
        assert_eq!(floors.compare(Path::new("/r"), &run[1..], false).failed, 1);
        assert_eq!(floors.compare(Path::new("/r/a/b/c"), &run[1..], true).failed, 1);
        assert_eq!(floors.compare(Path::new("/r/a/b"), &run[..1], true).below, ["a/b: 1 generated; there were 2"]);
    }

    #[test]
    fn what_is_above_or_below_is_told() {
        let floors = Floors::parse(FLOORS).unwrap();
        let better = [judged("/a/b/x", true, Some(true), 0), judged("/a/b/y", true, Some(true), 1)];
        let compared = floors.compare(Path::new("/a"), &better, true);
        assert_eq!(compared.above, ["a/b: compiled = 2, which is 1", "a/b: refused = 1, which is 3"]);
        let worse = [judged("/a/b/x", true, Some(false), 0), judged("/a/b/y", true, Some(false), 9)];
        let compared = floors.compare(Path::new("/a"), &worse, true);
        assert_eq!(compared.below, ["a/b: 0 compiled; there were 1", "a/b: 9 operations refused; there were 3"]);
        // Without compiling, nothing is said of it.
        let some = [judged("/a/b/x", true, None, 0), judged("/a/b/y", true, None, 3)];
        assert_eq!(floors.compare(Path::new("/a"), &some, true), Compared::default());
    }

    #[test]
    fn the_file_itself_can_be_read_and_gives_reasons() {
        Floors::read().unwrap();
        assert!(Floors::parse(&FLOORS.replace("so", " ")).is_err());
        let floors = Floors::parse(FLOORS).unwrap();
        assert_eq!(floors.reason("abc"), Some("so"));
        assert_eq!(floors.dozen_misses([Path::new("/a/b/two.yaml")].into_iter()), [Path::new("b/one.yaml")]);
        assert!(floors.dozen_has(Path::new("/a/b/one.yaml")));
    }
}

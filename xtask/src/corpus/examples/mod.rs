//! `cargo xtask corpus --examples`: whether every valid example of every document goes through its type
//! and comes out meaning the same.

mod batch;
mod collect;
mod dialect;
mod document;
mod judge;
mod make;
mod meaning;
mod member;
mod mend;
mod runtime;
mod texts;
mod told;
mod typed;

use std::collections::BTreeMap;
use std::env;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use serde::Serialize;
use specsmith::diagnostics::Pointer;

use super::find::Candidate;
use super::limits::{self, Limits};
use super::{Corpus, remove, work};
use batch::{Came, Site};
use document::Prepared;

pub(crate) use document::run as run_document;

/// A document with what is to be proved of it.
struct Document {
    /// Its path below the folder.
    file: String,
    prepared: Prepared,
    /// Where its module is.
    folder: PathBuf,
    seconds: f64,
}

/// A value that did not come out as it went in.
#[derive(Debug, Clone, Serialize)]
struct Miss {
    document: String,
    at: String,
    ty: String,
    given: String,
    /// What came out, or why nothing did.
    came: String,
    /// What it lost, where it was changed: in a few words, which many have in common.
    cause: String,
    /// Where in the value.
    within: String,
}

/// How many values there were.
#[derive(Debug, Default, Clone, Copy, Serialize)]
struct Sums {
    all: usize,
    valid: usize,
    preserved: usize,
}

impl Sums {
    fn is_whole(self) -> bool {
        self.preserved == self.valid
    }
}

/// What all came to.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Proved {
    examples: Sums,
    made: Sums,
    misses: Vec<Miss>,
    /// Of values that are not valid, too.
    panics: Vec<Miss>,
    left_out: BTreeMap<String, usize>,
    /// What was mended in schemas for the validator.
    mended: BTreeMap<String, usize>,
    untyped: Vec<String>,
    not_compiled: Vec<String>,
    not_generated: Vec<String>,
}

/// Runs the task on what was found.
pub(super) fn run(root: &Path, candidates: Vec<Candidate>, options: &Corpus) -> Result<ExitCode, String> {
    let site = Site::of(root);
    // Held until all is told.
    let _lock = site.lock()?;
    let prepare = |candidate: &Candidate, _: usize| one(root, &site, candidate, options);
    let say = |document: &Document| {
        let count = document.prepared.tasks.iter().filter(|task| !task.is_made).count();
        (document.file.clone(), format!("{count} examples ({:.1} s)", document.seconds), true)
    };
    let mut documents = work::each(candidates, options.jobs, "read", prepare, say)?;
    documents.sort_by(|a, b| a.file.cmp(&b.file));
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let came = batch::run(&site, &documents, options.jobs.map_or(cores, NonZeroUsize::get))?;
    let proved = Proved::of(&documents, came);
    if !options.keep {
        for document in &documents {
            remove(&document.folder)?;
        }
    }
    if options.json {
        println!("{}", told::json(&proved)?);
    } else {
        print!("{}", told::text(&proved, options.verbose));
    }
    let is_fine = proved.examples.is_whole() && proved.made.is_whole() && proved.panics.is_empty() && proved.not_compiled.is_empty();
    Ok(if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prepares a candidate in a process of its own; none if it is no document.
fn one(root: &Path, site: &Site, candidate: &Candidate, options: &Corpus) -> Result<Option<Document>, String> {
    let begun = Instant::now();
    let folder = site.folder.join("documents").join(candidate.slug());
    let this = env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    let limits = Limits { seconds: options.seconds, mebibytes: options.mebibytes };
    let mut command = limits::limited(this.as_os_str(), limits);
    command.arg("corpus-examples").arg(&candidate.path).arg("--root").arg(root).arg("--out").arg(&folder);
    command.arg("--made").arg(options.made.to_string());
    let ended = limits::run(&mut command, limits)?;
    if ended.cut_off.is_some() || !ended.success {
        let why = ended.cut_off.unwrap_or(ended.stderr);
        return Err(format!("{}: {}", candidate.name, why.trim()));
    }
    let prepared: Option<Prepared> = serde_json::from_str(&ended.stdout)
        .map_err(|error| format!("{}: what was prepared cannot be read: {error}", candidate.name))?;
    let seconds = begun.elapsed().as_secs_f64();
    Ok(prepared.map(|prepared| Document { file: candidate.name.clone(), prepared, folder, seconds }))
}

impl Proved {
    fn of(documents: &[Document], came: Vec<Option<Vec<Came>>>) -> Self {
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
            if !prepared.generated {
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

/// The part of an error that is the same for all of its kind: what came, and where, is left out.
fn cause_of_failure(why: &str) -> String {
    let why = why.split(" at line ").next().unwrap_or(why);
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

//! `cargo xtask corpus --examples`: whether every valid example of every document goes through its type
//! and comes out meaning the same.

mod batch;
mod collect;
mod dialect;
mod document;
mod floor;
mod judge;
mod make;
mod meaning;
mod member;
mod mend;
mod proved;
mod runtime;
mod texts;
mod told;
mod typed;
mod whole;

use std::env;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use super::find::Candidate;
use super::floors::{Compared, Floors};
use super::limits::{self, Limits};
use super::options::MADE;
use super::{Corpus, work};
use batch::Site;
use document::Prepared;
use proved::{Miss, Proved, Sums};

pub(crate) use document::run as run_document;
pub(super) use floor::Floor;

/// A document with what is to be proved of it.
struct Document {
    /// Its path below the folder.
    file: String,
    prepared: Prepared,
    /// What stopped that, if it did not end by itself.
    stopped: Option<String>,
    /// Where its module is.
    folder: PathBuf,
    seconds: f64,
}

/// Runs the task on what was found.
pub(super) fn run(
    root: &Path,
    candidates: Vec<Candidate>,
    options: &Corpus,
    floors: &Floors,
) -> Result<ExitCode, String> {
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
        site.clear()?;
    }
    let mut compared = Compared::default();
    // Over a part of a folder, no floor says anything, but for the dozen, which has its own.
    let held_to = if options.dozen { Path::new("dozen") } else { root };
    let floor = floors.examples(held_to).filter(|_| options.only.is_empty());
    if let Some((folder, floor)) = &floor {
        floor.compare(folder, &proved, options.made == MADE, &mut compared);
    }
    if options.json {
        println!("{}", told::json(&proved)?);
    } else {
        print!("{}", told::text(&proved, &compared, options.verbose));
    }
    let is_whole = proved.examples.is_whole() && proved.made.is_whole();
    let is_fine = if floor.is_some() { compared.below.is_empty() } else { is_whole };
    let is_fine = is_fine && proved.panics.is_empty() && proved.not_compiled.is_empty() && proved.stopped.is_empty();
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
    let stopped = ended.cut_off.or_else(|| (!ended.success).then(|| ended.stderr.trim().to_owned()));
    let prepared: Option<Prepared> = match stopped {
        Some(_) => Some(Prepared::default()),
        None => serde_json::from_str(&ended.stdout)
            .map_err(|error| format!("{}: what was prepared cannot be read: {error}", candidate.name))?,
    };
    let seconds = begun.elapsed().as_secs_f64();
    Ok(prepared.map(|prepared| Document { file: candidate.name.clone(), prepared, stopped, folder, seconds }))
}

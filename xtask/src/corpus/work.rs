//! The work on many documents at once, each in a process of its own.

use std::collections::VecDeque;
use std::env;
use std::fs;
use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest, Sha256};

use super::document::Verdict;
use super::find::Candidate;
use super::limits::{self, Limits};
use super::{Corpus, Judged, compile, crate_folder, remove};

/// What there is to do. Large documents are the first worker's alone: two of them at once take too much memory.
struct Queue {
    large: VecDeque<Candidate>,
    others: VecDeque<Candidate>,
}

impl Queue {
    fn next(&mut self, worker: usize) -> Option<Candidate> {
        let large = if worker == 0 { self.large.pop_front() } else { None };
        large.or_else(|| self.others.pop_front())
    }
}

/// What came of all candidates that are documents.
pub(super) fn all(root: &Path, candidates: Vec<Candidate>, options: &Corpus) -> Result<Vec<Judged>, String> {
    let what = if options.compile { "generated and compiled" } else { "generated" };
    let judge = |candidate: &Candidate, worker: usize| one(root, candidate, worker, options);
    each(candidates, options.jobs, what, judge, |judged| {
        let word = format!("{} ({:.1} s)", super::told::in_a_word(judged), judged.seconds);
        (judged.file.clone(), word, judged.is_clean())
    })
}

/// Does something with each candidate, several at once; what gives nothing is left out. `say` tells a result's
/// file, what came of it, and whether that is as it should be.
pub(super) fn each<T: Send>(
    candidates: Vec<Candidate>,
    jobs: Option<NonZeroUsize>,
    what: &str,
    one: impl Fn(&Candidate, usize) -> Result<Option<T>, String> + Sync,
    say: impl Fn(&T) -> (String, String, bool) + Sync,
) -> Result<Vec<T>, String> {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let workers = jobs.map_or(cores, NonZeroUsize::get).min(candidates.len());
    let progress = Progress::new(candidates.len(), what);
    let (large, others) = candidates.into_iter().partition(Candidate::is_large);
    let queue = Mutex::new(Queue { large, others });
    let results = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for worker in 0..workers {
            let (queue, results, progress, one, say) = (&queue, &results, &progress, &one, &say);
            scope.spawn(move || {
                while let Some(candidate) = { lock(queue).next(worker) } {
                    let result = one(&candidate, worker);
                    // What keeps one document from being judged keeps all.
                    if result.is_err() {
                        *lock(queue) = Queue { large: VecDeque::new(), others: VecDeque::new() };
                    }
                    progress.tell(result.as_ref().ok().and_then(Option::as_ref).map(say));
                    lock(results).push(result);
                }
            });
        }
    });
    progress.bar.finish_and_clear();
    let results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.into_iter().filter_map(Result::transpose).collect()
}

/// A worker that panicked left nothing half done in what is locked here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What comes of a candidate; none if it is no document.
fn one(root: &Path, candidate: &Candidate, worker: usize, options: &Corpus) -> Result<Option<Judged>, String> {
    let begun = Instant::now();
    let folder = crate_folder(&candidate.slug());
    let is_written = options.compile || options.keep;
    if is_written {
        remove(&folder)?;
    }
    let (verdict, stopped) = generate(root, &candidate.path, is_written.then_some(folder.as_path()), options)?;
    if !verdict.is_document {
        return Ok(None);
    }
    let generated = verdict.generated;
    let compiled =
        (generated && options.compile).then(|| compile::check(&folder, worker, options.clippy)).transpose()?;
    if is_written && !options.keep {
        remove(&folder)?;
    }
    let bytes =
        fs::read(&candidate.path).map_err(|error| format!("cannot read {}: {error}", candidate.path.display()))?;
    Ok(Some(Judged {
        file: candidate.name.clone(),
        path: candidate.path.clone(),
        sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        verdict,
        stopped,
        // A crate that is not there does not compile.
        compiled: if options.compile && !generated { Some(compile::Compiled::missing()) } else { compiled },
        seconds: begun.elapsed().as_secs_f64(),
        known: None,
        kept: (options.keep && generated).then_some(folder),
    }))
}

/// Runs the generator in a process of its own; why it was stopped, if it was.
fn generate(
    root: &Path,
    document: &Path,
    out: Option<&Path>,
    options: &Corpus,
) -> Result<(Verdict, Option<String>), String> {
    let this = env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    let limits = Limits { seconds: options.seconds, mebibytes: options.mebibytes };
    let mut command = limits::limited(this.as_os_str(), limits);
    command.arg("corpus-document").arg(document).arg("--root").arg(root);
    if let Some(out) = out {
        command.arg("--out").arg(out);
    }
    let ended = limits::run(&mut command, limits)?;
    if let Some(why) = ended.cut_off {
        // Whether it is a document was not told; that it could not be read makes it count.
        return Ok((Verdict { is_document: true, ..Verdict::default() }, Some(why)));
    }
    if !ended.success {
        return Err(format!("{}: {}", document.display(), ended.stderr.trim()));
    }
    let verdict = serde_json::from_str(&ended.stdout)
        .map_err(|error| format!("{}: the verdict cannot be read: {error}", document.display()))?;
    Ok((verdict, None))
}

/// How far the work is: a bar on a terminal, a line for each document elsewhere.
struct Progress {
    bar: ProgressBar,
    is_terminal: bool,
}

impl Progress {
    fn new(files: usize, what: &str) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        let bar = ProgressBar::new(u64::try_from(files).unwrap_or(u64::MAX));
        let template = format!("{{bar:30}} {{pos}} of {{len}} files {what}, {{elapsed}} {{msg}}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        bar.tick();
        Self { bar, is_terminal }
    }

    fn tell(&self, said: Option<(String, String, bool)>) {
        self.bar.inc(1);
        let Some((file, word, is_clean)) = said else { return };
        let line = format!("{file}: {word}");
        if !self.is_terminal {
            eprintln!("{} of {}: {line}", self.bar.position(), self.bar.length().unwrap_or(0));
        } else if is_clean {
            self.bar.set_message(file);
        } else {
            self.bar.println(line);
        }
    }
}

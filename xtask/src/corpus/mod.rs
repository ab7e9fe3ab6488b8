//! `cargo xtask corpus`: what comes of every document below a folder.

mod compile;
mod document;
mod examples;
mod find;
mod floors;
mod limits;
mod options;
mod told;
mod work;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use compile::Compiled;
use document::Verdict;
use floors::Floors;

pub(crate) use document::run as run_document;
pub(crate) use examples::run_document as run_examples;
pub(crate) use options::{Corpus, CorpusDocument, CorpusExamples};

/// A document with all that came of it.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Judged {
    /// Its path below the folder.
    file: String,
    #[serde(skip)]
    path: PathBuf,
    sha256: String,
    #[serde(flatten)]
    verdict: Verdict,
    /// What stopped the generator, if it did not end by itself.
    stopped: Option<String>,
    /// What the compiler says; none if it was not asked.
    compiled: Option<Compiled>,
    seconds: f64,
    /// Why no SDK of it is wanted.
    known: Option<String>,
    /// Where the crate was left.
    kept: Option<PathBuf>,
}

impl Judged {
    /// Whether there is a crate of it that compiles without a warning, as far as anybody looked.
    fn is_clean(&self) -> bool {
        self.verdict.generated && self.compiled.as_ref().is_none_or(Compiled::is_clean)
    }

    /// Whether it is not clean, and that is not known.
    fn fails(&self) -> bool {
        !self.is_clean() && self.known.is_none()
    }
}

/// What came of some documents together.
#[derive(Debug, Clone, Copy, Serialize)]
struct Sums {
    documents: usize,
    generated: usize,
    /// None if nothing was compiled.
    compiled: Option<usize>,
    refused: usize,
    operations: usize,
}

impl Sums {
    fn of<'a>(documents: impl Iterator<Item = &'a Judged>) -> Self {
        let mut sums = Self { documents: 0, generated: 0, compiled: None, refused: 0, operations: 0 };
        for document in documents {
            sums.documents += 1;
            sums.generated += usize::from(document.verdict.generated);
            sums.refused += document.verdict.refused;
            sums.operations += document.verdict.operations;
            if let Some(compiled) = &document.compiled {
                sums.compiled = Some(sums.compiled.unwrap_or(0) + usize::from(compiled.is_clean()));
            }
        }
        sums
    }
}

/// Runs the task.
pub(crate) fn run(options: &Corpus) -> Result<ExitCode, String> {
    let floors = Floors::read()?;
    let root = fs::canonicalize(&options.folder)
        .map_err(|error| format!("cannot read {}: {error}", options.folder.display()))?;
    let mut candidates = find::candidates(&root, &options.only)?;
    if options.dozen {
        candidates.retain(|candidate| floors.dozen_has(&candidate.path));
        if let [first, ..] = floors.dozen_misses(candidates.iter().map(|one| one.path.as_path()))[..] {
            return Err(format!("{} of the dozen is not below {}", first.display(), root.display()));
        }
    }
    if options.examples {
        return examples::run(&root, candidates, options, &floors);
    }
    let mut documents = work::all(&root, candidates, options)?;
    if documents.is_empty() {
        return Err(format!("no OpenAPI document is below {}{}", root.display(), but_for(&options.only)));
    }
    documents.sort_by(|a, b| a.file.cmp(&b.file));
    for document in &mut documents {
        document.known = floors.reason(&document.sha256).map(str::to_owned);
    }
    let is_whole = options.only.is_empty() && !options.dozen;
    let compared = floors.compare(&root, &documents, is_whole);
    if options.json {
        println!("{}", told::json(&documents, &compared)?);
    } else {
        print!("{}", told::text(&documents, &compared, options.verbose));
    }
    let is_fine = compared.below.is_empty() && compared.failed == 0;
    Ok(if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn but_for(only: &[String]) -> String {
    if only.is_empty() { String::new() } else { format!(" whose path fits {}", only.join(" or ")) }
}

/// Where everything that is made lies.
fn workshop() -> PathBuf {
    crate::generate::workspace().join("target/corpus")
}

/// The folder for the crate of a document.
fn crate_folder(slug: &str) -> PathBuf {
    workshop().join("crates").join(slug)
}

/// Removes a folder, if it is there.
fn remove(folder: &Path) -> Result<(), String> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("cannot remove {}: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}

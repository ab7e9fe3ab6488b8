//! The command line of this task.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

/// So many values are made for each type, unless it is said how many.
pub(super) const MADE: usize = 20;

/// Generate an SDK of every document below a folder, and tell what comes of it.
///
/// A file is a document if it is YAML or JSON and its root has `openapi` or `swagger`. Each is read
/// in a process of its own, which may take so long and so much memory, and may refer to files
/// anywhere below the folder. What fails is listed with the first error, what is refused with the
/// place and the reason.
///
/// xtask/corpus-floors.toml says of some folders what was reached before; a run that reaches less
/// exits with 1, and so does one of any other folder in which a document fails.
///
///   cargo xtask corpus ../apis
///   cargo xtask corpus ../apis --compile --only petstore --keep
///   cargo xtask corpus ../apis --examples
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Corpus {
    /// The folder
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Compile each crate, with the features that it has by default
    #[arg(long)]
    pub(crate) compile: bool,
    /// Prove that every valid example comes out of its type as it went in, and values made of schemas too
    #[arg(long, conflicts_with = "compile")]
    pub(crate) examples: bool,
    /// How many values are made for each type besides the examples
    #[arg(long, value_name = "N", default_value_t = MADE, requires = "examples")]
    pub(crate) made: usize,
    /// Ask clippy too
    #[arg(long, requires = "compile")]
    pub(crate) clippy: bool,
    /// Only documents whose path below DIR has this in it; `*` stands for any text (repeatable)
    #[arg(long, value_name = "PATTERN")]
    pub(crate) only: Vec<String>,
    /// Only the documents that xtask/corpus-floors.toml names as its dozen
    #[arg(long, conflicts_with = "only")]
    pub(crate) dozen: bool,
    /// How many documents are worked on at once (otherwise as many as there are cores)
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// How long one may take to generate
    #[arg(long, value_name = "N", default_value_t = 300)]
    pub(crate) seconds: u64,
    /// How much memory it may take to generate (on Linux)
    #[arg(long, value_name = "N", default_value_t = 2048)]
    pub(crate) mebibytes: u64,
    /// Leave the crates below target/corpus/crates
    #[arg(long)]
    pub(crate) keep: bool,
    /// Show every operation that is refused
    #[arg(long)]
    pub(crate) verbose: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "verbose")]
    pub(crate) json: bool,
}

/// What `corpus` runs for each document.
#[derive(Debug, Args)]
pub(crate) struct CorpusDocument {
    pub(crate) document: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub(crate) root: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// What `corpus --examples` runs for each document.
#[derive(Debug, Args)]
pub(crate) struct CorpusExamples {
    pub(crate) document: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub(crate) root: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    #[arg(long, value_name = "N")]
    pub(crate) made: usize,
}

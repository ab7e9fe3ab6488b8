//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use specsmith::diff::Severity;

use crate::corpus::{Corpus, CorpusDocument, CorpusExamples};
use crate::files::Reach;

/// The tasks of this workspace.
///
/// Exit codes: 0 fine, 1 drift, differences or errors in the document, 2 wrong usage.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Command {
    #[command(subcommand)]
    pub(crate) task: Task,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    Generate(Generate),
    Check(Check),
    Names(Names),
    Diff(Diff),
    Explain(Explain),
    Facts(Facts),
    Contract(Contract),
    Corpus(Corpus),
    #[command(hide = true)]
    CorpusDocument(CorpusDocument),
    #[command(hide = true)]
    CorpusExamples(CorpusExamples),
    SchemaSuite(SchemaSuite),
    Semver(Semver),
}

/// Generate an SDK from an OpenAPI document.
///
/// Without options: the SDK of this workspace, from specs/ into generated-client/. Files that did
/// not change are not touched, files that are no longer generated are removed, and when the
/// document has an error nothing on disk changes.
///
/// The lock (specs/kestra.lock) says which name belongs to which route and schema. Names that are
/// new are added to it; those that are gone stay in it, so that no other route ever gets them.
///
/// With --spec, --name and --out: a complete crate from any document into a folder that is empty
/// or was generated before.
///
///   cargo xtask generate
///   cargo xtask generate --check
///   cargo xtask generate --spec petstore.yaml --name petstore --out ../petstore
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Generate {
    /// Write nothing; exit with 1 and list the files that are missing, changed or stale
    #[arg(long, conflicts_with = "emit")]
    pub(crate) check: bool,
    /// Print what one stage holds, as YAML, and write nothing
    #[arg(long, value_name = "STAGE")]
    pub(crate) emit: Option<Stage>,
    /// The OpenAPI document, YAML or JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// The API's settings (with --spec: none unless given)
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) config: Option<PathBuf>,
    /// The names that were given so far, to be kept and added to (with --spec: none unless given)
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) lock: Option<PathBuf>,
    /// Exit with 1 if the lock would change: no name may be new or gone, as in CI
    #[arg(long)]
    pub(crate) locked: bool,
    /// Begin a lock where there is none, though the SDK was generated before
    #[arg(long, conflicts_with_all = ["locked", "check"])]
    pub(crate) new_lock: bool,
    /// Make errors of warnings
    #[arg(long)]
    pub(crate) strict: bool,
    /// The crate's name (otherwise from the settings, or from the document's title)
    #[arg(long, requires = "spec")]
    pub(crate) name: Option<String>,
    /// The crate's folder; a file in it that is not generated is never overwritten
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

/// What --emit prints.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Stage {
    /// The document as it was read
    Value,
    /// The document after normalization
    Document,
    /// The language-neutral description of the SDK
    Ir,
    /// What the templates print
    Views,
}

/// Tell all that there is to say of a document, and write nothing.
///
/// Errors come first, then warnings, then notes; of each kind the first is shown with its line, and
/// how many more there are. Exits with 1 if there is an error.
///
///   cargo xtask check petstore.yaml
///   cargo xtask check petstore.yaml --strict --format sarif
///   cargo xtask check petstore.yaml --untyped
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Check {
    /// The OpenAPI document, YAML or JSON
    pub(crate) document: PathBuf,
    /// The API's settings
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The names that were given so far
    #[arg(long, value_name = "FILE")]
    pub(crate) lock: Option<PathBuf>,
    /// Make errors of warnings
    #[arg(long)]
    pub(crate) strict: bool,
    /// List what comes out as a bare JSON value, and why
    #[arg(long)]
    pub(crate) untyped: bool,
    /// Show each, not only the first of its kind
    #[arg(long)]
    pub(crate) all: bool,
    /// How it is written
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(crate) format: CheckFormat,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For a reader, with the lines
    Text,
    /// JSON
    Json,
    /// SARIF 2.1.0
    Sarif,
}

/// Show what each operation is called, and why.
///
/// The reason is one of: id (the operationId), route (the method and path, where the id says too
/// little or is another's name), lock (it was called so before), config (the settings say so).
///
///   cargo xtask names
///   cargo xtask names --spec petstore.yaml --format json
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Names {
    /// The OpenAPI document (otherwise the one of this workspace, with its settings and lock)
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// The API's settings
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) config: Option<PathBuf>,
    /// The names that were given so far
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) lock: Option<PathBuf>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub(crate) format: TableFormat,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

/// Show what changes for those who use the SDK, from one document to another.
///
/// Each change has a code that stays, a severity, its place in the SDK and in both documents:
///
///   breaking  breaks the build
///   silent    compiles as before and does something else, such as another route
///   additive  adds something
///   docs      changes the documentation
///
/// Without a document, this workspace's is compared with what is committed, or was at --git REV: the
/// document, its settings and its lock. With one document alone, that document is NEW, and OLD is
/// what is committed here. With --git and a document, it is compared with itself at REV, and so are
/// --config and --lock.
///
/// The names are those that a regeneration gives: the lock that comes of OLD is kept for NEW, unless
/// NEW has its own. Settings that fit only one of the documents are no error here.
///
///   cargo xtask diff
///   cargo xtask diff --git v1.2.0 --format markdown
///   cargo xtask diff tomorrow.yaml --fail-on breaking
///   cargo xtask diff before.yaml after.yaml
///   cargo xtask diff --git HEAD~3 petstore.yaml --config petstore.toml --lock petstore.lock
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Diff {
    /// The older document; NEW, if it is the only one
    pub(crate) old: Option<PathBuf>,
    /// The newer document
    #[arg(conflicts_with = "git")]
    pub(crate) new: Option<PathBuf>,
    /// Compare with what was committed at a revision, as git names it
    #[arg(long, value_name = "REV")]
    pub(crate) git: Option<String>,
    /// The API's settings
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The settings that the older document had, if they were others
    #[arg(long, value_name = "FILE", requires = "new")]
    pub(crate) old_config: Option<PathBuf>,
    /// The names that were given before the older document came
    #[arg(long, value_name = "FILE")]
    pub(crate) lock: Option<PathBuf>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// Exit with 1 if a change is so grave, or graver
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<Gravity>,
    /// Tell what a code means, as `cargo xtask explain CODE` does
    #[arg(long, value_name = "CODE")]
    pub(crate) explain: Option<String>,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

/// Tell what a code means: why it is told, an example, and what to do about it.
///
/// Codes stand in brackets: `silent[id-moved]` of `cargo xtask diff`, `warning[..]` of whatever reads a
/// document. Without one, all are listed.
///
///   cargo xtask explain id-moved
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Explain {
    /// The code
    pub(crate) code: Option<String>,
}

/// How changes are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For a terminal
    Text,
    /// JSON
    Json,
    /// A release note
    Markdown,
    /// A page
    Html,
}

/// What makes a diff fail.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Gravity {
    /// It breaks the build
    Breaking,
    /// It changes behaviour silently
    Silent,
    /// It adds something
    Additive,
    /// It changes the documentation
    Docs,
}

impl From<Gravity> for Severity {
    fn from(gravity: Gravity) -> Self {
        match gravity {
            Gravity::Breaking => Self::Breaking,
            Gravity::Silent => Self::Silent,
            Gravity::Additive => Self::Additive,
            Gravity::Docs => Self::Docs,
        }
    }
}

/// How a table is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum TableFormat {
    /// Aligned columns
    Text,
    /// JSON
    Json,
}

/// Compare the facts of this workspace's document with a fuller one.
///
/// Routes, ids, parameters, bodies, answers, security and schemas are compared; prose is not, and
/// neither is what the other document has beyond ours. Each difference is shown with its place in
/// both.
#[derive(Debug, Args)]
pub(crate) struct Facts {
    /// The document to compare with
    pub(crate) document: PathBuf,
    /// Our document
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
}

/// Call every operation of a document, and let a validator judge the requests.
///
/// The SDK of the document is generated below target/, with a contract test that calls every
/// operation with every media type of its body, and reads every declared answer, against a local
/// server. Its requests are judged by openapi-core, a validator that is no part of this project;
/// what is its own fault or the document's is listed in xtask/contract/known.toml.
///
/// It needs Python 3.11 or newer with what xtask/contract/requirements.txt lists: in
/// target/contract/python, as `python3`, or where CONTRACT_PYTHON says.
///
///   python3 -m venv target/contract/python
///   target/contract/python/bin/pip install -r xtask/contract/requirements.txt
///   cargo xtask contract specs/kestra.yaml --config specs/kestra.toml
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Contract {
    /// The OpenAPI document, YAML or JSON
    pub(crate) document: PathBuf,
    /// The API's settings
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// Judge `validate` by the JSON-Schema-Test-Suite.
///
/// The schemas of the drafts 2020-12 and 4 become the components of a document each; its SDK is built
/// below target/schema-suite/ with the feature `validate`, and each value of the suite is judged by the
/// table of its schema, and by its type where the value is one of it. What is left out stands in
/// xtask/schema-suite/left-out.toml with its reason. Without a folder, the suite lies in
/// target/schema-suite/json, where it comes by
///
///   python3 -m pip download --no-deps --no-binary :all: -r xtask/schema-suite/requirements.txt -d target/schema-suite
///   tar -xzf target/schema-suite/jsonschema-*.tar.gz -C target/schema-suite --strip-components 1
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct SchemaSuite {
    /// The suite's folder
    pub(crate) folder: Option<PathBuf>,
    /// Print what came of each file
    #[arg(long)]
    pub(crate) verbose: bool,
}

/// Check that no smaller step of the version is told than cargo-semver-checks asks for.
///
/// The SDKs of both documents are generated below target/semver/, with the lock of OLD kept for
/// NEW, and compared by cargo-semver-checks, a linter that is no part of this project. What it asks
/// for stands beside the step that `cargo xtask diff` tells. Ours may be higher: no linter sees that
/// a call goes to another route, and this one compares no types of arguments. A lower one is an error.
///
///   cargo install cargo-semver-checks --locked
///   cargo xtask semver before.yaml after.yaml
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Semver {
    /// The older document
    pub(crate) old: PathBuf,
    /// The newer document
    pub(crate) new: PathBuf,
    /// The API's settings
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The settings that the older document had, if they were others
    #[arg(long, value_name = "FILE")]
    pub(crate) old_config: Option<PathBuf>,
    /// The names that were given before the older document came
    #[arg(long, value_name = "FILE")]
    pub(crate) lock: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

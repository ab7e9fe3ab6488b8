//! Specsmith turns an OpenAPI document into a Rust SDK: text in, text out.
//!
//! Data flows one way, and every folder is a stage:
//!
//! ```text
//! bytes ─load─▶ Value tree ─upgrade─▶ OpenAPI 3.0 ─mend, normalize─▶ Document ─lower─▶ ir::Api
//!                                                                                         │ names
//!                           FileSet ◀─format── Rust text ◀─render── views (finished strings) ◀┘
//! ```
//!
//! The library reads no file, no clock and no environment and prints nothing. Problems are values
//! ([`diagnostics::Report`]); the caller decides how to show them and what to write.

pub mod config;
pub mod diagnostics;
pub mod diff;
mod edits;
pub mod files;
mod format;
pub mod ir;
pub mod load;
mod lower;
mod mend;
pub mod names;
mod normalize;
mod origins;
pub mod overlay;
mod render;
pub mod untyped;
mod upgrade;

use config::Config;
use diagnostics::Report;
use files::FileSet;
use load::{Loader, Source, Tree};
use names::Lock;
use overlay::OverlayFile;

pub use lower::text_of_pattern;
pub use render::places::{Inside, TypedMember, TypedPlace, list as typed_places};

/// What a run is given.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// The OpenAPI document's bytes, YAML or JSON in UTF-8.
    pub document: &'a [u8],
    /// The document's name, used in the header of generated files; no path.
    pub document_name: &'a str,
    /// Who loads the other files that it refers to; without, such references lead nowhere.
    pub files: Option<&'a dyn Loader>,
    /// Changes of the document, before those that the settings name.
    pub overlays: &'a [OverlayFile],
    /// The API's settings in TOML; empty for none. See [`config::Config`].
    pub config: &'a str,
    /// The names that were given before ([`Outcome::lock`]); empty for none.
    pub lock: &'a str,
    /// Whether everything has to be in the lock, as it has to be where nothing is committed.
    pub locked: bool,
    /// Whether the settings are another document's too, as where two are compared: an entry that
    /// applies to nothing here is a warning then.
    pub shared_config: bool,
    /// The crate's name, over the one in the settings.
    pub name: Option<&'a str>,
    /// Whether to make a crate that stands alone and has a contract test, whatever the settings say.
    pub contract: bool,
}

/// What a run gives back: the SDK unless an error was found, and everything there is to say.
#[derive(Debug)]
pub struct Outcome {
    /// Every problem found, in the order of the stages.
    pub report: Report,
    /// The document's text with the place of each node, for showing diagnostics.
    pub source: Source,
    /// The SDK's files; none if the report holds an error.
    pub files: Option<FileSet>,
    /// The lock with the names that are new, to be kept for the next run; none if the report holds an
    /// error.
    pub lock: Option<String>,
    /// What the files were rendered from; none if the report holds an error.
    pub api: Option<ir::Api>,
}

/// A stage whose result [`emit`] prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The document as a tree of values, after loading.
    Value,
    /// The document after normalization.
    Document,
    /// The language-neutral description of the SDK.
    Ir,
    /// What the templates print.
    Views,
}

/// Generates an SDK.
pub fn generate(input: Input<'_>) -> Outcome {
    let mut report = Report::default();
    let (source, read) = read(input, &mut report);
    let understood = read.and_then(|read| understand(read, input, &mut report));
    let files = understood.as_ref().and_then(|Understood { api, config, .. }| {
        let files = render::render(api, config, input.document_name, &mut report);
        (!report.has_errors()).then_some(files)
    });
    let understood = understood.filter(|_| files.is_some());
    let (api, lock) = understood.map(|Understood { api, lock, .. }| (api, lock)).unzip();
    Outcome { report, source, files, lock, api }
}

/// Understands a document as [`generate`] does, and renders nothing.
pub fn describe(input: Input<'_>) -> Outcome {
    let mut report = Report::default();
    let (source, read) = read(input, &mut report);
    let understood = read.and_then(|read| understand(read, input, &mut report));
    let (api, lock) = understood.map(|Understood { api, lock, .. }| (api, lock)).unzip();
    Outcome { report, source, files: None, lock, api }
}

/// Reads a document with its other files and overlays, and changes nothing else in it.
pub fn whole(input: Input<'_>) -> (Source, Option<serde_json::Value>) {
    let (source, read) = read(input, &mut Report::default());
    (source, read.map(|read| read.tree.value))
}

/// The document as it is to be understood, with its settings.
struct Read {
    tree: Tree,
    config: Config,
    lock: Lock,
}

/// Reads the document, changes it by its overlays, and takes in its other files.
fn read(input: Input<'_>, report: &mut Report) -> (Source, Option<Read>) {
    let (mut source, tree) = load::load(input.document, report);
    let mut config = config::parse(input.config, input.name, report);
    if input.contract {
        config.package.contract = true;
        config.package.workspace = false;
    }
    let lock = Lock::parse(input.lock, report);
    let read = tree.map(|mut tree| {
        overlay::overlay(&mut tree, &mut source, input.overlays, &config, input.files, report);
        let files = (input.files, &lock.of_files());
        load::join(&mut tree, &mut source, input.document_name, files, report);
        Read { tree, config, lock }
    });
    (source, read)
}

/// What is known before anything is rendered.
struct Understood {
    api: ir::Api,
    config: Config,
    lock: String,
}

fn understand(read: Read, input: Input<'_>, report: &mut Report) -> Option<Understood> {
    let Read { mut tree, config, lock } = read;
    let outside = std::mem::take(&mut tree.outside);
    let document = normalized(tree, &config, report)?;
    if input.shared_config {
        report.soften(&config::UNFIT);
    }
    // A mistake in the settings alone does not hide what else is wrong.
    if report.has_document_errors() {
        return None;
    }
    let (api, later) = lower::lower(&document, &config, &lock, report);
    let later = later.with_files(lower::files(outside));
    if input.shared_config {
        report.soften(&config::UNFIT);
    }
    if input.locked && !report.has_errors() {
        lower::check_locked(&document, &api, &lock, &later, report);
    }
    (!report.has_errors()).then_some(Understood { api, config, lock: later.render() })
}

fn normalized(mut tree: Tree, config: &Config, report: &mut Report) -> Option<normalize::Document> {
    edits::apply(&mut tree, config, report);
    let mut tree = upgrade::upgrade(tree, report)?;
    mend::mend(&mut tree, report);
    let is_too_much = report.diagnostics().iter().any(|it| matches!(it.code, "too-deep" | "too-large"));
    (!is_too_much).then(|| normalize::normalize(tree, config, report))
}

/// Runs the pipeline up to a stage and prints what it holds then, as YAML.
///
/// The text is missing if an error stopped the run before that stage.
pub fn emit(input: Input<'_>, stage: Stage) -> (Report, Source, Option<String>) {
    let mut report = Report::default();
    let (source, read) = read(input, &mut report);
    let text = read.and_then(|read| match stage {
        Stage::Value => Some(load::yaml::to_text(&read.tree.value)),
        Stage::Document => normalized(read.tree, &read.config, &mut report).map(|it| load::yaml::to_text(&it)),
        Stage::Ir => understand(read, input, &mut report).map(|it| load::yaml::to_text(&it.api)),
        Stage::Views => understand(read, input, &mut report)
            .map(|it| load::yaml::to_text(&render::views(&it.api, &it.config, input.document_name))),
    });
    (report, source, text)
}

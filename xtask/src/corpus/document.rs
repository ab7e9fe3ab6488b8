//! One document in a process of its own, so that no document costs the others.

use std::fs;
use std::process::ExitCode;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use specsmith::diagnostics::{Diagnostic, Level, Place, Report};
use specsmith::load::{self, Source};

use super::CorpusDocument;
use crate::files::Reach;
use crate::folder::{Folder, Ownership};
use crate::generate::workspace;
use crate::input::Texted;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// What came of a document.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Verdict {
    /// Whether it says that it is one: its root has `openapi` or `swagger`.
    pub(super) is_document: bool,
    pub(super) generated: bool,
    pub(super) operations: usize,
    pub(super) refused: usize,
    pub(super) refusals: Vec<Told>,
    pub(super) errors: Vec<Told>,
    pub(super) warnings: usize,
}

/// A diagnostic with its place.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) code: String,
    pub(super) message: String,
    /// The file that the document refers to, if it is there.
    pub(super) file: Option<String>,
    /// Line and column, both counted from 1; none if it is not in the document.
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
}

/// Runs the hidden task: a verdict goes to the standard output, and the crate into the folder.
pub(crate) fn run(options: &CorpusDocument) -> Result<ExitCode, String> {
    let verdict = judge(options)?;
    println!("{}", serde_json::to_string(&verdict).map_err(|error| format!("cannot write JSON: {error}"))?);
    Ok(ExitCode::SUCCESS)
}

fn judge(options: &CorpusDocument) -> Result<Verdict, String> {
    let document = &options.document;
    let bytes = fs::read(document).map_err(|error| format!("cannot read {}: {error}", document.display()))?;
    if !may_be_document(&bytes) {
        return Ok(Verdict::default());
    }
    let reach = Reach { root: Some(options.root.clone()), ..Reach::default() };
    let texted = Texted::read(document, None, None)?.reaching(&reach)?;
    let outcome = specsmith::generate(texted.input());
    let (report, source) = (&outcome.report, &outcome.source);
    let mut verdict = Verdict {
        refusals: told(report, source, |diagnostic| diagnostic.code == "operation-refused"),
        errors: told(report, source, |diagnostic| diagnostic.level == Level::Error),
        warnings: report.count(Level::Warning),
        ..Verdict::default()
    };
    if let (Some(files), Some(api)) = (&outcome.files, &outcome.api) {
        verdict.is_document = true;
        verdict.generated = true;
        verdict.operations = api.operations_in_document;
        verdict.refused = api.operations_refused;
        if let Some(out) = &options.out {
            let cannot = |error: std::io::Error| format!("cannot write {}: {error}", out.display());
            let folder = Folder::open(out, Ownership::Listed)?;
            folder.write(files, &folder.drift(files)).map_err(cannot)?;
            // The versions that the workspace is tested with, and so those that are here already.
            fs::copy(workspace().join("Cargo.lock"), out.join("Cargo.lock")).map_err(cannot)?;
        }
    } else {
        (verdict.is_document, verdict.operations) = declared(&bytes, source.text());
        verdict.refused = verdict.operations;
    }
    Ok(verdict)
}

/// Whether a file has the words without which it is no document.
pub(super) fn may_be_document(bytes: &[u8]) -> bool {
    let contains = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    contains(b"openapi") || contains(b"swagger")
}

/// Whether a file that gave no SDK is a document, and how many operations it declares.
pub(super) fn declared(bytes: &[u8], text: &str) -> (bool, usize) {
    let is_version = |key: &str| key == "openapi" || key == "swagger";
    let Some(tree) = load::load(bytes, &mut Report::default()).1 else {
        // Of one that cannot be read, its lines have to tell.
        let key = |line: &str| line.split_once(':').map(|(key, _)| key.trim().trim_matches(['"', '\'']).to_owned());
        return (text.lines().filter_map(key).any(|key| is_version(&key)), 0);
    };
    let is_document = tree.value.as_object().is_some_and(|root| root.keys().any(|key| is_version(key)));
    let items = tree.value.get("paths").and_then(Value::as_object).into_iter().flatten();
    let methods = items.filter_map(|(_, item)| item.as_object()).flatten();
    (is_document, methods.filter(|(method, _)| METHODS.contains(&method.as_str())).count())
}

impl Told {
    /// The place behind the document's own path.
    pub(super) fn place(&self, document: &str) -> String {
        let file = self.file.as_ref().map_or(String::new(), |file| format!(" -> {file}"));
        let position = self.line.zip(self.column).map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
        format!("{document}{file}{position}")
    }
}

fn told(report: &Report, source: &Source, wanted: impl Fn(&Diagnostic) -> bool) -> Vec<Told> {
    let diagnostics = report.diagnostics().iter().filter(|diagnostic| wanted(diagnostic));
    diagnostics
        .map(|diagnostic| {
            let (file, position) = match &diagnostic.place {
                Place::Document(at) => {
                    let spot = source.spot(at);
                    (spot.file.map(str::to_owned), Some(spot.position()))
                }
                Place::Text(byte) => (None, Some(source.position(*byte))),
                Place::Config(_) | Place::Lock(_) => (None, None),
            };
            Told {
                code: diagnostic.code.to_owned(),
                message: diagnostic.message.clone(),
                file,
                line: position.map(|position| position.line),
                column: position.map(|position| position.column),
            }
        })
        .collect()
}

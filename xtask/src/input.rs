//! What a task reads: a document, its settings and its lock.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use specsmith::Input;
use specsmith::diagnostics::{Level, Report};
use specsmith::load::Source;
use specsmith::overlay::OverlayFile;

use crate::files::{Files, Reach};
use crate::lock::LockFile;
use crate::report::{self, Texts};

/// A document with what belongs to it, as text.
pub(crate) struct Texted {
    /// The document's path, as it is shown.
    pub(crate) path: String,
    name: String,
    document: Vec<u8>,
    files: Files,
    overlays: Vec<OverlayFile>,
    config: Option<PathBuf>,
    config_text: String,
    pub(crate) lock: Option<LockFile>,
}

impl Texted {
    /// Reads the files; a lock that is not there has no text.
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be read.
    pub(crate) fn read(spec: &Path, config: Option<&Path>, lock: Option<&Path>) -> Result<Self, String> {
        let cannot = |path: &Path, error: &dyn std::fmt::Display| format!("cannot read {}: {error}", path.display());
        let document = fs::read(spec).map_err(|error| cannot(spec, &error))?;
        let config_text = match config {
            Some(path) => fs::read_to_string(path).map_err(|error| cannot(path, &error))?,
            None => String::new(),
        };
        Ok(Self {
            path: spec.display().to_string(),
            name: report::file_name(spec),
            document,
            files: Files::of(spec, &Reach::default())?,
            overlays: Vec::new(),
            config: config.map(Path::to_owned),
            config_text,
            lock: lock.map(LockFile::read).transpose()?,
        })
    }

    /// Says where other files may be that the document refers to (without, they are in its folder),
    /// and what changes it.
    ///
    /// # Errors
    ///
    /// Fails if a folder or an overlay is not there.
    pub(crate) fn reaching(mut self, reach: &Reach) -> Result<Self, String> {
        self.files = Files::of(Path::new(&self.path), reach)?;
        for path in &reach.overlay {
            let text = fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            self.overlays.push(OverlayFile { name: path.display().to_string(), text });
        }
        Ok(self)
    }

    /// What the generator is given.
    pub(crate) fn input(&self) -> Input<'_> {
        Input {
            document: &self.document,
            document_name: &self.name,
            files: Some(&self.files),
            overlays: &self.overlays,
            config: &self.config_text,
            lock: self.lock.as_ref().map_or("", LockFile::text),
            locked: false,
            name: None,
            contract: false,
        }
    }

    /// What diagnostics point into.
    pub(crate) fn texts<'a>(&'a self, source: &'a Source) -> Texts<'a> {
        Texts {
            document: &self.path,
            source,
            config: self.config.as_deref().map_or("the command line".to_owned(), |path| path.display().to_string()),
            config_text: &self.config_text,
            lock: self.lock.as_ref().map_or("no lock".to_owned(), |lock| lock.path().display().to_string()),
            lock_text: self.lock.as_ref().map_or("", LockFile::text),
        }
    }

    /// Shows what there is to say from some level on.
    pub(crate) fn show(&self, all: &Report, source: &Source, least: Level) {
        let mut report = Report::default();
        let told = all.diagnostics().iter().filter(|diagnostic| diagnostic.level >= least);
        told.for_each(|diagnostic| report.push(diagnostic.clone()));
        let texts = self.texts(source);
        eprint!("{}", report::render(&report, &texts, std::io::stderr().is_terminal()));
    }
}

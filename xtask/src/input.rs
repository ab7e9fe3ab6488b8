//! What a task reads: a document, its settings and its lock.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use specsmith::Input;
use specsmith::diagnostics::{Level, Report};
use specsmith::load::{Loader, Source};
use specsmith::overlay::OverlayFile;

use crate::files::{Files, Reach};
use crate::git::{Committed, Revision};
use crate::lock::LockFile;
use crate::report::{self, Texts};

/// A document with what belongs to it, as text.
pub(crate) struct Texted {
    /// The document's path, as it is shown.
    pub(crate) path: String,
    name: String,
    spec: PathBuf,
    pub(crate) document: Vec<u8>,
    /// Who gives the other files that it refers to.
    loader: Box<dyn Loader>,
    overlays: Vec<OverlayFile>,
    config: Option<PathBuf>,
    pub(crate) config_text: String,
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
            spec: spec.to_owned(),
            name: report::file_name(spec),
            document,
            loader: Box::new(Files::of(spec, &Reach::default())?),
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
        self.loader = Box::new(Files::of(&self.spec, reach)?);
        for path in &reach.overlay {
            let text = fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            self.overlays.push(OverlayFile { name: path.display().to_string(), text });
        }
        Ok(self)
    }

    /// The files as they were at a revision; settings, a lock and overlays that were not there are none.
    ///
    /// # Errors
    ///
    /// Fails if the document was not there, or if a file cannot be read.
    pub(crate) fn at(
        revision: &Revision,
        spec: &Path,
        config: Option<&Path>,
        lock: Option<&Path>,
        reach: &Reach,
    ) -> Result<Self, String> {
        let utf8 = |path: &Path, bytes: Vec<u8>| {
            String::from_utf8(bytes).map_err(|_| format!("{} is not UTF-8", revision.path(path)))
        };
        let text = |path: &Path| revision.read(path)?.map(|bytes| utf8(path, bytes)).transpose();
        let Some(document) = revision.read(spec)? else {
            return Err(format!("there was no {} at {}", spec.display(), revision.name));
        };
        // One that came later changed nothing before.
        let overlay = |path: &PathBuf| -> Result<Option<OverlayFile>, String> {
            let text = revision.read(path)?;
            Ok(text.map(|text| OverlayFile { name: path.display().to_string(), text }))
        };
        let overlays = reach.overlay.iter().map(overlay).collect::<Result<Vec<_>, _>>()?;
        let lock = match lock {
            Some(path) => Some(LockFile::of(Path::new(&revision.path(path)), text(path)?)),
            None => None,
        };
        Ok(Self {
            path: revision.path(spec),
            spec: spec.to_owned(),
            name: report::file_name(spec),
            document,
            loader: Box::new(Committed::of(revision.clone(), spec, reach)?),
            overlays: overlays.into_iter().flatten().collect(),
            config: config.map(|path| PathBuf::from(revision.path(path))),
            config_text: config.map(text).transpose()?.flatten().unwrap_or_default(),
            lock,
        })
    }

    /// Where they lie: the document, its settings and its lock.
    pub(crate) fn files(&self) -> (&Path, Option<&Path>, Option<&Path>) {
        (&self.spec, self.config.as_deref(), self.lock.as_ref().map(LockFile::path))
    }

    /// What the generator is given.
    pub(crate) fn input(&self) -> Input<'_> {
        Input {
            document: &self.document,
            document_name: &self.name,
            files: Some(&*self.loader),
            overlays: &self.overlays,
            config: &self.config_text,
            lock: self.lock.as_ref().map_or("", LockFile::text),
            locked: false,
            shared_config: false,
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
        let name = self.lock.as_ref().map_or("no lock".to_owned(), |lock| lock.path().display().to_string());
        let text = self.lock.as_ref().map_or("", LockFile::text);
        self.show_with(&name, text, all, source, least);
    }

    /// The same of a run with another lock.
    pub(crate) fn show_with(&self, lock: &str, lock_text: &str, all: &Report, source: &Source, least: Level) {
        let mut report = Report::default();
        let told = all.diagnostics().iter().filter(|diagnostic| diagnostic.level >= least);
        told.for_each(|diagnostic| report.push(diagnostic.clone()));
        let texts = Texts { lock: lock.to_owned(), lock_text, ..self.texts(source) };
        eprint!("{}", report::render(&report, &texts, std::io::stderr().is_terminal()));
    }
}

//! Which two documents are compared: two files, or a file and what is committed.

use std::path::{Path, PathBuf};

use crate::command::Diff;
use crate::generate::default_spec;
use crate::git::Revision;
use crate::input::Texted;

/// A document's files.
struct Files {
    spec: PathBuf,
    config: Option<PathBuf>,
    lock: Option<PathBuf>,
}

impl Files {
    /// The workspace's, unless the options name others.
    fn own(options: &Diff) -> Self {
        let spec = shown(&default_spec());
        let or = |given: &Option<PathBuf>, ending: &str| given.clone().unwrap_or_else(|| spec.with_extension(ending));
        Self { config: Some(or(&options.config, "toml")), lock: Some(or(&options.lock, "lock")), spec }
    }

    /// A document with what the options name.
    fn of(spec: &Path, options: &Diff) -> Self {
        if is_own(spec) {
            return Self { spec: spec.to_owned(), ..Self::own(options) };
        }
        Self { spec: spec.to_owned(), config: options.config.clone(), lock: options.lock.clone() }
    }

    fn read(&self, options: &Diff) -> Result<Texted, String> {
        Texted::read(&self.spec, self.config.as_deref(), self.lock.as_deref())?.reaching(&options.reach)
    }

    fn at(&self, revision: &Revision, options: &Diff) -> Result<Texted, String> {
        Texted::at(revision, &self.spec, self.config.as_deref(), self.lock.as_deref(), &options.reach)
    }
}

/// Reads both sides, the older first.
///
/// # Errors
///
/// Fails if something cannot be read.
pub(super) fn read(options: &Diff) -> Result<(Texted, Texted), String> {
    match (&options.git, &options.old, &options.new) {
        (None, Some(old), Some(new)) => {
            let old_config = options.old_config.as_ref().or(options.config.as_ref());
            let old = Texted::read(old, old_config.map(|path| path.as_path()), options.lock.as_deref())?;
            let new = Texted::read(new, options.config.as_deref(), None)?;
            Ok((old.reaching(&options.reach)?, new.reaching(&options.reach)?))
        }
        // A document that could take the place of the one that is committed.
        (None, Some(new), None) if !is_own(new) => {
            let own = Files::own(options);
            let old = own.at(&Revision::find(&own.spec, "HEAD")?, options)?;
            Ok((old, Texted::read(new, own.config.as_deref(), None)?.reaching(&options.reach)?))
        }
        (git, spec, _) => {
            let files = spec.as_ref().map_or_else(|| Files::own(options), |spec| Files::of(spec, options));
            let revision = Revision::find(&files.spec, git.as_deref().unwrap_or("HEAD"))?;
            Ok((files.at(&revision, options)?, files.read(options)?))
        }
    }
}

/// Whether a document is the workspace's.
fn is_own(spec: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    real(spec).is_some_and(|spec| Some(spec) == real(&default_spec()))
}

/// A path as whoever runs this would write it.
pub(super) fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}

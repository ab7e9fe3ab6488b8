//! The file that keeps the names which were given.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::folder::write_file;

/// A lock as it lies on the disk.
pub(crate) struct LockFile {
    path: PathBuf,
    /// Its text; none if the file is not there.
    text: Option<String>,
}

impl LockFile {
    /// Reads a lock.
    ///
    /// # Errors
    ///
    /// Fails if the file is there and cannot be read.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let name = path.display();
        let text = match fs::read(path) {
            Ok(bytes) => Some(String::from_utf8(bytes).map_err(|_| format!("the lock {name} is not UTF-8"))?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(format!("cannot read {name}: {error}")),
        };
        Ok(Self { path: path.to_owned(), text })
    }

    /// A lock that lies elsewhere.
    pub(crate) fn of(path: &Path, text: Option<String>) -> Self {
        Self { path: path.to_owned(), text }
    }

    pub(crate) fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// Whether there is none; an empty one is what a write leaves behind that was cut off.
    pub(crate) fn is_missing(&self) -> bool {
        self.text.as_ref().is_none_or(|text| text.trim().is_empty())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// How the file differs from what it has to be, as a check says it.
    pub(crate) fn drift(&self, text: &str) -> Option<&'static str> {
        match &self.text {
            None => Some("missing"),
            // git may have given its lines other ends.
            Some(old) if old.replace("\r\n", "\n") != text => Some("changed"),
            Some(_) => None,
        }
    }

    /// Writes the lock if it has changed; what has, in words.
    pub(crate) fn write(&self, text: &str) -> io::Result<Option<String>> {
        if self.drift(text).is_none() {
            return Ok(None);
        }
        write_file(&self.path, text)?;
        let lines = |text: &str| -> BTreeSet<String> {
            text.lines().filter(|line| line.contains(" -> ")).map(str::to_owned).collect()
        };
        let (old, new) = (lines(self.text()), lines(text));
        let name = |line: &str| line.strip_suffix(" retired").unwrap_or(line).split(" (").next().map(str::to_owned);
        let known: BTreeSet<Option<String>> = old.iter().map(|line| name(line)).collect();
        let added = new.iter().filter(|line| !known.contains(&name(line))).count();
        let retired = new.difference(&old).filter(|line| line.ends_with(" retired")).count();
        Ok(Some(format!("{}: {added} names added, {retired} retired; commit it", self.path.display())))
    }
}

//! The generated files, and how a folder differs from them.

use std::collections::BTreeMap;

/// The generated file that lists all of them, so that the next run knows which are its own.
pub const LIST: &str = ".generated-files";

/// Generated files by their path below the SDK's folder (`/` between folders), sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, String>,
}

impl FileSet {
    /// Adds a file; false if there is one at that path already.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) -> bool {
        self.files.insert(path.into(), text.into()).is_none()
    }

    /// The files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of one file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Compares with what a folder holds now: path to bytes, for every file that is the
    /// generator's to own.
    pub fn diff(&self, present: &BTreeMap<String, Vec<u8>>) -> Drift {
        let mut drift = Drift::default();
        for (path, text) in &self.files {
            match present.get(path) {
                None => drift.missing.push(path.clone()),
                Some(bytes) if bytes == text.as_bytes() => drift.unchanged += 1,
                Some(_) => drift.changed.push(path.clone()),
            }
        }
        drift.stale = present.keys().filter(|path| !self.files.contains_key(*path)).cloned().collect();
        drift
    }
}

/// How a folder differs from the generated files; every list is sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    /// Generated, but not there.
    pub missing: Vec<String>,
    /// There with another text.
    pub changed: Vec<String>,
    /// There, but no longer generated.
    pub stale: Vec<String>,
    /// How many are there as generated.
    pub unchanged: usize,
}

impl Drift {
    /// Whether the folder is exactly what would be generated.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.stale.is_empty()
    }
}

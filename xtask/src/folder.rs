//! The folder that an SDK lies in: what of it is the generator's, and how it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use specsmith::files::{Drift, FileSet, LIST};
use tempfile::NamedTempFile;

use crate::generate::workspace;

/// What in an SDK's folder is written by hand or by cargo, but for files in the folder's list.
const NOT_GENERATED: [&str; 5] = ["tests", "examples", "target", "Cargo.lock", "clippy.toml"];

/// Who may have put files into a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ownership {
    /// The generator alone: every file that is not generated is stale.
    Whole,
    /// Anybody: only files in the folder's own list are the generator's.
    Listed,
}

/// An SDK's folder.
pub(crate) struct Folder {
    root: PathBuf,
    present: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    /// Reads the files of a folder that are the generator's.
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be read, or if there are files that are not the generator's.
    pub(crate) fn open(root: &Path, ownership: Ownership) -> Result<Self, String> {
        let mut present = BTreeMap::new();
        if root.is_dir() {
            collect(root, root, &mut present).map_err(|error| format!("cannot read {}: {error}", root.display()))?;
        } else if root.exists() {
            return Err(format!("{} is not a folder", root.display()));
        }
        collect_listed(root, &mut present).map_err(|error| format!("cannot read {}: {error}", root.display()))?;
        if ownership == Ownership::Listed {
            let list = present.get(LIST).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
            let list: BTreeSet<&str> = list.lines().collect();
            let foreign: Vec<&String> = present.keys().filter(|path| !list.contains(path.as_str())).collect();
            if let Some(first) = foreign.first() {
                return Err(format!(
                    "{} holds files that were not generated, such as {first} ({} in all)\n\
                     help: give an empty folder, or move them to tests/ or examples/",
                    root.display(),
                    foreign.len()
                ));
            }
        }
        Ok(Self { root: root.to_owned(), present })
    }

    /// Whether something was generated here before.
    pub(crate) fn was_generated(&self) -> bool {
        self.present.contains_key(LIST)
    }

    /// How the folder differs from what is generated.
    pub(crate) fn drift(&self, files: &FileSet) -> Drift {
        files.diff(&self.present)
    }

    /// Makes the folder as generated. Files are written whole: beside their place first, then moved
    /// there; a file without changes is not touched.
    pub(crate) fn write(&self, files: &FileSet, drift: &Drift) -> io::Result<()> {
        if let Some(foreign) = drift.missing.iter().find(|path| self.root.join(path).symlink_metadata().is_ok()) {
            let message = format!("{foreign} is there already and was not generated");
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
        // The list names old and new files until all is done: wherever this stops, the next run
        // knows what is its own.
        let (list, others): (Vec<_>, Vec<_>) =
            drift.missing.iter().chain(&drift.changed).partition(|path| path.as_str() == LIST);
        if !list.is_empty() {
            let old = self.present.get(LIST).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
            self.write_one(LIST, &format!("{old}{}", files.get(LIST).unwrap_or_default()))?;
        }
        for path in others {
            self.write_one(path, files.get(path).unwrap_or_default())?;
        }
        for path in &drift.stale {
            let target = self.root.join(path);
            fs::remove_file(&target)?;
            // Folders that became empty go too; one that is not empty stays.
            let mut folder = target.parent();
            while let Some(empty) = folder.filter(|folder| *folder != self.root) {
                if fs::remove_dir(empty).is_err() {
                    break;
                }
                folder = empty.parent();
            }
        }
        for path in list {
            self.write_one(path, files.get(path).unwrap_or_default())?;
        }
        Ok(())
    }

    fn write_one(&self, path: &str, text: &str) -> io::Result<()> {
        write_file(&self.root.join(path), text)
    }
}

/// Writes a crate of its own, to be built with the versions that the workspace is tested with, and
/// so with those that are here already.
///
/// # Errors
///
/// Fails if a file cannot be read or written, or if there are files that are not the generator's.
pub(crate) fn write_crate(files: &FileSet, root: &Path) -> Result<(), String> {
    let cannot = |error: io::Error| format!("cannot write {}: {error}", root.display());
    let (lock, own) = (root.join("Cargo.lock"), workspace().join("Cargo.lock"));
    fs::create_dir_all(root).map_err(cannot)?;
    if !lock.exists() && own.exists() {
        fs::copy(own, lock).map_err(cannot)?;
    }
    let present = Folder::open(root, Ownership::Listed)?;
    let drift = present.drift(files);
    present.write(files, &drift).map_err(cannot)
}

/// Writes a file as a whole, or leaves it as it was.
pub(crate) fn write_file(target: &Path, text: &str) -> io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    file.persist(target).map_err(|error| error.error)?;
    Ok(())
}

/// Adds what was generated into a folder that is otherwise somebody else's, such as a test.
fn collect_listed(root: &Path, present: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    let list = present.get(LIST).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    for name in list.lines().filter(|name| !name.split('/').any(|part| part.is_empty() || part == "..")) {
        let path = root.join(name);
        if !present.contains_key(name) && path.is_file() && !path.is_symlink() {
            present.insert(name.to_owned(), fs::read(path)?);
        }
    }
    Ok(())
}

fn collect(root: &Path, folder: &Path, present: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let relative = path.strip_prefix(root).unwrap_or(&path);
        let name = relative.to_string_lossy().replace('\\', "/");
        if NOT_GENERATED.contains(&name.as_str()) || name == ".git" {
            continue;
        }
        // A link is a file here, never a way out of the folder.
        if path.is_dir() && !path.is_symlink() {
            collect(root, &path, present)?;
        } else {
            present.insert(name, if path.is_symlink() { Vec::new() } else { fs::read(&path)? });
        }
    }
    Ok(())
}

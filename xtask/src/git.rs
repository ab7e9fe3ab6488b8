//! What is committed, as the `git` that is there tells it.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output};

use specsmith::load::Loader;

use crate::files::Reach;

/// A commit of the repository that some folder is in.
#[derive(Debug, Clone)]
pub(crate) struct Revision {
    /// As it was asked for.
    pub(crate) name: String,
    commit: String,
}

impl Revision {
    /// Finds a commit in the repository that a file is in.
    ///
    /// # Errors
    ///
    /// Fails if there is no git, no repository or no such commit; the text says which.
    pub(crate) fn find(file: &Path, name: &str) -> Result<Self, String> {
        let folder = folder(file);
        let shown = folder.display();
        if !git(&folder, &["rev-parse", "--is-inside-work-tree"])?.status.success() {
            return Err(format!("{shown} is in no git repository; to compare two files, name both: diff OLD NEW"));
        }
        let found = git(&folder, &["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])?;
        let commit = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        // `^HEAD` is all that is not in HEAD, which git takes for a revision too.
        let is_one = !commit.is_empty() && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !found.status.success() || !is_one {
            return Err(format!(
                "`{name}` is no one revision that git knows in {shown}; `git log --oneline` lists what there is"
            ));
        }
        Ok(Self { name: name.to_owned(), commit })
    }

    /// A file as it was; none if it was not there.
    ///
    /// # Errors
    ///
    /// Fails if git cannot read it, as in another repository.
    pub(crate) fn read(&self, file: &Path) -> Result<Option<Vec<u8>>, String> {
        let cannot = |output: &Output| {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.lines().next().unwrap_or("it does not say why");
            format!("git cannot read {}: {said}", self.path(file))
        };
        // Its own folder may be gone since.
        let mut folder = folder(file);
        while !folder.is_dir() && folder.pop() {}
        let folder = if folder == Path::new("") { PathBuf::from(".") } else { folder };
        let Some(name) = file.strip_prefix(&folder).unwrap_or(file).to_str() else {
            return Err(format!("{} is no name of a file that git could be asked for", file.display()));
        };
        let listed = git(&folder, &["ls-tree", "--name-only", &self.commit, "--", name])?;
        if !listed.status.success() {
            return Err(cannot(&listed));
        }
        if listed.stdout.is_empty() {
            return Ok(None);
        }
        // As a checkout would write it, line ends and all.
        let text = git(&folder, &["cat-file", "--filters", &format!("{}:./{name}", self.commit)])?;
        if text.status.success() { Ok(Some(text.stdout)) } else { Err(cannot(&text)) }
    }

    /// What a file of this revision is called, as git writes it: `HEAD:specs/pets.yaml`.
    pub(crate) fn path(&self, file: &Path) -> String {
        let here = if file.components().count() == 1 { "./" } else { "" };
        format!("{}:{here}{}", self.name, file.display())
    }
}

/// Loads the other files of a document as they were.
#[derive(Debug)]
pub(crate) struct Committed {
    revision: Revision,
    /// The folder of the document, and the one that is not left.
    folder: PathBuf,
    root: PathBuf,
}

impl Committed {
    /// Those that a document may refer to.
    ///
    /// # Errors
    ///
    /// Fails if a folder is not there.
    pub(crate) fn of(revision: Revision, document: &Path, reach: &Reach) -> Result<Self, String> {
        let real =
            |folder: &Path| folder.canonicalize().map_err(|error| format!("cannot find {}: {error}", folder.display()));
        let folder = folder(document);
        let root = real(reach.root.as_deref().unwrap_or(&folder))?;
        Ok(Self { revision, folder: real(&folder)?, root })
    }
}

impl Loader for Committed {
    fn load(&self, location: &str) -> Result<Vec<u8>, String> {
        if location.contains("://") {
            return Err(format!("{location} is on the network, which has no {}", self.revision.name));
        }
        let mut path = self.folder.clone();
        for part in Path::new(location).components() {
            match part {
                Component::ParentDir => drop(path.pop()),
                Component::CurDir => {}
                part => path.push(part),
            }
        }
        if !path.starts_with(&self.root) {
            return Err(format!("{location} is outside of {}", self.root.display()));
        }
        self.revision.read(&path)?.ok_or_else(|| format!("there was no {location} at {}", self.revision.name))
    }
}

fn folder(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Output, String> {
    let mut command = Command::new("git");
    // In a hook these name a repository, wherever the folder is.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command.arg("-C").arg(folder).args(arguments).output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            "there is no command `git`; to compare two files, name both: diff OLD NEW".to_owned()
        }
        _ => format!("cannot run git: {error}"),
    })
}

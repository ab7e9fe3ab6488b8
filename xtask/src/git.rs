//! What is committed, as the `git` that is there tells it.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A commit of the repository that some folder is in.
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
        if !found.status.success() {
            return Err(format!("git knows no revision `{name}` in {shown}; `git log --oneline` lists what there is"));
        }
        Ok(Self { name: name.to_owned(), commit: String::from_utf8_lossy(&found.stdout).trim().to_owned() })
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
        let folder = folder(file);
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else {
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

    /// What a file of this revision is called: `HEAD:specs/kestra.yaml`.
    pub(crate) fn path(&self, file: &Path) -> String {
        format!("{}:{}", self.name, file.display())
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

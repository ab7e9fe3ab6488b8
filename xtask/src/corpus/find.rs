//! The documents below a folder.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// Above this many bytes a document is large: its SDK takes gigabytes to compile, and two of them at
/// once are too many for most machines.
const LARGE: u64 = 1 << 20;

/// So much of a path is in the name of what is made of its document.
const LONGEST: usize = 150;

/// A file that may be a document: whether it is one shows when it is read.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// Its path below the folder, with `/`.
    pub(super) name: String,
    bytes: u64,
}

impl Candidate {
    pub(super) fn is_large(&self) -> bool {
        self.bytes > LARGE
    }

    /// A name for what is made of it, which no other document's is.
    pub(super) fn slug(&self) -> String {
        let letter = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '+' };
        let name: String = self.name.chars().map(letter).collect();
        // A file system takes 255 bytes, and what was replaced may have told two names apart.
        let mut hasher = DefaultHasher::new();
        self.name.hash(&mut hasher);
        let end = name.len().saturating_sub(LONGEST);
        format!("{:08x}-{}", hasher.finish() as u32, &name[end..])
    }
}

/// The files below a folder, the largest first, so that no worker is left alone with it at the end.
pub(super) fn candidates(root: &Path, only: &[String]) -> Result<Vec<Candidate>, String> {
    let mut found = Vec::new();
    walk(root, root, &mut found).map_err(|error| format!("cannot read {}: {error}", root.display()))?;
    found.retain(|candidate| only.is_empty() || only.iter().any(|pattern| fits(pattern, &candidate.name)));
    found.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
    Ok(found)
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<Candidate>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        // A link leads to what is read anyway, or out of the folder.
        if hidden || path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, found)?;
        } else if path
            .extension()
            .is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known))
        {
            let relative = path.strip_prefix(root).unwrap_or(&path);
            let name = relative.to_string_lossy().replace('\\', "/");
            found.push(Candidate { name, bytes: entry.metadata()?.len(), path });
        }
    }
    Ok(())
}

/// Whether a name has the pattern's parts, one behind the other; `*` stands between them.
fn fits(pattern: &str, name: &str) -> bool {
    let mut rest = name;
    pattern.split('*').all(|part| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_parts_of_a_name() {
        for (pattern, name, expected) in [
            ("", "a/b.yaml", true),
            ("b.y", "a/b.yaml", true),
            ("a*.yaml", "a/b.yaml", true),
            (".yaml*a", "a/b.yaml", false),
            ("c", "a/b.yaml", false),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn the_largest_comes_first_and_only_documents_are_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("deep/.git")).unwrap();
        let files =
            [("small.json", "{}"), ("deep/large.yml", "openapi: 3.0.0"), ("deep/.git/x.json", "{}"), ("y.md", "")];
        files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
        let names = |only: &[&str]| -> Vec<String> {
            let only: Vec<String> = only.iter().map(|pattern| (*pattern).to_owned()).collect();
            candidates(folder.path(), &only).unwrap().into_iter().map(|candidate| candidate.name).collect()
        };
        assert_eq!(names(&[]), ["deep/large.yml", "small.json"]);
        assert_eq!(names(&["small", "none"]), ["small.json"]);
    }

    #[test]
    fn slugs_are_short_and_differ() {
        let slug = |name: &str| Candidate { path: PathBuf::new(), name: name.to_owned(), bytes: 0 }.slug();
        assert!(slug("deep/large.yml").ends_with("-deep+large.yml"));
        assert_ne!(slug("a/b.yaml"), slug("a+b.yaml"));
        let long = "folder/".repeat(100);
        assert!(slug(&format!("{long}a.yaml")).len() < 200);
        assert_ne!(slug(&format!("x/{long}a.yaml")), slug(&format!("y/{long}a.yaml")));
    }
}

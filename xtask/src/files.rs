//! The files that a document refers to: those of its folder, and URLs that were allowed.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use specsmith::load::Loader;

/// The most that is read of one file, in bytes.
const MOST: u64 = 64 << 20;

/// Where other files of a document may be, and what changes it.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Reach {
    /// The folder whose files the document may refer to (otherwise its own folder)
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// URLs that it may refer to, by how they begin; may be given several times
    #[arg(long, value_name = "PREFIX")]
    pub(crate) allow_url: Vec<String>,
    /// An overlay (Overlay Specification 1.1) that changes the document; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
}

/// Loads the other files of one document.
#[derive(Debug)]
pub(crate) struct Files {
    /// The folder of the document.
    folder: PathBuf,
    /// The folder that is not left, without symbolic links.
    root: PathBuf,
    /// What the user calls it.
    root_name: PathBuf,
    urls: Vec<String>,
}

impl Files {
    /// Those that a document may refer to.
    ///
    /// # Errors
    ///
    /// Fails if the folder is not there.
    pub(crate) fn of(document: &Path, reach: &Reach) -> Result<Self, String> {
        let folder = document.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let root_name = reach.root.as_deref().unwrap_or(folder).to_owned();
        let root = fs::canonicalize(&root_name);
        let root = root.map_err(|error| format!("cannot find {}: {error}", root_name.display()))?;
        Ok(Self { folder: folder.to_owned(), root, root_name, urls: reach.allow_url.clone() })
    }

    fn file(&self, location: &str) -> Result<Vec<u8>, String> {
        let path = self.folder.join(location);
        let real = fs::canonicalize(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => format!("there is no {}", path.display()),
            _ => format!("cannot read {}: {error}", path.display()),
        })?;
        if !real.starts_with(&self.root) {
            return Err(format!(
                "{} is outside of {}; `--root DIR` names a folder that holds both",
                path.display(),
                self.root_name.display()
            ));
        }
        let cannot = |error: &dyn std::fmt::Display| format!("cannot read {}: {error}", path.display());
        // A pipe would be waited for as soon as it is opened.
        if !fs::metadata(&real).is_ok_and(|metadata| metadata.is_file()) {
            return Err(cannot(&"it is no file"));
        }
        let file = fs::File::open(&real).map_err(|error| cannot(&error))?;
        all_of(file).map_err(|error| cannot(&error))
    }

    fn url(&self, url: &str) -> Result<Vec<u8>, String> {
        if !self.urls.iter().any(|prefix| is_below(url, prefix)) {
            return Err(format!("{url} is on the network; --allow-url PREFIX allows it"));
        }
        let cannot = |error: &dyn std::fmt::Display| format!("cannot read {url}: {error}");
        // One that leads elsewhere would lead to what was not allowed.
        let config = ureq::Agent::config_builder().max_redirects(0).timeout_global(Some(Duration::from_secs(60)));
        let agent: ureq::Agent = config.build().into();
        let answer = agent.get(url).call().map_err(|error| cannot(&error))?;
        if !answer.status().is_success() {
            return Err(cannot(&format!("it answers with status {}", answer.status())));
        }
        all_of(answer.into_body().into_reader()).map_err(|error| cannot(&error))
    }
}

impl Loader for Files {
    fn load(&self, location: &str) -> Result<Vec<u8>, String> {
        if location.contains("://") { self.url(location) } else { self.file(location) }
    }
}

/// Whether a URL begins with a prefix, at the end of a host or a folder.
fn is_below(url: &str, prefix: &str) -> bool {
    let rest = url.strip_prefix(prefix);
    rest.is_some_and(|rest| prefix.ends_with('/') || rest.is_empty() || rest.starts_with(['/', '?', '#']))
        && !url.to_lowercase().replace("%2e", ".").split(['/', '?', '#', '\\']).any(|segment| segment == "..")
}

fn all_of(reader: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = reader.take(MOST + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if read as u64 > MOST {
        return Err(format!("it has more than {} MiB", MOST >> 20));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::fs;

    use specsmith::load::Loader;

    use super::{Files, Reach, is_below};

    #[test]
    fn the_folder_of_the_document_is_not_left() {
        let folder = tempfile::tempdir().unwrap();
        let api = folder.path().join("api");
        fs::create_dir_all(api.join("types")).unwrap();
        fs::write(api.join("types/a.yaml"), "a").unwrap();
        fs::write(folder.path().join("secret"), "s").unwrap();
        let (document, reach) = (api.join("api.yaml"), Reach::default());
        let files = Files::of(&document, &reach).unwrap();
        assert_eq!(files.load("types/a.yaml").unwrap(), b"a");
        assert!(files.load("types").unwrap_err().contains("it is no file"));
        assert!(files.load("../secret").unwrap_err().contains("is outside of"));
        assert!(files.load("types/../../secret").unwrap_err().contains("is outside of"));
        let absolute = folder.path().join("secret").display().to_string();
        assert!(files.load(&absolute).unwrap_err().contains("is outside of"));
        assert!(files.load("nothing.yaml").unwrap_err().starts_with("there is no "));
        assert!(files.load("https://schemas.example/a.yaml").unwrap_err().contains("--allow-url"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("secret"), api.join("link")).unwrap();
            assert!(files.load("link").unwrap_err().contains("is outside of"));
            let pipe = api.join("pipe");
            if std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
                assert!(files.load("pipe").unwrap_err().contains("it is no file"));
            }
        }
        let reach = Reach { root: Some(folder.path().to_owned()), ..reach };
        assert_eq!(Files::of(&document, &reach).unwrap().load("../secret").unwrap(), b"s");
    }

    #[test]
    fn a_prefix_ends_where_a_name_ends() {
        assert!(is_below("https://a.example/x/y.yaml", "https://a.example/x/"));
        assert!(is_below("https://a.example/x/y.yaml", "https://a.example"));
        assert!(!is_below("https://a.example.org/x.yaml", "https://a.example"));
        assert!(!is_below("https://a.example/xy.yaml", "https://a.example/x"));
        assert!(!is_below("https://a.example/x/../y.yaml", "https://a.example/x/"));
        assert!(!is_below("https://a.example/x/%2E%2e/y.yaml", "https://a.example/x/"));
    }
}

//! The two SDKs that are compared: where they lie, and what rustdoc says of each.

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use specsmith::files::FileSet;
use specsmith::ir::Api;

use crate::folder::write_crate;

/// What both crates are called.
pub(super) const NAME: &str = "sdk";

/// The folder that holds both, while nobody else uses it.
pub(super) struct Sdks {
    folder: PathBuf,
    /// Unlocked when it is dropped.
    _lock: File,
}

impl Sdks {
    /// Opens the folder; waits where another run is in it.
    pub(super) fn open(folder: &Path) -> Result<Self, String> {
        let cannot = |error: std::io::Error| format!("cannot write {}: {error}", folder.display());
        fs::create_dir_all(folder).map_err(cannot)?;
        let lock = File::create(folder.join("lock")).map_err(cannot)?;
        lock.lock().map_err(cannot)?;
        Ok(Self { folder: folder.to_owned(), _lock: lock })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a crate and describes it: the path of what rustdoc says, as JSON.
    ///
    /// The linter would do this by itself. But it asks the registry for the newest versions of all
    /// that the crate needs, and this is about the crate alone.
    pub(super) fn described(&self, side: &str, files: &FileSet, api: &Api) -> Result<PathBuf, String> {
        let cannot = |error: std::io::Error| format!("cannot write {}: {error}", self.folder.display());
        let folder = self.folder.join(side);
        // Both crates have one name and one place for their documentation, and cargo tells them apart
        // by their folders: what is new is documented anew.
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(cannot)?;
        }
        write_crate(files, &folder)?;
        let build = self.folder.join("build");
        let has_features = api.modules.iter().any(|module| module.feature.is_some());
        let features = if has_features { "all" } else { "" };
        let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            // TLS is behind the surface: no item of it depends on one.
            .args(["rustdoc", "--quiet", "--lib", "--no-default-features", "--features", features])
            .arg("--manifest-path")
            .arg(folder.join("Cargo.toml"))
            .args(["--", "-Zunstable-options", "--output-format=json", "--cap-lints=allow"])
            .args(["--document-private-items", "--document-hidden-items"])
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .env_remove("RUSTDOCFLAGS")
            // JSON is not stable yet; the linter gets at it in the same way.
            .env("RUSTC_BOOTSTRAP", "1")
            .stdin(Stdio::null())
            .status()
            .map_err(|error| format!("cannot run cargo: {error}"))?;
        if !status.success() {
            return Err(format!("{} cannot be documented: what cargo said stands above", folder.display()));
        }
        let (made, kept) = (build.join(format!("doc/{NAME}.json")), self.folder.join(format!("{side}.json")));
        fs::rename(made, &kept).map_err(cannot)?;
        Ok(kept)
    }
}

/// The features of a crate.
pub(super) fn features(files: &FileSet) -> BTreeSet<String> {
    let manifest = files.get("Cargo.toml").unwrap_or_default().parse::<toml::Table>().unwrap_or_default();
    let features = manifest.get("features").and_then(toml::Value::as_table);
    features.into_iter().flat_map(toml::Table::keys).cloned().collect()
}

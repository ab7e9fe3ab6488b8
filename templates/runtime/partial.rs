//! A file that has its name when it is complete.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io;
use std::path::{Path, PathBuf};

use tokio::fs::{self, File, OpenOptions};
use tokio::io::AsyncWriteExt;

/// A file that is written under another name until it is complete. Dropped before that, it is gone.
pub(crate) struct PartialFile {
    file: File,
    names: Option<Names>,
}

struct Names {
    partial: PathBuf,
    target: PathBuf,
}

impl PartialFile {
    /// Begins a file that will stand at `path`, in place of one that is there.
    pub(crate) async fn create(path: &Path) -> io::Result<Self> {
        let (target, permissions) = match fs::metadata(path).await {
            Ok(about) if about.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            // A pipe or a device holds nothing that could look complete.
            Ok(about) if !about.is_file() => {
                let file = OpenOptions::new().write(true).open(path).await?;
                return Ok(Self { file, names: None });
            }
            Ok(about) if about.permissions().readonly() => return Err(io::ErrorKind::PermissionDenied.into()),
            // A link stays one: what it leads to is replaced.
            Ok(about) => (fs::canonicalize(path).await?, Some(about.permissions())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_path_buf(), None),
            Err(error) => return Err(error),
        };
        let partial = target.with_file_name(format!(".{:016x}.part", RandomState::new().hash_one(0)));
        let file = OpenOptions::new().write(true).create_new(true).open(&partial).await?;
        let begun = Self { file, names: Some(Names { partial, target }) };
        if let Some(permissions) = permissions {
            begun.file.set_permissions(permissions).await?;
        }
        Ok(begun)
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await
    }

    /// Gives the file its name.
    pub(crate) async fn finish(mut self) -> io::Result<()> {
        // The last write may still be on its way, and fail.
        self.file.flush().await?;
        if let Some(names) = &self.names {
            fs::rename(&names.partial, &names.target).await?;
            self.names = None;
        }
        Ok(())
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if let Some(names) = &self.names {
            // There is nobody to tell if this fails.
            let _ = std::fs::remove_file(&names.partial);
        }
    }
}

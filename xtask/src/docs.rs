//! Pages of the generator's documentation that are made of its tables.

use std::fs;
use std::path::PathBuf;

use crate::generate::workspace;

/// The page, and what it has to say.
fn page() -> (PathBuf, String) {
    (workspace().join("generator/docs/diagnostics.md"), specsmith::diagnostics::page())
}

/// Writes the page if it differs; `check` only tells so. Whether it is as it should be now.
///
/// # Errors
///
/// Fails if the file cannot be written.
pub(crate) fn write(check: bool) -> Result<bool, String> {
    let (path, text) = page();
    if fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return Ok(true);
    }
    if check {
        println!("changed  {}; to repair: cargo xtask generate", path.display());
        return Ok(false);
    }
    fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    println!("{}: written", path.display());
    Ok(true)
}

//! What the fuzz targets found, each through all checks; see `fuzz/`.
#![allow(clippy::disallowed_methods, reason = "tests read the findings, and look at the clock")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../fuzz/src/checks.rs"]
mod checks;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// Whichever target found it: what one stumbles over may be another's input tomorrow.
#[test]
fn what_was_found_stays_mended() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/fuzz");
    let mut found: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    assert!(!found.is_empty());
    for path in found {
        let data = fs::read(&path).unwrap();
        for check in [checks::load, checks::upgrade, checks::pipeline, checks::settings, checks::overlay] {
            let start = Instant::now();
            check(&data);
            assert!(start.elapsed() < Duration::from_secs(2), "{} takes too long", path.display());
        }
    }
}

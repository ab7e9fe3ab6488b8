//! Each kind of problem has its explanation, and each explanation is of a problem that there is.
#![allow(clippy::disallowed_methods, reason = "tests read the sources")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use specsmith::diagnostics::{codes, explain, page};

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_str().unwrap().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

/// The sources, but for the explanations themselves.
fn sources() -> Vec<String> {
    let paths = files(&here().join("src"), ".rs");
    let own = paths.iter().filter(|path| !path.to_str().unwrap().contains("diagnostics/codes"));
    own.map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// The codes that are written where a diagnostic is made.
fn written() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in sources() {
        for maker in ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::note("] {
            for (at, _) in source.match_indices(maker) {
                if let Some(literal) = source[at + maker.len()..].trim_start().strip_prefix('"') {
                    found.insert(literal.split('"').next().unwrap().to_owned());
                }
            }
        }
    }
    found
}

#[test]
fn every_code_is_explained() {
    let written = written();
    assert!(written.len() > 40, "the sources were not read: {written:?}");
    let unexplained: Vec<&String> = written.iter().filter(|code| explain(code).is_none()).collect();
    assert!(unexplained.is_empty(), "no explanation in src/diagnostics/codes: {unexplained:?}");
}

#[test]
fn every_explanation_is_of_a_code() {
    let sources = sources();
    let mut seen = BTreeSet::new();
    for explanation in codes() {
        assert!(seen.insert(explanation.code), "{} is explained twice", explanation.code);
        assert!(!explanation.meaning.is_empty(), "{}", explanation.code);
        assert!(!(explanation.help.is_empty() && explanation.repaired.is_empty()), "{}", explanation.code);
        let literal = format!("\"{}\"", explanation.code);
        assert!(sources.iter().any(|source| source.contains(&literal)), "nothing is called {}", explanation.code);
    }
}

/// What is never seen in a test may say anything.
#[test]
fn every_code_is_in_a_snapshot() {
    let snapshots = [here().join("tests/snapshots"), here().join("../xtask/tests/snapshots")];
    let paths = snapshots.iter().flat_map(|folder| files(folder, ".snap"));
    let text: String = paths.map(|path| fs::read_to_string(path).unwrap()).collect();
    let is_shown = |code: &str| text.contains(&format!("[{code}]")) || text.contains(&format!(" {code}:"));
    let unseen: Vec<&str> = codes().map(|explanation| explanation.code).filter(|code| !is_shown(code)).collect();
    // A broken template is no document's fault.
    assert_eq!(unseen, ["template"]);
}

#[test]
fn the_page_is_as_generated() {
    let there = fs::read_to_string(here().join("docs/diagnostics.md")).unwrap_or_default();
    assert!(there == page(), "docs/diagnostics.md is not as generated; to repair: cargo xtask generate");
}

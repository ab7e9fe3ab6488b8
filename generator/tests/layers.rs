//! The walls of the house: which stage may know which, and which module which crate.
#![allow(clippy::disallowed_methods, reason = "this test reads the sources")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

const STAGES: [&str; 7] = ["load", "upgrade", "normalize", "lower", "ir", "names", "render"];

/// Stages that a folder or file of `src` must not name, by the path's beginning.
const FORBIDDEN: [(&str, &[&str]); 11] = [
    ("names/", &["load", "upgrade", "normalize", "lower", "ir", "render", "format", "config"]),
    ("diagnostics.rs", &["load", "upgrade", "normalize", "lower", "ir", "names", "render", "format", "config"]),
    ("files.rs", &["load", "upgrade", "normalize", "lower", "ir", "names", "render", "format", "config"]),
    ("config.rs", &["load", "upgrade", "normalize", "lower", "ir", "names", "render", "format"]),
    ("ir/", &["load", "upgrade", "normalize", "lower", "render", "format", "config"]),
    ("load/", &["upgrade", "normalize", "lower", "ir", "names", "render", "format", "config"]),
    ("upgrade/", &["normalize", "lower", "ir", "names", "render", "format", "config"]),
    ("normalize/", &["lower", "ir", "render", "format"]),
    ("lower/", &["render", "format", "upgrade"]),
    ("render/", &["load", "upgrade", "normalize", "lower"]),
    ("format.rs", &["load", "upgrade", "normalize", "lower", "ir", "names", "render", "config"]),
];

/// Crates, and where alone they may be named.
const CONFINED: [(&str, &[&str]); 8] = [
    ("openapiv3", &["normalize/", "lower/"]),
    ("heck", &["names/words.rs"]),
    ("minijinja", &["render/environment.rs", "render/outputs.rs"]),
    ("syn", &["format.rs"]),
    ("prettyplease", &["format.rs"]),
    ("serde_yaml", &["load/yaml.rs"]),
    ("saphyr_parser", &["load/yaml.rs"]),
    ("jsonc_parser", &["load/json.rs"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// What breaks the rules in one file: every path to a stage or crate, in `use` and elsewhere.
fn breaks(name: &str, text: &str) -> Vec<String> {
    let mut breaks = Vec::new();
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let names_path = |what: &str| {
        let path = format!("{what}::");
        code.match_indices(&path)
            .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || "_.".contains(c)))
    };
    for (place, stages) in FORBIDDEN.iter().filter(|(place, _)| name.starts_with(place)) {
        for stage in stages
            .iter()
            .filter(|stage| code.contains(&format!("crate::{stage}")) || code.contains(&format!("crate::{{{stage}")))
        {
            breaks.push(format!("{name}: `{place}` must not know `{stage}`"));
        }
    }
    for (library, places) in CONFINED {
        // Tests may look at what comes out with other eyes.
        if !name.ends_with("tests.rs") && names_path(library) && !places.iter().any(|place| name.starts_with(place)) {
            breaks.push(format!("{name}: `{library}` belongs to {}", places.join(", ")));
        }
    }
    breaks
}

#[test]
fn every_file_keeps_to_its_layer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 30, "the sources were not found");
    let name = |path: &Path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    for stage in STAGES {
        assert!(
            files.iter().any(|path| name(path).starts_with(&format!("{stage}/"))),
            "the stage {stage} has no folder"
        );
    }
    let broken: Vec<String> =
        files.iter().flat_map(|path| breaks(&name(path), &fs::read_to_string(path).unwrap())).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_break_is_seen() {
    assert_eq!(breaks("render/x.rs", "use crate::load::Tree;").len(), 1);
    assert_eq!(breaks("ir/x.rs", "fn f() -> openapiv3::Schema {}").len(), 1);
    assert_eq!(breaks("lower/x.rs", "use openapiv3::Schema;").len(), 0);
    assert_eq!(breaks("names/x.rs", "// crate::load is not known here").len(), 0);
}

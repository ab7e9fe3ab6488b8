//! The walls of the house: which stage may know which, and which module which crate.
#![allow(clippy::disallowed_methods, reason = "this test reads the sources")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

const STAGES: [&str; 10] =
    ["load", "overlay", "edits", "upgrade", "mend", "normalize", "lower", "ir", "names", "render"];

/// Stages that a folder or file of `src` must not name, by the path's beginning.
const FORBIDDEN: [(&str, &[&str]); 17] = [
    ("edits/", &["upgrade", "mend", "normalize", "lower", "ir", "names", "render", "format"]),
    ("overlay/", &["upgrade", "mend", "normalize", "lower", "ir", "names", "render", "format"]),
    ("diff/", &["load", "upgrade", "mend", "normalize", "lower", "render", "format", "config"]),
    ("names/", &["load", "upgrade", "mend", "normalize", "lower", "ir", "render", "format", "config"]),
    ("diagnostics.rs", &["load", "upgrade", "mend", "normalize", "lower", "ir", "names", "render", "format", "config"]),
    ("origins.rs", &["load", "upgrade", "mend", "normalize", "lower", "ir", "names", "render", "format", "config"]),
    ("files.rs", &["load", "upgrade", "mend", "normalize", "lower", "ir", "names", "render", "format", "config"]),
    ("config/", &["load", "upgrade", "mend", "normalize", "lower", "ir", "names", "render", "format"]),
    ("config.rs", &["load", "upgrade", "mend", "normalize", "lower", "ir", "names", "render", "format"]),
    ("ir/", &["load", "upgrade", "mend", "normalize", "lower", "render", "format", "config"]),
    ("load/", &["upgrade", "mend", "normalize", "lower", "ir", "names", "render", "format", "config"]),
    ("upgrade/", &["mend", "normalize", "lower", "ir", "names", "render", "format", "config"]),
    ("mend/", &["upgrade", "normalize", "lower", "ir", "names", "render", "format", "config"]),
    ("normalize/", &["upgrade", "mend", "lower", "ir", "render", "format"]),
    ("lower/", &["render", "format", "upgrade", "mend"]),
    ("render/", &["load", "upgrade", "mend", "normalize", "lower"]),
    ("format.rs", &["load", "upgrade", "mend", "normalize", "lower", "ir", "names", "render", "config"]),
];

/// Crates, and where alone they may be named.
const CONFINED: [(&str, &[&str]); 9] = [
    ("serde_json_path", &["overlay/"]),
    ("openapiv3", &["normalize/", "lower/"]),
    ("heck", &["names/words.rs"]),
    ("minijinja", &["render/environment.rs", "render/outputs.rs"]),
    ("syn", &["format.rs"]),
    ("prettyplease", &["format.rs"]),
    ("serde_yaml", &["load/yaml.rs"]),
    ("granit_parser", &["load/places.rs"]),
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

/// The places of a word in code.
fn has_word(code: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .any(|(at, _)| !code[..at].ends_with(is_part) && !code[at + word.len()..].starts_with(is_part))
}

/// All that a file names of the crate's own: what follows `crate::` and `super::super::`, each
/// member of a group on its own.
fn own_paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for root in ["crate::", "super::super::"] {
        for (at, _) in code.match_indices(root) {
            let rest = &code[at + root.len()..];
            let Some(group) = rest.strip_prefix('{') else {
                found.push(rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap().to_owned());
                continue;
            };
            let (mut depth, mut start) = (0, true);
            for (at, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => start = true,
                    c if start && (c.is_alphanumeric() || c == '_') => {
                        let name = group[at..].split(|c: char| !(c.is_alphanumeric() || c == '_')).next();
                        found.push(name.unwrap().to_owned());
                        start = false;
                    }
                    _ => {}
                }
            }
        }
    }
    found
}

/// What breaks the rules in one file: every path to a stage or crate, in `use` and elsewhere.
fn breaks(name: &str, text: &str) -> Vec<String> {
    let mut breaks = Vec::new();
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let paths = own_paths(&code);
    for (place, stages) in FORBIDDEN.iter().filter(|(place, _)| name.starts_with(place)) {
        for stage in stages.iter().filter(|stage| paths.iter().any(|path| path == *stage)) {
            breaks.push(format!("{name}: `{place}` must not know `{stage}`"));
        }
    }
    for (library, places) in CONFINED {
        // Tests may look at what comes out with other eyes.
        let is_own = name.ends_with("tests.rs") || places.iter().any(|place| name.starts_with(place));
        if !is_own && has_word(&code, library) {
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
    assert_eq!(breaks("ir/x.rs", "use openapiv3 as o;").len(), 1);
    assert_eq!(breaks("render/x.rs", "use crate::{config::Config, load::{Tree, Source}};").len(), 1);
    assert_eq!(breaks("render/x.rs", "use super::super::lower::lower;").len(), 1);
    assert_eq!(breaks("render/x.rs", "use crate::{config::Config, ir::{load, Api}};").len(), 0);
    assert_eq!(breaks("lower/x.rs", "use openapiv3::Schema;").len(), 0);
    assert_eq!(breaks("names/x.rs", "// crate::load is not known here").len(), 0);
}

//! No text of a document becomes code. A marker is put into every string of documents with all
//! constructs, one position at a time, and the structure of what is generated stays: it differs in
//! names and texts alone, or a diagnostic says why it differs.
//!
//! Each position has all markers in one text. `INJECTION=all` has each marker alone at each position
//! too, which takes many minutes; without it, they are alone at some positions.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a test has its own settings, and tells figures"
)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod pages;
mod positions;
mod structure;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use positions::{Position, marked, positions};
use serde_json::Value;
use specsmith::diagnostics::Level;
use specsmith::{Input, Outcome};

const DOCUMENTS: [(&str, &str); 3] = [
    ("3.0", include_str!("everything.3.0.yaml")),
    ("3.1", include_str!("everything.3.1.yaml")),
    ("2.0", include_str!("everything.2.0.yaml")),
];

/// What a text could try.
const MARKERS: [&str; 42] = [
    "\n",
    "\r",
    "\r\nx",
    "a\u{2028}b\u{2029}",
    "\u{85}",
    "\0",
    "\u{7f}\u{1b}[31m",
    "*/",
    "/*",
    "// x",
    "//! x",
    "\"#",
    "\"##;",
    "r#\"",
    "]]>",
    "{{ x }}",
    "{% x %}",
    "{# x #}",
    "`",
    "```\nfn main(){}\n",
    "\n```rust\nfn main(){}\n```\n",
    "\n~~~\n",
    "\n    indented()\n",
    "[link](javascript:x)",
    "[`Client`]",
    "<script>alert(1)</script>",
    "\\",
    "\u{202e}abc",
    "\u{2066}\u{200b}\u{feff}",
    "\u{1f600}",
    "Self",
    "gen",
    "$(touch x)",
    "../../etc/passwd",
    "C:\\x",
    "con",
    "#[doc = \"\"]",
    "!",
    "\"); std::process::abort(); (\"",
    "'; fn x() {} '",
    "${x}",
    "%2e%2e%2f%00",
];

/// As plain as a text can be.
const PLAIN: &str = "Zq";

/// What is known of a run, to be compared.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    /// The structure of each file of Rust, without its name.
    rust: Vec<String>,
    /// The keys of the manifest.
    manifest: BTreeSet<String>,
    /// How often each code is told.
    codes: BTreeMap<&'static str, usize>,
}

fn generate(document: &Value) -> Outcome {
    let document = serde_json::to_vec(document).unwrap();
    specsmith::generate(Input {
        document: &document,
        document_name: "api.json",
        config: "[package]\nname = \"everything\"\ncontract = true\n",
        ..Input::default()
    })
}

/// Checks each file by itself, but for those that are as in `known`; gives what is to be compared.
fn run(document: &Value, known: &Known) -> Result<Run, String> {
    let outcome = generate(document);
    let mut codes = BTreeMap::new();
    for diagnostic in outcome.report.diagnostics() {
        *codes.entry(diagnostic.code).or_default() += 1;
        if diagnostic.code == "template" {
            return Err(diagnostic.message.clone());
        }
    }
    let mut run = Run { rust: Vec::new(), manifest: BTreeSet::new(), codes };
    let Some(files) = &outcome.files else {
        let told = outcome.report.count(Level::Error) > 0;
        return if told { Ok(run) } else { Err("nothing is generated, and nothing told".to_owned()) };
    };
    for (path, text) in files.iter() {
        if let Some(structure) = known.get(&(path.to_owned(), text.to_owned())) {
            run.rust.extend(structure.clone());
            continue;
        }
        if let Some(fault) = pages::faults(path, text).first() {
            return Err(fault.clone());
        }
        if path.ends_with(".rs") {
            run.rust.push(structure_of(path, text).map_err(|error| format!("{path}: {error}:\n{text}"))?);
        }
    }
    let manifest: toml::Table = files.get("Cargo.toml").unwrap().parse().map_err(|error| format!("{error}"))?;
    keys(&toml::Value::Table(manifest), "", &mut run.manifest);
    run.rust.sort();
    Ok(run)
}

/// The structure of a file; tables of rules stand in the order of their names.
fn structure_of(path: &str, text: &str) -> Result<String, String> {
    if path == "src/rules.rs" { structure::of_items(text) } else { structure::of(text) }
}

/// Files that were checked already, with their structure if they are Rust.
type Known = BTreeMap<(String, String), Option<String>>;

fn known(document: &Value) -> Known {
    let outcome = generate(document);
    let files = outcome.files.unwrap_or_else(|| panic!("{:#?}", outcome.report));
    let known = files.iter().map(|(path, text)| {
        let structure = path.ends_with(".rs").then(|| structure_of(path, text).unwrap());
        ((path.to_owned(), text.to_owned()), structure)
    });
    known.collect()
}

fn keys(value: &toml::Value, at: &str, found: &mut BTreeSet<String>) {
    let Some(table) = value.as_table() else { return };
    for (number, (key, value)) in table.iter().enumerate() {
        // A feature is called after its tag.
        let at = if at == ".features" { format!("{at}.{number}") } else { format!("{at}.{key}") };
        keys(value, &at, found);
        found.insert(at);
    }
}

/// Compares what a marker makes of a document with what the document is without, and with what a
/// plain marker makes of it: that may be a name of another kind, such as a format that nobody knows.
/// Gives whether a diagnostic tells of the difference.
fn compare(marked: &Run, bare: &Run, plain: &Run) -> Result<bool, String> {
    let is_same = |other: &Run| other.rust == marked.rust && other.manifest == marked.manifest;
    if is_same(bare) || is_same(plain) {
        return Ok(false);
    }
    let is_new = |(code, count): (&&str, &usize)| *count > bare.codes.get(*code).copied().unwrap_or(0);
    if marked.codes.iter().any(is_new) {
        return Ok(true);
    }
    let new = marked.rust.iter().filter(|file| !plain.rust.contains(file)).map(String::as_str);
    let gone = plain.rust.iter().filter(|file| !marked.rust.contains(file)).map(String::as_str);
    let (new, gone): (Vec<&str>, Vec<&str>) = (new.collect(), gone.collect());
    let at = new.iter().zip(&gone).map(|(new, gone)| {
        let at = new.bytes().zip(gone.bytes()).take_while(|(a, b)| a == b).count().saturating_sub(60);
        format!("\n  {}\nis no\n  {}", around(new, at), around(gone, at))
    });
    Err(format!("the structure differs, and nothing says so: {}", at.collect::<String>()))
}

fn around(text: &str, at: usize) -> &str {
    text.get(at..(at + 160).min(text.len())).unwrap_or(text)
}

#[test]
fn no_text_of_a_document_becomes_code() {
    let all = MARKERS.join(" ") + &MARKERS.concat();
    let is_whole = std::env::var("INJECTION").is_ok_and(|value| value == "all");
    let mut jobs: Vec<(usize, Position, &str)> = Vec::new();
    let documents: Vec<Value> = DOCUMENTS.iter().map(|(_, text)| serde_yaml::from_str(text).unwrap()).collect();
    let mut count = 0;
    for (index, document) in documents.iter().enumerate() {
        let positions = positions(document);
        count += positions.len();
        for (at, position) in positions.into_iter().enumerate() {
            jobs.push((index, position.clone(), &all));
            // Another marker at each position; with the whole product, every one.
            let alone = MARKERS.iter().enumerate().filter(|(marker, _)| is_whole || at % MARKERS.len() == *marker);
            jobs.extend(alone.map(|(_, marker)| (index, position.clone(), *marker)));
        }
    }
    let known: Vec<Known> = documents.iter().map(known).collect();
    let bare: Vec<Run> = documents.iter().zip(&known).map(|(document, known)| run(document, known).unwrap()).collect();
    let (next, told) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let failures: Mutex<Vec<String>> = Mutex::default();
    let plain: Mutex<BTreeMap<(usize, Position), Run>> = Mutex::default();
    let work = || {
        while let Some((index, position, marker)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (document, known) = (&documents[*index], &known[*index]);
            let checked = run(&marked(document, position, marker), known).and_then(|marked_run| {
                if compare(&marked_run, &bare[*index], &bare[*index]).is_ok_and(|told| !told) {
                    return Ok(false);
                }
                let key = (*index, position.clone());
                let is_known = plain.lock().unwrap().contains_key(&key);
                if !is_known {
                    let run = run(&marked(document, position, PLAIN), known)?;
                    plain.lock().unwrap().insert(key.clone(), run);
                }
                compare(&marked_run, &bare[*index], &plain.lock().unwrap()[&key])
            });
            match checked {
                Ok(is_told) => _ = told.fetch_add(usize::from(is_told), Ordering::Relaxed),
                Err(error) => failures.lock().unwrap().push(format!(
                    "{} {}{} {:?}: {error}",
                    DOCUMENTS[*index].0,
                    position.at,
                    if position.is_key { " (key)" } else { "" },
                    if marker.len() > 60 { "all" } else { marker },
                )),
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(work);
        }
    });
    println!(
        "{count} positions, {} markers, {} documents generated, of which {} are told to differ",
        MARKERS.len(),
        jobs.len(),
        told.into_inner()
    );
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    let shown: Vec<String> = failures.iter().take(60).map(|it| it.chars().take(500).collect()).collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), shown.join("\n"));
}

/// Half of a pair of surrogates is no character, and no text that Rust could hold.
#[test]
fn half_a_character_is_told_of() {
    let document = br#"{"openapi": "3.0.3", "info": {"title": "\ud800", "version": "1"}, "paths": {}}"#;
    let input = Input { document, document_name: "api.json", config: "", name: Some("x"), ..Input::default() };
    let outcome = specsmith::generate(input);
    assert!(outcome.files.is_none());
    assert_eq!(outcome.report.diagnostics()[0].code, "not-json");
}

//! The table in docs/wire.md claims no more than its tests show.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a test reads files, and prints figures")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What the page says of itself: the row's name, how it stands, and the tests with their files.
struct Row {
    name: String,
    standing: String,
    tests: Vec<(String, PathBuf)>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn rows(page: &str) -> Vec<Row> {
    let lines = page.lines().filter(|line| line.starts_with('|')).skip(2);
    let rows = lines.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 7, "{line}");
        // Each is written [`name`](path).
        let tests = cells[6].split("[`").skip(1).map(|link| {
            let (name, path) = link.split_once("`](").unwrap();
            (name.to_owned(), folder().join(path.split_once(')').unwrap().0))
        });
        Row { name: cells[0].to_owned(), standing: cells[5].to_owned(), tests: tests.collect() }
    });
    rows.collect()
}

/// The names of the functions that are tests, one by one.
fn tests(source: &str) -> BTreeSet<String> {
    let mut is_test = false;
    let mut found = BTreeSet::new();
    for line in source.lines().map(str::trim) {
        let function = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ");
        match function.and_then(|function| function.split_once('(')) {
            Some((name, _)) if is_test => found.extend([name.to_owned()]),
            _ => {}
        }
        is_test = line == "#[test]" || line == "#[tokio::test]";
    }
    found
}

#[test]
fn what_is_called_right_is_shown_by_a_test() {
    let rows = rows(&fs::read_to_string(folder().join("wire.md")).unwrap());
    let is_right = |row: &&Row| row.standing == "right";
    for row in &rows {
        let is_known = row.standing == "right" || row.standing == "not yet" || row.standing.starts_with("not yet: ");
        assert!(is_known, "{}: what is {}?", row.name, row.standing);
        assert!(row.standing != "right" || !row.tests.is_empty(), "{}: nothing shows it", row.name);
        for (test, path) in &row.tests {
            let source = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert!(tests(&source).contains(test), "{}: {} has no test `{test}`", row.name, path.display());
        }
    }
    println!("{} of {} rows are right", rows.iter().filter(is_right).count(), rows.len());
}

#[test]
fn each_test_of_the_table_stands_in_it() {
    let file = folder().join("../tests/sdk/tests/wire/field.rs");
    let rows = rows(&fs::read_to_string(folder().join("wire.md")).unwrap());
    let named: BTreeSet<String> = rows.into_iter().flat_map(|row| row.tests).map(|(test, _)| test).collect();
    for test in tests(&fs::read_to_string(file).unwrap()) {
        assert!(named.contains(&test), "no row names `{test}`");
    }
}

#[test]
fn functions_that_are_no_tests_show_nothing() {
    let source = "#[test]\nfn a() {}\nfn b() {}\n#[tokio::test]\nasync fn c() {}\n// fn d() {}\n#[ignore]\nfn e() {}";
    assert_eq!(tests(source), ["a", "c"].map(str::to_owned).into());
}

//! No operation without a row: a new one in specs/wire.yaml needs its own.

use std::collections::BTreeSet;

use super::{access, answers, bodies, declared, forms, pages, parameters, streams, types};

/// Method and route of each operation in specs/wire.yaml, which has one line for each key.
fn operations() -> Vec<(String, &'static str)> {
    let mut route = "";
    let mut found = Vec::new();
    for line in include_str!("../../../../../specs/wire.yaml").lines() {
        let Some(key) = line.strip_suffix(':') else { continue };
        let indent = key.len() - key.trim_start().len();
        match (indent, key.trim()) {
            (2, key) => route = key,
            (4, "additionalOperations") => {}
            (4, key) if route.starts_with('/') => found.push((key.to_uppercase(), route)),
            // A method of its own is written as it is sent.
            (6, key) if key == key.to_uppercase() => found.push((key.to_owned(), route)),
            _ => {}
        }
    }
    found
}

/// Whether a request line is that of an operation.
fn is_of(line: &str, (method, route): &(String, &str)) -> bool {
    let Some((called, target)) = line.split_once(' ') else { return false };
    let path = target.split('?').next().unwrap_or_default();
    let (found, declared): (Vec<_>, Vec<_>) = (path.split('/').collect(), route.split('/').collect());
    let fits = |(found, declared): (&&str, &&str)| declared.starts_with('{') || found == declared;
    called == method && found.len() == declared.len() && found.iter().zip(&declared).all(fits)
}

#[test]
fn every_operation_has_a_row() {
    let sent = [
        ("bodies", bodies::rows()),
        ("forms", forms::rows()),
        ("parameters", parameters::rows()),
        ("credentials", access::rows()),
    ];
    let seen = [
        ("answers", answers::rows()),
        ("declared answers", declared::rows()),
        ("streams", streams::rows()),
        ("types", types::rows()),
        ("pages", pages::rows()),
    ];
    let mut lines: Vec<&str> = Vec::new();
    let mut counts = Vec::new();
    for (kind, rows) in &sent {
        lines.extend(rows.iter().map(|row| row.line()));
        counts.push(format!("{} {kind}", rows.len()));
    }
    for (kind, rows) in &seen {
        lines.extend(rows.iter().map(|row| row.line()));
        counts.push(format!("{} {kind}", rows.len()));
    }
    let operations = operations();
    let called = lines.iter().map(|line| {
        let found: Vec<_> = operations.iter().filter(|operation| is_of(line, operation)).collect();
        assert_eq!(found.len(), 1, "{line} is a call of {found:?}");
        found[0].clone()
    });
    let called: BTreeSet<_> = called.collect();
    let missed: Vec<_> = operations.iter().filter(|operation| !called.contains(operation)).collect();
    println!("{} rows on the wire: {}; {} operations called", lines.len(), counts.join(", "), called.len());
    assert!(missed.is_empty(), "no row calls {missed:?}");
    assert!(lines.len() >= 120);
}

//! What each change of a document is called, and what it does to a user.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod table;

use std::collections::BTreeSet;

use specsmith::Input;
use specsmith::diagnostics::Level;
use specsmith::diff::{Change, Code, Severity};
use specsmith::load::Source;
use table::{BY_CONFIG, DOCUMENT, TABLE};

fn describe(document: &str, config: &str) -> (specsmith::ir::Api, Source) {
    let input = Input { document: document.as_bytes(), document_name: "shop", config, ..Input::default() };
    let outcome = specsmith::describe(input);
    assert_eq!(outcome.report.count(Level::Error), 0, "{document}\n{:#?}", outcome.report);
    (outcome.api.unwrap(), outcome.source)
}

fn compare(old: &str, old_config: &str, new: &str, new_config: &str) -> Vec<Change> {
    specsmith::diff::compare(&describe(old, old_config).0, &describe(new, new_config).0)
}

fn line(change: &Change) -> String {
    format!("{} {} {}", change.severity.name(), change.code, change.rust)
}

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(DOCUMENT.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from} is not in the document");
        text.replacen(from, to, 1)
    })
}

#[test]
fn each_change_has_its_code() {
    let mut seen = BTreeSet::new();
    let mut check = |changes: &[Change], expected: &[&str], what: &str| {
        seen.extend(changes.iter().map(|change| change.code));
        let mut lines: Vec<String> = changes.iter().map(line).collect();
        let open = expected.contains(&"*");
        let mut expected: Vec<&str> = expected.iter().copied().filter(|line| *line != "*").collect();
        if open {
            lines.retain(|line| expected.contains(&line.as_str()));
        }
        lines.sort();
        expected.sort_unstable();
        assert_eq!(lines, expected, "{what}: {changes:#?}");
    };
    for (edits, expected) in TABLE {
        let new = edited(edits);
        check(&compare(DOCUMENT, "", &new, ""), expected, &format!("{edits:?}"));
    }
    for (old, new, expected) in BY_CONFIG {
        check(&compare(DOCUMENT, old, DOCUMENT, new), expected, new);
    }
    // Twins that are folded, or are no longer.
    let twin = "  /{shop}/pets:\n    get:\n      operationId: listPetsIn\n      tags: [Pets]\n      parameters:\n        - {name: shop, in: path, required: true, schema: {type: string}}\n      responses: {\"204\": {description: None.}}\n";
    let base = "  /pets:\n    get:\n      operationId: listPets\n      tags: [Pets]\n      responses: {\"204\": {description: None.}}\n";
    let head = "openapi: 3.0.3\ninfo: {title: Shop, version: \"1\"}\npaths:\n";
    let fold = "[[fold]]\nsuffix = \"In\"\nparameter = \"shop\"\nreason = \"r\"\n";
    let (one, both) = (format!("{head}{base}"), format!("{head}{base}{twin}"));
    check(&compare(&one, "", &both, fold), &["additive scope-added pets::list"], "folded");
    check(&compare(&both, fold, &one, ""), &["breaking scope-removed pets::list"], "no longer");
    // Setters and members that have other names in Rust.
    let renamed = |text: &str| edited(&[("        - {name: page", text)]);
    let changes = compare(
        &renamed("        - {name: a-b, in: query, schema: {type: string}}\n        - {name: page"),
        "",
        &renamed(
            "        - {name: a-b, in: query, schema: {type: string}}\n        - {name: a_b, in: query, schema: {type: string}}\n        - {name: page",
        ),
        "",
    );
    check(&changes, &["breaking parameter-renamed pets::list", "additive parameter-added pets::list"], "a setter");
    let member = |text: &str| edited(&[("        note: {type: string}", text)]);
    let changes = compare(
        &member("        a.b: {type: string}"),
        "",
        &member("        a.b: {type: string}\n        a_b: {type: string}"),
        "",
    );
    check(&changes, &["breaking field-renamed models::Pet", "additive field-added models::Pet"], "a member");
    let missing: Vec<&Code> = Code::ALL.iter().filter(|code| !seen.contains(*code)).collect();
    assert!(missing.is_empty(), "no test shows {missing:?}");
}

#[test]
fn nothing_changes_from_a_document_to_itself() {
    assert_eq!(compare(DOCUMENT, "", DOCUMENT, ""), []);
    assert_eq!(Severity::ALL.map(Severity::name), ["breaking", "silent", "additive", "docs"]);
    for code in Code::ALL {
        assert_eq!(Code::parse(code.name()), Some(*code));
        assert!(code.meaning().ends_with('.'));
    }
}

#[test]
fn both_places_are_told() {
    let new = edited(&[("    get:\n      operationId: listPets", "    put:\n      operationId: listPets")]);
    let changes = compare(DOCUMENT, "", &new, "");
    let (_, source) = describe(&new, "");
    let moved = changes.iter().find(|change| change.code == Code::IdMoved).unwrap();
    assert_eq!(moved.old.as_ref().unwrap().as_str(), "/paths/~1pets/get/operationId");
    assert_eq!(moved.new.as_ref().unwrap().as_str(), "/paths/~1pets/put/operationId");
    let position = source.spot(moved.new.as_ref().unwrap()).position();
    assert_eq!((position.line, position.column), (8, 20));
    assert!(moved.message.contains("leaves `GET /pets`, which is gone, for `PUT /pets`"), "{}", moved.message);
}

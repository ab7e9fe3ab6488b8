//! What each change of a document is called, and what it does to a user.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod fields;
mod settings;
mod table;

use std::collections::BTreeSet;

use specsmith::Input;
use specsmith::diagnostics::Level;
use specsmith::diff::{Change, Code, Severity, Step};
use specsmith::load::Source;
use table::{BY_CONFIG, DOCUMENT, TABLE};

fn describe(document: &str, config: &str) -> (specsmith::ir::Api, Source) {
    let input =
        Input { document: document.as_bytes(), document_name: "shop", config, shared_config: true, ..Input::default() };
    let outcome = specsmith::describe(input);
    assert_eq!(outcome.report.count(Level::Error), 0, "{document}\n{:#?}", outcome.report);
    (outcome.api.unwrap(), outcome.source)
}

fn compare(old: &str, old_config: &str, new: &str, new_config: &str) -> Vec<Change> {
    specsmith::diff::compare(&describe(old, old_config).0, &describe(new, new_config).0)
}

/// Compares as a regeneration does: names that were given stay.
fn locked(old: &str, new: &str) -> Vec<Change> {
    let input = Input { document: old.as_bytes(), document_name: "shop", ..Input::default() };
    let before = specsmith::describe(input);
    let lock = before.lock.unwrap();
    let after = specsmith::describe(Input { document: new.as_bytes(), lock: &lock, ..input });
    specsmith::diff::compare(&before.api.unwrap(), &after.api.unwrap())
}

fn line(change: &Change) -> String {
    format!("{} {} {}", change.severity.name(), change.code, change.rust)
}

/// What was found, for whoever reads why a row failed.
fn told(changes: &[Change], what: &str) -> String {
    let told: Vec<String> = changes.iter().map(|change| format!("{}: {}", line(change), change.message)).collect();
    format!("{what}\n{}\n", told.join("\n"))
}

fn edited(edits: &[(&str, &str)]) -> String {
    edited_from(DOCUMENT, edits)
}

fn edited_from(document: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(document.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from} is not in the document");
        text.replacen(from, to, 1)
    })
}

/// What was seen, and which rows failed.
#[derive(Default)]
struct Checked {
    seen: BTreeSet<Code>,
    wrong: Vec<String>,
}

impl Checked {
    /// Exactly these lines; with a star, these among others.
    fn check(&mut self, changes: &[Change], expected: &[&str], what: &str) {
        self.seen.extend(changes.iter().map(|change| change.code));
        let mut lines: Vec<String> = changes.iter().map(line).collect();
        let open = expected.contains(&"*");
        let mut expected: Vec<&str> = expected.iter().copied().filter(|line| *line != "*").collect();
        if open {
            lines.retain(|line| expected.contains(&line.as_str()));
        }
        lines.sort();
        expected.sort_unstable();
        if lines != expected {
            self.wrong.push(told(changes, what));
        }
    }

    /// Each change tells what was, or what is, or both; and then they differ.
    fn check_sides(&mut self, changes: &[Change]) {
        let alike = changes.iter().filter(|change| change.before == change.after);
        self.wrong.extend(alike.map(|change| format!("the same on both sides: {change:?}")));
    }
}

#[test]
fn each_change_has_its_code() {
    let mut checked = Checked::default();
    let mut check = |changes: &[Change], expected: &[&str], what: &str| {
        checked.check(changes, expected, what);
        checked.check_sides(changes);
    };
    for (document, table) in [(DOCUMENT, TABLE), (fields::DOCUMENT, fields::FIELDS)] {
        let old = describe(document, "").0;
        for (edits, expected) in table {
            let new = describe(&edited_from(document, edits), "").0;
            check(&specsmith::diff::compare(&old, &new), expected, &format!("{edits:?}"));
        }
    }
    for (document, table) in [(DOCUMENT, BY_CONFIG), (fields::DOCUMENT, settings::SETTINGS)] {
        for (old, new, expected) in table {
            check(&compare(document, old, document, new), expected, &format!("{new:?}"));
        }
    }
    // Twins that are folded, or are no longer.
    let twin = "  /{shop}/pets:\n    get:\n      operationId: listPetsIn\n      tags: [Pets]\n      parameters:\n        - {name: shop, in: path, required: true, schema: {type: string}}\n      responses: {\"204\": {description: None.}}\n";
    let base = "  /pets:\n    get:\n      operationId: listPets\n      tags: [Pets]\n      responses: {\"204\": {description: None.}}\n";
    let head = "openapi: 3.0.3\ninfo: {title: Shop, version: \"1\"}\npaths:\n";
    let fold = "[[fold]]\nsuffix = \"In\"\nparameter = \"shop\"\nreason = \"r\"\n";
    let (one, both) = (format!("{head}{base}"), format!("{head}{base}{twin}"));
    check(&compare(&one, "", &both, fold), &["additive scope-added pets::list"], "folded");
    check(&compare(&both, fold, &one, ""), &["breaking scope-removed pets::list"], "no longer");
    // One module is always there, of several each has its feature.
    let two = base.replace("listPets", "listCows").replace("/pets", "/cows").replace("[Pets]", "[Cows]");
    let changes = [
        "additive method-added cows::list",
        "additive module-added Client::cows",
        "breaking feature-changed Client::pets",
    ];
    check(&compare(&one, "", &format!("{one}{two}"), ""), &changes, "a second module");
    // A method that keeps its name while its id changes.
    let other = one.replace("listPets", "findPets");
    check(&locked(&one, &other), &["docs id-changed pets::list"], "another id");
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
    let (one, other) = (
        "        - {name: a-b, in: query, schema: {type: string}}\n        - {name: page",
        "        - {name: a_b, in: query, schema: {type: string}}\n        - {name: page",
    );
    check(&compare(&renamed(one), "", &renamed(other), ""), &["silent parameter-wire pets::list"], "another parameter");
    let member = |text: &str| edited(&[("        note: {type: string}", text)]);
    let changes = compare(
        &member("        a.b: {type: string}"),
        "",
        &member("        a.b: {type: string}\n        a_b: {type: string}"),
        "",
    );
    check(&changes, &["breaking field-renamed models::Pet", "additive field-added models::Pet"], "a member");
    let changes =
        compare(&member("        fooBar: {type: string}"), "", &member("        foo_bar: {type: string}"), "");
    check(&changes, &["silent field-wire models::Pet"], "another member");
    let Checked { seen, wrong } = checked;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
fn every_code_is_explained() {
    let mut seen = BTreeSet::new();
    for code in Code::ALL {
        let told = code.explanation().unwrap_or_else(|| panic!("{code} has no explanation"));
        for sentence in [told.why, told.advice] {
            assert!(sentence.len() > 5 && sentence.ends_with('.') && !sentence.contains("  "), "{code}: {sentence}");
        }
        assert!(told.before != told.after, "{code}");
        assert!(seen.insert(told.why), "{code} says what another says");
        // One task explains both kinds of codes.
        assert!(specsmith::diagnostics::explain(code.name()).is_none(), "{code} is a diagnostic's too");
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

#[test]
fn a_step_is_that_of_the_gravest_change() {
    let step = |edits: &[(&str, &str)]| Step::of(&compare(DOCUMENT, "", &edited(edits), ""));
    assert_eq!(step(&[]), Step::None);
    assert_eq!(step(&[("Lists pets.", "Lists all pets.")]), Step::Patch);
    // What is deprecated is only documented otherwise, and yet no patch.
    assert_eq!(step(&[("Lists pets.", "Lists pets.\n      deprecated: true")]), Step::Minor);
    assert_eq!(step(&[("[RED, GREEN]", "[RED, GREEN, BLUE]")]), Step::Minor);
    assert_eq!(step(&[("default: 1", "default: 2")]), Step::Major);
    assert_eq!(step(&[("[RED, GREEN]", "[RED]"), ("Lists pets.", "Lists all pets.")]), Step::Major);
}

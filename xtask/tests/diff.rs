//! `cargo xtask diff` as a user runs it: the formats, the exit codes, and names that are kept.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;

const BEFORE: &str = r#"openapi: 3.0.3
info: {title: Tokens, version: "1"}
paths:
  /users/{id}/tokens:
    post:
      operationId: createToken
      tags: [Tokens]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"201": {description: "The token."}}
  /tokens:
    get:
      operationId: list_tokens
      tags: [Tokens]
      parameters: [{name: "a*b", in: query, schema: {type: integer, default: 10}}]
      responses: {"200": {description: "Tokens.", content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}
components:
  schemas:
    Page: {type: object, properties: {items: {type: array, items: {type: string}}}}
"#;

/// The id comes to robots, the users' route stays under another one.
fn after() -> String {
    let users = "    post:\n      operationId: createToken\n";
    let at = BEFORE.find("  /tokens:").unwrap();
    let robots = &BEFORE[BEFORE.find("  /users").unwrap()..at].replace("/users/", "/robots/");
    format!(
        "{}{robots}{}",
        &BEFORE[..at].replace(users, "    post:\n      operationId: createToken_1\n"),
        &BEFORE[at..]
    )
    .replace("default: 10", "default: 20")
    .replace(
        "properties: {items: {type: array, items: {type: string}}}",
        "properties: {items: {type: array, items: {type: integer}}}",
    )
}

fn diff(folder: &tempfile::TempDir, args: &[&str]) -> Output {
    fs::write(folder.path().join("before.yaml"), BEFORE).unwrap();
    fs::write(folder.path().join("after.yaml"), after()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(folder.path()).arg("diff").args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_diff_is_shown_as_pinned() {
    let folder = tempfile::tempdir().unwrap();
    for format in ["text", "json", "markdown", "html"] {
        let output = diff(&folder, &["before.yaml", "after.yaml", "--format", format]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        insta::assert_snapshot!(format!("diff-{format}"), without_assets(text(&output.stdout)));
    }
}

/// A page without its style and script, and what it says of them.
fn without_assets(mut page: String) -> String {
    for (from, to) in [("<style>", "</style>"), ("<script>", "</script>"), ("'sha256-", "'"), ("'sha256-", "'")] {
        // What was cut is there no more, and so the second hash is found after the first.
        let Some(at) = page.find(from) else { return page };
        let rest = at + from.len();
        let end = rest + page[rest..].find(to).unwrap();
        page.replace_range(at..end, &from.replace("sha256-", "HASH"));
    }
    page
}

#[test]
fn a_method_stays_on_its_route_while_its_id_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let output = diff(&folder, &["before.yaml", "after.yaml", "--format", "json"]);
    let changes: Value = serde_json::from_slice(&output.stdout).unwrap();
    let of = |code: &str| -> Vec<&Value> {
        changes["changes"].as_array().unwrap().iter().filter(|change| change["code"] == code).collect()
    };
    assert!(of("route-changed").is_empty() && of("method-removed").is_empty());
    let [moved] = of("id-moved")[..] else { panic!("{changes:#}") };
    assert_eq!(moved["severity"], "silent");
    assert_eq!((&moved["old"], &moved["new"]), (&"before.yaml:6:20".into(), &"after.yaml:12:20".into()));
    let [added] = of("method-added")[..] else { panic!("{changes:#}") };
    assert_eq!(
        (&added["rust"], &added["route"]),
        (&"tokens::create_robot_token".into(), &"POST /robots/{id}/tokens".into())
    );
    assert_eq!(changes["counts"]["breaking"], 1);
}

#[test]
fn exit_codes_say_how_grave_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, from: &str, to: &str| {
        assert!(BEFORE.contains(from), "{from}");
        fs::write(folder.path().join(name), BEFORE.replace(from, to)).unwrap();
    };
    write("docs.yaml", "title: Tokens", "title: Your tokens");
    write(
        "additive.yaml",
        "{\"201\": {description: \"The token.\"}}",
        "{\"201\": {description: \"The token.\"}}\n  /more:\n    get: {operationId: more, tags: [Tokens], responses: {\"204\": {description: None.}}}",
    );
    write("silent.yaml", "default: 10", "default: 20");
    for (args, code) in [
        (vec!["before.yaml", "before.yaml", "--fail-on", "docs"], 0),
        (vec!["before.yaml", "after.yaml"], 0),
        (vec!["before.yaml", "after.yaml", "--fail-on", "breaking"], 1),
        (vec!["before.yaml", "silent.yaml", "--fail-on", "breaking"], 0),
        (vec!["before.yaml", "silent.yaml", "--fail-on", "silent"], 1),
        (vec!["before.yaml", "after.yaml", "--fail-on", "silent"], 1),
        (vec!["before.yaml", "additive.yaml", "--fail-on", "silent"], 0),
        (vec!["before.yaml", "additive.yaml", "--fail-on", "additive"], 1),
        (vec!["before.yaml", "docs.yaml", "--fail-on", "additive"], 0),
        (vec!["before.yaml", "docs.yaml", "--fail-on", "docs", "--format", "json"], 1),
        (vec!["before.yaml", "docs.yaml", "--fail-on", "nothing"], 2),
        (vec!["before.yaml", "missing.yaml"], 2),
        (vec!["before.yaml", "after.yaml", "--git", "HEAD"], 2),
        (vec!["before.yaml", "--old-config", "before.toml"], 2),
        (vec!["--explain", "id-moved"], 0),
        (vec!["--explain", "nothing"], 2),
    ] {
        assert_eq!(diff(&folder, &args).status.code(), Some(code), "{args:?}");
    }
    for (new, step) in [("docs", "patch"), ("additive", "minor"), ("silent", "major")] {
        let output = diff(&folder, &["before.yaml", &format!("{new}.yaml")]);
        assert!(text(&output.stdout).contains(&format!("\nversion: {step}, because of ")), "{output:?}");
    }
    fs::write(folder.path().join("broken.yaml"), BEFORE.replace("openapi: 3.0.3", "openapi: 9.0.0")).unwrap();
    for args in [["before.yaml", "broken.yaml"], ["broken.yaml", "before.yaml"]] {
        let output = diff(&folder, &args);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains("broken.yaml:1:"), "{output:?}");
        assert!(output.stdout.is_empty(), "{output:?}");
    }
}

#[test]
fn the_same_document_has_no_changes_however_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let same = "no changes: other gives the same SDK as before.yaml\n";
    let json = r##"{"openapi": "3.0.3", "info": {"title": "Tokens", "version": "1"}, "paths": {
  "/users/{id}/tokens": {"post": {"operationId": "createToken", "tags": ["Tokens"],
    "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
    "responses": {"201": {"description": "The token."}}}},
  "/tokens": {"get": {"operationId": "list_tokens", "tags": ["Tokens"],
    "parameters": [{"name": "a*b", "in": "query", "schema": {"type": "integer", "default": 10}}],
    "responses": {"200": {"description": "Tokens.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}}}}}}},
  "components": {"schemas": {"Page": {"type": "object", "properties": {"items": {"type": "array", "items": {"type": "string"}}}}}}}"##;
    for other in [BEFORE, json] {
        fs::write(folder.path().join("other"), other).unwrap();
        let output = diff(&folder, &["before.yaml", "other"]);
        assert_eq!(text(&output.stdout), same, "{output:?}");
    }
    let markdown = diff(&folder, &["before.yaml", "before.yaml", "--format", "markdown"]);
    assert_eq!(text(&markdown.stdout), "# Changes\n\nNone.\n");
}

#[test]
fn nothing_of_a_document_moves_the_cursor() {
    let folder = tempfile::tempdir().unwrap();
    let hostile = BEFORE
        .replace("\"a*b\"", "\"a\\e[2J\\n\\x9b\\u202eb\"")
        .replace("/tokens:\n    get", "\"/tokens\\e[1m\":\n    get");
    fs::write(folder.path().join("old.yaml"), &hostile).unwrap();
    fs::write(folder.path().join("new.yaml"), hostile.replace("default: 10", "enum: [1, 2]")).unwrap();
    for format in ["text", "markdown"] {
        for (old, new) in [("old.yaml", "new.yaml"), ("old.yaml", "before.yaml"), ("before.yaml", "new.yaml")] {
            let output = diff(&folder, &[old, new, "--format", format]);
            assert_eq!(output.status.code(), Some(0), "{output:?}");
            let told = text(&output.stdout);
            assert!(told.chars().all(|c| c == '\n' || !(c.is_control() || c == '\u{202e}')), "{told:?}");
            assert!(told.contains("/tokens\u{fffd}[1m"), "{told:?}");
        }
    }
}

#[test]
fn a_place_is_where_the_author_wrote_it() {
    let folder = tempfile::tempdir().unwrap();
    let swagger = |of: &str| {
        format!(
            "swagger: \"2.0\"\ninfo: {{title: Pets, version: \"1\"}}\npaths: {{}}\ndefinitions:\n  Pet:\n    type: object\n    properties:\n      name: {{type: {of}}}\n"
        )
    };
    fs::write(folder.path().join("old.yaml"), swagger("string")).unwrap();
    fs::write(folder.path().join("new.yaml"), swagger("integer")).unwrap();
    let output = diff(&folder, &["old.yaml", "new.yaml"]);
    assert!(text(&output.stdout).contains("old.yaml:8:7 -> new.yaml:8:7"), "{output:?}");
}

#[test]
fn settings_may_fit_one_of_the_documents_alone() {
    let folder = tempfile::tempdir().unwrap();
    let settings = |operation: &str| {
        let entry = format!("[operations.{operation}]\nrename = \"make\"\nreason = \"shorter\"\n");
        fs::write(folder.path().join("tokens.toml"), entry).unwrap();
        diff(&folder, &["before.yaml", "after.yaml", "--config", "tokens.toml"])
    };
    let newer = settings("createToken_1");
    assert_eq!((newer.status.code(), text(&newer.stderr)), (Some(0), String::new()));
    // The name belongs to the users' route, and the id has left it: that is for people to decide.
    let taken = settings("createToken");
    assert_eq!(taken.status.code(), Some(0), "{taken:?}");
    assert!(text(&taken.stderr).starts_with("note: 1 entry of the settings would have to change for after.yaml"));
    assert!(text(&taken.stdout).contains("the operationId `createToken` leaves `POST /users/{id}/tokens`"));
    let neither = settings("makeToken");
    assert_eq!(neither.status.code(), Some(1), "{neither:?}");
    let told = text(&neither.stderr);
    assert!(told.contains("error[unused-config]") && told.contains("tokens.toml:1:"), "{told}");
}

/// An unknown member of a document is told by `check`; it is no entry of the settings.
#[test]
fn what_a_document_has_wrong_is_no_fault_of_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let odd = BEFORE.replace("  /tokens:\n", "  /tokens:\n    look: {}\n");
    fs::write(folder.path().join("odd.yaml"), &odd).unwrap();
    fs::write(folder.path().join("later.yaml"), odd.replace("default: 10", "default: 20")).unwrap();
    let output = diff(&folder, &["odd.yaml", "later.yaml"]);
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
    assert!(text(&output.stdout).contains("parameter-default"), "{output:?}");
}

#[test]
fn a_code_is_explained() {
    let xtask = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        text(&output.stdout)
    };
    let page = xtask(&["explain", "id-moved"]);
    insta::assert_snapshot!("explain-id-moved", page);
    assert_eq!(xtask(&["explain", "silent[id-moved]"]), page);
    assert_eq!(xtask(&["diff", "--explain", "id-moved"]), page);
    let list = xtask(&["explain"]);
    assert!(list.lines().any(|line| line.starts_with("  id-moved  ")), "{list}");
    assert!(list.lines().any(|line| line.starts_with("  unused-config  ")), "{list}");
    insta::assert_snapshot!("explain-unused-config", xtask(&["explain", "error[unused-config]:"]));
    // Lines that a terminal does not break, but for those of an example.
    let codes = list.lines().filter_map(|line| line.strip_prefix("  "));
    for code in codes.filter_map(|line| line.split_whitespace().next()) {
        let page = xtask(&["explain", code]);
        assert!(page.lines().all(|line| line.starts_with("  ") || line.chars().count() <= 100), "{page}");
    }
}

#[test]
fn what_reads_alike_stands_together() {
    let operation = |name: &str, more: &str| {
        let size = "{name: size, in: query, schema: {type: integer, default: 10}}";
        let responses = "{\"204\": {description: None.}}";
        format!(
            "  /{name}:\n    get: {{operationId: {name}, tags: [Pets], parameters: [{size}{more}], responses: {responses}}}\n"
        )
    };
    let many = |names: &[&str]| -> String {
        names.iter().map(|name| format!(", {{name: {name}, in: query, schema: {{type: string}}}}")).collect()
    };
    let (gone, new) = (["a", "b", "c", "d", "e", "f"], ["u", "v", "w", "x", "y", "z", "zz"]);
    let head = "openapi: 3.0.3\ninfo: {title: Pets, version: \"1\"}\npaths:\n";
    let others: String = ["cats", "cows", "dogs", "hens"].iter().map(|name| operation(name, "")).collect();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    write("few.yaml", format!("{head}{others}{}", operation("all", &many(&gone))));
    let later = format!("{head}{others}{}", operation("all", &many(&new)));
    write("many.yaml", later.replace("default: 10", "default: 25"));
    let output = diff(&folder, &["few.yaml", "many.yaml"]);
    insta::assert_snapshot!("diff-many", text(&output.stdout));
}

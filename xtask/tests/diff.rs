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
    for (args, code) in [
        (vec!["before.yaml", "before.yaml", "--fail-on", "docs"], 0),
        (vec!["before.yaml", "after.yaml"], 0),
        (vec!["before.yaml", "after.yaml", "--fail-on", "breaking"], 1),
        (vec!["before.yaml", "after.yaml", "--fail-on", "silent"], 1),
        (vec!["before.yaml", "missing.yaml"], 2),
        (vec!["before.yaml", "after.yaml", "--git", "HEAD"], 2),
        (vec!["before.yaml", "--old-config", "before.toml"], 2),
        (vec!["--explain", "id-moved"], 0),
        (vec!["--explain", "nothing"], 2),
    ] {
        assert_eq!(diff(&folder, &args).status.code(), Some(code), "{args:?}");
    }
    assert!(text(&diff(&folder, &["before.yaml", "before.yaml"]).stdout).contains("0 breaking, 0 silent"));
    fs::write(folder.path().join("broken.yaml"), BEFORE.replace("openapi: 3.0.3", "openapi: 9.0.0")).unwrap();
    let output = diff(&folder, &["before.yaml", "broken.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("broken.yaml:1:"), "{output:?}");
}

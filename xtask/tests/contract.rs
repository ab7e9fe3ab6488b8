//! `cargo xtask contract`: the judge lets right requests pass and finds each kind of mistake, and
//! the task says what it needs.
//!
//! The judge is a library of Python's. Where it is missing, its tests say so and pass, unless
//! `CONTRACT_JUDGE=required` is set: CI sets it. Then the whole task is run too, which takes its time.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Whether the judge must be here.
fn is_required() -> bool {
    std::env::var_os("CONTRACT_JUDGE").is_some_and(|value| value == "required")
}

/// Runs the judge; none if it is not here.
fn judge(requests: &[Value]) -> Option<Vec<Value>> {
    let own = workspace().join("target/contract/python/bin/python");
    let python = if own.exists() { own } else { "python3".into() };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let child = Command::new(python)
        .arg(folder.join("contract/judge.py"))
        .arg(folder.join("tests/contract/document.yaml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let output = child.and_then(|mut child| {
        let lines: String = requests.iter().map(|request| format!("{request}\n")).collect();
        // A judge that is not there reads nothing.
        let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
        child.wait_with_output()
    });
    match output {
        Ok(output) if output.status.success() => {
            let lines = String::from_utf8(output.stdout).unwrap();
            Some(lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
        }
        Ok(output) if output.status.code() != Some(3) => panic!("the judge broke: {output:?}"),
        missing => {
            assert!(!is_required(), "openapi-core is not installed: {missing:?}");
            eprintln!("openapi-core is not installed: the judge was not tested");
            None
        }
    }
}

/// A request that an operation is said to have sent.
fn request(operation: &str, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Value {
    let body = base64(body);
    json!({ "operationId": operation, "method": method, "target": target, "headers": headers, "body": body })
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().chain([0; 3].iter()).take(3).fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        for place in 0..4 {
            let letter = char::from(LETTERS[number >> (18 - 6 * place) & 63]);
            out.push(if place <= chunk.len() { letter } else { '=' });
        }
    }
    out
}

/// Judges requests by name, with the place of the finding that must be there, or none.
fn check(cases: Vec<(&str, Value, &str)>) {
    let requests: Vec<Value> = cases.iter().map(|(_, request, _)| request.clone()).collect();
    let Some(verdicts) = judge(&requests) else { return };
    assert_eq!(verdicts.len(), cases.len());
    let mut wrong = Vec::new();
    for ((name, _, place), verdict) in cases.iter().zip(&verdicts) {
        let found: Vec<&str> = verdict.as_array().unwrap().iter().map(|each| each["where"].as_str().unwrap()).collect();
        let is_right = if place.is_empty() { found.is_empty() } else { found.contains(place) };
        if !is_right {
            wrong.push(format!("{name}: `{place}` was expected: {verdict}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn parameters_are_judged() {
    const WHEN: &str = "when=2026-01-31T10%3A20%3A30.456Z";
    let query = |query: &str| request("getThing", "GET", &format!("/things/7?{WHEN}&{query}"), &[], b"");
    let header = |name, value| request("getThing", "GET", &format!("/things/7?{WHEN}"), &[(name, value)], b"");
    check(vec![
        ("nothing more", request("getThing", "GET", &format!("/things/7?{WHEN}"), &[], b""), ""),
        ("unknown route", request("getThing", "GET", "/nothing/7", &[], b""), "route"),
        ("wrong method", request("getThing", "PUT", &format!("/things/7?{WHEN}"), &[], b""), "route"),
        ("another operation", request("putThing", "GET", &format!("/things/7?{WHEN}"), &[], b""), "route"),
        ("a path value of a wrong type", request("getThing", "GET", &format!("/things/x?{WHEN}"), &[], b""), "path id"),
        ("a missing parameter", request("getThing", "GET", "/things/7", &[], b""), "query when"),
        ("no date", request("getThing", "GET", "/things/7?when=today", &[], b""), "query when"),
        ("an undeclared parameter", query("other=1"), "query other"),
        ("a name twice", query("joined=a&joined=b"), "query joined"),
        ("a joined list", query("joined=a,b"), ""),
        ("a joined list of nullable type with one element", query("joined=a"), ""),
        ("a joined list with a wrong element", query("joined=a,z"), "query joined[1]"),
        ("a repeated list", query("repeated=1&repeated=2"), ""),
        ("a repeated list with a wrong element", query("repeated=1&repeated=x"), "query repeated"),
        ("pipes", query("pipes=1%7C2"), ""),
        ("pipes with a wrong element", query("pipes=1%7Cx"), "query pipes"),
        ("blanks", query("blanks=1%202"), ""),
        ("blanks with a wrong element", query("blanks=1%20x"), "query blanks"),
        ("a deep object", query("deep%5Bx%5D=1"), ""),
        ("a deep object with a wrong member", query("deep%5Bx%5D=a"), "query deep"),
        ("a flat object", query("flat=x,1"), ""),
        ("a flat object with a wrong member", query("flat=x,a"), "query flat"),
        ("a spread object", query("px=1&py=t"), ""),
        ("a spread object with a wrong member", query("px=a"), "query spread"),
        ("JSON", query("json=%7B%22k%22%3A1%7D"), ""),
        ("JSON with a wrong member", query("json=%7B%22k%22%3A%22x%22%7D"), "query json.k"),
        ("a header", header("X-Size", "5"), ""),
        ("a header of a wrong type", header("X-Size", "five"), "header X-Size"),
        ("a list in a header", header("X-Sizes", "5,6"), ""),
        ("a list in a header with a wrong element", header("X-Sizes", "5,six"), "header X-Sizes"),
        ("a cookie", header("Cookie", "session=5"), ""),
        ("a cookie of a wrong type", header("Cookie", "session=five"), "cookie session"),
        ("an undeclared cookie", header("Cookie", "other=5"), "cookie other"),
        ("a label", request("getLabel", "GET", "/labels/.1.2", &[], b""), ""),
        ("a label with a wrong element", request("getLabel", "GET", "/labels/.1.x", &[], b""), "path v"),
        ("a matrix", request("getMatrix", "GET", "/matrices/;v=1,2", &[], b""), ""),
        ("a matrix with a wrong element", request("getMatrix", "GET", "/matrices/;v=1,x", &[], b""), "path v"),
        ("a body where there is none", request("getLabel", "GET", "/labels/.1", &[], b"x"), "body"),
    ]);
}

#[test]
fn bodies_are_judged() {
    let put = |media_type: &str, body: &[u8]| {
        let headers = [("Authorization", "Bearer t"), ("Content-Type", media_type)];
        request("putThing", "POST", "/things", &headers, body)
    };
    let json = |text: &str| put("application/json", text.as_bytes());
    let anything = |body: &str| {
        request("putAnything", "POST", "/anything", &[("Content-Type", "application/json")], body.as_bytes())
    };
    let multipart = |parts: &str| {
        let body = format!("{parts}--B--\r\n").replace('|', "\r\n");
        put("multipart/form-data; boundary=B", body.as_bytes())
    };
    let file =
        "--B|Content-Disposition: form-data; name=\"file\"; filename=\"f\"|Content-Type: application/octet-stream||x|";
    let meta = "--B|Content-Disposition: form-data; name=\"meta\"|Content-Type: application/json||";
    let full = r#"{"name":"ab","size":null,"uuid":"6f1d0f8e-33c0-4b5e-8f3c-9a4c3a3b9a11","word":"abc",
        "inner":{"name":"cd"},"either":"t","more":1}"#;
    let nobody = request("putThing", "POST", "/things", &[("Content-Type", "text/plain")], b"x");
    check(vec![
        ("JSON", json(full), ""),
        ("JSON with a charset", put("application/json; charset=utf-8", full.as_bytes()), ""),
        ("no JSON", json("nope"), "body"),
        ("no body", json(""), "body"),
        ("a missing member", json(r#"{"size":1}"#), "body"),
        ("a short text", json(r#"{"name":"a"}"#), "body.name"),
        ("a member of a wrong type", json(r#"{"name":"ab","size":"x"}"#), "body.size"),
        ("no UUID", json(r#"{"name":"ab","uuid":"x"}"#), "body.uuid"),
        ("a text against its pattern", json(r#"{"name":"ab","word":"-a"}"#), "body.word"),
        ("a deep mistake", json(r#"{"name":"ab","inner":{"name":1}}"#), "body.inner.name"),
        ("what is for answers alone", json(r#"{"name":"ab","id":"x"}"#), "body.id"),
        ("no alternative", json(r#"{"name":"ab","either":5}"#), "body.either"),
        ("SCIM", put("application/scim+json", br#"{"name":"ab"}"#), ""),
        ("SCIM with a mistake", put("application/scim+json", br#"{"name":1}"#), "body.name"),
        ("text", put("text/plain; charset=utf-8", b"text"), ""),
        ("YAML", put("application/x-yaml", b"name: ab\nsize: 1\n"), ""),
        ("YAML with a mistake", put("application/x-yaml", b"name: ab\nsize: x\n"), "body.size"),
        ("bytes", put("application/octet-stream", b"\xff\xfe\0"), ""),
        ("lines", put("application/x-ndjson", b"{\"name\":\"ab\"}\n{\"name\":\"cd\"}\n"), ""),
        ("lines with a mistake", put("application/x-ndjson", b"{\"name\":\"ab\"}\n{}\n"), "body[1]"),
        ("another media type", put("application/xml", b"<a/>"), "body"),
        ("a form", put("application/x-www-form-urlencoded", b"name=ab&size=5"), ""),
        ("a form with a wrong member", put("application/x-www-form-urlencoded", b"name=ab&size=five"), "body"),
        ("a form without a member", put("application/x-www-form-urlencoded", b"size=5"), "body"),
        ("parts", multipart(&format!("{file}{meta}{{\"name\":\"ab\"}}|")), ""),
        ("a missing part", multipart(&format!("{meta}{{\"name\":\"ab\"}}|")), "body"),
        ("a part with a mistake", multipart(&format!("{file}{meta}{{\"name\":1}}|")), "body.meta.name"),
        ("any media type", anything(r#"{"name":"ab"}"#), ""),
        ("any media type with a mistake", anything(r#"{"name":1}"#), "body.name"),
        ("no body where it is optional", request("putAnything", "POST", "/anything", &[], b""), ""),
        ("no credentials", nobody, "security"),
    ]);
}

/// The task on a fixture, with its settings if it has some.
fn contract(fixture: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(workspace()).args(["contract", &format!("specs/fixtures/{fixture}.yaml")]);
    let config = format!("specs/fixtures/{fixture}.toml");
    if workspace().join(&config).exists() {
        command.args(["--config", &config]);
    }
    command
}

#[test]
fn the_task_fails_by_a_wrong_request_and_by_a_wrong_answer() {
    if !is_required() {
        eprintln!("CONTRACT_JUDGE is not `required`: the task was not run as a whole");
        return;
    }
    for (fixture, code, part) in [
        ("petstore", 0, "4 operations called, 0 violations (8 requests, 8 answers; 0 known findings)"),
        // The settings give members other types than the document.
        ("repairs", 1, "replaceThing: body.count: 'count' is not of type 'object'"),
        // A schema that requires itself without end: no answer of it can be read.
        ("shapes", 1, "putShapes: the client: putShapes: 200 OK, but the body cannot be read"),
    ] {
        let Output { status, stdout, stderr } = contract(fixture).output().unwrap();
        let (told, log) = (String::from_utf8(stdout).unwrap(), String::from_utf8_lossy(&stderr));
        assert_eq!(status.code(), Some(code), "{fixture}: {told}{log}");
        assert!(told.contains(part), "{fixture}: {told}{log}");
    }
}

#[test]
fn what_is_missing_is_told_with_the_way_to_get_it() {
    let output = contract("petstore").env("CONTRACT_PYTHON", "no/such/python").output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    for part in ["openapi-core 0.23.1", "no/such/python is not there", "pip install -r xtask/contract/requirements.txt"]
    {
        assert!(told.contains(part), "{told}");
    }
}

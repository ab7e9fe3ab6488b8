//! `cargo xtask facts` sees what differs, and prose alone never does.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn facts(ours: &Path, theirs: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("facts").arg(theirs).arg("--spec").arg(ours).output().unwrap()
}

/// Compares the petstore with a copy in which one text is replaced.
fn compare(from: &str, to: &str) -> (Option<i32>, String) {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/fixtures/petstore.yaml");
    compare_with(&ours, &fs::read_to_string(&ours).unwrap(), from, to)
}

/// Compares a document with a text in which one place is replaced.
fn compare_with(ours: &Path, text: &str, from: &str, to: &str) -> (Option<i32>, String) {
    assert!(text.contains(from), "{from}");
    let theirs = tempfile::NamedTempFile::new().unwrap();
    fs::write(&theirs, text.replacen(from, to, 1)).unwrap();
    let output = facts(ours, theirs.path());
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

/// An upload with everything inline ...
const INLINE: &str = r#"
openapi: 3.0.3
info: {title: Uploads, version: "1"}
paths:
  /uploads:
    post:
      operationId: upload
      x-note: for another tool
      parameters:
        - {name: folder, in: query, explode: false, schema: {type: array, items: {type: string}}}
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                title: {type: string, maxLength: 80}
                description: {type: string}
                settings: {type: object, default: {description: none}}
            encoding:
              title: {contentType: text/plain}
      responses:
        "201":
          description: Stored.
          headers:
            description: {schema: {type: string}}
          content:
            application/json: {schema: {type: string}}
            text/plain: {schema: {type: string}}
"#;

/// ... and the same with what can be shared apart.
const SHARED: &str = r##"
openapi: 3.0.3
info: {title: Uploads, version: "1"}
paths:
  /uploads:
    post:
      operationId: upload
      parameters:
        - $ref: "#/components/parameters/folder"
      requestBody:
        $ref: "#/components/requestBodies/file"
      responses:
        "201":
          $ref: "#/components/responses/stored"
components:
  parameters:
    folder:
      {name: folder, in: query, description: Where to., explode: false, schema: {type: array, items: {type: string}}}
  requestBodies:
    file:
      required: true
      content:
        multipart/form-data:
          schema:
            type: object
            properties:
              title: {type: string, maxLength: 80}
              description: {type: string}
              settings: {type: object, default: {description: none}}
          encoding:
            title: {contentType: text/plain}
  responses:
    stored:
      description: It is there.
      headers:
        description: {$ref: "#/components/headers/description"}
      content:
        application/json: {schema: {type: string}}
        text/plain: {schema: {type: string}}
  headers:
    description: {schema: {type: string}}
"##;

#[test]
fn prose_and_order_are_no_difference() {
    for (from, to) in [
        ("summary: List pets", "summary: All of them"),
        ("required: [name, status]", "required: [status, name]"),
        ("description: No such pet.", "description: Not here."),
    ] {
        assert_eq!(compare(from, to), (Some(0), "4 operations, 2 schemas: 0 differences\n".to_owned()));
    }
}

#[test]
fn facts_that_differ_are_found_with_both_places() {
    for (from, to, at) in [
        ("operationId: listPets", "operationId: listAll", "/paths/~1pets/get/operationId"),
        ("default: 20", "default: 30", "/paths/~1pets/get/parameters/query limit/schema/default"),
        ("explode: true", "explode: false", "/paths/~1pets/get/parameters/query status/explode"),
        ("\"404\"", "\"410\"", "/paths/~1pets~1{petId}/get/responses"),
        ("image/png", "image/gif", "requestBody/content"),
        ("shopKey: []", "other: []", "/paths/~1pets/post/security"),
        ("scheme: bearer", "scheme: basic", "/components/securitySchemes/shopKey/scheme"),
        ("required: [name, status]", "required: [name]", "/components/schemas/Pet/required"),
        ("enum: [available", "enum: [AVAILABLE", "/components/schemas/Status/enum/0"),
        ("price: {type: number, nullable: true}", "price: {type: number}", "/components/schemas/Pet/properties/price"),
        ("  /pets/{petId}:", "  /animals/{petId}:", "/paths"),
    ] {
        let (code, shown) = compare(from, to);
        assert_eq!(code, Some(1), "{from}: {shown}");
        assert!(shown.contains(at), "{from}: {shown}");
        assert!(shown.contains("petstore.yaml:"), "{shown}");
        assert!(!shown.ends_with(" 0 differences\n"), "{shown}");
    }
}

#[test]
fn a_document_that_cannot_be_read_is_wrong_usage() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    assert_eq!(facts(&folder.join("kestra.yaml"), &folder.join("invalid/not-yaml.yaml")).status.code(), Some(2));
}

#[test]
fn what_is_shared_is_compared_where_it_is_used() {
    let ours = tempfile::NamedTempFile::new().unwrap();
    fs::write(&ours, SHARED).unwrap();
    let same = (Some(0), "1 operations, 0 schemas: 0 differences\n".to_owned());
    assert_eq!(compare_with(ours.path(), INLINE, "Stored.", "Kept."), same);
    for (from, to, at) in [
        ("explode: false", "explode: true", "parameters/query folder/explode"),
        ("title: {type: string, maxLength: 80}", "title: {type: string}", "properties/title"),
        ("                description: {type: string}\n", "", "properties/description"),
        ("{description: none}", "{description: some}", "properties/settings/default"),
        ("contentType: text/plain", "contentType: text/csv", "encoding/title/contentType"),
        ("description: {schema: {type: string}}", "other: {schema: {type: string}}", "headers/description"),
        ("application/json: {schema", "application/xml: {schema", "content/application~1json"),
        (
            "            application/json: {schema: {type: string}}\n            text/plain: {schema: {type: string}}\n",
            "            text/plain: {schema: {type: string}}\n            application/json: {schema: {type: string}}\n",
            "responses/201/media types",
        ),
    ] {
        let (code, shown) = compare_with(ours.path(), INLINE, from, to);
        assert_eq!(code, Some(1), "{from}: {shown}");
        assert!(shown.contains(at), "{from}: {shown}");
    }
}

#[test]
fn a_circle_of_references_ends() {
    let ours = tempfile::NamedTempFile::new().unwrap();
    let circle = INLINE.replacen("{schema: {type: string}}", "{$ref: \"#/components/headers/a\"}", 1)
        + "components: {headers: {a: {$ref: \"#/components/headers/a\"}}}\n";
    fs::write(&ours, &circle).unwrap();
    let (code, shown) = compare_with(ours.path(), &circle, "Stored.", "Kept.");
    assert_eq!(code, Some(0), "{shown}");
}

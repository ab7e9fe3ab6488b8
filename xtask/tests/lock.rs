//! The lock as a user meets it: it comes with the SDK, is kept, checked, and never lost unawares.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const DOCUMENT: &str = r#"
openapi: 3.0.3
info: {title: Lock, version: "1"}
paths:
  /users/{id}:
    delete:
      operationId: delete
      tags: [Users]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"204": {description: Done.}}
"#;

/// A folder with a document, a lock and an SDK.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(place.path("spec.yaml"), DOCUMENT).unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn lock(&self) -> String {
        fs::read_to_string(self.path("names.lock")).unwrap()
    }

    fn generate(&self, flags: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let args = ["generate", "--spec", "spec.yaml", "--name", "x", "--lock", "names.lock", "--out", "sdk"];
        let config: &[&str] = if self.path("names.toml").exists() { &["--config", "names.toml"] } else { &[] };
        command.current_dir(self.folder.path()).args(args).args(config).args(flags).output().unwrap()
    }

    /// Another document in place of the one before.
    fn write(&self, routes: &[(&str, &str)]) {
        let mut paths = serde_json::json!({});
        for (route, id) in routes {
            let (method, path) = route.split_once(' ').unwrap();
            let names = path.split('{').skip(1).map(|rest| rest.split_once('}').unwrap().0);
            let parameters: Vec<_> = names
                .map(|name| serde_json::json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
                .collect();
            paths[path][method.to_lowercase()] = serde_json::json!({
                "operationId": id, "tags": ["Users"], "parameters": parameters,
                "responses": {"204": {"description": "Done."}},
            });
        }
        let document = serde_json::json!({
            "openapi": "3.0.3", "info": {"title": "Lock", "version": "1"}, "paths": paths,
        });
        fs::write(self.path("spec.yaml"), document.to_string()).unwrap();
    }

    /// What a route is called, as `cargo xtask names` tells it.
    fn name(&self, route: &str) -> String {
        let args = ["names", "--spec", "spec.yaml", "--lock", "names.lock", "--format", "json"];
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let output = command.current_dir(self.folder.path()).args(args).output().unwrap();
        let table: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let operations = table["operations"].as_array().unwrap();
        let is_it = |row: &&serde_json::Value| {
            format!("{} {}", row["method"].as_str().unwrap(), row["path"].as_str().unwrap()) == route
        };
        operations.iter().find(is_it).unwrap()["rust"].as_str().unwrap().to_owned()
    }

    /// All that lies in the folder.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn below(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    below(&path, found);
                } else {
                    found.push((path.clone(), fs::read(path).unwrap()));
                }
            }
        }
        let mut found = Vec::new();
        below(self.folder.path(), &mut found);
        found.sort();
        found
    }
}

/// The entry for the settings that a report offers, with a reason.
fn offered(shown: &str) -> String {
    let lines = shown.lines().map(str::trim).skip_while(|line| !line.starts_with('['));
    let entry: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    assert!(entry.len() > 2, "nothing is offered: {shown}");
    entry.join("\n").replace("...", "it was agreed") + "\n"
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_lock_comes_with_the_sdk_and_keeps_its_names() {
    let place = Place::new();
    let output = place.generate(&[]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(text(&output.stdout).contains("names.lock: 1 names added, 0 retired; commit it"), "{output:?}");
    assert!(
        place
            .lock()
            .contains("\nversion 1\noperation DELETE /users/{id} -> users::delete DeleteUser (delete)\nspelling ")
    );
    assert_eq!(place.generate(&["--locked", "--check"]).status.code(), Some(0));
    assert!(!text(&place.generate(&[]).stdout).contains("names.lock"), "nothing has changed");

    // The route goes, and its id comes to another one.
    fs::write(place.path("spec.yaml"), DOCUMENT.replace("/users/", "/groups/")).unwrap();
    let before = place.lock();
    let output = place.generate(&["--locked"]);
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stderr);
    assert!(shown.contains("error[not-locked]: the lock does not know `DELETE /groups/{id}`"), "{shown}");
    assert!(shown.contains("names.lock:4:1"), "{shown}");
    assert_eq!(place.lock(), before);
    let output = place.generate(&["--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("changed  names.lock"), "{output:?}");
    let output = place.generate(&[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("warning[name-retired]"), "{output:?}");
    assert!(text(&output.stdout).contains("names.lock: 1 names added, 1 retired; commit it"), "{output:?}");
    assert!(place.lock().contains("DELETE /groups/{id} -> users::delete_group DeleteGroup (delete)\n"));
    assert!(place.lock().contains("DELETE /users/{id} -> users::delete DeleteUser (delete) retired\n"));
}

const BEFORE: [(&str, &str); 2] = [("GET /users", "listUsers"), ("DELETE /users/{id}", "delete")];

#[test]
fn a_route_that_comes_with_the_id_of_one_that_is_gone_has_another_name() {
    let place = Place::new();
    place.write(&BEFORE);
    assert_eq!(place.generate(&[]).status.code(), Some(0));
    let old = place.name("DELETE /users/{id}");
    place.write(&[BEFORE[0], ("DELETE /groups/{id}", "delete")]);

    // In CI it fails, with the reason, and writes nothing.
    let before = place.files();
    let output = place.generate(&["--locked"]);
    assert_eq!(output.status.code(), Some(1));
    let reason = format!(
        "warning[name-retired]: `DELETE /groups/{{id}}` is not called `{old}`: the name belongs to \
         `DELETE /users/{{id}}`, which is gone"
    );
    let shown = text(&output.stderr);
    assert!(shown.contains(&reason), "{shown}");
    assert!(
        shown.contains(&format!("error[not-locked]: `DELETE /users/{{id}}` is no longer called `{old}`")),
        "{shown}"
    );
    let unknown = "error[not-locked]: the lock does not know `DELETE /groups/{id}`, which would be called ";
    assert!(shown.contains(unknown) && shown.contains("nothing was written"), "{shown}");
    assert_eq!(place.files(), before);

    // Generated, the new route has another name, and the report says why and where the old one was given.
    let output = place.generate(&[]);
    let shown = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    assert!(shown.contains(&reason) && shown.contains("it was given here"), "{shown}");
    let new = place.name("DELETE /groups/{id}");
    assert_ne!(new, old);
    assert!(shown.contains(&format!("called `{new}` instead")), "{shown}");
    assert!(place.lock().contains(&format!("operation DELETE /users/{{id}} -> {old} ")), "{}", place.lock());
    assert_eq!(place.generate(&["--locked"]).status.code(), Some(0), "the lock knows it now");

    // The old route comes back, and has its name again.
    place.write(&[BEFORE[0], BEFORE[1], ("DELETE /groups/{id}", "delete")]);
    assert_eq!(place.generate(&[]).status.code(), Some(0));
    assert_eq!((place.name("DELETE /users/{id}"), place.name("DELETE /groups/{id}")), (old, new));
}

#[test]
fn a_retired_name_is_given_away_by_an_entry_with_a_reason() {
    let place = Place::new();
    place.write(&BEFORE);
    assert_eq!(place.generate(&[]).status.code(), Some(0));
    let old = place.name("DELETE /users/{id}");
    place.write(&[BEFORE[0], ("DELETE /groups/{id}", "delete")]);
    let entry = offered(&text(&place.generate(&[]).stderr));
    let without = entry.lines().filter(|line| !line.starts_with("reason")).collect::<Vec<_>>().join("\n");
    fs::write(place.path("names.toml"), without).unwrap();
    assert_eq!(place.generate(&[]).status.code(), Some(1), "an entry without a reason");
    fs::write(place.path("names.toml"), entry).unwrap();
    let output = place.generate(&[]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    // From now on the name is the new route's, with the entry or without it.
    fs::remove_file(place.path("names.toml")).unwrap();
    assert_eq!(place.name("DELETE /groups/{id}"), old);
    assert_eq!(place.generate(&["--locked", "--check"]).status.code(), Some(0));
}

#[test]
fn a_route_that_moved_keeps_its_name_once_that_is_confirmed() {
    let place = Place::new();
    place.write(&BEFORE);
    assert_eq!(place.generate(&[]).status.code(), Some(0));
    let old = place.name("DELETE /users/{id}");
    place.write(&[BEFORE[0], ("DELETE /{tenant}/users/{id}", "delete")]);
    let output = place.generate(&["--locked"]);
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stderr);
    let moved = "note[route-moved]: `DELETE /users/{id}` has likely moved: it is gone, and `DELETE /{tenant}/users/{id}` is new";
    assert!(shown.contains(moved), "{shown}");
    let entry = offered(&shown);
    assert!(entry.starts_with("[[moved]]\nfrom = \"DELETE /users/{id}\"\nto = \"DELETE /{tenant}/users/{id}\"\n"));
    fs::write(place.path("names.toml"), entry).unwrap();
    assert_eq!(place.generate(&["--locked"]).status.code(), Some(1), "the lock does not know it yet");
    let output = place.generate(&[]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(!text(&output.stderr).contains("route-moved"), "{output:?}");
    assert_eq!(place.generate(&["--locked", "--check"]).status.code(), Some(0));
    fs::remove_file(place.path("names.toml")).unwrap();
    assert_eq!(place.name("DELETE /{tenant}/users/{id}"), old);
    assert_eq!(place.generate(&["--locked", "--check"]).status.code(), Some(0));
}

#[test]
fn a_lock_that_got_lost_is_not_made_anew_unawares() {
    let place = Place::new();
    assert_eq!(place.generate(&["--locked"]).status.code(), Some(1), "no lock, no name");
    assert!(!place.path("sdk").exists());
    assert_eq!(place.generate(&[]).status.code(), Some(0));
    fs::remove_file(place.path("names.lock")).unwrap();
    for flags in [&[][..], &["--check"], &["--locked"]] {
        let output = place.generate(flags);
        assert_eq!(output.status.code(), Some(1), "{flags:?}");
        let shown = text(&output.stderr);
        assert!(shown.contains("there is no lock names.lock") && shown.contains("--new-lock"), "{shown}");
        assert!(!place.path("names.lock").exists());
    }
    assert_eq!(place.generate(&["--new-lock"]).status.code(), Some(0));
    assert!(place.lock().contains("users::delete"));
}

#[test]
fn a_lock_that_cannot_be_read_is_left_as_it_is() {
    let place = Place::new();
    assert_eq!(place.generate(&[]).status.code(), Some(0));
    let lib = fs::read(place.path("sdk/src/lib.rs")).unwrap();
    for bad in [&b"version 7\n"[..], b"version 1\nalias a -> b\n", b"\xFF", b"version 1\n<<<<<<< ours\n", b"\0"] {
        fs::write(place.path("names.lock"), bad).unwrap();
        fs::write(place.path("spec.yaml"), DOCUMENT.replace("Lock", "Changed")).unwrap();
        let output = place.generate(&[]);
        assert_ne!(output.status.code(), Some(0));
        assert!(text(&output.stderr).contains("lock"), "{output:?}");
        assert_eq!(fs::read(place.path("names.lock")).unwrap(), bad);
        assert_eq!(fs::read(place.path("sdk/src/lib.rs")).unwrap(), lib);
    }
}

#[test]
fn flags_of_the_lock_need_one() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for flag in ["--locked", "--new-lock"] {
        let args = ["generate", "--spec", "specs/fixtures/petstore.yaml", "--out", "no/such/folder", flag];
        let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(args).current_dir(workspace).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("need --lock FILE"), "{output:?}");
    }
}

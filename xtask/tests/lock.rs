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
      operationId: deleteUser
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
        command.current_dir(self.folder.path()).args(args).args(flags).output().unwrap()
    }
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
        place.lock().ends_with("\nversion 1\noperation DELETE /users/{id} -> users::delete DeleteUser (deleteUser)\n")
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
    assert!(place.lock().contains("DELETE /groups/{id} -> users::delete_group DeleteGroup (deleteUser)\n"));
    assert!(place.lock().contains("DELETE /users/{id} -> users::delete DeleteUser (deleteUser) retired\n"));
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
    for bad in [&b"version 7\n"[..], b"\xFF", b"version 1\n<<<<<<< ours\n", b"\0"] {
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

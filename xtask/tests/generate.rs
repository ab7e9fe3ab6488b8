//! `cargo xtask generate` as a user runs it: what is committed is fresh, drift is named, foreign
//! files are safe, and on an error nothing changes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn xtask(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(args).current_dir(workspace()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

/// The petstore, generated into a folder of its own.
fn petstore() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("pets").to_str().unwrap().to_owned();
    let output = xtask(&["generate", "--spec", "specs/fixtures/petstore.yaml", "--name", "pets", "--out", &out]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    (folder, out)
}

#[test]
fn what_is_committed_is_fresh() {
    let output = xtask(&["generate", "--check"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}

#[test]
fn help_is_as_pinned() {
    for (name, args) in [
        ("help", vec!["--help"]),
        ("generate", vec!["generate", "--help"]),
        ("facts", vec!["facts", "--help"]),
        ("names", vec!["names", "--help"]),
        ("diff", vec!["diff", "--help"]),
        ("explain", vec!["explain", "--help"]),
        ("contract", vec!["contract", "--help"]),
        ("semver", vec!["semver", "--help"]),
    ] {
        insta::assert_snapshot!(format!("help-{name}"), text(&xtask(&args).stdout));
    }
}

#[test]
fn drift_is_named_and_repaired() {
    let (_folder, out) = petstore();
    let folder = Path::new(&out);
    let before = files(folder);
    let check = ["generate", "--check", "--spec", "specs/fixtures/petstore.yaml", "--name", "pets", "--out", &out];
    assert_eq!(xtask(&check).status.code(), Some(0));

    let lib = folder.join("src/lib.rs");
    fs::write(&lib, text(&before[&lib]) + "// a line more\n").unwrap();
    fs::remove_file(folder.join("docs/README.md")).unwrap();
    // A file that was generated once: it stands in the list.
    fs::write(folder.join("src/models/old.rs"), "// gone from the document\n").unwrap();
    let list = folder.join(".generated-files");
    fs::write(&list, text(&before[&list]) + "src/models/old.rs\n").unwrap();
    let drifted = files(folder);

    let output = xtask(&check);
    let shown = text(&output.stdout).replace(&out, "pets");
    assert_eq!(output.status.code(), Some(1));
    for line in ["missing  pets/docs/README.md", "changed  pets/src/lib.rs", "stale    pets/src/models/old.rs"] {
        assert!(shown.contains(line), "{shown}");
    }
    assert!(
        shown.contains("to repair: cargo xtask generate --spec specs/fixtures/petstore.yaml --out pets --name pets"),
        "{shown}"
    );
    assert_eq!(files(folder), drifted, "a check writes nothing");

    let repair: Vec<&str> = check.iter().copied().filter(|arg| *arg != "--check").collect();
    let output = xtask(&repair);
    let expected = format!("3 written, {} unchanged, 1 removed", before.len() - 3);
    assert!(text(&output.stdout).contains(&expected), "{}", text(&output.stdout));
    assert_eq!(files(folder), before);
}

#[test]
fn unchanged_files_are_not_touched() {
    let (_folder, out) = petstore();
    let lib = Path::new(&out).join("src/lib.rs");
    let modified = fs::metadata(&lib).unwrap().modified().unwrap();
    xtask(&["generate", "--spec", "specs/fixtures/petstore.yaml", "--name", "pets", "--out", &out]);
    assert_eq!(fs::metadata(&lib).unwrap().modified().unwrap(), modified);
}

#[test]
fn files_of_others_are_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    let out = folder.path().to_str().unwrap();
    let output = xtask(&["generate", "--spec", "specs/fixtures/petstore.yaml", "--out", out]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("thesis.txt"), "{}", text(&output.stderr));
    assert_eq!(files(folder.path()).len(), 1);

    let (_folder, out) = petstore();
    fs::create_dir(Path::new(&out).join("tests")).unwrap();
    fs::write(Path::new(&out).join("tests/mine.rs"), "// by hand").unwrap();
    let output = xtask(&["generate", "--spec", "specs/fixtures/petstore.yaml", "--name", "pets", "--out", &out]);
    assert_eq!(output.status.code(), Some(0), "tests/ belongs to the crate's owner");
}

#[test]
fn a_generated_test_is_fresh_and_one_by_hand_is_safe() {
    let (folder, out) = petstore();
    let config = folder.path().join("pets.toml");
    fs::write(&config, "[package]\ncontract = true\n").unwrap();
    let spec = "specs/fixtures/petstore.yaml";
    let args = ["generate", "--spec", spec, "--config", config.to_str().unwrap(), "--name", "pets", "--out", &out];
    let test = Path::new(&out).join("tests/contract.rs");
    fs::create_dir(test.parent().unwrap()).unwrap();
    fs::write(&test, "// by hand").unwrap();
    let output = xtask(&args);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("tests/contract.rs is there already"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(&test).unwrap(), "// by hand");

    fs::remove_file(&test).unwrap();
    fs::write(test.with_file_name("mine.rs"), "// by hand").unwrap();
    assert_eq!(xtask(&args).status.code(), Some(0));
    let check: Vec<&str> = args.iter().copied().chain(["--check"]).collect();
    assert_eq!(xtask(&check).status.code(), Some(0));
    fs::write(&test, "// changed").unwrap();
    assert!(text(&xtask(&check).stdout).contains("changed  "), "a generated test is no more than generated");

    // Without the setting the test goes, and what is by hand stays.
    let output = xtask(&["generate", "--spec", spec, "--name", "pets", "--out", &out]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(!test.exists() && !test.with_file_name("contract").exists());
    assert!(test.with_file_name("mine.rs").exists());
}

#[test]
fn an_error_changes_nothing() {
    let (_folder, out) = petstore();
    let before = files(Path::new(&out));
    let output =
        xtask(&["generate", "--spec", "specs/invalid/unsupported-version.yaml", "--name", "pets", "--out", &out]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("nothing was written"));
    assert_eq!(files(Path::new(&out)), before);
}

#[test]
fn a_name_that_is_none_is_an_error() {
    let output =
        xtask(&["generate", "--spec", "specs/fixtures/petstore.yaml", "--name", "../x", "--out", "no/such/folder"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("`../x` is no name for a crate"), "{}", text(&output.stderr));
    assert!(!workspace().join("no").exists());
}

#[test]
fn stages_are_printed() {
    for (stage, expected) in [
        ("value", "operationId: listPets"),
        ("document", "method: get"),
        ("ir", "type_name: Pets"),
        ("views", "constant: LIST_PETS"),
    ] {
        let output = xtask(&["generate", "--spec", "specs/fixtures/petstore.yaml", "--emit", stage]);
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).contains(expected), "{stage}");
    }
}

#[test]
fn wrong_usage_is_2() {
    for args in [
        vec!["generate", "--spec", "specs/fixtures/petstore.yaml"],
        vec!["generate", "--name", "x"],
        vec!["generate", "--spec", "no/such/file.yaml", "--out", "no/such/folder"],
        vec!["facts"],
    ] {
        assert_eq!(xtask(&args).status.code(), Some(2), "{args:?}");
    }
    assert!(!workspace().join("no").exists());
}

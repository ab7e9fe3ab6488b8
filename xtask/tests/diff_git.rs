//! `cargo xtask diff` and the end of `cargo xtask generate` in a repository: what is committed against
//! what is there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const DOCUMENT: &str = r#"openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      parameters: [{name: size, in: query, schema: {type: integer, default: 10}}]
      responses: {"204": {description: None.}}
  /dogs:
    get:
      operationId: listDogs
      tags: [Pets]
      responses: {"204": {description: None.}}
"#;

const SETTINGS: &str = "[operations.listDogs]\nrename = \"all_dogs\"\nreason = \"short\"\n";

fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let author = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    let output = command.current_dir(folder).args(author).args(args).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// A repository with a document, its settings and its lock, committed.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let specs = folder.path().join("specs");
    fs::create_dir(&specs).unwrap();
    fs::write(specs.join("pets.yaml"), DOCUMENT).unwrap();
    fs::write(specs.join("pets.toml"), SETTINGS).unwrap();
    git(folder.path(), &["init", "--quiet"]);
    let output = generate(folder.path());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    // Nothing is committed, so there is nothing to compare with.
    assert!(!text(&output.stdout).contains("since"), "{output:?}");
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "-m", "first"]);
    folder
}

fn xtask(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).current_dir(folder).args(args).output().unwrap()
}

fn generate(folder: &Path) -> Output {
    let files = ["--spec", "specs/pets.yaml", "--config", "specs/pets.toml", "--lock", "specs/pets.lock"];
    let mut args = vec!["generate", "--name", "pets", "--out", "out"];
    args.extend(files);
    if !folder.join("specs/pets.lock").exists() {
        args.push("--new-lock");
    }
    xtask(folder, &args)
}

fn diff(folder: &Path, revision: &str) -> Output {
    let files = ["specs/pets.yaml", "--config", "specs/pets.toml", "--lock", "specs/pets.lock"];
    xtask(folder, &[&["diff", "--git", revision], files.as_slice()].concat())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let old = fs::read_to_string(&path).unwrap();
    assert!(old.contains(from), "{from} is not in {file}");
    fs::write(path, old.replace(from, to)).unwrap();
}

#[test]
fn what_is_committed_is_compared_with_what_is_there() {
    let folder = repository();
    let folder = folder.path();
    let same = diff(folder, "HEAD");
    assert_eq!(
        text(&same.stdout),
        "no changes: specs/pets.yaml gives the same SDK as HEAD:specs/pets.yaml\n",
        "{same:?}"
    );
    // The document, the settings and the lock, each as it was.
    edit(folder, "specs/pets.yaml", "default: 10", "default: 25");
    edit(folder, "specs/pets.toml", "all_dogs", "dogs");
    let output = diff(folder, "HEAD");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let told = text(&output.stdout);
    for line in [
        "silent[parameter-default] pets::list  GET /pets",
        "HEAD:specs/pets.yaml:8:20 -> specs/pets.yaml:8:20",
        "breaking[method-renamed] pets::dogs  GET /dogs",
        "`pets::all_dogs` is now called `pets::dogs`",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    // A name stays where it was, though its id leaves: the lock is carried along.
    git(folder, &["checkout", "--quiet", "."]);
    edit(folder, "specs/pets.yaml", "operationId: listPets", "operationId: findPets");
    assert!(text(&diff(folder, "HEAD").stdout).contains("docs[id-changed] pets::list"));
    // Another revision.
    git(folder, &["commit", "--quiet", "-am", "second"]);
    assert!(text(&diff(folder, "HEAD").stdout).starts_with("no changes"));
    assert!(text(&diff(folder, "HEAD~1").stdout).contains("id-changed"));
}

#[test]
fn what_git_cannot_give_is_said() {
    let folder = repository();
    let folder = folder.path();
    let told = |output: Output, text: &str| {
        let said = String::from_utf8(output.stderr.clone()).unwrap();
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(said.contains(text), "{text}\n{said}");
    };
    told(diff(folder, "v9"), "`v9` is no one revision that git knows in specs");
    told(diff(folder, "^HEAD"), "`^HEAD` is no one revision that git knows in specs");
    fs::write(folder.join("specs/new.yaml"), DOCUMENT).unwrap();
    told(xtask(folder, &["diff", "--git", "HEAD", "specs/new.yaml"]), "there was no specs/new.yaml at HEAD");
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("pets.yaml"), DOCUMENT).unwrap();
    told(xtask(outside.path(), &["diff", "--git", "HEAD", "pets.yaml"]), "is in no git repository");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(folder)
        .args(["diff", "--git", "HEAD", "specs/pets.yaml"])
        .env("PATH", outside.path())
        .output();
    told(output.unwrap(), "there is no command `git`");
    // Settings that came later were none before; the lock has the name all the same.
    git(folder, &["rm", "--quiet", "--cached", "specs/pets.toml"]);
    git(folder, &["commit", "--quiet", "-m", "without settings"]);
    assert!(text(&diff(folder, "HEAD").stdout).starts_with("no changes"));
}

#[test]
fn other_files_are_read_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("types")).unwrap();
    let document = DOCUMENT.replace(
        "{\"204\": {description: None.}}\n  /dogs",
        "{\"200\": {description: P., content: {application/json: {schema: {$ref: 'types/pet.yaml#/Pet'}}}}}\n  /dogs",
    );
    fs::write(folder.join("pets.yaml"), &document).unwrap();
    fs::write(folder.join("types/pet.yaml"), "Pet:\n  type: object\n  properties:\n    name: {type: string}\n")
        .unwrap();
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "-m", "first"]);
    let told = || {
        let output = xtask(folder, &["diff", "--git", "HEAD", "pets.yaml"]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        text(&output.stdout)
    };
    assert!(told().starts_with("no changes"), "{}", told());
    edit(folder, "types/pet.yaml", "{type: string}", "{type: integer}");
    assert!(told().contains("HEAD:./types/pet.yaml:4:5 -> types/pet.yaml:4:5"), "{}", told());
    // Their folder may be gone since.
    let other = document.replace("types/pet.yaml", "kinds.yaml");
    fs::write(folder.join("pets.yaml"), other).unwrap();
    fs::rename(folder.join("types/pet.yaml"), folder.join("kinds.yaml")).unwrap();
    fs::remove_dir(folder.join("types")).unwrap();
    assert!(told().contains("HEAD:./types/pet.yaml:4:5 -> kinds.yaml:4:5"), "{}", told());
}

#[test]
fn a_run_ends_with_what_it_changes() {
    let folder = repository();
    let folder = folder.path();
    let quiet = |output: &Output| !text(&output.stdout).contains("since HEAD");
    assert!(quiet(&generate(folder)), "nothing differs from what is committed");
    edit(folder, "specs/pets.yaml", "openapi: 3.0.3", "openapi: 3.0.3 # or later");
    let output = generate(folder);
    assert!(text(&output.stdout).contains("since HEAD: nothing has changed for who uses the SDK"), "{output:?}");
    edit(folder, "specs/pets.yaml", "default: 10", "default: 25");
    edit(
        folder,
        "specs/pets.yaml",
        "  /dogs:\n    get:\n      operationId: listDogs",
        "  /cats:\n    get:\n      operationId: listCats",
    );
    edit(folder, "specs/pets.toml", SETTINGS, "");
    let output = generate(folder);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let told = text(&output.stdout);
    let told = &told[told.find("since HEAD").unwrap()..];
    assert_eq!(
        told,
        "since HEAD: 1 breaking, 1 silent, 1 additive, 0 docs -> major\n  \
         silent[parameter-default] pets::list: without `size` the server takes `25` now; it took `10`\n  \
         breaking[method-removed] pets::all_dogs: `pets::all_dogs` is gone\n  \
         all of them: cargo xtask diff --git HEAD specs/pets.yaml --config specs/pets.toml --lock specs/pets.lock\n"
    );
    // Without git, or where nothing is committed, a run is as good.
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(folder)
        .args(["generate", "--spec", "specs/pets.yaml", "--lock", "specs/pets.lock", "--name", "pets", "--out", "out"])
        .env("PATH", "")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(quiet(&output));
}

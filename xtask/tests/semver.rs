//! `cargo xtask semver`: our step of the version is no lower than a linter's, on pairs of documents
//! whose changes are known.
//!
//! The linter is a program of its own. Where it is missing, this says so and passes, unless
//! `SEMVER_CHECKS=required` is set: CI sets it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Command, Output};

/// The task on a pair of `specs/semver/`.
fn semver(pair: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap());
    command.args(["semver", &format!("specs/semver/{pair}/old.yaml"), &format!("specs/semver/{pair}/new.yaml")]);
    command
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn our_step_is_no_lower() {
    let is_required = std::env::var_os("SEMVER_CHECKS").is_some_and(|value| value == "required");
    if !is_required {
        eprintln!("SEMVER_CHECKS is not `required`: no SDKs were compared");
        return;
    }
    for (pair, parts) in [
        ("additive", &["ours: minor, cargo-semver-checks: minor (1 lints, 1 findings)"][..]),
        (
            "silent",
            &[
                "ours: major, cargo-semver-checks: none (0 lints, 0 findings)",
                "what it does not see:",
                "silent[parameter-default] books::list  GET /books",
                "silent[id-moved] loans::lend  POST /readers/{id}/loans",
                "silent[auth-changed] books::remove",
            ],
        ),
        ("breaking", &["ours: major, cargo-semver-checks: major (5 lints, 9 findings)"]),
    ] {
        let output = semver(pair).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{pair}: {}", told(&output));
        for part in parts {
            assert!(told(&output).contains(part), "{pair}: `{part}` is missing: {}", told(&output));
        }
    }
}

#[test]
fn a_linter_that_is_missing_is_told_with_the_way_to_get_it() {
    let nothing = tempfile::tempdir().unwrap();
    let output = semver("silent").env("PATH", nothing.path()).env("CARGO_HOME", nothing.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    for part in ["`cargo semver-checks` is not there", "help: cargo install cargo-semver-checks --locked"] {
        assert!(told(&output).contains(part), "{}", told(&output));
    }
}

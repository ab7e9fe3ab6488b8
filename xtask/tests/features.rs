//! Each module of an SDK is a cargo feature, and comes with the types that it needs.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

const MANIFEST: &str = include_str!("../../generator/tests/sdk/Cargo.toml");

/// The features of the second SDK's modules, as its manifest lists them.
fn modules() -> Vec<&'static str> {
    let all = MANIFEST.split_once("all = [").unwrap().1.split_once(']').unwrap().0;
    all.split(',').map(|name| name.trim().trim_matches('"')).filter(|name| !name.is_empty()).collect()
}

/// Checks the second SDK with these features alone; gives what cargo says.
fn check(features: &str) -> String {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--package", "wire-sdk", "--no-default-features", "--features", features])
        .current_dir(workspace)
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The test of `validate` needs its feature, which no other test has.
#[test]
fn values_are_judged_with_the_feature_validate() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--package", "wire-sdk", "--features", "validate", "--test", "validate"])
        .current_dir(workspace)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(!told.contains("running 0 tests"), "{told}");
}

#[test]
fn each_module_compiles_alone_without_a_warning() {
    let modules = modules();
    assert!(modules.len() > 3, "{modules:?}");
    for module in modules {
        assert_eq!(check(module), "", "with the feature {module} alone");
    }
    assert_eq!(check(""), "", "without any module");
}

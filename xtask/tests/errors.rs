//! What a user sees of each mistake: code, place, the line with a caret, what to do.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

#[test]
fn mistakes_are_shown_as_pinned() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    insta::glob!("../../specs/invalid", "*.{yaml,json}", |path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let spec = format!("specs/invalid/{name}");
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let out = tempfile::tempdir().unwrap();
        command.current_dir(workspace).args(["generate", "--spec", &spec, "--out"]).arg(out.path());
        for (flag, extension) in [("--config", "toml"), ("--lock", "lock")] {
            let file = Path::new(&spec).with_extension(extension);
            if workspace.join(&file).exists() {
                command.arg(flag).arg(&file);
            }
        }
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert_eq!(out.path().read_dir().unwrap().count(), 0, "{name}: nothing may be written");
        insta::assert_snapshot!(String::from_utf8_lossy(&output.stderr));
    });
}

/// Some documents are one line, of which no more is shown, and read, than a person can use.
#[test]
fn a_long_line_is_shown_by_its_part() {
    let schemas: Vec<String> =
        (0..300).map(|index| format!("\"Schema{index}ä\": {{\"oneOf\": [{{}}, {{}}]}}")).collect();
    let document = format!(
        "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \"paths\": {{}}, \"components\": {{\"schemas\": {{{}}}}}}}",
        schemas.join(", ")
    );
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("one.json");
    std::fs::write(&spec, &document).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("generate").arg("--spec").arg(&spec).arg("--out").arg(folder.path().join("out"));
    let told = String::from_utf8(command.output().unwrap().stderr).unwrap();
    let at = document.split("\"Schema299ä").next().unwrap().chars().count() + 1;
    assert!(told.contains(&format!("one.json:1:{at}\n")), "the column is that of the whole line: {at}");
    assert!(told.lines().all(|line| line.len() < 1000));
}

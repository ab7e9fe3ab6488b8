//! The crate that judges: the SDK of the document, and a program that asks its tables.

use std::collections::HashMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::json;
use specsmith::diagnostics::Level;
use specsmith::ir::{Shape, TypeDef};
use specsmith::{Input, Outcome};

use super::cases::Suite;
use crate::folder::write_crate;
use crate::generate::workspace;

/// What is said of a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verdict {
    /// By the table of its schema.
    pub(super) valid: bool,
    /// By the type, if the value is one of it.
    pub(super) typed: Option<bool>,
}

/// Judges all values of a draft.
pub(super) fn judge(suite: &Suite) -> Result<Vec<Verdict>, String> {
    let document = suite.document().to_string();
    let package = format!("sdk-of-{}", suite.draft.name());
    let input = Input {
        document: document.as_bytes(),
        document_name: suite.draft.name(),
        config: "[package]\nworkspace = false\n",
        name: Some(&package),
        ..Input::default()
    };
    let outcome = specsmith::generate(input);
    let (Some(files), Some(api)) = (&outcome.files, &outcome.api) else {
        return Err(format!("no SDK was made of {}: {}", suite.draft.name(), errors(&outcome)));
    };
    let folder = workspace().join("target/schema-suite").join(&package);
    write_crate(files, &folder)?;
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
    };
    let tables = files.get("src/rules.rs").unwrap_or_default();
    write("src/rules.rs", &format!("{tables}\n{}", table(&api.types)))?;
    let library = files.get("src/lib.rs").unwrap_or_default();
    write("src/lib.rs", &format!("{library}\n#[cfg(feature = \"validate\")]\npub use rules::judged;\n"))?;
    let examples = folder.join("examples");
    fs::create_dir_all(&examples).map_err(|error| format!("cannot make {}: {error}", examples.display()))?;
    write("examples/judge.rs", &MAIN.replace("LIBRARY", &package.replace('-', "_")))?;

    let mut child = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        // Nothing here speaks TLS.
        .args(["run", "--quiet", "--example", "judge", "--no-default-features", "--features", "validate"])
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", workspace().join("target/schema-suite/build"))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let mut lines = String::new();
    for case in suite.cases() {
        let _ = writeln!(lines, "{}", json!([case.component, case.data]));
    }
    let mut stdin = child.stdin.take().ok_or("cargo takes no input")?;
    // Whoever writes waits for the other side to read.
    let writing = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output().map_err(|error| format!("cannot run the judge: {error}"))?;
    if !matches!(writing.join(), Ok(Ok(()))) || !output.status.success() {
        return Err(format!("{} was not built, or did not run through", folder.display()));
    }
    String::from_utf8_lossy(&output.stdout).lines().map(verdict).collect()
}

fn verdict(line: &str) -> Result<Verdict, String> {
    let is_valid = |word: &str| match word {
        "valid" => Ok(Some(true)),
        "invalid" => Ok(Some(false)),
        "none" => Ok(None),
        other => Err(format!("the judge said `{other}`")),
    };
    let (table, typed) = line.split_once(' ').unwrap_or((line, "none"));
    Ok(Verdict { valid: is_valid(table)?.unwrap_or_default(), typed: is_valid(typed)? })
}

fn errors(outcome: &Outcome) -> String {
    let errors = outcome.report.diagnostics().iter().filter(|diagnostic| diagnostic.level == Level::Error);
    errors.map(|diagnostic| format!("{} {:?}\n", diagnostic.message, diagnostic.place)).collect()
}

/// A function that judges by the component's name.
fn table(types: &[TypeDef]) -> String {
    let mut text = "type Typed = fn(serde_json::Value) -> Option<bool>;\n\n\
         /// What the table of a component says of a value, and its type, if the value is one of it.\n\
         pub fn judged(component: &str, value: &serde_json::Value) -> Option<(bool, Option<bool>)> {\n    \
         let (rules, typed): (&Rules, Option<Typed>) = match component {\n"
        .to_owned();
    let mut named: HashMap<&str, &TypeDef> = HashMap::new();
    named.extend(types.iter().filter_map(|def| Some((def.schema.as_deref()?, def))));
    let mut names: Vec<&&str> = named.keys().collect();
    names.sort_unstable();
    for name in names {
        let def = named[*name];
        let typed = match def.shape {
            Shape::Alias(_) => "None".to_owned(),
            _ => format!(
                "Some(|value| Some(crate::Validate::validate_strictly(\
                 &serde_json::from_value::<crate::models::{}>(value).ok()?).is_ok()))",
                def.name
            ),
        };
        let table = def.module.plain().to_ascii_uppercase();
        let _ = writeln!(text, "        {name:?} => (&{table}, {typed}),");
    }
    text.push_str(
        "        _ => return None,\n    };\n    \
         let mut found = Vec::new();\n    \
         crate::runtime::validate::check(value, rules, \"\", true, &mut found);\n    \
         Some((found.is_empty(), typed.and_then(|typed| typed(value.clone()))))\n}\n",
    );
    text
}

/// The program: a line of JSON with a component and a value in, what is said of it out.
const MAIN: &str = r#"//! Judges values.

use std::io::BufRead;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in std::io::stdin().lock().lines() {
        let (component, value): (String, serde_json::Value) = serde_json::from_str(&line?)?;
        let (table, typed) = LIBRARY::judged(&component, &value).ok_or("no such component")?;
        let word = |valid| if valid { "valid" } else { "invalid" };
        println!("{} {}", word(table), typed.map_or("none", word));
    }
    Ok(())
}
"#;

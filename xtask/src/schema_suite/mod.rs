//! `cargo xtask schema-suite`: the JSON-Schema-Test-Suite judges `validate`.
//!
//! The schemas of a draft are the components of one document. Its SDK is built with the feature, and each
//! value of the suite goes through the table of its schema, and, where that is a type, through the type.

mod cases;
mod judge;
mod left_out;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::command::SchemaSuite;
use crate::generate::workspace;
use cases::{Draft, Suite};
use judge::Verdict;
use left_out::LeftOut;

/// Runs the task.
pub(crate) fn run(options: &SchemaSuite) -> Result<ExitCode, String> {
    let folder = folder(options)?;
    let mut is_clean = true;
    for draft in [Draft::V2020, Draft::V4] {
        let suite = Suite::read(&folder, draft)?;
        let left_out = LeftOut::read(draft)?;
        let verdicts = judge::judge(&suite)?;
        is_clean &= show(&suite, &verdicts, &left_out, options.verbose);
    }
    Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Where the suite lies.
fn folder(options: &SchemaSuite) -> Result<PathBuf, String> {
    let folder = options.folder.clone().unwrap_or_else(|| workspace().join("target/schema-suite/json"));
    if folder.join("tests/draft2020-12").is_dir() {
        return Ok(folder);
    }
    Err(format!(
        "this task needs the JSON-Schema-Test-Suite, and {} has none\n\
         help: it comes with the sources of a Python package:\n  \
         python3 -m pip download --no-deps --no-binary :all: -r xtask/schema-suite/requirements.txt -d target/schema-suite\n  \
         tar -xzf target/schema-suite/jsonschema-*.tar.gz -C target/schema-suite --strip-components 1",
        folder.display()
    ))
}

/// What came of the values of a file, or of all.
#[derive(Debug, Default)]
struct Tally {
    passed: usize,
    failed: usize,
    left_out: usize,
    /// Those among them that come out right all the same.
    by_chance: usize,
    typed: usize,
}

/// Prints what came of a draft; whether all was as it is known.
fn show(suite: &Suite, verdicts: &[Verdict], left_out: &LeftOut, verbose: bool) -> bool {
    let mut files: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for (case, verdict) in suite.cases().zip(verdicts) {
        let tally = files.entry(case.file).or_default();
        let is_right = verdict.valid == case.valid && verdict.typed.is_none_or(|typed| typed == case.valid);
        match left_out.reason(&case, is_right) {
            Some(reason) => {
                tally.left_out += 1;
                tally.by_chance += usize::from(is_right);
                *reasons.entry(reason).or_default() += 1;
            }
            None if is_right => {
                tally.passed += 1;
                tally.typed += usize::from(verdict.typed.is_some());
            }
            None => {
                tally.failed += 1;
                let by = if verdict.valid == case.valid { "its type" } else { "its table" };
                let told = if case.valid { "is valid, and was refused" } else { "is invalid, and was taken" };
                failures.push(format!("{}: {}: {}: {told} by {by}", case.file, case.group, case.name));
            }
        }
    }
    let draft = suite.draft.name();
    if verbose {
        for (file, Tally { passed, failed, left_out, .. }) in &files {
            println!("{draft} {file}: {passed} passed, {failed} failed, {left_out} left out");
        }
    }
    for (reason, count) in &reasons {
        println!("{draft}: {count} left out: {reason}");
    }
    failures.extend(left_out.unused().map(|entry| format!("left-out.toml: {entry} hits nothing that goes wrong")));
    failures.iter().for_each(|failure| println!("{draft}: {failure}"));
    let sum = |count: fn(&Tally) -> usize| files.values().map(count).sum::<usize>();
    println!(
        "{draft}: {} values, {} passed ({} of them through a type too), {} failed, {} left out (of which {} come out right)",
        verdicts.len(),
        sum(|it| it.passed),
        sum(|it| it.typed),
        sum(|it| it.failed),
        sum(|it| it.left_out),
        sum(|it| it.by_chance),
    );
    failures.is_empty()
}

//! `cargo xtask semver`: the step of the version that `diff` tells, beside what a linter that nobody
//! here wrote asks for. Ours is never lower.

mod checker;
mod covered;
mod sdk;

use std::fmt;
use std::process::ExitCode;
use std::time::Instant;

use specsmith::diagnostics::Level;
use specsmith::diff::{Change, Severity, Step};
use specsmith::{Input, Outcome};

use crate::command::Semver;
use crate::diff::line;
use crate::generate::workspace;
use crate::input::Texted;
use checker::{Checker, Verdict};
use sdk::Sdks;

/// Runs the task.
pub(crate) fn run(options: &Semver) -> Result<ExitCode, String> {
    let begun = Instant::now();
    // What is missing is told before anything takes long.
    let checker = Checker::find()?;
    let old_config = options.old_config.as_ref().or(options.config.as_ref());
    let old = Texted::read(&options.old, old_config.map(|path| path.as_path()), options.lock.as_deref())?;
    let new = Texted::read(&options.new, options.config.as_deref(), None)?;
    let (old, new) = (old.reaching(&options.reach)?, new.reaching(&options.reach)?);
    let before = generate(old.input());
    let Some((lock, api, files)) = understood(&before) else { return Ok(failed(&old, &before)) };
    // The names are those that a regeneration would give: the lock is carried along.
    let after = generate(Input { lock, ..new.input() });
    let Some((_, later_api, later_files)) = understood(&after) else { return Ok(failed(&new, &after)) };
    let changes = specsmith::diff::compare(api, later_api);

    let sdks = Sdks::open(&workspace().join("target/semver"))?;
    println!("the SDKs of {} and {} are built in {}", old.path, new.path, sdks.folder().display());
    let baseline = sdks.described("old", files, api)?;
    let current = sdks.described("new", later_files, later_api)?;
    let verdict = checker.check(&baseline, &current)?;
    let verdict = verdict.with_features(&sdk::features(files), &sdk::features(later_files));
    Ok(tell(&changes, &verdict, &checker, begun.elapsed().as_secs_f64()))
}

/// Both crates have the same name, and stand alone; their contract tests are not built.
fn generate(input: Input<'_>) -> Outcome {
    specsmith::generate(Input { name: Some(sdk::NAME), contract: true, shared_config: true, ..input })
}

fn understood(outcome: &Outcome) -> Option<(&str, &specsmith::ir::Api, &specsmith::files::FileSet)> {
    Some((outcome.lock.as_deref()?, outcome.api.as_ref()?, outcome.files.as_ref()?))
}

fn failed(texted: &Texted, outcome: &Outcome) -> ExitCode {
    texted.show(&outcome.report, &outcome.source, Level::Warning);
    eprintln!("nothing was compared");
    ExitCode::FAILURE
}

/// Prints both steps with their reasons, the steps themselves in the last line.
fn tell(changes: &[Change], verdict: &Verdict, checker: &dyn fmt::Display, seconds: f64) -> ExitCode {
    let (ours, theirs) = (Step::of(changes), verdict.step());
    println!("{checker} finds:");
    for lint in &verdict.lints {
        println!("  {:5} {}: {}", lint.step.to_string(), lint.name, lint.findings.len());
    }
    if verdict.lints.is_empty() {
        println!("  nothing");
    }
    println!("we find:");
    for severity in Severity::ALL {
        let count = changes.iter().filter(|change| change.severity == severity).count();
        println!("  {:5} {}: {count}", severity.step().to_string(), severity.name());
    }
    let told = format!("{} lints, {} findings", verdict.lints.len(), verdict.findings());
    let last = format!("ours: {ours}, {}: {theirs} ({told}); {seconds:.0} s", checker::TOOL);
    if ours > theirs {
        println!("what it does not see:");
        for change in changes.iter().filter(|change| change.step() > theirs) {
            let route = change.route.as_ref().map(|route| format!("  {}", line(route))).unwrap_or_default();
            println!("  {}[{}] {}{route}", change.severity.name(), change.code, change.rust);
            println!("      {}", line(&change.message));
        }
    }
    let unseen = covered::unseen(verdict, changes);
    if !unseen.is_empty() {
        println!("what we do not see, or take too lightly:");
        unseen.iter().for_each(|(lint, finding)| println!("  {} {}: {finding}", lint.step, lint.name));
    }
    println!("{last}");
    if ours < theirs {
        eprintln!("error: our step is too small");
    }
    if unseen.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use specsmith::diff::Code;

    use super::checker::Lint;
    use super::*;

    #[test]
    fn a_step_that_is_too_small_fails() {
        let change = |severity| Change {
            code: Code::FieldRemoved,
            severity,
            module: None,
            rust: "models::Pet".to_owned(),
            route: None,
            message: "the member `name` is gone".to_owned(),
            before: None,
            after: None,
            old: None,
            new: None,
        };
        let lint = Lint {
            name: "struct_pub_field_missing".to_owned(),
            step: Step::Major,
            findings: vec!["field name of struct Pet, previously in file src/models/pet.rs:9".to_owned()],
        };
        let verdict = Verdict { lints: vec![lint] };
        let code = |changes: &[Change], verdict| tell(changes, verdict, &"the linter", 0.0);
        assert_eq!(code(&[change(Severity::Breaking)], &verdict), ExitCode::SUCCESS);
        assert_eq!(code(&[change(Severity::Additive)], &verdict), ExitCode::FAILURE);
        assert_eq!(code(&[], &verdict), ExitCode::FAILURE);
        // The same step, for something else.
        let other = Change { rust: "models::Toy".to_owned(), ..change(Severity::Breaking) };
        assert_eq!(code(&[other], &verdict), ExitCode::FAILURE);
        assert_eq!(code(&[change(Severity::Breaking)], &Verdict { lints: Vec::new() }), ExitCode::SUCCESS);
    }
}

//! `cargo xtask contract`: every operation of a document is called by its SDK, and a validator that
//! nobody here wrote judges the requests by the document.

mod calls;
mod judge;
mod known;
mod record;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Instant;

use specsmith::diagnostics::{Level, Report};
use specsmith::ir::Api;
use specsmith::{Input, Outcome};

use crate::command::Contract;
use crate::files::{Files, Reach};
use crate::folder::write_crate;
use crate::generate::workspace;
use crate::report::{self, Texts};
use judge::Judge;
use known::Known;
use record::Record;

/// Runs the task.
pub(crate) fn run(options: &Contract) -> Result<ExitCode, String> {
    let begun = Instant::now();
    let read =
        |path: &std::path::Path| fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()));
    // What is missing is told before anything takes long.
    let judge = Judge::find()?;
    let document = read(&options.document)?;
    let name = report::file_name(&options.document);
    let known = Known::read(&name)?;
    let config = match &options.config {
        Some(path) => String::from_utf8(read(path)?).map_err(|error| format!("{}: {error}", path.display()))?,
        None => String::new(),
    };
    let package = calls::package(&name);
    let files = Files::of(&options.document, &Reach::default())?;
    let input = Input {
        document: &document,
        document_name: &name,
        files: Some(&files),
        overlays: &[],
        config: &config,
        name: Some(&package),
        contract: true,
        ..Input::default()
    };
    let outcome = specsmith::generate(input);
    show(&outcome, options, &config);
    let (Some(files), Some(api)) = (&outcome.files, &outcome.api) else {
        eprintln!("nothing was called");
        return Ok(ExitCode::FAILURE);
    };
    let folder = workspace().join("target/contract").join(&package);
    write_crate(files, &folder)?;
    println!("{package}: the test is built and run");
    let record = calls::run(&folder, api)?;
    println!("{} requests are judged by {judge}; {:.0} s so far", record.requests.len(), begun.elapsed().as_secs_f64());
    let findings = judge.judge(&options.document, &record)?;
    let verdict = Verdict::new(api, &record, findings, &known);
    verdict.print(api);
    Ok(if verdict.is_clean(api) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Shows what is wrong with the document; notes are the business of `generate`.
fn show(outcome: &Outcome, options: &Contract, config_text: &str) {
    let mut report = Report::default();
    let told = outcome.report.diagnostics().iter().filter(|diagnostic| diagnostic.level != Level::Note);
    told.for_each(|diagnostic| report.push(diagnostic.clone()));
    let texts = Texts {
        document: &options.document.display().to_string(),
        source: &outcome.source,
        config: options.config.as_deref().map_or(String::new(), |path| path.display().to_string()),
        config_text,
        lock: "no lock".to_owned(),
        lock_text: "",
    };
    eprint!("{}", report::render(&report, &texts, std::io::stderr().is_terminal()));
}

/// A place in a request, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    operation: String,
    place: String,
    what: String,
}

/// What came of it all.
struct Verdict {
    called: usize,
    requests: usize,
    answers: usize,
    /// Violations, with the request in which each was seen first and the number of such requests.
    violations: BTreeMap<Finding, (String, usize)>,
    known: usize,
}

impl Verdict {
    fn new(api: &Api, record: &Record, findings: Vec<Vec<Finding>>, known: &Known) -> Self {
        let called: BTreeSet<&str> = record.requests.iter().map(|request| request.operation.as_str()).collect();
        let answers: BTreeSet<_> =
            record.requests.iter().map(|request| (&request.operation, &request.answer)).collect();
        let mut verdict = Self {
            called: called.len(),
            requests: record.requests.len(),
            answers: answers.len(),
            violations: BTreeMap::new(),
            known: 0,
        };
        for (request, findings) in record.requests.iter().zip(findings) {
            for finding in findings {
                if known.covers(&finding) {
                    verdict.known += 1;
                } else {
                    verdict.add(finding, format!("{} {}, {}", request.method, request.target, request.form));
                }
            }
        }
        for failure in &record.failures {
            let (operation, what) = (failure.operation.clone(), failure.failure.clone());
            let finding = Finding { operation, place: "the client".to_owned(), what };
            verdict.add(finding, format!("{}, answered {}", failure.form, failure.status));
        }
        for id in operations(api).filter(|id| !called.contains(id.as_str())) {
            let (place, what) = ("the client".to_owned(), "the operation was not called".to_owned());
            verdict.add(Finding { operation: id, place, what }, "no request".to_owned());
        }
        for (entry, what) in known.unused() {
            let finding = Finding { operation: "known.toml".to_owned(), place: entry, what };
            verdict.add(finding, "no request".to_owned());
        }
        verdict
    }

    fn add(&mut self, finding: Finding, seen: String) {
        self.violations.entry(finding).or_insert((seen, 0)).1 += 1;
    }

    fn is_clean(&self, api: &Api) -> bool {
        self.violations.is_empty() && api.operations_refused == 0
    }

    fn print(&self, api: &Api) {
        for (Finding { operation, place, what }, (seen, times)) in &self.violations {
            println!("{operation}: {place}: {what}");
            println!("  {seen}{}", if *times > 1 { format!(" (and {} more)", times - 1) } else { String::new() });
        }
        if api.operations_refused > 0 {
            println!("{} operations were refused, and so not called", api.operations_refused);
        }
        println!(
            "{} operations called, {} violations ({} requests, {} answers; {} known findings)",
            self.called,
            self.violations.len(),
            self.requests,
            self.answers,
            self.known,
        );
    }
}

/// The operations that the SDK has, twins one by one.
fn operations(api: &Api) -> impl Iterator<Item = String> {
    let operations = api.modules.iter().flat_map(|module| &module.operations);
    operations.flat_map(|operation| {
        let route = operation.ids.is_empty().then(|| format!("{} {}", operation.method, operation.path));
        operation.ids.iter().cloned().chain(route)
    })
}

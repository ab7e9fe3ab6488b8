//! The tasks of this workspace: everything that reads or writes files, or prints.

mod check;
mod command;
mod contract;
mod corpus;
mod diff;
mod docs;
mod explain;
mod facts;
mod files;
mod folder;
mod generate;
mod git;
mod input;
mod lock;
mod names;
mod report;
mod schema_suite;
mod seen;
mod semver;

use std::process::ExitCode;

use clap::Parser;

use command::{Command, Task};

fn main() -> ExitCode {
    let outcome = match Command::parse().task {
        Task::Generate(options) => generate::run(&options),
        Task::Check(options) => check::run(&options),
        Task::Names(options) => names::run(&options),
        Task::Diff(options) => diff::run(&options),
        Task::Explain(options) => explain::run(options.code.as_deref()),
        Task::Facts(options) => facts::run(&options),
        Task::Contract(options) => contract::run(&options),
        Task::Corpus(options) => corpus::run(&options),
        Task::CorpusDocument(options) => corpus::run_document(&options),
        Task::CorpusExamples(options) => corpus::run_examples(&options),
        Task::SchemaSuite(options) => schema_suite::run(&options),
        Task::Semver(options) => semver::run(&options),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

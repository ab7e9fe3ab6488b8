//! The tasks of this workspace: everything that reads or writes files, or prints.

mod check;
mod command;
mod contract;
mod diff;
mod docs;
mod facts;
mod files;
mod folder;
mod generate;
mod input;
mod lock;
mod names;
mod report;

use std::process::ExitCode;

use clap::Parser;

use command::{Command, Task};

fn main() -> ExitCode {
    let outcome = match Command::parse().task {
        Task::Generate(options) => generate::run(&options),
        Task::Check(options) => check::run(&options),
        Task::Names(options) => names::run(&options),
        Task::Diff(options) => diff::run(&options),
        Task::Facts(options) => facts::run(&options),
        Task::Contract(options) => contract::run(&options),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

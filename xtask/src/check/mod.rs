//! `cargo xtask check`: all that there is to say of a document, and nothing written.

mod json;
mod sarif;
mod text;

use std::io::IsTerminal;
use std::process::ExitCode;

use specsmith::diagnostics::Level;

use crate::command::{Check, CheckFormat};
use crate::input::Texted;

/// Runs the task.
pub(crate) fn run(options: &Check) -> Result<ExitCode, String> {
    let texted = Texted::read(&options.document, options.config.as_deref(), options.lock.as_deref())?
        .reaching(&options.reach)?;
    // Rendering is part of it: what cannot be printed is told too.
    let mut outcome = specsmith::generate(texted.input());
    let untyped =
        outcome.api.as_ref().filter(|_| options.untyped).map(|api| specsmith::untyped::list(api, &outcome.report));
    if options.strict {
        outcome.report.harden();
    }
    let texts = texted.texts(&outcome.source);
    let checked =
        text::Checked { report: &outcome.report, api: outcome.api.as_ref(), untyped: untyped.as_deref(), texts };
    match options.format {
        CheckFormat::Text => print!("{}", checked.text(options.all, std::io::stdout().is_terminal())),
        CheckFormat::Json => println!("{}", json::text(&checked)?),
        CheckFormat::Sarif => println!("{}", sarif::text(&checked)?),
    }
    let fails = outcome.report.count(Level::Error) > 0;
    Ok(if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

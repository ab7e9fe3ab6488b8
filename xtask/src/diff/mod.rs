//! `cargo xtask diff`: what changes for those who use the SDK, from one document to another.

mod html;
mod json;
mod markdown;
mod shown;
mod text;

use std::io::IsTerminal;
use std::process::ExitCode;

use specsmith::diagnostics::Level;
use specsmith::diff::{Code, Severity};
use specsmith::{Input, Outcome};

use crate::command::{Diff, DiffFormat};
use crate::input::Texted;

pub(crate) use shown::{Shown, Side};

/// Runs the task.
pub(crate) fn run(options: &Diff) -> Result<ExitCode, String> {
    if let Some(name) = &options.explain {
        return explain(name);
    }
    let (Some(old), Some(new)) = (&options.old, &options.new) else {
        return Err("diff needs two documents, OLD and NEW (or --explain CODE)".to_owned());
    };
    let old_config = options.old_config.as_ref().or(options.config.as_ref());
    let old = Texted::read(old, old_config.map(|path| path.as_path()), options.lock.as_deref())?;
    let new = Texted::read(new, options.config.as_deref(), None)?;
    let shown = match compare(&old, &new) {
        Ok(shown) => shown,
        Err(unread) => {
            unread.show();
            return Ok(ExitCode::FAILURE);
        }
    };
    match options.format {
        DiffFormat::Text => print!("{}", text::page(&shown, std::io::stdout().is_terminal())),
        DiffFormat::Json => println!("{}", json::page(&shown)?),
        DiffFormat::Markdown => print!("{}", markdown::page(&shown)),
        DiffFormat::Html => print!("{}", html::page(&shown)),
    }
    let worst = options.fail_on.map(Severity::from);
    let fails = worst.is_some_and(|worst| shown.changes.iter().any(|row| row.change.severity <= worst));
    Ok(if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// A document that could not be understood.
pub(crate) struct Unread<'a> {
    texted: &'a Texted,
    outcome: Outcome,
}

impl Unread<'_> {
    /// Says why.
    pub(crate) fn show(&self) {
        self.texted.show(&self.outcome.report, &self.outcome.source, Level::Warning);
    }
}

/// Reads both documents and compares them.
///
/// # Errors
///
/// Gives back the document that has an error.
pub(crate) fn compare<'a>(old: &'a Texted, new: &'a Texted) -> Result<Shown, Unread<'a>> {
    let before = specsmith::describe(old.input());
    let (Some(a), Some(lock)) = (&before.api, &before.lock) else {
        return Err(Unread { texted: old, outcome: before });
    };
    // The names are those that a regeneration would give: the lock is carried along.
    let after = specsmith::describe(Input { lock, ..new.input() });
    let Some(b) = &after.api else { return Err(Unread { texted: new, outcome: after }) };
    let changes = specsmith::diff::compare(a, b);
    Ok(Shown::new(Side::new(old, before), Side::new(new, after), changes))
}

fn explain(name: &str) -> Result<ExitCode, String> {
    match Code::parse(name) {
        Some(code) => {
            println!("{code}: {}", code.meaning());
            Ok(ExitCode::SUCCESS)
        }
        None => {
            let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
            Err(format!("there is no code `{name}`; there are: {}", names.join(", ")))
        }
    }
}

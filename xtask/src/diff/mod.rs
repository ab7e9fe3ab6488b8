//! `cargo xtask diff`: what changes for those who use the SDK, from one document to another.

mod html;
mod json;
mod markdown;
mod shown;
mod sides;
pub(crate) mod since;
mod text;

use std::io::IsTerminal;
use std::process::ExitCode;

use specsmith::Input;
use specsmith::config::UNFIT;
use specsmith::diagnostics::{Diagnostic, Level, Place, Report};
use specsmith::diff::Severity;
use specsmith::load::Source;

use crate::command::{Diff, DiffFormat};
use crate::explain;
use crate::input::Texted;
use crate::lock::LockFile;

pub(crate) use shown::{Shown, Side, line};

/// Runs the task.
pub(crate) fn run(options: &Diff) -> Result<ExitCode, String> {
    if let Some(name) = &options.explain {
        return explain::run(Some(name));
    }
    let (old, new) = sides::read(options)?;
    let shown = match compare(&old, &new) {
        Ok(shown) => shown,
        Err(unread) => {
            unread.show();
            return Ok(ExitCode::FAILURE);
        }
    };
    if shown.unfit > 0 {
        let entries = if shown.unfit == 1 { "1 entry".to_owned() } else { format!("{} entries", shown.unfit) };
        let path = &shown.new.path;
        eprintln!("note: {entries} of the settings would have to change for {path}; `cargo xtask generate` says which");
    }
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
    report: Report,
    source: Source,
    /// The lock of the older document, if it was carried along: its name and text.
    carried: Option<(String, String)>,
}

impl Unread<'_> {
    /// Says why.
    pub(crate) fn show(&self) {
        match &self.carried {
            Some((name, text)) => self.texted.show_with(name, text, &self.report, &self.source, Level::Warning),
            None => self.texted.show(&self.report, &self.source, Level::Warning),
        }
    }
}

/// Reads both documents and compares them.
///
/// The names are those that a regeneration gives: where the newer document has no lock of its own,
/// the one that comes of the older is carried along. Settings may fit only one of the documents.
///
/// # Errors
///
/// Gives back the document that has an error.
pub(crate) fn compare<'a>(old: &'a Texted, new: &'a Texted) -> Result<Shown, Box<Unread<'a>>> {
    let before = specsmith::describe(Input { shared_config: true, ..old.input() });
    let (Some(a), Some(carried)) = (&before.api, &before.lock) else {
        let unread = Unread { texted: old, report: before.report, source: before.source, carried: None };
        return Err(Box::new(unread));
    };
    let own = new.lock.as_ref().filter(|lock| !lock.is_missing());
    let lock = own.map_or(carried.as_str(), LockFile::text);
    let unread = |report, source| {
        let carried = own.is_none().then(|| (format!("the lock that comes of {}", old.path), carried.clone()));
        Box::new(Unread { texted: new, report, source, carried })
    };
    let after = specsmith::describe(Input { shared_config: true, lock, ..new.input() });
    let Some(b) = &after.api else {
        return Err(unread(after.report, after.source));
    };
    let (in_old, in_new) = (unfit(&before.report), unfit(&after.report));
    if old.config_text == new.config_text {
        let neither = in_new.iter().filter(|found| in_old.iter().any(|other| other.place == found.place));
        let mut report = Report::default();
        neither.for_each(|found| report.push(Diagnostic { level: Level::Error, ..found.clone() }));
        if report.has_errors() {
            return Err(unread(report, after.source));
        }
    }
    let changes = specsmith::diff::compare(a, b);
    Ok(Shown { unfit: in_new.len(), ..Shown::new(Side::new(old, before), Side::new(new, after), changes) })
}

/// The entries of the settings that do not fit a document.
fn unfit(report: &Report) -> Vec<Diagnostic> {
    // A document may have what is called so too.
    let is_entry = |found: &&Diagnostic| UNFIT.contains(&found.code) && matches!(found.place, Place::Config(_));
    report.diagnostics().iter().filter(is_entry).cloned().collect()
}

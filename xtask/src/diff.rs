//! `cargo xtask diff`: what changes for those who use the SDK, from one document to another.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::IsTerminal;
use std::process::ExitCode;

use serde::Serialize;
use specsmith::diagnostics::{Level, Pointer};
use specsmith::diff::{Change, Code, Severity};
use specsmith::load::Source;
use specsmith::{Input, Outcome};

use crate::command::{Diff, DiffFormat};
use crate::input::Texted;

/// A document that was understood.
struct Side {
    path: String,
    source: Source,
}

impl Side {
    /// `file:line:column`.
    fn place(&self, at: &Pointer) -> String {
        let spot = self.source.spot(at);
        let position = spot.position();
        format!("{}:{}:{}", spot.path(&self.path), position.line, position.column)
    }
}

/// The changes, with the documents they are in.
struct Shown<'a> {
    old: &'a Side,
    new: &'a Side,
    changes: &'a [Change],
}

/// A change as JSON.
#[derive(Serialize)]
struct Row<'a> {
    code: Code,
    severity: Severity,
    module: Option<&'a str>,
    rust: &'a str,
    route: Option<&'a str>,
    message: &'a str,
    old: Option<String>,
    new: Option<String>,
}

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
    let before = specsmith::describe(old.input());
    let Some(lock) = &before.lock else { return Ok(failed(&old, &before)) };
    // The names are those that a regeneration would give: the lock is carried along.
    let after = specsmith::describe(Input { lock, ..new.input() });
    let (Some(a), Some(b)) = (&before.api, &after.api) else { return Ok(failed(&new, &after)) };
    let changes = specsmith::diff::compare(a, b);
    let shown = Shown {
        old: &Side { path: old.path.clone(), source: before.source.clone() },
        new: &Side { path: new.path.clone(), source: after.source.clone() },
        changes: &changes,
    };
    match options.format {
        DiffFormat::Text => print!("{}", shown.text(std::io::stdout().is_terminal())),
        DiffFormat::Json => println!("{}", shown.json()?),
        DiffFormat::Markdown => print!("{}", shown.markdown()),
    }
    let worst = options.fail_on.map(Severity::from);
    let fails = worst.is_some_and(|worst| changes.iter().any(|change| change.severity <= worst));
    Ok(if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn failed(texted: &Texted, outcome: &Outcome) -> ExitCode {
    texted.show(&outcome.report, &outcome.source, Level::Warning);
    ExitCode::FAILURE
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

impl Shown<'_> {
    /// The changes by module: those of modules first, then types, then what concerns all.
    fn groups(&self) -> BTreeMap<(u8, &str), Vec<&Change>> {
        let mut groups: BTreeMap<(u8, &str), Vec<&Change>> = BTreeMap::new();
        for change in self.changes {
            let group = match &change.module {
                Some(module) => (0, module.as_str()),
                None if change.rust.starts_with("models::") => (1, "types"),
                None => (2, "client"),
            };
            groups.entry(group).or_default().push(change);
        }
        for changes in groups.values_mut() {
            changes.sort_by_key(|change| change.severity);
        }
        groups
    }

    /// `2 break the build, 1 changes behaviour silently`.
    fn summary(&self) -> String {
        let counts = Severity::ALL.into_iter().map(|severity| {
            let count = self.changes.iter().filter(|change| change.severity == severity).count();
            format!("{count} {}", severity.name())
        });
        counts.collect::<Vec<_>>().join(", ")
    }

    /// Both places, the older first.
    fn places(&self, change: &Change) -> String {
        let old = change.old.as_ref().map(|at| self.old.place(at));
        let new = change.new.as_ref().map(|at| self.new.place(at));
        match (old, new) {
            (Some(old), Some(new)) => format!("{old} -> {new}"),
            (Some(old), None) => format!("{old} -> nowhere"),
            (None, Some(new)) => format!("nowhere -> {new}"),
            (None, None) => String::new(),
        }
    }

    fn text(&self, colour: bool) -> String {
        let paint = |severity: Severity, text: &str| {
            let code = match severity {
                Severity::Breaking => "1;31",
                Severity::Silent => "1;35",
                Severity::Additive => "32",
                Severity::Docs => "2",
            };
            if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
        };
        let mut out = String::new();
        for ((_, group), changes) in self.groups() {
            let _ = writeln!(out, "{group}");
            for change in changes {
                let head = format!("{}[{}]", change.severity.name(), change.code);
                let route = change.route.as_ref().map(|route| format!("  {route}")).unwrap_or_default();
                let _ = writeln!(out, "  {} {}{route}", paint(change.severity, &head), change.rust);
                let _ = writeln!(out, "      {}", change.message);
                let places = self.places(change);
                if !places.is_empty() {
                    let _ = writeln!(out, "      {places}");
                }
            }
            out.push('\n');
        }
        out + &self.summary() + "\n"
    }

    fn json(&self) -> Result<String, String> {
        let rows: Vec<Row<'_>> = self
            .changes
            .iter()
            .map(|change| Row {
                code: change.code,
                severity: change.severity,
                module: change.module.as_deref(),
                rust: &change.rust,
                route: change.route.as_deref(),
                message: &change.message,
                old: change.old.as_ref().map(|at| self.old.place(at)),
                new: change.new.as_ref().map(|at| self.new.place(at)),
            })
            .collect();
        let counts: BTreeMap<&str, usize> = Severity::ALL
            .into_iter()
            .map(|severity| (severity.name(), self.changes.iter().filter(|change| change.severity == severity).count()))
            .collect();
        let text = serde_json::to_string_pretty(&serde_json::json!({ "changes": rows, "counts": counts }));
        text.map_err(|error| format!("cannot write JSON: {error}"))
    }

    /// A release note.
    fn markdown(&self) -> String {
        let mut out = String::from("# Changes\n");
        let _ = write!(out, "\n{}.\n", self.summary());
        for severity in Severity::ALL {
            let changes: Vec<&Change> = self.changes.iter().filter(|change| change.severity == severity).collect();
            if changes.is_empty() {
                continue;
            }
            let _ = write!(out, "\n## {}\n", heading(severity));
            let mut item = None;
            for change in changes {
                if item != Some(&change.rust) {
                    let route = change.route.as_ref().map(|route| format!(" ({})", code(route))).unwrap_or_default();
                    let _ = write!(out, "\n- {}{route}\n", code(&change.rust));
                    item = Some(&change.rust);
                }
                let _ = writeln!(out, "  - {} [{}]", escaped(&change.message), change.code);
            }
        }
        out
    }
}

fn heading(severity: Severity) -> String {
    let meaning = severity.meaning();
    let (first, rest) = meaning.split_at(meaning.chars().next().map_or(0, char::len_utf8));
    first.to_uppercase() + rest
}

/// A text as Markdown's code, whatever is in it.
fn code(text: &str) -> String {
    let fence = "`".repeat(1 + text.split(|c| c != '`').map(str::len).max().unwrap_or(0));
    if fence.len() == 1 { format!("`{text}`") } else { format!("{fence} {text} {fence}") }
}

/// A sentence with code in it, in which nothing else is Markdown.
fn escaped(message: &str) -> String {
    let mut out = String::new();
    for (index, part) in message.replace('\n', " ").split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        let is_code = index % 2 == 1;
        for c in part.chars() {
            if !is_code && "\\*_[]<>#|".contains(c) {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

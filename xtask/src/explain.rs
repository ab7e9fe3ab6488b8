//! `cargo xtask explain`: what a code means.

use std::process::ExitCode;

use specsmith::diagnostics;
use specsmith::diff::{self, Code};

/// Runs the task.
pub(crate) fn run(code: Option<&str>) -> Result<ExitCode, String> {
    let Some(code) = code else {
        print!("{}", list());
        return Ok(ExitCode::SUCCESS);
    };
    // As it stands in a line that was copied: `silent[id-moved]`.
    let bare = code.split_once('[').map_or(code, |(_, rest)| rest.trim_end_matches([']', ':']));
    let page = Code::parse(bare)
        .and_then(|code| Some(of_change(code, &code.explanation()?)))
        .or_else(|| diagnostics::explain(bare).map(of_problem))
        .ok_or_else(|| format!("there is no code `{code}`; `cargo xtask explain` lists all"))?;
    print!("{page}");
    Ok(ExitCode::SUCCESS)
}

/// Every code with its meaning.
fn list() -> String {
    let changes: Vec<(&str, &str)> = Code::ALL.iter().map(|code| (code.name(), code.meaning())).collect();
    let problems: Vec<(&str, &str)> = diagnostics::codes().map(|it| (it.code, it.meaning)).collect();
    let widest = changes.iter().chain(&problems).map(|(code, _)| code.len()).max().unwrap_or(0);
    let mut out = String::new();
    for (title, codes) in [("Changes, of `cargo xtask diff`:", changes), ("Problems of a document:", problems)] {
        out.push_str(&format!("{}{title}\n\n", if out.is_empty() { "" } else { "\n" }));
        codes.into_iter().for_each(|(code, meaning)| out.push_str(&format!("  {code:widest$}  {meaning}\n")));
    }
    out
}

fn of_change(code: Code, explanation: &diff::Explanation) -> String {
    let diff::Explanation { why, before, after, advice } = explanation;
    let head = wrapped(&format!("{code}: {}", code.meaning()));
    let advice = wrapped(&format!("What to do: {advice}"));
    format!("{head}\n\n{}\n\n  before  {before}\n  after   {after}\n\n{advice}\n", wrapped(why))
}

fn of_problem(explanation: &diagnostics::Explanation) -> String {
    let diagnostics::Explanation { code, level, meaning, example, repaired, help } = explanation;
    let mut out = wrapped(&format!("{code} ({}): {meaning}", level.name())) + "\n";
    for (before, lines) in [("", example), ("instead:\n\n", repaired)] {
        if !lines.is_empty() {
            let lines: String = lines.lines().map(|line| format!("  {line}\n")).collect();
            out.push_str(&format!("\n{before}{lines}"));
        }
    }
    if !help.is_empty() {
        out.push_str(&format!("\n{}\n", wrapped(&format!("What to do: {help}"))));
    }
    out
}

/// A text in lines that fit a terminal.
fn wrapped(text: &str) -> String {
    const WIDTH: usize = 92;
    let (mut out, mut column) = (String::new(), 0);
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

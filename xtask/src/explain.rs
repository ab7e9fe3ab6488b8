//! `cargo xtask explain`: what a code means.

use std::process::ExitCode;

use specsmith::explain::{self, Explanation};

/// Runs the task.
pub(crate) fn run(code: Option<&str>) -> Result<ExitCode, String> {
    let Some(code) = code else {
        print!("{}", list());
        return Ok(ExitCode::SUCCESS);
    };
    // As it stands in a line that was copied: `silent[id-moved]`.
    let bare = code.split_once('[').map_or(code, |(_, rest)| rest.trim_end_matches(']'));
    match explain::explain(bare) {
        Some(explanation) => {
            print!("{}", page(&explanation));
            Ok(ExitCode::SUCCESS)
        }
        None => Err(format!("there is no code `{code}`; `cargo xtask explain` lists all")),
    }
}

/// Every code with its meaning.
fn list() -> String {
    let widest = explain::codes().map(str::len).max().unwrap_or(0);
    let lines = explain::codes().filter_map(explain::explain);
    lines.map(|Explanation { code, meaning, .. }| format!("{code:widest$}  {meaning}\n")).collect()
}

fn page(explanation: &Explanation) -> String {
    let Explanation { code, meaning, why, before, after, advice } = explanation;
    let head = wrapped(&format!("{code}: {meaning}"));
    let advice = wrapped(&format!("What to do: {advice}"));
    format!("{head}\n\n{}\n\n  before  {before}\n  after   {after}\n\n{advice}\n", wrapped(why))
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

//! What must hold of each generated file by itself: its name, its characters, its Markdown.

use std::collections::BTreeSet;

/// What is wrong with a file; nothing, if all is well.
pub(crate) fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let is_plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "_./-".contains(c));
    let stays = !path.starts_with('/') && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if !is_plain || !stays {
        faults.push(format!("the path {path:?} leaves the folder or is none everywhere"));
    }
    let stem = path.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
    if DEVICES.contains(&stem.to_lowercase().as_str()) {
        faults.push(format!("the path {path:?} is a device on Windows"));
    }
    if let Some(c) = text.chars().find(|c| is_hidden(*c)) {
        faults.push(format!("{path} has {c:?}"));
    }
    if path.ends_with(".md") {
        // The first line says who wrote the page.
        let text = text.split_once('\n').map_or("", |(_, text)| text);
        faults.extend(markdown(text).into_iter().map(|fault| format!("{path}: {fault}")));
    }
    if path.ends_with(".rs") {
        faults.extend(docs(text).into_iter().map(|fault| format!("{path}: {fault}")));
    }
    faults
}

const DEVICES: [&str; 12] =
    ["con", "prn", "aux", "nul", "com1", "com2", "com3", "com9", "lpt1", "lpt2", "lpt3", "lpt9"];

/// Control characters, and those that turn the direction of a text: rustc refuses such sources.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// What Markdown from a document could do to a page.
pub(crate) fn markdown(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fence: Option<&str> = None;
    let mut code = String::new();
    for line in text.lines() {
        let trimmed = line.trim_start();
        let mark = fence_of(trimmed);
        match (fence, mark) {
            (None, Some(mark)) => {
                fence = Some(mark);
                code = trimmed.trim_start_matches('`').to_owned();
            }
            (Some(open), Some(mark)) if open == mark => {
                fence = None;
                // What stands as Rust in a page is one statement after the other.
                if code.starts_with("rust")
                    && let Err(error) = rust(code.split_once('\n').map_or("", |(_, code)| code))
                {
                    faults.push(format!("an example is no Rust: {error}: {code}"));
                }
            }
            (Some(_), _) => code.push_str(&format!("\n{line}")),
            (None, None) => {
                faults.extend(prose(line).map(|fault| format!("{fault}: {line:?}")));
                let is_indented = line.starts_with("    ") && !trimmed.is_empty();
                if is_indented {
                    faults.push(format!("an indented block: {line:?}"));
                }
            }
        }
    }
    if fence.is_some() {
        faults.push("a fence is left open".to_owned());
    }
    faults
}

/// The mark of a line that begins or ends a block of code; one with more backticks is a span of code.
fn fence_of(line: &str) -> Option<&'static str> {
    let mark = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark))?;
    (mark == "~~~" || !line.trim_start_matches('`').contains('`')).then_some(mark)
}

fn rust(code: &str) -> Result<(), String> {
    let block = format!("async fn f() {{\n{code}\n}}");
    let parsed = syn::parse_file(&block).or_else(|_| syn::parse_file(code));
    parsed.map(|_| ()).map_err(|error| error.to_string())
}

/// HTML or a link of another kind in a line of prose.
fn prose(line: &str) -> Option<&'static str> {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        match c {
            '\\' => rest = rest.get(1..).unwrap_or_default(),
            '`' => {
                let ticks = rest.len() - rest.trim_start_matches('`').len();
                let behind = &rest[ticks..];
                if let Some(length) = span(behind, ticks) {
                    rest = &behind[length..];
                    continue;
                }
                rest = &rest[ticks - 1..];
            }
            '<' if !["<https://", "<http://"].iter().any(|start| rest.starts_with(start)) => return Some("HTML"),
            ']' if rest.starts_with("](javascript") || rest.starts_with("](data") => return Some("a link"),
            _ => {}
        }
        let mut chars = rest.chars();
        chars.next();
        rest = chars.as_str();
    }
    None
}

/// How far a code span goes that so many backticks began.
fn span(text: &str, ticks: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == ticks {
            return Some(start + run);
        }
        at = start + run;
    }
    None
}

/// What stands in documentation, comment by comment: rustdoc reads it as Markdown, and runs its code.
fn docs(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut block = String::new();
    for line in text.lines().chain([""]) {
        let line = line.trim_start();
        let comment = ["///", "//!"].into_iter().find_map(|mark| line.strip_prefix(mark));
        match comment {
            Some(comment) => {
                block.push_str(comment.strip_prefix(' ').unwrap_or(comment));
                block.push('\n');
            }
            None if block.is_empty() => {}
            None => {
                faults.extend(markdown(&block));
                faults.extend(doctests(&block));
                block.clear();
            }
        }
    }
    faults
}

/// A fence without a word that says it is no Rust would be compiled.
fn doctests(block: &str) -> Option<String> {
    let fences: Vec<&str> = block.lines().map(str::trim).filter(|line| fence_of(line).is_some()).collect();
    let words: BTreeSet<&str> = fences.iter().step_by(2).map(|fence| fence.trim_start_matches('`')).collect();
    let odd = words.iter().find(|word| !["text", "no_run", "rust,no_run", "json"].contains(word));
    odd.map(|word| format!("a doctest ({word:?}) in {block:?}"))
}

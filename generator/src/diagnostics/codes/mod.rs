//! What each kind of problem is called for good, and what is to know about it.

mod document;
mod names;
mod routes;
mod schemas;
mod settings;

use super::Level;

/// What is to know about a kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The code, which does not change from version to version.
    pub code: &'static str,
    /// How grave it is.
    pub level: Level,
    /// What is wrong, and what comes of it.
    pub meaning: &'static str,
    /// Where it happens: some lines of a document, of settings or of a lock; may be empty.
    pub example: &'static str,
    /// The same lines as they should be; empty if they are right.
    pub repaired: &'static str,
    /// What to do, or what to know; may be empty.
    pub help: &'static str,
}

/// All kinds of problems, by what they are about.
pub fn all() -> impl Iterator<Item = &'static Explanation> {
    groups().into_iter().flat_map(|(_, codes)| codes)
}

/// What is to know about a code.
pub fn explain(code: &str) -> Option<&'static Explanation> {
    all().find(|explanation| explanation.code == code)
}

fn groups() -> [(&'static str, &'static [Explanation]); 5] {
    [
        ("The document as a text and as a whole", document::CODES),
        ("Routes, operations and parameters", routes::CODES),
        ("Schemas, bodies, answers and references", schemas::CODES),
        ("Names and the lock", names::CODES),
        ("Settings", settings::CODES),
    ]
}

/// All of them as a page of Markdown.
pub fn page() -> String {
    let mut out = String::from(
        "# Diagnostics\n\nWhatever is said of a document has a code that stays. An error stops the run, and nothing is \
         written; a warning\ncosts a part of the SDK, or says how a fault was read; a note says what comes out weaker \
         than the document says.\nWith `--strict` warnings are errors. `cargo xtask explain CODE` prints one of these.\n",
    );
    for (title, codes) in groups() {
        out.push_str(&format!("\n## {title}\n"));
        for it in codes {
            out.push_str(&format!("\n### {}\n\n*{}.* {}\n", it.code, it.level.name(), it.meaning));
            for (before, lines) in [("", it.example), ("instead:\n\n", it.repaired)] {
                if !lines.is_empty() {
                    out.push_str(&format!("\n{before}```\n{lines}\n```\n"));
                }
            }
            if !it.help.is_empty() {
                out.push_str(&format!("\n{}\n", it.help));
            }
        }
    }
    out
}

//! Words that cannot be names, or not without care.

/// Keywords of all editions, strict and reserved (The Rust Reference, "Keywords"), and `gen`.
const KEYWORDS: [&str; 53] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "Self", "_",
];

/// Keywords that cannot even be written raw.
const NEVER_RAW: [&str; 5] = ["crate", "self", "super", "Self", "_"];

/// How a word is written as an identifier: as it is, or raw; none if it cannot be one.
pub(super) fn escape(word: &str) -> Option<String> {
    if NEVER_RAW.contains(&word) {
        None
    } else if KEYWORDS.contains(&word) {
        Some(format!("r#{word}"))
    } else {
        Some(word.to_owned())
    }
}

//! Splitting names into words: the only module that knows heck.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Words that heck would cut in two.
const ACRONYMS: [&str; 12] = [
    "OAuth",
    "OpenAPI",
    "GraphQL",
    "GitHub",
    "GitLab",
    "JavaScript",
    "MySQL",
    "NoSQL",
    "PostgreSQL",
    "IPv4",
    "IPv6",
    "YouTube",
];

/// Splits and joins words, with an API's own acronyms.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    acronyms: Vec<String>,
}

impl Words {
    pub(crate) fn new(acronyms: &[String]) -> Self {
        let mut acronyms: Vec<String> =
            ACRONYMS.iter().map(|word| (*word).to_owned()).chain(acronyms.iter().cloned()).collect();
        // The longest first, so that `API` does not cut `OpenAPI`.
        acronyms.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Self { acronyms }
    }

    /// `listUsers` → `list_users`.
    pub(crate) fn snake(&self, text: &str) -> String {
        self.prepare(text).to_snake_case()
    }

    /// `api-tokens` → `ApiTokens`.
    pub(crate) fn pascal(&self, text: &str) -> String {
        self.prepare(text).to_upper_camel_case()
    }

    /// `list_users` → `LIST_USERS`.
    pub(crate) fn shouting(text: &str) -> String {
        text.to_shouty_snake_case()
    }

    /// The words in lower case.
    pub(crate) fn split(&self, text: &str) -> Vec<String> {
        self.snake(text).split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    /// Leaves ASCII letters and digits, and writes acronyms so that heck sees one word.
    fn prepare(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for acronym in &self.acronyms {
            text = replace_word(&text, acronym);
        }
        let text: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
        text.split(' ').map(plural_acronym).collect::<Vec<_>>().join(" ")
    }
}

/// `floatingIPs` as `floatingIps`, which is cut right.
fn plural_acronym(word: &str) -> String {
    let capitals =
        word.strip_suffix('s').map_or(0, |word| word.chars().rev().take_while(char::is_ascii_uppercase).count());
    if capitals < 2 {
        return word.to_owned();
    }
    let begin = word.len() - capitals - 1;
    format!("{}{}", &word[..=begin], word[begin + 1..].to_lowercase())
}

/// Sets blanks around an acronym that ends where a word ends, and writes it as one word.
fn replace_word(text: &str, acronym: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while !acronym.is_empty()
        && let Some(at) = rest.find(acronym)
    {
        let (before, after) = (&rest[..at], &rest[at + acronym.len()..]);
        let ends = !after.starts_with(|c: char| c.is_ascii_lowercase()) || after == "s";
        let begins = !acronym.starts_with(|c: char| c.is_ascii_lowercase()) || before.is_empty();
        out.push_str(before);
        if ends && begins {
            let (head, tail) = acronym.split_at(acronym.chars().next().map_or(0, char::len_utf8));
            out.push(' ');
            out.push_str(&head.to_uppercase());
            out.push_str(&tail.to_lowercase());
            if !after.starts_with(|c: char| c.is_ascii_lowercase()) {
                out.push(' ');
            }
        } else {
            out.push_str(acronym);
        }
        rest = after;
    }
    out + rest
}

/// Words that look like plurals, and mean one thing.
const NO_PLURALS: [&str; 7] = ["analytics", "details", "news", "series", "settings", "statistics", "stats"];

/// The singular of an English plural, for the commonest forms.
pub(crate) fn singular(word: &str) -> String {
    let keep = |end: usize, tail: &str| format!("{}{tail}", &word[..word.len() - end]);
    match word {
        _ if NO_PLURALS.contains(&word) => word.to_owned(),
        _ if word.ends_with("ies") && word.len() > 4 => keep(3, "y"),
        _ if ["sses", "shes", "ches", "xes", "zes", "uses"].iter().any(|end| word.ends_with(end)) => keep(2, ""),
        _ if ["ss", "us", "is", "as"].iter().any(|end| word.ends_with(end)) => word.to_owned(),
        _ if word.ends_with('s') && word.len() > 2 => keep(1, ""),
        _ => word.to_owned(),
    }
}

/// A text with every symbol written out: `a.b` → `a dot b`.
pub(crate) fn spelled(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let word = match c {
            '.' => "dot",
            '-' => "dash",
            '_' => "underscore",
            '/' => "slash",
            '+' => "plus",
            '*' => "star",
            '$' => "dollar",
            '@' => "at",
            '#' => "hash",
            '%' => "percent",
            '&' => "and",
            '|' => "or",
            '=' => "equal",
            '<' => "less",
            '>' => "greater",
            '!' => "not",
            '?' => "question",
            ':' => "colon",
            ';' => "semicolon",
            ',' => "comma",
            '~' => "tilde",
            '^' => "caret",
            '\\' => "backslash",
            '\'' => "quote",
            '"' => "double_quote",
            '`' => "backtick",
            ' ' => "space",
            '(' | ')' => "paren",
            '[' | ']' => "bracket",
            '{' | '}' => "brace",
            _ if c.is_ascii_alphanumeric() => {
                out.push(c);
                continue;
            }
            _ => {
                out.push_str(&format!(" u{:x} ", u32::from(c)));
                continue;
            }
        };
        out.push(' ');
        out.push_str(word);
        out.push(' ');
    }
    out
}

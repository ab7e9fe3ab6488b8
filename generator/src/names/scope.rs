//! The only maker of identifiers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use super::keywords;
use super::words::{Words, spelled};

/// The longest identifier, in bytes, but for a tail that tells it from others.
const LONGEST: usize = 120;

/// A Rust identifier: valid, and unlike every other one of its scope.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Ident(String);

impl Ident {
    /// The identifier as it is written, raw if need be.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`, for file names and prose.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How the words of a name are joined (Rust API Guidelines, C-CASE).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Functions, fields, arguments, modules.
    Snake,
    /// Types and variants.
    Pascal,
}

/// A wish for a name.
#[derive(Debug, Clone)]
pub struct Want {
    /// The thing's name in the document; whoever is spelled as the identifier keeps it.
    pub original: String,
    /// The words wanted, the best first.
    pub candidates: Vec<String>,
    /// Words for when the best ones are reserved: taken before anything was claimed.
    pub if_reserved: Option<String>,
    /// The name that it has for good: it stands before all candidates and all other wishes.
    pub fixed: Option<String>,
    /// What tells this thing from one with the same original, such as its pointer.
    pub place: String,
}

impl Want {
    /// Wants the document's own name.
    pub fn of(original: &str) -> Self {
        Self {
            original: original.to_owned(),
            candidates: vec![original.to_owned()],
            if_reserved: None,
            fixed: None,
            place: String::new(),
        }
    }

    /// Keeps a name that was given before.
    #[must_use]
    pub fn keeping(mut self, name: Option<&str>) -> Self {
        self.fixed = name.map(str::to_owned);
        self
    }

    /// Goes on to these words if the best ones are reserved.
    #[must_use]
    pub fn or_if_reserved(mut self, words: String) -> Self {
        self.if_reserved = Some(words);
        self
    }
}

/// The names of one place, such as the fields of a struct.
#[derive(Debug)]
pub struct Scope<'a> {
    case: Case,
    words: &'a Words,
    taken: BTreeSet<String>,
}

impl<'a> Scope<'a> {
    /// A scope in which some names are taken from the start.
    pub(crate) fn new(case: Case, words: &'a Words, reserved: &[&str]) -> Self {
        Self { case, words, taken: reserved.iter().map(|name| fold(name)).collect() }
    }

    /// Gives each a name of its own; the order of the wishes does not matter.
    pub fn claim(&mut self, wants: &[Want]) -> Vec<Ident> {
        self.claim_telling(wants).into_iter().map(|(ident, _)| ident).collect()
    }

    /// Gives each a name of its own, and tells whether it says what the thing is: the last choice only
    /// tells it from others.
    pub(crate) fn claim_telling(&mut self, wants: &[Want]) -> Vec<(Ident, bool)> {
        let choices: Vec<Vec<String>> = wants.iter().map(|want| self.choices(want)).collect();
        let mut levels = vec![0_usize; wants.len()];
        loop {
            let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (index, level) in levels.iter().enumerate() {
                groups.entry(fold(&choices[index][*level])).or_default().push(index);
            }
            let mut settled = true;
            for (name, members) in groups {
                let keeper =
                    (!self.taken.contains(&name)).then(|| keeper(&members, &levels, wants, &choices)).flatten();
                for index in members.into_iter().filter(|index| Some(*index) != keeper) {
                    if levels[index] + 1 < choices[index].len() {
                        levels[index] += 1;
                        settled = false;
                    }
                }
            }
            if settled {
                break;
            }
        }
        let idents: Vec<(Ident, bool)> = levels
            .iter()
            .zip(&choices)
            .map(|(level, choices)| (Ident(choices[*level].clone()), *level + 1 < choices.len()))
            .collect();
        self.taken.extend(idents.iter().map(|(ident, _)| fold(ident.as_str())));
        idents
    }

    /// Gives one thing a name.
    pub fn claim_one(&mut self, want: Want) -> Ident {
        self.claim(&[want]).swap_remove(0)
    }

    /// Every identifier that this wish could end as, the best first; never empty, the last unique.
    fn choices(&self, want: &Want) -> Vec<String> {
        let plain: Vec<String> = want.candidates.iter().map(|candidate| self.ident(candidate)).collect();
        let is_reserved = plain.first().is_some_and(|name| self.taken.contains(&fold(name)));
        let fallback = want.if_reserved.iter().filter(|_| is_reserved).map(|words| self.ident(words));
        let spelled = self.ident(&spelled(&want.original));
        let best = want.candidates.first().map_or("", String::as_str);
        let styled = self.ident(&format!("{best} {}", style(&want.original)));
        let unique = self.ident(&format!("{best} {}", letters(&format!("{}\n{}", want.original, want.place))));
        let mut choices: Vec<String> = Vec::new();
        let fixed = want.fixed.iter().filter(|name| is_identifier(name)).cloned();
        for choice in fixed.chain(fallback.chain(plain.iter().cloned()).chain([spelled, styled, unique])) {
            if !choices.contains(&choice) {
                choices.push(choice);
            }
        }
        choices
    }

    /// Words as an identifier; symbols alone are spelled out, a leading digit gets an `n`.
    fn ident(&self, text: &str) -> String {
        let join = |text: &str| match self.case {
            Case::Snake => self.words.snake(text),
            Case::Pascal => self.words.pascal(text),
        };
        let mut name = join(text);
        if name.is_empty() {
            name = join(&spelled(text));
        }
        if name.is_empty() {
            name = join("empty");
        }
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            name = format!("{}{name}", if self.case == Case::Snake { "n" } else { "N" });
        }
        // File systems end at 255 bytes, and so does patience.
        if name.len() > LONGEST {
            let tail = letters(&name);
            name.truncate(LONGEST);
            name = join(&format!("{name} {tail}"));
        }
        keywords::escape(&name).unwrap_or_else(|| join(&format!("{name} value")))
    }
}

/// File names must differ on file systems that ignore case, so names differ by more than case.
fn fold(name: &str) -> String {
    name.strip_prefix("r#").unwrap_or(name).to_lowercase()
}

/// Who keeps a name that several want: the one that has it for good, else the one spelled just so, else the only one for whom it
/// was the best left.
fn keeper(members: &[usize], levels: &[usize], wants: &[Want], choices: &[Vec<String>]) -> Option<usize> {
    let only = |mut found: Vec<usize>| if found.len() == 1 { found.pop() } else { None };
    if members.len() == 1 {
        return only(members.to_vec());
    }
    let is_fixed = |index: &usize| wants[*index].fixed.as_ref() == Some(&choices[*index][levels[*index]]);
    let fixed: Vec<usize> = members.iter().copied().filter(is_fixed).collect();
    if !fixed.is_empty() {
        return only(fixed);
    }
    let exact = members.iter().copied().filter(|index| wants[*index].original == choices[*index][levels[*index]]);
    let lowest = members.iter().map(|index| levels[*index]).min().unwrap_or(0);
    let first = members.iter().copied().filter(|index| levels[*index] == lowest);
    only(exact.collect()).or_else(|| only(first.collect()))
}

/// Whether a text is an identifier as it stands: a plain one, or a keyword written raw.
pub(super) fn is_identifier(name: &str) -> bool {
    let plain = name.strip_prefix("r#").unwrap_or(name);
    let is_word = plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_word
        && !plain.is_empty()
        && !plain.starts_with(|c: char| c.is_ascii_digit())
        && keywords::escape(plain).as_deref() == Some(name)
}

/// A word for the case of a name's letters.
fn style(original: &str) -> &'static str {
    let letters = || original.chars().filter(|c| c.is_alphabetic());
    if letters().all(char::is_uppercase) {
        "upper"
    } else if letters().all(char::is_lowercase) {
        "lower"
    } else if letters().next().is_some_and(char::is_lowercase) {
        "camel"
    } else {
        "mixed"
    }
}

/// Six letters that stand for a text (FNV-1a, RFC 9923), the same in every run.
fn letters(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (0..6)
        .scan(hash, |left, _| {
            let letter = b"bcdfghjklmnpqrstvwxz"[usize::try_from(*left % 20).unwrap_or(0)];
            *left /= 20;
            Some(char::from(letter))
        })
        .collect()
}

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
    /// Whether what it would be called alone is its own (by how its kind is spelled): all others
    /// that want it yield, even one that is spelled as the identifier.
    pub own: bool,
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
            own: false,
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
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    case: Case,
    words: &'a Words,
    /// Whether names have to differ by more than case.
    folds: bool,
    taken: BTreeSet<String>,
}

/// What a wish could end as, the best first.
struct Choices {
    found: Vec<String>,
    rest: Rest,
}

/// What may still be found.
#[derive(PartialEq)]
enum Rest {
    /// What the wish asks for.
    Asked,
    /// What is made from the spelling, the last of it unique.
    Spelled,
    Nothing,
}

impl<'a> Scope<'a> {
    /// A scope in which some names are taken from the start.
    pub(crate) fn new(case: Case, words: &'a Words, reserved: &[&str]) -> Self {
        let taken = reserved.iter().map(|name| fold(name)).collect();
        Self { case, words, folds: true, taken }
    }

    /// A scope of what is never a file's name, such as members: names may differ by case alone.
    pub(crate) fn of_members(case: Case, words: &'a Words, reserved: &[&str]) -> Self {
        let taken = reserved.iter().map(|name| (*name).to_owned()).collect();
        Self { case, words, folds: false, taken }
    }

    /// Takes names away, so that nobody gets them.
    pub(crate) fn take<'b>(&mut self, names: impl Iterator<Item = &'b str>) {
        let keys: Vec<String> = names.map(|name| self.key(name)).collect();
        self.taken.extend(keys);
    }

    /// Gives each a name of its own; the order of the wishes does not matter.
    pub fn claim(&mut self, wants: &[Want]) -> Vec<Ident> {
        self.claim_telling(wants).into_iter().map(|(ident, _)| ident).collect()
    }

    /// Gives each a name of its own, and tells whether it says what the thing is: the last choice only
    /// tells it from others.
    pub(crate) fn claim_telling(&mut self, wants: &[Want]) -> Vec<(Ident, bool)> {
        let mut choices: Vec<Choices> = wants.iter().map(|want| self.choices(want)).collect();
        let mut levels = vec![0_usize; wants.len()];
        loop {
            let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (index, level) in levels.iter().enumerate() {
                groups.entry(self.key(&choices[index].found[*level])).or_default().push(index);
            }
            let mut settled = true;
            for (name, members) in groups {
                let keeper =
                    (!self.taken.contains(&name)).then(|| keeper(&members, &levels, wants, &choices)).flatten();
                for index in members.into_iter().filter(|index| Some(*index) != keeper) {
                    while levels[index] + 1 == choices[index].found.len() && choices[index].rest != Rest::Nothing {
                        self.more(&mut choices[index], &wants[index]);
                    }
                    if levels[index] + 1 < choices[index].found.len() {
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
            .map(|(level, choices)| {
                let is_last = choices.rest == Rest::Nothing && *level + 1 == choices.found.len();
                (Ident(choices.found[*level].clone()), !is_last)
            })
            .collect();
        let keys: Vec<String> = idents.iter().map(|(ident, _)| self.key(ident.as_str())).collect();
        self.taken.extend(keys);
        idents
    }

    /// Gives one thing a name.
    pub fn claim_one(&mut self, want: Want) -> Ident {
        self.claim(&[want]).swap_remove(0)
    }

    /// What a wish would end as if it were alone, whatever it had before.
    pub(crate) fn first(&self, want: &Want) -> String {
        self.choices(&Want { fixed: None, ..want.clone() }).found.swap_remove(0)
    }

    /// The identifier that a wish's best candidate is, whether it is free or not.
    pub(crate) fn best(&self, want: &Want) -> String {
        self.ident(want.candidates.first().map_or("", String::as_str))
    }

    /// All that a wish could end as.
    pub(crate) fn all(&self, want: &Want) -> Vec<String> {
        let mut choices = self.choices(want);
        while choices.rest != Rest::Nothing {
            self.more(&mut choices, want);
        }
        choices.found
    }

    /// The first of what a wish could end as: what it keeps, or else what it asks for. Most need no more,
    /// and to split words takes long.
    fn choices(&self, want: &Want) -> Choices {
        let fixed = want.fixed.iter().filter(|name| is_identifier(name)).cloned().collect();
        let mut choices = Choices { found: fixed, rest: Rest::Asked };
        while choices.found.is_empty() {
            self.more(&mut choices, want);
        }
        choices
    }

    /// Adds the next choices, if there are more.
    fn more(&self, choices: &mut Choices, want: &Want) {
        match choices.rest {
            Rest::Asked => {
                let plain: Vec<String> = want.candidates.iter().map(|candidate| self.ident(candidate)).collect();
                let is_reserved = plain.first().is_some_and(|name| self.taken.contains(&self.key(name)));
                let fallback = want.if_reserved.iter().filter(|_| is_reserved).map(|words| self.ident(words));
                choices.add(fallback.chain(plain));
                choices.rest = Rest::Spelled;
            }
            Rest::Spelled => {
                let best = want.candidates.first().map_or("", String::as_str);
                let styled = self.ident(&format!("{best} {}", style(&want.original)));
                let unique = self.ident(&format!("{best} {}", letters(&format!("{}\n{}", want.original, want.place))));
                choices.add([self.ident(&spelled(&want.original)), styled, unique].into_iter());
                choices.rest = Rest::Nothing;
            }
            Rest::Nothing => {}
        }
    }

    /// By what names are told apart.
    fn key(&self, name: &str) -> String {
        if self.folds { fold(name) } else { name.strip_prefix("r#").unwrap_or(name).to_owned() }
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

impl Choices {
    fn add(&mut self, more: impl Iterator<Item = String>) {
        for choice in more {
            if !self.found.contains(&choice) {
                self.found.push(choice);
            }
        }
    }
}

/// File names must differ on file systems that ignore case, so names differ by more than case.
fn fold(name: &str) -> String {
    name.strip_prefix("r#").unwrap_or(name).to_lowercase()
}

/// Who keeps a name that several want: the one that has it for good, else the one whose own it is, else
/// the one spelled just so, else the only one for whom it was the best left.
fn keeper(members: &[usize], levels: &[usize], wants: &[Want], choices: &[Choices]) -> Option<usize> {
    let only = |mut found: Vec<usize>| if found.len() == 1 { found.pop() } else { None };
    if members.len() == 1 {
        return only(members.to_vec());
    }
    let choice = |index: &usize| &choices[*index].found[levels[*index]];
    let is_fixed = |index: &usize| wants[*index].fixed.as_ref() == Some(choice(index));
    let fixed: Vec<usize> = members.iter().copied().filter(is_fixed).collect();
    if !fixed.is_empty() {
        return only(fixed);
    }
    let own = members.iter().copied().filter(|index| wants[*index].own && levels[*index] == 0);
    let exact = members.iter().copied().filter(|index| wants[*index].original == *choice(index));
    let lowest = members.iter().map(|index| levels[*index]).min().unwrap_or(0);
    let first = members.iter().copied().filter(|index| levels[*index] == lowest);
    only(own.collect()).or_else(|| only(exact.collect())).or_else(|| only(first.collect()))
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

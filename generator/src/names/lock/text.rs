//! The lock as a text, line by line.

use super::members::{CLIENT, LockedMember, MemberKey, MemberKind, MemberScope};
use super::{Lock, LockedFile, LockedOperation, LockedType, Route, TypeKey};
use crate::diagnostics::Pointer;
use crate::names::scope::is_identifier;
use crate::names::{Spelling, Words};

/// The version that is written, and the newest that is read.
pub(super) const VERSION: u32 = 1;

const HEADER: &str = "\
# Names that are given for good: a route, a schema or a member keeps its own, and no other gets it
# unless the settings say so. Written by `generate`, which adds lines and marks what is gone; to be committed.
";

/// What of another file can be a component.
const FILED: [&str; 5] = ["schema", "parameter", "body", "response", "header"];

/// What one line says.
pub(super) enum Line {
    Operation(LockedOperation),
    Type(LockedType),
    Member(LockedMember),
    Spelling(MemberKind, Spelling),
    File(LockedFile),
}

impl Lock {
    /// The lock's text, its lines sorted as `sort` would.
    pub(crate) fn render(&self) -> String {
        let operations = self.operations.iter().map(|line| {
            let (method, path, rust) = (&line.route.method, escape(&line.route.path), line.rust());
            let mut text = format!("operation {method} {path} -> {rust} {}", line.stem);
            if let Some(id) = &line.id {
                text.push_str(&format!(" ({})", escape(id)));
            }
            text + if line.folded { " folded" } else { "" } + if line.retired { " retired" } else { "" }
        });
        let types = self.types.iter().map(|line| {
            let key = match &line.key {
                TypeKey::Schema(name) => format!("schema {}", escape(name)),
                TypeKey::Inline(at) => format!("inline {}", escape(at.as_str())),
            };
            format!("{key} -> {}{}", line.name, if line.retired { " retired" } else { "" })
        });
        let members =
            self.members.values().flatten().map(|line| {
                format!("{} -> {}{}", line.subject(), line.name, if line.retired { " retired" } else { "" })
            });
        let files = self.files.iter().map(|line| {
            let (place, name) = (escape(&line.place), escape(&line.name));
            format!("file {} {place} -> {name}{}", line.kind, if line.retired { " retired" } else { "" })
        });
        let spellings =
            self.spellings.iter().map(|(kind, spelling)| format!("spelling {} {}", kind.word(), spelling.word()));
        let mut lines: Vec<String> = operations.chain(types).chain(members).chain(files).chain(spellings).collect();
        lines.sort();
        lines.iter().fold(format!("{HEADER}version {VERSION}\n"), |text, line| text + line + "\n")
    }
}

/// Whether there are lines that begin with this word.
pub(super) fn is_kind(word: &str) -> bool {
    ["operation", "schema", "inline", "spelling", "file", "version"].contains(&word)
        || MemberKind::parse(word).is_some()
}

/// Reads a line.
pub(super) fn parse_line(line: &str, at: usize) -> Result<Line, String> {
    let mut words: Vec<&str> = line.split(' ').collect();
    // A name is no arrow, so the last one is that before the name; what follows the name may be a flag.
    let arrow = words.iter().rposition(|word| *word == "->").unwrap_or(words.len());
    let mut flag = |name: &str| {
        let found = words.len() > arrow + 2 && words.last() == Some(&name);
        if found {
            words.pop();
        }
        found
    };
    let retired = flag("retired");
    let folded = flag("folded");
    match words.as_slice() {
        ["operation", method, path, "->", rust, rest @ ..] => {
            let route = unescape(path).and_then(|path| Route::declared(method, &path));
            let route = route.ok_or_else(|| format!("`{method} {path}` is no route"))?;
            let name = rust.split_once("::").filter(|(module, name)| is_identifier(module) && is_identifier(name));
            let (module, name) = name.ok_or_else(|| format!("`{rust}` is no name of a method"))?;
            // Older locks have no stem: types were called after the method.
            let (stem, rest) = match rest {
                [stem, rest @ ..] if !stem.starts_with('(') => ((*stem).to_owned(), rest),
                _ => (Words::default().pascal(name.trim_start_matches("r#")), rest),
            };
            if !is_identifier(&stem) {
                return Err(format!("`{stem}` is nothing that types could be called after"));
            }
            let id = match rest {
                [] => None,
                [id] => Some(
                    id.strip_prefix('(')
                        .and_then(|id| id.strip_suffix(')'))
                        .and_then(unescape)
                        .ok_or_else(|| format!("`{id}` is no operationId in parentheses"))?,
                ),
                _ => return Err("there is too much on this line".to_owned()),
            };
            let (module, method) = (module.to_owned(), name.to_owned());
            Ok(Line::Operation(LockedOperation { route, module, method, stem, id, folded, retired, at }))
        }
        [kind @ ("schema" | "inline"), key, "->", name] if !folded => {
            let key = unescape(key).ok_or_else(|| format!("`{key}` cannot be read"))?;
            let key = match *kind {
                "schema" => TypeKey::Schema(key),
                _ => TypeKey::Inline(Pointer::parse(key)),
            };
            if !is_identifier(name) {
                return Err(format!("`{name}` is no name of a type"));
            }
            Ok(Line::Type(LockedType { key, name: (*name).to_owned(), retired, at }))
        }
        ["file", kind, place, "->", name] if !folded => {
            let read = unescape(place).zip(unescape(name)).filter(|_| FILED.contains(kind));
            let (place, name) = read.ok_or_else(|| format!("`{kind} {place}` is nothing that is in another file"))?;
            Ok(Line::File(LockedFile { kind: (*kind).to_owned(), place, name, retired, at }))
        }
        ["spelling", kind, spelling] => {
            let kind = MemberKind::parse(kind).filter(|kind| kind.spelled_as() == Some(*kind));
            kind.zip(Spelling::parse(spelling))
                .map(|(kind, spelling)| Line::Spelling(kind, spelling))
                .ok_or_else(|| "it is not known what is spelled so".to_owned())
        }
        [kind, subject @ .., "->", name] if !folded && MemberKind::parse(kind).is_some() => {
            parse_member(kind, subject, name, retired, at)
        }
        _ => Err("this line says nothing that is known".to_owned()),
    }
}

/// Reads what has a member, and the words that tell which one it is.
fn parse_member(kind: &str, subject: &[&str], name: &str, retired: bool, at: usize) -> Result<Line, String> {
    let nothing = || format!("`{kind} {}` is no member", subject.join(" "));
    let kind = MemberKind::parse(kind).ok_or_else(nothing)?;
    let (of, words) = match subject {
        [method, path, words @ ..] if kind.is_of_operation() => {
            let route = unescape(path).and_then(|path| Route::declared(method, &path));
            (route.map(|_| format!("{method} {path}")), words)
        }
        [CLIENT, words @ ..] if kind.is_of_client() => (Some(CLIENT.to_owned()), words),
        [place, words @ ..] if !kind.is_of_client() && !kind.is_of_operation() && place.starts_with('/') => {
            (Some((*place).to_owned()), words)
        }
        _ => (None, subject),
    };
    let of = of.filter(|_| !words.is_empty() && subject.iter().all(|word| unescape(word).is_some()));
    let scope = MemberScope { kind, of: of.ok_or_else(nothing)? };
    if !is_identifier(name) {
        return Err(format!("`{name}` is no name of a {}", kind.word()));
    }
    let (key, name) = (MemberKey(words.join(" ")), name.to_owned());
    Ok(Line::Member(LockedMember { scope, key, name, retired, at }))
}

/// Writes a text so that it holds no blank.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\\' || c.is_whitespace() || c.is_control() {
            out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

pub(super) fn unescape(text: &str) -> Option<String> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('\\') {
        let (code, after) = after.strip_prefix("u{")?.split_once('}')?;
        out.push_str(before);
        out.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
        rest = after;
    }
    Some(out + rest)
}

//! The lock as a text.

use super::{Lock, LockedOperation, LockedType, Route, TypeKey};
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::names::Words;
use crate::names::scope::is_identifier;

/// The version that is written, and the newest that is read.
const VERSION: u32 = 1;

const HEADER: &str = "\
# Names that are given for good: a route or a schema keeps its own, and no other gets it unless the
# settings say so. Written by `generate`, which adds lines and marks what is gone; to be committed.
";

/// What git leaves in a file that it could not merge.
const MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

enum Line {
    Operation(LockedOperation),
    Type(LockedType),
}

impl Lock {
    /// Reads a lock; an empty text is none. What is wrong goes to the report, and nothing is read then.
    pub(crate) fn parse(text: &str, report: &mut Report) -> Self {
        if text.trim().is_empty() {
            return Self::default();
        }
        let (mut lock, mut version, mut at, mut is_whole) = (Self::default(), None, 0, true);
        for raw in text.split_inclusive('\n') {
            let (begin, line) = (at, raw.trim_end_matches(['\n', '\r']));
            at += raw.len();
            if line.is_empty() || (version.is_none() && line.starts_with('#')) {
                continue;
            }
            let fault = if MARKERS.iter().any(|marker| line.starts_with(marker)) {
                conflict(line)
            } else if version.is_none() {
                version = Some(());
                wrong_version(line)
            } else {
                match parse_line(line, begin) {
                    Ok(line) => lock.add(line),
                    Err(what) => Some(damaged(&what)),
                }
            };
            if let Some(mut fault) = fault {
                fault.place = Place::Lock(begin);
                let is_version = fault.code == "lock-version";
                report.push(fault);
                is_whole = false;
                if is_version {
                    break;
                }
            }
        }
        if is_whole && version.is_none() {
            report.push(damaged("it has no line `version 1`"));
        }
        if is_whole { lock } else { Self::default() }
    }

    /// Adds a line, unless it contradicts one that is there. Merging two branches may leave a fact
    /// twice; that says no more than once.
    fn add(&mut self, line: Line) -> Option<Diagnostic> {
        match line {
            Line::Operation(line) => {
                if let Some(same) = self.operations.iter_mut().find(|other| other.is_same_fact(&line)) {
                    if same.retired && !line.retired {
                        *same = line;
                    }
                    return None;
                }
                let is_rival = |other: &&LockedOperation| {
                    let takes_name = !other.folded && !line.folded && other.is_called(&line.module, &line.method);
                    !other.retired && !line.retired && (other.route == line.route || takes_name)
                };
                let rival = self.operations.iter().find(is_rival).map(|rival| (rival.at, line.route.clone()));
                self.operations.push(line);
                rival.map(|(at, route)| contradiction(at, &format!("`{route}`")))
            }
            Line::Type(line) => {
                if let Some(same) = self.types.iter_mut().find(|other| other.is_same_fact(&line)) {
                    same.retired &= line.retired;
                    return None;
                }
                let is_rival = |other: &&LockedType| {
                    !other.retired && !line.retired && (other.key == line.key || other.name == line.name)
                };
                let rival = self.types.iter().find(is_rival).map(|rival| (rival.at, line.name.clone()));
                self.types.push(line);
                rival.map(|(at, name)| contradiction(at, &format!("the type `{name}`")))
            }
        }
    }

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
        let mut lines: Vec<String> = operations.chain(types).collect();
        lines.sort();
        lines.iter().fold(format!("{HEADER}version {VERSION}\n"), |text, line| text + line + "\n")
    }
}

fn parse_line(line: &str, at: usize) -> Result<Line, String> {
    let mut words: Vec<&str> = line.split(' ').collect();
    let mut flag = |name: &str| {
        let found = words.len() > 4 && words.last() == Some(&name);
        if found {
            words.pop();
        }
        found
    };
    let retired = flag("retired");
    let folded = flag("folded");
    match words.as_slice() {
        ["operation", method, path, "->", rust, rest @ ..] => {
            let route = unescape(path).and_then(|path| Route::parse(&format!("{method} {path}")));
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
        _ => Err("this line says nothing that is known".to_owned()),
    }
}

fn damaged(what: &str) -> Diagnostic {
    Diagnostic::error("lock-damaged", Place::Lock(0), format!("the lock cannot be read: {what}"))
        .label("this line")
        .help("take the line, or the whole file, from the version before (`git checkout -- FILE`); nothing was changed")
}

fn conflict(line: &str) -> Option<Diagnostic> {
    // One conflict is told once.
    line.starts_with(MARKERS[0]).then(|| {
        Diagnostic::error("lock-conflict", Place::Lock(0), "the lock holds a conflict that a merge has left")
            .label("it begins here")
            .help(
                "keep the lines of both sides and remove the markers: `generate` sorts them, and tells where two contradict",
            )
    })
}

fn wrong_version(line: &str) -> Option<Diagnostic> {
    match line.strip_prefix("version ").and_then(|number| number.parse::<u32>().ok()) {
        Some(VERSION) => None,
        Some(number) => Some(
            Diagnostic::error(
                "lock-version",
                Place::Lock(0),
                format!("the lock has version {number}, and this generator reads version {VERSION}"),
            )
            .label("this line")
            .help("use the generator that wrote it, or a newer one; nothing was changed"),
        ),
        None => Some(damaged("it begins with no line `version 1`")),
    }
}

fn contradiction(first: usize, what: &str) -> Diagnostic {
    let message = format!("two lines of the lock contradict each other about {what}");
    Diagnostic::error("lock-contradiction", Place::Lock(0), message)
        .label("this line")
        .help("remove one of them, or mark it `retired`: a name belongs to one route or schema")
        .related(Place::Lock(first), "and this one")
}

/// Writes a text so that it holds no blank.
fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |out, c| {
        if c == '\\' || c.is_whitespace() || c.is_control() {
            format!("{out}\\u{{{:x}}}", u32::from(c))
        } else {
            out + c.encode_utf8(&mut [0; 4])
        }
    })
}

fn unescape(text: &str) -> Option<String> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('\\') {
        let (code, after) = after.strip_prefix("u{")?.split_once('}')?;
        out.push_str(before);
        out.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
        rest = after;
    }
    Some(out + rest)
}

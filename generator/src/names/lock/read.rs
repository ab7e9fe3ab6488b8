//! Reading a lock: each line once, and none that contradicts another.

use std::collections::{BTreeMap, HashMap};

use super::members::{LockedMember, MemberKind, MemberScope};
use super::text::{Line, VERSION, is_kind, parse_line};
use super::{Lock, LockedFile, LockedOperation, LockedType, Route, TypeKey};
use crate::diagnostics::{Diagnostic, Place, Report};
use crate::names::Spelling;

/// What git leaves in a file that it could not merge.
const MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

impl Lock {
    /// Reads a lock; an empty text is none. What is wrong goes to the report, and nothing is read then.
    pub(crate) fn parse(text: &str, report: &mut Report) -> Self {
        // Some editors put a byte order mark before every text.
        let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
        if bare.trim().is_empty() {
            return Self::default();
        }
        let begin = text.len() - bare.len();
        let (mut reader, mut version, mut at, mut is_whole) = (Reader::default(), None, begin, true);
        for raw in bare.split_inclusive('\n') {
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
                    Ok(line) => reader.add(line, begin),
                    Err(what) => Some(newer(line).unwrap_or_else(|| damaged(&what))),
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
        let Reader { operations, types, members, spellings, files, .. } = reader;
        let spellings = spellings.into_iter().map(|(kind, (spelling, _))| (kind, spelling)).collect();
        if is_whole { Self { files, ..Self::of(operations, types, members, spellings) } } else { Self::default() }
    }
}

/// The lines so far, and where they are.
#[derive(Default)]
struct Reader {
    operations: Vec<LockedOperation>,
    types: Vec<LockedType>,
    members: BTreeMap<MemberScope, Vec<LockedMember>>,
    spellings: BTreeMap<MemberKind, (Spelling, usize)>,
    files: Vec<LockedFile>,
    /// Lines by what they say.
    known: HashMap<String, usize>,
    /// Where a living line gives a route its name.
    routes: HashMap<Route, usize>,
    /// Where a living line gives a method to a route.
    methods: HashMap<String, usize>,
    keys: HashMap<TypeKey, usize>,
    names: HashMap<String, usize>,
}

impl Reader {
    /// Adds a line, unless it contradicts one that is there. Merging two branches may leave a fact
    /// twice; that says no more than once.
    fn add(&mut self, line: Line, at: usize) -> Option<Diagnostic> {
        match line {
            Line::Operation(line) => self.operation(line),
            Line::Type(line) => self.ty(line),
            Line::Member(line) => self.member(line),
            Line::File(line) => self.file(line),
            Line::Spelling(kind, spelling) => {
                let (known, first) = *self.spellings.entry(kind).or_insert((spelling, at));
                (known != spelling).then(|| contradiction(first, &format!("how each {} is spelled", kind.word())))
            }
        }
    }

    fn operation(&mut self, line: LockedOperation) -> Option<Diagnostic> {
        let said = format!("{:?}", line.fact());
        if let Some(index) = self.known.get(&said) {
            let same = &mut self.operations[*index];
            if !same.retired || line.retired {
                return None;
            }
            *same = line.clone();
        } else {
            self.known.insert(said, self.operations.len());
            self.operations.push(line.clone());
        }
        if line.retired {
            return None;
        }
        let of_route = self.routes.insert(line.route.clone(), line.at);
        let of_name = if line.folded { None } else { self.methods.insert(line.rust(), line.at) };
        of_route.or(of_name).map(|at| contradiction(at, &format!("`{}`", line.route)))
    }

    fn ty(&mut self, line: LockedType) -> Option<Diagnostic> {
        let said = format!("{:?}", line.fact());
        if let Some(index) = self.known.get(&said) {
            let same = &mut self.types[*index];
            if !same.retired || line.retired {
                return None;
            }
            *same = line.clone();
        } else {
            self.known.insert(said, self.types.len());
            self.types.push(line.clone());
        }
        if line.retired {
            return None;
        }
        let of_key = self.keys.insert(line.key, line.at);
        let of_name = self.names.insert(line.name.clone(), line.at);
        of_key.or(of_name).map(|at| contradiction(at, &format!("the type `{}`", line.name)))
    }

    fn file(&mut self, line: LockedFile) -> Option<Diagnostic> {
        let is_same =
            |other: &&mut LockedFile| (&other.kind, &other.place, &other.name) == (&line.kind, &line.place, &line.name);
        if let Some(same) = self.files.iter_mut().find(is_same) {
            same.retired &= line.retired;
            return None;
        }
        let is_rival = |other: &&LockedFile| {
            let is_either = other.place == line.place || other.name == line.name;
            !other.retired && !line.retired && other.kind == line.kind && is_either
        };
        let rival = self.files.iter().find(is_rival).map(|rival| rival.at);
        let what = format!("`{} {}`", line.kind, line.place);
        self.files.push(line);
        rival.map(|at| contradiction(at, &what))
    }

    fn member(&mut self, line: LockedMember) -> Option<Diagnostic> {
        let lines = self.members.entry(line.scope.clone()).or_default();
        if let Some(same) = lines.iter_mut().find(|other| other.key == line.key && other.name == line.name) {
            same.retired &= line.retired;
            return None;
        }
        let is_rival = |other: &&LockedMember| {
            !other.retired && !line.retired && (other.key == line.key || other.name == line.name)
        };
        let rival = lines.iter().find(is_rival).map(|rival| (rival.at, line.subject()));
        lines.push(line);
        rival.map(|(at, subject)| contradiction(at, &format!("`{subject}`")))
    }
}

fn damaged(what: &str) -> Diagnostic {
    Diagnostic::error("lock-damaged", Place::Lock(0), format!("the lock cannot be read: {what}"))
        .label("this line")
        .help("take the line, or the whole file, from the version before (`git checkout -- FILE`); nothing was changed")
}

/// A line of a kind that is not known, which a newer generator may have written.
fn newer(line: &str) -> Option<Diagnostic> {
    let kind = line.split(' ').next().filter(|kind| !kind.is_empty() && !is_kind(kind))?;
    let is_word = kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    is_word.then(|| {
        let message = format!("the lock has a line of the kind `{kind}`, which this generator does not know");
        Diagnostic::error("lock-version", Place::Lock(0), message).label("this line").help(
            "use the generator that wrote it, or a newer one; if none did, take the lock from the version before \
             (`git checkout -- FILE`); nothing was changed",
        )
    })
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
        .help("remove one of them, or mark it `retired`: a name belongs to one route, schema or member")
        .related(Place::Lock(first), "and this one")
}

//! Problems as values: what is wrong, where, and what to do about it.

mod codes;

use std::fmt;

use serde::Serialize;

pub use codes::{Explanation, all as codes, explain, page};

use crate::origins::Origins;

/// A JSON pointer (RFC 6901) into the document; the empty one is its root.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Pointer(String);

impl Pointer {
    /// Reads the text of a pointer as it stands, for example `/paths/~1users/get`.
    pub fn parse(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The pointer to a member of this node.
    pub fn child(&self, key: impl AsRef<str>) -> Self {
        let key = key.as_ref().replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{key}", self.0))
    }

    /// The pointer to an element of this node.
    pub fn index(&self, index: usize) -> Self {
        self.child(index.to_string())
    }

    /// The pointer's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The unescaped members on the way from the root.
    pub fn segments(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~"))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where nodes stand that the settings put in: below it the byte of the settings, and the place of the
/// document that it was put into.
const SETTINGS: &str = "x-specsmith-settings";

/// How grave a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Something came out weaker than the document says.
    Note,
    /// Something was left out or had to be guessed.
    Warning,
    /// Nothing is generated.
    Error,
}

impl Level {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where a problem lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A node of the document.
    Document(Pointer),
    /// A byte of the document that is no node, because the text could not be read so far.
    Text(usize),
    /// A byte of the settings.
    Config(usize),
    /// A byte of the lock.
    Lock(usize),
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave it is.
    pub level: Level,
    /// A stable name for this kind of problem, such as `broken-reference`.
    pub code: &'static str,
    /// What is wrong, in one sentence without its place.
    pub message: String,
    /// Where it is wrong.
    pub place: Place,
    /// What stands at that place, in a few words.
    pub label: String,
    /// What to do.
    pub help: String,
    /// Other places that explain this one.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// A problem that stops the run.
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self::new(Level::Error, code, place, message)
    }

    /// A problem that costs a part of the SDK.
    pub fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self::new(Level::Warning, code, place, message)
    }

    /// A place that comes out weaker than the document says.
    pub fn note(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self::new(Level::Note, code, place, message)
    }

    fn new(level: Level, code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self {
            level,
            code,
            message: message.into(),
            place,
            label: String::new(),
            help: String::new(),
            related: Vec::new(),
        }
    }

    /// Says what stands at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }
}

/// Everything a run has to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    /// Where the nodes of the document as it stands now were written.
    origins: Origins,
}

impl Report {
    /// Adds a problem. Its places are those of the document as it stands now; kept are those in the
    /// document that the user wrote.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        let places = diagnostic.related.iter_mut().map(|(place, _)| place).chain([&mut diagnostic.place]);
        for place in places {
            if let Place::Document(at) = place {
                *place = self.written(at);
            }
        }
        self.diagnostics.push(diagnostic);
    }

    /// Adds a problem of what many operations share, unless it was added for another of them.
    pub(crate) fn push_once(&mut self, diagnostic: Diagnostic) {
        let before = self.diagnostics.len();
        self.push(diagnostic);
        let is_same = |one: &Diagnostic, other: &Diagnostic| {
            (one.code, &one.place, &one.message) == (other.code, &other.place, &other.message)
        };
        let (known, new) = self.diagnostics.split_at(before);
        if known.iter().any(|known| is_same(known, &new[0])) {
            self.diagnostics.pop();
        }
    }

    /// Makes warnings of the errors that have one of these codes.
    pub(crate) fn soften(&mut self, codes: &[&str]) {
        let errors = self.diagnostics.iter_mut().filter(|diagnostic| diagnostic.level == Level::Error);
        errors.filter(|error| codes.contains(&error.code)).for_each(|error| error.level = Level::Warning);
    }

    /// Records that what is at `to` from now on was at `from` until now, so that what is said of it
    /// is said of the place that the user knows.
    pub(crate) fn moved(&mut self, to: &Pointer, from: &Pointer) {
        self.origins.moved(to.as_str(), from.as_str());
    }

    /// Records that what is at this place from now on is from the settings, from one of their bytes.
    pub(crate) fn put(&mut self, at: &Pointer, byte: usize) {
        let from = Pointer::default().child(SETTINGS).index(byte).child(self.origin(at).as_str());
        self.moved(at, &from);
    }

    /// Where the user wrote what is at this place of the document as it stands now; what is from the
    /// settings has the place that they put it into.
    pub fn origin(&self, at: &Pointer) -> Pointer {
        let written = Pointer(self.origins.of(at.as_str()));
        put_in(&written).map_or(written, |(_, into)| into)
    }

    /// Likewise, but what is from the settings has its place there.
    fn written(&self, at: &Pointer) -> Place {
        let written = Pointer(self.origins.of(at.as_str()));
        put_in(&written).map_or(Place::Document(written), |(byte, _)| Place::Config(byte))
    }

    /// Makes errors of warnings.
    pub fn harden(&mut self) {
        let warnings = self.diagnostics.iter_mut().filter(|diagnostic| diagnostic.level == Level::Warning);
        warnings.for_each(|diagnostic| diagnostic.level = Level::Error);
    }

    /// The problems, in the order of the stages.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether something forbids to generate.
    pub fn has_errors(&self) -> bool {
        self.count(Level::Error) > 0
    }

    /// Whether the document itself is in error, not only the settings.
    pub(crate) fn has_document_errors(&self) -> bool {
        let in_document = |diagnostic: &Diagnostic| !matches!(diagnostic.place, Place::Config(_) | Place::Lock(_));
        self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error && in_document(diagnostic))
    }

    /// Whether something was said of just this node, so that one fault is told once.
    pub(crate) fn tells_of(&self, node: &Pointer) -> bool {
        let place = self.written(node);
        self.diagnostics.iter().any(|diagnostic| diagnostic.place == place)
    }

    /// How many problems of one level there are.
    pub fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|d| d.level == level).count()
    }
}

/// Of a node that the settings put in, the byte there, and the place of the document that it was put into.
fn put_in(written: &Pointer) -> Option<(usize, Pointer)> {
    let mut segments = written.segments();
    segments.next().filter(|first| first == SETTINGS)?;
    Some((segments.next()?.parse().ok()?, Pointer(segments.next()?)))
}

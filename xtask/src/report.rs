//! Diagnostics as text: the source line with a caret, the place, what to do.

use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level as Severity, Origin, Renderer, Snippet, normalize_untrusted_str};
use specsmith::diagnostics::{Diagnostic, Level, Place, Report};
use specsmith::load::{Position, Source, position};

use crate::seen::{inert, visible};

/// How many bytes of a line are shown before and behind a place: some documents are one line.
const AROUND: usize = 300;

/// The texts that diagnostics point into, with the names to show.
pub(crate) struct Texts<'a> {
    pub(crate) document: &'a str,
    pub(crate) source: &'a Source,
    pub(crate) config: String,
    pub(crate) config_text: &'a str,
    pub(crate) lock: String,
    pub(crate) lock_text: &'a str,
}

/// Every diagnostic, and a last line that counts them.
pub(crate) fn render(report: &Report, texts: &Texts<'_>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in report.diagnostics() {
        out.push_str(&renderer.render(&groups(diagnostic, texts)));
        out.push_str("\n\n");
    }
    let counts = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "note")];
    let counts = counts.iter().filter_map(|(level, name)| match report.count(*level) {
        0 => None,
        1 => Some(format!("1 {name}")),
        many => Some(format!("{many} {name}s")),
    });
    let counts: Vec<String> = counts.collect();
    if !counts.is_empty() {
        out.push_str(&format!("{}: {}\n", texts.document, counts.join(", ")));
    }
    out
}

/// One diagnostic, with its line.
pub(crate) fn one(diagnostic: &Diagnostic, texts: &Texts<'_>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&groups(diagnostic, texts))
}

/// A place as files have it.
pub(crate) struct Located {
    pub(crate) path: String,
    pub(crate) start: Position,
    /// Behind the last character.
    pub(crate) end: Position,
}

/// Where a place is.
pub(crate) fn located(place: &Place, texts: &Texts<'_>) -> Located {
    let (path, text, span) = text_of(place, texts);
    Located { path, start: position(text, span.start), end: position(text, span.end) }
}

/// The file of a place, its text, and the bytes there.
fn text_of<'a>(place: &Place, texts: &Texts<'a>) -> (String, &'a str, std::ops::Range<usize>) {
    match place {
        Place::Document(pointer) => {
            let spot = texts.source.spot(pointer);
            (spot.path(texts.document), spot.text, spot.span)
        }
        Place::Text(at) => (texts.document.to_owned(), texts.source.text(), token(texts.source.text(), *at)),
        Place::Config(at) => (texts.config.clone(), texts.config_text, token(texts.config_text, *at)),
        Place::Lock(at) => (texts.lock.clone(), texts.lock_text, line(texts.lock_text, *at)),
    }
}

fn groups<'a>(diagnostic: &'a Diagnostic, texts: &Texts<'a>) -> Vec<Group<'a>> {
    let level = match diagnostic.level {
        Level::Error => Severity::ERROR,
        Level::Warning => Severity::WARNING,
        Level::Note => Severity::NOTE,
    };
    let group = Group::with_title(level.primary_title(visible(&diagnostic.message)).id(diagnostic.code));
    let mut group = show(group, &diagnostic.place, &diagnostic.label, AnnotationKind::Primary, texts);
    for (place, label) in &diagnostic.related {
        group = show(group, place, label, AnnotationKind::Context, texts);
    }
    if !diagnostic.help.is_empty() {
        // The renderer takes a help's text as it is.
        group = group.element(Severity::HELP.message(normalize_untrusted_str(&visible(&diagnostic.help))));
    }
    vec![group]
}

/// Adds a place with its line to what is shown.
fn show<'a>(group: Group<'a>, place: &Place, label: &'a str, kind: AnnotationKind, texts: &Texts<'a>) -> Group<'a> {
    let (name, text, span) = text_of(place, texts);
    let name = visible(&name).into_owned();
    // A long scalar is shown by its first line, and the renderer is given no more: it reads all that
    // it is given, for each diagnostic again.
    let span = if span.start == text.len() && text.ends_with('\n') { text.len() - 1..text.len() - 1 } else { span };
    let line = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[span.start..].find('\n').map_or(text.len(), |newline| span.start + newline);
    let number = text[..line].matches('\n').count() + 1;
    let end = span.end.min(line_end);
    let (from, to) =
        (near(text, span.start.saturating_sub(AROUND).max(line)), near(text, (end + AROUND).min(line_end)));
    let annotation = kind.span(span.start - from..end - from);
    let annotation = if label.is_empty() { annotation } else { annotation.label(visible(label)) };
    let snippet = Snippet::source(inert(&text[from..to])).line_start(number).annotation(annotation);
    if (from, to) == (line, line_end) {
        return group.element(snippet.path(name));
    }
    // The column in a part of a line would be wrong.
    let column = text[line..span.start].chars().count() + 1;
    group.element(Origin::path(name).line(number).char_column(column)).element(snippet)
}

/// The character that a byte is part of.
fn near(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The line that begins at a byte.
fn line(text: &str, at: usize) -> std::ops::Range<usize> {
    let length = text.get(at..).map_or(0, |rest| rest.lines().next().map_or(0, str::len));
    at..at + length
}

/// The word or character that begins at a byte.
fn token(text: &str, at: usize) -> std::ops::Range<usize> {
    let at = near(text, at.min(text.len()));
    let rest = &text[at..];
    let word = rest.find(|c: char| !(c.is_alphanumeric() || "_-./$".contains(c))).unwrap_or(rest.len());
    let length = if word == 0 { rest.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8) } else { word };
    at..at + length
}

/// A file's name without its folders.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

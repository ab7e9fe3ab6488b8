//! Bytes to a tree of values, with the place of every node; what the nodes are; and where
//! references lead, into other files too.

mod core_schema;
mod files;
mod json;
pub mod kinds;
mod lenient;
pub(crate) mod limits;
mod places;
mod references;
mod source;
mod tabs;
pub(crate) mod yaml;

use std::collections::BTreeMap;

pub use files::Loader;
pub(crate) use files::place_of;
pub(crate) use references::{locate, redirect, reference_to, target};
pub use source::{Position, Source, Spot, position};

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Place, Pointer, Report};

/// The member of a schema with the keywords that OpenAPI 3.0 has no words for, as they were written.
pub(crate) const KEPT_RULES: &str = "x-kept-rules";

/// A loaded document.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The document; maps keep their order, keys are strings (`200:` is `"200"`).
    pub value: Value,
    /// Why references that lead out of the document were left as they are, by their texts.
    pub unread: BTreeMap<String, String>,
    /// Components that stand in other files.
    pub outside: Vec<Outside>,
}

/// A component that stands in another file.
#[derive(Debug, Clone)]
pub struct Outside {
    /// What it is: `schema`, `parameter`, `body`, `response` or `header`.
    pub kind: &'static str,
    /// The file and the place in it: `types/user.yaml#/User`.
    pub place: String,
    /// What it is called among the components.
    pub name: String,
}

/// What components of other files were called before, by what they are and their places.
pub(crate) type Known = BTreeMap<(String, String), String>;

/// Reads a document, and the places of its nodes; without a tree if it cannot be read.
pub fn load(bytes: &[u8], report: &mut Report) -> (Source, Option<Tree>) {
    let (source, value) = parse(bytes, report);
    let Some(value) = value else { return (source, None) };
    if value.is_object() {
        return (source, Some(Tree { value, unread: BTreeMap::new(), outside: Vec::new() }));
    }
    let at = Place::Document(Pointer::default());
    report.push(
        Diagnostic::error("not-openapi", at, "this is no OpenAPI document: it is not a map")
            .help("an OpenAPI document begins with `openapi: 3.0.3`"),
    );
    (source, None)
}

/// Makes what the document refers to in other files a part of it, if there is somebody to load
/// those; `name` is the document's own file.
pub(crate) fn join(
    tree: &mut Tree,
    source: &mut Source,
    name: &str,
    (files, known): (Option<&dyn Loader>, &Known),
    report: &mut Report,
) {
    if let Some(files) = files {
        files::join(tree, source, name, (files, known), report);
    }
}

/// Reads one file.
pub(crate) fn parse(bytes: &[u8], report: &mut Report) -> (Source, Option<Value>) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = Place::Text(error.valid_up_to());
            report.push(
                Diagnostic::error("not-utf8", at, "the document is not UTF-8")
                    .label("this byte begins no character")
                    .help("save the document as UTF-8"),
            );
            return (Source::new(String::from_utf8_lossy(bytes).into_owned()), None);
        }
    };
    let mut source = Source::new(text.to_owned());
    let parsed = limits::check_size(bytes).and_then(|()| {
        if text.trim_start().starts_with(['{', '[']) {
            // A mapping in braces may be YAML too, but then JSON's error would mislead.
            json::parse(text).or_else(|error| yaml::parse(text).map_err(|_| error))
        } else {
            yaml::parse(text).or_else(|error| with_tabs(text, report).ok_or(error))
        }
    });
    let parsed = parsed.and_then(|parsed| limits::check_pointers(&parsed.nodes, bytes.len()).map(|()| parsed));
    match parsed {
        Ok(parsed) => {
            source.set_nodes(parsed.nodes);
            for (first, second, key) in source.duplicates() {
                report.push(
                    Diagnostic::warning(
                        "duplicate-key",
                        Place::Text(second),
                        format!("the key `{key}` stands twice in one map: the last one counts"),
                    )
                    .label("again here")
                    .help("remove one of the two, or give it its own name")
                    .related(Place::Text(first), "first here"),
                );
            }
            (source, Some(parsed.value))
        }
        Err(error) => {
            let help = match error.code {
                "too-deep" | "too-large" => "no document needs that much: look for what made it so",
                "not-yaml" if tabs::indent(text, source.boundary(error.at)) => {
                    "a tab indents this line or one before it, and YAML forbids that: indent with spaces"
                }
                _ => "the mistake may stand a little before this place",
            };
            report.push(
                Diagnostic::error(error.code, Place::Text(source.boundary(error.at)), error.message)
                    .label("reading stopped here")
                    .help(help),
            );
            (source, None)
        }
    }
}

/// Reads YAML that is indented by tabs, if that is all that is wrong with it.
fn with_tabs(text: &str, report: &mut Report) -> Option<Parsed> {
    let (spaced, first) = tabs::as_spaces(text)?;
    let parsed = yaml::parse(&spaced).ok()?;
    report.push(
        Diagnostic::warning("tabs", Place::Text(first), "YAML is not indented by tabs: each is read as a space")
            .label("the first tab")
            .help("indent with spaces"),
    );
    Some(parsed)
}

/// The node at a pointer.
pub(crate) fn lookup<'a>(root: &'a Value, pointer: &Pointer) -> Option<&'a Value> {
    root.pointer(pointer.as_str())
}

/// A document's value with the places of its nodes.
struct Parsed {
    value: Value,
    nodes: Vec<source::Node>,
}

/// Why a document could not be read.
struct Unreadable {
    code: &'static str,
    message: String,
    /// The byte where reading stopped.
    at: usize,
}

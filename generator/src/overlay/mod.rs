//! Overlays: documents that change the document before it is understood (Overlay Specification 1.0
//! and 1.1).
//!
//! Actions apply one after the other. One that applies to nothing is an error here, though the
//! specification lets it pass: it hides that the document has changed. What an overlay puts in is
//! from the overlay, wherever it is told of.

mod apply;

pub(crate) use apply::remove;
use serde_json::Value;
use serde_json_path::JsonPath;

use crate::config::{Config, Overlay};
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::load::{self, Loader, Source, Tree, place_of};

/// An overlay's file.
#[derive(Debug, Clone)]
pub struct OverlayFile {
    /// Its path, as it is shown.
    pub name: String,
    /// Its text, YAML or JSON.
    pub text: Vec<u8>,
}

/// Applies those that were given, and then those of the settings, which are paths from the
/// document's folder.
pub(crate) fn overlay(
    tree: &mut Tree,
    source: &mut Source,
    given: &[OverlayFile],
    config: &Config,
    files: Option<&dyn Loader>,
    report: &mut Report,
) {
    for file in given {
        one(tree, source, &file.name, &file.text, report);
    }
    for entry in &config.overlays {
        let Overlay { file, .. } = entry.as_ref();
        let text = files.map_or_else(|| Err("files are not read here".to_owned()), |files| files.load(file));
        match text {
            Ok(text) => one(tree, source, file, &text, report),
            Err(reason) => report.push(
                Diagnostic::error(
                    "unread-overlay",
                    Place::Config(entry.span().start),
                    format!("the overlay `{file}` cannot be read: {reason}"),
                )
                .label("this entry")
                .help("name it by its path from the document's folder"),
            ),
        }
    }
}

/// An action of an overlay.
struct Action<'a> {
    /// Its place in the overlay.
    at: Pointer,
    target: JsonPath,
    what: What<'a>,
}

/// What an action does to what its target selects.
enum What<'a> {
    Remove,
    Update(&'a Value),
    Copy(JsonPath),
}

fn one(tree: &mut Tree, source: &mut Source, name: &str, text: &[u8], report: &mut Report) {
    let place = place_of(name);
    let mut inner = Report::default();
    let (text, value) = load::parse(text, &mut inner);
    let unreadable = inner.diagnostics().first().filter(|_| value.is_none()).map(|problem| match problem.place {
        Place::Text(at) => {
            let position = text.position(at);
            format!("{} (line {}, column {})", problem.message, position.line, position.column)
        }
        _ => problem.message.clone(),
    });
    source.add_file(name, text);
    let invalid = |at: &Pointer, message: String, report: &mut Report| {
        report.push(
            Diagnostic::error("invalid-overlay", Place::Document(at.clone()), message)
                .label("here")
                .help("compare with the Overlay Specification 1.1"),
        );
    };
    if let Some(reason) = unreadable {
        return invalid(&place, format!("this overlay cannot be read: {reason}"), report);
    }
    let overlay = value.unwrap_or_default();
    let version = overlay.get("overlay").and_then(Value::as_str).unwrap_or_default();
    if !["1.0.", "1.1."].iter().any(|known| version.starts_with(known)) {
        let message = "an overlay begins with `overlay: 1.0.0` or `overlay: 1.1.0`".to_owned();
        return invalid(&place.child("overlay"), message, report);
    }
    let Some(actions) = overlay.get("actions").and_then(Value::as_array).filter(|actions| !actions.is_empty()) else {
        return invalid(&place.child("actions"), "an overlay has a list of `actions`".to_owned(), report);
    };
    let mut changed = 0;
    for (index, action) in actions.iter().enumerate() {
        let at = place.child("actions").index(index);
        match read(action, &at) {
            Err((at, message)) => invalid(&at, message, report),
            Ok(action) => changed += apply::apply(&mut tree.value, &action, report),
        }
    }
    if changed == 0 {
        return;
    }
    let title = overlay.pointer("/info/title").and_then(Value::as_str).unwrap_or(name);
    report.push(
        Diagnostic::note(
            "overlaid",
            Place::Document(place.child("actions")),
            format!("the overlay changes {changed} places of the document"),
        )
        .label("by these actions")
        .help(format!("the reason given: {title}")),
    );
}

/// Reads an action, or says what is wrong with it and where.
fn read<'a>(action: &'a Value, at: &Pointer) -> Result<Action<'a>, (Pointer, String)> {
    let path = |key: &str| {
        let text = action.get(key).and_then(Value::as_str);
        let text = text.ok_or_else(|| (at.clone(), format!("an action has a `{key}`: a JSONPath")))?;
        JsonPath::parse(text).map_err(|error| (at.child(key), format!("this is no JSONPath (RFC 9535): {error}")))
    };
    let target = path("target")?;
    let what = if action.get("remove") == Some(&Value::Bool(true)) {
        What::Remove
    } else if let Some(update) = action.get("update") {
        What::Update(update)
    } else if action.get("copy").is_some() {
        What::Copy(path("copy")?)
    } else {
        return Err((at.clone(), "an action has one of `update`, `copy` and `remove: true`".to_owned()));
    };
    Ok(Action { at: at.clone(), target, what })
}

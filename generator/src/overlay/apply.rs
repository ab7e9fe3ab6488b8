//! One action of an overlay, done to a document.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;
use serde_json_path::JsonPath;

use super::{Action, What};
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};

/// Does it, and tells how many places it changed.
pub(super) fn apply(root: &mut Value, action: &Action<'_>, report: &mut Report) -> usize {
    let targets = select(root, &action.target);
    if targets.is_empty() {
        let message = "this action applies to nothing: the document has no such place";
        report.push(
            Diagnostic::error("unused-overlay", Place::Document(action.at.child("target")), message)
                .label("this target")
                .help("remove the action, or correct its target"),
        );
        return 0;
    }
    let result = match &action.what {
        What::Remove if targets.iter().any(|at| at.as_str().is_empty()) => {
            Err("the whole document cannot be removed".to_owned())
        }
        What::Remove => {
            remove(root, targets.clone(), report);
            Ok(())
        }
        What::Update(value) => merge_all(root, &targets, value, &action.at.child("update"), report),
        What::Copy(from) => match select(root, from).as_slice() {
            [one] => {
                let value = root.pointer(one.as_str()).cloned().unwrap_or_default();
                merge_all(root, &targets, &value, one, report)
            }
            found => Err(format!("`copy` must select one place, and selects {}", found.len())),
        },
    };
    match result {
        Ok(()) => targets.len(),
        Err(message) => {
            report.push(
                Diagnostic::error("invalid-overlay", Place::Document(action.at.clone()), message)
                    .label("this action")
                    .help("compare with the Overlay Specification 1.1, \"Action Object\""),
            );
            0
        }
    }
}

fn select(root: &Value, path: &JsonPath) -> Vec<Pointer> {
    path.query_located(root).into_iter().map(|node| Pointer::parse(node.location().to_json_pointer())).collect()
}

/// Takes nodes out, all of one map or list at once: what is inside another first, for then everything
/// is still where it was found.
pub(crate) fn remove(root: &mut Value, targets: Vec<Pointer>, report: &mut Report) {
    let mut gone: BTreeMap<Pointer, HashSet<String>> = BTreeMap::new();
    for at in targets {
        let Some((parent, _)) = at.as_str().rsplit_once('/') else { continue };
        gone.entry(Pointer::parse(parent)).or_default().extend(at.segments().last());
    }
    let mut gone: Vec<(Pointer, HashSet<String>)> = gone.into_iter().collect();
    gone.sort_by_key(|(parent, _)| std::cmp::Reverse(parent.segments().count()));
    for (parent, gone) in gone {
        match root.pointer_mut(parent.as_str()) {
            Some(Value::Object(members)) => members.retain(|key, _| !gone.contains(key)),
            Some(Value::Array(elements)) => {
                for (index, element) in std::mem::take(elements).into_iter().enumerate() {
                    if gone.contains(&index.to_string()) {
                        continue;
                    }
                    if elements.len() != index {
                        report.moved(&parent.index(elements.len()), &parent.index(index));
                    }
                    elements.push(element);
                }
            }
            // It went with what was around it.
            _ => {}
        }
    }
}

/// Merges a value into each node; `from` is where the value stands.
fn merge_all(
    root: &mut Value,
    targets: &[Pointer],
    value: &Value,
    from: &Pointer,
    report: &mut Report,
) -> Result<(), String> {
    for at in targets {
        if let Some(node) = root.pointer_mut(at.as_str()) {
            match node {
                // An element for a list need not be in a list itself.
                Value::Array(elements) if !value.is_array() => {
                    report.moved(&at.index(elements.len()), from);
                    elements.push(value.clone());
                }
                node => merge(node, value, at, from, report)?,
            }
        }
    }
    Ok(())
}

fn merge(node: &mut Value, value: &Value, at: &Pointer, from: &Pointer, report: &mut Report) -> Result<(), String> {
    match (node, value) {
        (Value::Object(members), Value::Object(new)) => {
            for (key, value) in new {
                match members.get_mut(key) {
                    Some(member) => merge(member, value, &at.child(key), &from.child(key), report)?,
                    None => {
                        report.moved(&at.child(key), &from.child(key));
                        members.insert(key.clone(), value.clone());
                    }
                }
            }
            Ok(())
        }
        (Value::Array(elements), Value::Array(new)) => {
            for (index, value) in new.iter().enumerate() {
                report.moved(&at.index(elements.len()), &from.index(index));
                elements.push(value.clone());
            }
            Ok(())
        }
        (node, value) if is_primitive(node) && is_primitive(value) => {
            report.moved(at, from);
            *node = value.clone();
            Ok(())
        }
        (node, value) => Err(format!("{} cannot be merged into {} (`{at}`)", kind(value), kind(node))),
    }
}

fn is_primitive(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "a map",
        Value::Array(_) => "a list",
        _ => "a plain value",
    }
}

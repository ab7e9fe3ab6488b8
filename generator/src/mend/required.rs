//! `required: true` on a property, as drafts of JSON Schema before 4 had it: it belongs into the
//! list of the object.

use serde_json::{Value, json};

use crate::diagnostics::{Diagnostic, Place, Report};
use crate::load::kinds::{Kind, rewrite};

pub(super) fn lift(root: &mut Value, report: &mut Report) {
    rewrite(root, &mut |value, kind, at| {
        let (Kind::Schema, Value::Object(schema)) = (kind, value) else { return };
        let at = at.child("properties");
        let mut names = Vec::new();
        for (name, property) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            let Value::Object(property) = property else { continue };
            let Some(Value::Bool(is_required)) = property.get("required") else { continue };
            let is_required = *is_required;
            property.shift_remove("required");
            let message = format!(
                "`required` of an object is a list: `{name}` is {}",
                match is_required {
                    true => "put on it",
                    false => "not on it",
                }
            );
            report.push(
                Diagnostic::warning("misplaced-required", Place::Document(at.child(name).child("required")), message)
                    .label("this is a property's")
                    .help(format!("write `required: [{name}]` beside `properties`, if it must be there")),
            );
            if is_required {
                names.push(Value::from(name.clone()));
            }
        }
        if names.is_empty() {
            return;
        }
        match schema.get_mut("required") {
            Some(Value::Array(list)) => list.extend(names),
            _ => _ = schema.insert("required".to_owned(), json!(names)),
        }
    });
}

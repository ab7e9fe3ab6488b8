//! Folds twins: operations that differ in nothing but one more path parameter become one, so
//! that the SDK has one method with an optional setter instead of two methods.

use std::collections::BTreeSet;

use openapiv3::Parameter;
use serde_json::{Value, json};

use super::{Document, Operation, Twin};
use crate::config::{Config, Fold};
use crate::diagnostics::{Diagnostic, Place, Report};

pub(super) fn fold(document: &mut Document, config: &Config, report: &mut Report) {
    for rule in &config.fold {
        let pairs = pairs(&document.operations, rule.as_ref());
        if pairs.is_empty() {
            report.push(
                Diagnostic::error("unused-config", Place::Config(rule.span().start), "this rule folds no operation")
                    .help("remove it, or correct its suffix and parameter"),
            );
        }
        let mut gone = BTreeSet::new();
        for (base, twin) in pairs {
            let other = &document.operations[twin];
            let parameter =
                other.parameters.iter().find(|(_, parameter)| is_named(parameter, &rule.as_ref().parameter));
            let (Some(parameter), Some(id)) = (parameter, &other.id) else { continue };
            let folded = Twin {
                at: other.at.clone(),
                id: id.clone(),
                path: other.path.clone(),
                summary: other.summary.clone(),
                description: other.description.clone(),
                parameter: parameter.clone(),
            };
            document.operations[base].twin = Some(folded);
            gone.insert(twin);
        }
        let mut index = 0..;
        document.operations.retain(|_| !index.next().is_some_and(|index| gone.contains(&index)));
    }
}

fn is_named(parameter: &Parameter, name: &str) -> bool {
    matches!(parameter, Parameter::Path { .. }) && parameter.parameter_data_ref().name == name
}

/// Indexes of operations and of the twins that fold into them.
fn pairs(operations: &[Operation], rule: &Fold) -> Vec<(usize, usize)> {
    let segment = format!("/{{{}}}", rule.parameter);
    let mut pairs = Vec::new();
    for (twin_index, twin) in operations.iter().enumerate() {
        let Some(base_id) = twin.id.as_deref().and_then(|id| id.strip_suffix(&rule.suffix)) else { continue };
        if twin.path.matches(&segment).count() != 1 || twin.twin.is_some() {
            continue;
        }
        let base_path = twin.path.replacen(&segment, "", 1);
        let base = operations.iter().position(|base| {
            base.id.as_deref() == Some(base_id)
                && base.path == base_path
                && base.twin.is_none()
                && facts(base, &rule.parameter) == facts(twin, &rule.parameter)
        });
        pairs.extend(base.map(|base| (base, twin_index)));
    }
    pairs
}

/// All that must be the same in twins: everything but names, routes and prose.
fn facts(operation: &Operation, parameter: &str) -> Value {
    let parameters: Vec<&Parameter> =
        operation.parameters.iter().map(|(_, each)| &**each).filter(|each| !is_named(each, parameter)).collect();
    let mut facts = json!({
        "method": operation.method,
        "tag": operation.tag,
        "deprecated": operation.deprecated,
        "parameters": parameters,
        "body": operation.body.as_ref().map(|(_, body)| body),
        "responses": operation.responses,
        "security": operation.security,
    });
    strip_prose(&mut facts);
    facts
}

fn strip_prose(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for key in ["description", "summary", "example", "examples", "title"] {
                // A property may be called so too; then it holds a schema, not a text.
                if key.starts_with("example") || members.get(key).is_some_and(Value::is_string) {
                    members.shift_remove(key);
                }
            }
            members.values_mut().for_each(strip_prose);
        }
        Value::Array(elements) => elements.iter_mut().for_each(strip_prose),
        _ => {}
    }
}

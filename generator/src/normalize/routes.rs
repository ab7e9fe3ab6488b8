//! Checks on operations: no id twice, no route twice, no path parameter missing.

use std::collections::HashMap;

use openapiv3::Parameter;

use super::{Document, Operation};
use crate::diagnostics::{Diagnostic, Place, Report};

pub(super) fn check(document: &Document, report: &mut Report) {
    let mut ids: HashMap<&str, &Operation> = HashMap::new();
    let mut routes: HashMap<(String, &str), &Operation> = HashMap::new();
    for operation in &document.operations {
        if let Some(id) = &operation.id
            && let Some(first) = ids.insert(id, operation)
        {
            let place = |operation: &Operation| Place::Document(operation.at.child("operationId"));
            report.push(
                Diagnostic::error(
                    "duplicate-operation-id",
                    place(operation),
                    format!("two operations have the id `{id}`"),
                )
                .label("again here")
                .help("give one of the two another operationId")
                .related(place(first), "first here"),
            );
        }
        let shape: Vec<&str> = placeholders(&operation.path).1;
        if let Some(first) = routes.insert((shape.join("{}"), &operation.method), operation) {
            let (method, path) = (operation.method.to_uppercase(), &operation.path);
            report.push(
                Diagnostic::error(
                    "duplicate-route",
                    Place::Document(operation.at.clone()),
                    format!("two operations answer `{method} {path}`: parameter names do not tell routes apart"),
                )
                .label("the same route again")
                .help("remove one of the two")
                .related(Place::Document(first.at.clone()), "first here"),
            );
        }
        if !operation.path.starts_with('/') || operation.path.contains(['?', '#']) {
            report.push(
                Diagnostic::error(
                    "invalid-path",
                    Place::Document(operation.at.clone()),
                    format!("`{}` is no path", operation.path),
                )
                .label("the operation of this path")
                .help("a path begins with `/`, and has no query and no fragment: declare those as parameters"),
            );
        }
        path_parameters(operation, report);
    }
}

fn path_parameters(operation: &Operation, report: &mut Report) {
    let (names, _) = placeholders(&operation.path);
    let declared = |name: &str| {
        operation.parameters.iter().any(|(_, parameter)| {
            matches!(parameter, Parameter::Path { .. }) && parameter.parameter_data_ref().name == name
        })
    };
    for name in names.iter().filter(|name| !declared(name)) {
        let message = format!("the path has `{{{name}}}`, but no path parameter `{name}` is declared");
        report.push(
            Diagnostic::error("missing-path-parameter", Place::Document(operation.at.clone()), message)
                .label("in this operation")
                .help(format!(
                    "add `- {{name: {name}, in: path, required: true, schema: {{type: string}}}}` to its parameters"
                )),
        );
    }
    for (at, parameter) in &operation.parameters {
        let name = &parameter.parameter_data_ref().name;
        if matches!(parameter, Parameter::Path { .. }) && !names.contains(&name.as_str()) {
            let message = format!("the path parameter `{name}` does not stand in `{}`", operation.path);
            report.push(
                Diagnostic::error("unused-path-parameter", Place::Document(at.child("name")), message)
                    .label("this parameter")
                    .help(format!("add `{{{name}}}` to the path, or remove the parameter")),
            );
        }
    }
}

/// The parameters of a path template, and the text around them (one piece more).
pub(crate) fn placeholders(path: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut names, mut literals, mut rest) = (Vec::new(), Vec::new(), path);
    while let Some((before, name, after)) =
        rest.split_once('{').and_then(|(before, tail)| tail.split_once('}').map(|(name, after)| (before, name, after)))
    {
        literals.push(before);
        names.push(name);
        rest = after;
    }
    literals.push(rest);
    (names, literals)
}

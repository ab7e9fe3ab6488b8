//! Operations as wholes: no id twice, no route twice, and each path parameter is one of the path.

use std::collections::HashMap;

use openapiv3::Parameter;

use super::paths::{declares, text_parameter};
use super::{Document, Operation, Shared, paths};
use crate::diagnostics::{Diagnostic, Place, Report};

/// Tells of what stands twice, and repairs the parameters of the path.
pub(super) fn repair(document: &mut Document, report: &mut Report) {
    twice(document, report);
    paths::repair(document, report);
    for operation in &mut document.operations {
        path_parameters(operation, report);
    }
}

/// Ids and routes that stand twice: each operation is generated, and those are named by their routes.
fn twice(document: &Document, report: &mut Report) {
    let mut ids: HashMap<&str, &Operation> = HashMap::new();
    let mut routes: HashMap<(String, &str), &Operation> = HashMap::new();
    for operation in &document.operations {
        if let Some(id) = &operation.id
            && let Some(first) = ids.insert(id, operation)
        {
            let place = |operation: &Operation| Place::Document(operation.at.child("operationId"));
            report.push(
                Diagnostic::warning(
                    "duplicate-operation-id",
                    place(operation),
                    format!("two operations have the id `{id}`: their routes tell them apart"),
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
                Diagnostic::warning(
                    "duplicate-route",
                    Place::Document(operation.at.clone()),
                    format!("two operations answer `{method} {path}`: the server decides which of them does"),
                )
                .label("the same route again")
                .help("remove one of the two")
                .related(Place::Document(first.at.clone()), "first here"),
            );
        }
    }
}

/// Gives the path's parameters and the declared ones to each other.
fn path_parameters(operation: &mut Operation, report: &mut Report) {
    let (names, _) = placeholders(&operation.path);
    let mut missing: Vec<String> =
        names.iter().filter(|name| !declares(operation, name)).map(|name| (*name).to_owned()).collect();
    let is_unused = |parameter: &Parameter| {
        matches!(parameter, Parameter::Path { .. }) && !names.contains(&parameter.parameter_data_ref().name.as_str())
    };
    let mut unused: Vec<usize> =
        (0..operation.parameters.len()).filter(|index| is_unused(&operation.parameters[*index].1)).collect();
    // One that is alone on both sides, or that differs in how it is spelled.
    let plain = |name: &str| name.to_lowercase().replace(['_', '-'], "");
    let is_alone = missing.len() == 1 && unused.len() == 1;
    missing.retain(|name| {
        let spelled =
            |index: &usize| plain(&operation.parameters[*index].1.parameter_data_ref().name) == plain(name) || is_alone;
        let Some(position) = unused.iter().position(spelled) else { return true };
        let (at, parameter) = &mut operation.parameters[unused.remove(position)];
        let Parameter::Path { parameter_data, .. } = &mut **parameter else { return true };
        let message = format!("`{}` does not stand in the path: it is taken for `{{{name}}}`", parameter_data.name);
        report.push(
            Diagnostic::warning("misnamed-path-parameter", Place::Document(at.child("name")), message)
                .label("this parameter")
                .help(format!("write `name: {name}`, if it is that")),
        );
        parameter_data.name.clone_from(name);
        false
    });
    for index in unused.into_iter().rev() {
        let (at, parameter) = operation.parameters.remove(index);
        let name = &parameter.parameter_data_ref().name;
        let message = format!("the path parameter `{name}` does not stand in `{}`: it is left out", operation.path);
        report.push(
            Diagnostic::warning("unused-path-parameter", Place::Document(at.child("name")), message)
                .label("this parameter")
                .help(format!("add `{{{name}}}` to the path, or remove the parameter")),
        );
    }
    for name in missing {
        let message = format!("the path has `{{{name}}}`, but no such path parameter is declared: it is a text");
        report.push(
            Diagnostic::warning("missing-path-parameter", Place::Document(operation.at.clone()), message)
                .label("in this operation")
                .help(format!(
                    "add `- {{name: {name}, in: path, required: true, schema: {{type: string}}}}` to its parameters"
                )),
        );
        operation.parameters.push((operation.at.clone(), Shared::new(text_parameter(name))));
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

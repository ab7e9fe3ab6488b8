//! Parameters of the path that are declared as parameters of the query.

use openapiv3::{Parameter, PathStyle};

use super::{Document, placeholders};
use crate::diagnostics::{Diagnostic, Place, Report};

/// Takes a query parameter for the path parameter that it can only be: the path has its name, and
/// no path parameter is called so.
pub(super) fn repair(document: &mut Document, report: &mut Report) {
    for operation in &mut document.operations {
        let (names, _) = placeholders(&operation.path);
        let is_declared = |name: &str| {
            operation.parameters.iter().any(|(_, parameter)| {
                matches!(**parameter, Parameter::Path { .. }) && parameter.parameter_data_ref().name == name
            })
        };
        let missing: Vec<String> = names.into_iter().filter(|name| !is_declared(name)).map(str::to_owned).collect();
        for (at, parameter) in &mut operation.parameters {
            let Parameter::Query { parameter_data, .. } = &**parameter else { continue };
            if !missing.contains(&parameter_data.name) {
                continue;
            }
            let message = format!(
                "`{{{0}}}` stands in the path, but `{0}` is declared as a query parameter: it is taken as the path's",
                parameter_data.name
            );
            report.push(
                Diagnostic::warning("misplaced-path-parameter", Place::Document(at.child("in")), message)
                    .label("this place")
                    .help("write `in: path` and `required: true`"),
            );
            let mut parameter_data = parameter_data.clone();
            parameter_data.required = true;
            // What it says of exploding was meant for a query.
            parameter_data.explode = None;
            **parameter = Parameter::Path { parameter_data, style: PathStyle::Simple };
        }
    }
}

//! Operations, one by one: each comes out whole, or is refused with its place and reason.

use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::ir::{self, Scheme};
use crate::names::{Case, Ident, MemberKind, MemberScope, Scope};
use crate::normalize::{Document, Operation, placeholders};

use super::members::Member;
use super::modules::OperationName;
use super::schemas::Types;
use super::{answers, bodies, parameters, security};

/// Names that every request's type has already.
pub(super) const RESERVED_SETTERS: [&str; 7] = ["clone", "header", "idempotent", "new", "retries", "send", "timeout"];

/// Why an operation is not generated.
pub(super) struct Refusal {
    at: Pointer,
    what: String,
}

pub(super) fn refuse(at: &Pointer, what: &str) -> Refusal {
    Refusal { at: at.clone(), what: what.to_owned() }
}

/// Understands all operations; those refused are left out and reported.
pub(super) fn lower<'a>(
    document: &'a Document,
    names: &[OperationName],
    security: &security::Security,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Vec<Option<ir::Operation>> {
    let operations = document.operations.iter().zip(names);
    operations
        .map(|(operation, name)| {
            let security = security::requirements(operation, security, report);
            lower_one(operation, name, security, types, report)
                .map_err(|refusal| {
                    let route = format!("{} {}", operation.method.to_uppercase(), operation.path);
                    let message = format!("`{route}` is not generated: {} is not served yet", refusal.what);
                    report.push(
                        Diagnostic::warning("operation-refused", Place::Document(refusal.at), message)
                            .label("because of this")
                            .help("correct it if it is a slip; all other operations are generated")
                            .related(Place::Document(operation.at.clone()), "the operation"),
                    );
                })
                .ok()
        })
        .collect()
}

fn lower_one<'a>(
    operation: &'a Operation,
    name: &OperationName,
    security: Vec<Vec<Scheme>>,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Result<ir::Operation, Refusal> {
    let (in_path, _) = placeholders(&operation.path);
    let mut declared: Vec<_> =
        operation.parameters.iter().filter(|(at, parameter)| parameters::is_sent(at, parameter, report)).collect();
    // Arguments come in the path's order; the sort is stable, so the others keep theirs.
    declared.sort_by_key(|(_, parameter)| {
        match &**parameter {
            openapiv3::Parameter::Path { parameter_data, .. } => {
                in_path.iter().position(|name| *name == parameter_data.name)
            }
            _ => None,
        }
        .unwrap_or(usize::MAX)
    });
    let twin = operation.twin.as_ref();
    let all = || declared.iter().copied().chain(twin.map(|twin| &twin.parameter));
    let wanted: Vec<Member> = all().map(|(at, parameter)| parameters::member(at, parameter, all())).collect();
    for (at, parameter) in all() {
        parameters::call(at, parameter, types);
    }
    let scope = MemberScope::of_route(MemberKind::Parameter, &name.route);
    let names = Scope::of_members(Case::Snake, types.words(), &RESERVED_SETTERS);
    let (idents, body_name) = types.name_members_beside(&["body", "request body"], &scope, names, &wanted, report);
    let mut idents = idents.into_iter();
    let mut param =
        |at: &Pointer, parameter: &'a openapiv3::Parameter, ident: Option<Ident>, types: &mut Types<'a>| match ident {
            Some(ident) => parameters::lower(parameter, at, ident, &name.stem, types, report),
            None => Err(refuse(at, "a parameter without a name")),
        };
    let params = declared
        .into_iter()
        .map(|(at, parameter)| param(at, parameter, idents.next(), types))
        .collect::<Result<Vec<_>, _>>()?;
    let scoped = match twin {
        None => None,
        Some(twin) => Some(ir::Scoped {
            at: twin.at.clone(),
            path: twin.path.clone(),
            summary: twin.summary.clone(),
            description: twin.description.clone(),
            param: ir::Param {
                // The other route is there for calls without it.
                from_client: false,
                ..param(&twin.parameter.0, &twin.parameter.1, idents.next(), types)?
            },
        }),
    };
    let body = match &operation.body {
        Some((at, body)) => bodies::body((at, body), body_name, name, types, report),
        None => None,
    };
    let answers = answers::answers(operation, name, types, report)?;
    Ok(ir::Operation {
        at: operation.at.clone(),
        name: name.method.clone(),
        stem: name.stem.clone(),
        why: name.why,
        request: name.types.request.clone(),
        ids: operation.id.iter().cloned().chain(twin.map(|twin| twin.id.clone())).collect(),
        method: operation.method.to_uppercase(),
        path: operation.path.clone(),
        scoped,
        summary: operation.summary.clone(),
        description: operation.description.clone(),
        deprecated: operation.deprecated,
        server: operation.server.clone(),
        params,
        body,
        events: types.event_rules(operation, &answers),
        answers,
        paging: None,
        security,
        samples: None,
    })
}

//! [`Document`] to [`ir::Api`]: references are followed, schemas become types, operations get
//! their names. What cannot be served is refused with a diagnostic, operation by operation.

mod answers;
mod bodies;
mod boxes;
mod circles;
mod facets;
mod locking;
mod lookup;
mod members;
mod methods;
mod modules;
mod multipart;
mod names_of;
mod objects;
mod operation_types;
mod operations;
mod pages;
mod parameters;
mod pinned;
mod reach;
mod ruled;
mod rules;
mod samples;
mod schemas;
mod security;
mod type_names;
mod unions;
mod wandering;
mod webhooks;
mod writing;

use crate::config::Config;
use crate::diagnostics::{Diagnostic, Place, Report};
use crate::ir;
use crate::names::{Case, Lock, Route, Scope, Words};
use crate::normalize::Document;

pub(crate) use locking::{check as check_locked, files};
pub use samples::text_of_pattern;

/// Understands a document; the lock comes back with the names that are new.
pub(crate) fn lower(document: &Document, config: &Config, lock: &Lock, report: &mut Report) -> (ir::Api, Lock) {
    let words = Words::new(&config.acronyms);
    let mut types = schemas::Types::new(document, config, &words, lock);
    types.define_components(report);
    let mut setters = Scope::new(Case::Snake, &words, &writing::RESERVED_SETTERS);
    let security = security::schemes(&document.components, &mut setters, &mut types, report);
    let names = modules::names(document, config, lock, &words, report);
    let mut operations = operations::lower(document, &names, &security, &mut types, report);
    if config.package.contract {
        samples::attach(document, &mut operations);
    }
    let webhooks = webhooks::lower(document, &mut types, report);
    let keyed = writing::rules(config, &types, report);
    let client_defaults = writing::client_defaults(config, operations.iter().flatten(), setters, &mut types, report);
    let type_names::Named { types: mut type_defs, keys, members, schemas } = types.finish(report);
    unions::mark_tags(&mut type_defs);
    reach::mark_nulls(&mut type_defs);
    boxes::mark(&mut type_defs);
    reach::mark_directions(&mut type_defs, operations.iter().flatten());
    reach::mark_called_back(&mut type_defs, &webhooks);
    reach::loosen_one_way(&mut type_defs);
    ruled::attach(document, &schemas, &mut type_defs, operations.iter_mut().flatten());
    pages::attach(config, operations.iter_mut().flatten(), &type_defs, &words, report);
    let twins = document.operations.iter().filter(|operation| operation.twin.is_some()).count();
    let refused = document.operations.iter().zip(&operations).filter(|(_, lowered)| lowered.is_none());
    let operations_refused =
        document.refused.len() + refused.map(|(operation, _)| 1 + usize::from(operation.twin.is_some())).sum::<usize>();
    let unread = document.operations.iter().zip(&operations).filter(|(_, lowered)| lowered.is_none());
    let unread: Vec<Route> = unread.map(|(operation, _)| pinned::route_of(operation)).collect();
    let modules = modules::group(document, &names, operations, &words);
    reach::mark_modules(&mut type_defs, &modules);
    let types = locking::types(keys, &type_defs);
    let lock = locking::extended(document, &names, (types, &members), &unread, lock);
    let api = ir::Api {
        title: document.title.clone(),
        description: document.description.clone(),
        version: document.version.clone(),
        server: document.server.clone(),
        modules,
        types: type_defs,
        webhooks,
        keyed,
        client_defaults,
        schemes: security.schemes,
        api_keys: security.api_keys,
        operations_in_document: document.operations.len() + document.refused.len() + twins,
        operations_refused,
    };
    (api, lock)
}

/// Reports a name of the settings that could not be given as it is.
fn report_unusable(key: &toml::Spanned<String>, rename: &str, given: &str, report: &mut Report) {
    if rename != given {
        let message = format!("`{}` cannot be called `{rename}`", key.as_ref());
        report.push(
            Diagnostic::error("unusable-name", Place::Config(key.span().start), message)
                .label("this entry")
                .help(format!("it is no Rust name of this kind, or it is taken; `{given}` would be free")),
        );
    }
}

/// Reports entries of the settings that name nothing.
fn report_unused<'a>(unused: impl Iterator<Item = &'a toml::Spanned<String>>, what: &str, report: &mut Report) {
    for key in unused {
        let message = format!("no {what} is called `{}`", key.as_ref());
        report.push(
            Diagnostic::error("unused-config", Place::Config(key.span().start), message)
                .label("this entry")
                .help("remove it, or correct its name"),
        );
    }
}

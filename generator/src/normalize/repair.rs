//! Repairs that the settings ask for of operations as they are understood. Each tells in the report
//! how much it changed, and one that changes nothing is an error.

use super::Document;
use crate::config::{Config, matches};
use crate::diagnostics::{Diagnostic, Place, Report};

pub(super) fn repair(document: &mut Document, config: &Config, report: &mut Report) {
    for entry in &config.security {
        let rule = entry.as_ref();
        let mut count = 0;
        for operation in document.operations.iter_mut().filter(|operation| matches(&rule.routes, &operation.path)) {
            operation.security.clone_from(&rule.schemes);
            operation.security_at = operation.at.clone();
            count += 1;
        }
        let place = Place::Config(entry.span().start);
        report.push(if count == 0 {
            Diagnostic::error("unused-config", place, "this entry applies to nothing")
                .label("this entry")
                .help("remove it, or correct its names")
        } else {
            let what = format!("operations of `{}` ask for credentials", rule.routes);
            Diagnostic::note("repaired", place, format!("{what}: {count} in all"))
                .label("by this entry")
                .help(format!("the reason given: {}", rule.reason))
        });
    }
}

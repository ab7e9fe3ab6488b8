//! Security schemes and requirements.

use openapiv3::SecurityScheme as Declared;

use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::ir::{Scheme, SecurityScheme};
use crate::normalize::{Components, Operation, resolve};

/// The document's schemes; one that cannot be served is told, and costs no operation.
pub(super) fn schemes(components: &Components, report: &mut Report) -> Vec<SecurityScheme> {
    let at = Pointer::parse("/components/securitySchemes");
    let mut schemes = Vec::new();
    for (name, declared) in &components.security_schemes {
        let at = at.child(name);
        let Some((_, declared)) = resolve(&components.security_schemes, "securitySchemes", &at, declared) else {
            continue;
        };
        let (scheme, description) = match declared {
            Declared::HTTP { scheme, description, .. } => match scheme.to_ascii_lowercase().as_str() {
                "basic" => (Some(Scheme::Basic), description),
                "bearer" => (Some(Scheme::Bearer), description),
                _ => (None, description),
            },
            Declared::OAuth2 { description, .. } | Declared::OpenIDConnect { description, .. } => {
                (Some(Scheme::Bearer), description)
            }
            Declared::APIKey { description, .. } => (None, description),
        };
        if scheme.is_none() {
            report.push(
                Diagnostic::warning(
                    "unserved-scheme",
                    Place::Document(at),
                    format!("the security scheme `{name}` is not served yet"),
                )
                .label("this scheme")
                .help("give the credential with `ClientBuilder::default_header`"),
            );
        }
        schemes.push(SecurityScheme { name: name.clone(), scheme, description: description.clone() });
    }
    schemes.sort_by(|a, b| a.name.cmp(&b.name));
    schemes
}

/// The alternatives of an operation, as far as they can be served.
pub(super) fn requirements(operation: &Operation, schemes: &[SecurityScheme], report: &mut Report) -> Vec<Vec<Scheme>> {
    let mut alternatives = Vec::new();
    for together in &operation.security {
        let mut served = Some(Vec::new());
        for name in together {
            let declared = schemes.iter().find(|scheme| scheme.name == *name);
            if declared.is_none() {
                report.push(
                    Diagnostic::warning(
                        "unknown-scheme",
                        Place::Document(operation.at.child("security")),
                        format!("no security scheme is called `{name}`"),
                    )
                    .help("declare it in `components/securitySchemes`"),
                );
            }
            match (declared.and_then(|scheme| scheme.scheme), &mut served) {
                (Some(scheme), Some(list)) => list.push(scheme),
                _ => served = None,
            }
        }
        alternatives.extend(served.filter(|list| !list.is_empty() && !alternatives.contains(list)));
    }
    alternatives
}

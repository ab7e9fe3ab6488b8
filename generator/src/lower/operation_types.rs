//! Names of the types that the operations of a module have: each begins with its operation's stem.
//!
//! `XBody` is the body of an operation `X`, or the request of one called `XBody`. What has a stem to
//! itself is named first, so a request keeps its stem and the other type yields; and no operation that
//! comes later gets a stem that is already the name of another's type ([`taken`]). So types keep their
//! names with their stems, which the lock has.

use super::names_of;
use crate::names::{Case, Ident, Scope, Want, Words};

/// What the types of one operation are called.
#[derive(Debug, Clone)]
pub(super) struct TypeNames {
    pub(super) request: Ident,
    /// The type of one of several bodies.
    pub(super) body: Ident,
    /// The type of a multipart body.
    pub(super) form: Ident,
    /// The type of one of several answers.
    pub(super) answer: Ident,
    /// The type of the declared errors.
    pub(super) error: Ident,
    /// The type of the declared headers.
    pub(super) headers: Ident,
}

/// The types of all operations of a module, by their stems; `module` is what its own type may be called,
/// and `gone` are stems of operations that are no longer there.
pub(super) fn named(stems: &[&str], module: Want, gone: &[&str], words: &Words) -> Vec<TypeNames> {
    let mut scope = Scope::new(Case::Pascal, words, &names_of::REQUESTS);
    // The module's own type comes first: no request may take its name.
    scope.claim_one(module);
    scope.take(gone.iter().copied().filter(|stem| !stems.contains(stem)));
    let mut kind = |kind: &str| {
        let suffix = words.pascal(kind);
        let wants: Vec<Want> = stems
            .iter()
            .map(|stem| {
                let name = format!("{stem}{suffix}");
                let want = Want::of(&format!("{stem} {kind}")).keeping(Some(&name));
                if kind.is_empty() { want.or_if_reserved(format!("{stem} request")) } else { want }
            })
            .collect();
        scope.claim(&wants).into_iter()
    };
    let (requests, bodies, forms) = (kind(""), kind("body"), kind("form"));
    let (answers, errors, headers) = (kind("answer"), kind("error"), kind("headers"));
    let rest = bodies.zip(forms).zip(answers.zip(errors)).zip(headers);
    requests
        .zip(rest)
        .map(|(request, (((body, form), (answer, error)), headers))| TypeNames {
            request,
            body,
            form,
            answer,
            error,
            headers,
        })
        .collect()
}

/// The names that types have whose operations keep their stems.
pub(super) fn taken(kept: &[&str], module: Want, gone: &[&str], words: &Words) -> Vec<String> {
    let types = named(kept, module, gone, words).into_iter();
    let names = types.flat_map(|it| [it.request, it.body, it.form, it.answer, it.error, it.headers]);
    names.map(|name| name.to_string()).filter(|name| !kept.contains(&name.as_str())).collect()
}

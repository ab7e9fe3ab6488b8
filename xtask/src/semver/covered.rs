//! Whether each finding of the linter is a change of ours: that the steps are the same could be
//! owed to another change.

use specsmith::diff::{Change, Code};

use super::checker::{Lint, Verdict};

/// The findings for which no change of ours, as grave at least, is in the same file of the SDK.
pub(super) fn unseen<'a>(verdict: &'a Verdict, changes: &[Change]) -> Vec<(&'a Lint, &'a str)> {
    let all = verdict.lints.iter().flat_map(|lint| lint.findings.iter().map(move |finding| (lint, finding.as_str())));
    all.filter(|(lint, finding)| {
        let place = Place::of(finding);
        !changes.iter().any(|change| change.step() >= lint.step && place.holds(change))
    })
    .collect()
}

/// The file of a finding.
#[derive(Debug, PartialEq, Eq)]
enum Place<'a> {
    /// A type's, each of which has a file of its own.
    Type(&'a str),
    /// A module's.
    Module(&'a str),
    /// The manifest, where a module has its feature.
    Feature(&'a str),
    /// Any other.
    Rest,
}

impl<'a> Place<'a> {
    fn of(finding: &'a str) -> Self {
        if let Some((feature, _)) = finding.strip_prefix("feature ").and_then(|rest| rest.split_once(' ')) {
            return Self::Feature(feature);
        }
        let path = finding.find("src/").map_or("", |at| &finding[at + "src/".len()..]);
        let Some((path, _)) = path.split_once(".rs") else { return Self::Rest };
        match path.split_once('/') {
            Some(("models", name)) => Self::Type(name),
            Some(("api", name)) => Self::Module(name.strip_suffix("/mod").unwrap_or(name)),
            _ => Self::Rest,
        }
    }

    /// Whether a change is seen here.
    fn holds(&self, change: &Change) -> bool {
        let ty = change.rust.strip_prefix("models::");
        match self {
            Self::Type(file) => {
                // What was renamed is under its new name, and the linter misses the old one.
                let old = change.before.as_deref().filter(|_| change.code == Code::TypeRenamed);
                ty.into_iter().chain(old).any(|name| is_file(file, name))
            }
            Self::Module(module) => change.module.as_deref() == Some(module),
            Self::Feature(feature) => {
                let names = [change.module.as_deref(), change.before.as_deref()];
                names.contains(&Some(feature))
            }
            Self::Rest => change.module.is_none() && ty.is_none(),
        }
    }
}

/// Whether a type has a file of this name: `ApiToken`, `api_token`.
fn is_file(file: &str, name: &str) -> bool {
    let name = name.split("::").next().unwrap_or(name);
    file.chars().filter(|c| *c != '_').eq(name.chars().flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use specsmith::diff::{Severity, Step};

    use super::*;

    fn change(code: Code, severity: Severity, module: Option<&str>, rust: &str) -> Change {
        let (module, rust) = (module.map(str::to_owned), rust.to_owned());
        let message = String::new();
        Change { code, severity, module, rust, route: None, message, before: None, after: None, old: None, new: None }
    }

    fn verdict(step: Step, finding: &str) -> Verdict {
        Verdict { lints: vec![Lint { name: "lint".to_owned(), step, findings: vec![finding.to_owned()] }] }
    }

    #[test]
    fn a_finding_is_seen_in_its_file_and_as_grave() {
        let field = "field name of struct ApiToken, previously in file src/models/api_token.rs:9";
        let method = "method sdk::api::pets::Pets::get_pet in src/api/pets.rs:9";
        let feature = "feature pets in the package's Cargo.toml";
        let breaking = |module, rust| change(Code::FieldRemoved, Severity::Breaking, module, rust);
        let docs = |code| {
            let change = change(code, Severity::Docs, Some("pets"), "pets::get_pet");
            Change { after: Some("deprecated".to_owned()), ..change }
        };
        for (finding, step, change, expected) in [
            (field, Step::Major, breaking(None, "models::ApiToken"), true),
            (field, Step::Major, breaking(None, "models::Api"), false),
            (field, Step::Major, breaking(Some("api_token"), "api_token::get"), false),
            (field, Step::Major, change(Code::FieldAdded, Severity::Additive, None, "models::ApiToken"), false),
            (method, Step::Minor, docs(Code::Deprecated), true),
            (method, Step::Minor, docs(Code::DocsChanged), false),
            (method, Step::Major, breaking(Some("pets"), "pets::get_pet"), true),
            (feature, Step::Major, breaking(Some("pets"), "pets::get_pet"), true),
            (feature, Step::Major, breaking(Some("toys"), "toys::get_toy"), false),
            ("pub use sdk::jiff in src/lib.rs:3", Step::Major, breaking(None, "models::ApiToken"), false),
        ] {
            let verdict = verdict(step, finding);
            assert_eq!(unseen(&verdict, &[change]).is_empty(), expected, "{finding}");
        }
    }

    #[test]
    fn a_renamed_type_is_seen_under_its_old_name() {
        let renamed = Change {
            before: Some("Animal".to_owned()),
            ..change(Code::TypeRenamed, Severity::Breaking, None, "models::Pet")
        };
        let verdict = verdict(Step::Major, "struct sdk::models::Animal, previously in file src/models/animal.rs:7");
        assert!(unseen(&verdict, &[renamed]).is_empty());
    }
}

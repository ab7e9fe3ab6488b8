//! Reads the settings, and says what is wrong with them whatever the document is.

use toml::Spanned;

use super::{Config, pages, repairs};
use crate::diagnostics::{Diagnostic, Place, Report};

/// Reads the settings; what is wrong with them goes to the report.
pub(crate) fn parse(text: &str, name: Option<&str>, report: &mut Report) -> Config {
    let mut config = match toml::from_str::<Config>(text) {
        Ok(config) => config,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            report.push(
                Diagnostic::error("invalid-config", Place::Config(at), error.message().replace('\n', " "))
                    .help("all settings and their keys are in generator/docs/settings.md"),
            );
            Config::default()
        }
    };
    let entries = [&config.modules, &config.operations, &config.schemas].into_iter().flatten();
    let reasons = entries
        .map(|(key, entry)| (key.span().start, &entry.reason))
        .chain(config.fold.iter().map(|fold| (fold.span().start, &fold.as_ref().reason)))
        .chain(config.parameters.iter().map(|entry| (entry.span().start, &entry.as_ref().reason)))
        .chain(config.client_defaults.iter().map(|entry| (entry.span().start, &entry.as_ref().reason)))
        .chain(config.drop.iter().map(|rule| (rule.span().start, &rule.as_ref().reason)))
        .chain(config.retype.iter().map(|rule| (rule.span().start, &rule.as_ref().reason)))
        .chain(config.mark.iter().map(|rule| (rule.span().start, &rule.as_ref().reason)))
        .chain(config.optional.iter().map(|rule| (rule.span().start, &rule.as_ref().reason)))
        .chain(config.security.iter().map(|rule| (rule.span().start, &rule.as_ref().reason)))
        .chain(config.undeprecate.iter().map(|rule| (rule.span().start, &rule.as_ref().reason)))
        .chain(config.events.iter().map(|events| (events.span().start, &events.as_ref().reason)))
        .chain(config.moved.iter().map(|moved| (moved.span().start, &moved.as_ref().reason)))
        .chain(config.overlays.iter().map(|overlay| (overlay.span().start, &overlay.as_ref().reason)))
        .chain(config.pages.iter().map(|pages| (pages.span().start, &pages.as_ref().reason)))
        .chain(config.secrets.iter().map(|secret| (secret.span().start, &secret.as_ref().reason)));
    for (at, reason) in reasons {
        if reason.trim().is_empty() {
            report.push(
                Diagnostic::error("missing-reason", Place::Config(at), "this entry gives no reason")
                    .help("say why it is needed, for whoever reads it next year"),
            );
        }
    }
    pages::check(&config.pages, report);
    repairs::check(&mut config, report);
    for rule in config.parameters.iter().filter(|rule| !is_key(&rule.as_ref().key)) {
        let message = format!("`{}` is no key for the elements of a list", rule.as_ref().key);
        report.push(
            Diagnostic::error("invalid-config", Place::Config(rule.span().start), message)
                .label("this entry")
                .help("name at least one of their members, each in braces: `filters[{field}]`"),
        );
    }
    if let Some(name) = name {
        config.package.name = Some(Spanned::new(0..0, name.to_owned()));
    }
    if let Some(name) = &config.package.name
        && !is_package_name(name.as_ref())
    {
        report.push(
            Diagnostic::error(
                "invalid-name",
                Place::Config(name.span().start),
                format!("`{}` is no name for a crate", name.as_ref()),
            )
            .help("take small letters, digits, `-` and `_`, beginning with a letter"),
        );
    }
    config
}

/// A name that cargo takes and that makes a lint-free identifier.
fn is_package_name(name: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_allowed)
}

/// A text with at least one `{member}`, and no other brace.
fn is_key(key: &str) -> bool {
    let mut parts = key.split('{');
    let is_member =
        |part: &str| part.split_once('}').is_some_and(|(name, rest)| !name.is_empty() && !rest.contains('}'));
    parts.next().is_some_and(|before| !before.contains('}')) && key.contains('{') && parts.all(is_member)
}

//! The table of output files.

use minijinja::Environment;
use serde::Serialize;

use super::{Views, environment};
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::files::{FileSet, LIST};
use crate::format;

/// Runtime files, copied as they are.
const RUNTIME: &[(&str, &str)] = &[
    ("auth.rs", include_str!("../../../templates/runtime/auth.rs")),
    ("cases.rs", include_str!("../../../templates/runtime/cases.rs")),
    ("client.rs", include_str!("../../../templates/runtime/client.rs")),
    ("decode.rs", include_str!("../../../templates/runtime/decode.rs")),
    ("disposition.rs", include_str!("../../../templates/runtime/disposition.rs")),
    ("download.rs", include_str!("../../../templates/runtime/download.rs")),
    ("error.rs", include_str!("../../../templates/runtime/error.rs")),
    ("event_stream.rs", include_str!("../../../templates/runtime/event_stream.rs")),
    ("events.rs", include_str!("../../../templates/runtime/events.rs")),
    ("failure.rs", include_str!("../../../templates/runtime/failure.rs")),
    ("fields.rs", include_str!("../../../templates/runtime/fields.rs")),
    ("form.rs", include_str!("../../../templates/runtime/form.rs")),
    ("given.rs", include_str!("../../../templates/runtime/given.rs")),
    ("headers.rs", include_str!("../../../templates/runtime/headers.rs")),
    ("items.rs", include_str!("../../../templates/runtime/items.rs")),
    ("lines.rs", include_str!("../../../templates/runtime/lines.rs")),
    ("live.rs", include_str!("../../../templates/runtime/live.rs")),
    ("mod.rs", include_str!("../../../templates/runtime/mod.rs")),
    ("multipart.rs", include_str!("../../../templates/runtime/multipart.rs")),
    ("nullable.rs", include_str!("../../../templates/runtime/nullable.rs")),
    ("one_of.rs", include_str!("../../../templates/runtime/one_of.rs")),
    ("operation.rs", include_str!("../../../templates/runtime/operation.rs")),
    ("or_empty.rs", include_str!("../../../templates/runtime/or_empty.rs")),
    ("outgoing.rs", include_str!("../../../templates/runtime/outgoing.rs")),
    ("paging.rs", include_str!("../../../templates/runtime/paging.rs")),
    ("param.rs", include_str!("../../../templates/runtime/param.rs")),
    ("partial.rs", include_str!("../../../templates/runtime/partial.rs")),
    ("reconnect.rs", include_str!("../../../templates/runtime/reconnect.rs")),
    ("records.rs", include_str!("../../../templates/runtime/records.rs")),
    ("request.rs", include_str!("../../../templates/runtime/request.rs")),
    ("response.rs", include_str!("../../../templates/runtime/response.rs")),
    ("retries.rs", include_str!("../../../templates/runtime/retries.rs")),
    ("retry_after.rs", include_str!("../../../templates/runtime/retry_after.rs")),
    ("style.rs", include_str!("../../../templates/runtime/style.rs")),
    ("target.rs", include_str!("../../../templates/runtime/target.rs")),
    ("text.rs", include_str!("../../../templates/runtime/text.rs")),
    ("transport.rs", include_str!("../../../templates/runtime/transport.rs")),
    ("upload.rs", include_str!("../../../templates/runtime/upload.rs")),
    ("validate/check.rs", include_str!("../../../templates/runtime/validate/check.rs")),
    ("validate/decimal.rs", include_str!("../../../templates/runtime/validate/decimal.rs")),
    ("validate/formats.rs", include_str!("../../../templates/runtime/validate/formats.rs")),
    ("validate/mod.rs", include_str!("../../../templates/runtime/validate/mod.rs")),
    ("validate/net.rs", include_str!("../../../templates/runtime/validate/net.rs")),
    ("validate/patterns.rs", include_str!("../../../templates/runtime/validate/patterns.rs")),
    ("validate/rule.rs", include_str!("../../../templates/runtime/validate/rule.rs")),
    ("validate/same.rs", include_str!("../../../templates/runtime/validate/same.rs")),
    ("validate/texts.rs", include_str!("../../../templates/runtime/validate/texts.rs")),
    ("values.rs", include_str!("../../../templates/runtime/values.rs")),
];

/// Files of the contract test, copied as they are.
const CONTRACT: [(&str, &str); 3] = [
    ("calls.rs", include_str!("../../../templates/tests/calls.rs")),
    ("came.rs", include_str!("../../../templates/tests/came.rs")),
    ("server.rs", include_str!("../../../templates/tests/server.rs")),
];

/// A view on a page of its own.
#[derive(Serialize)]
struct Page<'a, V> {
    header: &'a str,
    url: &'a str,
    #[serde(flatten)]
    view: &'a V,
}

/// Renders all files.
pub(super) fn files(views: &Views, report: &mut Report) -> FileSet {
    let mut output = Output { files: FileSet::default(), header: views.package.header.clone(), report };
    match environment::new() {
        Ok(environment) => output.all(&environment, views),
        Err(error) => output.fail("the templates", &format!("{error:#}")),
    }
    output.files
}

struct Output<'a> {
    files: FileSet,
    header: String,
    report: &'a mut Report,
}

impl Output<'_> {
    fn all(&mut self, environment: &Environment<'_>, views: &Views) {
        for (template, path) in [
            ("Cargo.toml", "Cargo.toml"),
            ("README.md", "README.md"),
            ("lib.rs", "src/lib.rs"),
            ("rules.rs", "src/rules.rs"),
            ("api/mod.rs", "src/api/mod.rs"),
            ("models/mod.rs", "src/models/mod.rs"),
            ("docs/README.md", "docs/README.md"),
        ] {
            self.render(environment, template, path, views);
        }
        if !views.webhooks.is_empty() {
            self.render(environment, "webhooks.rs", "src/webhooks.rs", views);
            self.render(environment, "docs/webhooks.md", "docs/Webhooks.md", views);
        }
        for module in &views.modules {
            self.render(environment, "api/module.rs", &format!("src/api/{}.rs", module.file), module);
            let page = Page { header: &views.package.header, url: &views.package.url, view: module };
            self.render(environment, "docs/module.md", &format!("docs/{}.md", module.page), &page);
        }
        for model in &views.models {
            self.render(environment, "models/model.rs", &format!("src/models/{}.rs", model.file), model);
            let page = Page { header: &views.package.header, url: &views.package.url, view: model };
            self.render(environment, "docs/model.md", &format!("docs/models/{}.md", model.name), &page);
        }
        for (name, text) in RUNTIME {
            let text = format!("// {}\n\n{text}", self.header);
            self.add(&format!("src/runtime/{name}"), text);
        }
        // prettyplease and rustfmt disagree on some lines.
        self.add("src/rustfmt.toml", format!("# {}\ndisable_all_formatting = true\n", self.header));
        if !views.contract.is_empty() {
            self.contract(environment, views);
        }
        if !views.package.workspace {
            self.add(".gitignore", "/target\n".to_owned());
        }
        let mut list: Vec<&str> = self.files.iter().map(|(path, _)| path).chain([LIST]).collect();
        list.sort_unstable();
        let list = list.join("\n") + "\n";
        self.add(LIST, list);
    }

    fn contract(&mut self, environment: &Environment<'_>, views: &Views) {
        self.render(environment, "tests/contract.rs", "tests/contract.rs", views);
        for module in &views.contract {
            self.render(environment, "tests/module.rs", &module.file(), module);
        }
        for (name, text) in CONTRACT {
            self.add(&format!("tests/contract/{name}"), format!("// {}\n\n{text}", self.header));
        }
        self.add("tests/contract/rustfmt.toml", format!("# {}\ndisable_all_formatting = true\n", self.header));
    }

    fn render(&mut self, environment: &Environment<'_>, template: &str, path: &str, view: &impl Serialize) {
        let printed = environment::print(environment, template, view);
        let formatted = printed.and_then(|text| {
            if !path.ends_with(".rs") {
                return Ok(text);
            }
            format::file(&text, &self.header).map_err(|error| {
                let line = text.lines().nth(error.line.saturating_sub(1)).unwrap_or_default();
                format!("{}:{}: {}: `{}`", error.line, error.column, error.message, line.trim())
            })
        });
        match formatted {
            Ok(text) => self.add(path, text),
            Err(error) => self.fail(path, &error),
        }
    }

    fn add(&mut self, path: &str, text: String) {
        if !self.files.insert(path, text) {
            self.fail(path, "two outputs have this path");
        }
    }

    fn fail(&mut self, what: &str, error: &str) {
        let place = Place::Document(Pointer::default());
        self.report.push(
            Diagnostic::error("template", place, format!("{what} could not be rendered: {error}"))
                .help("this is a mistake of the generator, not of the document: please report it"),
        );
    }
}

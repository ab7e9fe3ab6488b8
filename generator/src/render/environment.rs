//! The template engine: the only module that knows minijinja. A template may include, loop and
//! branch on booleans; beyond minijinja's syntax it has two filters, `doc` and `lit`.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value, ValueKind};
use minijinja::{Environment, Error, UndefinedBehavior};
use proc_macro2::Literal;
use serde::Serialize;

/// The templates by name.
const TEMPLATES: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("../../../templates/Cargo.toml.jinja")),
    ("README.md", include_str!("../../../templates/README.md.jinja")),
    ("lib.rs", include_str!("../../../templates/lib.rs.jinja")),
    ("webhooks.rs", include_str!("../../../templates/webhooks.rs.jinja")),
    ("rules.rs", include_str!("../../../templates/rules.rs.jinja")),
    ("api/mod.rs", include_str!("../../../templates/api/mod.rs.jinja")),
    ("api/module.rs", include_str!("../../../templates/api/module.rs.jinja")),
    ("api/operation", include_str!("../../../templates/api/operation.jinja")),
    ("api/body", include_str!("../../../templates/api/body.jinja")),
    ("api/form", include_str!("../../../templates/api/form.jinja")),
    ("api/answer", include_str!("../../../templates/api/answer.jinja")),
    ("api/error", include_str!("../../../templates/api/error.jinja")),
    ("api/headers", include_str!("../../../templates/api/headers.jinja")),
    ("api/paging", include_str!("../../../templates/api/paging.jinja")),
    ("models/mod.rs", include_str!("../../../templates/models/mod.rs.jinja")),
    ("models/model.rs", include_str!("../../../templates/models/model.rs.jinja")),
    ("models/struct", include_str!("../../../templates/models/struct.jinja")),
    ("models/enum", include_str!("../../../templates/models/enum.jinja")),
    ("models/union", include_str!("../../../templates/models/union.jinja")),
    ("tests/contract.rs", include_str!("../../../templates/tests/contract.rs.jinja")),
    ("tests/module.rs", include_str!("../../../templates/tests/module.rs.jinja")),
    ("docs/README.md", include_str!("../../../templates/docs/README.md.jinja")),
    ("docs/module.md", include_str!("../../../templates/docs/module.md.jinja")),
    ("docs/webhooks.md", include_str!("../../../templates/docs/webhooks.md.jinja")),
    ("docs/model.md", include_str!("../../../templates/docs/model.md.jinja")),
];

/// The engine with all templates.
pub(super) fn new() -> Result<Environment<'static>, Error> {
    // Without minijinja's own filters: a template has no means to compute.
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()?;
    environment.set_syntax(syntax);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.add_filter("doc", doc);
    environment.add_filter("lit", lit);
    environment.add_test("none", minijinja::tests::is_none);
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    Ok(environment)
}

/// Prints one template.
pub(super) fn print(environment: &Environment<'_>, template: &str, view: &impl Serialize) -> Result<String, String> {
    let printed = environment.get_template(template).and_then(|template| template.render(Value::from(Serde(view))));
    printed.map_err(|error| format!("{error:#}"))
}

/// Lines as doc attributes, which prettyplease turns into comments; `doc(inner=true)` documents
/// the file they stand in.
fn doc(lines: Vec<String>, options: Kwargs) -> Result<String, Error> {
    let inner: Option<bool> = options.get("inner")?;
    options.assert_all_used()?;
    let mark = if inner == Some(true) { "#!" } else { "#" };
    let attribute = |line: String| {
        let text = if line.is_empty() { line } else { format!(" {line}") };
        format!("{mark}[doc = {}]\n", Literal::string(&text))
    };
    Ok(lines.into_iter().map(attribute).collect())
}

/// A text as a string literal.
fn lit(text: Value) -> Result<String, Error> {
    match (text.kind(), text.as_str()) {
        (ValueKind::String, Some(text)) => Ok(Literal::string(text).to_string()),
        _ => Err(Error::new(minijinja::ErrorKind::InvalidOperation, "`lit` takes a string")),
    }
}

//! Modules of operations: their Rust files, and through `page_view` their pages.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use super::answer_view::{self, AnswerView, HeadersView};
use super::body_view::{BodyView, FormView};
use super::call_view::{ArgumentView, CallView, SetterView};
use super::crate_view::toml_text;
use super::page_view::SectionView;
use super::paging_view::PagingView;
use super::{Context, auth_view, example, param_view, prose};
use crate::ir::{Module, Operation, Param, Payload};
use crate::names::Words;

/// What a module's file and page print.
#[derive(Debug, Serialize)]
pub(crate) struct ModuleView {
    /// The module's identifier, and the client's method.
    name: String,
    pub(crate) file: String,
    /// The feature as a TOML string and as a condition.
    feature: Option<FeatureView>,
    /// The page's file name without its ending.
    pub(crate) page: String,
    type_name: String,
    title: String,
    docs: Vec<String>,
    uses_models: bool,
    uses_into_text: bool,
    uses_scoped: bool,
    uses_given: bool,
    uses_params: bool,
    uses_styles: bool,
    uses_scheme: bool,
    uses_bodies: bool,
    uses_cases: bool,
    uses_received: bool,
    uses_errors: bool,
    uses_fields: bool,
    uses_events: bool,
    uses_paging: bool,
    /// A line of the crate's index.
    index: Vec<String>,
    count: usize,
    operations: Vec<OperationView>,
    sections: Vec<SectionView>,
}

#[derive(Debug, Serialize)]
struct OperationView {
    name: String,
    request_doc: String,
    has_setters: bool,
    many_arguments: bool,
    request: String,
    docs: Vec<String>,
    aliases: Vec<String>,
    deprecated: bool,
    // The operation's static.
    constant: String,
    id: String,
    method: String,
    path: String,
    scoped: Option<ScopedView>,
    /// Rust expressions.
    params: Vec<String>,
    accept: Option<String>,
    /// A Rust expression.
    auth: String,
    // The method.
    arguments: Vec<ArgumentView>,
    calls: Vec<String>,
    decode: String,
    output: String,
    setters: Vec<SetterView>,
    uses_given: bool,
    uses_into_text: bool,
    cases: Vec<String>,
    // Types of its own.
    body: Option<BodyView>,
    form: Option<FormView>,
    answer: Option<AnswerView>,
    error: Option<AnswerView>,
    response_headers: Option<HeadersView>,
    paging: Option<PagingView>,
}

#[derive(Debug, Serialize)]
struct ScopedView {
    parameter: String,
    path: String,
}

/// A module's cargo feature.
#[derive(Debug, Serialize)]
struct FeatureView {
    name: String,
    toml: String,
    condition: String,
}

impl FeatureView {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            toml: toml_text(name),
            condition: format!("feature = {}", proc_macro2::Literal::string(name)),
        }
    }
}

impl ModuleView {
    pub(super) fn new(module: &Module, context: Context<'_>) -> Self {
        let operations: Vec<OperationView> =
            module.operations.iter().map(|operation| OperationView::new(module, operation, context)).collect();
        let mut docs = prose::lines(module.description.as_deref());
        if docs.is_empty() {
            docs.push(format!("Operations of {}.", prose::code(&module.tag)));
        }
        let contents = module.operations.iter().flat_map(|operation| &operation.body).flat_map(|body| &body.contents);
        let has_rules = contents
            .map(|content| &content.payload)
            .any(|payload| matches!(payload, Payload::Form { rules, .. } if !rules.is_empty()));
        Self {
            index: vec![format!("- [`Client::{}`]: {}", module.name.plain(), docs[0])],
            feature: module.feature.as_deref().map(FeatureView::new),
            name: module.name.to_string(),
            file: module.name.plain().to_owned(),
            page: format!("{}Api", module.type_name),
            type_name: module.type_name.to_string(),
            title: prose::cell(Some(&module.tag)),
            docs,
            uses_models: operations.iter().any(|operation| operation.types().any(|ty| ty.contains("models::"))),
            uses_into_text: operations.iter().any(|operation| operation.uses_into_text),
            uses_scoped: operations.iter().any(|operation| operation.scoped.is_some()),
            uses_given: operations.iter().any(|operation| operation.uses_given),
            uses_params: has_rules || operations.iter().any(|operation| !operation.params.is_empty()),
            uses_styles: has_rules
                || module.operations.iter().flat_map(|operation| &operation.params).any(Param::is_styled),
            uses_scheme: module.operations.iter().any(|operation| operation.security.iter().any(|all| !all.is_empty())),
            uses_bodies: operations.iter().any(|operation| operation.body.is_some()),
            uses_cases: operations.iter().any(|operation| !operation.cases.is_empty() || operation.error.is_some()),
            uses_received: operations.iter().any(|operation| operation.answer.is_some()),
            uses_errors: operations.iter().any(|operation| operation.error.is_some()),
            uses_fields: operations.iter().any(|operation| operation.response_headers.is_some()),
            uses_events: module.operations.iter().any(|operation| operation.answers.has_events()),
            uses_paging: operations.iter().any(|operation| operation.paging.is_some()),
            count: operations.len(),
            operations,
            sections: module
                .operations
                .iter()
                .flat_map(|operation| SectionView::of(module, operation, context))
                .collect(),
        }
    }
}

impl OperationView {
    fn new(module: &Module, operation: &Operation, context: Context<'_>) -> Self {
        let route = format!("{} {}", operation.method, operation.path);
        let example = example::example(module, operation, false, context);
        let CallView { arguments, calls, mut setters, uses_given, uses_into_text } = CallView::new(operation, context);
        if let Some(scope) = setters.last_mut().filter(|_| operation.scoped.is_some()) {
            let example = example::example(module, operation, true, context);
            scope.docs.extend(example_docs(&example, context));
        }
        Self {
            request_doc: format!(" A call of [`{}::{}`], not sent yet.", module.type_name, operation.name.plain()),
            has_setters: !setters.is_empty(),
            // clippy's own limit, with `self`.
            many_arguments: arguments.len() > 6,
            name: operation.name.to_string(),
            request: operation.request.to_string(),
            docs: docs(operation, &route, &example, context),
            aliases: aliases(operation),
            deprecated: operation.deprecated,
            constant: constant(operation),
            id: operation.ids.first().cloned().unwrap_or_else(|| route.clone()),
            method: operation.method.clone(),
            path: encode_path(&operation.path),
            scoped: operation
                .scoped
                .as_ref()
                .map(|scoped| ScopedView { parameter: scoped.param.wire.clone(), path: encode_path(&scoped.path) }),
            params: operation.params.iter().filter_map(|param| param_view::declared(param, context)).collect(),
            accept: (!operation.answers.accept.is_empty()).then(|| operation.answers.accept.join(", ")),
            auth: auth_view::asked(operation, context),
            arguments,
            calls,
            decode: answer_view::decode(operation, context),
            output: answer_view::output(operation, context),
            setters,
            uses_given,
            uses_into_text,
            cases: answer_view::cases(operation),
            body: operation.body.as_ref().and_then(|body| BodyView::new(body, context)),
            form: operation.body.as_ref().and_then(|body| FormView::of(body, context)),
            answer: AnswerView::successes(operation, context),
            error: AnswerView::errors(operation, context),
            response_headers: HeadersView::new(operation, context),
            paging: PagingView::new(operation, context),
        }
    }

    /// The types that stand in the operation's code.
    fn types(&self) -> impl Iterator<Item = &str> {
        let arguments = self.arguments.iter().map(|argument| argument.ty.as_str());
        let own = self.body.iter().flat_map(BodyView::types).chain(self.form.iter().flat_map(FormView::types));
        let answers = self.answer.iter().chain(&self.error).flat_map(AnswerView::types);
        let headers = self.response_headers.iter().flat_map(HeadersView::types);
        arguments
            .chain(self.setters.iter().map(|setter| setter.ty.as_str()))
            .chain([self.output.as_str()])
            .chain(own)
            .chain(answers)
            .chain(headers)
            .chain(self.paging.iter().flat_map(PagingView::types))
    }
}

/// The template with its literal parts percent-encoded, as they go on the wire; what is encoded
/// in the document already stays.
pub(super) fn encode_path(path: &str) -> String {
    let (mut out, mut rest) = (String::new(), path);
    while let Some((before, name, after)) =
        rest.split_once('{').and_then(|(before, tail)| tail.split_once('}').map(|(name, after)| (before, name, after)))
    {
        out.push_str(&encode_literal(before));
        out.push_str(&format!("{{{name}}}"));
        rest = after;
    }
    out + &encode_literal(rest)
}

/// Escapes what no path may hold (RFC 3986, section 3.3).
fn encode_literal(text: &str) -> String {
    const OUTSIDE: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'[')
        .add(b'\\')
        .add(b']')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    let mut parts = text.split('%');
    let mut out = utf8_percent_encode(parts.next().unwrap_or_default(), OUTSIDE).to_string();
    for part in parts {
        let is_escape = part.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
        out.push_str(if is_escape { "%" } else { "%25" });
        out.extend(utf8_percent_encode(part, OUTSIDE));
    }
    out
}

fn docs(operation: &Operation, route: &str, example: &example::Example, context: Context<'_>) -> Vec<String> {
    let mut docs = prose::lines(operation.summary.as_deref());
    let description = prose::lines(operation.description.as_deref());
    if !description.is_empty() && description != docs {
        if !docs.is_empty() {
            docs.push(String::new());
        }
        docs.extend(description);
    }
    let ids: Vec<String> = operation.ids.iter().map(|id| prose::code(id)).collect();
    let ids = if ids.is_empty() { String::new() } else { format!(", in the document {}", ids.join(" and ")) };
    if !docs.is_empty() {
        docs.push(String::new());
    }
    docs.push(format!("{}{ids}.", prose::code(route)));
    if let Some(scoped) = &operation.scoped {
        docs.push(format!("With `.{}(..)`: {}.", scoped.param.name, prose::code(&scoped.path)));
    }
    if let Some(paging) = &operation.paging {
        docs.push(String::new());
        docs.push(format!(
            "It answers page by page: `.{}()` goes on to the next ones, and `.{}()` gives the elements of all.",
            paging.pages, paging.items
        ));
    }
    docs.extend(example_docs(example, context));
    docs
}

/// An example as a doctest that is compiled, not run.
fn example_docs(example: &example::Example, context: Context<'_>) -> Vec<String> {
    let mut docs = vec![String::new(), "# Example".to_owned(), String::new(), "```no_run".to_owned()];
    if example.uses_models {
        docs.push(format!("use {}::models;", context.library));
    }
    docs.push(format!(
        "# async fn example(client: {}::Client) -> Result<(), Box<dyn std::error::Error>> {{",
        context.library
    ));
    docs.extend(example.call.lines().map(str::to_owned));
    docs.extend(["# Ok(())".to_owned(), "# }".to_owned(), "```".to_owned()]);
    docs
}

/// Original names by which rustdoc's search finds an item; it allows no blanks and quotes.
pub(super) fn doc_aliases<'a>(names: impl Iterator<Item = &'a String>, own: &str) -> Vec<String> {
    let is_allowed = |name: &String| {
        *name != own.trim_start_matches("r#")
            && !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c))
    };
    // A numbered id is written in two ways, `x_1` and `x1`.
    let both = names.flat_map(|name| [Some(name.clone()), unnumbered(name)]);
    both.flatten().filter(is_allowed).collect()
}

/// What an operation is looked for by: its ids, and its name with what the module says.
fn aliases(operation: &Operation) -> Vec<String> {
    let whole = Words::default().snake(operation.stem.as_str());
    let mut aliases = doc_aliases(operation.ids.iter(), operation.name.as_str());
    if whole != operation.name.plain() && !aliases.contains(&whole) {
        aliases.push(whole);
    }
    aliases
}

/// `x_1` as `x1`.
fn unnumbered(id: &str) -> Option<String> {
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &id[stem.len()..];
    stem.strip_suffix('_').filter(|_| !digits.is_empty()).map(|stem| format!("{stem}{digits}"))
}

/// The static's name; one letter is the same in both cases, and then the type has it.
fn constant(operation: &Operation) -> String {
    let name = Words::shouting(operation.stem.as_str());
    if name == operation.request.as_str() { format!("{name}_OPERATION") } else { name }
}

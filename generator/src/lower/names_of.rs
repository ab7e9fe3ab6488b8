//! Names that generated code has already, and names for statuses and for what has none of its own.

use std::collections::HashMap;

use crate::config::Config;
use crate::diagnostics::Pointer;
use crate::ir::Status;
use crate::names::schema_candidates;

/// Names that generated models use themselves.
pub(super) const MODELS: [&str; 40] = [
    "AsRef",
    "Box",
    "Bytes",
    "Client",
    "ClientBuilder",
    "Clone",
    "Copy",
    "Date",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "Display",
    "Drop",
    "Eq",
    "Err",
    "Error",
    "Fn",
    "From",
    "Hash",
    "Into",
    "Iterator",
    "Map",
    "None",
    "Nullable",
    "Ok",
    "Option",
    "Ord",
    "Response",
    "Result",
    "Self",
    "Send",
    "Serialize",
    "Serializer",
    "Some",
    "String",
    "Sync",
    "Timestamp",
    "Uuid",
    "Vec",
];

/// Names that generated modules use themselves.
pub(super) const REQUESTS: [&str; 38] = [
    "AsRef",
    "Box",
    "Bytes",
    "Case",
    "Client",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Err",
    "Error",
    "EventRules",
    "From",
    "Given",
    "Into",
    "IntoIterator",
    "IntoText",
    "Iterator",
    "Method",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Param",
    "Put",
    "Received",
    "Request",
    "Result",
    "Scheme",
    "Scoped",
    "Send",
    "Some",
    "Status",
    "String",
    "Style",
    "Sync",
    "Vec",
];

/// What no variant may be called.
pub(super) const VARIANTS: [&str; 1] = ["Self"];

/// Methods that every multipart form has, and what it calls the parts.
pub(super) const FORM_METHODS: [&str; 6] = ["clone", "fmt", "from", "new", "part", "parts"];

/// Functions that every set of headers has.
pub(super) const HEADER_METHODS: [&str; 4] = ["clone", "fmt", "new", "of"];

/// What a status is called: its reason phrase (RFC 9110, section 15), or the class of a range.
pub(super) fn status(status: Status) -> String {
    let name = match status {
        Status::Default => "default",
        Status::Range(1) => "informational",
        Status::Range(2) => "success",
        Status::Range(3) => "redirection",
        Status::Range(4) => "client error",
        Status::Range(5) => "server error",
        Status::Range(digit) => return format!("status {digit}xx"),
        Status::Code(code) => match phrase(code) {
            Some(phrase) => phrase,
            None => return format!("status {code}"),
        },
    };
    name.to_owned()
}

fn phrase(code: u16) -> Option<&'static str> {
    Some(match code {
        200 => "ok",
        201 => "created",
        202 => "accepted",
        203 => "non authoritative",
        204 => "no content",
        205 => "reset content",
        206 => "partial content",
        207 => "multi status",
        208 => "already reported",
        300 => "multiple choices",
        301 => "moved permanently",
        302 => "found",
        303 => "see other",
        304 => "not modified",
        307 => "temporary redirect",
        308 => "permanent redirect",
        400 => "bad request",
        401 => "unauthorized",
        402 => "payment required",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        408 => "request timeout",
        409 => "conflict",
        410 => "gone",
        411 => "length required",
        412 => "precondition failed",
        413 => "content too large",
        414 => "uri too long",
        415 => "unsupported media type",
        416 => "range not satisfiable",
        417 => "expectation failed",
        418 => "im a teapot",
        421 => "misdirected request",
        422 => "unprocessable content",
        423 => "locked",
        424 => "failed dependency",
        425 => "too early",
        426 => "upgrade required",
        428 => "precondition required",
        429 => "too many requests",
        431 => "header fields too large",
        451 => "unavailable for legal reasons",
        500 => "internal server error",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        507 => "insufficient storage",
        _ => return None,
    })
}

/// What the types inside each component are called after: its short name or the settings' one,
/// where no other component wants the same; else its full name.
pub(super) fn bases<'a>(names: impl Iterator<Item = &'a String>, config: &Config) -> Vec<String> {
    let wanted: Vec<(&String, String)> = names
        .map(|name| match config.schemas.iter().find(|(key, _)| key.as_ref() == name) {
            Some((_, rename)) => (name, rename.rename.clone()),
            None => (name, schema_candidates(name).swap_remove(0)),
        })
        .collect();
    let mut count: HashMap<&str, usize> = HashMap::new();
    for (_, short) in &wanted {
        *count.entry(short).or_default() += 1;
    }
    wanted.iter().map(|(name, short)| if count[short.as_str()] == 1 { short } else { *name }.clone()).collect()
}

/// What a type inside a component is called: after the component, not after the operation or the
/// schema from which it was found first. `base` gives the name that a schema's own types begin with.
pub(super) fn shared<'b>(at: &Pointer, base: impl FnOnce(&str) -> Option<&'b str>) -> Option<String> {
    let segments: Vec<String> = at.segments().collect();
    match segments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["components", "schemas", name, inside @ ..] => inner(base(name)?, inside),
        ["components", "requestBodies", name, "content", _, "schema"] => Some(format!("{name} body")),
        ["components", "responses", name, "content", _, "schema"] => Some(format!("{name} response")),
        ["components", "parameters", name, "schema"] => Some(format!("{name} parameter")),
        ["components", "headers", name, "schema"] => Some(format!("{name} header")),
        _ => None,
    }
}

/// The name of a schema inside another, which the members on the way to it give; none if something
/// else leads there, such as one of several alternatives.
fn inner(base: &str, mut inside: &[&str]) -> Option<String> {
    let mut name = base.to_owned();
    while let [key, rest @ ..] = inside {
        let (word, rest) = match (*key, rest) {
            ("properties", [property, rest @ ..]) => (*property, rest),
            ("allOf", [_, rest @ ..]) => ("", rest),
            ("items", rest) => ("item", rest),
            ("additionalProperties", rest) => ("value", rest),
            _ => return None,
        };
        if !word.is_empty() {
            name = format!("{name} {word}");
        }
        inside = rest;
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::REQUESTS;

    /// A request's type of such a name would be taken for what the generated code means.
    #[test]
    fn names_that_generated_modules_use_are_reserved() {
        let templates = [
            include_str!("../../../templates/api/answer.jinja"),
            include_str!("../../../templates/api/body.jinja"),
            include_str!("../../../templates/api/error.jinja"),
            include_str!("../../../templates/api/form.jinja"),
            include_str!("../../../templates/api/headers.jinja"),
            include_str!("../../../templates/api/module.rs.jinja"),
            include_str!("../../../templates/api/operation.jinja"),
        ];
        let code = templates.iter().flat_map(|template| template.lines()).filter(|line| {
            let line = line.trim_start();
            !line.starts_with("///") && !line.starts_with("use ")
        });
        // What stands behind a path, and what the view fills in, is no name of the module itself.
        let words = code.flat_map(|line| line.split(|c: char| !(c.is_alphanumeric() || "_:{}".contains(c))));
        let names = words.map(|word| word.split("::").next().unwrap_or_default()).filter(|word| {
            word.starts_with(|c: char| c.is_ascii_uppercase()) && word.chars().any(|c| c.is_ascii_lowercase())
        });
        let used: std::collections::BTreeSet<&str> =
            names.filter(|name| *name != "Self" && name.chars().all(char::is_alphanumeric)).collect();
        assert!(used.len() > 15, "the templates were not read: {used:?}");
        let free: Vec<&&str> = used.iter().filter(|name| !REQUESTS.contains(name)).collect();
        assert!(free.is_empty(), "not reserved: {free:?}");
    }
}

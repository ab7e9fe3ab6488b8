//! The API's document, as far as it can be held against requests and answers.

use std::sync::LazyLock;

use serde_json::Value;

use crate::support::Recorded;

/// `specs/kestra.yaml`; null if it cannot be read, and then no operation is found.
static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_yaml::from_str(include_str!("../../../specs/kestra.yaml")).unwrap_or_default());

/// One operation of the document.
pub(crate) struct Operation {
    method: &'static str,
    path: &'static str,
    value: &'static Value,
}

/// What must be so, or why it is not.
macro_rules! ensure {
    ($holds:expr, $($why:tt)+) => {
        if !$holds {
            return Err(format!($($why)+));
        }
    };
}

impl Operation {
    pub(crate) fn of(id: &str) -> Result<Self, String> {
        for (path, methods) in members(&DOCUMENT["paths"]) {
            for (method, value) in members(methods) {
                if value["operationId"] == id {
                    return Ok(Self { method, path, value });
                }
            }
        }
        Err(format!("the document has no operation {id}"))
    }

    /// Whether the document knows the answer, and says of its content what it is.
    pub(crate) fn declares(&self, status: u16, media_type: Option<&str>, body: &[u8]) -> Result<(), String> {
        let declared = &self.value["responses"][status.to_string()];
        ensure!(declared.is_object(), "{status} is not declared");
        let Some(media_type) = media_type else {
            ensure!(declared["content"].is_null(), "{status} has a content");
            return Ok(());
        };
        let content = &declared["content"][media_type];
        ensure!(content.is_object(), "{status} is never {media_type}");
        if media_type == "application/json" {
            let body = serde_json::from_slice(body).map_err(|error| format!("the body is no JSON: {error}"))?;
            return holds(&content["schema"], &body, "the body");
        }
        Ok(())
    }

    /// Whether the document knows the request: its route, query, headers and kind of body.
    pub(crate) fn takes(&self, request: &Recorded) -> Result<(), String> {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let (path, template): (Vec<_>, Vec<_>) = (path.split('/').collect(), self.path.split('/').collect());
        let is_same = |(found, wanted): (&&str, &&str)| match wanted.starts_with('{') {
            true => !found.is_empty(),
            false => found == wanted,
        };
        ensure!(request.method.eq_ignore_ascii_case(self.method), "{} is sent as {}", self.method, request.method);
        ensure!(path.len() == template.len() && path.iter().zip(&template).all(is_same), "the route is {}", self.path);

        let parameters: Vec<&Value> = list(&self.value["parameters"]).iter().map(resolve).collect();
        let in_query = || parameters.iter().filter(|parameter| parameter["in"] == "query");
        let name_of = |pair: &str| pair.split(['=', '[', '%']).next().unwrap_or_default().to_owned();
        let sent: Vec<String> = query.split('&').filter(|pair| !pair.is_empty()).map(name_of).collect();
        for name in &sent {
            ensure!(in_query().any(|parameter| parameter["name"] == name.as_str()), "{name} is no parameter");
        }
        for parameter in in_query().filter(|parameter| parameter["required"] == true && parameter["name"] != "filters")
        {
            let name = text(&parameter["name"]);
            ensure!(sent.iter().any(|sent| sent == name), "{name} is missing");
        }

        let body = resolve(&self.value["requestBody"]);
        let kinds: Vec<&str> = members(&body["content"]).map(|(kind, _)| kind).collect();
        match request.header("content-type") {
            Some(kind) => {
                let kind = kind.split(';').next().unwrap_or_default().to_owned();
                ensure!(kinds.contains(&kind.as_str()), "{kind} is none of {kinds:?}");
            }
            None => ensure!(body["required"] != true && request.body.is_empty(), "the body has no media type"),
        }
        let secured = !list(&self.value["security"]).is_empty();
        ensure!(request.header("authorization").is_some() == secured, "credentials are wanted: {secured}");
        Ok(())
    }
}

/// Whether a value is what a schema says. What is missing is no fault here: the document calls
/// members required that no server sends. What is there and not in the schema is none either.
fn holds(schema: &'static Value, value: &Value, at: &str) -> Result<(), String> {
    let schema = resolve(schema);
    if value.is_null() {
        ensure!(schema["nullable"] == true, "{at} is null");
        return Ok(());
    }
    for part in list(&schema["allOf"]) {
        holds(part, value, at)?;
    }
    let allowed = list(&schema["enum"]);
    ensure!(allowed.is_empty() || allowed.contains(value), "{at} is {value}, none of {allowed:?}");
    match (text(&schema["type"]), value) {
        ("string", Value::String(text)) => {
            let is_date = schema["format"] == "date-time";
            ensure!(!is_date || text.parse::<jiff::Timestamp>().is_ok(), "{at} is no date: {text}");
        }
        ("array", Value::Array(elements)) => {
            for (index, element) in elements.iter().enumerate() {
                holds(&schema["items"], element, &format!("{at}[{index}]"))?;
            }
        }
        ("object" | "", Value::Object(fields)) => {
            for (name, value) in fields {
                let at = format!("{at}.{name}");
                match (&schema["properties"][name.as_str()], &schema["additionalProperties"]) {
                    (Value::Null, Value::Null | Value::Bool(_)) => {}
                    (Value::Null, other) | (other, _) => holds(other, value, &at)?,
                }
            }
        }
        ("integer", value) if value.is_i64() => {}
        ("number", value) if value.is_number() => {}
        ("boolean", Value::Bool(_)) | ("", _) => {}
        // Nothing more is known of it, and the server sends what it likes.
        ("object", _) if schema["properties"].is_null() && schema["additionalProperties"].is_null() => {}
        (kind, value) => return Err(format!("{at} is {value}, which is no {kind}")),
    }
    Ok(())
}

/// What a value refers to, or itself.
fn resolve(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str().and_then(|place| DOCUMENT.pointer(place.strip_prefix('#')?)) {
        Some(found) => resolve(found),
        None => value,
    }
}

fn members(value: &'static Value) -> impl Iterator<Item = (&'static str, &'static Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn list(value: &'static Value) -> &'static [Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &'static Value) -> &'static str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Recorded {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Recorded { method: method.into(), target: target.into(), headers: headers.collect(), body: body.into() }
    }

    #[test]
    fn what_the_document_does_not_say_is_found() -> Result<(), String> {
        let logs = Operation::of("listLogsFromExecution")?;
        let json = Some("application/json");
        logs.declares(200, json, br#"[{"level":"INFO","timestamp":"2026-01-31T08:00:00.2Z","more":7}]"#)?;
        for (status, media_type, body, fault) in [
            (201, json, "[]", "201 is not declared"),
            (200, Some("text/plain"), "", "200 is never text/plain"),
            (200, None, "", "200 has a content"),
            (200, json, "[", "the body is no JSON"),
            (200, json, "{}", "the body is {}, which is no array"),
            (200, json, r#"[{"level":"LOUD"}]"#, "the body[0].level is \"LOUD\""),
            (200, json, r#"[{"message":7}]"#, "the body[0].message is 7, which is no string"),
            (200, json, r#"[{"message":null}]"#, "the body[0].message is null"),
            (200, json, r#"[{"timestamp":"yesterday"}]"#, "the body[0].timestamp is no date"),
        ] {
            let found = logs.declares(status, media_type, body.as_bytes()).err().unwrap_or_default();
            assert!(found.starts_with(fault), "{found} instead of {fault}");
        }

        let key = Operation::of("setKeyValue")?;
        let (route, auth, kind) =
            ("/api/v1/main/namespaces/a/kv/b", ("authorization", "x"), ("content-type", "text/plain"));
        key.takes(&request("PUT", route, &[auth, kind], "1"))?;
        for (request, fault) in [
            (request("POST", route, &[auth, kind], "1"), "put is sent as POST"),
            (request("PUT", "/api/v1/main/namespaces/a/kv/", &[auth, kind], "1"), "the route is"),
            (request("PUT", "/api/v1/main/namespaces/a/kv/b/c", &[auth, kind], "1"), "the route is"),
            (request("PUT", &format!("{route}?ttl=1"), &[auth, kind], "1"), "ttl is no parameter"),
            (request("PUT", route, &[auth, ("content-type", "text/csv")], "1"), "text/csv is none of"),
            (request("PUT", route, &[auth], ""), "the body has no media type"),
            (request("PUT", route, &[kind], "1"), "credentials are wanted"),
        ] {
            let found = key.takes(&request).err().unwrap_or_default();
            assert!(found.starts_with(fault), "{found} instead of {fault}");
        }
        let users = Operation::of("listUsers")?.takes(&request("GET", "/api/v1/users?page=1", &[auth], ""));
        assert_eq!(users, Err("size is missing".into()));
        Ok(())
    }
}

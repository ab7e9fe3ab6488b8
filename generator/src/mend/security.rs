//! Security schemes of types that are called otherwise, and those that leave out addresses: nothing is
//! made of addresses, for the caller gives the token.

use serde_json::{Map, Value, json};

use crate::diagnostics::{Diagnostic, Place, Pointer, Report};

/// The types of OpenAPI 3.0, and what else they are called, in small letters; a scheme of HTTP with it.
const TYPES: [(&str, &[&str], Option<&str>); 6] = [
    ("apiKey", &["apikey", "api_key", "api-key"], None),
    ("http", &["http"], None),
    ("http", &["basic", "basicauth"], Some("basic")),
    ("http", &["bearer", "bearerauth", "jwt", "token"], Some("bearer")),
    ("oauth2", &["oauth2", "oauth", "oauth2.0"], None),
    ("openIdConnect", &["openidconnect", "oidc"], None),
];

/// The addresses of each flow.
const FLOWS: [(&str, &[&str]); 4] = [
    ("implicit", &["authorizationUrl"]),
    ("password", &["tokenUrl"]),
    ("clientCredentials", &["tokenUrl"]),
    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
];

pub(super) fn mend(scheme: &mut Map<String, Value>, at: &Pointer, report: &mut Report) {
    spell(scheme, at, report);
    match scheme.get("type").and_then(Value::as_str) {
        Some("openIdConnect") => _ = scheme.entry("openIdConnectUrl").or_insert_with(|| "".into()),
        Some("oauth2") => {
            let flows = scheme.entry("flows").or_insert_with(|| json!({}));
            if !flows.is_object() {
                *flows = json!({});
            }
            for (name, addresses) in FLOWS {
                let Some(flow) = flows.get_mut(name) else { continue };
                if !flow.is_object() {
                    *flow = json!({});
                }
                for address in addresses.iter().filter(|address| !flow[**address].is_string()).collect::<Vec<_>>() {
                    flow[*address] = "".into();
                }
                if !flow["scopes"].as_object().is_some_and(|scopes| scopes.values().all(Value::is_string)) {
                    flow["scopes"] = json!({});
                }
                if !flow["refreshUrl"].is_string()
                    && let Value::Object(flow) = flow
                {
                    flow.shift_remove("refreshUrl");
                }
            }
        }
        _ => {}
    }
}

/// Gives a scheme the type that it can only mean.
fn spell(scheme: &mut Map<String, Value>, at: &Pointer, report: &mut Report) {
    let Some(name) = scheme.get("type").and_then(Value::as_str) else { return };
    // Since 3.1; the certificate is the connection's, and so the caller's, like a scheme that nobody knows.
    if name == "mutualTLS" {
        scheme.insert("type".to_owned(), "http".into());
        scheme.insert("scheme".to_owned(), "mutualTLS".into());
        return;
    }
    let plain = name.trim().to_ascii_lowercase();
    let Some((meant, _, of_http)) = TYPES.iter().find(|(_, names, _)| names.contains(&plain.as_str())) else { return };
    let is_bare = name == "http" && !scheme.contains_key("scheme");
    let of_http = of_http.or((is_bare && scheme.contains_key("bearerFormat")).then_some("bearer"));
    if *meant == name && of_http.is_none() {
        return;
    }
    let instead = of_http.map_or_else(|| format!("`{meant}`"), |of_http| format!("`http` with `scheme: {of_http}`"));
    let message = match is_bare {
        true => format!("a scheme of HTTP needs a `scheme`: it is taken as {instead}"),
        false => format!("`{name}` is no type of a security scheme: it is taken as {instead}"),
    };
    report.push(
        Diagnostic::warning("odd-scheme", Place::Document(at.child("type")), message)
            .label("this type")
            .help("the types are apiKey, http, oauth2 and openIdConnect"),
    );
    scheme.insert("type".to_owned(), (*meant).into());
    if let Some(of_http) = of_http {
        scheme.insert("scheme".to_owned(), of_http.into());
    }
}

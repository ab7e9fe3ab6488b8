//! Security schemes that leave out addresses: nothing is made of those, for the caller gives the
//! token.

use serde_json::{Map, Value, json};

/// The addresses of each flow.
const FLOWS: [(&str, &[&str]); 4] = [
    ("implicit", &["authorizationUrl"]),
    ("password", &["tokenUrl"]),
    ("clientCredentials", &["tokenUrl"]),
    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
];

pub(super) fn mend(scheme: &mut Map<String, Value>) {
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

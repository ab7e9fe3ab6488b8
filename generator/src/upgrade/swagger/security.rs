//! Security definitions of 2.0.

use serde_json::{Map, Value, json};

use crate::diagnostics::Pointer;
use crate::upgrade::Pass;

/// The flows of 2.0, and what they are called since 3.0.
const FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

pub(super) fn schemes(document: &mut Map<String, Value>, pass: &mut Pass<'_>) {
    let Some(Value::Object(mut schemes)) = document.shift_remove("securityDefinitions") else { return };
    let root = Pointer::default();
    let at = root.child("components").child("securitySchemes");
    pass.moved(&at, &root.child("securityDefinitions"));
    for (name, scheme) in &mut schemes {
        let Value::Object(scheme) = scheme else { continue };
        match scheme.get("type").and_then(Value::as_str) {
            Some("basic") => {
                scheme.insert("type".to_owned(), "http".into());
                scheme.insert("scheme".to_owned(), "basic".into());
            }
            Some("oauth2") => {
                pass.moved(&at.child(name).child("flows"), &at.child(name));
                flows(scheme);
            }
            _ => {}
        }
    }
    if let Some(Value::Object(components)) = document.get_mut("components") {
        components.insert("securitySchemes".to_owned(), Value::Object(schemes));
    }
}

/// One flow a scheme in 2.0, any number since.
fn flows(scheme: &mut Map<String, Value>) {
    let flow = scheme.shift_remove("flow");
    let Some((_, name)) = FLOWS.iter().find(|(old, _)| flow.as_ref().is_some_and(|flow| flow == old)) else { return };
    let mut flow = Map::new();
    for key in ["authorizationUrl", "tokenUrl", "scopes"] {
        if let Some(value) = scheme.shift_remove(key) {
            flow.insert(key.to_owned(), value);
        }
    }
    scheme.insert("flows".to_owned(), json!({*name: flow}));
}

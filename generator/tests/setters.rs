//! Setters of the client's builder: what takes one credential never comes to take another.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use specsmith::diagnostics::Level;
use specsmith::{Input, Outcome};

/// A document with API keys by these names, whose one operation has a path parameter `tenant`.
fn document(keys: &[&str]) -> String {
    let key =
        |name: &&str| ((*name).to_owned(), json!({"type": "apiKey", "in": "header", "name": format!("X-{name}")}));
    let schemes: serde_json::Map<String, Value> = keys.iter().map(key).collect();
    let asked: Vec<Value> = keys.iter().map(|name| json!({*name: []})).collect();
    json!({
        "openapi": "3.0.3", "info": {"title": "Setters", "version": "1"},
        "paths": {"/{tenant}/pets": {"get": {
            "operationId": "listPets", "security": asked, "responses": {"204": {"description": "Done."}},
            "parameters": [{"name": "tenant", "in": "path", "required": true, "schema": {"type": "string"}}],
        }}},
        "components": {"securitySchemes": schemes},
    })
    .to_string()
}

const DEFAULTS: &str = "[[client_defaults]]\nparameter = \"tenant\"\nreason = \"A test.\"\n";

fn run(keys: &[&str], config: &str, lock: &str, locked: bool) -> Outcome {
    let document = document(keys);
    let document = document.as_bytes();
    specsmith::describe(Input { document, document_name: "setters.json", config, lock, locked, ..Input::default() })
}

/// What the setters are called, keys first: `api-key api_key`.
fn setters(outcome: &Outcome) -> Vec<String> {
    assert_eq!(outcome.report.count(Level::Error), 0, "{:#?}", outcome.report);
    let api = outcome.api.as_ref().unwrap();
    let keys = api.api_keys.iter().map(|key| format!("{} {}", key.scheme, key.name));
    keys.chain(api.client_defaults.iter().map(|default| format!("{} {}", default.wire, default.name))).collect()
}

fn lines(outcome: &Outcome) -> Vec<String> {
    let lock = outcome.lock.as_ref().unwrap();
    lock.lines().filter(|line| line.starts_with("setter ")).map(str::to_owned).collect()
}

#[test]
fn a_new_key_takes_no_setter_that_is_there() {
    let first = run(&["api-key"], "", "", false);
    assert_eq!(setters(&first), ["api-key api_key"]);
    assert_eq!(lines(&first), ["setter client scheme api-key -> api_key"]);
    // Without the lock the one that is spelled so would have it.
    assert_eq!(setters(&run(&["api-key", "api_key"], "", "", false))[1], "api_key api_key");
    let lock = first.lock.unwrap();
    let later = run(&["api-key", "api_key"], "", &lock, false);
    assert_eq!(setters(&later)[0], "api-key api_key");
    assert_ne!(setters(&later)[1], "api_key api_key");
    let told: Vec<_> = later.report.diagnostics().iter().map(|told| (told.code, told.message.as_str())).collect();
    insta::assert_debug_snapshot!(told);
    // Nor does it when the first is gone, and whoever comes back has its own.
    let lock = later.lock.unwrap();
    let gone = run(&["api_key"], "", &lock, false);
    assert_eq!(setters(&gone)[0], setters(&run(&["api-key", "api_key"], "", &lock, false))[1]);
    assert!(lines(&gone).contains(&"setter client scheme api-key -> api_key retired".to_owned()), "{:?}", lines(&gone));
    let back = run(&["api-key"], "", &gone.lock.unwrap(), false);
    assert_eq!(setters(&back), ["api-key api_key"]);
}

#[test]
fn keys_and_values_of_paths_take_nothing_from_each_other() {
    let first = run(&[], DEFAULTS, "", false);
    assert_eq!(lines(&first), ["setter client path tenant -> tenant"]);
    let lock = first.lock.unwrap();
    let later = run(&["tenant"], DEFAULTS, &lock, false);
    assert_eq!(setters(&later), ["tenant tenant_key", "tenant tenant"]);
    // The other way round.
    let first = run(&["tenant"], "", "", false);
    let later = run(&["tenant"], DEFAULTS, &first.lock.unwrap(), false);
    assert_eq!(setters(&later), ["tenant tenant", "tenant tenant_default"]);
    let again = run(&["tenant"], DEFAULTS, later.lock.as_ref().unwrap(), true);
    assert_eq!((setters(&again), &again.lock), (setters(&later), &later.lock));
}

#[test]
fn a_setter_that_the_lock_does_not_know_is_an_error_where_it_must_not_change() {
    let lock = run(&["api-key"], "", "", false).lock.unwrap();
    let outcome = run(&["api-key", "other"], "", &lock, true);
    let told: Vec<_> = outcome.report.diagnostics().iter().map(|told| told.message.as_str()).collect();
    assert_eq!(told, ["the lock does not know `setter client scheme other`, which would be called `other`"]);
    // Only the client has setters.
    for line in ["setter /client scheme a -> a", "setter client -> a", "field client a -> a"] {
        let damaged = run(&["api-key"], "", &format!("{lock}{line}\n"), false);
        assert!(damaged.report.diagnostics().iter().any(|told| told.code == "lock-damaged"), "{line}");
    }
}

//! The output is a function of what the document means: not of the run, not of the order of maps.
#![allow(clippy::disallowed_methods, reason = "tests read the fixtures")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;

use serde_json::Value;
use specsmith::files::FileSet;
use specsmith::{Input, Outcome};

/// Maps whose order a reader sees: fields in the order of `properties`, tables in that of the rest.
const ORDERED: [&str; 3] = ["properties", "responses", "content"];

fn files(document: &str, config: &str) -> FileSet {
    let input =
        Input { document: document.as_bytes(), document_name: "spec", config, name: Some("x"), ..Input::default() };
    let Outcome { report, files, .. } = specsmith::generate(input);
    files.unwrap_or_else(|| panic!("{report:#?}"))
}

fn reversed(value: &Value, key: &str) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(key, member)| (key.clone(), reversed(member, key)));
            let mut members: Vec<_> = members.collect();
            if !ORDERED.contains(&key) {
                members.reverse();
            }
            Value::Object(members.into_iter().collect())
        }
        Value::Array(elements) => Value::Array(elements.iter().map(|element| reversed(element, "")).collect()),
        scalar => scalar.clone(),
    }
}

#[test]
fn order_of_maps_and_format_of_text_mean_nothing() {
    insta::glob!("../../specs", "{fixtures/*,kestra}.yaml", |path| {
        let text = fs::read_to_string(path).unwrap();
        let config = fs::read_to_string(path.with_extension("toml")).unwrap_or_default();
        let expected = files(&text, &config);
        assert_eq!(expected, files(&text, &config), "two runs");
        let emitted = specsmith::emit(
            Input { document: text.as_bytes(), document_name: "spec", config: &config, name: None, ..Input::default() },
            specsmith::Stage::Value,
        );
        let value: Value = serde_yaml::from_str(&emitted.2.unwrap()).unwrap();
        let json = serde_json::to_string(&reversed(&value, "")).unwrap();
        let reordered = files(&json, &config);
        for (path, text) in expected.iter() {
            assert_eq!(Some(text), reordered.get(path), "{path}");
        }
        assert_eq!(expected.len(), reordered.len());
        // Names that were given once are the same again.
        let input = Input {
            document: text.as_bytes(),
            document_name: "spec",
            config: &config,
            name: Some("x"),
            ..Input::default()
        };
        let lock = specsmith::describe(input).lock.unwrap();
        let kept = specsmith::generate(Input { lock: &lock, locked: true, ..input });
        assert_eq!(kept.files.as_ref(), Some(&expected), "with the lock: {:#?}", kept.report);
        assert_eq!(kept.lock, Some(lock));
    });
}

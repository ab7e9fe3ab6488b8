//! What a run comes to, without running one.

use std::fs;

use specsmith::Input;
use specsmith::ir::Api;

use super::known::Known;
use super::record;
use super::{Finding, Verdict, workspace};

fn petstore() -> Api {
    let document = fs::read(workspace().join("specs/fixtures/petstore.yaml")).unwrap();
    let input = Input { document: &document, document_name: "pets", name: None, contract: true, ..Input::default() };
    specsmith::generate(input).api.unwrap()
}

const RECORD: &str = r#"{"operationId":"listPets","form":"full","method":"GET","target":"/pets","headers":[],"body":"","answer":{"status":200,"mediaType":"application/json","body":"[]"}}
{"operationId":"listPets","form":"least","method":"GET","target":"/pets","headers":[],"body":"","answer":{"status":200,"mediaType":"application/json","body":"[]"}}
{"operationId":"createPet","form":"full","method":"POST","target":"/pets","headers":[],"body":"","answer":{"status":201,"mediaType":null,"body":""}}
{"operationId":"getPet","form":"full","method":"GET","target":"/pets/1","headers":[],"body":"","answer":{"status":200,"mediaType":null,"body":""}}
{"operationId":"uploadPhoto","form":"full","method":"PUT","target":"/pets/1/photo","headers":[],"body":"","answer":{"status":204,"mediaType":null,"body":""}}
"#;

/// The violations of a record, as lines; each request is found wrong as told.
fn violations(text: &str, known: &str, wrong: &[(usize, &str)]) -> (Verdict, Vec<String>) {
    let record = record::read(text).unwrap();
    let findings = record.requests.iter().enumerate().map(|(index, request)| {
        let mine = wrong.iter().filter(|(of, _)| *of == index);
        let finding = |(_, what): &(usize, &str)| Finding {
            operation: request.operation.clone(),
            place: "body".to_owned(),
            what: (*what).to_owned(),
        };
        mine.map(finding).collect()
    });
    let verdict = Verdict::new(&petstore(), &record, findings.collect(), &Known::parse(known, "pets").unwrap());
    let line = |finding: &Finding| format!("{}: {}: {}", finding.operation, finding.place, finding.what);
    let lines = verdict.violations.keys().map(line).collect();
    (verdict, lines)
}

#[test]
fn what_was_called_is_counted() {
    let (verdict, lines) = violations(RECORD, "", &[]);
    assert_eq!((verdict.called, verdict.requests, verdict.answers, verdict.known), (4, 5, 4, 0));
    assert_eq!(lines, [""; 0]);
    assert!(verdict.is_clean(&petstore()));
}

#[test]
fn a_finding_is_a_violation_unless_it_is_known() {
    let (verdict, lines) = violations(RECORD, "", &[(0, "wrong"), (1, "wrong")]);
    assert_eq!(lines, ["listPets: body: wrong"]);
    assert!(!verdict.is_clean(&petstore()));
    let entry =
        "[[known]]\ndocuments = [\"pets\"]\nfinding = \"body: wrong\"\nfault = \"validator\"\nreason = \"so\"\n";
    let (verdict, lines) = violations(RECORD, entry, &[(0, "wrong"), (1, "wrong")]);
    assert_eq!((lines.as_slice(), verdict.known), (&[][..], 2));
    let (_, lines) = violations(RECORD, entry, &[]);
    assert_eq!(lines, ["known.toml: body: wrong: no finding is such a fault of the validator: remove it"]);
}

#[test]
fn an_operation_that_was_not_called_is_a_violation() {
    let calls = RECORD.lines().filter(|line| !line.contains("getPet"));
    let (_, lines) = violations(&calls.collect::<Vec<_>>().join("\n"), "", &[]);
    assert_eq!(lines, ["getPet: the client: the operation was not called"]);
}

#[test]
fn a_call_that_failed_is_a_violation() {
    let failed = r#"{"operationId":"getPet","form":"full","status":200,"failure":"no value"}"#;
    let (_, lines) = violations(&format!("{RECORD}{failed}\n"), "", &[]);
    assert_eq!(lines, ["getPet: the client: no value"]);
    assert!(record::read("no JSON").is_err());
}

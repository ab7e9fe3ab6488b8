//! The record of a contract test: a line of JSON for each request, and for each call that failed.

use serde::Deserialize;
use serde_json::Value;

/// What a contract test wrote down.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) requests: Vec<Request>,
    pub(super) failures: Vec<Failure>,
}

/// A request.
#[derive(Debug, Deserialize)]
pub(super) struct Request {
    #[serde(rename = "operationId")]
    pub(super) operation: String,
    pub(super) form: String,
    pub(super) method: String,
    pub(super) target: String,
    pub(super) answer: Answer,
    /// The line, for the judge.
    #[serde(skip)]
    pub(super) line: String,
}

/// The answer that the request was given.
#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    status: u16,
    media_type: Option<String>,
    body: String,
}

/// A call that failed in the client.
#[derive(Debug, Deserialize)]
pub(super) struct Failure {
    #[serde(rename = "operationId")]
    pub(super) operation: String,
    pub(super) form: String,
    pub(super) status: u16,
    pub(super) failure: String,
}

/// Reads a record.
pub(super) fn read(text: &str) -> Result<Record, String> {
    let mut record = Record::default();
    for line in text.lines() {
        let wrong = |error: serde_json::Error| format!("the record of the test cannot be read: {error}: {line}");
        let value: Value = serde_json::from_str(line).map_err(wrong)?;
        if value.get("failure").is_some() {
            record.failures.push(serde_json::from_value(value).map_err(wrong)?);
        } else {
            let request: Request = serde_json::from_value(value).map_err(wrong)?;
            record.requests.push(Request { line: line.to_owned(), ..request });
        }
    }
    Ok(record)
}

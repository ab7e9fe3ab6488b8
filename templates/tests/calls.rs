//! A call in all its forms, with all its answers.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::pin::Pin;
use std::sync::{Mutex, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::came::{Came, Failure, lines_of, same};
use super::sdk::{Client, Error};
use super::server::{Recorded, Server};

/// A call under way.
pub(crate) type Sent = Pin<Box<dyn Future<Output = Result<Came, Failure>>>>;

/// An operation, how it is called and what it may answer.
pub(crate) struct Call {
    pub(crate) forms: &'static [Form],
    pub(crate) answers: &'static [Answer],
    /// Sends one of the forms.
    pub(crate) send: fn(Client, usize) -> Sent,
    /// Whether the operation's own type of errors knows an error, if it has one.
    pub(crate) is_declared: Option<fn(&Error) -> bool>,
}

/// A form of a call.
pub(crate) struct Form {
    /// The operation in the document.
    pub(crate) operation: &'static str,
    /// What tells it from others.
    pub(crate) label: &'static str,
}

/// An answer as the server gives it.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) media_type: Option<&'static str>,
    pub(crate) body: &'static str,
    pub(crate) reads: Reads,
}

/// What an answer must be read as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reads {
    /// No value.
    Empty,
    /// The body as JSON.
    Json,
    /// The body as it is.
    Text,
    /// A list of values, one after the other: the body's own JSON, or what stands behind `data:`.
    Items,
    /// A list of texts, likewise.
    Texts,
    /// An error.
    Error,
}

impl Answer {
    /// The value that must come back.
    fn value(&self) -> Result<Value, String> {
        let parse = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| format!("{error}: {text}"));
        match self.reads {
            Reads::Empty => Ok(Value::Null),
            Reads::Json => parse(self.body),
            Reads::Text | Reads::Error => Ok(Value::from(self.body)),
            Reads::Items => lines_of(self.body).map(parse).collect(),
            Reads::Texts => Ok(lines_of(self.body).map(Value::from).collect()),
        }
    }
}

/// Calls the operation until every form was sent and every answer read.
pub(crate) fn run(call: &Call) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let failures: Vec<String> = (0..call.forms.len().max(call.answers.len()))
        .filter_map(|round| {
            let (index, answer) = (round % call.forms.len(), &call.answers[round % call.answers.len()]);
            let failure = runtime.block_on(exchange(call, index, answer)).err()?;
            let Form { operation, label } = &call.forms[index];
            record(&json!({ "operationId": operation, "form": label, "status": answer.status, "failure": failure }));
            Some(format!("{operation}, {label}, answered {}: {failure}", answer.status))
        })
        .collect();
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

async fn exchange(call: &Call, form: usize, answer: &Answer) -> Result<(), String> {
    let server = Server::start().await.map_err(|error| error.to_string())?;
    let client = super::client(server.url()).map_err(|error| error.to_string())?;
    let (recorded, came) = server.answer(answer, (call.send)(client, form)).await.map_err(|error| error.to_string())?;
    let Some(recorded) = recorded else {
        return Err(match came {
            Err(failure) => format!("nothing was sent: {failure}"),
            Ok(_) => "nothing was sent, and yet there is an answer".to_owned(),
        });
    };
    record(&line(call, form, answer, &recorded));
    match (came, answer.reads) {
        (Err(Failure::Sdk(error)), Reads::Error) => error_came(call, &error, answer),
        (Ok(_), Reads::Error) => Err("a success, not an error".to_owned()),
        (Err(failure), _) => Err(failure.to_string()),
        (Ok(came), _) => {
            let expected = answer.value()?;
            if came.status != answer.status {
                return Err(format!("the status {} came back", came.status));
            }
            same(&expected, &came.value)
        }
    }
}

/// Whether an error is the one that was answered.
fn error_came(call: &Call, error: &Error, answer: &Answer) -> Result<(), String> {
    let Error::Status(came) = error else { return Err(error.to_string()) };
    if came.status().as_u16() != answer.status || came.body() != answer.body.as_bytes() {
        return Err(format!("another error came back: {error}"));
    }
    match call.is_declared {
        Some(is_declared) if !is_declared(error) => Err("the error is not known as a declared one".to_owned()),
        _ => Ok(()),
    }
}

fn line(call: &Call, form: usize, answer: &Answer, recorded: &Recorded) -> Value {
    json!({
        "operationId": call.forms[form].operation,
        "form": call.forms[form].label,
        "answer": { "status": answer.status, "mediaType": answer.media_type, "body": answer.body },
        "method": recorded.method,
        "target": recorded.target,
        "headers": recorded.headers,
        "body": STANDARD.encode(&recorded.body),
    })
}

/// Writes a line to the record, if one is asked for.
fn record(line: &Value) {
    static FILE: OnceLock<Option<Mutex<File>>> = OnceLock::new();
    let file = FILE.get_or_init(|| {
        let path = std::env::var_os("CONTRACT_RECORD")?;
        OpenOptions::new().create(true).append(true).open(path).ok().map(Mutex::new)
    });
    if let Some(mut file) = file.as_ref().and_then(|file| file.lock().ok()) {
        // A line that is missing is missed by whoever reads the record.
        let _ = writeln!(file, "{line}");
    }
}

/// A value of the document as a type of the SDK.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| {
        Failure::Value(format!("a value of the document cannot be held by {}: {error}", std::any::type_name::<T>()))
    })
}

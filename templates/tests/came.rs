//! What came back from a call, and whether it is what was answered.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::sdk::http::StatusCode;
use super::sdk::{Download, Error, Events, Lines};

/// More than any answer of this test.
const LIMIT: u64 = 1 << 24;

/// A success.
pub(crate) struct Came {
    pub(crate) status: u16,
    pub(crate) value: Value,
}

/// Why there is none.
pub(crate) enum Failure {
    /// The client's own error.
    Sdk(Error),
    /// A value that a type of the SDK cannot hold or write.
    Value(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Sdk(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(message) => f.write_str(message),
            Self::Sdk(error) => {
                write!(f, "{error}")?;
                let mut source = std::error::Error::source(error);
                while let Some(cause) = source {
                    write!(f, ": {cause}")?;
                    source = cause.source();
                }
                Ok(())
            }
        }
    }
}

impl Came {
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self { status: status.as_u16(), value: Value::Null }
    }

    pub(crate) fn text(status: StatusCode, text: &str) -> Self {
        Self { status: status.as_u16(), value: Value::from(text) }
    }

    pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Result<Self, Failure> {
        Ok(Self { status: status.as_u16(), value: written(value)? })
    }

    pub(crate) async fn bytes(status: StatusCode, download: Download) -> Result<Self, Failure> {
        let bytes = download.bytes(LIMIT).await?;
        Ok(Self::text(status, &String::from_utf8_lossy(&bytes)))
    }

    pub(crate) async fn events<T>(status: StatusCode, mut events: Events<T>) -> Result<Self, Failure>
    where
        T: Serialize + serde::de::DeserializeOwned,
    {
        let mut items = Vec::new();
        while let Some(event) = events.next().await {
            items.push(written(&event?.data)?);
        }
        Ok(Self { status: status.as_u16(), value: items.into() })
    }

    pub(crate) async fn lines<T>(status: StatusCode, mut lines: Lines<T>) -> Result<Self, Failure>
    where
        T: Serialize + serde::de::DeserializeOwned,
    {
        let mut items = Vec::new();
        while let Some(item) = lines.next().await {
            items.push(written(&item?)?);
        }
        Ok(Self { status: status.as_u16(), value: items.into() })
    }

    /// A success that the document does not declare, though it was answered as declared.
    pub(crate) fn other() -> Result<Self, Failure> {
        Err(Failure::Value("the answer is not known as a declared one".to_owned()))
    }
}

fn written(value: &impl Serialize) -> Result<Value, Failure> {
    // By way of text, as the client writes bodies: so no second writer is compiled for each type.
    let text = serde_json::to_vec(value).and_then(|text| serde_json::from_slice(&text));
    text.map_err(|error| Failure::Value(format!("the value cannot be written: {error}")))
}

/// The items of a body: each line that says something, without `data:` and the mark of a record.
pub(crate) fn lines_of(body: &str) -> impl Iterator<Item = &str> {
    let lines = body.lines().map(|line| line.trim_start_matches('\u{1e}'));
    lines.map(|line| line.strip_prefix("data: ").unwrap_or(line)).filter(|line| !line.is_empty())
}

/// Whether a value is the one that was answered; the message has the place of the first difference.
pub(crate) fn same(answered: &Value, came: &Value) -> Result<(), String> {
    let differs = |place: String| Err(format!("another value came back{place}"));
    match (answered, came) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                let Some(other) = b.get(key) else { return differs(format!(" at .{key}: none for {value}")) };
                same(value, other).map_err(|message| within(&message, &format!(".{key}")))?;
            }
            match b.keys().find(|key| !a.contains_key(*key)) {
                Some(key) => differs(format!(" at .{key}: {} for none", b[key])),
                None => Ok(()),
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (value, other)) in a.iter().zip(b).enumerate() {
                same(value, other).map_err(|message| within(&message, &format!("[{index}]")))?;
            }
            Ok(())
        }
        // `1` and `1.0` are one number.
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => Ok(()),
        _ if answered == came => Ok(()),
        _ => differs(format!(" at : {came} for {answered}")),
    }
}

/// Puts a step before the place in a message.
fn within(message: &str, step: &str) -> String {
    message.replacen(" at ", &format!(" at {step}"), 1)
}

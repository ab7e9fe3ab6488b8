//! What comes back, and how it is compared: what the caller sees of an answer.

use std::future::Future;

use wire_sdk::{Client, Error, Response};

use super::support::{Call, Served, call, exchange, reasons};

/// An answer, and what a caller sees of it.
pub(crate) struct Row {
    name: &'static str,
    line: &'static str,
    served: Served,
    expected: String,
    call: Call<String>,
}

/// A row of what a call tells of an answer.
pub(crate) fn row<F: Future<Output = String> + 'static>(
    name: &'static str,
    line: &'static str,
    make: impl FnOnce(Client) -> F + 'static,
    served: Served,
    expected: impl Into<String>,
) -> Row {
    Row { name, line, served, expected: expected.into(), call: call(make) }
}

impl Row {
    /// The request line.
    pub(crate) fn line(&self) -> &str {
        self.line
    }

    async fn check(self) -> Result<(), String> {
        let Self { name, line, served, expected, call } = self;
        let (found, recorded) = exchange(&served, call).await;
        let lines: Vec<&str> = recorded.iter().map(|recorded| recorded.line.as_str()).collect();
        if lines != [line] {
            return Err(format!("{name}: {lines:?} came instead of {line}"));
        }
        if found == expected { Ok(()) } else { Err(format!("{name}:\n  expected {expected}\n  found    {found}")) }
    }
}

/// What a caller sees of a success or an error, which keeps status and body whatever it is.
pub(crate) fn tell<T>(outcome: Result<Response<T>, Error>, success: impl FnOnce(&Response<T>) -> String) -> String {
    match outcome {
        Ok(response) => format!("{} {}", response.status().as_u16(), success(&response)),
        Err(error) => tell_error(&error),
    }
}

/// The kind of an error, its status, what is wrong, and the body as it came.
pub(crate) fn tell_error(error: &Error) -> String {
    let status = error.status().map_or("-".to_owned(), |status| status.as_u16().to_string());
    let body = error.body().map(|body| body.escape_ascii().to_string()).unwrap_or_default();
    match error {
        Error::Status(_) => format!("{status} Status [{body}]"),
        Error::Decode(error) => {
            let reason = std::error::Error::source(error).map(reasons).unwrap_or_default();
            format!("{status} Decode at {}: {reason} [{body}]", error.path())
        }
        Error::Transport(error) => format!("{status} Transport: {}", reasons(error)),
        Error::Refused(error) => format!("{status} Refused: {}", reasons(error)),
        other => format!("{status} {other}"),
    }
}

/// Serves all rows; tells how many there are.
pub(crate) async fn check(rows: Vec<Row>) -> usize {
    let count = rows.len();
    let mut misses = Vec::new();
    for row in rows {
        misses.extend(row.check().await.err());
    }
    assert!(misses.is_empty(), "{} of {count} rows differ:\n{}", misses.len(), misses.join("\n"));
    count
}

#[tokio::test]
async fn a_row_that_differs_is_seen() {
    let read = async |client: Client| tell(client.answers().read_text().send().await, |text| text.value().clone());
    let of = |line, expected: &str| row("a", line, read, Served::new(200, "text/plain", "a"), expected).check();
    assert_eq!(of("GET /answers/text", "200 a").await, Ok(()));
    assert!(of("GET /answers/texts", "200 a").await.is_err());
    assert!(of("GET /answers/text", "200 b").await.is_err());
}

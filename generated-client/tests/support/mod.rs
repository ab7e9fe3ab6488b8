//! A server that records raw requests, and the cases that they are compared with.
#![allow(dead_code, reason = "each test uses a part")]

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::sync::{Arc, Mutex};

use kestra_sdk::{Client, DecodeError, Error, Refused, StatusError, TransportError};
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A call, and the request that must come of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    pub(crate) case: String,
    #[serde(rename = "operationId")]
    pub(crate) operation_id: String,
    pub(crate) auth: Value,
    pub(crate) base: String,
    pub(crate) args: Map<String, Value>,
    pub(crate) expect: Value,
    #[serde(rename = "match")]
    pub(crate) comparison: String,
    pub(crate) serve: Option<Serve>,
}

/// The answer that the server gives.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Serve {
    pub(crate) status: u16,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Option<String>,
}

impl Serve {
    pub(crate) fn new(status: u16) -> Self {
        Self { status, headers: BTreeMap::new(), body: None }
    }

    /// A JSON answer.
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::new(status).header("Content-Type", "application/json").body(body)
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.to_owned(), value.to_owned());
        self
    }

    pub(crate) fn body(mut self, body: &str) -> Self {
        self.body = Some(body.to_owned());
        self
    }

    /// The answer as it is sent.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let body = self.body.as_deref().unwrap_or_default();
        let mut head = format!("HTTP/1.1 {} Served\r\nConnection: close\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if self.status != 204 {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        format!("{head}\r\n{body}").into_bytes()
    }
}

/// The cases, and whether they are the project's own.
pub(crate) fn cases() -> Result<(Vec<Case>, bool), Box<dyn StdError>> {
    let (text, own) = match std::env::var_os("WIRE_CASES") {
        Some(path) => {
            (std::fs::read_to_string(&path).map_err(|error| format!("WIRE_CASES={}: {error}", path.display()))?, false)
        }
        None => (include_str!("../wire-cases.json").to_owned(), true),
    };
    Ok((serde_json::from_str(&text)?, own))
}

/// A request as it came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Recorded {
    /// The value of a header; several of one name are all there, so that none goes unseen.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let found: Vec<&str> = self
            .headers
            .iter()
            .filter(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect();
        (!found.is_empty()).then(|| found.join(" | "))
    }

    /// Compares with what a case expects.
    pub(crate) fn compare(&self, case: &Case) -> Result<(), String> {
        let expect = &case.expect;
        let text = |key: &str| expect.get(key).and_then(Value::as_str);
        same("method", Some(self.method.as_str()), text("method"))?;
        let expected = text("raw_target").unwrap_or_default();
        match case.comparison.as_str() {
            "bytes" => same("target", self.target.as_str(), expected)?,
            "decoded" => same("decoded target", pieces(&self.target), pieces(expected))?,
            other => return Err(format!("`match` says {other}, which is unknown")),
        }
        let query: Vec<(String, String)> =
            serde_json::from_value(expect.get("query").cloned().unwrap_or_default()).unwrap_or_default();
        same("query", pieces(&self.target).1, query)?;
        for (name, value) in expect.get("headers").and_then(Value::as_object).into_iter().flatten() {
            same(name, self.header(name).as_deref(), value.as_str())?;
        }
        if let Some(length) = text("content_length")
            && expect.get("body").is_none_or(Value::is_null)
        {
            same("content-length", self.header("content-length").as_deref(), Some(length))?;
        }
        match expect.get("body") {
            None | Some(Value::Null) => same("body", self.body.as_slice(), b"".as_slice()),
            Some(body) => {
                let length = self.body.len().to_string();
                same("content-length", self.header("content-length").as_deref(), Some(length.as_str()))?;
                let found: Value =
                    serde_json::from_slice(&self.body).map_err(|error| format!("the body is no JSON: {error}"))?;
                same("body", &found, body)
            }
        }
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: {found:?} instead of {expected:?}")) }
}

/// A target's segments and its query's pairs, decoded.
fn pieces(target: &str) -> (Vec<String>, Vec<(String, String)>) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    (path.split('/').map(decode).collect(), pairs.map(|(name, value)| (decode(name), decode(value))).collect())
}

/// A local server that records what comes and answers as it is told.
pub(crate) struct Server {
    port: u16,
    recorded: Arc<Mutex<Vec<Recorded>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Gives one answer to the first request, and 404 to all others.
    pub(crate) async fn start(serve: Option<Serve>) -> std::io::Result<Self> {
        Self::sequence(serve.into_iter().collect()).await
    }

    /// Gives these answers, one to each request, and 404 to all that come later.
    pub(crate) async fn sequence(answers: Vec<Serve>) -> std::io::Result<Self> {
        Self::answering(move |index| Some(answers.get(index).map_or_else(|| Serve::new(404).bytes(), Serve::bytes)))
            .await
    }

    /// Gives the same answer to every request.
    pub(crate) async fn always(serve: Serve) -> std::io::Result<Self> {
        Self::answering(move |_| Some(serve.bytes())).await
    }

    /// Takes requests and never answers one.
    pub(crate) async fn silent() -> std::io::Result<Self> {
        Self::answering(|_| None).await
    }

    /// Answers the request of each index, counted from 0, with these bytes; `None` keeps it waiting.
    pub(crate) async fn answering(
        answers: impl Fn(usize) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let recorded = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&recorded);
        let task = tokio::spawn(async move {
            let mut waiting = Vec::new();
            while let Ok((stream, _)) = listener.accept().await {
                // A broken connection leaves no record, which the comparison reports.
                waiting.extend(answer(stream, &answers, &all).await.ok().flatten());
            }
        });
        Ok(Self { port, recorded, task })
    }

    /// What came so far, in order.
    pub(crate) fn recorded(&self) -> Vec<Recorded> {
        self.recorded.lock().map(|recorded| recorded.clone()).unwrap_or_default()
    }

    /// The methods and targets that came so far.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.recorded().into_iter().map(|recorded| format!("{} {}", recorded.method, recorded.target)).collect()
    }

    /// What came last; the record is empty afterwards.
    pub(crate) fn take_last(&self) -> Option<Recorded> {
        self.recorded.lock().ok().and_then(|mut recorded| std::mem::take(&mut *recorded).pop())
    }

    /// The server's URL with a base path; `/` stands for none, `//` for a slash at the end.
    pub(crate) fn url(&self, base: &str) -> String {
        let base = if base == "/" { "" } else { base.strip_prefix('/').filter(|rest| *rest == "/").unwrap_or(base) };
        format!("http://127.0.0.1:{}{base}", self.port)
    }

    /// What came, in order.
    pub(crate) async fn stop(self) -> Vec<Recorded> {
        self.task.abort();
        self.recorded()
    }
}

/// A URL where nobody listens.
pub(crate) fn closed_url() -> std::io::Result<String> {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    Ok(format!("http://127.0.0.1:{port}"))
}

/// A client for the server, without credentials.
pub(crate) fn client(server: &Server) -> Result<Client, Error> {
    Client::builder(server.url("/")).build()
}

/// A client for a server that gives these answers, one after the other.
pub(crate) async fn serving(answers: Vec<Serve>) -> Result<(Server, Client), Box<dyn StdError>> {
    let server = Server::sequence(answers).await?;
    let client = client(&server)?;
    Ok((server, client))
}

/// The one kind of error that an outcome must be.
macro_rules! kinds {
    ($($name:ident: $kind:ident => $error:ty),*) => {$(
        pub(crate) fn $name<T>(outcome: Result<T, Error>) -> Result<$error, String> {
            match outcome {
                Err(Error::$kind(error)) => Ok(error),
                Err(other) => Err(format!("another kind of error: {other:?}")),
                Ok(_) => Err("a success".to_owned()),
            }
        }
    )*};
}

kinds!(
    refused: Refused => Refused,
    transport_error: Transport => Box<TransportError>,
    status_error: Status => Box<StatusError>,
    decode_error: Decode => Box<DecodeError>
);

/// Answers a request; the stream comes back if there is no answer.
async fn answer(
    mut stream: TcpStream,
    answers: &(impl Fn(usize) -> Option<Vec<u8>> + Sync),
    all: &Mutex<Vec<Recorded>>,
) -> std::io::Result<Option<TcpStream>> {
    let recorded = read(&mut stream).await?;
    let index = all.lock().map(|mut all| {
        all.push(recorded);
        all.len() - 1
    });
    let Some(bytes) = answers(index.unwrap_or(0)) else { return Ok(Some(stream)) };
    stream.write_all(&bytes).await?;
    stream.shutdown().await?;
    Ok(None)
}

/// Reads one request, by the bytes.
pub(crate) async fn read(stream: &mut TcpStream) -> std::io::Result<Recorded> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let mut recorded = Recorded {
        method: first.next().unwrap_or_default().to_owned(),
        target: first.next().unwrap_or_default().to_owned(),
        ..Recorded::default()
    };
    recorded.headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let mut body = bytes[head_end + 4..].to_vec();
    if recorded.header("transfer-encoding").is_some() {
        body = loop {
            if let Some(body) = unchunked(&body) {
                break body;
            }
            if stream.read_buf(&mut body).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        };
    }
    let length = recorded.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    while body.len() < length {
        if stream.read_buf(&mut body).await? == 0 {
            break;
        }
    }
    recorded.body = body;
    Ok(recorded)
}

/// What came in chunks, once the last one is there (RFC 9112 section 7.1).
fn unchunked(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = chunks.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&chunks[..line]).ok()?, 16).ok()?;
        let chunk = chunks.get(line + 2..line + 2 + size)?;
        chunks = chunks.get(line + 2 + size..)?.strip_prefix(b"\r\n")?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(chunk);
    }
}

//! A server that records raw requests, and the cases that they are compared with.
#![allow(dead_code, reason = "each test uses a part")]

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::sync::{Arc, Mutex};

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

/// A local server that gives one answer to its first request, and 404 to all others.
pub(crate) struct Server {
    port: u16,
    recorded: Arc<Mutex<Vec<Recorded>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(serve: Option<Serve>) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let recorded = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&recorded);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A broken connection leaves no record, which the comparison reports.
                let _ = answer(stream, serve.as_ref(), &all).await;
            }
        });
        Ok(Self { port, recorded, task })
    }

    /// The server's URL with a base path; `/` stands for none, `//` for a slash at the end.
    pub(crate) fn url(&self, base: &str) -> String {
        let base = if base == "/" { "" } else { base.strip_prefix('/').filter(|rest| *rest == "/").unwrap_or(base) };
        format!("http://127.0.0.1:{}{base}", self.port)
    }

    /// What came, in order.
    pub(crate) async fn stop(self) -> Vec<Recorded> {
        self.task.abort();
        self.recorded.lock().map(|recorded| recorded.clone()).unwrap_or_default()
    }
}

async fn answer(mut stream: TcpStream, serve: Option<&Serve>, all: &Mutex<Vec<Recorded>>) -> std::io::Result<()> {
    let recorded = read(&mut stream).await?;
    let is_first = all.lock().map(|mut all| {
        all.push(recorded);
        all.len() == 1
    });
    let other = Serve { status: 404, headers: BTreeMap::new(), body: None };
    let serve = serve.filter(|_| is_first.unwrap_or(false)).unwrap_or(&other);
    let body = serve.body.as_deref().unwrap_or_default();
    let mut head = format!("HTTP/1.1 {} Served\r\nConnection: close\r\n", serve.status);
    for (name, value) in &serve.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if serve.status != 204 {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    stream.write_all(format!("{head}\r\n{body}").as_bytes()).await?;
    stream.shutdown().await
}

/// Reads one request, by the bytes.
async fn read(stream: &mut TcpStream) -> std::io::Result<Recorded> {
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
    let length = recorded.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = bytes[head_end + 4..].to_vec();
    while body.len() < length {
        if stream.read_buf(&mut body).await? == 0 {
            break;
        }
    }
    recorded.body = body;
    Ok(recorded)
}

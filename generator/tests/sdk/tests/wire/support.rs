//! A local server that records each request as it came, and gives the answer that it is told.

use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wire_sdk::{Client, ClientBuilder};

/// A call that was not made yet.
pub(crate) type Call<T> = Box<dyn FnOnce(Client) -> Pin<Box<dyn Future<Output = T>>>>;

/// Settings of a client that was not built yet.
pub(crate) type Settings = fn(ClientBuilder) -> ClientBuilder;

/// Makes a [`Call`] of a closure.
pub(crate) fn call<T, F: Future<Output = T> + 'static>(make: impl FnOnce(Client) -> F + 'static) -> Call<T> {
    Box::new(move |client| Box::pin(make(client)))
}

/// A request as it came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Recorded {
    /// Method and target.
    pub(crate) line: String,
    headers: Vec<(String, String)>,
    /// The body, with what chunks add to it taken out.
    pub(crate) body: Vec<u8>,
}

impl Recorded {
    /// The values of a header, several of one name side by side; none if it was not sent.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let found = self.headers.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
        let found: Vec<&str> = found.map(|(_, value)| value.as_str()).collect();
        (!found.is_empty()).then(|| found.join(" | "))
    }

    /// All other headers than these, as `name: value`.
    pub(crate) fn other_headers(&self, names: &[&str]) -> Vec<String> {
        let is_other = |name: &str| !names.iter().any(|known| known.eq_ignore_ascii_case(name));
        let others = self.headers.iter().filter(|(name, _)| is_other(name));
        others.map(|(name, value)| format!("{name}: {value}")).collect()
    }
}

/// An answer to be served.
#[derive(Debug, Clone)]
pub(crate) struct Served {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Served {
    /// An answer with nothing but its status.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::empty(status).header("Content-Type", content_type).body(body)
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Without a `Content-Length` of its own the body ends with the connection, as a stream does.
    fn bytes(&self) -> Vec<u8> {
        let head = format!("HTTP/1.1 {} Served\r\nConnection: close\r\n", self.status);
        let headers: String = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        [head.as_bytes(), headers.as_bytes(), b"\r\n", &self.body].concat()
    }
}

/// Makes a call to a server of its own, which gives the same answer to every request; tells how the
/// call ended and what came.
pub(crate) async fn exchange<T>(served: &Served, call: Call<T>) -> (T, Vec<Recorded>) {
    exchange_by(|client| client, served, call).await
}

/// The same by a client with settings.
pub(crate) async fn exchange_by<T>(settings: Settings, served: &Served, call: Call<T>) -> (T, Vec<Recorded>) {
    exchange_all(settings, std::slice::from_ref(served), call).await
}

/// The same with an answer for each request in turn, the last one for all others.
pub(crate) async fn exchange_all<T>(settings: Settings, served: &[Served], call: Call<T>) -> (T, Vec<Recorded>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::builder(format!("http://{}", listener.local_addr().unwrap()));
    let client = settings(client).build().unwrap();
    let recorded = Arc::new(Mutex::new(Vec::new()));
    let (answers, all) = (served.iter().map(Served::bytes).collect::<Vec<_>>(), Arc::clone(&recorded));
    let server = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // What breaks off is no request, and the rows miss it.
            let Ok(request) = read(&mut stream).await else { continue };
            let index = {
                let mut all = all.lock().unwrap();
                all.push(request);
                all.len().min(answers.len()) - 1
            };
            let _ = stream.write_all(&answers[index]).await;
            let _ = stream.shutdown().await;
        }
    });
    let ended = tokio::time::timeout(Duration::from_secs(10), call(client)).await;
    server.abort();
    let recorded = recorded.lock().unwrap().clone();
    (ended.expect("the call ends"), recorded)
}

/// The error and its sources, in one line.
pub(crate) fn reasons(error: &dyn StdError) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", reasons(source)),
        None => error.to_string(),
    }
}

/// Reads one request, by the bytes.
async fn read(stream: &mut TcpStream) -> std::io::Result<Recorded> {
    let mut bytes = Vec::new();
    let mut more = async |bytes: &mut Vec<u8>| match stream.read_buf(bytes).await? {
        0 => Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof)),
        _ => Ok(()),
    };
    let end = loop {
        match bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            Some(end) => break end,
            None => more(&mut bytes).await?,
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let (line, fields) = head.split_once("\r\n").unwrap_or((&head, ""));
    let fields = fields.split("\r\n").filter_map(|field| field.split_once(':'));
    let mut recorded = Recorded {
        line: line.trim_end_matches(" HTTP/1.1").to_owned(),
        headers: fields.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect(),
        body: Vec::new(),
    };
    let mut body = bytes.split_off(end + 4);
    if recorded.header("transfer-encoding").is_some() {
        recorded.body = loop {
            match unchunked(&body) {
                Some(whole) => break whole,
                None => more(&mut body).await?,
            }
        };
        return Ok(recorded);
    }
    let length = recorded.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    while body.len() < length {
        more(&mut body).await?;
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

//! A local server that answers as the API's document says, and takes what it says.

use std::error::Error;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kestra_sdk::Client;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::document::Operation;
use crate::support::{self, Recorded};

/// What an operation answers.
pub(crate) struct Answer {
    operation: &'static str,
    status: u16,
    media_type: Option<&'static str>,
    headers: Vec<(&'static str, String)>,
    pieces: Pieces,
    declared: bool,
}

/// The body.
enum Pieces {
    Whole(Vec<u8>),
    /// Less than what the headers promise.
    Broken(Vec<u8>),
    /// Each piece is sent when so many changes were seen, and the connection stays open after all.
    Live(Arc<AtomicUsize>, Vec<(usize, String)>),
}

impl Answer {
    fn new(operation: &'static str, status: u16, media_type: Option<&'static str>, pieces: Pieces) -> Self {
        Self { operation, status, media_type, headers: Vec::new(), pieces, declared: true }
    }

    pub(crate) fn empty(operation: &'static str, status: u16) -> Self {
        Self::new(operation, status, None, Pieces::Whole(Vec::new()))
    }

    pub(crate) fn json(operation: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(operation, 200, Some("application/json"), Pieces::Whole(body.into()))
    }

    /// Bytes as a file of this name.
    pub(crate) fn file(operation: &'static str, name: &str, body: impl Into<Vec<u8>>) -> Self {
        let whole = Pieces::Whole(body.into());
        Self::new(operation, 200, Some("application/octet-stream"), whole).attached(name)
    }

    /// A file whose transfer breaks off.
    pub(crate) fn broken_file(operation: &'static str, name: &str, body: impl Into<Vec<u8>>) -> Self {
        let broken = Pieces::Broken(body.into());
        Self::new(operation, 200, Some("application/octet-stream"), broken).attached(name)
    }

    /// Events, in pieces that are sent when so many of them were `seen`.
    pub(crate) fn events(operation: &'static str, seen: &Arc<AtomicUsize>, pieces: Vec<(usize, String)>) -> Self {
        Self::new(operation, 200, Some("text/event-stream"), Pieces::Live(Arc::clone(seen), pieces))
    }

    /// An error as the server sends it, which no document declares.
    pub(crate) fn error(operation: &'static str, status: u16, body: &str) -> Self {
        let whole = Pieces::Whole(body.into());
        Self { declared: false, ..Self::new(operation, status, Some("application/json"), whole) }
    }

    fn attached(mut self, name: &str) -> Self {
        self.headers.push(("Content-Disposition", format!("attachment; filename=\"{name}\"")));
        self
    }

    async fn send(self, mut stream: TcpStream, left: &AtomicBool) -> std::io::Result<()> {
        let mut head = format!("HTTP/1.1 {} Served\r\nConnection: close\r\n", self.status);
        let media_type = self.media_type.map(|media_type| ("Content-Type", media_type.to_owned()));
        for (name, value) in self.headers.into_iter().chain(media_type) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let length = match &self.pieces {
            Pieces::Whole(body) => Some(body.len()),
            Pieces::Broken(body) => Some(body.len() + 1),
            Pieces::Live(..) => None,
        };
        match length.filter(|_| self.status != 204) {
            Some(length) => head.push_str(&format!("Content-Length: {length}\r\n\r\n")),
            None => head.push_str("\r\n"),
        }
        stream.write_all(head.as_bytes()).await?;
        match self.pieces {
            Pieces::Whole(body) | Pieces::Broken(body) => {
                stream.write_all(&body).await?;
                stream.shutdown().await
            }
            Pieces::Live(seen, pieces) => {
                for (changes, piece) in pieces {
                    while seen.load(Ordering::SeqCst) < changes {
                        sleep(Duration::from_millis(1)).await;
                    }
                    stream.write_all(piece.as_bytes()).await?;
                }
                // Nothing more is sent; that the stream is over must be known from its events.
                let ended = stream.read(&mut [0]).await;
                left.store(ended.is_ok_and(|length| length == 0), Ordering::SeqCst);
                Ok(())
            }
        }
    }
}

/// The server.
pub(crate) struct Kestra {
    url: String,
    operations: Vec<&'static str>,
    recorded: Arc<Mutex<Vec<Recorded>>>,
    left: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl Kestra {
    /// Gives these answers, one to each request in this order.
    pub(crate) async fn serving(answers: impl IntoIterator<Item = Answer>) -> Result<Self, Box<dyn Error>> {
        let answers: Vec<Answer> = answers.into_iter().collect();
        for answer in answers.iter().filter(|answer| answer.declared) {
            let body = if let Pieces::Whole(body) = &answer.pieces { body.as_slice() } else { &[] };
            let declared = Operation::of(answer.operation)?.declares(answer.status, answer.media_type, body);
            declared.map_err(|error| format!("the answer to {}: {error}", answer.operation))?;
        }
        let operations = answers.iter().map(|answer| answer.operation).collect();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (recorded, left) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (all, gone) = (Arc::clone(&recorded), Arc::clone(&left));
        let task = tokio::spawn(async move {
            for answer in answers {
                let Ok((mut stream, _)) = listener.accept().await else { return };
                let Ok(request) = support::read(&mut stream).await else { return };
                if let Ok(mut all) = all.lock() {
                    all.push(request);
                }
                // A client that has gone away is the test's matter.
                let _ = answer.send(stream, &gone).await;
            }
        });
        Ok(Self { url, operations, recorded, left, task })
    }

    /// A client as the examples make it.
    pub(crate) fn client(&self) -> Result<Client, kestra_sdk::Error> {
        Client::builder(&self.url).tenant("main").bearer_token("t0ken").build()
    }

    /// Whether the client has closed the connection on which events came.
    pub(crate) async fn is_left(&self) -> bool {
        let left = async {
            while !self.left.load(Ordering::SeqCst) {
                sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(Duration::from_secs(10), left).await.is_ok()
    }

    /// The requests, each of which the document knows: one for each answer.
    pub(crate) fn requests<const N: usize>(self) -> Result<[Recorded; N], Box<dyn Error>> {
        self.task.abort();
        let recorded = self.recorded.lock().map(|mut recorded| std::mem::take(&mut *recorded)).unwrap_or_default();
        if recorded.len() != self.operations.len() {
            return Err(format!("{} requests instead of {}", recorded.len(), self.operations.len()).into());
        }
        for (operation, request) in self.operations.iter().zip(&recorded) {
            let taken = Operation::of(operation)?.takes(request);
            taken.map_err(|error| format!("{operation}, {} {}: {error}", request.method, request.target))?;
        }
        recorded.try_into().map_err(|recorded: Vec<_>| format!("{} requests", recorded.len()).into())
    }
}

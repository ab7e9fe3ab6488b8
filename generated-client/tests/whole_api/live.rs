//! A server whose answers take their time, and that knows when nobody listens any more.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Sends the same pieces over each connection, each after a pause, and then nothing more: it never
/// closes a connection by itself.
pub(crate) struct Live {
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
    closed: mpsc::UnboundedReceiver<()>,
    task: JoinHandle<()>,
}

impl Live {
    pub(crate) async fn start(pieces: Vec<(Duration, Vec<u8>)>) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (sender, closed) = mpsc::unbounded_channel();
        let all = Arc::clone(&heads);
        let pieces = Arc::new(pieces);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (pieces, all, sender) = (Arc::clone(&pieces), Arc::clone(&all), sender.clone());
                tokio::spawn(async move {
                    // The connection is over whether by an end or by an error.
                    let _ = serve(stream, &pieces, &all).await;
                    let _ = sender.send(());
                });
            }
        });
        Ok(Self { port, heads, closed, task })
    }

    /// A stream of events, one piece for each text.
    pub(crate) async fn events(pause: Duration, texts: &[&str]) -> std::io::Result<Self> {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
        let mut pieces = vec![(Duration::ZERO, head.into())];
        pieces.extend(texts.iter().map(|text| (pause, text.as_bytes().to_vec())));
        Self::start(pieces).await
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The heads of the requests so far.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().map(|heads| heads.clone()).unwrap_or_default()
    }

    /// Waits until the caller has closed a connection.
    pub(crate) async fn closed(&mut self) -> Result<(), tokio::time::error::Elapsed> {
        tokio::time::timeout(Duration::from_secs(20), self.closed.recv()).await.map(drop)
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers, and waits for the other end to close.
async fn serve(
    mut stream: TcpStream,
    pieces: &[(Duration, Vec<u8>)],
    heads: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    while !bytes.windows(4).any(|window| window == b"\r\n\r\n") {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
    }
    if let Ok(mut heads) = heads.lock() {
        heads.push(String::from_utf8_lossy(&bytes).into_owned());
    }
    for (pause, piece) in pieces {
        tokio::time::sleep(*pause).await;
        stream.write_all(piece).await?;
    }
    while stream.read_buf(&mut bytes).await? != 0 {}
    Ok(())
}

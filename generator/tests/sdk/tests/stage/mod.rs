//! A server that a test plays by hand, one connection at a time.
#![allow(dead_code, reason = "each test uses a part")]

use std::error::Error as StdError;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use wire_sdk::{Client, ClientBuilder, Error, Response};

pub(crate) type Outcome = Result<(), Box<dyn StdError>>;

/// Longer than anything takes that goes well.
pub(crate) const LONG: Duration = Duration::from_secs(20);

/// Where the server waits for callers.
pub(crate) struct Stage {
    listener: TcpListener,
}

impl Stage {
    pub(crate) async fn open() -> io::Result<Self> {
        Self::open_at(([127, 0, 0, 1], 0).into()).await
    }

    pub(crate) async fn open_at(address: SocketAddr) -> io::Result<Self> {
        Ok(Self { listener: TcpListener::bind(address).await? })
    }

    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    pub(crate) fn url(&self) -> io::Result<String> {
        Ok(format!("http://{}", self.listener.local_addr()?))
    }

    /// A client's settings for the server.
    pub(crate) fn builder(&self) -> io::Result<ClientBuilder> {
        Ok(Client::builder(self.url()?))
    }

    pub(crate) fn client(&self) -> Result<Client, Box<dyn StdError>> {
        Ok(self.builder()?.build()?)
    }

    /// The next caller, once its request is there.
    pub(crate) async fn caller(&self) -> io::Result<Caller> {
        let (stream, _) = timeout(LONG, self.listener.accept()).await.map_err(|_| io::ErrorKind::TimedOut)??;
        Caller::listen(stream).await
    }

    /// Whether somebody calls within a moment.
    pub(crate) async fn is_called(&self) -> bool {
        timeout(Duration::from_millis(150), self.listener.accept()).await.is_ok()
    }

    /// The answer to a request, begun with a media type, and who sent it.
    pub(crate) async fn answer<T>(
        &self,
        request: impl Future<Output = Result<Response<T>, Error>>,
        media_type: &str,
    ) -> Result<(T, Caller), Box<dyn StdError>> {
        let answering = async {
            let mut caller = self.caller().await?;
            caller.begin(200, media_type).await?;
            Ok::<_, io::Error>(caller)
        };
        let (answer, caller) = timeout(LONG, async { tokio::join!(request, answering) }).await?;
        Ok((answer?.into_inner(), caller?))
    }
}

/// Somebody who sent a request and waits for the answer.
pub(crate) struct Caller {
    stream: TcpStream,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Caller {
    async fn listen(mut stream: TcpStream) -> io::Result<Self> {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break at;
            }
            if stream.read_buf(&mut bytes).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut caller = Self { stream, head, body: bytes.split_off(end + 4) };
        let length = caller.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        while caller.body.len() < length {
            caller.stream.read_buf(&mut caller.body).await?;
        }
        Ok(caller)
    }

    /// The request line without the version.
    pub(crate) fn request(&self) -> &str {
        let line = self.head.lines().next().unwrap_or_default();
        line.rsplit_once(' ').map_or(line, |(request, _)| request)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let fields = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        fields.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// Begins an answer that comes in pieces; without a media type none is stated.
    pub(crate) async fn begin(&mut self, status: u16, media_type: &str) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {status} Played\r\nTransfer-Encoding: chunked\r\n");
        if !media_type.is_empty() {
            head += &format!("Content-Type: {media_type}\r\n");
        }
        self.stream.write_all(format!("{head}\r\n").as_bytes()).await
    }

    /// Sends a piece of the answer.
    pub(crate) async fn say(&mut self, piece: impl AsRef<[u8]>) -> io::Result<()> {
        let piece = piece.as_ref();
        self.stream.write_all(&[format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat()).await
    }

    /// Ends the answer.
    pub(crate) async fn end(mut self) -> io::Result<()> {
        self.stream.write_all(b"0\r\n\r\n").await?;
        self.stream.shutdown().await
    }

    /// Gives a whole answer without a body, with more fields of its head.
    pub(crate) async fn reply(mut self, status: u16, fields: &str) -> io::Result<()> {
        let head = format!("HTTP/1.1 {status} Played\r\nConnection: close\r\nContent-Length: 0\r\n{fields}\r\n");
        self.stream.write_all(head.as_bytes()).await?;
        self.stream.shutdown().await
    }

    /// Gives a whole answer.
    pub(crate) async fn whole(mut self, status: u16, media_type: &str, body: &str) -> io::Result<()> {
        let head = format!("HTTP/1.1 {status} Played\r\nConnection: close\r\nContent-Type: {media_type}\r\n");
        let length = if status == 204 { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        self.stream.write_all(format!("{head}{length}\r\n{body}").as_bytes()).await?;
        self.stream.shutdown().await
    }

    /// Gives an answer byte for byte.
    pub(crate) async fn raw(&mut self, answer: &str) -> io::Result<()> {
        self.stream.write_all(answer.as_bytes()).await
    }

    /// Hangs up in the middle of the answer.
    pub(crate) fn hang_up(self) {
        drop(self);
    }

    /// Whether the caller hangs up, while the server would still go on.
    pub(crate) async fn leaves(mut self) -> bool {
        let mut rest = Vec::new();
        matches!(timeout(LONG, self.stream.read_to_end(&mut rest)).await, Ok(outcome) if outcome.is_err() || rest.is_empty())
    }
}

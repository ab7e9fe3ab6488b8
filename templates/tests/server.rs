//! A server that records one request and gives one answer.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::calls::Answer;

/// A request as it came.
pub(crate) struct Recorded {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// A server for one exchange.
pub(crate) struct Server {
    listener: TcpListener,
    port: u16,
}

impl Server {
    pub(crate) async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Answers what a call sends. The request is none if the call ends without one.
    pub(crate) async fn answer<T>(
        self,
        answer: &Answer,
        call: impl Future<Output = T>,
    ) -> io::Result<(Option<Recorded>, T)> {
        let mut call = std::pin::pin!(call);
        let mut serve = std::pin::pin!(serve(&self.listener, answer));
        let mut recorded = None;
        // Both at once: the call waits for the answer, and the answer for the call.
        let came = std::future::poll_fn(|context| {
            if recorded.is_none()
                && let std::task::Poll::Ready(served) = serve.as_mut().poll(context)
            {
                recorded = Some(served);
            }
            call.as_mut().poll(context)
        })
        .await;
        Ok((recorded.transpose()?, came))
    }
}

async fn serve(listener: &TcpListener, answer: &Answer) -> io::Result<Recorded> {
    let (mut stream, _) = listener.accept().await?;
    let recorded = read(&mut stream).await?;
    let mut head = format!("HTTP/1.1 {} Answered\r\nConnection: close\r\n", answer.status);
    if let Some(media_type) = answer.media_type {
        head.push_str(&format!("Content-Type: {media_type}\r\n"));
    }
    // RFC 9110, sections 8.6 and 15.3.6: such answers have no body and tell of none.
    if !matches!(answer.status, 204 | 205 | 304) {
        head.push_str(&format!("Content-Length: {}\r\n", answer.body.len()));
    }
    let body = if recorded.method == "HEAD" { "" } else { answer.body };
    stream.write_all(format!("{head}\r\n{body}").as_bytes()).await?;
    stream.shutdown().await?;
    Ok(recorded)
}

/// Reads one request.
async fn read(stream: &mut TcpStream) -> io::Result<Recorded> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        more(stream, &mut bytes).await?;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut body = bytes.split_off(end + 4);
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let header = |wanted: &str| headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    if header("transfer-encoding").is_some_and(|(_, value)| value.eq_ignore_ascii_case("chunked")) {
        body = chunks(stream, body).await?;
    } else {
        let length = header("content-length").and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
        while body.len() < length {
            more(stream, &mut body).await?;
        }
    }
    Ok(Recorded { method: method.to_owned(), target: target.to_owned(), headers, body })
}

/// Reads a chunked body (RFC 9112, section 7.1).
async fn chunks(stream: &mut TcpStream, mut rest: Vec<u8>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = loop {
            if let Some(at) = rest.windows(2).position(|window| window == b"\r\n") {
                break at;
            }
            more(stream, &mut rest).await?;
        };
        let length = String::from_utf8_lossy(&rest[..line]);
        let length = usize::from_str_radix(length.split(';').next().unwrap_or_default().trim(), 16);
        let length = length.map_err(|_| io::ErrorKind::InvalidData)?;
        while rest.len() < line + 2 + length + 2 {
            more(stream, &mut rest).await?;
        }
        body.extend_from_slice(&rest[line + 2..line + 2 + length]);
        rest.drain(..line + 2 + length + 2);
        if length == 0 {
            return Ok(body);
        }
    }
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> io::Result<()> {
    if stream.read_buf(bytes).await? == 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}

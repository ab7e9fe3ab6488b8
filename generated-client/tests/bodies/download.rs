//! Bodies that are read while they come: whole or broken, into memory, files and streams.

use std::fmt::Write as _;
use std::future::poll_fn;
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::runtime::{Case, Client, Download, Error, Operation, Request, Status, TransportError, decode};
use super::support::{Serve, Server};
use super::{Outcome, Upload, operation, reasons, request};

type Failed = Box<dyn std::error::Error>;

/// A request whose answer is read while it comes.
fn downloading(url: &str) -> Result<Request<Download>, Error> {
    let plain = operation("GET");
    let streamed: &'static Operation = Box::leak(Box::new(Operation {
        id: "download",
        method: "GET",
        path: plain.path,
        scoped: None,
        params: &[],
        accept: None,
        auth: &[],
        answers: Box::leak(Box::new([Case::streamed(Status::Range(2), "*/*")])),
    }));
    Ok(Request::new(&Client::builder(url).build()?, streamed, decode::download))
}

/// The download of an answer with these header lines and this body, after which the server closes.
async fn of(headers: &str, body: &[u8]) -> Result<Download, Failed> {
    let mut answer = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n{headers}\r\n").into_bytes();
    answer.extend_from_slice(body);
    let server = Server::answering(move |_| Some(answer.clone())).await?;
    let answer = downloading(&server.url("/"))?.send().await?;
    Ok(answer.into_inner())
}

/// The same with its length.
async fn whole(body: &[u8]) -> Result<Download, Failed> {
    of(&format!("Content-Length: {}\r\n", body.len()), body).await
}

/// A server that sends this and then nothing, and the download of its answer.
async fn unfinished(answer: &'static str) -> Result<(tokio::task::JoinHandle<usize>, Download), Failed> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = tokio::spawn(async move {
        let Ok((mut stream, _)) = listener.accept().await else { return usize::MAX };
        let mut request = [0; 1024];
        let _ = stream.read(&mut request).await;
        let _ = stream.write_all(answer.as_bytes()).await;
        // Nothing more comes from the client but the end.
        stream.read(&mut request).await.unwrap_or(0)
    });
    Ok((server, downloading(&url)?.send().await?.into_inner()))
}

fn transport(error: Error) -> Result<Box<TransportError>, String> {
    match error {
        Error::Transport(error) => Ok(error),
        other => Err(format!("another kind of error: {other:?}")),
    }
}

/// The names in a folder.
fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let entries = std::fs::read_dir(folder)?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

#[tokio::test]
async fn pieces_come_one_by_one_and_then_nothing() -> Outcome {
    let mut download = of("Transfer-Encoding: chunked\r\n", b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").await?;
    let mut all = Vec::new();
    while let Some(piece) = download.chunk().await? {
        assert!(!piece.is_empty());
        all.extend_from_slice(&piece);
    }
    assert_eq!(all, b"abcde");
    assert!(download.chunk().await?.is_none(), "the end stays the end");
    Ok(())
}

#[tokio::test]
async fn it_is_a_stream() -> Outcome {
    let mut download = whole(b"abc").await?;
    let mut all = Vec::new();
    while let Some(piece) = poll_fn(|cx| Pin::new(&mut download).poll_next(cx)).await {
        all.extend_from_slice(&piece?);
    }
    assert_eq!(all, b"abc");
    Ok(())
}

#[tokio::test]
async fn it_is_a_reader_and_what_was_not_read_stays() -> Outcome {
    let mut download = whole(b"0123456789").await?;
    let mut four = [0; 4];
    download.read_exact(&mut four).await?;
    assert_eq!(&four, b"0123");
    assert_eq!(download.chunk().await?, Some(Bytes::from_static(b"456789")));
    assert_eq!(download.read(&mut four).await?, 0);
    Ok(())
}

#[tokio::test]
async fn it_can_be_sent_on() -> Outcome {
    let content = vec![b'x'; 300_000];
    let download = whole(&content).await?;
    let length = download.content_length();
    assert_eq!(length, Some(300_000));
    let server = Server::start(Some(Serve::new(204))).await?;
    let upload = Upload::reader(download, length);
    request(&server, "PUT")?.upload("application/octet-stream", upload).send().await?;
    let recorded = server.take_last().ok_or("nothing came")?;
    assert_eq!(recorded.header("content-length").as_deref(), Some("300000"));
    assert!(recorded.body == content, "byte for byte");
    Ok(())
}

#[tokio::test]
async fn memory_takes_a_body_up_to_the_limit() -> Outcome {
    assert_eq!(whole(b"12345").await?.bytes(5).await?, "12345");
    assert_eq!(whole(b"").await?.bytes(0).await?, "");
    let chunks = |limit| async move {
        of("Transfer-Encoding: chunked\r\n", b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
            .await?
            .bytes(limit)
            .await
            .map_err(Failed::from)
    };
    assert_eq!(chunks(u64::MAX).await?, "abcde");
    assert_eq!(chunks(5).await?, "abcde");
    for outcome in [whole(b"12345").await?.bytes(4).await.map_err(Failed::from), chunks(4).await] {
        let error = outcome.err().ok_or("read")?;
        assert!(reasons(&*error).contains("longer than the limit of 4 bytes"), "{}", reasons(&*error));
    }
    let error = transport(whole(b"12345").await?.bytes(0).await.err().ok_or("read")?)?;
    assert!(error.is_local() && !error.is_timeout() && !error.is_connect());
    assert_eq!((error.operation(), error.status().map(|status| status.as_u16())), ("download", Some(200)));
    Ok(())
}

#[tokio::test]
async fn a_length_beyond_the_limit_is_refused_before_anything_is_read() -> Outcome {
    // Waiting for the body would take forever.
    let (_server, download) = unfinished("HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n").await?;
    let reading = tokio::time::timeout(Duration::from_secs(5), download.bytes(10)).await?;
    assert!(reading.is_err());
    Ok(())
}

#[tokio::test]
async fn a_file_is_written_and_its_length_told() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("out.bin");
    for content in [vec![b'x'; 300_000], b"shorter".to_vec(), Vec::new()] {
        let length = whole(&content).await?.to_file(&path).await?;
        assert_eq!(length, content.len() as u64);
        assert!(std::fs::read(&path)? == content, "byte for byte");
        assert_eq!(names(folder.path())?, ["out.bin"]);
    }
    Ok(())
}

#[tokio::test]
async fn a_broken_download_leaves_no_file_and_keeps_the_old_one() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("out.bin");
    for old in [None, Some("old")] {
        if let Some(old) = old {
            std::fs::write(&path, old)?;
        }
        for (headers, body) in
            [("Content-Length: 10\r\n", "12345"), ("Transfer-Encoding: chunked\r\n", "5\r\n12345\r\n")]
        {
            let error = of(headers, body.as_bytes()).await?.to_file(&path).await.err().ok_or("written")?;
            assert!(!transport(error)?.is_local(), "the server broke off");
            assert_eq!(std::fs::read_to_string(&path).ok().as_deref(), old);
            assert_eq!(names(folder.path())?.len(), usize::from(old.is_some()), "nothing else stays behind");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_download_that_nobody_waits_for_leaves_no_file_and_closes_the_connection() -> Outcome {
    let folder = tempfile::tempdir()?;
    let (server, download) = unfinished("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345").await?;
    let writing =
        tokio::time::timeout(Duration::from_millis(200), download.to_file(folder.path().join("out.bin"))).await;
    assert!(writing.is_err(), "it cannot end");
    assert!(names(folder.path())?.is_empty(), "{:?}", names(folder.path())?);
    assert_eq!(tokio::time::timeout(Duration::from_secs(5), server).await??, 0, "the server sees the end");
    Ok(())
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_named() -> Outcome {
    let folder = tempfile::tempdir()?;
    let missing = folder.path().join("missing").join("out.bin");
    for path in [missing.as_path(), folder.path()] {
        let error = transport(whole(b"12345").await?.to_file(path).await.err().ok_or("written")?)?;
        assert!(error.is_local());
        assert!(reasons(&*error).contains(&path.display().to_string()), "{}", reasons(&*error));
    }
    assert!(names(folder.path())?.is_empty());
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_stays_one_and_permissions_stay() -> Outcome {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir()?;
    let (target, link) = (folder.path().join("target"), folder.path().join("link"));
    std::fs::write(&target, "old")?;
    std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o600))?;
    symlink("target", &link)?;
    whole(b"new").await?.to_file(&link).await?;
    assert!(link.is_symlink());
    assert_eq!(std::fs::read_to_string(&target)?, "new");
    assert_eq!(target.metadata()?.permissions().mode() & 0o777, 0o600);
    // A device is written to, not replaced.
    assert_eq!(whole(b"new").await?.to_file("/dev/null").await?, 3);
    assert!(!Path::new("/dev/null").metadata()?.is_file());
    Ok(())
}

#[tokio::test]
async fn what_the_server_states_is_told() -> Outcome {
    let download = of("Content-Type: text/csv; charset=utf-8\r\nContent-Length: 1\r\n", b"x").await?;
    assert_eq!(download.content_type(), Some("text/csv; charset=utf-8"));
    assert_eq!((download.content_length(), download.file_name()), (Some(1), None));
    let download = of("", b"x").await?;
    assert_eq!((download.content_length(), download.content_type()), (None, None));
    assert_eq!(download.bytes(1).await?, "x", "ended by the connection's end");
    Ok(())
}

#[tokio::test]
async fn a_suggested_name_is_never_a_path() -> Outcome {
    let rows: [(&[u8], Option<&str>); 30] = [
        (b"attachment; filename=plain.txt", Some("plain.txt")),
        (b"attachment;filename=\"with blank; and semicolon.txt\"", Some("with blank; and semicolon.txt")),
        (b"ATTACHMENT; FILENAME=a", Some("a")),
        (b"inline; size=3 ; filename = \"a b\" ; x=y", Some("a b")),
        (b"attachment; filename=\"a\\\"b\"", Some("a\"b")),
        (b"attachment; filename=\"open", Some("open")),
        (b"attachment; filename*=UTF-8''%e2%82%ac%20rates.csv", Some("\u{20ac} rates.csv")),
        (b"attachment; filename=\"EURO.csv\"; filename*=utf-8''%e2%82%ac.csv", Some("\u{20ac}.csv")),
        (b"attachment; filename*=utf-8'en'%e2%82%ac.csv; filename=\"EURO.csv\"", Some("\u{20ac}.csv")),
        (b"attachment; filename*=iso-8859-1''%a3", Some("\u{a3}")),
        (b"attachment; filename*=utf-8''%ff; filename=fallback", Some("fallback")),
        (b"attachment; filename*=klingon''x; filename=fallback", Some("fallback")),
        (b"attachment; filename*=broken; filename=fallback", Some("fallback")),
        ("attachment; filename=\"grüße\"".as_bytes(), Some("gr\u{fc}\u{df}e")),
        (b"attachment; filename=\"gr\xfc\xdfe\"", Some("gr\u{fc}\u{df}e")),
        (b"attachment; filename=\"/etc/passwd\"", Some("passwd")),
        (b"attachment; filename=\"../../up.txt\"", Some("up.txt")),
        (b"attachment; filename=\"C:\\\\temp\\\\x.txt\"", Some("x.txt")),
        (b"attachment; filename=\"C:x.txt\"", Some("x.txt")),
        (b"attachment; filename*=UTF-8''..%2f..%2fup.txt", Some("up.txt")),
        (b"attachment; filename*=UTF-8''a%00b%0a.txt", Some("ab.txt")),
        (b"attachment; filename=\"..\"", None),
        (b"attachment; filename=\"a/..\"", None),
        (b"attachment; filename=.", None),
        (b"attachment; filename=\"folder/\"", None),
        (b"attachment; filename=\"  \"", None),
        (b"attachment; filename=", None),
        (b"attachment; filename", None),
        (b"attachment; name=\"filename=x\"", None),
        (b"attachment", None),
    ];
    for (value, expected) in rows {
        // Bytes beyond ASCII reach the header as they are.
        let mut answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\nContent-Disposition: ".to_vec();
        answer.extend_from_slice(value);
        answer.extend_from_slice(b"\r\n\r\n");
        let server = Server::answering(move |_| Some(answer.clone())).await?;
        let name = downloading(&server.url("/"))?.send().await?.file_name();
        let mut shown = String::new();
        write!(shown, "{}", value.escape_ascii())?;
        assert_eq!(name.as_deref(), expected, "{shown}");
    }
    Ok(())
}

#[tokio::test]
async fn nothing_of_the_body_is_shown() -> Outcome {
    let shown = format!("{:?}", of("Content-Length: 6\r\nX-Token: secret\r\n", b"secret").await?);
    assert!(!shown.contains("secret") && shown.contains("download"), "{shown}");
    Ok(())
}

#[tokio::test]
async fn a_failure_is_a_status_error_as_ever() -> Outcome {
    let server = Server::start(Some(Serve::json(404, "{}"))).await?;
    let error = downloading(&server.url("/"))?.send().await.err().ok_or("a success")?;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.body().map(|body| &body[..]), Some(&b"{}"[..]));
    Ok(())
}

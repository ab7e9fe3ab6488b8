//! Bodies from bytes, files and readers: length where known, chunks where not, and nothing garbled.

use std::io;

use http::header::LOCATION;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::runtime::{Client, Request, decode};
use super::support::{Serve, Server};
use super::{Outcome, Upload, operation, reasons, request, sent};

const TYPE: &str = "application/octet-stream";

#[tokio::test]
async fn bytes_of_every_kind_go_with_their_length() -> Outcome {
    let uploads: [(Upload, &[u8]); 7] = [
        (b"a\0\xff".into(), b"a\0\xff"),
        ("grüße".into(), "grüße".as_bytes()),
        ("text".to_owned().into(), b"text"),
        (vec![1, 2].into(), &[1, 2]),
        ((&[3, 4][..]).into(), &[3, 4]),
        (bytes::Bytes::from_static(b"x").into(), b"x"),
        (Upload::bytes(""), b""),
    ];
    for (upload, expected) in uploads {
        assert_eq!(upload.length(), Some(expected.len() as u64));
        let recorded = sent(|request| request.upload(TYPE, upload)).await?;
        assert_eq!(recorded.body, expected);
        assert_eq!(recorded.header("content-length"), Some(expected.len().to_string()));
        assert_eq!(recorded.header("content-type").as_deref(), Some(TYPE));
        assert_eq!(recorded.header("transfer-encoding"), None);
    }
    Ok(())
}

#[tokio::test]
async fn a_file_goes_with_its_length_and_without_what_was_added_later() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("flow.yaml");
    let content: Vec<u8> = (0..200_000_u32).map(|number| number as u8).collect();
    std::fs::write(&path, &content)?;
    let upload = Upload::file(&path).await?;
    assert_eq!((upload.length(), upload.name()), (Some(200_000), Some("flow.yaml")));
    io::Write::write_all(&mut std::fs::OpenOptions::new().append(true).open(&path)?, b"later")?;
    let recorded = sent(|request| request.upload(TYPE, upload)).await?;
    assert_eq!(recorded.header("content-length").as_deref(), Some("200000"));
    assert!(recorded.body == content, "byte for byte");
    Ok(())
}

#[tokio::test]
async fn an_empty_file_is_an_empty_body() -> Outcome {
    let file = tempfile::NamedTempFile::new()?;
    let upload = Upload::file(file.path()).await?;
    let recorded = sent(|request| request.upload(TYPE, upload)).await?;
    assert_eq!((recorded.header("content-length").as_deref(), recorded.body.len()), (Some("0"), 0));
    Ok(())
}

#[tokio::test]
async fn a_file_that_is_none_is_an_error_before_sending() -> Outcome {
    let folder = tempfile::tempdir()?;
    let missing = Upload::file(folder.path().join("missing.txt")).await.err().ok_or("opened")?;
    assert_eq!(missing.kind(), io::ErrorKind::NotFound);
    assert!(missing.to_string().contains("missing.txt"), "{missing}");
    let directory = Upload::file(folder.path()).await.err().ok_or("opened")?;
    assert_eq!(directory.kind(), io::ErrorKind::IsADirectory);
    Ok(())
}

#[tokio::test]
async fn a_file_that_becomes_shorter_fails_the_request() -> Outcome {
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), "0123456789")?;
    let upload = Upload::file(file.path()).await?;
    std::fs::write(file.path(), "01234")?;
    let server = Server::start(Some(Serve::new(204))).await?;
    let error = request(&server, "POST")?.upload(TYPE, upload).send().await.err().ok_or("sent")?;
    assert!(reasons(&error).contains("ended before the length"), "{}", reasons(&error));
    Ok(())
}

#[tokio::test]
async fn a_reader_of_unknown_length_goes_in_chunks() -> Outcome {
    for content in [b"".to_vec(), b"abc".to_vec(), vec![7; 300_000]] {
        let upload = Upload::reader(io::Cursor::new(content.clone()), None);
        assert_eq!(upload.length(), None);
        let recorded = sent(|request| request.upload(TYPE, upload)).await?;
        assert_eq!(recorded.header("transfer-encoding").as_deref(), Some("chunked"));
        assert_eq!(recorded.header("content-length"), None);
        assert!(recorded.body == content, "byte for byte");
    }
    Ok(())
}

#[tokio::test]
async fn no_method_loses_its_body() -> Outcome {
    for method in ["GET", "DELETE", "OPTIONS", "PATCH"] {
        for length in [None, Some(3)] {
            let server = Server::start(Some(Serve::new(204))).await?;
            let upload = Upload::reader("abc".as_bytes(), length);
            request(&server, method)?.upload(TYPE, upload).send().await?;
            let recorded = server.take_last().ok_or("nothing came")?;
            assert_eq!((recorded.method.as_str(), &recorded.body[..]), (method, &b"abc"[..]));
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_reader_of_known_length_goes_with_it() -> Outcome {
    for length in [1_usize, 64 * 1024, 64 * 1024 + 1, 300_000] {
        let content = vec![b'x'; length];
        let upload = Upload::reader(io::Cursor::new(content.clone()), Some(length as u64));
        let recorded = sent(|request| request.upload(TYPE, upload)).await?;
        assert_eq!(recorded.header("content-length"), Some(length.to_string()));
        assert!(recorded.body == content, "byte for byte");
    }
    Ok(())
}

#[tokio::test]
async fn a_reader_that_dribbles_is_sent_whole() -> Outcome {
    let (mut writer, reader) = tokio::io::duplex(3);
    let content: Vec<u8> = (0..=255).collect();
    let all = content.clone();
    let writing = tokio::spawn(async move { tokio::io::AsyncWriteExt::write_all(&mut writer, &all).await });
    let recorded = sent(|request| request.upload(TYPE, Upload::reader(reader, Some(256)))).await?;
    writing.await??;
    assert_eq!(recorded.body, content);
    Ok(())
}

#[tokio::test]
async fn a_reader_that_breaks_its_promise_fails_the_request() -> Outcome {
    for (content, more, promised, reason) in [
        ("0123456789", "", 11, "ended before the length"),
        ("", "", 1, "ended before the length"),
        ("0123456789", "", 9, "goes on behind the length"),
        ("0123456789", "", 1, "goes on behind the length"),
        // Where one piece ends with the promised length, only the next one tells.
        ("0123456789", "more", 10, "goes on behind the length"),
        ("0123456789", "more", 12, "goes on behind the length"),
    ] {
        let server = Server::start(Some(Serve::new(204))).await?;
        let upload = Upload::reader(content.as_bytes().chain(more.as_bytes()), Some(promised));
        let error = request(&server, "POST")?.upload(TYPE, upload).send().await.err().ok_or("sent")?;
        assert!(reasons(&error).contains(reason), "{}", reasons(&error));
        // The server must not take what came for a complete request.
        let complete = |body: &[u8]| body.len() as u64 == promised;
        assert!(!server.recorded().iter().any(|recorded| complete(&recorded.body)), "{content:?} as {promised}");
    }
    Ok(())
}

#[tokio::test]
async fn the_beginning_of_a_reader_can_be_sent() -> Outcome {
    let reader = "0123456789".as_bytes().take(4);
    let recorded = sent(|request| request.upload(TYPE, Upload::reader(reader, Some(4)))).await?;
    assert_eq!(recorded.body, b"0123");
    Ok(())
}

#[tokio::test]
async fn an_error_while_reading_fails_the_request() -> Outcome {
    let (_server, request) = {
        let server = Server::start(Some(Serve::new(204))).await?;
        let request = request(&server, "POST")?;
        (server, request)
    };
    let reader = "begun".as_bytes().chain(Broken);
    let error = request.upload(TYPE, Upload::reader(reader, None)).send().await.err().ok_or("sent")?;
    assert!(reasons(&error).contains("the disk is on fire"), "{}", reasons(&error));
    Ok(())
}

/// A reader that always fails.
struct Broken;

impl tokio::io::AsyncRead for Broken {
    fn poll_read(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        _: &mut tokio::io::ReadBuf<'_>,
    ) -> std::task::Poll<io::Result<()>> {
        std::task::Poll::Ready(Err(io::Error::other("the disk is on fire")))
    }
}

#[tokio::test]
async fn an_answer_that_comes_early_is_read() -> Outcome {
    // Some servers answer before they have read everything, and stop listening.
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        stream.read_exact(&mut [0; 512]).await?;
        stream.write_all(b"HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\nConnection: close\r\n\r\nlarge").await?;
        stream.shutdown().await?;
        // The rest is read and forgotten, so that the answer is not lost to a reset.
        tokio::io::copy(&mut stream, &mut tokio::io::sink()).await
    });
    let client = Client::builder(url).build()?;
    let upload = Upload::reader(tokio::io::repeat(7).take(64 * 1024 * 1024), Some(64 * 1024 * 1024));
    let request = Request::<()>::new(&client, operation("POST"), decode::empty);
    let error = request.upload(TYPE, upload).send().await.err().ok_or("a success")?;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(413), "{}", reasons(&error));
    assert_eq!(error.body().map(|body| &body[..]), Some(&b"large"[..]));
    Ok(())
}

#[tokio::test]
async fn only_what_can_be_sent_again_follows_a_redirect() -> Outcome {
    let whole = || Upload::bytes("content");
    let stream = || Upload::reader("content".as_bytes(), Some(7));
    for (upload, followed) in [(whole(), true), (stream(), false)] {
        let moved = Serve::new(307).header(LOCATION.as_str(), "/moved");
        let server = Server::sequence(vec![moved, Serve::new(204)]).await?;
        let outcome = request(&server, "PUT")?.upload(TYPE, upload).send().await;
        let targets = server.targets();
        if followed {
            outcome?;
            assert_eq!(targets, ["PUT /content", "PUT /moved"]);
            assert_eq!(server.recorded()[1].body, b"content");
        } else {
            let error = outcome.err().ok_or("followed")?;
            assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
            assert_eq!(targets, ["PUT /content"]);
        }
    }
    Ok(())
}

#[test]
fn nothing_of_the_content_is_shown() {
    let shown = format!("{:?} {:?}", Upload::bytes("secret"), Upload::reader("secret".as_bytes(), None));
    assert!(!shown.contains("secret") && shown.contains('6'), "{shown}");
}

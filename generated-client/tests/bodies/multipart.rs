//! `multipart/form-data`, byte for byte.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::runtime::Part;
use super::support::{Recorded, Serve, Server};
use super::{Multipart, Outcome, Upload, request, sent};

const FORM: &str = "multipart/form-data";

/// What came, with `BOUNDARY` for the boundary.
async fn form(body: Multipart) -> Result<(Recorded, String), Box<dyn std::error::Error>> {
    let recorded = sent(|request| request.multipart(FORM, body)).await?;
    let kind = recorded.header("content-type").unwrap_or_default();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").ok_or(format!("no boundary: {kind}"))?;
    assert!((20..=70).contains(&boundary.len()), "{boundary}");
    assert!(boundary.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{boundary} needs quotes");
    let text = String::from_utf8(recorded.body.clone())?.replace(boundary, "BOUNDARY");
    Ok((recorded, text))
}

#[tokio::test]
async fn parts_go_in_their_order_each_as_its_kind() -> Outcome {
    let body = Multipart::new()
        .text("comment", "two\r\nlines")
        .json("labels", &json!({"env": "prod"}))
        .file("files", "grüße.csv", "a;b")
        .part("files", Part::file("plain.txt", Upload::reader("cd".as_bytes(), Some(2))).content_type("text/plain"))
        .part("note", Part::text("<b>").content_type("text/html").file_name("n.html"))
        .text("comment", "");
    let (recorded, text) = form(body).await?;
    let expected = "--BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"comment\"\r\n\r\n\
        two\r\nlines\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"labels\"\r\n\
        Content-Type: application/json\r\n\r\n\
        {\"env\":\"prod\"}\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"files\"; filename=\"grüße.csv\"\r\n\
        Content-Type: application/octet-stream\r\n\r\n\
        a;b\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"files\"; filename=\"plain.txt\"\r\n\
        Content-Type: text/plain\r\n\r\n\
        cd\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"note\"; filename=\"n.html\"\r\n\
        Content-Type: text/html\r\n\r\n\
        <b>\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"comment\"\r\n\r\n\
        \r\n\
        --BOUNDARY--\r\n";
    assert_eq!(text, expected);
    assert_eq!(recorded.header("content-length"), Some(recorded.body.len().to_string()), "all lengths are known");
    Ok(())
}

/// A boundary that a document names is not known to be free of the content.
#[tokio::test]
async fn the_boundary_is_our_own_whatever_the_document_says() -> Outcome {
    for media_type in
        ["multipart/form-data; boundary=\"x\"", "multipart/form-data;Boundary=x", "multipart/form-data ; boundary= x "]
    {
        let recorded = sent(|request| request.multipart(media_type, Multipart::new().text("a", "--x--"))).await?;
        let kind = recorded.header("content-type").unwrap_or_default();
        assert_eq!(kind.to_ascii_lowercase().matches("boundary").count(), 1, "{kind}");
        assert!(kind.contains("; boundary=form-"), "{kind}");
    }
    let recorded = sent(|request| request.multipart("multipart/related; type=\"a/b\"", Multipart::new())).await?;
    let kind = recorded.header("content-type").unwrap_or_default();
    assert!(kind.starts_with("multipart/related; type=\"a/b\"; boundary=form-"), "other parameters stay: {kind}");
    Ok(())
}

#[tokio::test]
async fn one_part_of_unknown_length_makes_chunks_of_all() -> Outcome {
    let body = Multipart::new().text("a", "1").file("b", "b", Upload::reader("2".as_bytes(), None));
    let (recorded, text) = form(body).await?;
    assert_eq!(recorded.header("content-length"), None);
    assert_eq!(recorded.header("transfer-encoding").as_deref(), Some("chunked"));
    assert!(text.ends_with("\r\n\r\n2\r\n--BOUNDARY--\r\n"), "{text}");
    Ok(())
}

#[tokio::test]
async fn no_parts_are_a_body_too() -> Outcome {
    assert_eq!(form(Multipart::new()).await?.1, "--BOUNDARY--\r\n");
    Ok(())
}

#[tokio::test]
async fn an_upload_keeps_its_name_or_gets_that_of_the_part() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("from disk.bin");
    std::fs::write(&path, "1")?;
    let body = Multipart::new()
        .part("a", Upload::file(&path).await?)
        .part("b", Upload::bytes("2"))
        .part("c", Upload::bytes("3").named("named"))
        .part("d", Part::from(Upload::file(&path).await?).file_name("other"));
    let text = form(body).await?.1;
    let names: Vec<&str> = text.split("filename=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(names, ["from disk.bin", "b", "named", "other"]);
    Ok(())
}

#[tokio::test]
async fn quotes_in_names_are_written_as_browsers_do() -> Outcome {
    let body = Multipart::new().file("a\"b%22\\", "\"; name=\"x", "");
    let text = form(body).await?.1;
    assert!(text.contains("name=\"a%22b%22\\\"; filename=\"%22; name=%22x\"\r\n"), "{text}");
    Ok(())
}

#[tokio::test]
async fn what_would_break_a_line_is_refused_and_nothing_sent() -> Outcome {
    for evil in ["a\rb", "a\nb", "a\0b", "a\r\nContent-Type: text/html"] {
        for (what, body) in [
            ("name", Multipart::new().text("fine", "1").text(evil, "2")),
            ("file name", Multipart::new().file("name", evil, "2")),
            ("file name", Multipart::new().part("name", Upload::bytes("2").named(evil))),
            ("media type", Multipart::new().part("name", Part::text("2").content_type(evil))),
        ] {
            let server = Server::start(Some(Serve::new(204))).await?;
            let error = request(&server, "POST")?.multipart(FORM, body).send().await.err().ok_or("sent")?;
            assert!(error.to_string().contains(&format!("its {what} has a line break or a NUL")), "{error}");
            assert!(!error.to_string().contains(char::is_control), "{error:?}");
            assert!(server.recorded().is_empty(), "{evil:?} as {what}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_is_no_json_is_refused() -> Outcome {
    let keyless = std::collections::HashMap::from([((1, 2), 3)]);
    for body in [
        Multipart::new().json("a", &keyless),
        Multipart::new().member("a", &keyless, None),
        Multipart::new().member("a", &json!({}), Some("application/xml")),
    ] {
        let server = Server::start(Some(Serve::new(204))).await?;
        assert!(request(&server, "POST")?.multipart(FORM, body).send().await.is_err());
        assert!(server.recorded().is_empty());
    }
    Ok(())
}

/// A member, its media type in the API's document if any, and the parts that come of it.
type Row = (Value, Option<&'static str>, &'static [(Option<&'static str>, &'static str)]);

#[tokio::test]
async fn members_are_written_as_openapi_says() -> Outcome {
    const JSON: Option<&str> = Some("application/json");
    let rows: [Row; 15] = [
        (json!("text"), None, &[(None, "text")]),
        (json!(""), None, &[(None, "")]),
        (json!(7), None, &[(None, "7")]),
        (json!(1.5), None, &[(None, "1.5")]),
        (json!(true), None, &[(None, "true")]),
        (json!(null), None, &[]),
        (json!({"b": 1, "a": [2]}), None, &[(JSON, r#"{"b":1,"a":[2]}"#)]),
        (json!(["x", 2, null, {"y": 3}]), None, &[(None, "x"), (None, "2"), (JSON, r#"{"y":3}"#)]),
        (json!([["a"]]), None, &[(JSON, r#"["a"]"#)]),
        (json!([]), None, &[]),
        (json!("text"), JSON, &[(JSON, r#""text""#)]),
        (json!(["a"]), JSON, &[(JSON, r#""a""#)]),
        (json!("<a/>"), Some("application/xml"), &[(Some("application/xml"), "<a/>")]),
        (json!({"a": 1}), Some("application/scim+json"), &[(Some("application/scim+json"), r#"{"a":1}"#)]),
        (json!({"a": 1}), Some("application/x-yaml"), &[(Some("application/x-yaml"), r#"{"a":1}"#)]),
    ];
    for (value, media_type, parts) in rows {
        let expected: String = parts
            .iter()
            .map(|(media_type, content)| {
                let line = media_type.map(|media_type| format!("Content-Type: {media_type}\r\n")).unwrap_or_default();
                format!("--BOUNDARY\r\nContent-Disposition: form-data; name=\"m\"\r\n{line}\r\n{content}\r\n")
            })
            .collect();
        let expected = format!("{expected}--BOUNDARY--\r\n");
        assert_eq!(form(Multipart::new().member("m", &value, media_type)).await?.1, expected, "{value}");
    }
    Ok(())
}

#[tokio::test]
async fn files_share_a_name_and_the_type_of_the_document() -> Outcome {
    let body = Multipart::new().files("none", None::<Upload>, None).files("one", Some(Upload::bytes("1")), None).files(
        "two",
        vec![Part::file("x", "2"), Part::file("y", "3").content_type("image/png")],
        Some("image/jpeg"),
    );
    let text = form(body).await?.1;
    let lines: Vec<&str> = text.split("\r\n").filter(|line| line.starts_with("Content-")).collect();
    assert_eq!(
        lines,
        [
            "Content-Disposition: form-data; name=\"one\"; filename=\"one\"",
            "Content-Type: application/octet-stream",
            "Content-Disposition: form-data; name=\"two\"; filename=\"x\"",
            "Content-Type: image/jpeg",
            "Content-Disposition: form-data; name=\"two\"; filename=\"y\"",
            "Content-Type: image/png",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn other_kinds_of_multipart_keep_their_name() -> Outcome {
    let recorded = sent(|request| request.multipart("multipart/related", Multipart::new().text("a", "1"))).await?;
    let kind = recorded.header("content-type").unwrap_or_default();
    assert!(kind.starts_with("multipart/related; boundary=form-"), "{kind}");
    Ok(())
}

#[tokio::test]
async fn a_body_of_bytes_alone_follows_a_redirect() -> Outcome {
    for (upload, requests) in [(Upload::bytes("1"), 2), (Upload::reader("1".as_bytes(), Some(1)), 1)] {
        let moved = Serve::new(308).header("Location", "/moved");
        let server = Server::sequence(vec![moved, Serve::new(204)]).await?;
        let body = Multipart::new().file("a", "a", upload);
        let _ = request(&server, "POST")?.multipart(FORM, body).send().await;
        let recorded = server.recorded();
        assert_eq!(recorded.len(), requests);
        assert!(recorded.iter().all(|one| one.body == recorded[0].body), "the same each time");
    }
    Ok(())
}

#[test]
fn no_two_bodies_have_the_same_boundary() -> Result<(), String> {
    let all = (0..1000).map(|_| Multipart::new().into_body(FORM).map(|(kind, _)| kind));
    assert_eq!(all.collect::<Result<HashSet<_>, _>>()?.len(), 1000);
    Ok(())
}

#[test]
fn names_are_shown_and_contents_are_not() {
    let body = Multipart::new().text("name", "secret").file("other", "f", "secret");
    assert_eq!(format!("{body:?}"), r#"["name", "other"]"#);
    assert!(!format!("{:?}", Part::json(&"secret")).contains("secret"));
}

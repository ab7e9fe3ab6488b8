//! Fact 9: bodies of named parts.

use kestra_sdk::api::files::CreateNamespaceFileForm;
use kestra_sdk::api::flows::ImportFlowsForm;
use kestra_sdk::serde_json::json;
use kestra_sdk::{Multipart, Part, Upload};

use crate::support::{Recorded, Serve};
use crate::{Outcome, answering, answering_json, bare_execution, only};

/// A part as it was sent: the lines of its head, and its content.
type Sent = (Vec<String>, Vec<u8>);

/// The parts of a body.
fn parts(recorded: &Recorded) -> Result<Vec<Sent>, String> {
    let media_type = recorded.header("content-type").ok_or("no media type")?;
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").ok_or(media_type.clone())?;
    let mut rest = recorded.body.as_slice();
    let mut parts = Vec::new();
    let mut cut = |mark: &str| -> Result<Vec<u8>, String> {
        let at = rest.windows(mark.len()).position(|window| window == mark.as_bytes());
        let at = at.ok_or_else(|| format!("no {mark:?}"))?;
        let before = rest[..at].to_vec();
        rest = &rest[at + mark.len()..];
        Ok(before)
    };
    cut(&format!("--{boundary}"))?;
    while cut("\r\n")? != b"--" {
        let head = String::from_utf8(cut("\r\n\r\n")?).map_err(|error| error.to_string())?;
        parts.push((head.split("\r\n").map(str::to_owned).collect(), cut(&format!("\r\n--{boundary}"))?));
    }
    Ok(parts)
}

fn part(head: &[&str], content: impl AsRef<[u8]>) -> Sent {
    (head.iter().map(|line| (*line).to_owned()).collect(), content.as_ref().to_vec())
}

/// The inputs of a run are parts of any names: a text as it is, a file as a file with name and media
/// type, anything else as JSON; in the order in which they were given.
#[tokio::test]
async fn fact_09_inputs_are_parts_of_any_kind() -> Outcome {
    let (server, client) = answering_json(&json!([bare_execution()])).await?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("orders.csv");
    std::fs::write(&path, "id;n\r\n1;\u{e9}\n")?;
    let inputs = Multipart::new()
        .text("day", "2025-03-04\nand more")
        .text("day", "")
        .file("orders", "or\"ders.csv", Upload::file(&path).await?)
        .part("logo", Part::file("logo.png", vec![0, 255, 13, 10, 45, 45]).content_type("image/png"))
        .part("same", Upload::file(&path).await?)
        .json("limits", &json!({"n": [1, null]}))
        .json("count", &5);
    client.executions().create("shop.orders", "daily-report").body(inputs).send().await?;
    let recorded = only(&server)?;
    assert_eq!(
        parts(&recorded)?,
        [
            part(&[r#"Content-Disposition: form-data; name="day""#], "2025-03-04\nand more"),
            part(&[r#"Content-Disposition: form-data; name="day""#], ""),
            part(
                &[
                    r#"Content-Disposition: form-data; name="orders"; filename="or%22ders.csv""#,
                    "Content-Type: application/octet-stream"
                ],
                "id;n\r\n1;\u{e9}\n"
            ),
            part(
                &[r#"Content-Disposition: form-data; name="logo"; filename="logo.png""#, "Content-Type: image/png"],
                [0, 255, 13, 10, 45, 45]
            ),
            part(
                &[
                    r#"Content-Disposition: form-data; name="same"; filename="orders.csv""#,
                    "Content-Type: application/octet-stream"
                ],
                "id;n\r\n1;\u{e9}\n"
            ),
            part(
                &[r#"Content-Disposition: form-data; name="limits""#, "Content-Type: application/json"],
                r#"{"n":[1,null]}"#
            ),
            part(&[r#"Content-Disposition: form-data; name="count""#, "Content-Type: application/json"], "5"),
        ]
    );
    let length = recorded.header("content-length").map(|length| length.parse::<usize>()).transpose()?;
    assert_eq!(length, Some(recorded.body.len()), "all lengths are known");
    Ok(())
}

/// A part that the document names has a method, and the media type that the document says, unless the
/// caller knows better.
#[tokio::test]
async fn fact_09_named_parts_have_methods() -> Outcome {
    let (server, client) = answering(Serve::new(200)).await?;
    let form = CreateNamespaceFileForm::new().file_content(Upload::bytes("print(1)").named("main.py"));
    client.files().create_namespace_file("shop", "/scripts/main.py", form).send().await?;
    let recorded = only(&server)?;
    assert_eq!(recorded.target, "/api/v1/main/namespaces/shop/files?path=%2Fscripts%2Fmain.py");
    let head = [
        r#"Content-Disposition: form-data; name="fileContent"; filename="main.py""#,
        "Content-Type: application/octet-stream",
    ];
    assert_eq!(parts(&recorded)?, [part(&head, "print(1)")]);

    let (server, client) = answering_json(&json!([])).await?;
    let file = Part::file("flows.yaml", "id: a\n---\nid: b\n").content_type("application/yaml");
    client.flows().import(ImportFlowsForm::new().file_upload(file)).send().await?;
    let head = [
        r#"Content-Disposition: form-data; name="fileUpload"; filename="flows.yaml""#,
        "Content-Type: application/yaml",
    ];
    assert_eq!(parts(&only(&server)?)?, [part(&head, "id: a\n---\nid: b\n")]);
    Ok(())
}

/// A body that may be left out and is, is none: no media type, and a length of 0. One without parts is
/// still a body.
#[tokio::test]
async fn fact_09_no_inputs_are_no_body() -> Outcome {
    let (server, client) = answering_json(&json!([bare_execution()])).await?;
    client.executions().create("shop.orders", "daily-report").send().await?;
    client.executions().trigger("shop.orders", "daily-report").send().await?;
    client.executions().create("shop.orders", "daily-report").body(Multipart::new()).send().await?;
    let all = server.recorded();
    for recorded in &all[..2] {
        assert_eq!(recorded.header("content-type"), None);
        assert_eq!((recorded.header("content-length").as_deref(), recorded.body.len()), (Some("0"), 0));
    }
    assert_eq!(parts(&all[2])?, []);
    Ok(())
}

/// What would change the head of a part, and so the whole body, is refused before anything is sent.
#[tokio::test]
async fn fact_09_a_name_that_breaks_the_body_is_refused() -> Outcome {
    let (server, client) = answering_json(&json!([bare_execution()])).await?;
    for body in [
        Multipart::new().text("a\r\nb", "x"),
        Multipart::new().file("a", "b\nc", Upload::bytes("x")),
        Multipart::new().part("a", Part::text("x").content_type("text/plain\r\nX: y")),
    ] {
        let call = client.executions().create("shop.orders", "daily-report").body(body);
        crate::support::refused(call.send().await)?;
    }
    assert!(server.recorded().is_empty());
    Ok(())
}

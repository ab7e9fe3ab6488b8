//! Bodies: JSON, YAML, texts, bytes, lines, and one of several.

use serde_json::json;
use tokio::io::AsyncReadExt;
use wire_sdk::api::bodies::{SendSeveralBody, SendTwoTextsBody, SendTypedYamlBody};
use wire_sdk::models::{Checked, Item, Level};
use wire_sdk::{Multipart, Nullable, Upload};

use super::sent::{Row, check, row};

const JSON: &str = "application/json";
const YAML: &str = "application/x-yaml";
const BYTES: &str = "application/octet-stream";

/// What no YAML library would write again as it was.
const FLOW: &str = "# comment \r\nid:   hello\t# aligned\r\ntasks: [ a,b ]\r\n\r\n---\n'quoted': \"\\u00e9\"  \n\
                    text: |+\n  kept  \n\n...";

fn item() -> Item {
    Item::new("Ada")
}

fn json() -> Vec<Row> {
    const LINE: &str = "POST /bodies/json";
    vec![
        row("JSON", LINE, JSON, r#"{"name":"Ada"}"#, |client| client.bodies().send_json(&item()).send()),
        row("all members", LINE, JSON, r#"{"name":"Ada","size":7,"note":"n","level":"high"}"#, |client| {
            let item = item().size(7).note("n").level(Level::High);
            client.bodies().send_json(&item).send()
        }),
        row("null where it means something", LINE, JSON, r#"{"name":"Ada","note":null}"#, |client| {
            let mut item = item();
            item.note = Nullable::Null;
            client.bodies().send_json(&item).send()
        }),
        row(
            "members and values the document does not name",
            LINE,
            JSON,
            r#"{"name":"","level":"mid","x":[1,{}]}"#,
            |client| {
                let mut item = Item::new("").level("mid".into());
                item.extra.insert("x".to_owned(), json!([1, {}]));
                client.bodies().send_json(&item).send()
            },
        ),
        row("text beyond ASCII, in UTF-8", LINE, JSON, r#"{"name":"Zoë λ 🦀"}"#, |client| {
            client.bodies().send_json(&Item::new("Zoë λ 🦀")).send()
        }),
        row("text that JSON must escape", LINE, JSON, r#"{"name":"\"\\/\n\u0001"}"#, |client| {
            client.bodies().send_json(&Item::new("\"\\/\n\u{1}")).send()
        }),
        row("all 64 bits of a number", LINE, JSON, r#"{"name":"Ada","size":9223372036854775807}"#, |client| {
            client.bodies().send_json(&item().size(i64::MAX)).send()
        }),
        row("another kind of JSON", "POST /bodies/scim", "application/scim+json", r#"{"name":"Ada"}"#, |client| {
            client.bodies().send_scim(&item()).send()
        }),
        row("a value where any type goes", "POST /bodies/any", JSON, r#"{"name":"Ada"}"#, |client| {
            client.bodies().send_any(&item()).send()
        }),
    ]
}

fn yaml() -> Vec<Row> {
    const LINE: &str = "POST /bodies/yaml";
    const TYPED: &str = "POST /bodies/typed-yaml";
    const TYPE: &str = "application/yaml";
    vec![
        row("YAML, byte for byte", LINE, YAML, FLOW, |client| client.bodies().send_yaml(FLOW).send()),
        row("YAML of the caller's own", LINE, YAML, "a: é\n", |client| {
            client.bodies().send_yaml("a: é\n".to_owned()).send()
        }),
        row("YAML with a byte order mark", LINE, YAML, "\u{feff}a: 1", |client| {
            client.bodies().send_yaml("\u{feff}a: 1").send()
        }),
        row("no YAML", LINE, YAML, "", |client| client.bodies().send_yaml("").send()),
        row("typed YAML as a text", TYPED, TYPE, FLOW, |client| client.bodies().send_typed_yaml(FLOW).send()),
        row("typed YAML as a String", TYPED, TYPE, "name: Ada", |client| {
            client.bodies().send_typed_yaml("name: Ada".to_owned()).send()
        }),
        row("typed YAML as a value", TYPED, TYPE, r#"{"name":"Ada"}"#, |client| {
            client.bodies().send_typed_yaml(item()).send()
        }),
        row("typed YAML as a reference to one", TYPED, TYPE, r#"{"name":"Ada"}"#, |client| {
            let item = item();
            client.bodies().send_typed_yaml(&item).send()
        }),
        row("typed YAML by its variant", TYPED, TYPE, "- a", |client| {
            client.bodies().send_typed_yaml(SendTypedYamlBody::Yaml("- a".to_owned())).send()
        }),
    ]
}

fn texts() -> Vec<Row> {
    const PLAIN: &str = "text/plain; charset=utf-8";
    vec![
        row("a text whose type has a charset", "POST /bodies/text", PLAIN, " é\r\n", |client| {
            client.bodies().send_text(" é\r\n").send()
        }),
        row("an empty text", "POST /bodies/text", PLAIN, "", |client| client.bodies().send_text("").send()),
        row("a text that looks like JSON", "POST /bodies/text", PLAIN, "\"a\"", |client| {
            client.bodies().send_text("\"a\"").send()
        }),
        row("XML as it is written", "POST /bodies/xml", "application/xml", "<item><name/></item>\n", |client| {
            client.bodies().send_xml("<item><name/></item>\n").send()
        }),
        row("CSV as it is written", "POST /bodies/csv", "text/csv", "a,\"b \"\"c\"\"\"\r\n1,\r\n", |client| {
            client.bodies().send_csv("a,\"b \"\"c\"\"\"\r\n1,\r\n").send()
        }),
    ]
}

fn bytes() -> Vec<Row> {
    const LINE: &str = "POST /bodies/bytes";
    let all: Vec<u8> = (0..=255).collect();
    vec![
        row("no bytes at all", LINE, None, "", |client| client.bodies().send_bytes().send()),
        row("bytes, but none", LINE, BYTES, "", |client| client.bodies().send_bytes().body(b"").send()),
        row("every byte", LINE, BYTES, all.clone(), |client| client.bodies().send_bytes().body(all).send()),
        row("bytes of a text", LINE, BYTES, "é", |client| client.bodies().send_bytes().body("é").send()),
        row("the last body counts", LINE, BYTES, "2", |client| client.bodies().send_bytes().body("1").body("2").send()),
        row("bytes where any image goes", "PUT /bodies/image", BYTES, b"\x89PNG", |client| {
            client.bodies().send_image(b"\x89PNG").send()
        }),
        row("an image whose type the caller tells", "PUT /bodies/image", "image/png", "PNG", |client| {
            client.bodies().send_image(Upload::bytes("PNG").content_type("image/png")).send()
        }),
        row("an image whose type a header tells", "PUT /bodies/image", "image/gif", "GIF", |client| {
            client.bodies().send_image("GIF").header("Content-Type", "image/gif").send()
        }),
    ]
}

fn uploads() -> Vec<Row> {
    const LINE: &str = "PUT /streams/upload";
    let long: Vec<u8> = (0..200_000_u32).map(|number| number.to_le_bytes()[0]).collect();
    let (known, unknown, filed) = (long.clone(), long.clone(), long.clone());
    vec![
        row("a reader of known length", LINE, BYTES, &long, |client| {
            let upload = Upload::reader(std::io::Cursor::new(known), Some(200_000));
            client.streams().upload(upload).send()
        }),
        row("a reader of unknown length", LINE, BYTES, &long, |client| {
            client.streams().upload(Upload::reader(std::io::Cursor::new(unknown), None)).send()
        })
        .chunked(),
        row("an empty reader of unknown length", LINE, BYTES, "", |client| {
            client.streams().upload(Upload::reader(tokio::io::empty(), None)).send()
        })
        .chunked(),
        row("the beginning of a reader", LINE, BYTES, "01", |client| {
            client.streams().upload(Upload::reader("0123".as_bytes().take(2), Some(2))).send()
        }),
        row("a file", LINE, BYTES, &long, async |client| {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), filed).unwrap();
            client.streams().upload(Upload::file(file.path()).await.unwrap()).send().await
        }),
        row("an empty file", LINE, BYTES, "", async |client| {
            let file = tempfile::NamedTempFile::new().unwrap();
            client.streams().upload(Upload::file(file.path()).await.unwrap()).send().await
        }),
    ]
}

fn lines() -> Vec<Row> {
    const LINES: (&str, &str) = ("POST /bodies/lines", "application/x-ndjson");
    const SEQUENCE: (&str, &str) = ("POST /bodies/sequence", "application/json-seq");
    let two = || vec![item(), Item::new("B\nC")];
    vec![
        row("values, one a line", LINES.0, LINES.1, "{\"name\":\"Ada\"}\n{\"name\":\"B\\nC\"}\n", move |client| {
            client.bodies().send_lines(&two()).send()
        }),
        row("no values", LINES.0, LINES.1, "", |client| client.bodies().send_lines(&[]).send()),
        row(
            "a sequence of values",
            SEQUENCE.0,
            SEQUENCE.1,
            "\x1E{\"name\":\"Ada\"}\n\x1E{\"name\":\"B\\nC\"}\n",
            move |client| client.bodies().send_sequence(&two()).send(),
        ),
        row("an empty sequence", SEQUENCE.0, SEQUENCE.1, "", |client| client.bodies().send_sequence(&[]).send()),
    ]
}

fn several() -> Vec<Row> {
    const LINE: &str = "PUT /bodies/several";
    const TWO: &str = "PUT /bodies/two-texts";
    const FORM: &str = "multipart/form-data; boundary=BOUNDARY";
    const PARTS: &str = "--BOUNDARY\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--BOUNDARY--\r\n";
    vec![
        row("a text is YAML", LINE, YAML, FLOW, |client| client.bodies().send_several(FLOW).send()),
        row("a String is YAML", LINE, YAML, "a", |client| client.bodies().send_several("a".to_owned()).send()),
        row("a value is JSON", LINE, JSON, r#"{"name":"Ada"}"#, |client| client.bodies().send_several(item()).send()),
        row("so is a reference to one", LINE, JSON, r#"{"name":"Ada"}"#, |client| {
            let item = item();
            client.bodies().send_several(&item).send()
        }),
        row("an upload is bytes", LINE, BYTES, "a", |client| client.bodies().send_several(Upload::bytes("a")).send()),
        row("parts are a form", LINE, FORM, PARTS, |client| {
            client.bodies().send_several(Multipart::new().text("a", "1")).send()
        }),
        row("YAML by its variant", LINE, YAML, "a", |client| {
            client.bodies().send_several(SendSeveralBody::Yaml("a".to_owned())).send()
        }),
        row("JSON by its variant", LINE, JSON, r#"{"name":"Ada"}"#, |client| {
            client.bodies().send_several(SendSeveralBody::Json(Box::new(item()))).send()
        }),
        row("bytes by their variant", LINE, BYTES, "a", |client| {
            client.bodies().send_several(SendSeveralBody::Bytes("a".into())).send()
        }),
        row("parts by their variant", LINE, FORM, PARTS, |client| {
            let parts = Multipart::new().text("a", "1");
            client.bodies().send_several(SendSeveralBody::Multipart(parts)).send()
        }),
        row("a text as JSON", TWO, JSON, "\"a\\n\"", |client| {
            client.bodies().send_two_texts().body(SendTwoTextsBody::Json("a\n".to_owned())).send()
        }),
        row("the same text as it is", TWO, "text/plain", "a\n", |client| {
            client.bodies().send_two_texts().body(SendTwoTextsBody::Text("a\n".to_owned())).send()
        }),
        row(
            "what the document forbids, unless the client checks",
            "PUT /bodies/checked",
            JSON,
            r#"{"name":"A"}"#,
            |client| client.bodies().send_checked(&Checked::new("A")).send(),
        ),
        row("a list of such", "POST /bodies/checked", JSON, "[]", |client| {
            client.bodies().send_checked_list(&[]).send()
        }),
        row("none of two texts", TWO, None, "", |client| client.bodies().send_two_texts().send()),
        row("no body where none is declared", "POST /bodies/none", None, "", |client| {
            client.bodies().send_nothing().send()
        }),
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    [json(), yaml(), texts(), bytes(), uploads(), lines(), several()].into_iter().flatten().collect()
}

#[tokio::test]
async fn bodies_leave_as_the_rows_say() {
    println!("{} bodies", check(rows()).await);
}

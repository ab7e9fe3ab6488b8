//! Forms: parts with and without files, and names with values.

use serde_json::json;
use wire_sdk::api::bodies::SendMultipartForm;
use wire_sdk::models::{Item, Level, Search, SearchDeep};
use wire_sdk::{Multipart, Nullable, Part, Upload};

use super::sent::{Row, check, row};

const PARTS: &str = "multipart/form-data; boundary=BOUNDARY";
const FORM: &str = "application/x-www-form-urlencoded";

/// A part without a media type, with one, and a file, as they stand in the body.
fn text(name: &str, content: &str) -> String {
    format!("--BOUNDARY\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
}

fn typed(name: &str, media_type: &str, content: &str) -> String {
    let head = format!("--BOUNDARY\r\nContent-Disposition: form-data; name=\"{name}\"\r\n");
    format!("{head}Content-Type: {media_type}\r\n\r\n{content}\r\n")
}

fn file(name: &str, file_name: &str, media_type: &str, content: &str) -> String {
    let head = format!("--BOUNDARY\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n");
    format!("{head}Content-Type: {media_type}\r\n\r\n{content}\r\n")
}

fn body<const N: usize>(parts: [String; N]) -> String {
    format!("{}--BOUNDARY--\r\n", parts.concat())
}

/// The form of the document with nothing but what it requires.
fn least() -> SendMultipartForm {
    SendMultipartForm::new(Upload::bytes("PK").named("a.zip"), "Title")
}

/// What [`least`] sends, and then these parts.
fn least_and<const N: usize>(parts: [String; N]) -> String {
    let least = file("file", "a.zip", "application/zip", "PK") + &text("title", "Title");
    format!("{least}{}", body(parts))
}

/// A row for parts that the document names.
fn named(name: &'static str, expected: String, form: impl FnOnce() -> SendMultipartForm + 'static) -> Row {
    row(name, "POST /bodies/multipart", PARTS, expected, |client| client.bodies().send_multipart(form()).send())
}

/// A row for parts that the document leaves open.
fn free(name: &'static str, expected: String, form: impl FnOnce() -> Multipart + 'static) -> Row {
    row(name, "POST /bodies/parts", PARTS, expected, |client| client.bodies().send_parts().body(form()).send())
}

fn named_parts() -> Vec<Row> {
    vec![
        named("the parts that are required", least_and([]), least),
        named("a number", least_and([text("count", "-7")]), || least().count(-7)),
        named("a list, one part for each text", least_and([text("labels", "a b"), text("labels", "")]), || {
            least().labels(&["a b".to_owned(), String::new()])
        }),
        named("an empty list", least_and([]), || least().labels(&[])),
        named(
            "files under one name",
            least_and([
                file("more", "more", "application/octet-stream", "1"),
                file("more", "b.txt", "application/octet-stream", "2"),
                file("more", "c.png", "image/png", "3"),
            ]),
            || {
                least().more([
                    Part::from(Upload::bytes("1")),
                    Part::from(Upload::bytes("2").named("b.txt")),
                    Part::file("c.png", "3").content_type("image/png"),
                ])
            },
        ),
        named("an object", least_and([typed("meta", "application/json", r#"{"name":"Ada","size":7}"#)]), || {
            least().meta(&Item::new("Ada").size(7))
        }),
        named("a text whose media type is declared", least_and([typed("notes", "text/markdown", "# é\n")]), || {
            least().notes("# é\n")
        }),
        named(
            "a part that the document does not name",
            least_and([typed("x", "text/plain; charset=utf-8", "1")]),
            || least().part("x", Part::text("1").content_type("text/plain; charset=utf-8")),
        ),
        named(
            "a file whose type the caller knows better",
            body([file("file", "x", "application/x-7z-compressed", "7z"), text("title", "")]),
            || SendMultipartForm::new(Part::file("x", "7z").content_type("application/x-7z-compressed"), ""),
        ),
        named("parts of the caller's own instead", body([text("other", "1")]), || {
            Multipart::new().text("other", "1").into()
        }),
        named(
            "a file that is read while it is sent",
            body([file("file", "file", "application/zip", "0123456789"), text("title", "Title")]),
            || SendMultipartForm::new(Upload::reader("0123456789".as_bytes(), Some(10)), "Title"),
        ),
        named(
            "a file of unknown length",
            body([file("file", "file", "application/zip", "0123456789"), text("title", "Title")]),
            || SendMultipartForm::new(Upload::reader("0123456789".as_bytes(), None), "Title"),
        )
        .chunked(),
    ]
}

fn free_parts() -> Vec<Row> {
    const BYTES: &str = "application/octet-stream";
    vec![
        row("no form", "POST /bodies/parts", None, "", |client| client.bodies().send_parts().send()),
        free("a form without parts", body([]), Multipart::new),
        free("texts, byte for byte", body([text("a", " é \r\n--\r\n"), text("b", ""), text("a", "2")]), || {
            Multipart::new().text("a", " é \r\n--\r\n").text("b", "").text("a", "2")
        }),
        free("names beyond ASCII and with quotes", body([text("é %22b%22", "1")]), || {
            Multipart::new().text("é \"b\"", "1")
        }),
        free("a file", body([file("f", "wide é.csv", BYTES, "a,b")]), || {
            Multipart::new().file("f", "wide é.csv", "a,b")
        }),
        free("a file of a type", body([file("f", "a.csv", "text/csv; header=present", "a,b")]), || {
            Multipart::new().part("f", Part::file("a.csv", "a,b").content_type("text/csv; header=present"))
        }),
        free("bytes without a name", body([file("f", "f", BYTES, "a")]), || Multipart::new().part("f", b"a".to_vec())),
        free("a value as JSON", body([typed("j", "application/json", r#"{"a":[1,null]}"#)]), || {
            Multipart::new().json("j", &json!({"a": [1, null]}))
        }),
        free("a text with a file's name", body([file("t", "a.txt", BYTES, "é")]), || {
            Multipart::new().part("t", Part::text("é").file_name("a.txt"))
        }),
        row(
            "a file from the disk",
            "POST /bodies/parts",
            PARTS,
            body([file("f", "flow.yaml", BYTES, "id: a")]),
            async |client| {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("flow.yaml");
                std::fs::write(&path, "id: a").unwrap();
                let form = Multipart::new().part("f", Upload::file(&path).await.unwrap());
                client.bodies().send_parts().body(form).send().await
            },
        ),
    ]
}

/// A row for names with values.
fn pairs(name: &'static str, expected: &'static str, form: impl FnOnce() -> Search + 'static) -> Row {
    row(name, "POST /bodies/form", FORM, expected, |client| client.bodies().send_form(&form()).send())
}

fn strings<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

fn names_and_values() -> Vec<Row> {
    vec![
        pairs("a form of nothing", "", Search::new),
        pairs("a text", "text=Ada", || Search::new().text("Ada")),
        pairs("an empty text", "text=", || Search::new().text("")),
        pairs("what stands for itself", "text=-._~aZ09", || Search::new().text("-._~aZ09")),
        pairs("blanks and what divides", "text=a+b%2Bc%26d%3De%3B%2C%7C%25%2F%3F%2A", || {
            Search::new().text("a b+c&d=e;,|%/?*")
        }),
        pairs("line ends and what is beyond ASCII", "text=%0D%0A%09%C3%A9%F0%9F%A6%80%00", || {
            Search::new().text("\r\n\té🦀\0")
        }),
        pairs("a truth value", "flag=false", || Search::new().flag(false)),
        pairs("each element a pair", "each=a+1&each=&each=b%2Cc", || Search::new().each(strings(["a 1", "", "b,c"]))),
        pairs("a list without elements", "text=a", || Search::new().text("a").each(Vec::new()).commas(Vec::new())),
        pairs("elements between commas", "commas=a%2C1,b", || Search::new().commas(strings(["a,1", "b"]))),
        pairs("elements between bars", "pipes=1%7C-2", || Search::new().pipes(vec![1, -2])),
        pairs("elements between blanks", "blanks=a+b", || Search::new().blanks(strings(["a", "b"]))),
        pairs("one element between nothing", "commas=a&pipes=1&blanks=b", || {
            Search::new().commas(strings(["a"])).pipes(vec![1]).blanks(strings(["b"]))
        }),
        pairs("an object, each member a pair", "deep%5Ba%5D=x+%5B%5D&deep%5Bb%5D=2", || {
            Search::new().deep(SearchDeep::new().a("x []").b(2))
        }),
        pairs("an object without members", "", || Search::new().deep(SearchDeep::new())),
        pairs(
            "an object as JSON",
            "json=%7B%22name%22%3A%22A+b%22%2C%22note%22%3Anull%2C%22level%22%3A%22low%22%7D",
            || {
                let mut item = Item::new("A b").level(Level::from("low"));
                item.note = Nullable::Null;
                Search::new().json(item)
            },
        ),
        pairs(
            "all of them, in the document's order",
            "text=t&each=e&commas=c&pipes=1&blanks=b&deep%5Bb%5D=2&flag=true",
            || {
                let search = Search::new().flag(true).deep(SearchDeep::new().b(2)).blanks(strings(["b"]));
                search.pipes(vec![1]).commas(strings(["c"])).each(strings(["e"])).text("t")
            },
        ),
        pairs("members the document does not name", "a+b=1&o=%7B%22c%22%3A2%7D", || {
            let mut search = Search::new();
            search.extra.insert("a b".to_owned(), json!(1));
            search.extra.insert("n".to_owned(), json!(null));
            search.extra.insert("o".to_owned(), json!({"c": 2}));
            search
        }),
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    [named_parts(), free_parts(), names_and_values()].into_iter().flatten().collect()
}

#[tokio::test]
async fn forms_leave_as_the_rows_say() {
    println!("{} forms", check(rows()).await);
}

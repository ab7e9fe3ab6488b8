//! Answers: what a caller sees of each, and that nothing of it is lost.

use wire_sdk::api::answers::{ReadRangeError, ReadUndeclaredError};
use wire_sdk::models::Item;
use wire_sdk::{Client, Nullable};

use super::seen::{Row, check, row, tell, tell_error};
use super::support::Served;

pub(crate) const JSON: &str = "application/json";
pub(crate) const ADA: &str = r#"{"name":"Ada"}"#;

/// An item with all that is in it, in short.
pub(crate) fn item(item: &Item) -> String {
    let mut told = item.name.clone();
    told.extend(item.size.map(|size| format!(" {size}")));
    match &item.note {
        Nullable::Absent => {}
        Nullable::Null => told.push_str(" null"),
        Nullable::Value(note) => told.push_str(&format!(" '{note}'")),
    }
    told.extend(item.level.iter().map(|level| format!(" {level:?}")));
    told.extend(item.extra.iter().map(|(name, value)| format!(" {name}={value}")));
    told
}

async fn read_json(client: Client) -> String {
    tell(client.answers().read_json().send().await, |answer| item(answer))
}

/// One declared answer, in JSON.
fn json() -> Vec<Row> {
    let row = |name, served, expected: &str| row(name, "GET /answers/json", read_json, served, expected);
    let ada = |content_type| Served::new(200, content_type, ADA);
    vec![
        row("JSON", ada(JSON), "200 Ada"),
        row("a type with parameters and capitals", ada("Application/JSON ; Charset=UTF-8"), "200 Ada"),
        row("another kind of JSON", ada("application/vnd.item+json"), "200 Ada"),
        row("an old name of JSON", ada("text/json"), "200 Ada"),
        row("no type", Served::empty(200).body(ADA), "200 Ada"),
        row("an empty type", ada(""), "200 Ada"),
        row("a success that is not declared", Served::new(201, JSON, ADA), "201 Ada"),
        row("a byte order mark before it", Served::new(200, JSON, format!("\u{feff}{ADA}")), "200 Ada"),
        row("blanks around it", Served::new(200, JSON, format!(" \r\n{ADA}\n\n")), "200 Ada"),
        row(
            "all that may be in it",
            Served::new(200, JSON, r#"{"note":null,"level":"LOW","size":-1,"x":{"y":[1.50]},"name":"A"}"#),
            r#"200 A -1 null LowUpper x={"y":[1.5]}"#,
        ),
        row(
            "a value of an enum that is new",
            Served::new(200, JSON, r#"{"name":"","level":"mid"}"#),
            "200  Unknown(\"mid\")",
        ),
        row(
            "a page where JSON is declared",
            Served::new(200, "text/html", "<html>"),
            "200 Decode at .: expected JSON, got text/html [<html>]",
        ),
        row(
            "JSON that says that it is text",
            Served::new(200, "text/plain", ADA),
            r#"200 Decode at .: expected JSON, got text/plain [{\"name\":\"Ada\"}]"#,
        ),
        row("no body", Served::empty(200), "200 Decode at .: EOF while parsing a value at line 1 column 0 []"),
        row(
            "no body, and a status that says so",
            Served::empty(204),
            "204 Decode at .: EOF while parsing a value at line 1 column 0 []",
        ),
        row(
            "JSON that was cut off",
            Served::new(200, JSON, r#"{"name":"#),
            r#"200 Decode at name: EOF while parsing a value at line 1 column 8 [{\"name\":]"#,
        ),
        row(
            "more than one value",
            Served::new(200, JSON, "{\"name\":\"Ada\"}{}"),
            r#"200 Decode at .: trailing characters at line 1 column 15 [{\"name\":\"Ada\"}{}]"#,
        ),
        row(
            "another type of member",
            Served::new(200, JSON, r#"{"name":"Ada","size":"7"}"#),
            "200 Decode at size: invalid type: string \"7\", expected i64 at line 1 column 24 \
             [{\\\"name\\\":\\\"Ada\\\",\\\"size\\\":\\\"7\\\"}]",
        ),
        row("an error that is not declared", Served::new(404, "text/plain", "no"), "404 Status [no]"),
        row("an error without a body", Served::empty(500), "500 Status []"),
        row("a redirect to elsewhere", Served::empty(302).header("Location", "https://else.example/"), "302 Status []"),
    ]
}

async fn read_text(client: Client) -> String {
    tell(client.answers().read_text().send().await, |answer| answer.escape_debug().to_string())
}

async fn read_value(client: Client) -> String {
    tell(client.answers().read_value().send().await, |answer| answer.value().to_string())
}

async fn read_number(client: Client) -> String {
    tell(client.answers().read_number().send().await, |answer| format!("{:?}", answer.value()))
}

async fn read_items(client: Client) -> String {
    tell(client.answers().read_items().send().await, |answer| answer.iter().map(item).collect::<Vec<_>>().join("; "))
}

/// JSON of other shapes: any value, one that may be null, a list where any type may come.
fn values() -> Vec<Row> {
    let of = |body: &str| Served::new(200, JSON, body);
    let value = |name, served, expected: &str| row(name, "GET /answers/value", read_value, served, expected);
    let number = |name, served, expected: &str| row(name, "GET /answers/number", read_number, served, expected);
    let items = |name, served, expected: &str| row(name, "GET /answers/items", read_items, served, expected);
    vec![
        value(
            "any value, with its digits",
            of("{\"a\":[1.0,12345678901234567890]}"),
            "200 {\"a\":[1.0,12345678901234567890]}",
        ),
        value("null", of("null"), "200 null"),
        value("no value is null", Served::empty(204), "204 null"),
        value("any value that is none", of("{"), "200 Decode at .: EOF while parsing an object at line 1 column 1 [{]"),
        number("a number alone", of("-7"), "200 Some(-7)"),
        number("null for a number", of("null"), "200 None"),
        number("nothing for a number", Served::empty(200), "200 None"),
        number(
            "a text for a number",
            of("\"7\""),
            "200 Decode at .: invalid type: string \"7\", expected i64 at line 1 column 3 [\\\"7\\\"]",
        ),
        items("a list", of("[{\"name\":\"A\"},{\"name\":\"B\"}]"), "200 A; B"),
        items("no elements", of("[]"), "200 "),
        items(
            "one element that cannot be read",
            of("[{\"name\":\"A\"},{}]"),
            "200 Decode at [1]: missing field `name` at line 1 column 16 [[{\\\"name\\\":\\\"A\\\"},{}]]",
        ),
        items(
            "any type, but no JSON",
            Served::new(200, "text/plain", "[]"),
            "200 Decode at .: expected JSON, got text/plain [[]]",
        ),
    ]
}

/// Texts in their character sets, and CSV, which is a text too.
fn texts() -> Vec<Row> {
    let row = |name, content_type, body: &[u8], expected: &str| {
        row(name, "GET /answers/text", read_text, Served::new(200, content_type, body), expected)
    };
    let mut rows = vec![
        row("a text", "text/plain", b" a\r\n", "200  a\\r\\n"),
        row("UTF-8 unless it says otherwise", "text/plain", "é".as_bytes(), "200 é"),
        row("UTF-8", "text/plain; charset=UTF-8", "é".as_bytes(), "200 é"),
        row("a charset in quotes", "text/plain;format=flowed; CHARSET=\"latin1\"", b"\xe9", "200 é"),
        row("ISO 8859-1", "text/plain; charset=ISO-8859-1", b"\xe9", "200 é"),
        row("ASCII", "text/plain; charset=us-ascii", b"e", "200 e"),
        row("another text than declared", "text/html", b"<p>", "200 <p>"),
        row("no text", "text/plain", b"", "200 "),
        row(
            "no UTF-8",
            "text/plain",
            b"a\xe9",
            "200 Decode at .: incomplete utf-8 byte sequence from index 1 [a\\xe9]",
        ),
        row(
            "a charset that is not read",
            "text/plain; charset=utf-16",
            b"\0a",
            "200 Decode at .: the text is written in utf-16, which is not read [\\x00a]",
        ),
    ];
    let csv = |name, served, expected: &str| {
        super::seen::row(
            name,
            "GET /answers/csv",
            async |client: Client| {
                tell(client.answers().read_csv().send().await, |answer| answer.escape_debug().to_string())
            },
            served,
            expected,
        )
    };
    let xml = async |client: Client| tell(client.answers().read_xml().send().await, |answer| answer.value().clone());
    let yaml = async |client: Client| tell(client.answers().read_yaml().send().await, |answer| answer.value().clone());
    let (xml_came, yaml_came) = ("<?xml version=\"1.0\"?>\n<item/>\n", "# why\nname:  Ada\n");
    let served = |content_type, body: &str| Served::new(200, content_type, body);
    rows.extend([
        super::seen::row(
            "XML as it came",
            "GET /answers/xml",
            xml,
            served("application/xml", xml_came),
            format!("200 {xml_came}"),
        ),
        super::seen::row(
            "YAML as it came",
            "GET /answers/yaml",
            yaml,
            served("application/x-yaml", yaml_came),
            format!("200 {yaml_came}"),
        ),
    ]);
    rows.push(csv(
        "CSV is one text",
        Served::new(200, "text/csv; header=present", "a,\"b\r\nc\"\r\n1,é\r\n"),
        "200 a,\\\"b\\r\\nc\\\"\\r\\n1,é\\r\\n",
    ));
    rows.push(csv("CSV under another name", Served::new(200, "application/octet-stream", "a"), "200 a"));
    rows
}

async fn read_nothing(client: Client) -> String {
    tell(client.answers().read_nothing().send().await, |answer| format!("[{}]", answer.body().escape_ascii()))
}

async fn read_undeclared(client: Client) -> String {
    match client.answers().read_undeclared().send().await {
        Ok(answer) => format!("{} {}", answer.status().as_u16(), item(&answer)),
        Err(error) => match ReadUndeclaredError::of(&error) {
            Some(ReadUndeclaredError::Default(found)) => format!("Default({})", item(&found)),
            other => format!("{other:?} of {}", tell_error(&error)),
        },
    }
}

async fn read_range(client: Client) -> String {
    match client.answers().read_range().send().await {
        Ok(answer) => format!("{} {}", answer.status().as_u16(), item(&answer)),
        Err(error) => match ReadRangeError::of(&error) {
            Some(ReadRangeError::ServerError(text)) => format!("ServerError({text})"),
            other => format!("{other:?} of {}", tell_error(&error)),
        },
    }
}

async fn read_alike(client: Client) -> String {
    tell(client.answers().read_alike().send().await, |answer| item(answer))
}

/// No declared body, no declared status, and two statuses with the same answer.
fn few() -> Vec<Row> {
    let nothing = |name, served, expected: &str| row(name, "GET /answers/nothing", read_nothing, served, expected);
    let undeclared =
        |name, served, expected: &str| row(name, "GET /answers/undeclared", read_undeclared, served, expected);
    let range = |name, served, expected: &str| row(name, "GET /answers/range", read_range, served, expected);
    let alike = |name, served, expected: &str| row(name, "GET /answers/alike", read_alike, served, expected);
    vec![
        nothing("nothing where nothing is declared", Served::empty(200), "200 []"),
        nothing("a body where none is declared", Served::new(200, "image/png", "\x7fPNG"), "200 [\\x7fPNG]"),
        nothing("a JSON body where none is declared", Served::new(200, JSON, "{"), "200 [{]"),
        undeclared("a success that only the default declares", Served::new(203, JSON, ADA), "203 Ada"),
        undeclared("an error that only the default declares", Served::new(418, JSON, ADA), "Default(Ada)"),
        undeclared("an error in another form", Served::new(502, "text/html", "<p>"), "None of 502 Status [<p>]"),
        range("a range of successes", Served::new(201, JSON, ADA), "201 Ada"),
        range("a range of errors", Served::new(503, "text/plain", "later"), "ServerError(later)"),
        range("an error beyond all ranges", Served::new(404, "text/plain", "no"), "None of 404 Status [no]"),
        alike("the first of two statuses", Served::new(200, JSON, ADA), "200 Ada"),
        alike("the second, in the same type", Served::new(202, JSON, ADA), "202 Ada"),
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    [json(), values(), texts(), few()].into_iter().flatten().collect()
}

#[tokio::test]
async fn answers_are_seen_as_the_rows_say() {
    println!("{} answers", check(rows()).await);
}

//! Declared answers that differ: successes of several kinds, typed errors and typed headers.

use wire_sdk::api::answers::{ReadErrorsError, ReadHeadersHeaders, ReadKindsAnswer, ReadSeveralAnswer};
use wire_sdk::{Client, Error};

use super::answers::{ADA, JSON, item};
use super::seen::{Row, check, row, tell, tell_error};
use super::support::{Served, call, exchange};

async fn read_several(client: Client) -> String {
    let answer = match client.answers().read_several().send().await {
        Ok(answer) => answer,
        Err(error) => return tell_error(&error),
    };
    let status = answer.status().as_u16();
    let told = match answer.into_inner() {
        ReadSeveralAnswer::OkJson(found) => format!("OkJson({})", item(&found)),
        ReadSeveralAnswer::OkText(text) => format!("OkText({})", text.escape_debug()),
        ReadSeveralAnswer::OkBytes(download) => match download.bytes(100).await {
            Ok(bytes) => format!("OkBytes({})", bytes.escape_ascii()),
            Err(error) => tell_error(&error),
        },
        ReadSeveralAnswer::Accepted(problem) => format!("Accepted({} {:?})", problem.title, problem.at),
        ReadSeveralAnswer::NoContent => "NoContent".to_owned(),
        ReadSeveralAnswer::Success(text) => format!("Success({text})"),
        ReadSeveralAnswer::Other(bytes) => format!("Other({})", bytes.escape_ascii()),
        other => format!("{other:?}"),
    };
    format!("{status} {told}")
}

/// The variant is chosen by the status and the media type that came.
fn several() -> Vec<Row> {
    let row = |name, served, expected: &str| row(name, "GET /answers/several", read_several, served, expected);
    let problem = r#"{"title":"Wait","at":["a"]}"#;
    vec![
        row("the first of three types", Served::new(200, JSON, ADA), "200 OkJson(Ada)"),
        row("the second", Served::new(200, "text/csv", "a,b\n"), "200 OkText(a,b\\n)"),
        row("the third, while it comes", Served::new(200, "application/octet-stream", "\0a"), "200 OkBytes(\\x00a)"),
        row("parameters do not matter", Served::new(200, "text/csv;charset=utf-8;header=absent", "a"), "200 OkText(a)"),
        row("nor do capitals", Served::new(200, "Text/CSV", "a"), "200 OkText(a)"),
        row(
            "but the charset is read",
            Served::new(200, "text/csv; charset=iso-8859-1", "\u{e9}"),
            "200 OkText(\u{c3}\u{a9})",
        ),
        row("another kind of JSON", Served::new(200, "application/hal+json", ADA), "200 OkJson(Ada)"),
        row("no type is the first", Served::empty(200).body(ADA), "200 OkJson(Ada)"),
        row(
            "no type, and not the first",
            Served::empty(200).body("a,b"),
            "200 Decode at .: expected value at line 1 column 1 [a,b]",
        ),
        row("a type that is not declared", Served::new(200, "application/xml", "<a/>"), "200 Other(<a/>)"),
        row(
            "no body where one is declared",
            Served::empty(200),
            "200 Decode at .: EOF while parsing a value at line 1 column 0 []",
        ),
        row("no rows of CSV", Served::new(200, "text/csv", ""), "200 OkText()"),
        row("no bytes", Served::new(200, "application/octet-stream", ""), "200 OkBytes()"),
        row(
            "JSON that is none",
            Served::new(200, JSON, "a,b"),
            "200 Decode at .: expected value at line 1 column 1 [a,b]",
        ),
        row("another status with its own type", Served::new(202, JSON, problem), "202 Accepted(Wait Some([\"a\"]))"),
        row("the other status in an undeclared form", Served::new(202, "text/csv", "a"), "202 Other(a)"),
        row("a status without a body", Served::empty(204), "204 NoContent"),
        row("a status of the range", Served::new(206, "text/css", "a{}"), "206 Success(a{})"),
        row("a status of the range in another form", Served::new(201, JSON, ADA), r#"201 Other({\"name\":\"Ada\"})"#),
        row("a status of the range without a body", Served::empty(205), "205 Success()"),
        row("an error that is not declared", Served::new(500, JSON, "{}"), "500 Status [{}]"),
    ]
}

async fn read_kinds(client: Client) -> String {
    let answer = match client.answers().read_kinds().send().await {
        Ok(answer) => answer,
        Err(error) => return tell_error(&error),
    };
    let status = answer.status().as_u16();
    let told = match answer.into_inner() {
        ReadKindsAnswer::OkApplicationJson(found) => format!("Json({})", item(&found)),
        ReadKindsAnswer::OkProblemJson(problem) => format!("Problem({})", problem.title),
        ReadKindsAnswer::AcceptedBytes(download) => match download.bytes(100).await {
            Ok(bytes) => format!("Bytes({})", bytes.escape_ascii()),
            Err(error) => tell_error(&error),
        },
        ReadKindsAnswer::AcceptedAnyText(text) => format!("AnyText({text})"),
        ReadKindsAnswer::AcceptedPlainText(text) => format!("PlainText({text})"),
        other => format!("{other:?}"),
    };
    format!("{status} {told}")
}

/// Two kinds of JSON, and types within types.
fn kinds() -> Vec<Row> {
    let row = |name, served, expected: &str| row(name, "GET /answers/kinds", read_kinds, served, expected);
    let problem = r#"{"title":"Bad"}"#;
    vec![
        row("the first kind of JSON", Served::new(200, JSON, ADA), "200 Json(Ada)"),
        row("the second", Served::new(200, "application/problem+json", problem), "200 Problem(Bad)"),
        row("a third is taken for the first", Served::new(200, "application/hal+json", ADA), "200 Json(Ada)"),
        row("a type before its range", Served::new(202, "text/plain", "soon"), "202 PlainText(soon)"),
        row("a range before all types", Served::new(202, "text/css", "a{}"), "202 AnyText(a{})"),
        row("any type", Served::new(202, "image/png", "PNG"), "202 Bytes(PNG)"),
        row(
            "a status that is not declared, by its type",
            Served::new(201, "text/plain", "soon"),
            "201 PlainText(soon)",
        ),
        row("or by its kind of JSON", Served::new(201, "application/problem+json", problem), "201 Problem(Bad)"),
        row("or else it is the first", Served::empty(201).body(ADA), "201 Json(Ada)"),
        row("nothing, and a status that is not declared", Served::empty(204), "204 Other(b\"\")"),
    ]
}

async fn read_errors(client: Client) -> String {
    let error = match client.answers().read_errors().send().await {
        Ok(answer) => return format!("{} {}", answer.status().as_u16(), item(&answer)),
        Err(error) => error,
    };
    let typed = match ReadErrorsError::of(&error) {
        Some(ReadErrorsError::NotFound) => "NotFound".to_owned(),
        Some(ReadErrorsError::Conflict(text)) => format!("Conflict({text})"),
        Some(ReadErrorsError::UnprocessableContentJson(problem)) => format!("Json({})", problem.title),
        Some(ReadErrorsError::UnprocessableContentText(text)) => format!("Text({text})"),
        Some(ReadErrorsError::ClientError(found)) => format!("ClientError({})", item(&found)),
        Some(ReadErrorsError::Default(problem)) => format!("Default({})", problem.title),
        other => format!("{other:?}"),
    };
    format!("{typed} of {}", tell_error(&error))
}

/// The declared error is told from others, and the error itself keeps all that came.
fn errors() -> Vec<Row> {
    const PROBLEM: &str = r#"{"title":"Bad"}"#;
    const ADA_CAME: &str = r#"[{\"name\":\"Ada\"}]"#;
    const PROBLEM_CAME: &str = r#"[{\"title\":\"Bad\"}]"#;
    let row = |name, served, expected: String| row(name, "GET /answers/errors", read_errors, served, expected);
    vec![
        row("a success", Served::new(200, JSON, ADA), "200 Ada".into()),
        row("an error without a body", Served::empty(404), "NotFound of 404 Status []".into()),
        row("one with a body that is not declared", Served::new(404, JSON, "{}"), "NotFound of 404 Status [{}]".into()),
        row("a text", Served::new(409, "text/plain", "é"), "Conflict(é) of 409 Status [\\xc3\\xa9]".into()),
        row(
            "a text in its charset",
            Served::new(409, "text/plain; charset=ISO-8859-1", b"\xe9"),
            "Conflict(é) of 409 Status [\\xe9]".into(),
        ),
        row("a text in another form", Served::new(409, JSON, ADA), format!("None of 409 Status {ADA_CAME}")),
        row(
            "the first of two types",
            Served::new(422, "application/problem+json", PROBLEM),
            format!("Json(Bad) of 422 Status {PROBLEM_CAME}"),
        ),
        row(
            "plain JSON is that too",
            Served::new(422, JSON, PROBLEM),
            format!("Json(Bad) of 422 Status {PROBLEM_CAME}"),
        ),
        row("the second", Served::new(422, "text/html", "<p>"), "Text(<p>) of 422 Status [<p>]".into()),
        row(
            "no type is the first",
            Served::empty(422).body(PROBLEM),
            format!("Json(Bad) of 422 Status {PROBLEM_CAME}"),
        ),
        row("neither of the two", Served::new(422, "text/plain", "a"), "None of 422 Status [a]".into()),
        row("a range", Served::new(410, JSON, ADA), format!("ClientError(Ada) of 410 Status {ADA_CAME}")),
        row("a range in another form", Served::new(410, "text/html", "<p>"), "None of 410 Status [<p>]".into()),
        row("a range without a body", Served::empty(401), "None of 401 Status []".into()),
        row("the default", Served::new(503, JSON, PROBLEM), format!("Default(Bad) of 503 Status {PROBLEM_CAME}")),
        row(
            "the default for a redirect",
            Served::new(300, JSON, PROBLEM),
            format!("Default(Bad) of 300 Status {PROBLEM_CAME}"),
        ),
        row("JSON that is none", Served::new(503, JSON, "{"), "None of 503 Status [{]".into()),
        row("JSON of another type", Served::new(503, JSON, ADA), format!("None of 503 Status {ADA_CAME}")),
        row(
            "a success that cannot be read is no declared error",
            Served::new(200, JSON, "{}"),
            "None of 200 Decode at .: missing field `name` at line 1 column 2 [{}]".into(),
        ),
    ]
}

async fn read_headers(client: Client) -> String {
    tell(client.answers().read_headers().send().await, |answer| {
        let ReadHeadersHeaders { total, next, labels, last_change, level, .. } =
            ReadHeadersHeaders::of(answer.headers());
        let mut told = Vec::new();
        told.extend(total.map(|total| format!("total={total}")));
        told.extend(next.map(|next| format!("next={next}")));
        told.extend((!labels.is_empty()).then(|| format!("labels={labels:?}")));
        told.extend(last_change.map(|at| format!("at={at}")));
        told.extend(level.map(|level| format!("level={level:?}")));
        told.join(" ")
    })
}

/// Headers are typed where they are what the document says, and stay where they are otherwise.
fn headers() -> Vec<Row> {
    let row = |name, served, expected: &str| row(name, "GET /answers/headers", read_headers, served, expected);
    let with = |name, value| Served::empty(200).header(name, value);
    vec![
        row("no headers", Served::empty(200), "200 "),
        row("a number", with("X-Total", "42"), "200 total=42"),
        row("a header's name in small letters", with("x-total", " -7 "), "200 total=-7"),
        row("no number", with("X-Total", "many"), "200 "),
        row("a number beyond 64 bits", with("X-Total", "9223372036854775808"), "200 "),
        row("a text", with("X-Next", "/a?b=c d"), "200 next=/a?b=c d"),
        row("an empty text", with("X-Next", ""), "200 next="),
        row("a list", with("X-Labels", "a, b,c"), "200 labels=[\"a\", \"b\", \"c\"]"),
        row(
            "a list in several fields",
            with("X-Labels", "a,b").header("X-Labels", "c"),
            "200 labels=[\"a\", \"b\", \"c\"]",
        ),
        row("an empty list", with("X-Labels", ""), "200 "),
        row("a time", with("Last-Change", "2024-02-29T12:00:00.5+01:00"), "200 at=2024-02-29T11:00:00.5Z"),
        row("no time", with("Last-Change", "yesterday"), "200 "),
        row("a value of an enum", with("X-Level", "LOW"), "200 level=LowUpper"),
        row("a new value of an enum", with("X-Level", "mid"), "200 level=Unknown(\"mid\")"),
        row(
            "all at once, and one of them wrong",
            with("X-Total", "").header("X-Next", "n").header("X-Labels", "l").header("X-Level", "high"),
            "200 next=n labels=[\"l\"] level=High",
        ),
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    [several(), kinds(), errors(), headers()].into_iter().flatten().collect()
}

#[tokio::test]
async fn declared_answers_are_told_apart_as_the_rows_say() {
    println!("{} declared answers", check(rows()).await);
}

#[tokio::test]
async fn accept_names_what_is_declared_in_the_documents_order() {
    let accept = async |call| exchange(&Served::empty(204), call).await.1[0].header("accept");
    let several = accept(call(async |client: Client| _ = client.answers().read_several().send().await)).await;
    assert_eq!(several.as_deref(), Some("application/json, text/csv, application/octet-stream, text/*"));
    let nothing = accept(call(async |client: Client| _ = client.answers().read_nothing().send().await)).await;
    assert_eq!(nothing, None, "nothing is declared, so nothing is asked for");
}

#[tokio::test]
async fn an_errors_text_is_read_in_its_charset_as_far_as_it_goes() {
    for (charset, body, text) in [
        ("utf-8", &b"\xc3\xa9"[..], "\u{e9}"),
        ("ISO-8859-1", b"\xe9", "\u{e9}"),
        ("utf-8", b"a\xe9", "a\u{fffd}"),
        ("utf-16", b"a\xe9", "a\u{fffd}"),
    ] {
        let served = Served::new(409, &format!("text/plain; charset={charset}"), body);
        let call = call(async |client: Client| client.answers().read_errors().send().await.map(|_| ()));
        let Err(Error::Status(error)) = exchange(&served, call).await.0 else { panic!("another kind of outcome") };
        assert_eq!(error.text(), text, "{charset}");
    }
}

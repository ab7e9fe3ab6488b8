//! The table of generator/docs/wire.md, one test for each of its rows that are right.

use serde_json::{Value, json};
use wire_sdk::api::answers::{ReadErrorsError, ReadSeveralAnswer};
use wire_sdk::api::bodies::SendMultipartForm;
use wire_sdk::models::{
    Circle, Color, FooBar, FooBarCamel, FooUnderscoreBar, Item, Level, Names, OptionModel, Search, Shape, State,
    StringModel,
};
use wire_sdk::{Client, Error, Multipart, Nullable, Response, Upload};

use super::support::{Recorded, Served, Settings, call, exchange_by};

/// What came, and how the call ended.
async fn came<T: 'static, F>(served: Served, make: impl FnOnce(Client) -> F + 'static) -> (Result<T, Error>, Recorded)
where
    F: Future<Output = Result<Response<T>, Error>> + 'static,
{
    by(|client| client, served, make).await
}

/// The same by a client with settings.
async fn by<T: 'static, F>(
    settings: Settings,
    served: Served,
    make: impl FnOnce(Client) -> F + 'static,
) -> (Result<T, Error>, Recorded)
where
    F: Future<Output = Result<Response<T>, Error>> + 'static,
{
    let ending = call(async |client| make(client).await.map(Response::into_inner));
    let (ended, mut recorded) = exchange_by(settings, &served, ending).await;
    assert_eq!(recorded.len(), 1);
    (ended, recorded.remove(0))
}

/// The request of a call that has nothing to answer.
async fn sent<F>(make: impl FnOnce(Client) -> F + 'static) -> Recorded
where
    F: Future<Output = Result<Response<()>, Error>> + 'static,
{
    let (ended, recorded) = came(Served::empty(204), make).await;
    ended.unwrap();
    recorded
}

/// The media type and the body.
fn content(recorded: &Recorded) -> (String, String) {
    (recorded.header("content-type").unwrap_or_default(), String::from_utf8_lossy(&recorded.body).into_owned())
}

fn json(body: &str) -> Served {
    Served::new(200, "application/json", body)
}

#[tokio::test]
async fn a_yaml_body_leaves_as_it_was_written() {
    const FLOW: &str = "# why\nid:  hello  \ntasks: []\r\n";
    let recorded = sent(|client| client.bodies().send_yaml(FLOW).send()).await;
    assert_eq!(content(&recorded), ("application/x-yaml".into(), FLOW.into()));
}

#[tokio::test]
async fn text_form_and_octets_leave_under_their_own_type() {
    let recorded = sent(|client| client.bodies().send_text("\"a\"").send()).await;
    assert_eq!(content(&recorded), ("text/plain; charset=utf-8".into(), "\"a\"".into()));
    let recorded = sent(|client| {
        let search = Search::new().text("a b").each(vec!["c".into(), "d".into()]);
        client.bodies().send_form(&search).send()
    });
    assert_eq!(content(&recorded.await), ("application/x-www-form-urlencoded".into(), "text=a+b&each=c&each=d".into()));
    let recorded = sent(|client| client.streams().upload(Upload::reader(&b"\0\xff"[..], Some(2))).send()).await;
    assert_eq!(recorded.header("content-type").as_deref(), Some("application/octet-stream"));
    assert_eq!(recorded.header("content-length").as_deref(), Some("2"));
    assert_eq!(recorded.body, b"\0\xff");
}

#[tokio::test]
async fn multipart_takes_named_parts_and_any_parts() {
    let recorded = sent(|client| {
        let file = Upload::reader("PK".as_bytes(), Some(2)).named("a.zip");
        client.bodies().send_multipart(SendMultipartForm::new(file, "Title").meta(&Item::new("Ada"))).send()
    });
    let (media_type, body) = content(&recorded.await);
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
    assert_eq!(
        parts,
        [
            "",
            "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\nContent-Type: application/zip\r\n\r\nPK\r\n",
            "\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nTitle\r\n",
            "\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"name\":\"Ada\"}\r\n",
            "--\r\n",
        ]
    );
    let recorded = sent(|client| client.bodies().send_parts().body(Multipart::new().text("any", "1")).send());
    assert!(content(&recorded.await).1.contains("name=\"any\"\r\n\r\n1\r\n"));
}

#[tokio::test]
async fn octets_are_read_while_they_come() {
    let served = || Served::new(200, "application/octet-stream", &b"\0\xff"[..]);
    let (download, _) = came(served(), |client| client.streams().download().send()).await;
    let mut download = download.unwrap();
    let mut all = Vec::new();
    while let Some(piece) = download.chunk().await.unwrap() {
        all.extend_from_slice(&piece);
    }
    assert_eq!(all, b"\0\xff");
}

#[tokio::test]
async fn server_sent_events_are_typed() {
    const BODY: &str = ": hello\r\nevent: new\r\nid: 7\r\ndata: {\"name\":\r\ndata: \"Ada\"}\r\n\r\n";
    let served = Served::new(200, "text/event-stream", BODY);
    let (events, recorded) = came(served, |client| client.streams().events().send()).await;
    assert_eq!(recorded.header("accept").as_deref(), Some("text/event-stream"));
    let mut events = events.unwrap();
    let event = events.next().await.unwrap().unwrap();
    assert_eq!((event.event.as_str(), event.id.as_str(), event.data), ("new", "7", Item::new("Ada")));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn csv_is_a_text() {
    let served = Served::new(200, "text/csv; charset=utf-8", "a,b\r\n\"1\",é\r\n");
    let (table, recorded) = came(served, |client| client.answers().read_csv().send()).await;
    assert_eq!(recorded.header("accept").as_deref(), Some("text/csv"));
    assert_eq!(table.unwrap(), "a,b\r\n\"1\",é\r\n");
}

#[tokio::test]
async fn an_array_that_is_not_exploded_has_commas() {
    let recorded = sent(|client| client.parameters().form().commas(["a", "b,c"]).send()).await;
    assert_eq!(recorded.line, "GET /params/form?size=10&commas=a,b%2Cc");
}

#[tokio::test]
async fn a_deep_object_has_its_names_in_brackets() {
    let recorded = sent(|client| client.parameters().deep().color(&Color::new(1, 2)).send()).await;
    assert_eq!(recorded.line, "GET /params/deep?color%5BR%5D=1&color%5BG%5D=2");
}

#[tokio::test]
async fn an_error_keeps_its_body_and_has_its_type() {
    let ended = async |status, media_type: &str, body: &str| {
        came(Served::new(status, media_type, body), |client| client.answers().read_errors().send()).await.0.unwrap_err()
    };
    let error = ended(422, "application/problem+json", r#"{"title":"Bad"}"#).await;
    assert_eq!(error.body().map(|body| &body[..]), Some(&br#"{"title":"Bad"}"#[..]));
    let typed = ReadErrorsError::of(&error);
    assert!(matches!(typed, Some(ReadErrorsError::UnprocessableContentJson(problem)) if problem.title == "Bad"));
    let typed = ReadErrorsError::of(&ended(409, "text/plain", "taken").await);
    assert!(matches!(typed, Some(ReadErrorsError::Conflict(text)) if text == "taken"));
    let undeclared = ended(409, "text/html", "<p>").await;
    assert!(ReadErrorsError::of(&undeclared).is_none());
    assert_eq!(undeclared.body().map(|body| &body[..]), Some(&b"<p>"[..]));
}

#[tokio::test]
async fn each_success_has_its_own_variant() {
    let ended = async |served| came(served, |client| client.answers().read_several().send()).await.0.unwrap();
    assert!(matches!(ended(json(r#"{"name":"A"}"#)).await, ReadSeveralAnswer::OkJson(item) if item.name == "A"));
    let accepted = ended(Served::new(202, "application/json", r#"{"title":"Wait"}"#)).await;
    assert!(matches!(accepted, ReadSeveralAnswer::Accepted(problem) if problem.title == "Wait"));
    assert!(matches!(ended(Served::empty(204)).await, ReadSeveralAnswer::NoContent));
}

#[tokio::test]
async fn absent_null_and_value_are_three_things() {
    for (note, text) in [
        (Nullable::Absent, r#"{"name":"A"}"#),
        (Nullable::Null, r#"{"name":"A","note":null}"#),
        (Nullable::Value("n".to_owned()), r#"{"name":"A","note":"n"}"#),
    ] {
        let (read, _) = came(json(text), |client| client.answers().read_json().send()).await;
        let item = read.unwrap();
        assert_eq!(item.note, note);
        let recorded = sent(move |client| client.bodies().send_json(&item).send()).await;
        assert_eq!(content(&recorded).1, text);
    }
}

#[tokio::test]
async fn an_unknown_value_of_an_enum_is_kept() {
    let (read, _) = came(json(r#"{"name":"A","level":"mid"}"#), |client| client.answers().read_json().send()).await;
    let item = read.unwrap();
    assert_eq!(item.level, Some(Level::Unknown("mid".to_owned())));
    let recorded = sent(move |client| client.bodies().send_json(&item).send()).await;
    assert_eq!(content(&recorded).1, r#"{"name":"A","level":"mid"}"#);
}

/// Sends it, and gives what came with what the server gave back.
async fn round(names: Names, served: &str) -> (Value, Names) {
    let (read, recorded) = came(json(served), move |client| client.types().send_names(&names).send()).await;
    (serde_json::from_slice(&recorded.body).unwrap(), read.unwrap())
}

#[tokio::test]
async fn values_that_differ_in_case_are_two() {
    let state = |state: State| Names::new().state(state);
    for (value, text) in [(State::RunningUpper, "RUNNING"), (State::Running, "Running")] {
        let body = json!({"state": text});
        assert_eq!(round(state(value.clone()), &body.to_string()).await, (body, state(value)));
    }
}

#[tokio::test]
async fn names_that_differ_in_case_are_three_types() {
    let mut names = Names::new();
    names.a = Some(FooBar::new().one("1"));
    names.b = Some(FooUnderscoreBar::new().two("2"));
    names.c = Some(FooBarCamel::new().three("3"));
    let body = json!({"a": {"one": "1"}, "b": {"two": "2"}, "c": {"three": "3"}});
    assert_eq!(round(names.clone(), &body.to_string()).await, (body, names));
}

#[tokio::test]
async fn a_schema_may_be_called_option_or_string() {
    let names = Names::new().option(OptionModel::new().some("s").none(true)).string(StringModel::new().text("t"));
    let body = json!({"option": {"some": "s", "none": true}, "string": {"text": "t"}});
    assert_eq!(round(names.clone(), &body.to_string()).await, (body, names));
}

#[tokio::test]
async fn a_discriminator_says_which_it_is() {
    let circle = Shape::from(Circle::new(1.5));
    let body = json!({"kind": "square", "side": 2.5, "color": "red"});
    let (read, recorded) = came(json(&body.to_string()), move |client| client.types().send_shape(&circle).send()).await;
    assert_eq!(serde_json::from_slice::<Value>(&recorded.body).unwrap(), json!({"kind": "circle", "radius": 1.5}));
    let Ok(Shape::Square(square)) = read else { panic!("no square") };
    assert_eq!((square.side, &square.extra["color"]), (2.5, &json!("red")));
    assert_eq!(serde_json::to_value(Shape::from(square)).unwrap(), body);
}

#[tokio::test]
async fn headers_and_cookies_are_sent() {
    let recorded = sent(|client| client.parameters().fields("t").x_list(["a", "b"]).send()).await;
    assert_eq!(recorded.header("x-text").as_deref(), Some("t"));
    assert_eq!(recorded.header("x-list").as_deref(), Some("a,b"));
    let recorded = sent(|client| client.parameters().cookies().session("s").each(["a", "b"]).send()).await;
    assert_eq!(recorded.header("cookie").as_deref(), Some("session=s; each=a; each=b"));
}

#[tokio::test]
async fn a_user_or_a_token_is_sent_where_it_is_wanted() {
    let both: Settings = |client| client.basic_auth("user", "pass").bearer_token("token");
    let nothing = || Served::empty(204);
    let (_, recorded) = by(both, nothing(), |client| client.access().basic().send()).await;
    assert_eq!(recorded.header("authorization").as_deref(), Some("Basic dXNlcjpwYXNz"));
    let (_, recorded) = by(both, nothing(), |client| client.access().bearer().send()).await;
    assert_eq!(recorded.header("authorization").as_deref(), Some("Bearer token"));
    let (_, recorded) = by(both, nothing(), |client| client.bodies().send_nothing().send()).await;
    assert_eq!(recorded.header("authorization"), None);
}

#[tokio::test]
async fn api_keys_are_sent_where_they_are_wanted() {
    let keys: Settings = |client| client.key("k").application("a").in_query("q&").in_cookie("c").bearer_token("token");
    let nothing = || Served::empty(204);
    let (_, recorded) = by(keys, nothing(), |client| client.access().header_key().send()).await;
    assert_eq!(recorded.other_headers(&["host"]), ["x-key: k"]);
    let (_, recorded) = by(keys, nothing(), |client| client.access().query_key().send()).await;
    assert_eq!(
        (recorded.line.as_str(), recorded.other_headers(&["host"]).len()),
        ("GET /access/query-key?api%20key=q%26", 0)
    );
    let (_, recorded) = by(keys, nothing(), |client| client.access().cookie_key().send()).await;
    assert_eq!(recorded.other_headers(&["host"]), ["cookie: sid=c"]);
    // All schemes of the first alternative.
    let (_, recorded) = by(keys, nothing(), |client| client.access().together().send()).await;
    assert_eq!(recorded.other_headers(&["host"]), ["x-key: k", "authorization: Bearer token"]);
}

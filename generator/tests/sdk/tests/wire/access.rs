//! Who asks: the credentials that an operation wants, and no others.

use wire_sdk::{Client, Error};

use super::sent::{Row, bodiless, check};
use super::support::{Served, Settings, call, exchange_by, reasons};

const BASIC: &str = "authorization: Basic w6k6IHA6";
const BEARER: &str = "authorization: Bearer a.b-c";

pub(crate) fn rows() -> Vec<Row> {
    let user: Settings = |client| client.basic_auth("é", " p:");
    let token: Settings = |client| client.bearer_token("a.b-c");
    let both: Settings = |client| client.basic_auth("é", " p:").bearer_token("a.b-c");
    let basic = |name| bodiless(name, "GET /access/basic", |client| client.access().basic().send());
    let bearer = |name| bodiless(name, "GET /access/bearer", |client| client.access().bearer().send());
    let key: Settings = |client| client.key("k 1");
    let in_query: Settings = |client| client.in_query("a b&é");
    let in_cookie: Settings = |client| client.in_cookie("a;b%");
    let either = |name| bodiless(name, "GET /access/either", |client| client.access().either().send());
    let header_key = |name| bodiless(name, "GET /access/header-key", |client| client.access().header_key().send());
    let query_key = |name, query: &str| {
        bodiless(name, format!("GET /access/query-key{query}"), |client| client.access().query_key().send())
    };
    let cookie_key = |name| bodiless(name, "GET /access/cookie-key", |client| client.access().cookie_key().send());
    let together = |name, query: &str| {
        bodiless(name, format!("GET /access/together{query}"), |client| client.access().together().send())
    };
    let both_of_two: Settings = |client| client.key("k 1").bearer_token("a.b-c");
    let all_of_three: Settings = |client| client.key("k").in_query("q").in_cookie("c").application("a");
    let all: Settings = |client| client.key("k 1").bearer_token("a.b-c").in_query("q").in_cookie("c").application("a");
    let optional = |name| bodiless(name, "GET /access/optional", |client| client.access().optional().send());
    vec![
        basic("a user").by(user).with(BASIC),
        basic("a token where a user is wanted").by(token),
        basic("the user of both").by(both).with(BASIC),
        basic("no credentials"),
        bearer("a token").by(token).with(BEARER),
        bearer("a user where a token is wanted").by(user),
        either("the first that is wanted").by(both).with(BEARER),
        either("the one that there is").by(user).with(BASIC),
        bodiless("credentials where none are wanted", "GET /params/form?size=10", |client| {
            client.parameters().form().send()
        })
        .by(both),
        bodiless("a header of all calls", "GET /params/form?size=10", |client| client.parameters().form().send())
            .by(|client| client.default_header("X-Api-Key", "k"))
            .with("x-api-key: k"),
        header_key("a key in a header").by(key).with("x-key: k 1"),
        header_key("the key of another scheme").by(in_query),
        header_key("an empty key").by(|client| client.key("")),
        header_key("the last key of a scheme").by(|client| client.key("a\n").key("b")).with("x-key: b"),
        query_key("a key in the query", "?api%20key=a%20b%26%C3%A9").by(in_query),
        query_key("no key in the query", "").by(key),
        bodiless("a key behind the parameters", "GET /access/query-key?text=%3F&api%20key=a%20b%26%C3%A9", |client| {
            client.access().query_key().text("?").send()
        })
        .by(in_query),
        bodiless("a parameter in the key's place", "GET /access/query-key?api%20key=mine", |client| {
            client.access().query_key().api_key("mine").send()
        })
        .by(in_query),
        cookie_key("a key in a cookie").by(in_cookie).with("cookie: sid=a%3Bb%25"),
        bodiless("a key between other cookies", "GET /access/cookie-key", |client| {
            client.access().cookie_key().session("s").send()
        })
        .by(|client| client.default_header("Cookie", "own=1").in_cookie("k"))
        .with("cookie: own=1; sid=k; session=s"),
        together("both that are needed", "").by(both_of_two).with("x-key: k 1").with(BEARER),
        together("one of two", "").by(key),
        together("the second alternative", "?api%20key=q")
            .by(all_of_three)
            .with("x-application: a")
            .with("cookie: sid=c"),
        together("the first of two alternatives", "").by(all).with("x-key: k 1").with(BEARER),
        optional("a key that need not be").by(|client| client.application("a")).with("x-application: a"),
        optional("without a key that need not be"),
        bodiless("a header parameter in the key's place", "GET /access/optional", |client| {
            client.access().optional().x_application("mine").send()
        })
        .by(|client| client.application("a"))
        .with("x-application: mine"),
        bodiless("a header of the call in the key's place", "GET /access/header-key", |client| {
            client.access().header_key().header("X-Key", "mine").send()
        })
        .by(key)
        .with("x-key: mine"),
        header_key("a key in place of the client's own header")
            .by(|client| client.default_header("x-key", "other").key("k"))
            .with("x-key: k"),
    ]
}

#[tokio::test]
async fn credentials_leave_as_the_rows_say() {
    println!("{} with and without credentials", check(rows()).await);
}

/// The server's word for each key, and no other's.
const SECRET: &str = "k-5Tn+4Vr%";

fn with_keys(client: wire_sdk::ClientBuilder) -> wire_sdk::ClientBuilder {
    client.key(SECRET).application(SECRET).in_query(SECRET).in_cookie(SECRET)
}

#[tokio::test]
async fn keys_are_in_no_text() {
    let builder = with_keys(Client::builder("http://127.0.0.1:9"));
    let mut texts = vec![format!("{builder:?}")];
    let client = builder.build().unwrap();
    texts.push(format!("{client:?}"));
    assert!(texts.iter().all(|text| text.contains("inQuery") && text.contains("application")), "{texts:?}");
    let request = client.access().query_key();
    texts.push(format!("{request:?}"));
    texts.extend(request.send().await.err().map(|error| format!("{} {error:?}", reasons(&error))));
    for (status, body) in [(500, "sick"), (200, "odd")] {
        let served = Served::new(status, "text/plain", body);
        let (ended, recorded) = exchange_by(with_keys, &served, call(|client| client.access().together().send())).await;
        assert!(recorded[0].line.contains("k-5Tn%2B4Vr%25") && recorded[0].header("x-application").is_some());
        texts.push(match ended {
            Ok(response) => format!("{response:?}"),
            Err(error) => format!("{} {error:?}", reasons(&error)),
        });
    }
    assert_eq!(texts.len(), 6);
    for text in texts {
        assert!(!text.contains("5Tn") && !text.contains("4Vr"), "{text}");
    }
}

#[test]
fn keys_that_no_request_can_hold_build_no_client() {
    let client = || Client::builder("http://127.0.0.1:9");
    for value in ["5Tn\r\nx: y", "5Tn\n", "\x005Tn", "5Tn\u{85}"] {
        for builder in [client().key(value), client().in_query(value), client().in_cookie(value)] {
            let Err(Error::Refused(error)) = builder.build() else { panic!("{value:?} is a key") };
            assert!(!error.to_string().contains("5Tn"), "{error}");
        }
    }
    for value in [" 5Tn", "5Tn ", "é"] {
        assert!(matches!(client().key(value).build(), Err(Error::Refused(_))), "{value:?} is a header");
        assert!(client().in_query(value).in_cookie(value).build().is_ok(), "{value:?} can be encoded");
    }
}

#[tokio::test]
async fn keys_stay_with_their_origin() {
    let elsewhere = Served::empty(307).header("Location", "http://127.0.0.2:9/access/query-key");
    let (ended, recorded) = exchange_by(with_keys, &elsewhere, call(|client| client.access().query_key().send())).await;
    assert_eq!((ended.unwrap_err().status().unwrap().as_u16(), recorded.len()), (307, 1));
    // What the server sends itself to is its own word: no key is added there.
    let here = Served::empty(307).header("Location", "/other?page=2");
    let (_, recorded) = exchange_by(with_keys, &here, call(|client| client.access().query_key().send())).await;
    assert_eq!(recorded[1].line, "GET /other?page=2");
}

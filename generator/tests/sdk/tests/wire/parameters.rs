//! Parameters: each style in each of its places, as it leaves, or why nothing does.

use std::future::Future;

use serde_json::json;
use wire_sdk::api::parameters::{Content, Cookies, Form, Headers, LeftOpen};
use wire_sdk::models::{Color, Filter, FilterField, FilterOperation, Item, Level, Search, SearchDeep};
use wire_sdk::{Client, Error, OrEmpty, Response};

use super::support::{Call, Served, call, exchange, reasons};

/// A call, and what must leave because of it.
struct Row {
    name: &'static str,
    expected: Expected,
    call: Call<Result<(), Error>>,
}

#[derive(Debug, PartialEq)]
enum Expected {
    /// A target below `/parameters`.
    Target(String),
    /// Headers by name; those that are not there are `None`.
    Headers(Vec<(&'static str, Option<String>)>),
    /// Nothing, for this reason.
    Refused(String),
}

fn row<T, F: Future<Output = Result<Response<T>, Error>>>(
    name: &'static str,
    expected: Expected,
    make: impl FnOnce(Client) -> F + 'static,
) -> Row {
    Row { name, expected, call: call(async |client| make(client).await.map(|_| ())) }
}

/// A row of what stands in the target.
fn target<T, F: Future<Output = Result<Response<T>, Error>>>(
    name: &'static str,
    target: &str,
    make: impl FnOnce(Client) -> F + 'static,
) -> Row {
    row(name, Expected::Target(target.to_owned()), make)
}

/// A row of a request that must not leave.
fn refused<T, F: Future<Output = Result<Response<T>, Error>>>(
    name: &'static str,
    reason: &str,
    make: impl FnOnce(Client) -> F + 'static,
) -> Row {
    row(name, Expected::Refused(reason.to_owned()), make)
}

impl Row {
    async fn check(self) -> Result<(), String> {
        let Self { name, expected, call } = self;
        let (ended, recorded) = exchange(&Served::empty(204), call).await;
        let found = match (ended, &recorded[..]) {
            (Err(Error::Refused(error)), []) => {
                let reason = reasons(&error);
                Expected::Refused(reason.split_once(": ").map_or(reason.clone(), |(_, reason)| reason.to_owned()))
            }
            (Ok(()), [recorded]) => match &expected {
                Expected::Headers(wanted) => {
                    Expected::Headers(wanted.iter().map(|(name, _)| (*name, recorded.header(name))).collect())
                }
                _ => Expected::Target(recorded.line.replace("GET /parameters", "")),
            },
            (ended, recorded) => return Err(format!("{name}: ended {ended:?}, {} requests", recorded.len())),
        };
        if found == expected { Ok(()) } else { Err(format!("{name}:\n  expected {expected:?}\n  found    {found:?}")) }
    }
}

/// Makes the calls of all rows.
async fn check(rows: Vec<Row>) {
    let count = rows.len();
    let mut misses = Vec::new();
    for row in rows {
        misses.extend(row.check().await.err());
    }
    assert!(misses.is_empty(), "{} of {count} rows differ:\n{}", misses.len(), misses.join("\n"));
}

fn color() -> Color {
    Color::new(100, 200).b(150)
}

fn simple(name: &'static str, expected: &str, text: &'static str, list: Vec<&'static str>) -> Row {
    target(name, expected, move |client| {
        let day = jiff::civil::date(2026, 1, 31);
        client.parameters().simple(text, day, list, &color(), &Level::LowLower).send()
    })
}

#[tokio::test]
async fn paths() {
    let empty = "path parameter `list` is empty: that would name another route";
    check(vec![
        simple("simple", "/simple/blue/2026-01-31/a,b/R=100,G=200,B=150/low", "blue", vec!["a", "b"]),
        simple(
            "what a path cannot hold is encoded",
            "/simple/a%2Fb%3Fc%20%C3%A9/2026-01-31/a%2Cb,..,/R=100,G=200,B=150/low",
            "a/b?c é",
            vec!["a,b", "..", ""],
        ),
        refused("an empty list in a path", empty, |client| {
            let list: [&str; 0] = [];
            client.parameters().simple("a", jiff::civil::date(2026, 1, 31), list, &color(), &Level::LowLower).send()
        }),
        target("null is left out of an object", "/simple/a/2026-01-31/b/R=1,G=2/HIGH", |client| {
            let level = Level::from("HIGH");
            client.parameters().simple("a", jiff::civil::date(2026, 1, 31), ["b"], &Color::new(1, 2), &level).send()
        }),
        target("label", "/label/.blue/.1,2/.a.b/.R=100.G=200.B=150", |client| {
            client.parameters().label("blue", [1, 2], ["a", "b"], &color()).send()
        }),
        refused(
            "a label that comes out as a dot segment",
            "path parameter `text` is the dot segment `.`: that would name another route",
            |client| client.parameters().label("", [1], ["a"], &color()).send(),
        ),
        target("matrix", "/matrix/;text=a%3Bb/;list=a,b/;exploded=a;exploded=b/;object=R,100,G,200,B,150", |client| {
            client.parameters().matrix("a;b", ["a", "b"], ["a", "b"], &color()).send()
        }),
        target("empty texts in a matrix", "/matrix/;text/;list=,/;exploded/;object=R,1,G,2", |client| {
            client.parameters().matrix("", ["", ""], [""], &Color::new(1, 2)).send()
        }),
        target("declared as a query parameter", "/misplaced/LOW", |client| {
            client.parameters().misplaced(&Level::LowUpper).send()
        }),
    ])
    .await;
}

fn form(name: &'static str, expected: &str, set: impl FnOnce(Form) -> Form + 'static) -> Row {
    target(name, expected, |client| set(client.parameters().form()).send())
}

#[tokio::test]
async fn queries_in_form_style() {
    check(vec![
        form("the default of a required parameter alone", "/form?size=10", |form| form),
        form("a text", "/form?text=a%20%26%2B%C3%A9&size=10", |form| form.text("a &+é")),
        form("an empty text is no missing one", "/form?text=&size=10", |form| form.text("")),
        form("a text taken back", "/form?size=10", |form| form.text("a").text(None::<&str>)),
        form("the last of two", "/form?size=3", |form| form.size(2).size(3)),
        form("a number", "/form?size=-1&ratio=0.5", |form| form.ratio(0.5).size(-1)),
        form("a point in time", "/form?size=10&at=2026-01-31T12%3A00%3A00.000001Z", |form| {
            form.at("2026-01-31T13:00:00.000001+01:00".parse::<jiff::Timestamp>().ok())
        }),
        form("values of an enum, known and not", "/form?size=10&level=LOW&joined=high,new%20one", |form| {
            form.level(Level::LowUpper).joined([Level::High, Level::from("new one")])
        }),
        form("an exploded list", "/form?size=10&each=a&each=&each=b%2Cc", |form| form.each(["a", "", "b,c"])),
        form("a list in one pair", "/form?size=10&joined=low,high", |form| form.joined(["low", "high"])),
        form("empty lists", "/form?size=10", |form| form.each(Vec::<String>::new()).joined(Vec::<Level>::new())),
        form("an exploded object", "/form?size=10&R=100&G=200&B=150", |form| form.object(&color())),
        form("an object in one pair", "/form?size=10&flat=R,1,G,2", |form| form.flat(&Color::new(1, 2))),
        form("a map", "/form?size=10&map=b,1,a,x%20y", |form| form.map([("b", "1"), ("a", "x y")])),
        form("a free object", "/form?size=10&b=1&a=%5B1%2C%222%22%5D", |form| {
            form.free(json!({"b": 1, "c": null, "a": [1, "2"]}))
        }),
        form("a free value that is no object", "/form?size=10&free=7", |form| form.free(7)),
        form("a free value that is none", "/form?size=10", |form| form.free(json!(null))),
        refused("a required value taken back", "required query parameter `size` is missing", |client| {
            client.parameters().form().size(None).send()
        }),
    ])
    .await;
}

#[tokio::test]
async fn queries_in_other_styles() {
    check(vec![
        target("nothing given", "/delimited", |client| client.parameters().delimited().send()),
        target("blanks", "/delimited?blanks=a%20b%20c", |client| {
            client.parameters().delimited().blanks(["a", "b c"]).send()
        }),
        target("pipes", "/delimited?pipes=a%7Cb%7Cc", |client| {
            client.parameters().delimited().pipes(["a", "b|c"]).send()
        }),
        target("an object between pipes", "/delimited?piped=R%7C100%7CG%7C200%7CB%7C150", |client| {
            client.parameters().delimited().piped(&color()).send()
        }),
        target("deepObject", "/deep?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150", |client| {
            client.parameters().deep().color(&color()).send()
        }),
        target("deepObject of a map", "/deep?map%5Ba%26%5D=1", |client| {
            client.parameters().deep().map([("a&", 1)]).send()
        }),
        target(
            "deepObject of what is deeper",
            "/deep?free%5Ba%5D%5Bb%5D=1&free%5Bc%5D=2&free%5Bc%5D=3&free%5Bd%5D=%7B%22e%22%3Atrue%7D",
            |client| {
                let free = json!({"a": {"b": 1}, "c": [2, 3], "d": [{"e": true}]});
                client.parameters().deep().free(free).send()
            },
        ),
        target("reserved characters", "/reserved?path=/a:b?c=d,%2F!%26%23", |client| {
            client.parameters().reserved().path("/a:b?c=d,%2F!&#").send()
        }),
        target("reserved characters in a list", "/reserved?paths=/a,b%2Cc", |client| {
            client.parameters().reserved().paths(["/a", "b,c"]).send()
        }),
        target("a flag without a value", "/empty?text=&flag=", |client| {
            client.parameters().empty().flag(OrEmpty::Empty).text("").send()
        }),
        target("a flag with one", "/empty?flag=false", |client| client.parameters().empty().flag(false).send()),
        target("a flag left out", "/empty", |client| client.parameters().empty().flag(true).flag(None).send()),
    ])
    .await;
}

fn headers<const N: usize>(
    name: &'static str,
    expected: [(&'static str, Option<&str>); N],
    set: impl FnOnce(Headers) -> Headers + 'static,
) -> Row {
    let expected = expected.map(|(name, value)| (name, value.map(str::to_owned))).to_vec();
    row(name, Expected::Headers(expected), |client| set(client.parameters().headers()).send())
}

#[tokio::test]
async fn header_parameters() {
    let divided = "header parameter `X-List` has a member with the character that stands between members";
    check(vec![
        headers("the default of a required one", [("x-size", Some("3")), ("x-text", None)], |headers| headers),
        headers("a text as it is", [("x-text", Some("a, \"b\"%20"))], |headers| headers.x_text("a, \"b\"%20")),
        headers("an empty text", [("x-text", Some(""))], |headers| headers.x_text("")),
        headers("a number and a time", [("x-size", Some("7")), ("x-at", Some("1970-01-01T00:00:00Z"))], |headers| {
            headers.x_size(7).x_at(jiff::Timestamp::UNIX_EPOCH)
        }),
        headers("a list", [("x-list", Some("a,b c"))], |headers| headers.x_list(["a", "b c"])),
        headers("an empty list", [("x-list", None)], |headers| headers.x_list(Vec::<String>::new())),
        headers("objects", [("x-flat", Some("R,100,G,200,B,150")), ("x-object", Some("R=1,G=2"))], |headers| {
            headers.x_flat(&color()).x_object(&Color::new(1, 2))
        }),
        headers("JSON, in ASCII", [("x-json", Some(r#"{"name":"\u00e9","size":1}"#))], |headers| {
            headers.x_json(&Item::new("é").size(1))
        }),
        refused("a comma in a list", divided, |client| client.parameters().headers().x_list(["a,b"]).send()),
        refused(
            "what no header holds",
            "the value of header `x-text` has a character beyond printable ASCII (RFC 9110 section 5.5)",
            |client| client.parameters().headers().x_text("é").send(),
        ),
    ])
    .await;
}

fn cookies(name: &'static str, expected: Option<&str>, set: impl FnOnce(Cookies) -> Cookies + 'static) -> Row {
    let expected = Expected::Headers(vec![("cookie", expected.map(str::to_owned))]);
    row(name, expected, |client| set(client.parameters().cookies()).send())
}

#[tokio::test]
async fn cookie_parameters() {
    check(vec![
        cookies("none", None, |cookies| cookies),
        cookies("a text", Some("session=a/b=c+d=="), |cookies| cookies.session("a/b=c+d==")),
        cookies("an empty text", Some("session="), |cookies| cookies.session("")),
        cookies("what a cookie cannot hold", Some("session=a%3B%20b%2C%22%5C%25%C3%A9"), |cookies| {
            cookies.session("a; b,\"\\%é")
        }),
        cookies("several in one header", Some("session=a; size=7"), |cookies| cookies.size(7).session("a")),
        cookies("an exploded list", Some("each=a; each=b"), |cookies| cookies.each(["a", "b"])),
        cookies("a list in one pair", Some("joined=a,b%2Cc"), |cookies| cookies.joined(["a", "b,c"])),
        cookies("an exploded object", Some("R=100; G=200; B=150"), |cookies| cookies.object(&color())),
        cookies("an empty list", None, |cookies| cookies.each(Vec::<String>::new())),
    ])
    .await;
}

fn content(name: &'static str, expected: &str, set: impl FnOnce(Content) -> Content + 'static) -> Row {
    let expected = format!("/content/%7B%22R%22%3A1%2C%22G%22%3A2%7D{expected}");
    target(name, &expected, |client| set(client.parameters().content(&Color::new(1, 2))).send())
}

#[tokio::test]
async fn parameters_described_by_content() {
    check(vec![
        content("in a path", "", |content| content),
        content("an item", "?item=%7B%22name%22%3A%22%C3%A9%22%2C%22note%22%3A%22x%22%7D", |content| {
            content.item(&Item::new("é").note("x".to_owned()))
        }),
        content("a number", "?size=7", |content| content.size(7)),
        content("a number taken back", "", |content| content.size(7).size(None)),
        content("a text in quotes", "?text=%22a%22", |content| content.text("a")),
        content("a list", "?list=%5B%22a%22%5D", |content| content.list(["a"])),
        content("an empty list is one", "?list=%5B%5D", |content| content.list(Vec::<String>::new())),
        content("a plain text", "?plain=a%20b", |content| content.plain("a b")),
    ])
    .await;
}

fn left_open(name: &'static str, expected: &str, set: impl FnOnce(LeftOpen) -> LeftOpen + 'static) -> Row {
    target(name, &format!("/left-open{expected}"), |client| set(client.parameters().left_open()).send())
}

#[tokio::test]
async fn what_openapi_leaves_open() {
    check(vec![
        left_open(
            "a list of objects",
            "?colors=%7B%22R%22%3A1%2C%22G%22%3A2%7D&colors=%7B%22R%22%3A3%2C%22G%22%3A4%7D",
            |left_open| left_open.colors([Color::new(1, 2), Color::new(3, 4)]),
        ),
        left_open("a list in an object", "?search=each,%5B%22a%22%5D,flag,true", |left_open| {
            left_open.search(&Search::new().each(vec!["a".to_owned()]).flag(true))
        }),
        left_open("an object in an object", "?deep%5Bdeep%5D%5Ba%5D=x&deep%5Bflag%5D=true", |left_open| {
            left_open.deep(&Search::new().deep(SearchDeep::new().a("x")).flag(true))
        }),
    ])
    .await;
}

fn filter(field: FilterField, operation: FilterOperation, value: serde_json::Value) -> Filter {
    Filter::new(field, operation).value(value)
}

fn keyed(name: &'static str, expected: &str, filters: Vec<Filter>) -> Row {
    target(name, &format!("/keyed{expected}"), |client| client.parameters().keyed(filters).send())
}

#[tokio::test]
async fn parameters_written_as_the_settings_say() {
    use FilterField::{Labels, OwnerId, Size};
    use FilterOperation::{Equals, In};
    let nested = filter(Size, Equals, json!(1)).children(vec![filter(Size, Equals, json!(2))]);
    check(vec![
        target("no filter", "/keyed", |client| client.parameters().keyed([]).send()),
        keyed("a value", "?filters%5BSIZE%5D%5BEQUALS%5D=7", vec![filter(Size, Equals, json!(7))]),
        keyed(
            "a field spelled otherwise, and a list",
            "?filters%5BownerId%5D%5BIN%5D=a%20b,c",
            vec![filter(OwnerId, In, json!(["a b", "c"]))],
        ),
        keyed(
            "a value with names",
            "?filters%5Blabels%5D%5BEQUALS%5D%5Bteam%5D=a&filters%5Blabels%5D%5BEQUALS%5D%5Benv%5D=b",
            vec![filter(Labels, Equals, json!({"team": "a", "env": "b"}))],
        ),
        keyed(
            "two filters, one of a field that the document does not know",
            "?filters%5Bnew%5D%5BEQUALS%5D=&filters%5BSIZE%5D%5BEQUALS%5D=1",
            vec![filter("new".into(), Equals, json!("")), filter(Size, Equals, json!(1))],
        ),
        refused("a filter without a value", "query parameter `filters`: element 0: it has no `value`", |client| {
            client.parameters().keyed([Filter::new(Size, Equals)]).send()
        }),
        refused(
            "a filter that has no place",
            "query parameter `filters`: element 0: its `children` has no place in the query",
            |client| client.parameters().keyed([nested]).send(),
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_wrong_row_is_seen() {
    let wrong = form("wrong", "/form?size=11", |form| form);
    assert!(wrong.check().await.is_err());
    let wrong = cookies("wrong", Some("size=2"), |cookies| cookies.size(1));
    assert!(wrong.check().await.is_err());
    let wrong = refused("wrong", "required query parameter `x` is missing", |client| {
        client.parameters().form().size(None).send()
    });
    assert!(wrong.check().await.is_err());
}

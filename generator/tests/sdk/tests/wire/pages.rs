//! What comes page by page: which requests leave, what is given, and that it always ends.

use std::fmt::Write as _;
use std::pin::{Pin, pin};

use futures_core::Stream;
use wire_sdk::models::Item;
use wire_sdk::{Client, Error, Items, Retries, Upload};

use super::seen::{self, Row, row, tell_error};
use super::support::{Recorded, Served, Settings, call, exchange_all};

/// A page of the list that is counted.
fn counted(names: &[&str], total: u64) -> Served {
    json(format!(r#"{{"results":{},"total":{total}}}"#, items(names)))
}

/// A page that names the next one; a text in quotes, or null.
fn before(names: &[&str], next: &str) -> Served {
    json(format!(r#"{{"items":{},"meta":{{"next":{next}}}}}"#, items(names)))
}

fn untold(names: &[&str]) -> Served {
    json(items(names))
}

fn from(names: &[&str], count: &str) -> Served {
    json(format!(r#"{{"page":{{"items":{names:?},"count":{count}}}}}"#))
}

fn items(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!(r#"{{"name":"{name}"}}"#)).collect();
    format!("[{}]", names.join(","))
}

fn json(body: String) -> Served {
    Served::new(200, "application/json", body)
}

trait Name {
    fn name(&self) -> &str;
}

impl Name for Item {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Name for String {
    fn name(&self) -> &str {
        self
    }
}

/// All elements, and the error that ended them. More than a hundred are no end.
async fn all<I: Name>(mut items: Items<I>) -> String {
    let mut told = String::new();
    for _ in 0..100 {
        match items.next().await {
            None => return told,
            Some(Ok(item)) => told.push_str(item.name()),
            Some(Err(error)) => {
                let _ = write!(told, " {}", tell_error(&error));
                assert!(items.next().await.is_none(), "an error is the end");
                return told;
            }
        }
    }
    panic!("it never ends: {told}");
}

/// What elements come from a server that gives these pages, and the targets that were asked for.
async fn paged<F>(pages: &[Served], make: impl FnOnce(Client) -> F + 'static) -> (String, Vec<String>)
where
    F: Future<Output = String> + 'static,
{
    let (told, recorded) = exchange_all(|client| client, pages, call(make)).await;
    (told, targets(&recorded))
}

fn targets(recorded: &[Recorded]) -> Vec<String> {
    recorded.iter().map(|recorded| recorded.line.split_once(' ').unwrap().1.to_owned()).collect()
}

/// A page that is the only one.
pub(crate) fn rows() -> Vec<Row> {
    vec![
        row(
            "the first of the pages that are counted",
            "GET /pages/counted?page=1&size=10",
            async |client| all(client.pages().list_counted().items()).await,
            counted(&["a", "b"], 2),
            "ab",
        ),
        row(
            "no elements at all",
            "GET /pages/counted?page=1&size=10",
            async |client| all(client.pages().list_counted().items()).await,
            counted(&[], 0),
            "",
        ),
        row(
            "an empty list",
            "GET /pages/untold",
            async |client| all(client.pages().list_untold().items()).await,
            untold(&[]),
            "",
        ),
        row(
            "the first of the elements that are counted",
            "GET /pages/from",
            async |client| all(client.pages().list_from().items()).await,
            from(&["a"], "1"),
            "a",
        ),
        row(
            "members that are missing",
            "GET /pages/from",
            async |client| all(client.pages().list_from().items()).await,
            json("{}".to_owned()),
            "",
        ),
        row(
            "no next page",
            "GET /pages/after",
            async |client| all(client.pages().list_after().items()).await,
            before(&["a"], "null"),
            "a",
        ),
        row(
            "an empty name of the next page",
            "GET /pages/after?after=x&pages=7",
            async |client| all(client.pages().list_after().after("x").pages(7).items()).await,
            before(&["a"], r#""""#),
            "a",
        ),
        row(
            "a next page with null in place of elements",
            "GET /pages/after",
            async |client| all(client.pages().list_after().items()).await,
            json(r#"{"items":null,"meta":{"next":"x"}}"#.to_owned()),
            "",
        ),
        row(
            "a body",
            "POST /pages/after",
            async |client| all(client.pages().sift_after(b"x").items()).await,
            before(&["a"], "null"),
            "a",
        ),
        row(
            "an error of the first page",
            "GET /pages/untold",
            async |client| all(client.pages().list_untold().items()).await,
            Served::new(403, "text/plain", "no"),
            " 403 Status [no]",
        ),
    ]
}

#[tokio::test]
async fn a_page_alone_is_seen_as_the_rows_say() {
    println!("{} pages alone", seen::check(rows()).await);
}

#[tokio::test]
async fn pages_are_counted_up_to_the_total() {
    let pages = [counted(&["a", "b"], 5), counted(&["c", "d"], 5), counted(&["e"], 5)];
    let (told, targets) =
        paged(&pages, async |client| all(client.pages().list_counted().size(2).q("x&y").items()).await).await;
    assert_eq!(told, "abcde");
    assert_eq!(targets, [1, 2, 3].map(|page| format!("/pages/counted?page={page}&size=2&q=x%26y")));
}

#[tokio::test]
async fn without_a_total_an_empty_page_is_the_last() {
    let pages = [untold(&["a", "b"]), untold(&["c"]), untold(&[]), untold(&["never"])];
    let (told, targets) = paged(&pages, async |client| all(client.pages().list_untold().items()).await).await;
    assert_eq!(told, "abc");
    assert_eq!(targets, ["/pages/untold", "/pages/untold?number=1", "/pages/untold?number=2"]);
}

#[tokio::test]
async fn the_caller_says_where_to_begin() {
    // How many elements stood before is not known, so the total is no end.
    let pages = [counted(&["c"], 3), counted(&[], 3)];
    let (told, targets) = paged(&pages, async |client| all(client.pages().list_counted().page(3).items()).await).await;
    assert_eq!(told, "c");
    assert_eq!(targets, ["/pages/counted?page=3&size=10", "/pages/counted?page=4&size=10"]);
    let pages = [from(&["c", "d"], "5"), from(&["e"], "5")];
    let (told, targets) = paged(&pages, async |client| all(client.pages().list_from().from(2).items()).await).await;
    assert_eq!(
        (told.as_str(), targets),
        ("cde", vec!["/pages/from?from=2".to_owned(), "/pages/from?from=4".to_owned()])
    );
    // It is a request like any other: what it cannot ask for is refused.
    let (told, targets) = paged(&[], async |client| all(client.pages().list_counted().page(None).items()).await).await;
    assert_eq!(
        (told.as_str(), targets.len()),
        (" - Refused: listCounted: required query parameter `page` is missing", 0)
    );
    let (told, _) = paged(&[], async |client| all(client.pages().list_from().from(-1).items()).await).await;
    assert_eq!(told, " - Refused: listFrom: query parameter `from` is no number to count from");
}

#[tokio::test]
async fn elements_are_counted_as_they_came() {
    // Null says nothing about the number of all: the end is an empty page.
    for (count, last) in [("4", vec![]), ("4.0", vec![]), ("null", vec![from(&[], "null")])] {
        let first = [from(&["a", "b", "c"], count), from(&["d"], count)];
        let pages: Vec<Served> = first.into_iter().chain(last).collect();
        let (told, targets) = paged(&pages, async |client| all(client.pages().list_from().items()).await).await;
        let expected = ["/pages/from", "/pages/from?from=3", "/pages/from?from=4"];
        assert_eq!((told.as_str(), &targets[..]), ("abcd", &expected.map(str::to_owned)[..pages.len()]), "{count}");
    }
}

#[tokio::test]
async fn a_page_says_where_the_next_one_begins() {
    let pages = [before(&["a"], r#""x/1""#), before(&["b"], r#""y""#), before(&["c"], "null")];
    let (told, targets) = paged(&pages, async |client| all(client.pages().list_after().pages(9).items()).await).await;
    assert_eq!(told, "abc");
    assert_eq!(targets, ["/pages/after?pages=9", "/pages/after?after=x%2F1&pages=9", "/pages/after?after=y&pages=9"]);
}

#[tokio::test]
async fn a_pager_always_ends() {
    // A cursor that was there before, at once or by a detour.
    let stuck = [before(&["a"], r#""x""#)];
    let (told, targets) = paged(&stuck, async |client| all(client.pages().list_after().items()).await).await;
    assert_eq!((told.as_str(), targets.len()), ("aa", 2));
    let (told, targets) = paged(&stuck, async |client| all(client.pages().list_after().after("x").items()).await).await;
    assert_eq!((told.as_str(), targets.len()), ("a", 1));
    let circle = [before(&["a"], r#""x""#), before(&["b"], r#""y""#), before(&["c"], r#""x""#)];
    let (told, targets) = paged(&circle, async |client| all(client.pages().list_after().items()).await).await;
    assert_eq!((told.as_str(), targets.len()), ("abc", 3));
    // A new cursor each time, and nothing there.
    let empty = [before(&["a"], r#""x""#), before(&[], r#""y""#), before(&["never"], r#""z""#)];
    let (told, targets) = paged(&empty, async |client| all(client.pages().list_after().items()).await).await;
    assert_eq!((told.as_str(), targets.len()), ("a", 2));
    // The same page for ever: up to the total, or not at all.
    let (told, targets) =
        paged(&[counted(&["a"], 3)], async |client| all(client.pages().list_counted().items()).await).await;
    assert_eq!((told.as_str(), targets.len()), ("aaa", 3));
    let (told, targets) =
        paged(&[counted(&["a"], 9)], async |client| all(client.pages().list_counted().page(2).items()).await).await;
    assert!(told.starts_with("a 200 Decode at .: it is the page before once more"), "{told}");
    assert_eq!(targets.len(), 2);
    let (told, targets) =
        paged(&[untold(&["a"])], async |client| all(client.pages().list_untold().items()).await).await;
    assert!(told.starts_with("a 200 Decode at .: it is the page before once more"), "{told}");
    assert_eq!(targets.len(), 2);
}

#[tokio::test]
async fn an_error_is_the_end() {
    let pages = [untold(&["a"]), Served::new(500, "text/plain", "sick"), untold(&["never"])];
    let (told, targets) = paged(&pages, async |client| all(client.pages().list_untold().items()).await).await;
    assert_eq!((told.as_str(), targets.len()), ("a 500 Status [sick]", 2));
    let pages = [untold(&["a"]), json("{".to_owned())];
    let (told, _) = paged(&pages, async |client| all(client.pages().list_untold().items()).await).await;
    assert!(told.starts_with("a 200 Decode at"), "{told}");
}

#[tokio::test]
async fn a_page_that_failed_is_asked_for_again_like_any_request() {
    let pages = [untold(&["a"]), Served::empty(503).header("Retry-After", "0"), untold(&["b"]), untold(&[])];
    let (told, targets) =
        paged(&pages, async |client| all(client.pages().list_untold().retries(Retries::attempts(2)).items()).await)
            .await;
    assert_eq!(
        (told.as_str(), &targets[1..3]),
        ("ab", &["/pages/untold?number=1", "/pages/untold?number=1"].map(str::to_owned)[..])
    );
}

#[tokio::test]
async fn each_page_is_asked_for_by_the_whole_request() {
    let settings: Settings = |client| client.default_header("x-own", "1");
    let pages = [counted(&["a"], 2), counted(&["b"], 2)];
    let made =
        call(async |client: Client| all(client.pages().list_counted().x_why("w").header("x-call", "2").items()).await);
    let (told, recorded) = exchange_all(settings, &pages, made).await;
    assert_eq!((told.as_str(), recorded.len()), ("ab", 2));
    for recorded in recorded {
        let others = recorded.other_headers(&["host", "accept"]);
        assert_eq!(others, ["x-own: 1", "x-why: w", "x-call: 2"]);
    }
    let pages = [before(&["a"], r#""x""#), before(&["b"], "null")];
    let made = call(async |client: Client| all(client.pages().sift_after("sieve").items()).await);
    let (told, recorded) = exchange_all(|client| client, &pages, made).await;
    assert_eq!(told, "ab");
    assert!(recorded.len() == 2 && recorded.iter().all(|recorded| recorded.body == b"sieve"));
    // What can be sent but once has no second page, so nothing is sent at all.
    let made = async |client: Client| all(client.pages().sift_after(Upload::reader(&b"sieve"[..], None)).items()).await;
    let (told, targets) = paged(&[], made).await;
    assert_eq!(
        (told.as_str(), targets.len()),
        (" - Refused: siftAfter: the body cannot be sent for each page again", 0)
    );
}

#[tokio::test]
async fn pages_are_whole_answers() {
    let pages = [counted(&["a", "b"], 3).header("X-Page", "one"), counted(&["c"], 3)];
    let (told, targets) = paged(&pages, async |client| {
        let mut pages = client.pages().list_counted().pages();
        let first = pages.next().await.unwrap().unwrap();
        assert_eq!((first.results.len(), first.total, first.headers()["x-page"].as_bytes()), (2, 3, &b"one"[..]));
        let second = pages.next().await.unwrap().unwrap();
        assert!(pages.next().await.is_none());
        format!("{}{} {pages:?}", second.results[0].name, second.status().as_u16())
    })
    .await;
    assert_eq!((told.as_str(), targets.len()), ("c200 Pages { operation: \"listCounted\", .. }", 2));
    // The last of them may be an empty one, as the server gave it.
    let (told, _) = paged(&[untold(&["a"]), untold(&[])], async |client| {
        let mut pages = client.pages().list_untold().pages();
        let mut told = String::new();
        while let Some(page) = pages.next().await {
            let _ = write!(told, "{} ", page.unwrap().len());
        }
        told
    })
    .await;
    assert_eq!(told, "1 0 ");
}

#[tokio::test]
async fn a_page_is_asked_for_when_it_is_wanted() {
    let pages = [untold(&["a", "b"]), untold(&["c"]), untold(&[])];
    let (told, targets) = paged(&pages, async |client| {
        let mut items = client.pages().list_untold().items();
        let (a, b) = (items.next().await.unwrap().unwrap(), items.next().await.unwrap().unwrap());
        a.name + &b.name
    })
    .await;
    assert_eq!((told.as_str(), targets.len()), ("ab", 1));
    let (_, targets) = paged(&pages, async |client| format!("{:?}", client.pages().list_untold().items())).await;
    assert_eq!(targets.len(), 0);
}

/// Whoever knows streams can take them as such, in another task too.
#[tokio::test]
async fn they_are_streams() {
    async fn first<T>(mut stream: Pin<&mut (impl Stream<Item = Result<T, Error>> + Send)>) -> Option<T> {
        std::future::poll_fn(|cx| stream.as_mut().poll_next(cx)).await.map(Result::unwrap)
    }
    fn movable<T: Send + 'static>(value: T) -> T {
        value
    }
    let (told, _) = paged(&[untold(&["a"])], async |client| {
        let page = first(pin!(movable(client.pages().list_untold().pages()))).await.unwrap();
        let item = first(pin!(movable(client.pages().list_untold().items()))).await.unwrap();
        format!("{}{}", page.len(), item.name)
    })
    .await;
    assert_eq!(told, "1a");
}

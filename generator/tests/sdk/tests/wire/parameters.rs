//! Parameters: every style in its place, by what stands in the request.
//!
//! How each style writes each kind of value is tabled in generator/tests/styles; here the generated
//! operations are called.

use serde_json::json;
use wire_sdk::models::{Color, Filter, FilterField, FilterOperation, Level, UndefinedStylesNested};
use wire_sdk::{Client, Error, Nullable, OrEmpty, Response};

use super::sent::{Row, bodiless, check, row};
use super::support::{Served, call, exchange};

const COLORS: [&str; 3] = ["blue", "black", "brown"];

/// The color of OpenAPI's own examples.
fn color() -> Color {
    Color::new(100, 200).b(150)
}

fn paths() -> Vec<Row> {
    let simple = |client: &Client, text: &str, list: &[&str]| {
        let (day, level) = ("2024-02-29".parse().unwrap(), Level::from("LOW"));
        client.parameters().simple(text, day, &level, list.iter().copied(), [1, -2], &color(), &color())
    };
    let label = |client: &Client, text: &str, list: &[&str]| {
        client.parameters().label(text, list.iter().copied(), COLORS, &color(), &color())
    };
    let matrix = |client: &Client, text: &str, list: &[&str]| {
        client.parameters().matrix(text, list.iter().copied(), COLORS, &color(), &color())
    };
    vec![
        bodiless(
            "simple",
            "GET /params/simple/blue/2024-02-29/LOW/blue,black,brown/1,-2/R,100,G,200,B,150/R=100,G=200,B=150",
            move |client| simple(&client, "blue", &COLORS).send(),
        ),
        bodiless(
            "simple, and what would be more than a text",
            "GET /params/simple/a%2Fb%3F%2C%20%C3%A9%25/2024-02-29/LOW/a%2Cb,/1,-2/R,100,G,200,B,150/R=100,G=200,B=150",
            move |client| simple(&client, "a/b?, é%", &["a,b", ""]).send(),
        ),
        bodiless(
            "simple, and a member that is null",
            "GET /params/simple/-/2024-02-29/low/a/0/R,1,G,2/R=1,G=2",
            |client| {
                let mut color = Color::new(1, 2);
                color.b = Nullable::Null;
                let day = "2024-02-29".parse().unwrap();
                client.parameters().simple("-", day, &"low".into(), ["a"], [0], &color, &color).send()
            },
        ),
        bodiless(
            "label",
            "GET /params/label/.blue/.blue,black,brown/.blue.black.brown/.R,100,G,200,B,150/.R=100.G=200.B=150",
            move |client| label(&client, "blue", &COLORS).send(),
        ),
        bodiless(
            "label, and what divides",
            "GET /params/label/.a%2Fb/.a%2Cb,c.d/.blue.black.brown/.R,100,G,200,B,150/.R=100.G=200.B=150",
            move |client| label(&client, "a/b", &["a,b", "c.d"]).send(),
        ),
        bodiless(
            "matrix",
            "GET /params/matrix/;text=blue/;list=blue,black,brown/;exploded=blue;exploded=black;exploded=brown\
             /;object=R,100,G,200,B,150/;R=100;G=200;B=150",
            move |client| matrix(&client, "blue", &COLORS).send(),
        ),
        bodiless(
            "matrix, empty and what divides",
            "GET /params/matrix/;text/;list=a%3Bb,c%3Dd/;exploded=blue;exploded=black;exploded=brown\
             /;object=R,100,G,200,B,150/;R=100;G=200;B=150",
            move |client| matrix(&client, "", &["a;b", "c=d"]).send(),
        ),
        bodiless("a path parameter that is declared elsewhere", "GET /params/misplaced/a%20b", |client| {
            client.parameters().misplaced("a b").send()
        }),
        bodiless("a path parameter that the call sets", "DELETE /params/main/things", |client| {
            client.parameters().forget_param_things().tenant("main").send()
        }),
        bodiless(
            "names that no method can have",
            "GET /params/names/1/2?a%5Bb%5D%20c=3&%24top=4&type=5&send=6",
            |client| client.parameters().odd_names("1", "2").send_query("6").r#type("5").top(4).a_b_c("3").send(),
        ),
        bodiless("a path parameter of the client", "DELETE /params/all/things", |client| {
            client.parameters().forget_param_things().send()
        })
        .by(|client| client.tenant("all")),
        bodiless("a call's own before the client's", "DELETE /params/main/things", |client| {
            client.parameters().forget_param_things().tenant("main").send()
        })
        .by(|client| client.tenant("all")),
    ]
}

fn form() -> Vec<Row> {
    let at = || "2024-02-29T11:00:00Z".parse::<jiff::Timestamp>().unwrap();
    vec![
        bodiless("a default that is required", "GET /params/form?size=10", |client| client.parameters().form().send()),
        bodiless("a text", "GET /params/form?text=a%20%26b&size=10", |client| {
            client.parameters().form().text("a &b").send()
        }),
        bodiless("an empty text", "GET /params/form?text=&size=10", |client| {
            client.parameters().form().text("").send()
        }),
        bodiless("a text that is absent", "GET /params/form?size=10", |client| {
            client.parameters().form().text("a").text(None::<String>).send()
        }),
        bodiless("a number instead of the default", "GET /params/form?size=-1", |client| {
            client.parameters().form().size(-1).send()
        }),
        bodiless("a time", "GET /params/form?size=10&at=2024-02-29T11%3A00%3A00Z", move |client| {
            client.parameters().form().at(at()).send()
        }),
        bodiless("a value of an enum", "GET /params/form?size=10&level=LOW", |client| {
            client.parameters().form().level(Level::LowUpper).send()
        }),
        bodiless("a new value of an enum", "GET /params/form?size=10&level=m%C3%AFd", |client| {
            client.parameters().form().level(Level::from("mïd")).send()
        }),
        bodiless("a list, each element a pair", "GET /params/form?size=10&each=blue&each=&each=a%2Cb", |client| {
            client.parameters().form().each(["blue", "", "a,b"]).send()
        }),
        bodiless("a list between commas", "GET /params/form?size=10&commas=blue,,a%2Cb", |client| {
            client.parameters().form().commas(["blue", "", "a,b"]).send()
        }),
        bodiless("a list without elements", "GET /params/form?size=10", |client| {
            client.parameters().form().each([""; 0]).commas(Vec::<String>::new()).send()
        }),
        bodiless("an object, each member a pair", "GET /params/form?size=10&R=100&G=200&B=150", |client| {
            client.parameters().form().color(&color()).send()
        }),
        bodiless("an object between commas", "GET /params/form?size=10&flat=R,100,G,200,B,150", |client| {
            client.parameters().form().flat(&color()).send()
        }),
        bodiless("an object of any members", "GET /params/form?size=10&a%20b=1&c=d%26", |client| {
            client.parameters().form().free(json!({"a b": 1, "c": "d&", "n": null})).send()
        }),
        bodiless(
            "all, in the document's order",
            "GET /params/form?text=t&size=1&level=low&each=e&commas=c&R=1&G=2",
            |client| {
                let form = client.parameters().form().color(&Color::new(1, 2)).commas(["c"]).each(["e"]);
                form.level(Level::from("low")).size(1).text("t").send()
            },
        ),
    ]
}

fn queries() -> Vec<Row> {
    vec![
        bodiless("between blanks", "GET /params/delimited?blanks=blue%20a%2520b", |client| {
            client.parameters().delimited().blanks(["blue", "a%20b"]).send()
        }),
        bodiless("between bars", "GET /params/delimited?bars=1%7C-2%7C3", |client| {
            client.parameters().delimited().bars([1, -2, 3]).send()
        }),
        bodiless("between bars, but exploded", "GET /params/delimited?each=a&each=b%7Cc", |client| {
            client.parameters().delimited().each(["a", "b|c"]).send()
        }),
        bodiless("an object between bars", "GET /params/delimited?color=R%7C100%7CG%7C200%7CB%7C150", |client| {
            client.parameters().delimited().color(&color()).send()
        }),
        bodiless(
            "an object by its members",
            "GET /params/deep?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            |client| client.parameters().deep().color(&color()).send(),
        ),
        bodiless(
            "an object deeper than that",
            "GET /params/deep?nested%5Ba%5D%5Bb%20c%5D=1&nested%5Bd%5D=x&nested%5Bd%5D=y%5D",
            |client| client.parameters().deep().nested(json!({"a": {"b c": 1}, "d": ["x", "y]"]})).send(),
        ),
        bodiless(
            "a list of conditions, by the settings",
            "GET /params/keyed?filters%5BNAME%5D%5BIN%5D=a,b%2Cc&filters%5Blabels%5D%5BEQUALS%5D%5Bk%5D=v",
            |client| {
                client
                    .parameters()
                    .keyed()
                    .filters([
                        Filter::new(FilterField::Name, FilterOperation::In, json!(["a", "b,c"])),
                        Filter::new(FilterField::Labels, FilterOperation::Equals, json!({"k": "v"})),
                    ])
                    .send()
            },
        ),
        bodiless("a condition with a value", "GET /params/keyed?filters%5BNAME%5D%5BEQUALS%5D=7", |client| {
            client
                .parameters()
                .keyed()
                .filters([Filter::new(FilterField::Name, FilterOperation::Equals, json!(7))])
                .send()
        }),
        bodiless("no conditions", "GET /params/keyed", |client| {
            client.parameters().keyed().filters([] as [Filter; 0]).send()
        }),
        bodiless("reserved characters that may stand", "GET /params/reserved?text=a/b?c=d:@!$'()*,;", |client| {
            client.parameters().reserved().text("a/b?c=d:@!$'()*,;").send()
        }),
        bodiless(
            "what would not be the same text",
            "GET /params/reserved?text=%23%26%2B%5B%5D%20%22%C3%A9",
            |client| client.parameters().reserved().text("#&+[] \"é").send(),
        ),
        bodiless("what is encoded already", "GET /params/reserved?text=a%2Fb%25%25zz", |client| {
            client.parameters().reserved().text("a%2Fb%%zz").send()
        }),
        bodiless("reserved characters in a list", "GET /params/reserved?list=a/b,c%2Cd", |client| {
            client.parameters().reserved().list(["a/b", "c,d"]).send()
        }),
        bodiless("a name and no value", "GET /params/empty?text=&flag=", |client| {
            client.parameters().empty().text("").flag(OrEmpty::Empty).send()
        }),
        bodiless("a value where none need be", "GET /params/empty?text=a&flag=true", |client| {
            client.parameters().empty().text("a").flag(true).send()
        }),
        bodiless("neither", "GET /params/empty", |client| client.parameters().empty().send()),
        bodiless(
            "objects where no style says how",
            "GET /params/undefined?colors=%7B%22R%22%3A1%2C%22G%22%3A2%7D&color=%7B%22R%22%3A1%2C%22G%22%3A2%7D",
            |client| {
                let nested = UndefinedStylesNested::new().color(Color::new(1, 2));
                client.parameters().undefined_styles().colors([Color::new(1, 2)]).nested(&nested).send()
            },
        ),
        bodiless(
            "values as JSON",
            "GET /params/content/%7B%22R%22%3A1%2C%22G%22%3A2%7D?color=%7B%22R%22%3A1%2C%22G%22%3A2%7D\
             &text=%22a%20%5C%22%22&list=%5B1%2C2%5D&plain=a%20%22",
            |client| {
                let color = Color::new(1, 2);
                let content = client.parameters().content(&color).color_query(&color).text("a \"").list([1, 2]);
                content.plain("a \"").x_color(&color).color_cookie(&color).send()
            },
        )
        .with("x-color: {\"R\":1,\"G\":2}")
        .with("cookie: color={%22R%22:1%2C%22G%22:2}"),
    ]
}

fn fields() -> Vec<Row> {
    const LINE: &str = "GET /params/headers";
    let fields = |client: &Client| client.parameters().fields("t");
    let at = || "2024-02-29T11:00:00Z".parse::<jiff::Timestamp>().unwrap();
    vec![
        bodiless("a header", LINE, |client| client.parameters().fields("a, b;\"c\"%20").send())
            .with("x-text: a, b;\"c\"%20"),
        bodiless("an empty header", LINE, |client| client.parameters().fields("").send()).with("x-text: "),
        bodiless("a number and a time", LINE, move |client| fields(&client).x_size(-1).x_at(at()).send())
            .with("x-text: t")
            .with("x-size: -1")
            .with("x-at: 2024-02-29T11:00:00Z"),
        bodiless("a list", LINE, move |client| fields(&client).x_list(COLORS).send())
            .with("x-text: t")
            .with("x-list: blue,black,brown"),
        bodiless("an object", LINE, move |client| fields(&client).x_color(&color()).send())
            .with("x-text: t")
            .with("x-color: R,100,G,200,B,150"),
        bodiless("an object by its members", LINE, move |client| fields(&client).x_members(&color()).send())
            .with("x-text: t")
            .with("x-members: R=100,G=200,B=150"),
    ]
}

fn cookies() -> Vec<Row> {
    const LINE: &str = "GET /params/cookies";
    vec![
        bodiless("no cookie", LINE, |client| client.parameters().cookies().send()),
        bodiless("a cookie", LINE, |client| client.parameters().cookies().session("a=b").send())
            .with("cookie: session=a=b"),
        bodiless("an empty cookie", LINE, |client| client.parameters().cookies().session("").send())
            .with("cookie: session="),
        bodiless("what no cookie holds", LINE, |client| client.parameters().cookies().session("a; b,\"c\\%é").send())
            .with("cookie: session=a%3B%20b%2C%22c%5C%25%C3%A9"),
        bodiless("a list, each element a pair", LINE, |client| client.parameters().cookies().each(["a", "b"]).send())
            .with("cookie: each=a; each=b"),
        bodiless("a list between commas", LINE, |client| client.parameters().cookies().commas(["a", "b,c"]).send())
            .with("cookie: commas=a,b%2Cc"),
        bodiless("an object, each member a pair", LINE, |client| client.parameters().cookies().color(&color()).send())
            .with("cookie: R=100; G=200; B=150"),
        bodiless("several cookies in one header", LINE, |client| {
            client.parameters().cookies().commas(["c"]).session("s").send()
        })
        .with("cookie: session=s; commas=c"),
    ]
}

/// Methods beyond the eight of OpenAPI 3.0.
fn methods() -> Vec<Row> {
    vec![
        row("a query with a body", "QUERY /params/methods", "text/plain", "select name", |client| {
            client.parameters().find_param_methods("select name").send()
        }),
        bodiless("a method of the API's own", "M-SEARCH /params/methods", |client| {
            client.parameters().multicast().send()
        }),
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    [paths(), form(), queries(), fields(), cookies(), methods()].into_iter().flatten().collect()
}

#[tokio::test]
async fn parameters_leave_as_the_rows_say() {
    println!("{} parameters", check(rows()).await);
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_and_nothing_leaves() {
    async fn refused<T, F>(make: impl FnOnce(Client) -> F + 'static) -> String
    where
        F: Future<Output = Result<Response<T>, Error>>,
    {
        let (ended, recorded) =
            exchange(&Served::empty(204), call(async |client| make(client).await.map(|_| ()))).await;
        assert!(recorded.is_empty(), "{recorded:?}");
        ended.unwrap_err().to_string()
    }
    for (found, reason) in [
        (refused(|client| client.parameters().misplaced("").send()).await, "`id`"),
        (refused(|client| client.parameters().misplaced("..").send()).await, "`id`"),
        (refused(|client| client.parameters().forget_param_things().send()).await, "tenant"),
        (refused(|client| client.parameters().fields("a\r\nb").send()).await, "x-text"),
        (refused(|client| client.parameters().form().size(None).send()).await, "`size` is missing"),
        (refused(|client| client.parameters().fields("").x_list(["a,b"]).send()).await, "X-List"),
    ] {
        assert!(found.contains(reason), "{found} does not tell of {reason}");
    }
}

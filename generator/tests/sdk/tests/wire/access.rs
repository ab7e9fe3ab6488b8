//! Who asks: the credentials that an operation wants, and no others.

use super::sent::{Row, bodiless, check};
use super::support::Settings;

const BASIC: &str = "authorization: Basic w6k6IHA6";
const BEARER: &str = "authorization: Bearer a.b-c";

pub(crate) fn rows() -> Vec<Row> {
    let user: Settings = |client| client.basic_auth("é", " p:");
    let token: Settings = |client| client.bearer_token("a.b-c");
    let both: Settings = |client| client.basic_auth("é", " p:").bearer_token("a.b-c");
    let basic = |name| bodiless(name, "GET /access/basic", |client| client.access().basic().send());
    let bearer = |name| bodiless(name, "GET /access/bearer", |client| client.access().bearer().send());
    let either = |name| bodiless(name, "GET /access/either", |client| client.access().either().send());
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
        bodiless("a header of all calls, such as an API key", "GET /params/form?size=10", |client| {
            client.parameters().form().send()
        })
        .by(|client| client.default_header("X-Api-Key", "k"))
        .with("x-api-key: k"),
    ]
}

#[tokio::test]
async fn credentials_leave_as_the_rows_say() {
    println!("{} with and without credentials", check(rows()).await);
}

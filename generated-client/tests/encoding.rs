//! Whatever text a caller gives for a path or query parameter arrives as that text, in the one
//! place meant for it; only what a path cannot carry is refused.

mod support;

use std::error::Error as StdError;

use kestra_sdk::{Client, Error};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use support::{Recorded, Serve, Server};
use tokio::runtime::{Builder, Runtime};

/// One server and one client for all cases of a property.
struct Stage {
    runtime: Runtime,
    server: Server,
    client: Client,
}

impl Stage {
    fn new() -> Result<Self, Box<dyn StdError>> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let server = runtime.block_on(Server::always(Serve::new(404)))?;
        let client = Client::builder(server.url("/base")).build()?;
        Ok(Self { runtime, server, client })
    }

    /// Runs a call; its outcome is the request that came, or `None` if it was refused.
    fn call<T>(&self, call: impl Future<Output = Result<T, Error>>) -> Result<Option<Recorded>, TestCaseError> {
        let outcome = self.runtime.block_on(call);
        match (outcome, self.server.take_last()) {
            (Err(Error::Refused(_)), None) => Ok(None),
            (Err(Error::Status(_)), Some(recorded)) => Ok(Some(recorded)),
            (outcome, recorded) => {
                let outcome = outcome.map(|_| "a success");
                Err(TestCaseError::fail(format!("ended {outcome:?}, recorded {recorded:?}")))
            }
        }
    }
}

fn runner() -> TestRunner {
    TestRunner::new(Config { failure_persistence: None, ..Config::default() })
}

/// Any text at all: control characters, delimiters and what looks encoded already included.
fn text() -> impl Strategy<Value = String> {
    let any = prop::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter);
    let delimiters = prop::collection::vec(prop::sample::select(DELIMITERS), 0..5).prop_map(|parts| parts.concat());
    prop_oneof![any, delimiters]
}

const DELIMITERS: &[&str] = &[
    ".", "..", "/", "\\", "%", "%2e", "%2F", "?", "#", "&", "=", ",", "+", " ", ";", ":", "@", "\r\n", "\0", "é", "a",
];

/// The original of an encoded text, in which nothing but unreserved characters and `%XX` may stand.
fn decode(encoded: &str) -> Result<String, TestCaseError> {
    let mut bytes = encoded.bytes();
    while let Some(byte) = bytes.next() {
        let upper_hex = |byte: Option<u8>| byte.is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'));
        let allowed = match byte {
            b'%' => upper_hex(bytes.next()) && upper_hex(bytes.next()),
            byte => byte.is_ascii_alphanumeric() || b"-._~".contains(&byte),
        };
        prop_assert!(allowed, "{encoded:?} has {:?}", char::from(byte));
    }
    Ok(percent_decode_str(encoded).decode_utf8()?.into_owned())
}

/// The decoded values of a target's parameters; all else in it must be what the `route` says.
fn parameters(target: &str, route: &str) -> Result<Vec<String>, TestCaseError> {
    let (found, expected): (Vec<_>, Vec<_>) = (target.split('/').collect(), route.split('/').collect());
    prop_assert_eq!(found.len(), expected.len(), "slashes of {}", target);
    let mut values = Vec::new();
    for (found, expected) in found.into_iter().zip(expected) {
        if expected == "{}" {
            values.push(decode(found)?);
        } else {
            prop_assert_eq!(found, expected, "in {}", target);
        }
    }
    Ok(values)
}

fn is_refused(value: &str) -> bool {
    ["", ".", ".."].contains(&value)
}

#[test]
fn any_text_is_one_path_segment_or_is_refused() -> Result<(), Box<dyn StdError>> {
    let stage = Stage::new()?;
    runner().run(&text(), |id| {
        let recorded = stage.call(stage.client.users().get(&id).send())?;
        prop_assert_eq!(recorded.is_none(), is_refused(&id), "refused");
        if let Some(recorded) = recorded {
            prop_assert_eq!(parameters(&recorded.target, "/base/api/v1/users/{}")?, [id]);
        }
        Ok(())
    })?;
    Ok(())
}

#[test]
fn any_texts_stay_in_their_own_segments_on_both_routes() -> Result<(), Box<dyn StdError>> {
    let stage = Stage::new()?;
    runner().run(&(text(), text(), prop::option::of(text())), |(id, token, tenant)| {
        let users = stage.client.users();
        let mut request = users.delete_service_account_api_token(&id, &token);
        let mut route = "/base/api/v1/service-accounts/{}/api-tokens/{}";
        let mut values = vec![id, token];
        if let Some(tenant) = tenant {
            request = request.tenant(&tenant);
            route = "/base/api/v1/{}/service-accounts/{}/api-tokens/{}";
            values.insert(0, tenant);
        }
        let recorded = stage.call(request.send())?;
        prop_assert_eq!(recorded.is_none(), values.iter().any(|value| is_refused(value)), "refused");
        if let Some(recorded) = recorded {
            prop_assert_eq!(parameters(&recorded.target, route)?, values);
        }
        Ok(())
    })?;
    Ok(())
}

#[test]
fn any_texts_survive_in_the_query_in_the_documents_order() -> Result<(), Box<dyn StdError>> {
    let stage = Stage::new()?;
    let values = (prop::option::of(text()), any::<i32>(), any::<i32>(), prop::collection::vec(text(), 0..4));
    runner().run(&values, |(q, page, size, sort)| {
        // Set in another order than they must be sent in.
        let request = stage.client.users().list().sort(sort.clone()).size(size).page(page).q(q.clone());
        let recorded = stage.call(request.send())?.ok_or_else(|| TestCaseError::fail("refused"))?;
        let (path, query) = recorded.target.split_once('?').unwrap_or_default();
        prop_assert_eq!(path, "/base/api/v1/users");
        let mut found = Vec::new();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').ok_or_else(|| TestCaseError::fail(query.to_owned()))?;
            // Only between the members of a list may a bare comma stand.
            let members = if name == "sort" { value.split(',').collect() } else { vec![value] };
            found.push((name, members.into_iter().map(decode).collect::<Result<Vec<_>, _>>()?));
        }
        let mut expected = vec![("page", vec![page.to_string()]), ("size", vec![size.to_string()])];
        if let Some(q) = q {
            expected.insert(0, ("q", vec![q]));
        }
        if !sort.is_empty() {
            expected.push(("sort", sort));
        }
        prop_assert_eq!(found, expected);
        Ok(())
    })?;
    Ok(())
}

#[test]
fn the_target_is_what_the_rules_say_byte_for_byte() -> Result<(), Box<dyn StdError>> {
    let stage = Stage::new()?;
    for (id, segment) in [
        ("a b+c", "a%20b%2Bc"),
        ("../x", "..%2Fx"),
        ("%2e%2e", "%252e%252e"),
        ("...", "..."),
        ("é\u{1F980}", "%C3%A9%F0%9F%A6%80"),
        ("-._~!$&'()*,;=:@", "-._~%21%24%26%27%28%29%2A%2C%3B%3D%3A%40"),
    ] {
        let recorded = stage.call(stage.client.users().get(id).send()).map_err(|error| error.to_string())?.ok_or(id)?;
        assert_eq!(recorded.target, format!("/base/api/v1/users/{segment}"));
    }
    let request = stage.client.users().list().q("").sort(["a,b", "c&d=e"]);
    let recorded = stage.call(request.send()).map_err(|error| error.to_string())?.ok_or("refused")?;
    assert_eq!(recorded.target, "/base/api/v1/users?q=&page=1&size=10&sort=a%2Cb,c%26d%3De");
    Ok(())
}

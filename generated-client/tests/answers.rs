//! What becomes of an answer, a redirect or the lack of an answer: the value with all that came
//! beside it, or the error that keeps it. And what a call sends that was told nothing.

mod support;

use std::error::Error as StdError;
use std::time::Duration;

use kestra_sdk::http::StatusCode;
use kestra_sdk::models::{ApiPatchRestrictedRequest, UserApiAutocomplete};
use kestra_sdk::serde_json::json;
use kestra_sdk::{Client, Error};
use support::{Serve, Server, client, decode_error, refused, serving, status_error, transport_error};

type Outcome = Result<(), Box<dyn StdError>>;

const PAGE: &str = r#"{ "results": [], "total": 3, "more": true }"#;
const SHORT: Duration = Duration::from_millis(150);

#[tokio::test]
async fn a_success_declared_or_not_keeps_all_that_came() -> Outcome {
    for status in [200, 202, 299] {
        let (_server, client) = serving(vec![Serve::json(status, PAGE).header("X-Request-Id", "r7")]).await?;
        let answer = client.users().list().send().await?;
        assert_eq!(answer.status(), status);
        assert_eq!(answer.headers()["x-request-id"], "r7");
        assert_eq!(answer.body(), PAGE, "byte for byte");
        assert_eq!(answer.value().total, 3);
        assert_eq!(answer.extra["more"], json!(true), "through Deref");
        assert_eq!(answer.into_inner().results, []);
    }
    Ok(())
}

#[tokio::test]
async fn an_answer_without_a_type_keeps_a_body_that_came_anyway() -> Outcome {
    let (_server, client) = serving(vec![Serve::new(200).header("Content-Type", "text/html").body("<b>")]).await?;
    assert_eq!(client.users().delete("u1").send().await?.body(), "<b>");
    Ok(())
}

#[tokio::test]
async fn an_undescribed_object_may_be_any_json_or_nothing() -> Outcome {
    for (serve, value) in [
        (Serve::json(200, r#"[1,{"a":null}]"#), json!([1, {"a": null}])),
        (Serve::json(200, "null"), json!(null)),
        (Serve::json(200, r#""text""#), json!("text")),
        (Serve::json(200, ""), json!(null)),
        (Serve::new(200).body("7"), json!(7)),
        (Serve::new(200).header("Content-Type", "application/hal+json; charset=utf-8").body("{}"), json!({})),
        (Serve::new(204), json!(null)),
    ] {
        let (_server, client) = serving(vec![serve.clone()]).await?;
        let answer = client.users().list_user_api_tokens("u1").send().await?;
        assert_eq!((answer.status().as_u16(), answer.value()), (serve.status, &value), "{serve:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_page_that_comes_instead_of_json_is_a_decode_error() -> Outcome {
    let page = Serve::new(200).header("Content-Type", "text/html; charset=utf-8").body("<title>Sign in</title>");
    let (_server, client) = serving(vec![page]).await?;
    let error = decode_error(client.users().list().send().await)?;
    assert_eq!((error.status().as_u16(), error.path()), (200, "."));
    assert_eq!(error.body(), "<title>Sign in</title>");
    assert_eq!(error.headers()["content-type"], "text/html; charset=utf-8");
    assert!(error.source().is_some_and(|source| source.to_string().contains("text/html")), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn a_wrong_field_is_named_and_the_text_kept() -> Outcome {
    for (body, path) in [
        (r#"{"results":[{"id":7}],"total":1}"#, "results[0].id"),
        (r#"{"results":[],"total":"1"}"#, "total"),
        (r#"{"results":[],"total":1}}"#, "."),
        (r#"{"results":[]}"#, "."),
        ("", "."),
    ] {
        let (_server, client) = serving(vec![Serve::json(200, body)]).await?;
        let error = decode_error(client.users().list().send().await)?;
        assert_eq!((error.path(), error.operation()), (path, "listUsers"), "{body}");
        assert_eq!(error.body(), body);
        assert_eq!(error.to_string().contains(path), path != ".", "{error}");
    }
    Ok(())
}

#[tokio::test]
async fn a_failure_keeps_status_headers_and_body() -> Outcome {
    for (status, kind, body) in [
        (404, "application/json", r#"{"message":"No such user"}"#),
        (403, "application/json", ""),
        (500, "text/html", "<h1>\u{fc}ps</h1>"),
    ] {
        let serve = Serve::new(status).header("Content-Type", kind).header("Retry-After", "9").body(body);
        let (server, client) = serving(vec![serve]).await?;
        let error = status_error(client.users().get("u1").send().await)?;
        assert_eq!(error.status(), status);
        assert_eq!(
            (&error.headers()["content-type"], &error.headers()["retry-after"]),
            (&kind.parse()?, &"9".parse()?)
        );
        assert_eq!((error.body().as_ref(), error.text().as_ref()), (body.as_bytes(), body));
        assert!(error.to_string().contains(&status.to_string()) && error.to_string().contains(body), "{error}");
        assert_eq!(server.recorded().len(), 1, "nothing is tried again");
    }
    Ok(())
}

#[tokio::test]
async fn a_failure_of_bytes_that_are_no_text_keeps_the_bytes() -> Outcome {
    let answer = b"HTTP/1.1 502 Bad\r\nContent-Length: 4\r\nConnection: close\r\n\r\na\xff\x1b\n".to_vec();
    let server = Server::answering(move |_| Some(answer.clone())).await?;
    let error = status_error(client(&server)?.users().get("u1").send().await)?;
    assert_eq!(error.body().as_ref(), b"a\xff\x1b\n");
    assert_eq!(error.text(), "a\u{fffd}\u{1b}\n");
    assert!(!error.to_string().contains(char::is_control), "{error:?} could command a terminal");
    Ok(())
}

#[tokio::test]
async fn a_refused_connection_is_a_transport_error() -> Outcome {
    let client = Client::builder(support::closed_url()?).build()?;
    let error = transport_error(client.users().get("u1").send().await)?;
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
    assert_eq!((error.operation(), error.status()), ("getUser", None));
    assert!(error.source().is_some());
    Ok(())
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_a_transport_error_with_its_status() -> Outcome {
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_vec();
    let server = Server::answering(move |_| Some(answer.clone())).await?;
    let outcome = client(&server)?.users().get("u1").send().await;
    assert_eq!(outcome.as_ref().err().and_then(Error::status), Some(StatusCode::OK));
    let error = transport_error(outcome)?;
    assert!(!error.is_connect() && !error.is_timeout(), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn the_limit_of_a_call_or_of_the_client_ends_the_wait() -> Outcome {
    let server = Server::silent().await?;
    let long = Duration::from_secs(20);
    let [limited, patient] = [SHORT, 2 * long].map(|limit| Client::builder(server.url("/")).timeout(limit).build());
    for request in [
        client(&server)?.users().get("u1").timeout(SHORT),
        limited?.users().get("u1"),
        patient?.users().get("u1").timeout(SHORT),
    ] {
        let error = transport_error(tokio::time::timeout(long, request.send()).await?)?;
        assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
    }
    assert_eq!(server.recorded().len(), 3, "each was sent once");
    Ok(())
}

#[tokio::test]
async fn redirects_on_the_same_server_are_followed_where_the_method_stays() -> Outcome {
    let to = |status, place: &str| Serve::new(status).header("Location", place);
    let (server, client) = serving(vec![to(302, "/moved?page=2#top"), Serve::json(200, PAGE)]).await?;
    assert_eq!(client.users().list().send().await?.total, 3);
    assert_eq!(server.targets(), ["GET /api/v1/users?page=1&size=10", "GET /moved?page=2"]);

    let (server, client) = serving(vec![to(301, "/moved")]).await?;
    let error = status_error(client.users().delete("u1").send().await)?;
    assert_eq!((error.status().as_u16(), &error.headers()["location"]), (301, &"/moved".parse()?));
    assert_eq!(server.targets(), ["DELETE /api/v1/users/u1"]);

    let (server, client) = serving(vec![to(307, "/moved"), Serve::json(200, "[]")]).await?;
    client.users().autocomplete(&UserApiAutocomplete::new().q("al")).tenant("north").send().await?;
    assert_eq!(server.targets(), ["POST /api/v1/north/tenant-access/autocomplete", "POST /moved"]);
    for request in server.recorded() {
        assert_eq!(request.body, br#"{"q":"al"}"#);
        assert_eq!(request.header("content-type").as_deref(), Some("application/json"));
    }
    Ok(())
}

#[tokio::test]
async fn a_redirect_to_another_server_is_not_followed() -> Outcome {
    let other = Server::always(Serve::json(200, PAGE)).await?;
    let port = other.url("/").rsplit(':').next().unwrap_or_default().to_owned();
    for place in [other.url("/x"), format!("//127.0.0.1:{port}/x"), format!("http://localhost:{port}/x")] {
        for status in [302, 307, 308] {
            let (server, client) = serving(vec![Serve::new(status).header("Location", &place)]).await?;
            let error = status_error(client.users().list().send().await)?;
            assert_eq!((error.status().as_u16(), server.recorded().len()), (status, 1), "{place}");
        }
    }
    assert!(other.recorded().is_empty(), "{:?}", other.targets());
    Ok(())
}

#[tokio::test]
async fn redirects_in_a_circle_come_to_an_end() -> Outcome {
    let server = Server::always(Serve::new(302).header("Location", "/api/v1/users/u1")).await?;
    let error = status_error(client(&server)?.users().get("u1").send().await)?;
    assert_eq!((error.status(), server.recorded().len()), (StatusCode::FOUND, 11), "the call and ten redirects");
    Ok(())
}

#[tokio::test]
async fn a_required_parameter_has_its_default_until_it_is_taken_back() -> Outcome {
    let server = Server::always(Serve::json(200, PAGE)).await?;
    let client = client(&server)?;
    client.users().list().send().await?;
    client.users().list().size(3).send().await?;
    let refused = refused(client.users().list().size(None).send().await)?;
    assert!(refused.message().contains("`size`"), "{refused}");
    assert_eq!(server.targets(), ["GET /api/v1/users?page=1&size=10", "GET /api/v1/users?page=1&size=3"]);
    Ok(())
}

#[tokio::test]
async fn a_tenant_leads_to_the_other_route_if_it_can_be_in_one() -> Outcome {
    let server = Server::always(Serve::json(200, "[]")).await?;
    let client = client(&server)?;
    client.users().list_service_account_api_tokens("s1").send().await?;
    client.users().list_service_account_api_tokens("s1").tenant("acme").send().await?;
    let refused = refused(client.users().list_service_account_api_tokens("s1").tenant("..").send().await)?;
    assert!(refused.message().contains("`tenant`"), "{refused}");
    assert_eq!(
        server.targets(),
        ["GET /api/v1/service-accounts/s1/api-tokens", "GET /api/v1/acme/service-accounts/s1/api-tokens"]
    );
    Ok(())
}

#[tokio::test]
async fn a_request_has_no_headers_but_those_it_needs() -> Outcome {
    let server = Server::always(Serve::json(200, "{}")).await?;
    let client = client(&server)?;
    client.users().impersonate("u1").send().await?;
    client.users().patch_user_restricted("u1", &ApiPatchRestrictedRequest::new(true)).send().await?;
    client.users().delete("u1").send().await?;
    let names = server.recorded().into_iter().map(|recorded| {
        let mut names: Vec<_> = recorded.headers.iter().map(|(name, _)| name.to_lowercase()).collect();
        names.sort();
        names.join(" ")
    });
    let expected = ["accept content-length host", "content-length content-type host", "host"];
    assert_eq!(names.collect::<Vec<_>>(), expected, "no body; no declared answer; neither");
    assert_eq!(server.recorded()[0].header("content-length").as_deref(), Some("0"));
    Ok(())
}

//! Passwords, tokens and header values are in no text that a program may log: not in a `Debug` or
//! `Display`, not in an error or its sources. And settings that could leak them, or lead elsewhere,
//! build no client.

mod support;

use std::error::Error as StdError;
use std::fmt::{Debug, Write as _};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use kestra_sdk::models::*;
use kestra_sdk::{Client, ClientBuilder, Error, serde_json};
use support::{Serve, Server, serving};

type Outcome = Result<(), Box<dyn StdError>>;

const USER: &str = "ada";
const PASSWORD: &str = "pw-Zq8!xB";
const TOKEN: &str = "tok-7Hk.2Lm~9";
const HEADER: &str = "key-5Tn+4Vr";
const QUERY: &str = "find-3Wc6Yd";

fn builder(url: &str) -> ClientBuilder {
    Client::builder(url).basic_auth(USER, PASSWORD).bearer_token(TOKEN).default_header("x-api-key", HEADER)
}

/// Fails if a text shows a secret, whole or as it is sent.
fn check(text: &str) -> Result<(), String> {
    let pair = format!("{USER}:{PASSWORD}");
    let encoded = [STANDARD_NO_PAD.encode(&pair), STANDARD_NO_PAD.encode(TOKEN), STANDARD.encode(PASSWORD)];
    let bytes = [PASSWORD, TOKEN, HEADER].map(|secret| format!("{:?}", secret.as_bytes()));
    let plain = [PASSWORD, TOKEN, HEADER, QUERY].map(str::to_owned);
    match plain.iter().chain(&encoded).chain(&bytes).find(|secret| text.contains(secret.as_str())) {
        Some(secret) => Err(format!("{secret} is in: {text}")),
        None => Ok(()),
    }
}

/// Checks `Debug`, and that it says something.
fn check_debug(value: &dyn Debug, part: &str) -> Result<(), String> {
    let text = format!("{value:?} {value:#?}");
    if !text.contains(part) {
        return Err(format!("{part} is not in: {text}"));
    }
    check(&text)
}

/// All texts of an error and of its sources.
fn texts(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        let _ = write!(text, " {error} {error:?} {error:#?}");
        source = error.source();
    }
    text
}

/// The error of an outcome that must be one.
fn failed<T>(outcome: Result<T, Error>) -> Result<Error, String> {
    outcome.err().ok_or_else(|| "there is no error".to_owned())
}

fn new_user() -> ApiCreateOrUpdateUserRequest {
    ApiCreateOrUpdateUserRequest::new(vec![], vec![], "Ada", "Lovelace", "ada@example.com", PASSWORD, false, false)
}

#[test]
fn the_check_itself_finds_what_it_looks_for() {
    for text in [PASSWORD, TOKEN, HEADER, QUERY, "Basic YWRhOnB3LVpxOCF4Qg=="] {
        assert!(check(&format!("<{text}>")).is_err(), "{text}");
    }
    assert!(check(&format!("{:?}", PASSWORD.as_bytes())).is_err());
    assert!(check("ada").is_ok());
}

#[test]
fn client_and_builder_show_that_there_are_secrets_but_not_which() -> Outcome {
    check_debug(&builder("http://localhost/x"), "basic_auth: true")?;
    check_debug(&builder(&format!("http://{USER}:{PASSWORD}@localhost")), "bearer_token: true")?;
    let client = builder("http://localhost/x").user_agent("specsmith").build()?;
    check_debug(&client, "x-api-key")?;
    check_debug(&client, "bearer_token: true")?;
    check_debug(&client.users(), "Users")?;
    Ok(())
}

#[test]
fn requests_show_their_operation_only() -> Outcome {
    let client = builder("http://localhost").build()?;
    let users = client.users();
    let token = CreateApiTokenRequest::new("n", QUERY, "P1D", false);
    let autocomplete = UserApiAutocomplete::new().q(QUERY);
    let details = ApiUserDetailsRequest::new(QUERY, QUERY, QUERY);
    let requests: [(&dyn Debug, &str); 21] = [
        (&users.autocomplete(&autocomplete).tenant(QUERY), "autocompleteUsers"),
        (&users.create_service_account_api_token(QUERY, &token).tenant(QUERY), "createApiTokensForUser"),
        (&users.create(&new_user()).header("x-other", HEADER), "createUser"),
        (&users.create_user_api_token(QUERY, &token), "createApiTokensForUser_1"),
        (&users.delete_refresh_token(QUERY), "deleteRefreshToken"),
        (&users.delete_service_account_api_token(QUERY, QUERY), "deleteApiToken"),
        (&users.delete(QUERY), "deleteUser"),
        (&users.delete_user_api_token(QUERY, QUERY), "deleteApiToken_1"),
        (&users.delete_user_auth_method(QUERY, QUERY), "deleteUserAuthMethod"),
        (&users.get(QUERY).header("authorization", TOKEN), "getUser"),
        (&users.impersonate(QUERY), "impersonate"),
        (&users.list_service_account_api_tokens(QUERY).tenant(QUERY), "listApiTokens"),
        (&users.list_user_api_tokens(QUERY), "listApiTokens_1"),
        (&users.list().q(QUERY).sort([QUERY]), "listUsers"),
        (&users.patch(QUERY, &details), "patchUser"),
        (&users.patch_user_password(QUERY, &ApiPatchUserPasswordRequest::new(PASSWORD)), "patchUserPassword"),
        (&users.patch_user_restricted(QUERY, &ApiPatchRestrictedRequest::new(true)), "patchUserDemo"),
        (&users.patch_user_super_admin(QUERY, &ApiPatchSuperAdminRequest::new(true)), "patchUserSuperAdmin"),
        (
            &users.update_current_user_password(&ApiUpdatePasswordRequest::new(PASSWORD, PASSWORD)),
            "updateCurrentUserPassword",
        ),
        (&users.update(QUERY, &new_user()), "updateUser"),
        (&users.update_user_groups(QUERY, &ApiUpdateUserGroupsRequest::new(vec![])).tenant(QUERY), "updateUserGroups"),
    ];
    for (request, operation) in requests {
        check_debug(request, operation)?;
    }
    Ok(())
}

#[test]
fn models_show_that_there_is_a_secret_but_not_which() -> Outcome {
    check_debug(&ApiUpdatePasswordRequest::new(PASSWORD, TOKEN), "new_password")?;
    check_debug(&ApiPatchUserPasswordRequest::new(PASSWORD), "password")?;
    check_debug(&new_user(), "ada@example.com")?;
    let text = serde_json::json!({"id": "t1", "name": "ci", "fullToken": TOKEN}).to_string();
    let issued: CreateApiTokenResponse = serde_json::from_str(&text)?;
    assert_eq!(issued.full_token, TOKEN);
    check_debug(&issued, "full_token")?;
    Ok(())
}

#[tokio::test]
async fn an_answer_shows_neither_the_issued_token_nor_the_cookie() -> Outcome {
    let body = serde_json::json!({"id": "t1", "name": "ci", "fullToken": TOKEN}).to_string();
    let (server, _) = serving(vec![Serve::json(200, &body).header("Set-Cookie", HEADER)]).await?;
    let client = builder(&server.url("/")).build()?;
    let token = CreateApiTokenRequest::new("ci", "d", "P1D", false);
    let answer = client.users().create_user_api_token("u1", &token).send().await?;
    assert_eq!((answer.full_token.as_str(), &answer.headers()["set-cookie"]), (TOKEN, &HEADER.parse()?));
    check_debug(&answer, "full_token")?;
    Ok(())
}

#[tokio::test]
async fn errors_show_no_credentials_and_no_target() -> Outcome {
    let sick = Serve::new(500).header("Set-Cookie", HEADER).body("out of order");
    let odd = Serve::json(200, r#"{"id":"t1","name":7}"#).header("Set-Cookie", HEADER);
    let server = Server::sequence(vec![sick, odd]).await?;
    let client = builder(&server.url("/")).build()?;
    let token = CreateApiTokenRequest::new("ci", QUERY, "P1D", false);
    let status = failed(client.users().create(&new_user()).header("x-other", HEADER).send().await)?;
    assert!(matches!(status, Error::Status(_)) && texts(&status).contains("out of order"), "{status:?}");
    let decode = failed(client.users().create_user_api_token(QUERY, &token).send().await)?;
    assert!(matches!(decode, Error::Decode(_)) && texts(&decode).contains("`name`"), "{decode:?}");
    for request in server.recorded() {
        assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}")), "the credentials were sent");
        assert_eq!(request.header("x-api-key").as_deref(), Some(HEADER));
    }
    let connect = failed(builder(&support::closed_url()?).build()?.users().list().q(QUERY).send().await)?;
    let silent = Server::silent().await?;
    let client = builder(&silent.url("/")).timeout(Duration::from_millis(50)).build()?;
    let timeout = failed(client.users().get(QUERY).send().await)?;
    let cut = Server::answering(|_| Some(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".to_vec())).await?;
    let exchange = failed(builder(&cut.url("/")).build()?.users().get(QUERY).send().await)?;
    for error in [&connect, &timeout, &exchange] {
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    }
    for error in [status, decode, connect, timeout, exchange] {
        check(&texts(&error))?;
    }
    Ok(())
}

#[tokio::test]
async fn refusals_never_quote_the_value() -> Outcome {
    let client = || Client::builder("http://localhost");
    let wrong = |secret: &str| format!("{secret}\n");
    let users = client().build()?.users();
    for error in [
        failed(client().bearer_token(format!("{TOKEN} ")).build())?,
        failed(client().bearer_token(wrong(TOKEN)).build())?,
        failed(client().basic_auth(USER, wrong(PASSWORD)).build())?,
        failed(client().basic_auth(format!("{USER}:{PASSWORD}"), "x").build())?,
        failed(client().default_header("x-api-key", wrong(HEADER)).build())?,
        failed(client().default_header("x-api-key", format!("{HEADER}é")).build())?,
        failed(client().default_header("x api key", HEADER).build())?,
        failed(client().user_agent(wrong(HEADER)).build())?,
        failed(users.get(QUERY).header("authorization", wrong(TOKEN)).send().await)?,
        failed(users.get(QUERY).header("", TOKEN).send().await)?,
        failed(users.delete_user_api_token(QUERY, "..").send().await)?,
    ] {
        assert!(matches!(&error, Error::Refused(error) if !error.message().is_empty()), "{error:?}");
        check(&texts(&error))?;
    }
    Ok(())
}

#[test]
fn a_wrong_url_builds_no_client_and_is_not_quoted() -> Outcome {
    let rests =
        ["ftp://localhost/", "/api", "localhost", "", "http://", "http://localhost:99999/", "http://localhost:/"]
            .map(str::to_owned);
    let parts =
        ["?", "?a=b", "#", "#top", "/..", "/../x", "/a/./b", "/%2E%2e/x", "/.%2E", " x", "/ä", "/%zz", "/a\\b", "/a%2"]
            .map(|part| format!("http://localhost{part}"));
    let infos =
        ["localhost", "localhost:80/x", "local host", "localhost:x"].map(|rest| format!("{USER}:{PASSWORD}@{rest}"));
    let infos = infos.into_iter().flat_map(|info| [format!("http://{info}"), format!("ftp://{info}"), info]);
    for url in rests.into_iter().chain(parts).chain(infos) {
        let error = failed(Client::builder(url.as_str()).build()).map_err(|error| format!("{url}: {error}"))?;
        assert!(matches!(&error, Error::Refused(error) if error.operation().is_none()), "{url}: {error:?}");
        check(&texts(&error))?;
    }
    for url in ["http://localhost", "https://localhost:8443/a/b//", "http://[::1]:80/.../a..b"] {
        Client::builder(url).build().map_err(|error| format!("{url}: {error}"))?;
    }
    Ok(())
}

#[test]
fn headers_that_garble_or_redirect_the_message_build_no_client() -> Outcome {
    for name in ["", "a b", "a:b", "a\r\nb", "é", "host", "Content-Length", "transfer-encoding", "content-type"] {
        assert!(
            matches!(Client::builder("http://localhost").default_header(name, "x").build(), Err(Error::Refused(_))),
            "{name:?}"
        );
    }
    for value in ["a\r\nb: c", "a\nb", "a\0b", "\u{7f}", "é", "\u{80}"] {
        assert!(
            matches!(Client::builder("http://localhost").default_header("x", value).build(), Err(Error::Refused(_))),
            "{value:?}"
        );
    }
    Client::builder("http://localhost").default_header("x", "a\t~ b").build()?;
    Ok(())
}

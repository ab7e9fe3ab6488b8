//! What leaves the machine, byte for byte: each case is a call, and the request that must come of
//! it, or a refusal before anything is sent.
//!
//! The cases stand in `wire-cases.json`; `WIRE_CASES=FILE` runs another file's instead.

mod support;

use std::error::Error as StdError;
use std::fmt::{self, Debug, Display, Formatter};

use kestra_sdk::{Client, Error, Response, models};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use support::{Case, Recorded, Server};

/// How a call ended.
enum Ending {
    /// No operation is called so; a case of that kind is never right.
    Unknown(String),
    /// The types could not hold the arguments, so there was nothing to send.
    TypesRefused(String),
    /// The client ended it.
    Sent(Result<u16, Error>),
}

impl Display for Ending {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(id) => write!(f, "no operation is called {id}"),
            Self::TypesRefused(reason) => write!(f, "the types refused: {reason}"),
            Self::Sent(Ok(status)) => write!(f, "success {status}"),
            Self::Sent(Err(error)) => write!(f, "{error}"),
        }
    }
}

impl From<Error> for Ending {
    fn from(error: Error) -> Self {
        Self::Sent(Err(error))
    }
}

#[tokio::test]
async fn requests_leave_as_the_cases_say() -> Result<(), Box<dyn StdError>> {
    let (cases, own) = support::cases()?;
    let mut right = 0;
    let mut called = std::collections::BTreeSet::new();
    for case in &cases {
        let server = Server::start(case.serve.clone()).await?;
        let ending = call(case, &server.url(&case.base)).await;
        let recorded = server.stop().await;
        called.insert(case.operation_id.as_str());
        match judge(case, &ending, &recorded) {
            Ok(()) => right += 1,
            Err(miss) => println!(
                "miss: {}\n  {miss}\n  expected {}\n  recorded {recorded:?}\n  ended: {ending}",
                case.case, case.expect
            ),
        }
    }
    println!("{right} of {}", cases.len());
    assert!(!cases.is_empty(), "there are no cases");
    assert_eq!(right, cases.len(), "see the misses above");
    if own {
        assert_eq!(called.len(), 24, "the project's own cases call every operation");
    }
    Ok(())
}

/// Compares what happened with what must happen.
fn judge(case: &Case, ending: &Ending, recorded: &[Recorded]) -> Result<(), String> {
    let refused = matches!(ending, Ending::TypesRefused(_) | Ending::Sent(Err(Error::Refused(_))));
    let may_send = case.expect.get("may_send") == Some(&Value::Bool(true));
    if case.expect.get("client_error").is_some() {
        return match recorded {
            [] if refused => Ok(()),
            [_] if may_send && !refused => Ok(()),
            [] => Err("nothing was sent, but not because it was refused".to_owned()),
            _ => Err("something was sent".to_owned()),
        };
    }
    let first = recorded.first().ok_or("nothing was sent")?;
    first.compare(case)?;
    let sent = if is_followed(case) { 2 } else { 1 };
    if recorded.len() != sent {
        return Err(format!("{} requests were sent instead of {sent}", recorded.len()));
    }
    outcome(case, ending)
}

/// Whether the answer is a redirect that is followed: one that leaves the method what it is.
fn is_followed(case: &Case) -> bool {
    let status = case.serve.as_ref().map_or(0, |serve| serve.status);
    let is_get = case.expect.get("method") == Some(&Value::from("GET"));
    matches!(status, 307 | 308) || (matches!(status, 301..=303) && is_get)
}

/// The answer must reach the caller: its status as a success or as an error that keeps it.
fn outcome(case: &Case, ending: &Ending) -> Result<(), String> {
    let Some(status) = case.serve.as_ref().map(|serve| serve.status) else { return Ok(()) };
    // The server's second answer is always 404.
    let status = if is_followed(case) { 404 } else { status };
    let found = match ending {
        Ending::Sent(Ok(status)) => Some(*status),
        Ending::Sent(Err(error)) => error.status().map(|status| status.as_u16()),
        Ending::TypesRefused(_) | Ending::Unknown(_) => None,
    };
    match found {
        Some(found) if found == status => Ok(()),
        found => Err(format!("the server said {status}, the caller sees {found:?}")),
    }
}

async fn call(case: &Case, url: &str) -> Ending {
    let auth = |name: &str| case.auth.get(name).and_then(Value::as_str);
    let mut builder = Client::builder(url);
    if let (Some(name), Some(password)) = (auth("username"), auth("password")) {
        builder = builder.basic_auth(name, password);
    }
    if let Some(token) = auth("token") {
        builder = builder.bearer_token(token);
    }
    let client = match builder.build() {
        Ok(client) => client,
        Err(error) => return error.into(),
    };
    match dispatch(&client, case).await {
        Ok(ending) | Err(ending) => ending,
    }
}

fn sent<T: Debug>(outcome: Result<Response<T>, Error>) -> Result<Ending, Ending> {
    Ok(Ending::Sent(outcome.map(|response| response.status().as_u16())))
}

/// The arguments of a case, as the SDK's types take them.
struct Arguments<'a>(&'a Map<String, Value>);

impl Arguments<'_> {
    fn path(&self, name: &str) -> Result<&str, Ending> {
        let value = self.0.get("path").and_then(|path| path.get(name)).and_then(Value::as_str);
        value.ok_or_else(|| Ending::TypesRefused(format!("the path parameter {name} is missing")))
    }

    /// A query parameter; one that is absent or null is `None`.
    fn query<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Ending> {
        let value = self.0.get("query").and_then(|query| query.get(name)).unwrap_or(&Value::Null);
        Deserialize::deserialize(value).map_err(|error| Ending::TypesRefused(format!("{error}")))
    }

    fn body<T: DeserializeOwned>(&self) -> Result<T, Ending> {
        let body = self.0.get("body").ok_or_else(|| Ending::TypesRefused("the body is missing".to_owned()))?;
        T::deserialize(body).map_err(|error| Ending::TypesRefused(format!("{error}")))
    }
}

async fn dispatch(client: &Client, case: &Case) -> Result<Ending, Ending> {
    use models::*;
    let args = Arguments(&case.args);
    let users = client.users();
    match case.operation_id.as_str() {
        "autocompleteUsers" => {
            let request = users.autocomplete(&args.body::<UserApiAutocomplete>()?);
            sent(request.tenant(args.path("tenant")?).send().await)
        }
        "createApiTokensForUser" => sent(
            users
                .create_service_account_api_token(args.path("id")?, &args.body::<CreateApiTokenRequest>()?)
                .send()
                .await,
        ),
        "createApiTokensForUserWithTenant" => sent(
            users
                .create_service_account_api_token(args.path("id")?, &args.body::<CreateApiTokenRequest>()?)
                .tenant(args.path("tenant")?)
                .send()
                .await,
        ),
        "createApiTokensForUser_1" => {
            sent(users.create_user_api_token(args.path("id")?, &args.body::<CreateApiTokenRequest>()?).send().await)
        }
        "createUser" => sent(users.create(&args.body::<ApiCreateOrUpdateUserRequest>()?).send().await),
        "deleteApiToken" => {
            sent(users.delete_service_account_api_token(args.path("id")?, args.path("tokenId")?).send().await)
        }
        "deleteApiTokenWithTenant" => sent(
            users
                .delete_service_account_api_token(args.path("id")?, args.path("tokenId")?)
                .tenant(args.path("tenant")?)
                .send()
                .await,
        ),
        "deleteApiToken_1" => sent(users.delete_user_api_token(args.path("id")?, args.path("tokenId")?).send().await),
        "deleteRefreshToken" => sent(users.delete_refresh_token(args.path("id")?).send().await),
        "deleteUser" => sent(users.delete(args.path("id")?).send().await),
        "deleteUserAuthMethod" => {
            sent(users.delete_user_auth_method(args.path("id")?, args.path("auth")?).send().await)
        }
        "getUser" => sent(users.get(args.path("id")?).send().await),
        "impersonate" => sent(users.impersonate(args.path("id")?).send().await),
        "listApiTokens" => sent(users.list_service_account_api_tokens(args.path("id")?).send().await),
        "listApiTokensWithTenant" => {
            sent(users.list_service_account_api_tokens(args.path("id")?).tenant(args.path("tenant")?).send().await)
        }
        "listApiTokens_1" => sent(users.list_user_api_tokens(args.path("id")?).send().await),
        "listUsers" => sent(
            users
                .list()
                .q(args.query::<String>("q")?)
                .page(args.query::<i32>("page")?)
                .size(args.query::<i32>("size")?)
                .sort(args.query::<Vec<String>>("sort")?.unwrap_or_default())
                .send()
                .await,
        ),
        "patchUser" => sent(users.patch(args.path("id")?, &args.body::<ApiUserDetailsRequest>()?).send().await),
        "patchUserDemo" => {
            sent(users.patch_user_restricted(args.path("id")?, &args.body::<ApiPatchRestrictedRequest>()?).send().await)
        }
        "patchUserPassword" => {
            sent(users.patch_user_password(args.path("id")?, &args.body::<ApiPatchUserPasswordRequest>()?).send().await)
        }
        "patchUserSuperAdmin" => sent(
            users.patch_user_super_admin(args.path("id")?, &args.body::<ApiPatchSuperAdminRequest>()?).send().await,
        ),
        "updateCurrentUserPassword" => {
            sent(users.update_current_user_password(&args.body::<ApiUpdatePasswordRequest>()?).send().await)
        }
        "updateUser" => {
            sent(users.update(args.path("id")?, &args.body::<ApiCreateOrUpdateUserRequest>()?).send().await)
        }
        "updateUserGroups" => sent(
            users
                .update_user_groups(args.path("id")?, &args.body::<ApiUpdateUserGroupsRequest>()?)
                .tenant(args.path("tenant")?)
                .send()
                .await,
        ),
        other => Ok(Ending::Unknown(other.to_owned())),
    }
}

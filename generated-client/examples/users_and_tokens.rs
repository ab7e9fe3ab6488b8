//! Lists the users, and lends a program an account with a token.
//!
//! `cargo run --example users_and_tokens`
//!
//! The server is told by `KESTRA_URL` and `KESTRA_TENANT`, who asks by `KESTRA_TOKEN`, or by
//! `KESTRA_USER` and `KESTRA_PASSWORD`.

use std::env;
use std::error::Error;

use kestra_sdk::Client;
use kestra_sdk::models::{ApiCreateServiceAccountRequest, ApiUserSummary, CreateApiTokenRequest};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let var = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
    let server = Client::builder(var("KESTRA_URL")?).tenant(var("KESTRA_TENANT")?);
    let client = match var("KESTRA_TOKEN") {
        Ok(token) if !token.is_empty() => server.bearer_token(token),
        _ => server.basic_auth(var("KESTRA_USER")?, var("KESTRA_PASSWORD")?),
    }
    .build()?;

    for user in users(&client).await? {
        println!("{} ({})", user.username, user.display_name);
    }
    let lent = lend(&client, &var("KESTRA_TENANT")?).await?;
    println!("the account {} has a token of {} characters", lent.account, lent.token.len());
    take_back(&client, &lent).await?;
    Ok(())
}

/// All users of the instance.
pub async fn users(client: &Client) -> Result<Vec<ApiUserSummary>, kestra_sdk::Error> {
    let mut users = Vec::new();
    for page in 1.. {
        let found = client.users().list().page(page).size(50).sort(["username:asc"]).send().await?.into_inner();
        let is_last = found.results.len() < 50;
        users.extend(found.results);
        if is_last {
            break;
        }
    }
    Ok(users)
}

/// What a program needs to act by itself.
pub struct Lent {
    /// Identifier of the account.
    pub account: String,
    /// Identifier of the token.
    pub token_id: String,
    /// Shown once: store it where the program finds it, and nowhere else.
    pub token: String,
}

/// Creates a service account for one tenant, with a token that is valid for 30 days.
pub async fn lend(client: &Client, tenant: &str) -> Result<Lent, Box<dyn Error>> {
    let account = ApiCreateServiceAccountRequest::new("nightly-deploy", "Deploys flows", false, vec![tenant.into()]);
    let account = client.service_accounts().create(&account).send().await?.into_inner();

    let token = CreateApiTokenRequest::new("ci-pipeline", "For the build server", "P30D", false);
    let token = client.users().create_service_account_api_token(&account.id, &token).send().await?;
    // The API's document does not say what the answer holds, so it is plain JSON.
    let text = |name: &str| token[name].as_str().map(str::to_owned).ok_or(format!("the answer has no {name}"));
    Ok(Lent { account: account.id, token_id: text("id")?, token: text("fullToken")? })
}

/// Revokes the token and deletes the account.
pub async fn take_back(client: &Client, lent: &Lent) -> Result<(), kestra_sdk::Error> {
    client.users().delete_service_account_api_token(&lent.account, &lent.token_id).send().await?;
    client.service_accounts().delete(&lent.account).send().await?;
    Ok(())
}

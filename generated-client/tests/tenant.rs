//! One tenant for all requests of a client, and filters in the query: what
//! Kestra needs beyond its document, told by settings (`client_defaults` and `parameters` in
//! specs/kestra.toml).

mod support;

use std::error::Error as StdError;

use kestra_sdk::models::{FilterField as Field, FilterOperation as Op, QueryFilter};
use kestra_sdk::serde_json::json;
use kestra_sdk::{Client, Error};
use support::{Serve, Server, refused};

type Outcome = Result<(), Box<dyn StdError>>;

/// Whatever comes of the answer, the request was sent.
fn sent<T>(outcome: Result<T, Error>) -> Result<(), Error> {
    match outcome {
        Err(Error::Refused(error)) => Err(Error::Refused(error)),
        _ => Ok(()),
    }
}

#[tokio::test]
async fn the_clients_tenant_stands_in_where_the_route_needs_one() -> Outcome {
    let server = Server::always(Serve::new(404)).await?;
    let client = Client::builder(server.url("/base")).tenant("main").build()?;
    sent(client.kv().delete_key_value("shop", "k").send().await)?;
    sent(client.kv().delete_key_value("shop", "k").tenant("a/b").send().await)?;
    // The route without a tenant is a route of its own.
    sent(client.users().list_service_account_api_tokens("s1").send().await)?;
    sent(client.users().list_service_account_api_tokens("s1").tenant("acme").send().await)?;
    assert_eq!(
        server.targets(),
        [
            "DELETE /base/api/v1/main/namespaces/shop/kv/k",
            "DELETE /base/api/v1/a%2Fb/namespaces/shop/kv/k",
            "GET /base/api/v1/service-accounts/s1/api-tokens",
            "GET /base/api/v1/acme/service-accounts/s1/api-tokens",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn without_any_tenant_nothing_is_sent() -> Outcome {
    let server = Server::always(Serve::new(404)).await?;
    let client = Client::builder(server.url("/")).build()?;
    let error = refused(client.kv().delete_key_value("shop", "k").send().await)?;
    for part in ["`tenant`", "on the request", "`ClientBuilder`"] {
        assert!(error.message().contains(part), "{error}");
    }
    let error = refused(client.kv().delete_key_value("shop", "k").tenant("..").send().await)?;
    assert!(error.message().contains("dot segment"), "{error}");
    assert_eq!(server.targets(), [""; 0]);
    Ok(())
}

#[test]
fn a_tenant_that_no_path_can_hold_builds_no_client() -> Outcome {
    for tenant in ["", ".", ".."] {
        let error = refused(Client::builder("http://localhost").tenant(tenant).build())?;
        assert!(error.message().contains("`tenant`"), "{error}");
    }
    // The last one counts.
    let client = Client::builder("http://localhost").tenant("..").tenant(7).build()?;
    assert!(format!("{client:?}").contains("tenant"), "{client:?}");
    Ok(())
}

#[tokio::test]
async fn filters_stand_in_the_keys_of_the_query() -> Outcome {
    let server = Server::always(Serve::new(404)).await?;
    let client = Client::builder(server.url("/")).tenant("main").build()?;
    let filters = [
        QueryFilter::new(Field::Namespace, Op::Equals, json!("shop.orders")),
        QueryFilter::new(Field::State, Op::In, json!(["RUNNING", "FAILED"])),
        QueryFilter::new(Field::Labels, Op::Equals, json!({"team": "a b", "env": "prod"})),
        QueryFilter::new(Field::from("newField"), Op::NotEquals, json!(3)),
    ];
    sent(client.executions().search().filters(filters).send().await)?;
    let targets = server.targets();
    let (_, query) = targets.first().and_then(|target| target.split_once('?')).ok_or("no query")?;
    let filters: Vec<&str> = query.split('&').filter(|pair| pair.starts_with("filters")).collect();
    assert_eq!(
        filters,
        [
            "filters%5Bnamespace%5D%5BEQUALS%5D=shop.orders",
            "filters%5Bstate%5D%5BIN%5D=RUNNING,FAILED",
            "filters%5Blabels%5D%5BEQUALS%5D%5Bteam%5D=a%20b",
            "filters%5Blabels%5D%5BEQUALS%5D%5Benv%5D=prod",
            "filters%5BnewField%5D%5BNOT_EQUALS%5D=3",
        ]
    );
    let empty = QueryFilter::new(Field::State, Op::In, json!([]));
    let error = refused(client.executions().search().filters([empty]).send().await)?;
    assert!(error.message().contains("`filters`"), "a filter that is left out finds too much: {error}");
    Ok(())
}

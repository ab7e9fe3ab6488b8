//! Kestra's lists come in pages (`pages` in specs/kestra.toml): they are turned until all elements
//! are there, by the same request each time.

mod support;

use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;

use kestra_sdk::models::{FilterField as Field, FilterOperation as Op, QueryFilter};
use kestra_sdk::serde_json::json;
use kestra_sdk::{Client, Error, Items};
use support::{Serve, Server, serving, status_error};

type Outcome = Result<(), Box<dyn StdError>>;

/// A page of users.
fn page(ids: &[&str], total: u64) -> Serve {
    let user = |id: &&str| json!({"id": id, "username": id, "displayName": id, "tenants": [], "auths": [], "superAdmin": false});
    let users: Vec<_> = ids.iter().map(user).collect();
    Serve::json(200, &json!({"results": users, "total": total}).to_string())
}

#[tokio::test]
async fn users_are_listed_page_by_page_up_to_the_last() -> Outcome {
    let (server, client) = serving(vec![page(&["a", "b"], 5), page(&["c", "d"], 5), page(&["e"], 5)]).await?;
    let mut users = client.users().list().size(2).q("a b").sort(["username:asc", "id"]).items();
    let mut ids = String::new();
    while let Some(user) = users.next().await {
        ids += &user?.id;
    }
    assert_eq!(ids, "abcde");
    let target = |page| format!("GET /api/v1/users?q=a%20b&page={page}&size=2&sort=username%3Aasc,id");
    assert_eq!(server.targets(), [1, 2, 3].map(target));
    Ok(())
}

#[tokio::test]
async fn pages_are_whole_answers_and_an_error_is_the_last() -> Outcome {
    let (server, client) = serving(vec![page(&["a", "b"], 5), Serve::json(403, "{}")]).await?;
    let mut pages = client.users().list().size(2).pages();
    let first = pages.next().await.ok_or("no page")??;
    assert_eq!((first.status().as_u16(), first.results.len(), first.total), (200, 2, 5));
    let error = status_error(pages.next().await.ok_or("no second page")?)?;
    assert_eq!(error.status().as_u16(), 403);
    assert!(pages.next().await.is_none());
    assert_eq!(server.recorded().len(), 2);
    Ok(())
}

#[tokio::test]
async fn each_page_is_in_the_same_tenant_and_has_the_same_filters() -> Outcome {
    let flow = |id| json!({"id": id, "namespace": "shop", "deleted": false, "disabled": false, "tasks": []});
    let page = |id| Serve::json(200, &json!({"results": [flow(id)], "total": 2}).to_string());
    let server = Server::sequence(vec![page("a"), page("b"), page("a"), page("b")]).await?;
    let client = Client::builder(server.url("/base")).tenant("main").build()?;
    let filter = || [QueryFilter::new(Field::Namespace, Op::Equals, json!("shop"))];
    for tenant in ["main", "acme"] {
        let request = client.flows().search().filters(filter());
        let mut flows = if tenant == "main" { request.items() } else { request.tenant(tenant).items() };
        while let Some(flow) = flows.next().await {
            assert_eq!(flow?.namespace, "shop");
        }
    }
    let target = |(tenant, page)| {
        let path = format!("GET /base/api/v1/{tenant}/flows/search");
        format!("{path}?page={page}&size=10&filters%5Bnamespace%5D%5BEQUALS%5D=shop")
    };
    assert_eq!(server.targets(), [("main", 1), ("main", 2), ("acme", 1), ("acme", 2)].map(target));
    Ok(())
}

/// A list that is being counted.
type Counting = Pin<Box<dyn Future<Output = Result<usize, Error>>>>;

/// How many elements there are, or that there is an error.
async fn count<I>(mut items: Items<I>) -> Result<usize, Error> {
    let mut count = 0;
    while let Some(item) = items.next().await {
        item?;
        count += 1;
    }
    Ok(count)
}

/// All operations that take a page have pages: the setting is for all that fit.
#[tokio::test]
async fn every_list_with_pages_has_them() -> Outcome {
    let empty = json!({"results": [], "total": 0, "readOnly": false}).to_string();
    let server = Server::always(Serve::json(200, &empty)).await?;
    let client = Client::builder(server.url("/")).tenant("t").build()?;
    let none = || std::iter::empty::<QueryFilter>();
    let counts: Vec<Counting> = vec![
        Box::pin(count(client.executions().list_by_flow("n", "f").items())),
        Box::pin(count(client.executions().search().items())),
        Box::pin(count(client.executions().search_task_runs().items())),
        Box::pin(count(client.flows().search().items())),
        Box::pin(count(client.flows().search_by_source_code().items())),
        Box::pin(count(client.groups().search_group_members("g").items())),
        Box::pin(count(client.groups().search().items())),
        Box::pin(count(client.logs().search().items())),
        Box::pin(count(client.namespaces().list_namespace_secrets("n", none()).items())),
        Box::pin(count(client.namespaces().search().items())),
        Box::pin(count(client.roles().search().items())),
        Box::pin(count(client.service_accounts().list().items())),
        Box::pin(count(client.tenants().search().items())),
        Box::pin(count(client.triggers().search().items())),
        Box::pin(count(client.triggers().search_triggers_for_flow("n", "f").items())),
        Box::pin(count(client.users().list().items())),
    ];
    let lists = counts.len();
    for count in counts {
        assert_eq!(count.await?, 0);
    }
    let targets = server.targets();
    let is_first = |target: &&String| target.contains("page=1&size=10");
    assert_eq!((lists, targets.iter().filter(is_first).count()), (16, 16), "{targets:#?}");
    Ok(())
}

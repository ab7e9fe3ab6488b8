//! Facts 7, 8, 13 and 14: what goes out in the query, as a body and in the path, and how long it may
//! take.

use std::time::Duration;

use kestra_sdk::api::flows::UpdateFlowBody;
use kestra_sdk::api::kv::SetKeyValueBody;
use kestra_sdk::models::*;
use kestra_sdk::serde_json::{self, json};
use kestra_sdk::{Client, jiff};

use crate::live::Live;
use crate::support::{Recorded, Serve, Server, refused, transport_error};
use crate::{Outcome, answering, answering_json, bare_execution, flow, in_main, only};

/// YAML that would not survive being read and written again.
const SOURCE: &str =
    "# orders: \u{fc}bersicht\r\nid: daily-report\n\nnamespace:   'shop.orders'\ntasks:\n\t- |\n  \"x\" \u{1f600}\n...";

/// A type and its bytes.
fn body_of(recorded: &Recorded) -> (Option<String>, &[u8]) {
    (recorded.header("content-type"), &recorded.body)
}

/// Conditions of a search are pairs of the query whose keys name field and operation, spelled as the
/// server does.
#[tokio::test]
async fn fact_07_filters_go_as_nested_keys() -> Outcome {
    let (server, client) = answering_json(&json!({"results": [], "total": 0})).await?;
    let since: jiff::Timestamp = "2025-03-04T05:06:07Z".parse()?;
    let filters = [
        QueryFilter::new(FilterField::Namespace, FilterOperation::StartsWith, json!("shop.ord&ers")),
        QueryFilter::new(FilterField::FlowId, FilterOperation::NotEquals, json!("old")),
        QueryFilter::new(FilterField::StartDate, FilterOperation::GreaterThanOrEqualTo, serde_json::to_value(since)?),
        QueryFilter::new(FilterField::MinLevel, FilterOperation::Equals, json!("WARN")),
        QueryFilter::new("shoeSize".into(), "ABOUT".into(), json!(43)),
    ];
    client.executions().search().filters(filters).send().await?;
    let target = only(&server)?.target.replace("%5B", "[").replace("%5D", "]");
    assert_eq!(
        target,
        "/api/v1/main/executions/search?page=1&size=10\
         &filters[namespace][STARTS_WITH]=shop.ord%26ers\
         &filters[flowId][NOT_EQUALS]=old\
         &filters[startDate][GREATER_THAN_OR_EQUAL_TO]=2025-03-04T05%3A06%3A07Z\
         &filters[level][EQUALS]=WARN\
         &filters[shoeSize][ABOUT]=43"
    );
    Ok(())
}

/// Each label of a condition has a key of its own, a list is one value with commas, and no condition at
/// all is nothing, where the document requires them too.
#[tokio::test]
async fn fact_07_filters_of_labels_and_lists_and_none() -> Outcome {
    let (server, client) = answering_json(&json!({"results": [], "total": 0, "readOnly": false})).await?;
    let labels = QueryFilter::new(FilterField::Labels, FilterOperation::Equals, json!({"team": "data", "a.b": "c=d"}));
    let states = QueryFilter::new(FilterField::State, FilterOperation::In, json!(["RUNNING", "A,B"]));
    client.logs().search().filters([labels, states]).send().await?;
    client.namespaces().list_namespace_secrets("shop", [] as [QueryFilter; 0]).send().await?;
    client.flows().search().filters(Vec::<QueryFilter>::new()).send().await?;
    let targets: Vec<String> =
        server.targets().iter().map(|target| target.replace("%5B", "[").replace("%5D", "]")).collect();
    assert_eq!(
        targets,
        [
            "GET /api/v1/main/logs/search?page=1&size=10&filters[labels][EQUALS][team]=data\
             &filters[labels][EQUALS][a.b]=c%3Dd&filters[state][IN]=RUNNING,A%2CB",
            "GET /api/v1/main/namespaces/shop/secrets?page=1&size=10",
            "GET /api/v1/main/flows/search?page=1&size=10",
        ]
    );
    Ok(())
}

/// A condition that has no place in the query is refused: left out in silence, it would make the search
/// find more than was asked for.
#[tokio::test]
async fn fact_07_a_filter_that_cannot_be_written_is_refused() -> Outcome {
    let (server, client) = answering_json(&json!({"results": [], "total": 0})).await?;
    for value in [json!([]), json!({}), json!(null)] {
        let filter = QueryFilter::new(FilterField::State, FilterOperation::In, value);
        let refused = refused(client.executions().search().filters([filter]).send().await)?;
        assert!(refused.message().contains("`filters`"), "{refused}");
    }
    assert!(server.recorded().is_empty());
    Ok(())
}

/// YAML goes as it is, to the byte, with its own media type.
#[tokio::test]
async fn fact_08_yaml_goes_verbatim() -> Outcome {
    let (server, client) = answering(Serve::json(200, &flow().to_string())).await?;
    client.flows().create(SOURCE).send().await?;
    client.flows().update("shop.orders", "daily-report", SOURCE).send().await?;
    let (several, list) = answering_json(&json!([])).await?;
    list.flows().bulk_update().body(SOURCE.to_owned()).send().await?;
    list.flows().validate(SOURCE).send().await?;
    let all: Vec<Recorded> = server.recorded().into_iter().chain(several.recorded()).collect();
    assert_eq!(all.len(), 4);
    for recorded in &all {
        assert_eq!(body_of(recorded), (Some("application/x-yaml".to_owned()), SOURCE.as_bytes()));
        assert_eq!(recorded.header("content-length"), Some(SOURCE.len().to_string()));
    }
    Ok(())
}

/// Where a body may be of several media types, one method takes them all, and what the caller gives says
/// which it is: a text is YAML or plain text, a value is JSON.
#[tokio::test]
async fn fact_08_one_method_for_several_media_types() -> Outcome {
    let (server, client) = answering(Serve::json(200, &flow().to_string())).await?;
    let typed: Flow = serde_json::from_value(flow())?;
    let flows = client.flows();
    flows.update("shop.orders", "daily-report", &typed).send().await?;
    flows.update("shop.orders", "daily-report", typed).send().await?;
    flows.update("shop.orders", "daily-report", UpdateFlowBody::Yaml(SOURCE.to_owned())).send().await?;
    let all = server.recorded();
    for recorded in &all[..2] {
        assert_eq!(recorded.header("content-type").as_deref(), Some("application/json"));
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&recorded.body)?, flow());
    }
    assert_eq!(body_of(&all[2]), (Some("application/x-yaml".to_owned()), SOURCE.as_bytes()));

    let (server, client) = answering(Serve::new(204)).await?;
    client.kv().set_key_value("shop", "k", "5").send().await?;
    client.kv().set_key_value("shop", "k", json!("5")).send().await?;
    client.kv().set_key_value("shop", "k", SetKeyValueBody::Json(json!({"a": [5]}))).send().await?;
    let all = server.recorded();
    assert_eq!(body_of(&all[0]), (Some("text/plain".to_owned()), b"5".as_slice()));
    assert_eq!(body_of(&all[1]), (Some("application/json".to_owned()), br#""5""#.as_slice()));
    assert_eq!(body_of(&all[2]), (Some("application/json".to_owned()), br#"{"a":[5]}"#.as_slice()));

    let (server, client) = answering_json(&json!({"index": 0})).await?;
    let task = json!({"id": "load", "type": "io.kestra.plugin.core.log.Log"});
    client.flows().validate_task(&TaskValidationType::Tasks, SOURCE).send().await?;
    client.flows().validate_task(&TaskValidationType::Tasks, task.clone()).send().await?;
    let all = server.recorded();
    assert_eq!(body_of(&all[0]), (Some("application/x-yaml".to_owned()), SOURCE.as_bytes()));
    assert_eq!(body_of(&all[1]), (Some("application/json".to_owned()), task.to_string().as_bytes()));
    Ok(())
}

/// A call has the time that it is given, be it more or less than the client's; a run that is waited for
/// (`wait`) takes as long as it takes.
#[tokio::test]
async fn fact_13_a_call_may_take_longer_than_the_client_allows() -> Outcome {
    let (short, pause, long) = (Duration::from_millis(100), Duration::from_millis(800), Duration::from_secs(20));
    let answer = Serve::json(200, &json!([bare_execution()]).to_string()).bytes();
    let server = Live::start(vec![(pause, answer)]).await?;
    let client = |limit: Option<Duration>| {
        let builder = Client::builder(server.url()).tenant("main");
        limit.map_or(Client::builder(server.url()).tenant("main"), |limit| builder.timeout(limit)).build()
    };
    let run = |client: Client| client.executions().create("shop.orders", "daily-report").wait(true);

    for (client_limit, call_limit) in [(Some(short), Some(long)), (None, None), (Some(long), None)] {
        let call = run(client(client_limit)?);
        let call = match call_limit {
            Some(limit) => call.timeout(limit),
            None => call,
        };
        assert_eq!(call.send().await?[0].id, "x1");
    }
    for (client_limit, call_limit) in [(Some(short), None), (Some(long), Some(short)), (None, Some(short))] {
        let call = run(client(client_limit)?);
        let call = match call_limit {
            Some(limit) => call.timeout(limit),
            None => call,
        };
        assert!(transport_error(call.send().await)?.is_timeout());
    }
    let head = server.heads().swap_remove(0);
    assert!(head.starts_with("POST /api/v1/main/executions/shop.orders/daily-report?wait=true "), "{head}");
    Ok(())
}

/// The client knows the tenant for all calls, a call can name another, and without either nothing is
/// sent.
#[tokio::test]
async fn fact_14_the_tenant_is_told_once() -> Outcome {
    let server = Server::always(Serve::json(200, "[]")).await?;
    let client = in_main(&server)?;
    client.kv().list_keys("shop").send().await?;
    client.kv().list_keys("shop").tenant("acme").send().await?;
    client.kv().list_keys("shop").tenant("a/b").send().await?;
    assert_eq!(
        server.targets(),
        [
            "GET /api/v1/main/namespaces/shop/kv",
            "GET /api/v1/acme/namespaces/shop/kv",
            "GET /api/v1/a%2Fb/namespaces/shop/kv"
        ]
    );
    let server = Server::always(Serve::json(200, "[]")).await?;
    let without = Client::builder(server.url("/")).build()?;
    let error = refused(without.kv().list_keys("shop").send().await)?;
    assert!(error.message().contains("`tenant`") && error.message().contains("ClientBuilder"), "{error}");
    let error = refused(client.kv().list_keys("shop").tenant("..").send().await)?;
    assert!(error.message().contains("`tenant`"), "{error}");
    assert!(refused(Client::builder(server.url("/")).tenant("").build().map(drop)).is_ok());
    assert!(server.recorded().is_empty());
    Ok(())
}

/// An operation that is served instance-wide too is called so, unless the call itself names a tenant:
/// the client's default never narrows it.
#[tokio::test]
async fn fact_14_the_default_tenant_leaves_instance_wide_calls_alone() -> Outcome {
    let (server, client) = answering_json(&json!([])).await?;
    client.users().list_service_account_api_tokens("sa-1").send().await?;
    client.users().list_service_account_api_tokens("sa-1").tenant("acme").send().await?;
    client.users().delete("u1").send().await?;
    assert_eq!(
        server.targets(),
        [
            "GET /api/v1/service-accounts/sa-1/api-tokens",
            "GET /api/v1/acme/service-accounts/sa-1/api-tokens",
            "DELETE /api/v1/users/u1"
        ]
    );
    Ok(())
}

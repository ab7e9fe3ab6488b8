//! Facts 11, 12 and 17: what comes back, and what goes back.

use kestra_sdk::api::executions::{KillExecutionAnswer, ResumeExecutionAnswer};
use kestra_sdk::models::*;
use kestra_sdk::serde_json::{self, Value, json};
use kestra_sdk::{Client, Multipart};

use crate::support::{Serve, Server};
use crate::{Outcome, answering, answering_json, bare_execution, flow, in_main};

/// A download is bytes, as they are on the wire: never a text in Base64, whatever the document calls
/// their format.
#[tokio::test]
async fn fact_11_downloads_are_raw_bytes() -> Outcome {
    const BYTES: &[u8] = b"PK\x03\x04\x00\xff\r\n%\x80";
    let mut answer = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/octet-stream\r\n\
         Content-Disposition: attachment; filename=\"flows.zip\"\r\nContent-Length: {}\r\n\r\n",
        BYTES.len()
    )
    .into_bytes();
    answer.extend_from_slice(BYTES);
    let server = Server::answering(move |_| Some(answer.clone())).await?;
    let client = in_main(&server)?;
    let file = client.executions().download_file_from_execution("x1", "kestra:///a b.csv").send().await?.into_inner();
    assert_eq!((file.file_name().as_deref(), file.content_length()), (Some("flows.zip"), Some(10)));
    assert_eq!(file.bytes(100).await?, BYTES);
    let ids = [IdWithNamespace::new().namespace("shop").id("f")];
    assert_eq!(client.flows().export_by_ids(&ids).send().await?.into_inner().bytes(100).await?, BYTES);
    assert_eq!(client.flows().export_by_query().send().await?.into_inner().bytes(100).await?, BYTES);
    assert_eq!(client.files().export_namespace_files("shop").send().await?.into_inner().bytes(100).await?, BYTES);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("main.py");
    let content = client.files().get_file_content("shop", "/main.py").send().await?.into_inner();
    assert_eq!((content.to_file(&path).await?, std::fs::read(&path)?), (10, BYTES.to_vec()));
    for request in server.recorded() {
        assert_eq!(request.header("accept").as_deref(), Some("application/octet-stream"), "{}", request.target);
    }
    assert_eq!(server.targets()[0], "GET /api/v1/main/executions/x1/file?path=kestra%3A%2F%2F%2Fa%20b.csv");
    Ok(())
}

/// JSON has more names than one: `text/json` and any `+json` are read alike, with parameters and in
/// capitals too, and so is an answer that does not say what it is. What says that it is no JSON is not
/// taken for it.
#[tokio::test]
async fn fact_11_json_has_many_names() -> Outcome {
    for name in [
        "text/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/scim+json",
        "application/vnd.kestra.v2+json;q=1",
        "",
    ] {
        let typed =
            |status| if name.is_empty() { Serve::new(status) } else { Serve::new(status).header("Content-Type", name) };
        let (_server, client) = answering(typed(200).body(&bare_execution().to_string())).await?;
        assert_eq!(client.executions().get("x1").send().await?.id, "x1", "{name}");
        let (server, client) = answering(typed(200).body(r#"["killed"]"#)).await?;
        let answer = client.executions().kill("x1").send().await?.into_inner();
        assert!(matches!(&answer, KillExecutionAnswer::Ok(value) if *value == json!(["killed"])), "{name}: {answer:?}");
        assert_eq!(server.recorded()[0].header("accept").as_deref(), Some("text/json"));
    }
    let (_server, client) = answering(Serve::new(200).header("Content-Type", "text/html").body("{}")).await?;
    crate::support::decode_error(client.executions().get("x1").send().await)?;
    Ok(())
}

/// An operation that the document gives credentials by the settings alone (`[[security]]`) sends them.
#[tokio::test]
async fn fact_11_credentials_are_sent_where_the_settings_say() -> Outcome {
    let server = Server::always(Serve::json(200, r#"{"id":"acme","name":"Acme","nodes":[],"edges":[]}"#)).await?;
    let client = Client::builder(server.url("/")).tenant("acme").bearer_token("t0k3n").build()?;
    client.tenants().get("acme").send().await?;
    client.tenants().get_flow_dependencies_from_tenant().send().await?;
    for request in server.recorded() {
        assert_eq!(request.header("authorization").as_deref(), Some("Bearer t0k3n"), "{}", request.target);
    }
    Ok(())
}

/// A 200 without content is a success, and so is a body or another 2xx that nobody declared; neither is
/// lost.
#[tokio::test]
async fn fact_12_a_200_may_be_empty() -> Outcome {
    for (serve, body) in [
        (Serve::new(200), ""),
        (Serve::new(204), ""),
        (Serve::new(200).header("Content-Type", "application/json"), ""),
        (Serve::new(202).header("Content-Type", "text/plain").body("later"), "later"),
    ] {
        let status = serve.status;
        let (_server, client) = answering(serve).await?;
        let answer = client.executions().pause("x1").send().await?;
        assert_eq!((answer.status().as_u16(), answer.body().as_ref()), (status, body.as_bytes()));
        let answer = client.flows().delete("shop", "f").send().await?;
        assert_eq!((answer.status().as_u16(), answer.body().as_ref()), (status, body.as_bytes()));
        client.executions().unqueue_by_query(&FiltersBody::new()).send().await.map(drop).or_else(|error| {
            // Any JSON was declared here, and a text is none.
            if status == 202 { Ok(()) } else { Err(error) }
        })?;
    }
    Ok(())
}

/// Two successes that differ are told apart by their status, and one that is none of them is kept as it
/// came.
#[tokio::test]
async fn fact_12_two_successes_are_told_apart() -> Outcome {
    let (_server, client) = answering(Serve::new(202)).await?;
    let answer = client.executions().kill("x1").send().await?.into_inner();
    assert!(matches!(answer, KillExecutionAnswer::Accepted), "{answer:?}");
    let (_server, client) = answering(Serve::json(202, "{}")).await?;
    let answer = client.executions().kill("x1").send().await?;
    assert!(matches!(answer.value(), KillExecutionAnswer::Accepted), "{answer:?}");
    assert_eq!(answer.body(), "{}", "though a body came");

    let resume = |client: &Client| client.executions().resume("x1", Multipart::new().text("ok", "true"));
    let (_server, client) = answering(Serve::new(204)).await?;
    let answer = resume(&client).send().await?.into_inner();
    assert!(matches!(answer, ResumeExecutionAnswer::NoContent), "{answer:?}");
    let (_server, client) = answering(Serve::json(200, r#"{"id":"x1"}"#)).await?;
    let answer = resume(&client).send().await?.into_inner();
    assert!(matches!(&answer, ResumeExecutionAnswer::Ok(value) if value["id"] == "x1"), "{answer:?}");
    let (_server, client) = answering(Serve::new(203).header("Content-Type", "text/plain").body("odd")).await?;
    let answer = resume(&client).send().await?;
    assert_eq!((answer.status().as_u16(), answer.body().as_ref()), (203, b"odd".as_slice()));
    Ok(())
}

/// What was sent back, after what was read got another value for one member.
async fn put_back(server: &Server) -> Result<Value, Box<dyn std::error::Error>> {
    let all = server.recorded();
    let last = all.last().ok_or("nothing came")?;
    assert_eq!(last.method, "PUT");
    Ok(serde_json::from_slice(&last.body)?)
}

/// A PUT replaces the whole object, so what the document does not know goes back as it came: a value
/// that was read, changed and sent differs from what was read in nothing but the change.
#[tokio::test]
async fn fact_17_unknown_members_survive_read_modify_write() -> Outcome {
    let mut namespace = json!({
        "id": "shop", "deleted": false, "description": "Orders", "variables": {"a": [1, {"b": null}]},
        "pluginDefaults": [{"type": "io.kestra.plugin", "values": {"x": 1}, "since": "1.2"}],
        "quota": {"executions": {"max": 9_007_199_254_740_993_i64, "ratio": 0.1}}, "owner": null
    });
    let (server, client) = answering_json(&namespace).await?;
    let mut read = client.namespaces().get("shop").send().await?.into_inner();
    read.description = Some("All orders".to_owned());
    client.namespaces().update("shop", &read).send().await?;
    namespace["description"] = json!("All orders");
    assert_eq!(put_back(&server).await?, namespace);

    let mut tenant = json!({
        "id": "acme", "name": "Acme", "storageIsolation": {"enabled": true, "deniedServices": ["WORKER"], "why": "x"},
        "trash": {"enabled": true}
    });
    let (server, client) = answering_json(&tenant).await?;
    let mut read = client.tenants().get("acme").send().await?.into_inner();
    read.name = "Acme Ltd".to_owned();
    client.tenants().update("acme", &read).send().await?;
    tenant["name"] = json!("Acme Ltd");
    assert_eq!(put_back(&server).await?, tenant);

    let mut trigger = json!({
        "namespace": "shop", "flowId": "f", "triggerId": "nightly", "date": "2025-03-04T05:06:07.123456789Z",
        "backfill": {"start": "2025-01-01T00:00:00Z", "inputs": {"day": null}, "pace": 3}, "nextExecutionDate": null,
        "disabled": false, "lock": {"by": "w1"}
    });
    let page = json!({"results": [trigger], "total": 1}).to_string();
    let server = Server::sequence(vec![Serve::json(200, &page), Serve::json(200, &trigger.to_string())]).await?;
    let client = in_main(&server)?;
    let mut read = client.triggers().search_triggers_for_flow("shop", "f").send().await?.into_inner();
    let mut one = read.results.remove(0);
    one.disabled = Some(true);
    client.triggers().update(&one).send().await?;
    trigger["disabled"] = json!(true);
    assert_eq!(put_back(&server).await?, trigger);
    Ok(())
}

/// The same for a flow, whose tasks have members of their own by type, and for a user, who is read and
/// written in two different shapes.
#[tokio::test]
async fn fact_17_flows_and_users_survive_read_modify_write() -> Outcome {
    let (server, client) = answering(Serve::json(200, &flow().to_string())).await?;
    let read = client.flows().get("shop.orders", "daily-report").source(true).send().await?.into_inner();
    let mut read: Flow = serde_json::from_value(read)?;
    read.tasks[0].timeout = Some("PT1H".to_owned());
    client.flows().update("shop.orders", "daily-report", &read).send().await?;
    let mut expected = flow();
    expected["tasks"][0]["timeout"] = json!("PT1H");
    assert_eq!(put_back(&server).await?, expected);

    let user = json!({
        "id": "u1", "username": "ada", "displayName": "Ada", "firstName": "Ada", "lastName": "L", "email": "a@b.c",
        "tenants": [], "auths": [], "groups": [], "superAdmin": false, "restricted": false, "locale": {"lang": "en"}
    });
    let (server, client) = answering(Serve::json(200, &user.to_string())).await?;
    let read = client.users().get("u1").send().await?.into_inner();
    let mut body = ApiCreateOrUpdateUserRequest::new(
        Vec::new(),
        Vec::new(),
        read.first_name,
        "Lovelace",
        read.email,
        "secret",
        read.super_admin,
        read.restricted,
    );
    body.extra = read.extra;
    client.users().update("u1", &body).send().await?;
    let sent = put_back(&server).await?;
    assert_eq!((&sent["lastName"], &sent["locale"]), (&json!("Lovelace"), &json!({"lang": "en"})));
    Ok(())
}

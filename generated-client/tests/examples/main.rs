//! Each example does its work against a local server that answers as `specs/kestra.yaml` says, and
//! that knows from it what may be asked.

mod document;
mod kestra;
#[path = "../support/mod.rs"]
mod support;
mod texts;

macro_rules! examples {
    ($($name:ident: $path:literal),* $(,)?) => {$(
        #[path = $path]
        #[allow(dead_code, unreachable_pub, reason = "the work is called, and not the program around it")]
        mod $name;
    )*};
}

examples! {
    backup_namespace: "../../examples/backup_namespace.rs",
    create_flow: "../../examples/create_flow.rs",
    download_output: "../../examples/download_output.rs",
    find_executions: "../../examples/find_executions.rs",
    follow_execution: "../../examples/follow_execution.rs",
    key_value: "../../examples/key_value.rs",
    read_logs: "../../examples/read_logs.rs",
    run_flow: "../../examples/run_flow.rs",
    users_and_tokens: "../../examples/users_and_tokens.rs",
}

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kestra::{Answer, Kestra};
use kestra_sdk::models::{FlowWithSourceLabels, KvType, StateType};
use kestra_sdk::serde_json::json;
use support::Recorded;
use tokio::time::timeout;

type Outcome = Result<(), Box<dyn Error>>;

const ID: &str = "4mVb7RzXkQ2sTnLp8YcW1d";
const SOURCE: &str = "id: daily-report\n\n# umlauts: \u{e4}\nnamespace:   shop.orders\n";

fn line(request: &Recorded) -> String {
    format!("{} {}", request.method, request.target)
}

fn header(request: &Recorded, name: &str) -> String {
    request.header(name).unwrap_or_default()
}

/// Bytes that are no text, more than fit into one read.
fn bytes() -> Vec<u8> {
    (0_u32..300_000).map(|number| number.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect()
}

/// What stands in a folder.
fn names(folder: &std::path::Path) -> std::io::Result<Vec<String>> {
    std::fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

#[tokio::test]
async fn create_flow_sends_the_source_verbatim() -> Outcome {
    let kestra = Kestra::serving([Answer::json("createFlow", include_str!("served/flow.json"))]).await?;
    let flow = create_flow::run(&kestra.client()?, SOURCE).await?;
    assert_eq!((flow.id.as_str(), flow.revision), ("daily-report", Some(1)));
    let labels = vec![json!({ "key": "team", "value": "data" })];
    assert_eq!(flow.labels, Some(FlowWithSourceLabels::List(labels)));
    assert_eq!(flow.extra["updated"], "2026-01-31T07:59:59.987654321Z", "which the document does not name");

    let [request] = kestra.requests()?;
    assert_eq!(line(&request), "POST /api/v1/main/flows");
    assert_eq!(header(&request, "content-type"), "application/x-yaml");
    assert_eq!(header(&request, "authorization"), "Bearer t0ken");
    assert_eq!(request.body, SOURCE.as_bytes());
    Ok(())
}

#[tokio::test]
async fn create_flow_tells_why_a_source_is_refused() -> Outcome {
    let reason = r#"{"message":"Invalid entity: tasks: must not be empty","path":"/api/v1/main/flows"}"#;
    let kestra = Kestra::serving([Answer::error("createFlow", 422, reason)]).await?;
    let error = create_flow::run(&kestra.client()?, SOURCE).await.err().ok_or("it was not refused")?;
    let said = error.to_string();
    assert!(said.contains("422") && said.contains("tasks: must not be empty"), "{said}");
    Ok(())
}

#[tokio::test]
async fn run_flow_sends_each_input_as_a_part() -> Outcome {
    let folder = tempfile::tempdir()?;
    let orders = folder.path().join("orders.csv");
    std::fs::write(&orders, "id,paid\n4711,true\n")?;
    let kestra = Kestra::serving([Answer::json("createExecution", include_str!("served/started.json"))]).await?;
    let execution = run_flow::run(&kestra.client()?, &orders).await?;
    assert_eq!((execution.id.as_str(), &execution.state.current), (ID, &StateType::Created));
    assert_eq!(execution.extra["tenantId"], "main", "which the document does not name");

    let [request] = kestra.requests()?;
    assert_eq!(
        line(&request),
        "POST /api/v1/main/executions/shop.orders/daily-report?labels=team%3Adata&labels=from%3Arust&wait=false"
    );
    let kind = header(&request, "content-type");
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").ok_or("there is no boundary")?;
    let expected = [
        "--B\r\nContent-Disposition: form-data; name=\"day\"\r\n\r\n2026-01-31\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"limits\"\r\nContent-Type: application/json\r\n\r\n",
        "{\"rows\":1000}\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"orders\"; filename=\"orders.csv\"\r\n",
        "Content-Type: application/octet-stream\r\n\r\nid,paid\n4711,true\n\r\n--B--\r\n",
    ];
    assert_eq!(String::from_utf8(request.body.clone())?.replace(boundary, "B"), expected.concat());
    assert_eq!(header(&request, "content-length"), request.body.len().to_string(), "known, as the file's is");
    Ok(())
}

#[tokio::test]
async fn run_flow_sends_nothing_without_its_file() -> Outcome {
    let kestra = Kestra::serving([]).await?;
    let error = run_flow::run(&kestra.client()?, "no/such.csv".as_ref()).await.err().ok_or("there was a file")?;
    assert!(error.to_string().contains("no/such.csv"), "{error}");
    let [] = kestra.requests()?;
    Ok(())
}

/// An event as the server writes one.
fn event(id: &str, data: &str) -> String {
    format!("data: {}\nid: {id}\n\n", data.replace('\n', " "))
}

#[tokio::test]
async fn follow_execution_tells_each_change_when_it_comes_and_ends_with_it() -> Outcome {
    let running = event("progress", include_str!("served/running.json"));
    let (half, rest) = running.split_at(running.len() / 2);
    let opening = event("start", "{}") + &event("progress", include_str!("served/created.json")) + half;
    let end = event("end", include_str!("served/ended.json"));
    let seen = Arc::new(AtomicUsize::new(0));
    let pieces = vec![(0, opening), (1, rest.to_owned()), (2, end)];
    let kestra = Kestra::serving([Answer::events("followExecution", &seen, pieces)]).await?;

    let client = kestra.client()?;
    let mut states = Vec::new();
    let run = follow_execution::run(&client, ID, |execution| {
        states.push(execution.state.current.to_string());
        seen.fetch_add(1, Ordering::SeqCst);
    });
    let execution = timeout(Duration::from_secs(10), run).await??;
    assert_eq!(states, ["CREATED", "RUNNING", "SUCCESS"]);
    assert_eq!(execution.state.duration.as_deref(), Some("PT1.336543211S"));
    assert_eq!(execution.state.end_date.value(), Some(&"2026-01-31T08:00:01.46Z".parse()?));
    assert!(kestra.is_left().await, "the connection stays open");

    let [request] = kestra.requests()?;
    assert_eq!(line(&request), format!("GET /api/v1/main/executions/{ID}/follow"));
    assert_eq!(header(&request, "accept"), "text/event-stream");
    Ok(())
}

#[tokio::test]
async fn read_logs_gives_a_line_for_each_entry() -> Outcome {
    let kestra = Kestra::serving([Answer::json("listLogsFromExecution", include_str!("served/logs.json"))]).await?;
    let lines = read_logs::run(&kestra.client()?, ID).await?;
    let expected = [
        "2026-01-31T08:00:00.201Z INFO  flow: Flow started",
        "2026-01-31T08:00:00.777123Z WARN  say: orders.csv, at most 1000 rows",
    ];
    assert_eq!(lines, expected);

    let [request] = kestra.requests()?;
    assert_eq!(line(&request), format!("GET /api/v1/main/logs/{ID}?minLevel=INFO"));
    Ok(())
}

#[tokio::test]
async fn read_logs_follows_them_until_the_server_ends_the_stream() -> Outcome {
    let logs: Vec<serde_json::Value> = serde_json::from_str(include_str!("served/logs.json"))?;
    let seen = Arc::new(AtomicUsize::new(0));
    let pieces = vec![
        (0, event("start", "{}") + &event("progress", &logs[0].to_string())),
        (1, event("progress", &logs[1].to_string())),
        (2, event("end", "")),
    ];
    let kestra = Kestra::serving([Answer::events("followLogsFromExecution", &seen, pieces)]).await?;
    let client = kestra.client()?;
    let mut lines = Vec::new();
    let follow = read_logs::follow(&client, ID, |line| {
        lines.push(line);
        seen.fetch_add(1, Ordering::SeqCst);
    });
    timeout(Duration::from_secs(10), follow).await??;
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1], "2026-01-31T08:00:00.777123Z WARN  say: orders.csv, at most 1000 rows");

    let [request] = kestra.requests()?;
    assert_eq!(line(&request), format!("GET /api/v1/main/logs/{ID}/follow?minLevel=INFO"));
    Ok(())
}

#[tokio::test]
async fn download_output_writes_the_bytes_that_came() -> Outcome {
    let kestra = Kestra::serving([
        Answer::json("getExecution", include_str!("served/ended.json")),
        Answer::file("downloadFileFromExecution", "../9183401.txt", bytes()),
    ])
    .await?;
    let folder = tempfile::tempdir()?;
    let (path, length) = download_output::run(&kestra.client()?, ID, "report", folder.path()).await?;
    assert_eq!((path, length), (folder.path().join("9183401.txt"), 300_000));
    assert_eq!(std::fs::read(folder.path().join("9183401.txt"))?, bytes());
    assert_eq!(names(folder.path())?, ["9183401.txt"], "and nothing beside it");

    let [execution, file] = kestra.requests()?;
    assert_eq!(line(&execution), format!("GET /api/v1/main/executions/{ID}"));
    assert_eq!(
        percent_encoding::percent_decode_str(&line(&file)).decode_utf8()?,
        format!(
            "GET /api/v1/main/executions/{ID}/file?path=kestra:///shop/orders/daily-report/executions/{ID}/tasks/report/\
             2fHs8KqLw5ZbNc/9183401.txt"
        )
    );
    assert_eq!(header(&file, "accept"), "application/octet-stream");
    Ok(())
}

#[tokio::test]
async fn download_output_says_that_there_is_no_file() -> Outcome {
    let kestra = Kestra::serving([Answer::json("getExecution", include_str!("served/ended.json"))]).await?;
    let error = download_output::run(&kestra.client()?, ID, "say", ".".as_ref()).await.err().ok_or("a file?")?;
    assert_eq!(error.to_string(), "the task has left no file");
    Ok(())
}

#[tokio::test]
async fn key_value_stores_json_and_reads_it_back() -> Outcome {
    let kestra = Kestra::serving([
        Answer::empty("setKeyValue", 200),
        Answer::json("getKeyValue", include_str!("served/value.json")),
    ])
    .await?;
    let value = json!({ "id": 4711, "paid": true });
    let found = key_value::run(&kestra.client()?, "shop.orders", "last-order", value.clone()).await?;
    assert_eq!((&found.r#type, &found.value), (&KvType::Json, &value));

    let [set, get] = kestra.requests()?;
    assert_eq!(line(&set), "PUT /api/v1/main/namespaces/shop.orders/kv/last-order");
    assert_eq!(header(&set, "content-type"), "application/json");
    assert_eq!(set.body, br#"{"id":4711,"paid":true}"#);
    assert_eq!(line(&get), "GET /api/v1/main/namespaces/shop.orders/kv/last-order");
    Ok(())
}

#[tokio::test]
async fn backup_namespace_writes_the_archive() -> Outcome {
    let kestra = Kestra::serving([Answer::file("exportNamespaceFiles", "shop.orders_files.zip", bytes())]).await?;
    let folder = tempfile::tempdir()?;
    let archive = folder.path().join("shop.orders.zip");
    assert_eq!(backup_namespace::run(&kestra.client()?, "shop.orders", &archive).await?, 300_000);
    assert_eq!(std::fs::read(&archive)?, bytes());

    let [request] = kestra.requests()?;
    assert_eq!(line(&request), "GET /api/v1/main/namespaces/shop.orders/files/export");
    Ok(())
}

#[tokio::test]
async fn backup_namespace_keeps_the_older_archive_if_the_transfer_breaks_off() -> Outcome {
    let kestra = Kestra::serving([Answer::broken_file("exportNamespaceFiles", "files.zip", bytes())]).await?;
    let folder = tempfile::tempdir()?;
    let archive = folder.path().join("shop.orders.zip");
    std::fs::write(&archive, "yesterday's")?;
    let outcome = backup_namespace::run(&kestra.client()?, "shop.orders", &archive).await;
    assert!(matches!(outcome, Err(kestra_sdk::Error::Transport(_))), "{outcome:?}");
    assert_eq!(std::fs::read_to_string(&archive)?, "yesterday's");
    assert_eq!(names(folder.path())?, ["shop.orders.zip"], "and nothing beside it");
    Ok(())
}

#[tokio::test]
async fn find_executions_asks_with_filters_until_the_last_page() -> Outcome {
    let execution: serde_json::Value = serde_json::from_str(include_str!("served/ended.json"))?;
    let page = |length| json!({ "results": vec![execution.clone(); length], "total": 101 }).to_string();
    let kestra = Kestra::serving([page(100), page(1)].map(|page| Answer::json("searchExecutions", page))).await?;
    let found = find_executions::run(&kestra.client()?, "shop").await?;
    assert_eq!((found.len(), found[100].id.as_str()), (101, ID));

    let [first, second] = kestra.requests()?;
    let filters = "filters[namespace][PREFIX]=shop&filters[state][IN]=FAILED,KILLED&filters[timeRange][EQUALS]=P1D\
                   &filters[labels][NOT_EQUALS][env]=test";
    for (request, page) in [(first, 1), (second, 2)] {
        let line = line(&request);
        let line = percent_encoding::percent_decode_str(&line).decode_utf8()?;
        let (path, query) = line.split_once('?').ok_or("there is no query")?;
        assert_eq!(path, "GET /api/v1/main/executions/search");
        let expected = format!("page={page}&size=100&sort=state.startDate:desc&{filters}");
        assert_eq!(query, expected);
    }
    Ok(())
}

#[tokio::test]
async fn users_and_tokens_are_listed_lent_and_taken_back() -> Outcome {
    let kestra = Kestra::serving([
        Answer::json("listUsers", include_str!("served/users.json")),
        Answer::json("createServiceAccount", include_str!("served/account.json")),
        Answer::json("createApiTokensForUser", include_str!("served/token.json")),
        Answer::json("deleteApiToken", "{}"),
        Answer::empty("deleteServiceAccount", 204),
    ])
    .await?;
    let client = kestra.client()?;
    let users = users_and_tokens::users(&client).await?;
    assert_eq!(users.iter().map(|user| user.display_name.as_str()).collect::<Vec<_>>(), ["Ada", "Grace"]);
    let lent = users_and_tokens::lend(&client, "main").await?;
    assert_eq!((lent.account.as_str(), lent.token_id.as_str()), ("1cRw8NgE6xQt", "8yLk3"));
    assert_eq!(lent.token, "s1PaT0kEnOfTheBuildServer");
    users_and_tokens::take_back(&client, &lent).await?;

    let requests: [Recorded; 5] = kestra.requests()?;
    let lines: Vec<_> = requests.iter().map(line).collect();
    let expected = [
        "GET /api/v1/users?page=1&size=50&sort=username%3Aasc",
        "POST /api/v1/service-accounts",
        "POST /api/v1/service-accounts/1cRw8NgE6xQt/api-tokens",
        "DELETE /api/v1/service-accounts/1cRw8NgE6xQt/api-tokens/8yLk3",
        "DELETE /api/v1/service-accounts/1cRw8NgE6xQt",
    ];
    assert_eq!(lines, expected);
    let body = |index: usize| serde_json::from_slice::<serde_json::Value>(&requests[index].body);
    let account =
        json!({ "name": "nightly-deploy", "description": "Deploys flows", "superAdmin": false, "tenants": ["main"] });
    assert_eq!(body(1)?, account);
    let token =
        json!({ "name": "ci-pipeline", "description": "For the build server", "maxAge": "P30D", "extended": false });
    assert_eq!(body(2)?, token);
    Ok(())
}

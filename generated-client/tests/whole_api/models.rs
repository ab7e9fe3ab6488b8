//! Facts 1 to 6, 15 and 16: what the types of the document mean on the wire.

use kestra_sdk::http::StatusCode;
use kestra_sdk::models::{self, *};
use kestra_sdk::serde_json::{self, Value, json};
use kestra_sdk::{Error, Nullable, jiff};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::support::{Serve, decode_error};
use crate::{Outcome, answering_json, bare_execution, flow, only};

/// Reads a value as a `T` and writes it again.
fn reread<T: DeserializeOwned + Serialize>(value: &Value) -> serde_json::Result<Value> {
    serde_json::to_value(serde_json::from_value::<T>(value.clone())?)
}

/// A property of a flow that may be an expression is a text, whatever the union in the document says.
#[tokio::test]
async fn fact_01_properties_are_texts() -> Outcome {
    for timeout in ["PT10M", "{{ inputs.patience }}"] {
        let task = json!({"id": "load", "type": "io.kestra.plugin.core.log.Log", "timeout": timeout});
        let (_server, client) = answering_json(&task).await?;
        let answer = client.flows().get_task_from_flow("shop.orders", "daily-report", "load").send().await?;
        let found: &Option<PropertyDuration> = &answer.timeout;
        assert_eq!(found.as_deref(), Some(timeout));
        assert_eq!(serde_json::to_value(answer.value())?, task);
    }
    let input = json!({"id": "day", "type": "INT", "defaults": "5"});
    assert_eq!(serde_json::from_value::<Input>(input.clone())?.defaults.as_deref(), Some("5"));
    assert_eq!(reread::<Input>(&input)?, input);
    assert!(serde_json::from_value::<Input>(json!({"id": "day", "type": "INT", "defaults": {}})).is_err());
    let text: [String; 3] = [PropertyString::new(), PropertyObject::new(), PropertyDuration::new()];
    assert_eq!(text.concat(), "");
    Ok(())
}

/// A schema that says no more than `type: object` is any JSON value: as an answer, as a member, and as
/// a member of a map or list.
#[tokio::test]
async fn fact_02_a_bare_object_is_any_value() -> Outcome {
    for value in [json!([1, "two"]), json!("text"), json!(7.5), json!(true), json!(null), json!({"a": {"b": []}})] {
        let (_server, client) = answering_json(&value).await?;
        assert_eq!(client.triggers().unlock_by_triggers(&[]).send().await?.into_inner(), value);

        let (_server, client) = answering_json(&json!({"type": "JSON", "value": value})).await?;
        assert_eq!(client.kv().get_key_value("shop", "k").send().await?.value, value);

        let mut execution = bare_execution();
        execution["outputs"] = json!({"any": value});
        let (_server, client) = answering_json(&execution).await?;
        let answer = client.executions().get("x1").send().await?;
        assert_eq!(answer.outputs.as_ref().and_then(|outputs| outputs.get("any")), Some(&value));
        assert_eq!(serde_json::to_value(answer.value())?, execution);

        let permissions = json!({"FLOW": [value, "READ"]});
        assert_eq!(reread::<RolePermissions>(&permissions)?, permissions);
    }
    Ok(())
}

/// Labels of a flow come as a list of pairs or as a map, and stay what they were; the schema of a Java
/// map, with its one property `empty`, is a map of anything.
#[tokio::test]
async fn fact_03_labels_are_a_list_or_a_map() -> Outcome {
    for labels in [json!([{"key": "team", "value": "data"}]), json!({"team": "data", "empty": 1}), json!([]), json!({})]
    {
        let mut one = flow();
        one["labels"] = labels.clone();
        one["triggers"] = json!([{"id": "nightly", "type": "Schedule", "labels": labels}]);
        one["sla"] = json!([{"id": "fast", "type": "MAX_DURATION", "behavior": "FAIL", "labels": labels}]);
        let (_server, client) = answering_json(&json!([one])).await?;
        let answer = client.flows().list_by_namespace("shop.orders").send().await?;
        match (&labels, answer[0].labels.as_ref()) {
            (Value::Array(list), Some(FlowLabels::List(read))) => assert_eq!(read, list),
            (Value::Object(map), Some(FlowLabels::AnyMap(read))) => assert_eq!(read.get("team"), map.get("team")),
            other => panic!("{other:?}"),
        }
        assert_eq!(serde_json::to_value(answer.value())?, json!([one]));
        let (_server, client) = answering_json(&json!([one])).await?;
        let answer = client.flows().list_flow_revisions("shop.orders", "daily-report").send().await?;
        assert_eq!(serde_json::to_value(answer.value())?, json!([one]));
    }
    let map = models::AnyMap::from([("team".to_owned(), json!("data"))]);
    let labels = FlowLabels::from(map);
    assert_eq!(serde_json::to_value(labels)?, json!({"team": "data"}));
    assert_eq!(reread::<FlowLabels>(&json!("team"))?, json!("team"), "what is neither is kept");
    Ok(())
}

/// A member that the document does not know is never an error, at no depth and in no kind of object,
/// and it is still there when the value is written again.
#[tokio::test]
async fn fact_04_unknown_members_are_never_rejected() -> Outcome {
    let mut execution = bare_execution();
    execution["later"] = json!({"deep": [1, null]});
    execution["state"]["histories"] = json!([{"state": "CREATED", "date": "2025-03-04T05:06:07Z", "by": "ada"}]);
    execution["taskRunList"] = json!([{
        "id": "t1", "executionId": "x1", "namespace": "shop.orders", "flowId": "daily-report", "taskId": "load",
        "state": {"current": "RUNNING", "host": 1}, "worker": {"id": "w1"},
    }]);
    execution["trigger"] = json!({"id": "nightly", "type": "Schedule", "logs": []});
    let page = json!({"results": [execution], "total": 1, "took": 3});
    let (_server, client) = answering_json(&page).await?;
    let answer = client.executions().search().send().await?;
    assert_eq!(answer.extra["took"], 3);
    assert_eq!(answer.results[0].extra["later"], json!({"deep": [1, null]}));
    assert_eq!(serde_json::to_value(answer.value())?, page);
    Ok(())
}

/// What the document requires of an answer and the server does not send, such as what a Java getter
/// seems to promise, costs nothing: the settings call it optional (`[[optional]]`), or the document
/// says `readOnly`.
#[tokio::test]
async fn fact_05_phantom_members_need_not_come() -> Outcome {
    let (_server, client) = answering_json(&bare_execution()).await?;
    let answer = client.executions().get("x1").send().await?;
    assert_eq!(answer.state.current, StateType::Created);
    assert_eq!((&answer.state.duration, &answer.state.start_date, &answer.state.histories), (&None, &None, &None));
    assert_eq!((&answer.labels, &answer.task_run_list, &answer.trigger), (&None, &None, &None));

    let (_server, client) = answering_json(&json!([bare_execution()])).await?;
    assert_eq!(client.executions().create("shop.orders", "daily-report").send().await?[0].url, None);

    let run = json!({
        "id": "t1", "executionId": "x1", "namespace": "s", "flowId": "f", "taskId": "load",
        "state": {"current": "CREATED"}
    });
    let entry = json!({
        "namespace": "s", "flowId": "f", "timestamp": "2025-03-04T05:06:07Z", "level": "INFO", "deleted": false
    });
    assert_eq!(reread::<TaskRun>(&run)?, run);
    assert_eq!(reread::<LogEntry>(&entry)?, entry);

    let state = json!({"namespace": "s", "flowId": "f", "triggerId": "nightly", "date": "2025-03-04T05:06:07Z"});
    let (_server, client) = answering_json(&json!({"results": [{"triggerContext": state}], "total": 1})).await?;
    assert_eq!(client.triggers().search().send().await?.results[0].abstract_trigger, None);

    for id in [json!({"id": "shop"}), json!({"id": "shop", "deleted": true})] {
        let (_server, client) = answering_json(&id).await?;
        let answer = client.namespaces().get("shop").send().await?;
        assert_eq!(serde_json::to_value(answer.value())?, id);
    }
    Ok(())
}

/// Where a member is missing that no setting excuses, the value cannot be made, but the answer is not
/// lost: the error is `Decode`, and has the status, the headers and all of the body.
#[tokio::test]
async fn fact_05_what_cannot_be_read_is_kept() -> Outcome {
    let mut execution = bare_execution();
    execution.as_object_mut().map(|members| members.remove("flowId"));
    let body = json!({"results": [bare_execution(), execution], "total": 2}).to_string();
    let (_server, client) = crate::answering(Serve::json(200, &body).header("X-Request-Id", "r7")).await?;
    let outcome = client.executions().search().send().await;
    assert_eq!(outcome.as_ref().err().and_then(Error::status), Some(StatusCode::OK));
    let error = decode_error(outcome)?;
    assert_eq!((error.path(), error.operation()), ("results[1]", "searchExecutions"));
    assert_eq!(error.headers()["x-request-id"], "r7");
    assert_eq!(error.body(), &body);
    let rest: Value = serde_json::from_slice(error.body())?;
    assert_eq!(rest["results"][0], bare_execution(), "what is right can still be read");
    Ok(())
}

/// A value that an enum gets later is kept as it came, and written so; values that differ in case alone
/// are two.
#[tokio::test]
async fn fact_06_enums_are_open_and_mind_case() -> Outcome {
    for (wire, state) in [
        ("RUNNING", StateType::Running),
        ("Running", StateType::Unknown("Running".to_owned())),
        ("RESUBMITTED", StateType::Unknown("RESUBMITTED".to_owned())),
        ("", StateType::Unknown(String::new())),
    ] {
        let mut execution = bare_execution();
        execution["state"]["current"] = json!(wire);
        let (server, client) = answering_json(&execution).await?;
        let answer = client.executions().get("x1").send().await?;
        assert_eq!((&answer.state.current, answer.state.current.as_str()), (&state, wire));
        assert_eq!(serde_json::to_value(answer.value())?, execution);
        assert_eq!(server.targets(), ["GET /api/v1/main/executions/x1"]);
    }
    let (server, client) = answering_json(&bare_execution()).await?;
    for state in [StateType::Running, "Running".into(), "RESUBMITTED".into()] {
        client.executions().update_execution_status("x1", &state).send().await?;
    }
    let sent: Vec<String> =
        server.targets().iter().filter_map(|target| Some(target.split_once('?')?.1.to_owned())).collect();
    assert_eq!(sent, ["status=RUNNING", "status=Running", "status=RESUBMITTED"]);
    Ok(())
}

/// Dates are RFC 3339, and none of their digits is lost, be there nine of them behind the second; an
/// offset is read, and the date is the same moment. Durations are texts in ISO 8601, as they came.
#[tokio::test]
async fn fact_15_dates_keep_their_digits() -> Outcome {
    for (text, written) in [
        ("2025-03-04T05:06:07.123456789Z", "2025-03-04T05:06:07.123456789Z"),
        ("2025-03-04T05:06:07.000000001Z", "2025-03-04T05:06:07.000000001Z"),
        ("2025-03-04T05:06:07.5Z", "2025-03-04T05:06:07.5Z"),
        ("2025-03-04T05:06:07Z", "2025-03-04T05:06:07Z"),
        ("2025-03-04T05:06Z", "2025-03-04T05:06:00Z"),
        ("2025-03-04T05:06:07.654321+02:00", "2025-03-04T03:06:07.654321Z"),
        ("2025-03-03T22:06:07.25-07:00", "2025-03-04T05:06:07.25Z"),
    ] {
        let entry = |date: &str| json!({"key": "k", "creationDate": date, "updateDate": date, "expirationDate": date});
        let (_server, client) = answering_json(&json!([entry(text)])).await?;
        let answer = client.kv().list_keys("shop").send().await?;
        assert_eq!(answer[0].creation_date, text.parse::<jiff::Timestamp>()?);
        assert_eq!(serde_json::to_value(answer.value())?, json!([entry(written)]));
        assert_eq!(reread::<Vec<KvEntry>>(&json!([entry(written)]))?, json!([entry(written)]));
    }
    let date: jiff::Timestamp = "2025-03-04T05:06:07.123456789Z".parse()?;
    let (server, client) = answering_json(&json!([])).await?;
    client.executions().create("shop", "f").schedule_date(date).send().await?;
    let target = only(&server)?.target;
    assert!(target.contains("scheduleDate=2025-03-04T05%3A06%3A07.123456789Z"), "{target}");

    for duration in ["PT0S", "PT1M2.000345678S", "P1DT12H", "PT-0.5S"] {
        let state = json!({"current": "SUCCESS", "duration": duration});
        assert_eq!(serde_json::from_value::<State>(state.clone())?.duration.as_deref(), Some(duration));
        assert_eq!(reread::<State>(&state)?, state);
    }
    Ok(())
}

/// Of a member that several parts of an `allOf` declare, there is one, as the last of them says; and an
/// `allOf` of one reference is what it refers to.
#[tokio::test]
async fn fact_16_all_of_diamonds_and_wrappers() -> Outcome {
    let (server, client) = answering_json(&flow()).await?;
    let stored = client.flows().create("id: daily-report\n").send().await?.into_inner();
    assert_eq!((stored.id.as_str(), stored.revision, stored.disabled), ("daily-report", Some(3), false));
    // A flow's tasks come from one part, its labels from another, and its identifier from three.
    assert_eq!(stored.tasks[0].timeout.as_deref(), Some("PT10M"));
    assert_eq!(stored.variables.as_ref().map(|variables| variables["limit"].clone()), Some(json!(10)));
    assert_eq!(serde_json::to_value(&stored)?, flow(), "each member once");
    assert_eq!(only(&server)?.method, "POST");

    let mut execution = bare_execution();
    execution["kind"] = json!("TEST");
    let kind: Nullable<ExecutionKind> = serde_json::from_value::<Execution>(execution)?.kind;
    assert_eq!(kind, Nullable::Value(ExecutionKind::Test));
    Ok(())
}

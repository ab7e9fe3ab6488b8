//! The models: what they read they write again, what is required they insist on, and what `new`
//! and the setters make is the JSON that the API is promised.

use std::error::Error as StdError;

use kestra_sdk::models::*;
use kestra_sdk::{Nullable, serde_json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

type Outcome = Result<(), Box<dyn StdError>>;

/// Reads the text as a `T` and writes it again.
fn reread<T: DeserializeOwned + Serialize>(text: &str) -> serde_json::Result<String> {
    serde_json::to_string(&serde_json::from_str::<T>(text)?)
}

/// Which members of `whole` a `T` does without, or with `null` in their place.
fn dispensable<T: DeserializeOwned>(whole: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for name in whole.as_object().into_iter().flat_map(|members| members.keys()) {
        let mut missing = whole.clone();
        missing.as_object_mut().map(|members| members.remove(name));
        let mut null = whole.clone();
        null.as_object_mut().map(|members| members.insert(name.clone(), Value::Null));
        for (how, changed) in [("missing", missing), ("null", null)] {
            if T::deserialize(changed).is_ok() {
                found.push(format!("{name} {how}"));
            }
        }
    }
    found
}

fn user() -> Value {
    json!({
        "id": "u1", "username": "ada", "displayName": "Ada", "firstName": "Ada", "lastName": "Lovelace",
        "email": "ada@example.com", "tenants": [{"id": "north", "name": "North"}],
        "auths": [{"id": "a1", "name": "local", "type": "PASSWORD"}], "groups": [{"id": "g1", "tenantId": "north"}],
        "superAdmin": false, "restricted": false
    })
}

fn summary() -> Value {
    json!({"id": "u1", "username": "ada", "displayName": "Ada", "tenants": [], "auths": [], "superAdmin": true})
}

fn access() -> Value {
    json!({
        "id": "u1", "username": "ada", "displayName": "Ada", "description": "",
        "groups": [{"id": "g1", "name": "G", "external": false}], "auths": [{"name": "local", "type": "PASSWORD"}]
    })
}

fn create_user() -> Value {
    json!({
        "tenants": ["north"], "groups": [], "firstName": "Ada", "lastName": "Lovelace", "email": "ada@example.com",
        "password": "pw", "superAdmin": false, "restricted": true
    })
}

#[test]
fn absent_null_and_value_are_three_things() -> Outcome {
    for name in ["q", "username", "ids"] {
        let value = if name == "ids" { json!(["i"]) } else { json!("text") };
        let (null, whole) = (json!({name: null}).to_string(), json!({name: value}).to_string());
        for text in ["{}", &null, &whole] {
            assert_eq!(reread::<UserApiAutocomplete>(text)?, text);
        }
    }
    let read: UserApiAutocomplete = serde_json::from_str(r#"{"q":null,"username":"ada"}"#)?;
    assert_eq!(read.q, Nullable::Null);
    assert_eq!(read.ids, Nullable::Absent);
    assert_eq!(read.username, Nullable::Value("ada".to_owned()));
    Ok(())
}

#[test]
fn the_caller_chooses_between_absent_null_and_value() -> Outcome {
    let mut body = UserApiAutocomplete::new();
    assert_eq!(serde_json::to_value(&body)?, json!({}));
    body.q = None.into();
    body.ids = vec!["i".to_owned()].into();
    assert_eq!(serde_json::to_value(&body)?, json!({"q": null, "ids": ["i"]}));
    body.q = Nullable::Absent;
    body.ids = Nullable::Value(Vec::new());
    assert_eq!(serde_json::to_value(&body)?, json!({"ids": []}));
    Ok(())
}

#[test]
fn an_optional_member_that_is_not_nullable_is_left_out() -> Outcome {
    assert_eq!(serde_json::to_value(UserApiAutocomplete::new().existing_only(false))?, json!({"existingOnly": false}));
    assert_eq!(reread::<UserApiAutocomplete>(r#"{"existingOnly":true}"#)?, r#"{"existingOnly":true}"#);
    Ok(())
}

#[test]
fn unknown_members_survive_reading_changing_and_writing() -> Outcome {
    let mut text = user();
    text["later"] = json!({"deep": [1, null, {"x": "é"}], "big": 9_007_199_254_740_993_i64});
    text["tenants"][0]["logo"] = Value::Null;
    text["auths"][0]["since"] = json!(1.5);
    let mut read: ApiUser = serde_json::from_str(&text.to_string())?;
    assert_eq!(read.extra.keys().collect::<Vec<_>>(), ["later"]);
    read.first_name = "Augusta".to_owned();
    text["firstName"] = json!("Augusta");
    assert_eq!(serde_json::from_str::<Value>(&serde_json::to_string(&read)?)?, text);
    Ok(())
}

#[test]
fn a_64_bit_number_keeps_its_last_digit() -> Outcome {
    for total in [9_007_199_254_740_993, i64::MAX, i64::MIN] {
        let text = format!(r#"{{"results":[],"total":{total}}}"#);
        assert_eq!(serde_json::from_str::<PagedResultsApiUserSummary>(&text)?.total, total);
        assert_eq!(reread::<PagedResultsApiUserSummary>(&text)?, text);
    }
    for wrong in ["9223372036854775808", "1.5", r#""1""#] {
        let text = format!(r#"{{"results":[],"total":{wrong}}}"#);
        assert!(serde_json::from_str::<PagedResultsApiUserSummary>(&text).is_err(), "{text}");
    }
    Ok(())
}

#[test]
fn what_is_required_is_insisted_on() {
    fn insists<T: DeserializeOwned + Serialize>(whole: Value) {
        let name = std::any::type_name::<T>();
        let text = whole.to_string();
        assert_eq!(reread::<T>(&text).map_err(|error| error.to_string()), Ok(text), "{name}");
        assert_eq!(dispensable::<T>(&whole), Vec::<String>::new(), "{name}");
    }
    insists::<ApiUser>(user());
    insists::<ApiUserSummary>(summary());
    insists::<ApiUserTenantAccess>(access());
    insists::<PagedResultsApiUserSummary>(json!({"results": [summary()], "total": 1}));
    insists::<ApiCreateOrUpdateUserRequest>(create_user());
    insists::<ApiUserDetailsRequest>(json!({"firstName": "A", "lastName": "L", "email": "a@example.com"}));
    insists::<ApiUpdatePasswordRequest>(json!({"oldPassword": "a", "newPassword": "b"}));
    insists::<ApiPatchUserPasswordRequest>(json!({"password": "b"}));
    insists::<ApiPatchSuperAdminRequest>(json!({"superAdmin": true}));
    insists::<ApiPatchRestrictedRequest>(json!({"restricted": true}));
    insists::<ApiUpdateUserGroupsRequest>(json!({"groupIds": ["g"]}));
    insists::<CreateApiTokenRequest>(json!({"name": "n", "description": "d", "maxAge": "P1D", "extended": false}));
    insists::<CreateApiTokenResponse>(json!({"id": "t", "name": "n", "fullToken": "f"}));
    insists::<ApiTenantSummary>(json!({"id": "t", "name": "n"}));
    insists::<ApiUserAuth>(json!({"id": "a", "name": "n", "type": "t"}));
    insists::<ApiAuthentication>(json!({"name": "n", "type": "t"}));
    insists::<TenantAccessGroup>(json!({"id": "g", "name": "n", "external": true}));
    insists::<UserGroup>(json!({"id": "g", "tenantId": "t"}));
}

#[test]
fn null_does_not_stand_in_for_a_member_of_a_list() {
    assert!(serde_json::from_str::<ApiUpdateUserGroupsRequest>(r#"{"groupIds":["g",null]}"#).is_err());
    assert!(serde_json::from_str::<UserApiAutocomplete>(r#"{"ids":[null]}"#).is_err());
    assert!(serde_json::from_str::<PagedResultsApiUserSummary>(r#"{"results":[null],"total":1}"#).is_err());
}

#[test]
fn new_and_the_setters_make_the_json_of_the_api() -> Outcome {
    let own = |text: &str| vec![text.to_owned()];
    let body = UserApiAutocomplete::new().q("al").ids(own("i")).existing_only(true).username("ada");
    assert_eq!(
        serde_json::to_string(&body)?,
        r#"{"q":"al","ids":["i"],"existingOnly":true,"username":"ada"}"#,
        "members in the document's order"
    );
    let body = ApiAutocomplete::default().q("al").ids(own("i")).existing_only(false);
    assert_eq!(serde_json::to_value(body)?, json!({"q": "al", "ids": ["i"], "existingOnly": false}));
    let body = ApiCreateOrUpdateUserRequest::new(
        own("north"),
        Vec::new(),
        "Ada",
        "Lovelace",
        "ada@example.com",
        "pw",
        false,
        true,
    );
    assert_eq!(serde_json::to_value(body)?, create_user());
    let body = ApiUserDetailsRequest::new("A", "L", "a@example.com");
    assert_eq!(serde_json::to_value(body)?, json!({"firstName": "A", "lastName": "L", "email": "a@example.com"}));
    let body = ApiUpdatePasswordRequest::new("a", "b");
    assert_eq!(serde_json::to_value(body)?, json!({"oldPassword": "a", "newPassword": "b"}));
    assert_eq!(serde_json::to_value(ApiPatchUserPasswordRequest::new("b"))?, json!({"password": "b"}));
    assert_eq!(serde_json::to_value(ApiPatchSuperAdminRequest::new(true))?, json!({"superAdmin": true}));
    assert_eq!(serde_json::to_value(ApiPatchRestrictedRequest::new(false))?, json!({"restricted": false}));
    assert_eq!(serde_json::to_value(ApiUpdateUserGroupsRequest::new(own("g")))?, json!({"groupIds": ["g"]}));
    let body = CreateApiTokenRequest::new("n", "d", "P1D", true);
    let whole = json!({"name": "n", "description": "d", "maxAge": "P1D", "extended": true});
    assert_eq!(serde_json::to_value(body)?, whole);
    Ok(())
}

#[test]
fn members_set_in_extra_are_sent() -> Outcome {
    let mut body = ApiPatchRestrictedRequest::new(true);
    body.extra.insert("reason".to_owned(), json!("trial"));
    assert_eq!(serde_json::to_value(body)?, json!({"restricted": true, "reason": "trial"}));
    Ok(())
}

//! Names by table, and the maker of identifiers under any input.

use proptest::prelude::*;

use super::words::singular;
use super::*;

#[test]
fn words_are_split_as_a_reader_would() {
    let words = Words::new(&["IAM".to_owned(), "EE".to_owned()]);
    for (text, snake, pascal) in [
        ("listUsers", "list_users", "ListUsers"),
        ("tokenId", "token_id", "TokenId"),
        ("IAMUserController.ApiUser", "iam_user_controller_api_user", "IamUserControllerApiUser"),
        ("superAdmin", "super_admin", "SuperAdmin"),
        ("api-tokens", "api_tokens", "ApiTokens"),
        ("HTTPServer", "http_server", "HttpServer"),
        ("OAuthToken", "oauth_token", "OauthToken"),
        ("useOAuth", "use_oauth", "UseOauth"),
        ("IPv4Address", "ipv4_address", "Ipv4Address"),
        ("EEPlan", "ee_plan", "EePlan"),
        ("filter[name]", "filter_name", "FilterName"),
        ("x_1", "x_1", "X1"),
    ] {
        assert_eq!((words.snake(text), words.pascal(text)), (snake.to_owned(), pascal.to_owned()), "{text}");
    }
}

#[test]
fn plurals_have_singulars() {
    for (plural, one) in [
        ("users", "user"),
        ("policies", "policy"),
        ("addresses", "address"),
        ("statuses", "status"),
        ("boxes", "box"),
        ("status", "status"),
        ("access", "access"),
        ("analysis", "analysis"),
        ("gas", "gas"),
        ("s", "s"),
        ("data", "data"),
    ] {
        assert_eq!(singular(plural), one);
    }
}

#[test]
fn schemas_lose_their_package() {
    assert_eq!(schema_candidates("IAMUserController.ApiUser"), ["ApiUser", "IAMUserController.ApiUser"]);
    assert_eq!(schema_candidates("PagedResults_a.B.Summary_")[0], "PagedResults Summary");
    assert_eq!(schema_candidates("Map_A_b.C_")[0], "Map A C");
    assert_eq!(schema_candidates("."), ["."]);
}

#[test]
fn numbered_ids_are_one_in_both_spellings() {
    assert!(same_id("createX_1", "createX1"));
    assert!(same_id("createX1", "createX1"));
    assert!(!same_id("createX_1", "createX_2"));
    assert!(!same_id("createX", "createX_1"));
    assert!(!same_id("createX_1", "createY_1"));
}

fn best(subjects: &[(Option<&str>, &str, &str)]) -> Vec<String> {
    let subjects: Vec<Subject<'_>> =
        subjects.iter().map(|(id, method, path)| Subject { id: *id, method, path }).collect();
    let words = Words::default();
    operation_candidates(&subjects, &words).iter().map(|candidates| words.snake(&candidates[0])).collect()
}

#[test]
fn operations_are_named_by_id_or_route() {
    assert_eq!(
        best(&[
            (Some("createTokens"), "post", "/api/v1/service-accounts/{id}/api-tokens"),
            (Some("createTokens_1"), "post", "/api/v1/users/{id}/api-tokens"),
            (Some("deleteToken"), "delete", "/api/v1/service-accounts/{id}/api-tokens/{tokenId}"),
            (Some("deleteToken1"), "delete", "/api/v1/users/{id}/api-tokens/{tokenId}"),
            (Some("getOauth2"), "get", "/oauth2"),
            (Some("find_7"), "get", "/v2/policies"),
            (None, "get", "/v2/policies/{id}"),
            (None, "post", "/policies/{id}/enable"),
            (None, "put", "/policies/{id}"),
            (None, "get", "/"),
        ]),
        [
            "create_service_account_api_token",
            "create_user_api_token",
            "delete_service_account_api_token",
            "delete_user_api_token",
            "get_oauth2",
            "list_policies",
            "get_policy",
            "enable_policy",
            "update_policy",
            "get",
        ]
    );
}

#[test]
fn collisions_are_settled_by_spelling() {
    let words = Words::default();
    let names = |case, originals: &[&str]| {
        let wants: Vec<Want> = originals.iter().map(|original| Want::of(original)).collect();
        let names = Scope::new(case, &words, &["Option"]).claim(&wants);
        names.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(names(Case::Pascal, &["FooBar", "Foo_bar", "fooBar"]), ["FooBar", "FooUnderscoreBar", "FooBarCamel"]);
    assert_eq!(names(Case::Pascal, &["RUNNING", "Running"]), ["RunningUpper", "Running"]);
    assert_eq!(names(Case::Pascal, &["+1", "-1"]), ["Plus1", "Dash1"]);
    assert_eq!(names(Case::Snake, &["type", "self", "gen", ""]), ["r#type", "self_value", "r#gen", "empty"]);
    let same = names(Case::Snake, &["ä", "ä"]);
    assert_eq!(same.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the document calls things: identifiers, all different, whatever the order.
    #[test]
    fn identifiers_are_valid_unique_and_independent_of_order(
        originals in proptest::collection::btree_set(".{0,12}|[a-c_.]{0,4}|type|Self|self|crate|_|[0-9]{1,3}", 1..24),
        snake in any::<bool>(),
    ) {
        let originals: Vec<String> = originals.into_iter().collect();
        let words = Words::new(&[]);
        let case = if snake { Case::Snake } else { Case::Pascal };
        let claim = |originals: &[String]| {
            let wants: Vec<Want> = originals.iter().map(|original| Want::of(original)).collect();
            Scope::new(case, &words, &["Option", "send"]).claim(&wants)
        };
        let names = claim(&originals);
        for name in &names {
            prop_assert!(syn::parse_str::<syn::Ident>(name.as_str()).is_ok(), "{name}");
        }
        let mut different: Vec<String> = names.iter().map(|name| name.plain().to_lowercase()).collect();
        different.sort();
        different.dedup();
        prop_assert_eq!(different.len(), names.len());
        prop_assert!(!different.iter().any(|name| name == "option" || name == "send"));
        let mut backwards = originals.clone();
        backwards.reverse();
        let mut reversed = claim(&backwards);
        reversed.reverse();
        prop_assert_eq!(names, reversed);
    }
}

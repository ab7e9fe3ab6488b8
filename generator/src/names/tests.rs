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
        ("floatingIPs", "floating_ips", "FloatingIps"),
        ("IDs_of_VMs", "ids_of_vms", "IdsOfVms"),
        ("Ps", "ps", "Ps"),
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
        ("settings", "settings"),
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

/// The best candidate for each operation (operationId, method, path) of a module.
fn best_of(module: &str, subjects: &[(Option<&str>, &str, &str)]) -> Vec<String> {
    let subjects: Vec<Subject<'_>> =
        subjects.iter().map(|(id, method, path)| Subject { id: *id, method, path, module }).collect();
    let words = Words::default();
    operation_candidates(&subjects, &words).iter().map(|candidates| words.snake(&candidates[0].text)).collect()
}

/// Subjects whose best candidates are what stands behind them.
fn assert_best(module: &str, expected: &[(Option<&str>, &str, &str, &str)]) {
    let subjects: Vec<_> = expected.iter().map(|(id, method, path, _)| (*id, *method, *path)).collect();
    let expected: Vec<&str> = expected.iter().map(|(.., name)| *name).collect();
    assert_eq!(best_of(module, &subjects), expected);
}

#[test]
fn operations_are_named_by_id_or_route() {
    assert_best(
        "m",
        &[
            (Some("createTokens"), "post", "/api/v1/robots/{id}/api-tokens", "create_robot_api_token"),
            (Some("createTokens_1"), "post", "/api/v1/users/{id}/api-tokens", "create_user_api_token"),
            (Some("deleteToken"), "delete", "/api/v1/robots/{id}/api-tokens/{tokenId}", "delete_robot_api_token"),
            (Some("deleteToken1"), "delete", "/api/v1/users/{id}/api-tokens/{tokenId}", "delete_user_api_token"),
            (Some("getOauth2"), "get", "/oauth2", "get_oauth2"),
            (Some("find_7"), "get", "/v2/policies", "list_policies"),
            (Some("update_3"), "put", "/v2/rules/{id}", "update_rule"),
            (Some("setup"), "post", "/setup_lake", "setup_lake"),
            (Some("forceRunRule"), "post", "/rules/{id}/force-run", "force_run_rule"),
            (Some("upload_file_files_upload_post"), "post", "/files/upload", "upload_file"),
            (Some("filesList_get"), "get", "/files", "files_list_get"),
            (Some("createGroupById"), "post", "/groups", "create_group"),
            (Some("getGroupById"), "get", "/groups/{groupId}", "get_group_by_id"),
        ],
    );
}

#[test]
fn routes_are_named_by_method_and_shape() {
    assert_best(
        "m",
        &[
            (None, "get", "/v2/policies/{id}", "get_policy"),
            (None, "get", "/v2/policies", "list_policies"),
            (None, "get", "/css_template/", "list_css_template"),
            (None, "post", "/css_template/", "create_css_template"),
            (None, "delete", "/css_template/{pk}", "delete_css_template"),
            (None, "put", "/policies/{id}", "replace_policy"),
            (None, "patch", "/policies/{id}", "update_policy"),
            (None, "post", "/policies/{id}/enable", "enable_policy"),
            (None, "post", "/policies/{id}/actions/force-run", "force_run_policy"),
            (None, "post", "/policies/{id}:cancel", "cancel_policy"),
            (None, "post", "/policies/{id}/replay-with-inputs", "replay_policy_with_inputs"),
            (None, "post", "/policies/unlock/by-query", "unlock_policies_by_query"),
            (None, "put", "/vm.add-device", "add_vm_device"),
            (None, "get", "/policies/search", "search_policies"),
            // What may be a thing is one, where something is got or taken away.
            (None, "post", "/policies/{id}/lock", "lock_policy"),
            (None, "get", "/policies/{id}/lock", "get_policy_lock"),
            (None, "delete", "/policies/{id}/lock", "delete_policy_lock"),
            (None, "post", "/policies/{id}/password", "create_policy_password"),
            (None, "get", "/policies/{id}/settings", "get_policy_settings"),
            (None, "post", "/report", "create_report"),
            (None, "post", "/login", "login"),
            (None, "get", "/users/{id}/user-groups", "list_user_groups"),
            (None, "get", "/", "get"),
        ],
    );
}

#[test]
fn a_route_says_what_its_module_and_others_leave_open() {
    assert_best(
        "worker_groups",
        &[
            (None, "get", "/instance/worker-groups/{id}", "get_worker_group"),
            (None, "get", "/instance/{x}/worker-groups/{id}", "get_instance_worker_group"),
            (None, "get", "/services", "list_services"),
            (None, "get", "/{tenant}/services", "list_services_for_tenant"),
            (None, "delete", "/v1/services", "delete_services_v1"),
            (None, "delete", "/api/v2/services", "delete_services_api_v2"),
        ],
    );
}

#[test]
fn an_id_that_only_tells_what_is_done_has_the_object_of_its_route() {
    assert_best(
        "tenants",
        &[
            (Some("get"), "get", "/tenants/{id}", "get_tenant"),
            (Some("find"), "get", "/tenants/search", "find_tenants"),
            (Some("create"), "post", "/tenants", "create_tenant"),
            (Some("createOrUpdate"), "put", "/tenants/{id}", "create_or_update_tenant"),
            (Some("deleteByIds"), "delete", "/tenants/by-ids", "delete_tenants_by_ids"),
            (Some("searchByName"), "get", "/tenants/names/{name}", "search_tenant_names_by_name"),
            (Some("impersonate"), "post", "/tenants/{id}/impersonate", "impersonate_tenant"),
            (Some("history"), "get", "/tenants/{id}/history", "history"),
            (Some("setLogo"), "post", "/tenants/{id}/logo", "set_logo"),
        ],
    );
}

#[test]
fn an_id_that_tells_nothing_is_done_has_the_verb_of_its_route() {
    assert_best(
        "m",
        &[
            // What stands behind another's verb is a thing.
            (Some("refreshLicense"), "post", "/license/refresh", "refresh_license"),
            (Some("searchInternalTags"), "get", "/tags/search", "search_internal_tags"),
            (Some("licenseInfo"), "get", "/license-info", "get_license_info"),
            (Some("internalTags"), "get", "/tags/custom", "list_internal_tags"),
            (Some("internalTagOfGroups"), "get", "/tags/groups", "get_internal_tag_of_groups"),
            (Some("peekMessages"), "get", "/messages/next", "peek_messages"),
            (
                Some("disabledTriggersByQuery"),
                "post",
                "/triggers/set-disabled/by-query",
                "set_triggers_disabled_by_query",
            ),
            // One word is a good name, and so is one with a verb anywhere, and what nothing tells more of.
            (Some("history"), "get", "/history", "history"),
            (Some("unreadCount"), "get", "/unread-count", "unread_count"),
            (Some("ToysList"), "get", "/toys", "toys_list"),
            (Some("billingExpressions"), "post", "/billing/expressions", "billing_expressions"),
            // Words that the route has apart.
            (Some("replayWithinputs"), "post", "/runs/{id}/replay-with-inputs", "replay_with_inputs"),
            (Some("getdictionary"), "get", "/settings/dictionary", "get_dictionary"),
        ],
    );
    assert_eq!(best_of("users", &[(Some("users/current"), "get", "/users/me")]), ["users_current"]);
}

#[test]
fn an_id_that_names_the_resource_of_another_route_yields() {
    let robots = "/service-accounts/{id}/tokens";
    assert_best(
        "users",
        &[
            (Some("createTokensForUser"), "post", robots, "create_service_account_token"),
            (
                Some("createTokensForUserOfTenant"),
                "post",
                &format!("/{{t}}{robots}"),
                "create_service_account_token_for_t",
            ),
            (Some("addTokensForUser"), "post", "/users/{id}/tokens", "add_tokens_for_user"),
            // Nothing is at the other route, or the id speaks of its own too.
            (Some("listTokensForUser"), "get", robots, "list_tokens_for_user"),
            (Some("deleteAccountTokensForUser"), "delete", robots, "delete_service_account_tokens"),
            (
                Some("deleteServiceAccountTokensLikeUser"),
                "delete",
                "/service-accounts/{id}/tokens/{x}",
                "delete_service_account_tokens_like_user",
            ),
            (Some("deleteTokensForUser"), "delete", "/users/{id}/tokens", "delete_tokens_for_user"),
            // By what something is chosen is no resource, and neither is what stands alone.
            (Some("searchByUser"), "get", "/metrics/{userId}", "search_metrics_by_user"),
            (Some("getUser"), "get", "/users/{id}", "get_user"),
            (Some("getCurrentUser"), "get", "/me", "get_current_user"),
            (Some("listAll"), "get", "/users", "list_all"),
            // Other words for the same.
            (Some("checkMembershipForUser"), "head", "/teams/{id}/members/{name}", "check_membership_for_user"),
            (Some("getMembershipForUser"), "head", "/teams/{id}/memberships/{name}", "get_membership_for_user"),
            (Some("exportAuditLogsOfUser"), "put", "/auditlogs/{id}", "export_audit_logs_of_user"),
            (Some("updateUser"), "put", "/users/{id}", "update_user"),
            // The route says by what.
            (Some("unlockTokensByIds"), "post", "/tokens/unlock/by-users", "unlock_tokens_by_users"),
        ],
    );
}

#[test]
fn methods_leave_out_what_their_module_says() {
    let words = Words::new(&["IAM".to_owned()]);
    for (module, name, short) in [
        ("users", "getUser", Some("get")),
        ("users", "listUsers", Some("list")),
        ("users", "bulkDeleteUsers", Some("bulk_delete")),
        ("users", "create_or_update_user", Some("create_or_update")),
        ("users", "searchUsersBySourceCode", Some("search_by_source_code")),
        ("users", "unqueueUsers", Some("unqueue")),
        ("iam_users", "deleteUser", Some("delete")),
        ("service_accounts", "createServiceAccount", Some("create")),
        ("user_api", "getUser", Some("get")),
        ("apps_v1", "getApp", Some("get")),
        ("scim_groups", "getResourceByIdGroups", Some("get_resource_by_id")),
        ("groups", "listUsersByGroups", None),
        // Where it says something, it stays.
        ("users", "updateUserGroups", None),
        ("users", "createUserApiToken", None),
        ("users", "createUserForTenant", None),
        ("users", "addGroupToUser", None),
        ("users", "current_user", None),
        ("users", "getAPI", None),
        ("user_api", "getApi", None),
        // What would be no name, or another's.
        ("files", "moveFile", None),
        ("files", "useFile", None),
        ("types", "type", None),
        // At the front, where a mark or a verb shows that it is the module.
        ("repos", "repos/create-for-user", Some("create_for_user")),
        ("repos", "repos/get-repo-by-name", Some("get_by_name")),
        ("search", "search/issues", Some("issues")),
        ("users", "users.list", Some("list")),
        ("users", "UsersApi_getUser", Some("get")),
        ("users_api", "UsersApi_getUser", Some("get")),
        ("event_type", "v1.event-type.update", Some("update")),
        ("users", "users/by-name", None),
        ("audio", "audio-speech", None),
        ("user", "user_groups", None),
        ("users", "users", None),
    ] {
        assert_eq!(short_name(name, module, &words).as_deref(), short, "{name} of {module}");
    }
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

#[test]
fn types_are_called_after_the_whole_of_what_the_settings_say() {
    for (module, rename, whole) in [
        ("tenants", "search", "search_tenants"),
        ("tenants", "create", "create_tenant"),
        ("service_accounts", "list_by_ids", "list_service_accounts_by_ids"),
        ("tenants", "set_logo", "set_logo"),
        ("tenants", "everything", "everything"),
    ] {
        assert_eq!(whole_of_rename(rename, module, &Words::default()), whole);
    }
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

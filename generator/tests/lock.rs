//! Names that are given for good: what the lock keeps, what it refuses, and what it takes to give a
//! name away.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use specsmith::diagnostics::{Diagnostic, Level, Place};
use specsmith::{Input, Outcome};

/// A document of operations (`GET /path`, operationId, tag) and of schemas, each with a member of
/// its own and one with members inside.
fn document(operations: &[(&str, &str, &str)], schemas: &[&str]) -> String {
    let mut paths = json!({});
    for (route, id, tag) in operations {
        let (method, path) = route.split_once(' ').unwrap();
        let names = path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap());
        let parameters: Vec<Value> = names
            .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
            .collect();
        paths[path][method.to_lowercase()] = json!({
            "operationId": id, "tags": [tag], "parameters": parameters,
            "responses": {"204": {"description": "Done."}},
        });
    }
    let schema = |name: &&str| {
        let inside = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        ((*name).to_owned(), json!({"type": "object", "properties": {"part": inside, "own": {"type": "string"}}}))
    };
    let schemas: serde_json::Map<String, Value> = schemas.iter().map(schema).collect();
    json!({
        "openapi": "3.0.3", "info": {"title": "Lock", "version": "1"}, "paths": paths,
        "components": {"schemas": schemas},
    })
    .to_string()
}

fn generate(document: &str, config: &str, lock: &str, locked: bool) -> Outcome {
    let document = document.as_bytes();
    let name = Some("lock");
    specsmith::generate(Input { document, document_name: "lock.json", config, lock, locked, name, ..Input::default() })
}

/// A run that has to succeed.
fn run(operations: &[(&str, &str, &str)], config: &str, lock: &str) -> Outcome {
    let outcome = generate(&document(operations, &[]), config, lock, false);
    assert_eq!(outcome.report.count(Level::Error), 0, "{:#?}", outcome.report);
    outcome
}

/// The names of the routes, sorted.
fn names(outcome: &Outcome) -> Vec<String> {
    let modules = outcome.api.as_ref().unwrap().modules.iter();
    let mut names: Vec<String> = modules
        .flat_map(|module| module.operations.iter().map(move |operation| (module, operation)))
        .map(|(module, operation)| {
            format!("{} {} is {}::{}", operation.method, operation.path, module.name, operation.name)
        })
        .collect();
    names.sort();
    names
}

fn told<'a>(outcome: &'a Outcome, code: &str) -> Vec<&'a Diagnostic> {
    outcome.report.diagnostics().iter().filter(|diagnostic| diagnostic.code == code).collect()
}

/// What a diagnostic says.
fn shown(told: &Diagnostic) -> String {
    format!("{:?}[{}]: {}\n{}\n{}\n", told.level, told.code, told.message, told.label, told.help)
}

const USERS: [(&str, &str, &str); 3] = [
    ("GET /users", "listUsers", "Users"),
    ("DELETE /users/{id}", "deleteUser", "Users"),
    ("POST /users/{id}/tokens", "createToken", "Users"),
];

#[test]
fn the_name_of_a_route_that_is_gone_is_given_to_no_other() {
    let lock = run(&USERS, "", "").lock.unwrap();
    let changed = [USERS[0], USERS[2], ("DELETE /groups/{id}", "deleteUser", "Users")];
    let outcome = run(&changed, "", &lock);
    assert_eq!(
        names(&outcome),
        [
            "DELETE /groups/{id} is users::delete_group",
            "GET /users is users::list",
            "POST /users/{id}/tokens is users::create_token",
        ]
    );
    let [retired] = told(&outcome, "name-retired")[..] else { panic!("{:#?}", outcome.report) };
    assert_eq!(
        retired.message,
        "`DELETE /groups/{id}` is not called `users::delete`: the name belongs to `DELETE /users/{id}`, which is gone"
    );
    assert!(retired.help.contains("[operations.\"DELETE /groups/{id}\"]\nrename = \"delete\""), "{}", retired.help);
    assert_eq!(retired.level, Level::Warning);
    insta::assert_snapshot!("name-retired", shown(retired));
    assert!(
        outcome
            .lock
            .unwrap()
            .contains("operation DELETE /users/{id} -> users::delete DeleteUser (deleteUser) retired\n")
    );

    // What the help says does it, and the name is the other route's then, with or without the entry.
    let config = "[operations.\"DELETE /groups/{id}\"]\nrename = \"delete\"\nreason = \"users are groups now\"\n";
    let outcome = run(&changed, config, &lock);
    assert_eq!(names(&outcome)[0], "DELETE /groups/{id} is users::delete");
    let all = [USERS[0], USERS[1], ("DELETE /groups/{id}", "deleteGroup", "Users")];
    let outcome = run(&all, "", &outcome.lock.unwrap());
    assert_eq!(
        names(&outcome)[..2],
        ["DELETE /groups/{id} is users::delete", "DELETE /users/{id} is users::delete_by_id"]
    );
}

#[test]
fn an_id_that_wanders_takes_no_name_along() {
    let users = [USERS[0], ("DELETE /users/{id}", "delete", "Users"), USERS[2]];
    let lock = run(&users, "", "").lock.unwrap();
    let wandered = [
        ("GET /users", "search", "Users"),
        ("DELETE /users/{id}", "delete_1", "Users"),
        ("DELETE /users/{id}/tokens", "delete", "Users"),
        ("POST /users/{id}/tokens", "createToken", "Users"),
    ];
    let outcome = run(&wandered, "", &lock);
    assert_eq!(
        names(&outcome),
        [
            "DELETE /users/{id} is users::delete",
            "DELETE /users/{id}/tokens is users::delete_user_tokens",
            "GET /users is users::list",
            "POST /users/{id}/tokens is users::create_token",
        ]
    );
    let [wandered] = told(&outcome, "id-wandered")[..] else { panic!("{:#?}", outcome.report) };
    assert!(
        wandered.message.contains("`delete` was at `DELETE /users/{id}`, and is now at `DELETE /users/{id}/tokens`")
    );
}

#[test]
fn an_entry_by_id_does_not_take_its_name_to_another_route() {
    let config = "[operations.deleteUser]\nrename = \"remove\"\nreason = \"shorter\"\n";
    let lock = run(&USERS, config, "").lock.unwrap();
    let changed =
        [USERS[0], ("DELETE /users/{id}", "deleteUser_1", "Users"), ("DELETE /groups/{id}", "deleteUser", "Users")];
    let outcome = generate(&document(&changed, &[]), config, &lock, false);
    let [taken] = told(&outcome, "name-taken")[..] else { panic!("{:#?}", outcome.report) };
    assert_eq!(
        taken.message,
        "`deleteUser` is now at `DELETE /groups/{id}`, and `users::remove` belongs to `DELETE /users/{id}`"
    );
    assert!(taken.level == Level::Error && matches!(taken.place, Place::Config(12)) && outcome.lock.is_none());
    let outcome = run(&changed, &config.replace("deleteUser", "\"DELETE /users/{id}\""), &lock);
    assert_eq!(names(&outcome)[1], "DELETE /users/{id} is users::remove");
}

#[test]
fn a_move_is_offered_and_keeps_the_name_once_it_is_confirmed() {
    let lock = run(&USERS, "", "").lock.unwrap();
    let moved = [USERS[0], USERS[1], ("POST /{tenant}/users/{user}/tokens", "createToken", "Users")];
    let first = run(&moved, "", &lock);
    let [offer] = told(&first, "route-moved")[..] else { panic!("{:#?}", first.report) };
    insta::assert_snapshot!("route-moved", shown(offer));
    let name = "POST /{tenant}/users/{user}/tokens is users::";
    assert_eq!(names(&first)[2], format!("{name}create_user_token"));
    let entry = offer.help.split_once("\n\n").unwrap().1.replace("...", "users are in tenants");
    // Confirmed at once or later, the name is the old one, with the entry or without it.
    for lock in [lock, first.lock.clone().unwrap()] {
        let confirmed = run(&moved, &entry, &lock);
        assert_eq!(names(&confirmed)[2], format!("{name}create_token"));
        assert!(told(&confirmed, "route-moved").is_empty());
        let later = run(&moved, "", &confirmed.lock.clone().unwrap());
        assert_eq!(names(&later), names(&confirmed));
        assert_eq!(later.lock, confirmed.lock);
    }
}

#[test]
fn a_move_that_is_none_is_an_error() {
    let lock = run(&USERS, "", "").lock.unwrap();
    for (from, to, message) in [
        ("DELETE /users/{id}", "GET /users", "`DELETE /users/{id}` has not moved: it is in the document"),
        ("GET /pets", "GET /users", "the lock knows no `GET /pets`"),
        ("GET users", "GET /users", "`GET users` is no route"),
    ] {
        let config = format!("[[moved]]\nfrom = \"{from}\"\nto = \"{to}\"\nreason = \"it did\"\n");
        let outcome = generate(&document(&USERS, &[]), &config, &lock, false);
        let told: Vec<&str> = outcome.report.diagnostics().iter().map(|told| told.message.as_str()).collect();
        assert_eq!(told, [message]);
    }
}

#[test]
fn a_module_stays_where_it_was() {
    let lock = run(&USERS, "", "").lock.unwrap();
    let retagged: Vec<_> = USERS.iter().map(|(route, id, _)| (*route, *id, "People")).collect();
    let mut more = retagged.clone();
    more.push(("GET /people", "listPeople", "People"));
    more.push(("GET /pets", "listPets", "Pets"));
    let outcome = run(&more, "", &lock);
    assert!(
        names(&outcome)[..3]
            == ["DELETE /users/{id} is users::delete", "GET /people is users::list_people", "GET /pets is pets::list"]
    );
    // The settings may give the module another name; it takes its operations along.
    let config = "[modules.People]\nrename = \"people\"\nreason = \"so they are called\"\n";
    let outcome = run(&more, config, &lock);
    assert!(names(&outcome).iter().all(|name| name.contains("people::") || name.contains("pets::")));
    let later = outcome.lock.unwrap();
    assert!(
        later.contains("-> users::delete DeleteUser (deleteUser) retired\n")
            && later.contains("-> people::delete DeleteUser (deleteUser)\n")
    );
    // Then the lock has it so, and a new tag changes nothing.
    let outcome = run(&USERS, "", &later);
    assert!(names(&outcome).iter().all(|name| name.contains("people::")), "{:?}", names(&outcome));
}

#[test]
fn adding_and_removing_operations_renames_no_other() {
    let pool = [
        ("GET /users", "find", "Users"),
        ("GET /groups", "find_1", "Users"),
        ("GET /groups/{id}", "find1", "Groups"),
        ("DELETE /users/{id}", "deleteUser", "Users"),
        ("DELETE /groups/{id}", "delete_2", "Users"),
        ("GET /users/{id}", "getUser", "users"),
        ("GET /v2/users/{id}", "GetUser", "Users"),
    ];
    for left_out in 0..pool.len() {
        let mut fewer = pool.to_vec();
        let operation = fewer.remove(left_out);
        let before = run(&fewer, "", "");
        let lock = before.lock.clone().unwrap();
        let after = run(&pool, "", &lock);
        let others: Vec<String> =
            names(&after).into_iter().filter(|name| !name.starts_with(&format!("{} is", operation.0))).collect();
        assert_eq!(others, names(&before), "added {operation:?}");
        let full = run(&pool, "", "");
        let cut = run(&fewer, "", &full.lock.clone().unwrap());
        assert!(names(&cut).iter().all(|name| names(&full).contains(name)), "removed {operation:?}");
        // Shuffled, with the lock, the same.
        let mut backwards = pool;
        backwards.reverse();
        let shuffled = run(&backwards, "", &lock);
        assert_eq!((names(&shuffled), &shuffled.lock), (names(&after), &after.lock));
    }
}

#[test]
fn schemas_keep_their_types() {
    let types = |outcome: &Outcome| -> Vec<String> {
        let types = &outcome.api.as_ref().unwrap().types;
        types.iter().map(|ty| format!("{} is {}", ty.schema.as_deref().unwrap_or("inside"), ty.name)).collect()
    };
    let generate = |schemas: &[&str], lock: &str| {
        let outcome = generate(&document(&USERS, schemas), "", lock, false);
        assert_eq!(outcome.report.count(Level::Error), 0, "{:#?}", outcome.report);
        outcome
    };
    let first = generate(&["iam.User", "Group"], "");
    assert_eq!(types(&first), ["iam.User is User", "Group is Group", "inside is UserPart", "inside is GroupPart"]);
    let lock = first.lock.unwrap();
    // Without a lock the one that is spelled just so would have the name.
    let more = generate(&["User", "iam.User", "Group"], &lock);
    let names = types(&more);
    assert!(names.contains(&"iam.User is User".to_owned()) && names.contains(&"inside is UserPart".to_owned()));
    assert_eq!(names[0], "User is UserModel", "{names:?}");
    // The name of a schema that is gone is given to no other.
    let gone = generate(&["web.User", "Group"], &lock);
    assert_eq!(types(&gone)[0], "web.User is WebUser");
    let [retired] = told(&gone, "name-retired")[..] else { panic!("{:#?}", gone.report) };
    assert!(retired.message.contains("`web.User` is not called `User`"), "{retired:#?}");
    let back = generate(&["web.User", "iam.User", "Group"], &gone.lock.unwrap());
    assert_eq!(types(&back)[..2], ["web.User is WebUser", "iam.User is User"]);
}

#[test]
fn twins_share_a_name_while_they_are_one() {
    let config = "[[fold]]\nsuffix = \"In\"\nparameter = \"tenant\"\nreason = \"one operation\"\n";
    let twins = [USERS[0], ("GET /{tenant}/users", "listUsersIn", "Users")];
    let first = run(&twins, config, "");
    let lock = first.lock.unwrap();
    assert!(lock.contains("operation GET /{tenant}/users -> users::list ListUsers (listUsersIn) folded\n"), "{lock}");
    let apart = run(&twins, "", &lock);
    assert_eq!(names(&apart), ["GET /users is users::list", "GET /{tenant}/users is users::list_users_in"]);
    let later = apart.lock.unwrap();
    assert!(
        later.contains("(listUsersIn) folded retired\n")
            && later.contains("users::list_users_in ListUsersIn (listUsersIn)\n")
    );
    // Alone, the twin is another route than the one whose name it shared.
    let alone = run(&twins[1..], "", &lock);
    assert_eq!(names(&alone), ["GET /{tenant}/users is users::list_users_in"]);
}

#[test]
fn what_the_lock_does_not_know_is_an_error_where_it_must_not_change() {
    let lock = run(&USERS, "", "").lock.unwrap();
    let generate = |operations: &[(&str, &str, &str)], schemas: &[&str], lock: &str| {
        let outcome = generate(&document(operations, schemas), "", lock, true);
        assert_eq!(outcome.lock.is_none(), outcome.report.has_errors());
        outcome
            .report
            .diagnostics()
            .iter()
            .filter(|told| told.code == "not-locked")
            .map(|told| told.message.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(generate(&USERS, &[], &lock), [""; 0]);
    let changed =
        [USERS[0], ("POST /users/{id}/tokens", "makeToken", "Users"), ("DELETE /groups/{id}", "deleteUser", "Users")];
    assert_eq!(
        generate(&changed, &["A"], &lock),
        [
            "`DELETE /users/{id}` is no longer called `users::delete`",
            "the lock does not know that `POST /users/{id}/tokens` has the operationId `makeToken`",
            "the lock does not know `DELETE /groups/{id}`, which would be called `users::delete_group`",
            "the lock does not know the type `A`",
            "the lock does not know the type `APart`",
            "the lock does not know how each field is spelled",
        ]
    );
    assert_eq!(generate(&USERS, &[], "").len(), 4, "no lock knows nothing");
    let outcome = self::generate(&document(&USERS[..2], &[]), "", &lock, true);
    insta::assert_snapshot!("not-locked", told(&outcome, "not-locked").into_iter().map(shown).collect::<String>());
}

#[test]
fn a_lock_that_cannot_be_read_stops_the_run() {
    let lock = run(&USERS, "", "").lock.unwrap() + "<<<<<<< ours\n";
    let outcome = generate(&document(&USERS, &[]), "", &lock, false);
    assert_eq!(told(&outcome, "lock-conflict").len(), 1);
    assert!(outcome.files.is_none() && outcome.lock.is_none());
}

#[test]
fn an_operation_that_cannot_be_read_keeps_its_name() {
    let lock = run(&USERS, "", "").lock.unwrap();
    let mut value: Value = serde_json::from_str(&document(&USERS, &[])).unwrap();
    value["paths"]["/users/{id}"]["delete"] = json!(5);
    value["paths"]["/groups/{id}"]["delete"] = json!({
        "operationId": "deleteUser", "tags": ["Users"], "responses": {"204": {"description": "Done."}},
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
    });
    let outcome = generate(&value.to_string(), "", &lock, false);
    assert_eq!(told(&outcome, "operation-refused").len(), 1, "{:#?}", outcome.report);
    assert_eq!(told(&outcome, "name-taken").len(), 1, "it is not gone");
    assert!(names(&outcome).contains(&"DELETE /groups/{id} is users::delete_group".to_owned()));
    assert!(outcome.lock.unwrap().contains("operation DELETE /users/{id} -> users::delete DeleteUser (deleteUser)\n"));
}

/// Two routes in the document may be one for a server, as far as a reader of paths can tell.
#[test]
fn routes_that_are_alike_keep_their_own_names() {
    let alike = [
        ("GET /users/{id}", "byId", "Users"),
        ("GET /users/{name}", "byName", "Users"),
        ("POST /users?kind=a", "addA", "Users"),
        ("POST /users?kind=b", "addB", "Users"),
    ];
    let first = run(&alike, "", "");
    let swapped = [("GET /users/{id}", "byName", "Users"), ("GET /users/{name}", "byId", "Users"), alike[2], alike[3]];
    let lock = first.lock.clone().unwrap();
    let second = run(&swapped, "", &lock);
    assert_eq!(names(&second), names(&first));
    assert!(lock.contains("operation POST /users?kind=a -> users::add_a AddA (addA)\n"), "{lock}");
    // A parameter that is called otherwise is no other route.
    let renamed = [("GET /users/{user}", "find", "Users")];
    let outcome = run(&renamed, "", &run(&alike[..1], "", "").lock.unwrap());
    assert_eq!(names(&outcome), ["GET /users/{user} is users::by_id"]);
    let expected = "\nversion 1\noperation GET /users/{user} -> users::by_id ById (find)\nspelling";
    assert!(outcome.lock.unwrap().contains(expected));
}

/// Of two routes that are like one that is gone, one has its name, wherever it stands.
#[test]
fn one_of_two_heirs_has_the_name() {
    let lock = run(&[("GET /users/{id}", "byId", "Users")], "", "").lock.unwrap();
    let mut two = [("GET /users/{name}", "byId", "Users"), ("GET /users/{key}", "other", "Users")];
    for _ in 0..2 {
        let outcome = run(&two, "", &lock);
        assert!(names(&outcome).contains(&"GET /users/{name} is users::by_id".to_owned()), "{:?}", names(&outcome));
        two.reverse();
    }
    let mut strange = [("GET /users/{name}", "one", "Users"), ("GET /users/{key}", "other", "Users")];
    for _ in 0..2 {
        let outcome = run(&strange, "", &lock);
        assert!(names(&outcome).contains(&"GET /users/{key} is users::by_id".to_owned()), "{:?}", names(&outcome));
        strange.reverse();
    }
}

/// A path without a `/` before it is locked as it is sent.
#[test]
fn an_odd_path_can_be_locked() {
    let first = run(&[("GET pets", "listPets", "Pets")], "", "");
    let lock = first.lock.unwrap();
    assert!(lock.contains("operation GET /pets -> pets::list"), "{lock}");
    let again = generate(&document(&[("GET pets", "listPets", "Pets")], &[]), "", &lock, true);
    assert_eq!((again.report.count(Level::Error), again.lock.as_ref()), (0, Some(&lock)));
    // And so is one that cannot be read.
    let unread = json!({"openapi": "3.0.3", "info": {"title": "Lock", "version": "1"}, "paths": {"pets": {"get": 5}}});
    let unread = generate(&unread.to_string(), "", &lock, false);
    assert!(unread.lock.as_ref().unwrap().contains("operation GET /pets -> pets::list ListPets (listPets)\n"));
}

/// A type inside another that comes back finds its name given to a schema, which keeps it.
#[test]
fn a_type_that_comes_back_takes_no_name() {
    let kind = json!({"type": "string", "enum": ["DOG"]});
    let reference = json!({"$ref": "#/components/schemas/PetKind"});
    let document = |inside: &Value, schemas: Value| {
        let mut all = json!({"Pet": {"type": "object", "properties": {"kind": inside}}});
        all.as_object_mut().unwrap().extend(schemas.as_object().unwrap().clone());
        let info = json!({"title": "Lock", "version": "1"});
        json!({"openapi": "3.0.3", "info": info, "paths": {}, "components": {"schemas": all}}).to_string()
    };
    let first = generate(&document(&kind, json!({})), "", "", false).lock.unwrap();
    let moved = generate(&document(&reference, json!({"PetKind": kind})), "", &first, false).lock.unwrap();
    let back = generate(&document(&kind, json!({"PetKind": kind})), "", &moved, false).lock.unwrap();
    for lock in [&moved, &back] {
        assert!(lock.contains("\nschema PetKind -> PetKind\n"), "{lock}");
    }
}

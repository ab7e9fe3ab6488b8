//! The lock's text, read and written, and what is likely a move.

use proptest::prelude::*;

use super::*;
use crate::diagnostics::{Place, Report};

const TEXT: &str = "\
version 1
answer GET /pets 200 text/* -> OkText
field /components/schemas/Pet -> -> arrow
field /components/schemas/Pet Retired -> retired
field /components/schemas/Pet empty\\u{20} -> empty retired
file response x.yaml#/r -> r retired
file schema types/a\\u{20}b.yaml#/User -> User
inline /components/schemas/Pet/properties/kind -> PetKind
operation DELETE /pets/{id} -> pets::r#move MovePet (deletePet)
operation GET /animals -> pets::list_animals ListAnimals (listPets) retired
operation GET /pets -> pets::list ListPets
operation GET /{shop}/pets -> pets::list ListPets (list\\u{20}Pets) folded
parameter GET /pets query page[size] -> page_size
schema Old -> Old retired
schema shop.Pet -> Pet
setter client path tenant -> tenant
setter client scheme api-key -> api_key retired
spelling field camel
spelling value upper
value /components/schemas/Kind  -> Empty
value /components/schemas/Kind DOG -> DOG
variant /components/schemas/~1 a.Dog -> Dog
";

fn read(text: &str) -> (Lock, Vec<(&'static str, usize)>) {
    let mut report = Report::default();
    let lock = Lock::parse(text, &mut report);
    let faults = report.diagnostics().iter().map(|diagnostic| {
        let Place::Lock(at) = diagnostic.place else { panic!("{diagnostic:?}") };
        assert!(!diagnostic.help.is_empty());
        (diagnostic.code, text[..at].matches('\n').count() + 1)
    });
    (lock, faults.collect())
}

fn body(text: &str) -> String {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_lock_is_written_as_it_was_read() {
    let (lock, faults) = read(TEXT);
    assert_eq!(faults, []);
    assert_eq!((lock.operations.len(), lock.types.len(), lock.members.len()), (4, 3, 6));
    assert_eq!(body(&lock.render()), TEXT);
    // In any order, with other ends of lines, and each line twice, as merges leave it.
    let lines: Vec<&str> = TEXT.lines().skip(1).collect();
    let shuffled: Vec<&str> = lines.iter().rev().chain(&lines).copied().collect();
    let (merged, faults) = read(&format!("# remarks at the top\r\nversion 1\r\n{}\r\n", shuffled.join("\r\n")));
    assert_eq!(faults, []);
    assert_eq!(merged.render(), lock.render());
    assert_eq!(read("").0, Lock::default());
}

/// Types were called after the method, before methods left out what their module says.
#[test]
fn a_byte_order_mark_is_no_fault_and_moves_no_place() {
    let text = "\u{feff}# Names\nversion 1\nschema A -> A\nnonsense\n";
    let (_, faults) = read(text);
    assert_eq!(faults, [("lock-version", 4)]);
    let (lock, faults) = read(&text.replace("nonsense\n", ""));
    assert_eq!((lock.types.len(), faults.len()), (1, 0));
    assert_eq!(read("\u{feff}\n"), (Lock::default(), Vec::new()));
}

#[test]
fn a_line_without_a_stem_has_that_of_its_method() {
    let (lock, faults) =
        read("version 1\noperation GET /pets -> pets::list_pets (listPets)\noperation PUT /a -> a::r#move retired\n");
    assert_eq!(faults, []);
    let expected = "\
version 1
operation GET /pets -> pets::list_pets ListPets (listPets)
operation PUT /a -> a::r#move Move retired
";
    assert_eq!(body(&lock.render()), expected);
}

#[test]
fn a_fault_is_told_with_its_line_and_nothing_is_read() {
    for (text, expected) in [
        ("schema A -> A\n", ("lock-damaged", 1)),
        ("# only a remark\n", ("lock-damaged", 1)),
        ("version 2\nwhatever\n", ("lock-version", 1)),
        ("version one\n", ("lock-damaged", 1)),
        ("version 1\nschema A -> A\nschema B -> \n", ("lock-damaged", 3)),
        ("version 1\nschema A -> 1A\n", ("lock-damaged", 2)),
        ("version 1\nschema A -> self\n", ("lock-damaged", 2)),
        ("version 1\nschema A -> A folded\n", ("lock-damaged", 2)),
        ("version 1\nschema A\\u{x} -> A\n", ("lock-damaged", 2)),
        ("version 1\n# a remark\n", ("lock-damaged", 2)),
        // What a newer generator may write.
        ("version 1\nalias A -> B\n", ("lock-version", 2)),
        ("version 1\nfield /a/b -> b\n", ("lock-damaged", 2)),
        ("version 1\nfield a/b c -> c\n", ("lock-damaged", 2)),
        ("version 1\nfield /a/b c -> c-d\n", ("lock-damaged", 2)),
        ("version 1\nfield /a/b c -> c folded\n", ("lock-damaged", 2)),
        ("version 1\nfield /a/b c\\ -> c\n", ("lock-damaged", 2)),
        ("version 1\nparameter GET /a -> a\n", ("lock-damaged", 2)),
        ("version 1\nparameter a b c -> a\n", ("lock-damaged", 2)),
        ("version 1\nspelling part snake\n", ("lock-damaged", 2)),
        ("version 1\nspelling field curly\n", ("lock-damaged", 2)),
        ("version 1\nfield /a b -> c\nfield /a b -> d\n", ("lock-contradiction", 3)),
        ("version 1\nfield /a b -> c\nfield /a d -> c\n", ("lock-contradiction", 3)),
        ("version 1\nspelling field snake\nspelling field camel\n", ("lock-contradiction", 3)),
        ("version 1\noperation get /pets -> pets::list\n", ("lock-damaged", 2)),
        ("version 1\noperation GET /pets -> list\n", ("lock-damaged", 2)),
        ("version 1\noperation GET /pets -> pets::type\n", ("lock-damaged", 2)),
        ("version 1\noperation GET /pets -> pets::list list-pets\n", ("lock-damaged", 2)),
        ("version 1\noperation GET /pets -> pets::list ListPets ListPets\n", ("lock-damaged", 2)),
        ("version 1\noperation GET /pets -> pets::list (a) (b)\n", ("lock-damaged", 2)),
        ("version 1\n<<<<<<< ours\nschema A -> A\n=======\nschema B -> B\n>>>>>>> theirs\n", ("lock-conflict", 2)),
        ("version 1\noperation GET /a -> m::a\noperation GET /a -> m::b\n", ("lock-contradiction", 3)),
        ("version 1\noperation GET /a -> m::a\noperation GET /b -> m::a\n", ("lock-contradiction", 3)),
        ("version 1\nschema A -> T\nschema B -> T\n", ("lock-contradiction", 3)),
        ("version 1\nschema A -> T\nschema A -> U\n", ("lock-contradiction", 3)),
    ] {
        assert_eq!(read(text), (Lock::default(), vec![expected]), "{text}");
    }
    // Documents have such paths.
    assert_eq!(read("version 1\noperation GET pets -> pets::list\nparameter GET pets query a -> b\n").1, []);
    assert_eq!(read("version 1\noperation GET /a -> m::a retired\noperation GET /a -> m::b\n").1, []);
    assert_eq!(read("version 1\nfield /a b -> c retired\nfield /a b -> d\nvalue /a b -> d\n").1, []);
}

#[test]
fn a_run_adds_and_retires_and_never_takes_away() {
    let (lock, _) = read(TEXT);
    let (present, _) = read(
        "version 1\noperation GET /animals -> pets::list_animals ListAnimals (all)\noperation PUT /pets/{id} -> pets::update UpdatePet\n\
         schema shop.Pet -> Pet\nschema Shop -> Shop\n",
    );
    let mut given = GivenMembers::default();
    let pet = MemberScope::of_type(MemberKind::Field, &Pointer::parse("/components/schemas/Pet"));
    for (wire, name) in [("a.b", "a_b"), ("empty ", "empty"), ("fooBar", "foo_bar")] {
        given.add(&pet, MemberKey::of(&[wire]), name, Belonging::Spelled(wire.to_owned()));
    }
    let pets = Route::new("get", "/pets");
    let stays = (|route: &Route| *route == pets, |scope: &MemberScope| scope.is_at(&pets));
    let later = lock.extended(present.operations, present.types, &given, stays);
    let expected = "\
version 1
answer GET /pets 200 text/* -> OkText
field /components/schemas/Pet -> -> arrow retired
field /components/schemas/Pet Retired -> retired retired
field /components/schemas/Pet a.b -> a_b
field /components/schemas/Pet empty\\u{20} -> empty
file response x.yaml#/r -> r retired
file schema types/a\\u{20}b.yaml#/User -> User
inline /components/schemas/Pet/properties/kind -> PetKind retired
operation DELETE /pets/{id} -> pets::r#move MovePet (deletePet) retired
operation GET /animals -> pets::list_animals ListAnimals (all)
operation GET /pets -> pets::list ListPets
operation GET /{shop}/pets -> pets::list ListPets (list\\u{20}Pets) folded retired
operation PUT /pets/{id} -> pets::update UpdatePet
parameter GET /pets query page[size] -> page_size
schema Old -> Old retired
schema Shop -> Shop
schema shop.Pet -> Pet
setter client path tenant -> tenant retired
setter client scheme api-key -> api_key retired
spelling field camel
spelling value upper
value /components/schemas/Kind  -> Empty retired
value /components/schemas/Kind DOG -> DOG retired
variant /components/schemas/~1 a.Dog -> Dog retired
";
    assert_eq!(body(&later.render()), expected);
    assert_eq!(lock.changes(&later).len(), 14);
    assert_eq!(later.changes(&later), []);
}

#[test]
fn a_move_is_likely_where_the_paths_are_much_the_same() {
    let likely = |from: &str, to: &str, same_id: bool| {
        let line = format!("version 1\noperation GET {from} -> m::a (find)\n");
        let (lock, faults) = read(&line);
        assert_eq!(faults, []);
        let id = if same_id { "find" } else { "other" };
        lock.likely_move(&Route::new("get", to), Some(id), |_| true).is_some()
    };
    for (from, to) in [
        ("/users/{id}", "/{tenant}/users/{id}"),
        ("/api/v1/{tenant}/users", "/api/v1/users"),
        ("/v1/users/{id}", "/v2/users/{id}"),
        ("/users/{id}/tokens", "/{tenant}/users/{user}/tokens"),
    ] {
        assert!(likely(from, to, false), "{from} to {to}");
    }
    for (from, to) in [("/flows/{id}/run", "/flows/{id}/start"), ("/users/{id}/auth", "/people/users/{id}/auth")] {
        assert!(likely(from, to, true) && !likely(from, to, false), "{from} to {to}");
    }
    for (from, to) in
        [("/users", "/users/{id}"), ("/users", "/groups"), ("/users/{id}/tokens", "/robots/{id}/tokens/all")]
    {
        assert!(!likely(from, to, true), "{from} to {to}");
    }
}

#[test]
fn parameters_may_come_to_be_called_otherwise() {
    let (lock, _) = read("version 1\noperation GET /a/{x} -> m::a (a)\noperation GET /b/{x} -> m::b\n");
    let (present, faults) = read(
        "version 1\noperation GET /a/{y} -> m::a (a)\noperation GET /b/{x} -> m::b\noperation GET /b/{y} -> m::c\n",
    );
    assert_eq!(faults, [], "two routes that only a server can tell apart");
    let later = lock.extended(
        present.operations.clone(),
        present.types,
        &GivenMembers::default(),
        (|_: &Route| false, |_: &MemberScope| false),
    );
    assert_eq!(later.render(), Lock::of(present.operations, Vec::new(), BTreeMap::new(), BTreeMap::new()).render());
    assert_eq!(lock.changes(&later).len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands in paths, ids and names of schemas.
    #[test]
    fn any_text_can_be_locked(
        path in ".{0,12}", id in proptest::option::of(".{0,12}"), schema in ".{0,12}", wire in ".{0,12}",
    ) {
        let operation = LockedOperation {
            route: Route::new("get", &format!("/{path}")),
            module: "m".to_owned(),
            method: "a".to_owned(),
            stem: "A".to_owned(),
            id,
            folded: false,
            retired: false,
            at: 0,
        };
        let ty = LockedType { key: TypeKey::Schema(schema.clone()), name: "T".to_owned(), retired: true, at: 0 };
        let mut given = GivenMembers::default();
        let field = MemberScope::of_type(MemberKind::Field, &Pointer::default().child(&schema));
        given.add(&field, MemberKey::of(&[&wire]), "a", Belonging::Decided);
        let parameter = MemberScope::of_route(MemberKind::Parameter, &operation.route);
        given.add(&parameter, MemberKey::of(&["query", &wire]), "r#type", Belonging::Decided);
        let stays = (|_: &Route| false, |_: &MemberScope| false);
        let lock = Lock::default().extended(vec![operation], vec![ty], &given, stays);
        let (mut again, faults) = read(&lock.render());
        prop_assert_eq!(faults, vec![]);
        again.operations[0].at = 0;
        again.types[0].at = 0;
        again.members.values_mut().flatten().for_each(|line| line.at = 0);
        prop_assert_eq!(&again.operations[0].route.path, &lock.operations[0].route.path);
        prop_assert_eq!(again, lock);
    }
}

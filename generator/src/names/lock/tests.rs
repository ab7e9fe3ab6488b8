//! The lock's text, read and written, and what is likely a move.

use proptest::prelude::*;

use super::*;
use crate::diagnostics::{Place, Report};

const TEXT: &str = "\
version 1
inline /components/schemas/Pet/properties/kind -> PetKind
operation DELETE /pets/{id} -> pets::r#move MovePet (deletePet)
operation GET /animals -> pets::list_animals ListAnimals (listPets) retired
operation GET /pets -> pets::list ListPets
operation GET /{shop}/pets -> pets::list ListPets (list\\u{20}Pets) folded
schema Old -> Old retired
schema shop.Pet -> Pet
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
    assert_eq!((lock.operations.len(), lock.types.len()), (4, 3));
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
        ("version 1\noperation GET pets -> pets::list\n", ("lock-damaged", 2)),
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
    assert_eq!(read("version 1\noperation GET /a -> m::a retired\noperation GET /a -> m::b\n").1, []);
}

#[test]
fn a_run_adds_and_retires_and_never_takes_away() {
    let (lock, _) = read(TEXT);
    let (present, _) = read(
        "version 1\noperation GET /animals -> pets::list_animals ListAnimals (all)\noperation PUT /pets/{id} -> pets::update UpdatePet\n\
         schema shop.Pet -> Pet\nschema Shop -> Shop\n",
    );
    let later = lock.extended(present.operations, present.types, |route| route.path == "/pets");
    let expected = "\
version 1
inline /components/schemas/Pet/properties/kind -> PetKind retired
operation DELETE /pets/{id} -> pets::r#move MovePet (deletePet) retired
operation GET /animals -> pets::list_animals ListAnimals (all)
operation GET /pets -> pets::list ListPets
operation GET /{shop}/pets -> pets::list ListPets (list\\u{20}Pets) folded retired
operation PUT /pets/{id} -> pets::update UpdatePet
schema Old -> Old retired
schema Shop -> Shop
schema shop.Pet -> Pet
";
    assert_eq!(body(&later.render()), expected);
    assert_eq!(lock.changes(&later).len(), 6);
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
    let later = lock.extended(present.operations.clone(), present.types, |_| false);
    assert_eq!(later.render(), Lock { operations: present.operations, types: Vec::new() }.render());
    assert_eq!(lock.changes(&later).len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands in paths, ids and names of schemas.
    #[test]
    fn any_text_can_be_locked(path in ".{0,12}", id in proptest::option::of(".{0,12}"), schema in ".{0,12}") {
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
        let ty = LockedType { key: TypeKey::Schema(schema), name: "T".to_owned(), retired: true, at: 0 };
        let lock = Lock::default().extended(vec![operation], vec![ty], |_| false);
        let (mut again, faults) = read(&lock.render());
        prop_assert_eq!(faults, vec![]);
        again.operations[0].at = 0;
        again.types[0].at = 0;
        prop_assert_eq!(&again.operations[0].route.path, &lock.operations[0].route.path);
        prop_assert_eq!(again, lock);
    }
}

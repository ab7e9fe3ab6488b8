//! Names and the lock that keeps them.

use super::Explanation;
use crate::diagnostics::Level::{Error, Note, Warning};

pub(super) const CODES: &[Explanation] = &[
    Explanation {
        code: "id-wandered",
        level: Note,
        meaning: "An operationId is on another route than before. Each route keeps its own name, so that code goes on calling what it called.",
        example: "/service-accounts/{id}/tokens:
  post: {operationId: createToken}   # was /users/{id}/tokens",
        repaired: "",
        help: "Nothing to do.",
    },
    Explanation {
        code: "route-moved",
        level: Note,
        meaning: "A route is gone, and one much like it is new. If it is the same operation, it keeps its name by the entry that is shown.",
        example: "/{tenant}/users/{id}:   # was /users/{id}",
        repaired: r#"[[moved]]
from = "GET /users/{id}"
to = "GET /{tenant}/users/{id}"
reason = "Users belong to tenants now.""#,
        help: "Without the entry it is a new method, and the old name is retired.",
    },
    Explanation {
        code: "name-taken",
        level: Warning,
        meaning: "A new route or schema would have had a name that is another's. It has the next best name. Of an entry of the settings it is an error.",
        example: "operation GET /pets -> pets::list ListPets (listPets)",
        repaired: "",
        help: "Nothing to do, or paste the entry that is shown.",
    },
    Explanation {
        code: "name-retired",
        level: Warning,
        meaning: "A new route or schema would have had a name that belonged to one that is gone. A name is never given to another.",
        example: "operation GET /pets -> pets::list ListPets (listPets) retired",
        repaired: "",
        help: "Nothing to do, or paste the entry that is shown.",
    },
    Explanation {
        code: "name-undecided",
        level: Warning,
        meaning: "Routes of one module say the same, and no operationId says more. All of them are generated, with letters at the end of their names that are the same in every run.",
        example: "/work-orders:
  post: {tags: [orders]}
/work_orders:
  post: {tags: [orders]}",
        repaired: r#"[operations."POST /work-orders"]
rename = "order_work"
reason = "The other one is for works that are ordered.""#,
        help: "Give them operationIds, or names in the settings: the lines to paste are shown.",
    },
    Explanation {
        code: "not-locked",
        level: Error,
        meaning: "With `--locked` the lock has to know all names, and it does not know this one.",
        example: "",
        repaired: "",
        help: "Run `generate` without `--locked`, read what it tells, and commit the lock.",
    },
    Explanation {
        code: "lock-conflict",
        level: Error,
        meaning: "The lock holds a conflict that a merge has left.",
        example: "<<<<<<< ours",
        repaired: "",
        help: "Keep the lines of both sides and remove the markers. `generate` sorts them, and tells where two contradict.",
    },
    Explanation {
        code: "lock-contradiction",
        level: Error,
        meaning: "Two lines of the lock say different things about one route, schema or name.",
        example: "schema Pet -> Pet
schema Pet -> Animal",
        repaired: "schema Pet -> Pet",
        help: "Keep the line that was there before.",
    },
    Explanation {
        code: "lock-damaged",
        level: Error,
        meaning: "A line of the lock cannot be read. Nothing was changed.",
        example: "operation GET",
        repaired: "operation GET /pets -> pets::list ListPets (listPets)",
        help: "Take it from the version before: `git checkout -- FILE`.",
    },
    Explanation {
        code: "lock-version",
        level: Error,
        meaning: "The lock was written by a newer generator. Nothing was changed.",
        example: "version 9",
        repaired: "",
        help: "Use that generator, or a newer one.",
    },
];

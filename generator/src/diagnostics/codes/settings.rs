//! The settings of an API.

use super::Explanation;
use crate::diagnostics::Level::{Error, Note};

pub(super) const CODES: &[Explanation] = &[
    Explanation {
        code: "invalid-config",
        level: Error,
        meaning: "The settings are no TOML, or have a key or value that is none of theirs.",
        example: r#"[operations.listPets]
name = "list""#,
        repaired: r#"[operations.listPets]
rename = "list"
reason = "...""#,
        help: "The README lists them.",
    },
    Explanation {
        code: "missing-reason",
        level: Error,
        meaning: "An entry gives no reason.",
        example: r#"[operations.listPets]
rename = "list"
reason = """#,
        repaired: r#"[operations.listPets]
rename = "list"
reason = "There is one list.""#,
        help: "Say why it is needed, for whoever reads it next year.",
    },
    Explanation {
        code: "invalid-name",
        level: Error,
        meaning: "The name of the package is no name for a crate.",
        example: r#"[package]
name = "My SDK""#,
        repaired: r#"[package]
name = "my-sdk""#,
        help: "",
    },
    Explanation {
        code: "unused-config",
        level: Error,
        meaning: "An entry applies to nothing: what it names is not there, or has changed.",
        example: r#"[operations.listPats]
rename = "list"
reason = "...""#,
        repaired: r#"[operations.listPets]
rename = "list"
reason = "...""#,
        help: "Remove it, or correct its names. An entry that does nothing hides what has changed.",
    },
    Explanation {
        code: "ineffective-config",
        level: Error,
        meaning: "An entry does not reach all that it names, because a schema takes the same thing over from another.",
        example: r#"[[optional]]
schemas = "Cat"
properties = ["name"]
reason = "...""#,
        repaired: r#"[[optional]]
schemas = "Pet"
properties = ["name"]
reason = "...""#,
        help: "Add an entry for the schema that is named.",
    },
    Explanation {
        code: "unfit-config",
        level: Error,
        meaning: "An entry says of a node what no such node can be: that an operation is nullable, or that a path has a type.",
        example: r#"[[mark]]
operations = "listPets"
nullable = true
reason = "...""#,
        repaired: r#"[[mark]]
operations = "listPets"
deprecated = true
reason = "...""#,
        help: "`[[retype]]` is for schemas and what holds one, `[[mark]]` for operations, parameters, bodies and schemas.",
    },
    Explanation {
        code: "contradictory-config",
        level: Error,
        meaning: "Two entries say different things of one node: one drops what another retypes, or both give it a type.",
        example: r#"[[drop]]
schemas = "Pet"
reason = "..."

[[mark]]
schemas = "P*"
nullable = true
reason = "...""#,
        repaired: r#"[[drop]]
schemas = "Pet"
reason = "...""#,
        help: "Remove one of the two, or let it name less.",
    },
    Explanation {
        code: "unusable-name",
        level: Error,
        meaning: "A name that the settings give is no Rust name of its kind, or is taken.",
        example: r#"[operations.listPets]
rename = "list-pets"
reason = "...""#,
        repaired: r#"[operations.listPets]
rename = "list_pets"
reason = "...""#,
        help: "",
    },
    Explanation {
        code: "unfit-pages",
        level: Error,
        meaning: "An operation that `[[pages]]` names does not answer page by page in this way. The message says what it lacks.",
        example: r#"[[pages]]
operations = ["getPet"]
page = "page"
reason = "...""#,
        repaired: "",
        help: "Take the operation out, or correct the parameters and members.",
    },
    Explanation {
        code: "repaired",
        level: Note,
        meaning: "An entry of the settings changed something: how much, and the reason that was given.",
        example: r#"[[optional]]
schemas = "*"
properties = ["total"]
reason = "...""#,
        repaired: "",
        help: "Nothing to do. When the number changes, look why.",
    },
    Explanation {
        code: "unread-overlay",
        level: Error,
        meaning: "An overlay that the settings name is not there, or may not be read.",
        example: r#"[[overlays]]
file = "fixes.yaml"
reason = "...""#,
        repaired: "",
        help: "Name it by its path from the folder of the document.",
    },
    Explanation {
        code: "invalid-overlay",
        level: Error,
        meaning: "An overlay is not what the Overlay Specification says, or an action does not fit what it selects: a list into a map, a map into a text.",
        example: "actions:
  - target: $.info.title
    update: {text: Pets}",
        repaired: "actions:
  - target: $.info.title
    update: Pets",
        help: "Overlays 1.0 and 1.1 are read.",
    },
    Explanation {
        code: "unused-overlay",
        level: Error,
        meaning: "An action of an overlay selects nothing. The specification lets that pass; here it is an error, since it hides that the document has changed.",
        example: "actions:
  - target: $.paths['/pats']
    remove: true",
        repaired: "actions:
  - target: $.paths['/pets']
    remove: true",
        help: "Remove the action, or correct its target.",
    },
    Explanation {
        code: "overlaid",
        level: Note,
        meaning: "An overlay changed the document: how many places, and its title as the reason.",
        example: r#"overlay: 1.0.0
info: {title: Without the internal routes, version: "1"}"#,
        repaired: "",
        help: "Nothing to do. When the number changes, look why.",
    },
];

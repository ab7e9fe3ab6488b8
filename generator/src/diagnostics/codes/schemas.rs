//! Schemas, bodies, answers and references.

use super::Explanation;
use crate::diagnostics::Level::{Note, Warning};

pub(super) const CODES: &[Explanation] = &[
    Explanation {
        code: "broken-reference",
        level: Warning,
        meaning: "A reference leads to nothing in the document. A schema becomes any JSON value, a header is left out, and an operation that needs the rest is refused.",
        example: r##"$ref: "#/components/schemas/Pat""##,
        repaired: r##"$ref: "#/components/schemas/Pet""##,
        help: "Look for a name that was changed.",
    },
    Explanation {
        code: "external-reference",
        level: Warning,
        meaning: "A reference leads to another file, and that cannot be read: it is not there, it has no such part, it is outside of the document's folder, or it is on the network.",
        example: r#"$ref: "https://schemas.example/pet.yaml""#,
        repaired: r#"$ref: "pet.yaml""#,
        help: "`--root DIR` lets a document refer to files of a folder above its own, and `--allow-url PREFIX` to the network.",
    },
    Explanation {
        code: "unusable-reference",
        level: Warning,
        meaning: "A reference leads to a part of another kind, or in a circle.",
        example: r##"responses:
  "200": {$ref: "#/components/schemas/Pet"}"##,
        repaired: r##"responses:
  "200": {$ref: "#/components/responses/Pet"}"##,
        help: "",
    },
    Explanation {
        code: "unknown-type",
        level: Warning,
        meaning: "A schema has a type that does not exist. `int`, `String`, `file` and the like are what they mean, any other is any JSON value.",
        example: "type: int",
        repaired: "type: integer",
        help: "",
    },
    Explanation {
        code: "misplaced-required",
        level: Warning,
        meaning: "`required: true` stands on a property. It is read as if the name stood on the object's list.",
        example: "properties:
  name: {type: string, required: true}",
        repaired: "required: [name]
properties:
  name: {type: string}",
        help: "",
    },
    Explanation {
        code: "untyped",
        level: Note,
        meaning: "Something becomes any JSON value, because no Rust type says what the schema says, or because the schema is defined by itself alone.",
        example: "oneOf:
  - {type: object}
  - {type: object}",
        repaired: r##"oneOf:
  - {$ref: "#/components/schemas/Cat"}
  - {$ref: "#/components/schemas/Dog"}"##,
        help: "The value is kept as it is. `cargo xtask check --untyped` lists all of them.",
    },
];

//! Reading the text, and the document as a whole.

use super::Explanation;
use crate::diagnostics::Level::{Error, Note, Warning};

pub(super) const CODES: &[Explanation] = &[
    Explanation {
        code: "not-utf8",
        level: Error,
        meaning: "The document has bytes that are no text in UTF-8. Nothing is guessed: another encoding would give other names.",
        example: r#"title: Caf\xE9"#,
        repaired: "",
        help: "Save the document as UTF-8.",
    },
    Explanation {
        code: "not-json",
        level: Error,
        meaning: "The document begins like JSON and is none. The mistake may stand a little before the place where reading stopped.",
        example: r#"{"openapi": "3.0.3", "info": {,}}"#,
        repaired: r#"{"openapi": "3.0.3", "info": {}}"#,
        help: "A comma, quote or brace is missing or too many.",
    },
    Explanation {
        code: "not-yaml",
        level: Error,
        meaning: "The document is no YAML. The mistake may stand a little before the place where reading stopped.",
        example: r#"info:
  title: "Pets"#,
        repaired: r#"info:
  title: "Pets""#,
        help: "Most often a quote is not closed, or a line is indented otherwise than those beside it.",
    },
    Explanation {
        code: "tabs",
        level: Warning,
        meaning: "The document is indented by tabs, which YAML forbids. Where no line is indented by spaces, it is clear what is meant, and each tab is read as a space.",
        example: "info:\n\ttitle: Pets",
        repaired: "info:\n  title: Pets",
        help: "Let the editor indent with spaces.",
    },
    Explanation {
        code: "too-deep",
        level: Error,
        meaning: "Maps and lists lie more than 64 levels deep in one another, or schemas are made of others, and those of others, over 200. Documents that people work with have some 20.",
        example: "a: {a: {a: {a: {a: {a: {}}}}}}   # and so on",
        repaired: "",
        help: "Look for what made it so: most often a tool that wrote a reference's target in its place, again and again.",
    },
    Explanation {
        code: "too-large",
        level: Error,
        meaning: "The document has more than 256 MiB, its aliases or its references to paths make more than 300,000 nodes of what is written once, or it lists more than 200 alternatives of credentials.",
        example: "a: &a [x, x, x]
b: &b [*a, *a, *a]
c: &c [*b, *b, *b]   # and so on",
        repaired: "",
        help: "Refer to what is used often by `$ref`: it is one type then.",
    },
    Explanation {
        code: "not-openapi",
        level: Error,
        meaning: "The document does not say which version of OpenAPI it is, or is no map at all.",
        example: r#"info: {title: Pets, version: "1"}"#,
        repaired: r#"openapi: 3.0.3
info: {title: Pets, version: "1"}"#,
        help: "A part of a document in several files is no document: generate from the file that refers to it.",
    },
    Explanation {
        code: "unsupported-version",
        level: Error,
        meaning: "The document says that it is of a version that is not read.",
        example: "openapi: 4.0.0",
        repaired: "openapi: 3.1.0",
        help: "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are read.",
    },
    Explanation {
        code: "duplicate-key",
        level: Warning,
        meaning: "A key stands twice in one map. The last one counts, as most readers do it; what the first said is lost.",
        example: "get:
  operationId: listPets
  operationId: findPets",
        repaired: "get:
  operationId: listPets",
        help: "Remove one of the two, or give it its own name.",
    },
    Explanation {
        code: "missing-paths",
        level: Warning,
        meaning: "The document has no paths, so the SDK has types and no methods.",
        example: r#"openapi: 3.0.3
info: {title: Types, version: "1"}
components: {}"#,
        repaired: "",
        help: "Nothing to do, if the document is a library of types.",
    },
    Explanation {
        code: "missing-title",
        level: Warning,
        meaning: "The document has no title, which the name and the documentation of the SDK begin with.",
        example: r#"info: {version: "1"}"#,
        repaired: r#"info: {title: Pets, version: "1"}"#,
        help: "Or give the crate a name: `--name`, or `[package]` in the settings.",
    },
    Explanation {
        code: "invalid-openapi",
        level: Warning,
        meaning: "A part of the document is not what OpenAPI says, and could not be repaired. It costs the operations that need it, by name. Of `paths` itself it is an error.",
        example: "components:
  securitySchemes:
    key: {type: apiKey}",
        repaired: "components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}",
        help: "Compare with the section of the specification about this object.",
    },
    Explanation {
        code: "wrong-kind",
        level: Warning,
        meaning: r#"A member has a value of another kind than OpenAPI says. What it can only mean is taken, such as `"true"` for a flag; else it is left out."#,
        example: r#"required: "true""#,
        repaired: "required: true",
        help: "Nothing is lost if the message says how it was read.",
    },
    Explanation {
        code: "unknown-member",
        level: Warning,
        meaning: "A member is none that OpenAPI knows at this place: a method, a status, a media type. It is left out. In the settings it is an error.",
        example: "responses:
  ok: {description: Done.}",
        repaired: r#"responses:
  "200": {description: Done.}"#,
        help: "An own extension begins with `x-`.",
    },
    Explanation {
        code: "newer-keyword",
        level: Warning,
        meaning: "A keyword is of a newer OpenAPI than the document says that it is. It is read as that version says.",
        example: r#"openapi: 3.0.3
# ...
type: [string, "null"]"#,
        repaired: r#"openapi: 3.1.0
# ...
type: [string, "null"]"#,
        help: "Or write it in the words of the version that the document names.",
    },
    Explanation {
        code: "older-keyword",
        level: Warning,
        meaning: "A keyword is Swagger 2.0's, and the document says that it is newer. It is read as 2.0 says.",
        example: "parameters:
  - {name: pet, in: body, schema: {type: object}}",
        repaired: "requestBody:
  content:
    application/json:
      schema: {type: object}",
        help: "Nothing is lost meanwhile.",
    },
    Explanation {
        code: "unsupported-keyword",
        level: Note,
        meaning: "A keyword has no counterpart in Rust types. The message says what comes of it instead.",
        example: r#"propertyNames: {pattern: "^x-"}"#,
        repaired: "",
        help: "Nothing to do, unless the server relies on it: then say so in the description.",
    },
    Explanation {
        code: "webhooks",
        level: Note,
        meaning: "Webhooks and callbacks are requests that the server sends. The SDK has the type of what each holds, if that is JSON; this one holds none.",
        example: "webhooks:
  petAdded: {post: {responses: {\"200\": {description: Heard.}}}}",
        repaired: "",
        help: "Nothing to do, unless it has a body: then describe it.",
    },
    Explanation {
        code: "template",
        level: Error,
        meaning: "A template of the generator failed. This is no fault of the document.",
        example: "",
        repaired: "",
        help: "Please report it, with the document if you may.",
    },
];

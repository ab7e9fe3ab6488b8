//! Routes, operations and their parameters.

use super::Explanation;
use crate::diagnostics::Level::{Note, Warning};

pub(super) const CODES: &[Explanation] = &[
    Explanation {
        code: "operation-refused",
        level: Warning,
        meaning: "An operation is not generated, because something that it needs cannot be read, or cannot be sent. All others are. The message says which and why, and points to the cause.",
        example: r##"parameters:
  - {$ref: "#/components/parameters/Missing"}"##,
        repaired: "",
        help: "Repair the cause, which is told of at its own place too.",
    },
    Explanation {
        code: "missing-responses",
        level: Warning,
        meaning: "An operation declares no responses. What it answers is read as nothing.",
        example: "get: {operationId: ping}",
        repaired: r#"get:
  operationId: ping
  responses:
    "204": {description: Done.}"#,
        help: "",
    },
    Explanation {
        code: "missing-description",
        level: Note,
        meaning: "A response has no description, which OpenAPI asks for. Nothing else comes of it.",
        example: r#""200": {content: {}}"#,
        repaired: r#""200": {description: The pets., content: {}}"#,
        help: "",
    },
    Explanation {
        code: "odd-path",
        level: Warning,
        meaning: "A path has a query or a fragment, or does not begin with `/`. Values of the query become defaults of parameters; a fragment is never sent.",
        example: "/pets?kind=cat:
  get: {}",
        repaired: "/pets:
  get:
    parameters:
      - {name: kind, in: query, schema: {type: string, default: cat}}",
        help: "",
    },
    Explanation {
        code: "odd-template",
        level: Warning,
        meaning: "Braces in a path hold more than a name. The name alone is read.",
        example: "/files/{path*}",
        repaired: "/files/{path}",
        help: "How a value is written is said by the parameter's `style` and `explode`.",
    },
    Explanation {
        code: "method-in-capitals",
        level: Warning,
        meaning: "A method is written in capitals. It is read as the method.",
        example: "GET: {operationId: listPets}",
        repaired: "get: {operationId: listPets}",
        help: "",
    },
    Explanation {
        code: "duplicate-operation-id",
        level: Warning,
        meaning: "Two operations have the same id. Their routes tell them apart, and name them.",
        example: "/cats: {get: {operationId: list}}
/dogs: {get: {operationId: list}}",
        repaired: "/cats: {get: {operationId: listCats}}
/dogs: {get: {operationId: listDogs}}",
        help: "",
    },
    Explanation {
        code: "duplicate-route",
        level: Warning,
        meaning: "Two operations differ in the names of their path parameters alone, so the server decides which of them answers. Both are generated.",
        example: "/pets/{id}: {get: {}}
/pets/{name}: {get: {}}",
        repaired: "/pets/{id}: {get: {}}",
        help: "Remove one of the two.",
    },
    Explanation {
        code: "duplicate-parameter",
        level: Warning,
        meaning: "A parameter is declared twice in one list. The first counts.",
        example: "parameters:
  - {name: q, in: query, schema: {type: string}}
  - {name: q, in: query, schema: {type: integer}}",
        repaired: "parameters:
  - {name: q, in: query, schema: {type: string}}",
        help: "",
    },
    Explanation {
        code: "missing-path-parameter",
        level: Warning,
        meaning: "A path has a name in braces that no parameter declares. It becomes a text.",
        example: "/pets/{id}:
  get: {parameters: []}",
        repaired: "/pets/{id}:
  get:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}",
        help: "",
    },
    Explanation {
        code: "misnamed-path-parameter",
        level: Warning,
        meaning: "A path parameter is not in the path under its name, and the path has one that is not declared. They can only be the same.",
        example: "/pets/{id}:
  get:
    parameters:
      - {name: petId, in: path, required: true, schema: {type: string}}",
        repaired: "/pets/{petId}:
  get:
    parameters:
      - {name: petId, in: path, required: true, schema: {type: string}}",
        help: "",
    },
    Explanation {
        code: "misplaced-path-parameter",
        level: Warning,
        meaning: "A name in the path is declared as a parameter of another place. It is read as the path's.",
        example: "/pets/{id}:
  get:
    parameters:
      - {name: id, in: query, schema: {type: string}}",
        repaired: "/pets/{id}:
  get:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}",
        help: "",
    },
    Explanation {
        code: "unused-path-parameter",
        level: Warning,
        meaning: "A path parameter is declared and the path does not have it. It is left out.",
        example: "/pets:
  get:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}",
        repaired: "/pets/{id}:
  get:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}",
        help: "",
    },
    Explanation {
        code: "odd-parameter",
        level: Warning,
        meaning: "A parameter or header has no schema, or has its type beside it as in Swagger 2.0. It is read as a text, or by that type.",
        example: "- {name: q, in: query, type: integer}",
        repaired: "- {name: q, in: query, schema: {type: integer}}",
        help: "",
    },
    Explanation {
        code: "odd-place",
        level: Warning,
        meaning: "Where a parameter or a key goes is said in other words: in capitals, or as several. It is read as what it can only mean.",
        example: "- {name: X-Trace, in: Headers, schema: {type: string}}",
        repaired: "- {name: X-Trace, in: header, schema: {type: string}}",
        help: "",
    },
    Explanation {
        code: "undefined-style",
        level: Note,
        meaning: "OpenAPI does not say how a value is written in this style: an object inside another, a list in a list. It is written as JSON.",
        example: "- name: filter
  in: query
  schema:
    type: object
    properties: {range: {type: object}}",
        repaired: "- name: filter
  in: query
  content:
    application/json:
      schema: {type: object}",
        help: "Or say how the server reads it by `[[parameters]]` in the settings.",
    },
    Explanation {
        code: "unsent-header",
        level: Warning,
        meaning: "A header is declared as a parameter that the HTTP client writes itself, such as `Content-Length`. It is left out.",
        example: "- {name: Content-Length, in: header, schema: {type: integer}}",
        repaired: "",
        help: "Nothing to do.",
    },
    Explanation {
        code: "unsendable-parameter",
        level: Warning,
        meaning: "A header or a cookie has a name that no request can hold, and need not be sent. It is left out. If it must be sent, its operation is refused.",
        example: "- {name: X Filter, in: header, schema: {type: string}}",
        repaired: "- {name: X-Filter, in: header, schema: {type: string}}",
        help: "",
    },
    Explanation {
        code: "other-servers",
        level: Warning,
        meaning: "An operation or a path names servers of its own. The SDK sends to the client's own URL.",
        example: "get:
  servers: [{url: https://files.example.com}]",
        repaired: "",
        help: "Make a second client for them.",
    },
    Explanation {
        code: "second-body",
        level: Warning,
        meaning: "An operation declares a second body, or one among its parameters beside a `requestBody`. The first counts, or the `requestBody`.",
        example: "parameters:
  - {name: a, in: body, schema: {type: object}}
  - {name: b, in: body, schema: {type: object}}",
        repaired: "parameters:
  - {name: a, in: body, schema: {type: object}}",
        help: "",
    },
    Explanation {
        code: "odd-scheme",
        level: Warning,
        meaning: "A security scheme has a type that OpenAPI calls otherwise, or is one of HTTP and does not say which. It is read as what it can only mean.",
        example: "token: {type: bearer}",
        repaired: "token: {type: http, scheme: bearer}",
        help: "",
    },
    Explanation {
        code: "unserved-scheme",
        level: Warning,
        meaning: "A security scheme is of a kind that the SDK does not serve. Operations are generated without it.",
        example: "securitySchemes:
  digest: {type: http, scheme: digest}",
        repaired: "",
        help: "Give the credential with `ClientBuilder::default_header`, if it is a header.",
    },
    Explanation {
        code: "unknown-scheme",
        level: Warning,
        meaning: "An operation asks for a security scheme that is not declared.",
        example: "security: [{token: []}]",
        repaired: "security: [{token: []}]
components:
  securitySchemes:
    token: {type: http, scheme: bearer}",
        help: "",
    },
    Explanation {
        code: "conflicting-schemes",
        level: Warning,
        meaning: "Two schemes that are asked for together would be sent in the same header. The alternative is left out.",
        example: "security: [{basic: [], bearer: []}]",
        repaired: "security: [{basic: []}, {bearer: []}]",
        help: "One member of the list for each alternative.",
    },
];

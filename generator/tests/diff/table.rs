//! A document, edits of it, and the changes that each comes to.

pub(crate) const DOCUMENT: &str = r##"
openapi: 3.0.3
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.example.com/api"}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      summary: Lists pets.
      security: [{token: []}]
      parameters:
        - {name: kind, in: query, required: true, schema: {type: string}}
        - {name: shop, in: query, required: true, schema: {type: string}}
        - {name: page, in: query, schema: {type: integer, default: 1}}
        - {name: sort, in: query, schema: {type: array, items: {type: string}}}
      responses:
        "200":
          description: Pets.
          headers: {X-Total: {schema: {type: integer}}}
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
        "404":
          description: None.
          content: {application/json: {schema: {$ref: "#/components/schemas/Fault"}}}
    post:
      operationId: addPet
      tags: [Pets]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
      responses:
        "201":
          description: The pet.
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
  /pets/{id}/toys/{toy}:
    delete:
      operationId: deleteToy
      tags: [Pets]
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: toy, in: path, required: true, schema: {type: string}}
      responses: {"204": {description: Done.}}
  /events:
    get:
      operationId: watch
      tags: [Pets]
      responses:
        "200":
          description: Events.
          content: {text/event-stream: {schema: {$ref: "#/components/schemas/Pet"}}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Key}
  schemas:
    Pet:
      type: object
      required: [name, kind]
      properties:
        name: {type: string}
        kind: {type: string}
        color: {$ref: "#/components/schemas/Color"}
        note: {type: string}
    Fault:
      type: object
      properties: {message: {type: string}}
    Color:
      type: string
      enum: [RED, GREEN]
    Cat: {type: object, required: [is], properties: {is: {type: string}, purrs: {type: boolean}}}
    Dog: {type: object, required: [is], properties: {is: {type: string}, barks: {type: boolean}}}
    Cow: {type: object, required: [is], properties: {is: {type: string}, milk: {type: boolean}}}
    Sizes: {oneOf: [{type: string}, {type: array, items: {type: string}}]}
    Animal:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: is, mapping: {cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog"}}
"##;

/// Texts of the document, and what stands there instead.
pub(crate) type Edits = &'static [(&'static str, &'static str)];

/// `severity code item`; a star for what else there is.
pub(crate) type Changes = &'static [&'static str];

/// Edits of the document, each with the changes that it comes to: severity, code, item.
pub(crate) const TABLE: &[(Edits, Changes)] = &[
    // Routes and methods.
    (
        &[
            ("  /pets:\n    get:", "  /animals:\n    get:"),
            ("    post:\n      operationId: addPet", "  /pets:\n    post:\n      operationId: addPet"),
        ],
        &["silent route-changed pets::list", "silent id-moved pets::list"],
    ),
    (&[("operationId: listPets", "operationId: findPets")], &["breaking method-renamed pets::find"]),
    (
        &[
            ("operationId: listPets", "operationId: addAll"),
            ("operationId: addPet", "operationId: listPets"),
            ("operationId: addAll", "operationId: addPet"),
        ],
        &[
            "silent route-changed pets::add",
            "silent route-changed pets::list",
            "silent id-moved pets::add",
            "silent id-moved pets::list",
            "*",
        ],
    ),
    (
        &[("  /events:", "  /news:"), ("operationId: watch", "operationId: follow")],
        &["additive method-added pets::follow_news", "breaking method-removed pets::watch_events"],
    ),
    (&[("summary: Lists pets.", "summary: Lists all pets.")], &["docs docs-changed pets::list"]),
    (&[("summary: Lists pets.", "summary: Lists pets.\n      deprecated: true")], &["docs deprecated pets::list"]),
    // Parameters.
    (
        &[(
            "        - {name: page",
            "        - {name: size, in: query, schema: {type: integer}}\n        - {name: page",
        )],
        &["additive parameter-added pets::list"],
    ),
    (
        &[(
            "        - {name: page",
            "        - {name: size, in: query, required: true, schema: {type: integer}}\n        - {name: page",
        )],
        &["breaking parameter-required pets::list"],
    ),
    (
        &[("name: shop, in: query, required: true", "name: shop, in: query")],
        &["breaking parameter-optional pets::list"],
    ),
    (
        &[("name: sort, in: query, schema", "name: sort, in: query, required: true, schema")],
        &["breaking parameter-required pets::list"],
    ),
    (
        &[("        - {name: page, in: query, schema: {type: integer, default: 1}}\n", "")],
        &["breaking parameter-removed pets::list"],
    ),
    (
        &[("{type: integer, default: 1}", "{type: string, default: \"1\"}")],
        &["breaking parameter-type pets::list", "silent parameter-default pets::list"],
    ),
    (&[("{type: integer, default: 1}", "{type: integer, default: 2}")], &["silent parameter-default pets::list"]),
    (&[("name: sort, in: query,", "name: sort, in: query, explode: false,")], &["silent parameter-style pets::list"]),
    (&[("name: page, in: query", "name: page, in: header")], &["silent parameter-place pets::list"]),
    (
        &[
            ("name: kind, in: query", "name: x, in: query"),
            ("name: shop, in: query", "name: kind, in: query"),
            ("name: x, in: query", "name: shop, in: query"),
        ],
        &["silent arguments-reordered pets::list"],
    ),
    (&[("name: page, in", "name: Page, in")], &["silent parameter-wire pets::list"]),
    (&[("name: page, in: query,", "name: page, in: query, deprecated: true,")], &["docs deprecated pets::list"]),
    (&[("/pets/{id}/toys/{toy}", "/pets/{toy}/toys/{id}")], &["silent arguments-reordered pets::delete_toy"]),
    (&[("/pets/{id}/toys/{toy}", "/pets/{pet}/toys/{toy}"), ("name: id, in: path", "name: pet, in: path")], &[]),
    (
        &[
            ("/pets/{id}/toys/{toy}", "/pets/{id}/toys"),
            ("        - {name: toy, in: path, required: true, schema: {type: string}}\n", ""),
        ],
        &[
            "breaking parameter-removed pets::delete_toy",
            "silent id-moved pets::delete_toy",
            "silent route-changed pets::delete_toy",
        ],
    ),
    // Bodies.
    (
        &[(
            "      requestBody:\n        required: true\n        content: {application/json: {schema: {$ref: \"#/components/schemas/Pet\"}}}\n",
            "",
        )],
        &["breaking body-removed pets::add", "*"],
    ),
    (&[("        required: true\n        content", "        content")], &["breaking body-required pets::add"]),
    (
        &[(
            "      tags: [Pets]\n      parameters:\n        - {name: id",
            "      tags: [Pets]\n      requestBody: {content: {text/plain: {schema: {type: string}}}}\n      parameters:\n        - {name: id",
        )],
        &["additive body-added pets::delete_toy"],
    ),
    (
        &[(
            "content: {application/json: {schema: {$ref: \"#/components/schemas/Pet\"}}}\n      responses",
            "content: {application/merge-patch+json: {schema: {$ref: \"#/components/schemas/Pet\"}}}\n      responses",
        )],
        &["silent body-media-type pets::add"],
    ),
    (
        &[(
            "content: {application/json: {schema: {$ref: \"#/components/schemas/Pet\"}}}\n      responses",
            "content: {application/json: {schema: {$ref: \"#/components/schemas/Pet\"}}, text/csv: {}}\n      responses",
        )],
        &["breaking body-media-type pets::add"],
    ),
    (
        &[(
            "content: {application/json: {schema: {$ref: \"#/components/schemas/Pet\"}}}\n      responses",
            "content: {application/json: {schema: {$ref: \"#/components/schemas/Fault\"}}}\n      responses",
        )],
        &["breaking body-type pets::add", "*"],
    ),
    // Answers.
    (
        &[("{type: array, items: {$ref: \"#/components/schemas/Pet\"}}", "{$ref: \"#/components/schemas/Pet\"}")],
        &["breaking answer-type pets::list"],
    ),
    (&[("\"201\":", "\"202\":")], &["silent answer-status pets::add"]),
    (
        &[(
            "content: {application/json: {schema: {type: array",
            "content: {application/vnd.pets+json: {schema: {type: array",
        )],
        &["silent answer-accept pets::list"],
    ),
    (
        &[("        \"404\":", "        \"410\":")],
        &["breaking error-removed pets::list", "additive error-added pets::list"],
    ),
    (
        &[("{schema: {$ref: \"#/components/schemas/Fault\"}}", "{schema: {$ref: \"#/components/schemas/Color\"}}")],
        &["breaking error-type pets::list"],
    ),
    (
        &[("X-Total: {schema: {type: integer}}", "X-Total: {schema: {type: string}}")],
        &["breaking header-type pets::list"],
    ),
    (
        &[("X-Total: {schema: {type: integer}}", "X-Count: {schema: {type: integer}}")],
        &["breaking header-removed pets::list", "additive header-added pets::list"],
    ),
    (&[("security: [{token: []}]", "security: [{key: []}]")], &["silent auth-changed pets::list"]),
    // Types.
    (&[("    Color:\n", "    Size: {type: string, enum: [BIG]}\n    Color:\n")], &["additive type-added models::Size"]),
    (
        &[
            ("        color: {$ref: \"#/components/schemas/Color\"}\n", ""),
            ("    Color:\n      type: string\n      enum: [RED, GREEN]\n", ""),
        ],
        &["breaking type-removed models::Color", "breaking field-removed models::Pet"],
    ),
    (
        &[(
            "      type: string\n      enum: [RED, GREEN]",
            "      type: object\n      properties: {red: {type: integer}}",
        )],
        &["breaking type-kind models::Color"],
    ),
    (&[("      type: string\n      enum: [RED, GREEN]", "      type: integer")], &["breaking type-kind models::Color"]),
    (
        &[("        note: {type: string}", "        note: {type: string}\n        age: {type: integer}")],
        &["additive field-added models::Pet"],
    ),
    (
        &[
            ("        note: {type: string}", "        note: {type: string}\n        age: {type: integer}"),
            ("required: [name, kind]", "required: [name, kind, age]"),
        ],
        &["breaking field-required models::Pet"],
    ),
    (&[("required: [name, kind]", "required: [name, kind, note]")], &["breaking field-required models::Pet"]),
    (&[("required: [name, kind]", "required: [name]")], &["breaking field-optional models::Pet"]),
    (
        &[("        note: {type: string}", "        note: {type: string, nullable: true}")],
        &["breaking field-nullable models::Pet"],
    ),
    (&[("        note: {type: string}", "        note: {type: integer}")], &["breaking field-type models::Pet"]),
    (&[("        note: {type: string}\n", "")], &["breaking field-removed models::Pet"]),
    (
        &[("        note: {type: string}", "        note: {type: string, description: What else.}")],
        &["docs docs-changed models::Pet"],
    ),
    (
        &[(
            "        name: {type: string}\n        kind: {type: string}\n",
            "        kind: {type: string}\n        name: {type: string}\n",
        )],
        &["silent arguments-reordered models::Pet"],
    ),
    (&[("enum: [RED, GREEN]", "enum: [RED, GREEN, BLUE]")], &["additive value-added models::Color"]),
    (&[("enum: [RED, GREEN]", "enum: [RED]")], &["breaking value-removed models::Color"]),
    (
        &[("enum: [RED, GREEN]", "enum: [RED, Red, GREEN]")],
        &["breaking value-renamed models::Color", "additive value-added models::Color"],
    ),
    // The variant of all others yields.
    (
        &[("enum: [RED, GREEN]", "enum: [RED, GREEN, UNKNOWN]")],
        &["breaking value-renamed models::Color", "additive value-added models::Color"],
    ),
    // Constructors: a type that is no longer sent, one that is, and one that requires something.
    (
        &[(
            "        required: true\n        content: {application/json: {schema: {$ref: \"#/components/schemas/Pet\"",
            "        required: true\n        content: {application/json: {schema: {$ref: \"#/components/schemas/Fault\"",
        )],
        &["breaking constructor-removed models::Pet", "additive constructor-added models::Fault", "*"],
    ),
    (
        &[(
            "      properties: {message: {type: string}}",
            "      required: [code]\n      properties: {message: {type: string}, code: {type: string}}",
        )],
        &["breaking constructor-removed models::Fault", "additive field-added models::Fault"],
    ),
    // Unions.
    (
        &[(
            "{$ref: \"#/components/schemas/Dog\"}]",
            "{$ref: \"#/components/schemas/Dog\"}, {$ref: \"#/components/schemas/Cow\"}]",
        )],
        &["additive variant-added models::Animal"],
    ),
    (
        &[
            (", {$ref: \"#/components/schemas/Dog\"}]", "]"),
            (", dog: \"#/components/schemas/Dog\"", ""),
            (
                "[{$ref: \"#/components/schemas/Cat\"}]",
                "[{$ref: \"#/components/schemas/Cat\"}, {$ref: \"#/components/schemas/Cow\"}]",
            ),
        ],
        &["additive variant-added models::Animal", "breaking variant-removed models::Animal"],
    ),
    (&[("mapping: {cat:", "mapping: {feline:")], &["silent union-tag models::Animal"]),
    (
        &[(
            "      discriminator: {propertyName: is, mapping: {cat: \"#/components/schemas/Cat\", dog: \"#/components/schemas/Dog\"}}\n",
            "",
        )],
        &["silent union-tag models::Animal", "*"],
    ),
    (
        &[("{type: array, items: {type: string}}]}", "{type: array, items: {type: integer}}]}")],
        &["breaking variant-type models::Sizes"],
    ),
    // The client.
    (&[("shop.example.com/api", "shop.example.com/v2")], &["silent base-path-changed Client::builder"]),
    (&[("shop.example.com/api", "www.example.com/api/")], &["docs server-changed Client::builder"]),
    (&[("    key: {type: apiKey, in: header, name: X-Key}\n", "")], &["breaking client-removed ClientBuilder::key"]),
    (
        &[("    key: {type", "    other: {type: apiKey, in: header, name: X-Other}\n    key: {type")],
        &["additive client-added ClientBuilder::other"],
    ),
];

/// Changes that come of settings: what they were and are, and the changes.
pub(crate) const BY_CONFIG: &[(&str, &str, Changes)] = &[
    (
        "",
        "[[pages]]\noperations = [\"listPets\"]\npage = \"page\"\nreason = \"r\"\n",
        &["additive pages-added pets::list"],
    ),
    (
        "[[pages]]\noperations = [\"listPets\"]\npage = \"page\"\nreason = \"r\"\n",
        "[[pages]]\noperations = [\"listPets\"]\npage = \"page\"\nfirst = 0\nreason = \"r\"\n",
        &["silent pages-changed pets::list"],
    ),
    (
        "[[pages]]\noperations = [\"listPets\"]\npage = \"page\"\nreason = \"r\"\n",
        "",
        &["breaking pages-removed pets::list"],
    ),
    ("", "[[events]]\nlast = [\"end\"]\nreason = \"r\"\n", &["silent events-changed pets::watch_events"]),
    ("", "[schemas.Color]\nrename = \"Colour\"\nreason = \"r\"\n", &["breaking type-renamed models::Colour"]),
];

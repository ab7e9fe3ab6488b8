//! Every fact of the IR that a user of the SDK can feel: one edit each, and what it comes to.

use super::table::{Changes, Edits};

pub(crate) const DOCUMENT: &str = include_str!("depot.yaml");

/// Edits of the document, and what they come to.
pub(crate) const FIELDS: &[(Edits, Changes)] = &[
    // Api, Module.
    (&[("Keeps goods.", "Keeps all.")], &["docs docs-changed crate"]),
    (&[("title: Depot", "title: Store")], &["docs docs-changed crate"]),
    (&[("version: \"1\"", "version: \"2\"")], &[]),
    (&[("default: eu", "default: us")], &[]),
    (&[("example.com/v1", "example.com/v2")], &["silent base-path-changed Client::builder"]),
    (&[("description: What is kept.", "description: All that is kept.")], &["docs docs-changed Client::goods"]),
    (
        &[(
            "  /rooms:\n    get:\n      operationId: watchRooms\n      tags: [Rooms]",
            "  /rooms:\n    get:\n      operationId: watchRooms\n      tags: [Halls]",
        )],
        &["additive module-added Client::halls", "breaking method-renamed halls::watch_rooms"],
    ),
    (
        &[("tags: [Rooms]", "tags: [Goods]"), ("tags: [Rooms]", "tags: [Goods]"), ("tags: [Rooms]", "tags: [Goods]")],
        &[
            "breaking feature-changed Client::goods",
            "breaking method-renamed goods::add_room",
            "breaking method-renamed goods::put_thing",
            "breaking method-renamed goods::watch_rooms",
            "breaking module-removed Client::rooms",
        ],
    ),
    // Operation.
    (
        &[(
            "      operationId: addGood\n",
            "      operationId: addGood\n      servers: [{url: https://in.example.com}]\n",
        )],
        &["silent operation-server goods::add"],
    ),
    (
        &[("  /goods:\n", "  /goods:\n    servers: [{url: https://in.example.com}]\n")],
        &["silent operation-server goods::add", "silent operation-server goods::list"],
    ),
    (&[("  /goods:\n", "  /goods:\n    servers: [{url: \"https://{region}.example.com/v1\"}]\n")], &[]),
    (&[("description: Lists all.", "description: Lists some.")], &["docs docs-changed goods::list"]),
    (
        &[("      description: Lists all.", "      description: Lists all.\n      deprecated: true")],
        &["docs deprecated goods::list"],
    ),
    (&[("{user: []}, {token: [], key: []}", "{token: [], key: []}, {user: []}")], &["silent auth-changed goods::list"]),
    (&[("{user: []}, {token: [], key: []}", "{user: []}, {token: []}")], &["silent auth-changed goods::list"]),
    (&[("{user: []}, {token: [], key: []}", "{user: []}, {token: [], key: []}, {}")], &[]),
    (&[("      security: [{user: []}, {token: [], key: []}]\n", "")], &["silent auth-changed goods::list"]),
    // Webhook.
    (&[("summary: It is kept.", "summary: It is here.")], &["docs docs-changed webhooks::Kept"]),
    (&[("        kept: {\"{$url}\"", "        x-kept: {\"{$url}\"")], &["breaking webhook-removed webhooks::Kept"]),
    (
        &[("        kept: {\"{$url}\"", "        held: {\"{$url}\"")],
        &["additive webhook-added webhooks::Held", "breaking webhook-removed webhooks::Kept"],
    ),
    (
        &[(
            "application/json: {schema: {$ref: \"#/components/schemas/Good\"}}}}, responses: {\"204\": {description: Heard.}}",
            "application/json: {schema: {$ref: \"#/components/schemas/Seen\"}}}}, responses: {\"204\": {description: Heard.}}",
        )],
        &["breaking webhook-type webhooks::Kept"],
    ),
    (
        &[(
            "      operationId: putFiles\n",
            "      operationId: putFiles\n      callbacks: {kept: {\"{$url}\": {post: {requestBody: {content: {application/json: {schema: {$ref: \"#/components/schemas/Seen\"}}}}, responses: {\"204\": {description: Heard.}}}}}}\n",
        )],
        &["additive webhook-added webhooks::PutFilesKept", "breaking webhook-renamed webhooks::AddGoodKept"],
    ),
    // Param.
    (
        &[("name: size, in: query, required: true, schema", "name: size, in: query, schema")],
        &["additive parameter-optional goods::list"],
    ),
    (
        &[
            ("name: size, in: query, required: true, schema", "name: size, in: query, schema"),
            ("{type: integer, default: 10}", "{type: integer, default: 20}"),
        ],
        &["silent parameter-default goods::list"],
    ),
    (
        &[("required: true, schema: {type: integer, default: 10}", "schema: {allOf: [{type: integer, default: 20}]}")],
        &["silent parameter-default goods::list"],
    ),
    (
        &[(
            "{name: X-Trace, in: header, schema: {type: array, ",
            "{name: X-Trace, in: header, schema: {type: array, default: [a], ",
        )],
        &["silent parameter-default goods::list"],
    ),
    (&[("{type: integer, default: 10}", "{type: integer, default: 20}")], &["silent parameter-default goods::list"]),
    (&[("{type: integer, default: 10}", "{type: integer}")], &["breaking parameter-required goods::list"]),
    (
        &[("{type: integer, default: 10}", "{type: integer, format: int32, default: 10}")],
        &["breaking parameter-type goods::list"],
    ),
    (
        &[("description: How many., example: 5", "description: How many at most., example: 5")],
        &["docs docs-changed goods::list"],
    ),
    (&[("example: 5", "example: 6")], &["docs docs-changed goods::list"]),
    (&[("example: 5", "example: 5, deprecated: true")], &["docs deprecated goods::list"]),
    (&[("allowEmptyValue: true, ", "")], &["silent parameter-style goods::list"]),
    (&[("allowReserved: true, ", "")], &["silent parameter-style goods::list"]),
    (&[("style: deepObject", "style: form")], &["silent parameter-style goods::list"]),
    (&[("name: X-Trace, in: header", "name: X-Trace, in: cookie")], &["silent parameter-place goods::list"]),
    (
        &[(
            "in: header, schema: {type: array, items: {type: string}}",
            "in: header, schema: {type: array, items: {type: integer}}",
        )],
        &["breaking parameter-type goods::list"],
    ),
    (
        &[(
            "in: header, schema: {type: array, items: {type: string}}",
            "in: header, content: {application/json: {schema: {type: array, items: {type: string}}}}",
        )],
        &["silent parameter-style goods::list"],
    ),
    // Body, Content.
    (&[("description: The good.", "description: A good.")], &["docs docs-changed goods::add"]),
    (&[("          text/csv: {schema: {type: string}}\n", "")], &["breaking body-media-type goods::add"]),
    (
        &[(
            "          text/csv: {schema: {type: string}}\n",
            "          text/csv: {schema: {type: string}}\n          application/xml: {schema: {type: string, format: binary}}\n",
        )],
        &["additive body-media-type goods::add"],
    ),
    (
        &[(
            "          text/csv: {schema: {type: string}}\n",
            "          text/csv: {schema: {type: string}}\n          text/markdown: {schema: {type: string}}\n",
        )],
        &["breaking variant-renamed goods::AddGoodBody", "breaking body-media-type goods::add"],
    ),
    (
        &[(
            "          text/csv: {schema: {type: string}}\n",
            "          text/tab-separated-values: {schema: {type: string}}\n",
        )],
        &["silent body-media-type goods::add"],
    ),
    (
        &[("text/csv: {schema: {type: string}}", "text/csv: {schema: {type: string, format: binary}}")],
        &["breaking variant-renamed goods::AddGoodBody", "breaking body-type goods::add"],
    ),
    (
        &[(
            "          application/json: {schema: {$ref: \"#/components/schemas/Good\"}}\n          text/csv: {schema: {type: string}}\n",
            "          text/csv: {schema: {type: string}}\n          application/json: {schema: {$ref: \"#/components/schemas/Good\"}}\n",
        )],
        &[],
    ),
    (
        &[(
            "        required: true\n        content:\n          application/json",
            "        content:\n          application/json",
        )],
        &["breaking body-required goods::add"],
    ),
    // FormRule.
    (
        &[(
            "encoding: {marks: {style: form, explode: false}}",
            "encoding: {marks: {style: pipeDelimited, explode: false}}",
        )],
        &["silent body-style rooms::add"],
    ),
    (&[("            encoding: {marks: {style: form, explode: false}}\n", "")], &["silent body-style rooms::add"]),
    (
        &[(
            "          application/x-www-form-urlencoded:\n            schema: {$ref: \"#/components/schemas/Room\"}\n            encoding: {marks: {style: form, explode: false}}\n",
            "          application/json:\n            schema: {$ref: \"#/components/schemas/Room\"}\n",
        )],
        &["silent body-media-type rooms::add"],
    ),
    // Part, PartContent.
    (&[("required: [file, name]", "required: [file]")], &["breaking part-required goods::PutFilesForm"]),
    (&[("required: [file, name]", "required: [file, name, note]")], &["breaking part-required goods::PutFilesForm"]),
    (&[("required: [file, name]", "required: [name, file]")], &[]),
    (&[("                note: {type: string}\n", "")], &["breaking part-removed goods::PutFilesForm"]),
    (
        &[(
            "                note: {type: string}\n",
            "                note: {type: string}\n                more: {type: string}\n",
        )],
        &["additive part-added goods::PutFilesForm"],
    ),
    (
        &[("                note: {type: string}\n", "                note: {type: integer}\n")],
        &["breaking part-type goods::PutFilesForm"],
    ),
    (
        &[("                note: {type: string}\n", "                note: {type: string, format: binary}\n")],
        &["breaking part-type goods::PutFilesForm"],
    ),
    (
        &[("pages: {type: array, items: {type: string, format: binary}}", "pages: {type: string, format: binary}")],
        &["breaking part-type goods::PutFilesForm"],
    ),
    (&[("contentType: image/png", "contentType: image/jpeg")], &["silent part-media-type goods::PutFilesForm"]),
    (&[("description: What it is called.", "description: Its name.")], &["docs docs-changed goods::PutFilesForm"]),
    // Answers, Case.
    (
        &[("        \"200\":\n          description: Kept.", "        \"201\":\n          description: Kept.")],
        &["breaking variant-removed goods::AddGoodAnswer", "additive variant-added goods::AddGoodAnswer"],
    ),
    (
        &[(
            "        \"202\":\n          description: Later.\n          content: {text/plain: {schema: {type: string}}}\n",
            "",
        )],
        &["breaking answer-type goods::add", "silent answer-accept goods::add"],
    ),
    (
        &[("        \"409\":", "        \"203\": {description: Kept already.}\n        \"409\":")],
        &["additive variant-added goods::AddGoodAnswer"],
    ),
    (
        &[(
            "content: {text/plain: {schema: {type: string}}}\n",
            "content: {text/plain: {schema: {type: string, format: binary}}}\n",
        )],
        &["breaking variant-type goods::AddGoodAnswer"],
    ),
    (
        &[("content: {text/plain:", "content: {text/html:")],
        &["silent answer-status goods::AddGoodAnswer", "silent answer-accept goods::add"],
    ),
    (&[("description: Kept.", "description: It is kept.")], &["docs docs-changed goods::add"]),
    (
        &[("\"409\": {description: There already.}", "\"409\": {description: It is there already.}")],
        &["docs docs-changed goods::add"],
    ),
    (
        &[("\"409\": {description: There already.}", "\"410\": {description: Gone.}")],
        &["docs error-removed goods::add", "docs error-added goods::add"],
    ),
    (
        &[(
            "\"409\": {description: There already.}",
            "\"409\": {description: There already., content: {application/json: {schema: {$ref: \"#/components/schemas/Fault\"}}}}",
        )],
        &["additive error-type goods::add"],
    ),
    (
        &[("        default:\n          description: A fault.", "        \"404\":\n          description: A fault.")],
        &["breaking error-removed goods::list", "additive error-added goods::list"],
    ),
    (
        &[(
            "description: A fault.\n          content: {application/json: {schema: {$ref: \"#/components/schemas/Fault\"}}}",
            "description: A fault.\n          content: {application/json: {schema: {$ref: \"#/components/schemas/Seen\"}}}",
        )],
        &["breaking error-type goods::list"],
    ),
    (&[("{\"204\": {description: Put.}", "{\"200\": {description: Put.}")], &["silent answer-status goods::put_files"]),
    // Header.
    (&[("description: How many there are.", "description: The number of all.")], &["docs docs-changed goods::list"]),
    (
        &[("X-Total: {schema: {type: integer}", "X-Total: {schema: {type: integer, format: int32}")],
        &["breaking header-type goods::list"],
    ),
    (&[("X-Total:", "x-total:")], &[]),
    // TypeDef.
    (&[("description: Something kept.", "description: Something that is kept.")], &["docs docs-changed models::Good"]),
    (
        &[("      description: Something kept.", "      description: Something kept.\n      deprecated: true")],
        &["docs deprecated models::Good"],
    ),
    (
        &[("schema: {$ref: \"#/components/schemas/Seen\"}", "schema: {$ref: \"#/components/schemas/Room\"}")],
        &["breaking answer-type rooms::add"],
    ),
    (
        &[("    Seen: {type: object, properties", "    Seen: {type: object, required: [at], properties")],
        &["breaking field-required models::Seen", "breaking constructor-removed models::Seen"],
    ),
    (
        &[("    Seen: {type: object, properties", "    Seen: {type: object, additionalProperties: false, properties")],
        &["docs rules-changed models::Seen"],
    ),
    // Field.
    (&[("maxLength: 80", "maxLength: 90")], &["docs docs-changed models::Good"]),
    (&[("pattern: \"^[a-z]+$\"", "pattern: \"^[a-z0-9]+$\"")], &["docs docs-changed models::Good"]),
    (&[("minimum: 1", "minimum: 0")], &["docs docs-changed models::Good"]),
    // What no type and no documentation says.
    (
        &[(
            "marks: {type: object, additionalProperties: {type: string}}",
            "marks: {type: object, additionalProperties: {type: string, minLength: 1}}",
        )],
        &["docs rules-changed models::Good"],
    ),
    (
        &[("    Fault: {type: object,", "    Fault: {type: object, not: {required: [other]},")],
        &["docs rules-changed models::Fault"],
    ),
    (&[("extra: {type: string}", "extra: {type: string, format: email}")], &["docs rules-changed models::Good"]),
    (&[("example: box", "example: bag")], &["docs docs-changed models::Good"]),
    (&[("readOnly: true", "writeOnly: true")], &[]),
    (&[(", readOnly: true", "")], &["breaking field-required models::Good"]),
    (&[("format: int32, minimum", "minimum")], &["breaking field-type models::Good"]),
    (&[("minimum: 1, default: 3", "minimum: 1, default: 4")], &["silent field-default models::Good"]),
    // In what the member refers to.
    (&[("State: {type: string, ", "State: {type: string, default: NEW, ")], &["silent field-default models::Good"]),
    (&[("secret: {type: string, format: password}", "secret: {type: string}")], &["silent field-secret models::Good"]),
    (&[("old: {type: string, deprecated: true}", "old: {type: string}")], &["docs deprecated models::Good"]),
    (
        &[("        extra: {type: string}\n", "")],
        &["breaking field-renamed models::Good", "breaking field-removed models::Good"],
    ),
    (
        &[(
            "marks: {type: object, additionalProperties: {type: string}}",
            "marks: {type: object, additionalProperties: {type: integer}}",
        )],
        &["breaking field-type models::Good"],
    ),
    (&[("by: {type: string, nullable: true}", "by: {type: string}")], &["breaking field-nullable models::Seen"]),
    (&[("at: {type: string, format: date}", "at: {type: string}")], &["breaking field-type models::Seen"]),
    (
        &[(
            "        child: {$ref: \"#/components/schemas/Good\"}",
            "        child: {$ref: \"#/components/schemas/Room\"}",
        )],
        &["breaking field-type models::Good"],
    ),
    // Variant.
    (&[("enum: [NEW, USED, unknown]", "enum: [USED, NEW, unknown]")], &["silent values-reordered models::State"]),
    (
        &[("enum: [NEW, USED, unknown]", "enum: [NEW, USED]")],
        &["breaking value-renamed models::State", "breaking value-removed models::State"],
    ),
    // Union, Alternative.
    (
        &[(
            "{oneOf: [{$ref: \"#/components/schemas/Box\"}, {$ref: \"#/components/schemas/Sack\"}]}",
            "{oneOf: [{$ref: \"#/components/schemas/Sack\"}, {$ref: \"#/components/schemas/Box\"}]}",
        )],
        &["silent union-tag models::Loose"],
    ),
    (
        &[("mapping: {box:", "mapping: {crate:")],
        &["silent field-tag models::BoxModel", "silent union-tag models::Thing"],
    ),
    (
        &[("propertyName: is", "propertyName: kind")],
        &["breaking field-tag models::Bag", "breaking field-tag models::BoxModel", "silent union-tag models::Thing"],
    ),
    (
        &[(
            "Bag: {type: object, required: [is, width], properties: {is",
            "Bag: {type: object, required: [width], properties: {is",
        )],
        &["breaking field-optional models::Bag"],
    ),
    (
        &[(
            "      discriminator: {propertyName: is, mapping: {box: \"#/components/schemas/Box\", bag: \"#/components/schemas/Bag\"}}\n",
            "",
        )],
        &["breaking field-tag models::Bag", "breaking field-tag models::BoxModel", "silent union-tag models::Thing"],
    ),
    // SecurityScheme, ApiKey.
    (&[("description: A token.", "description: A new token.")], &["docs docs-changed Client"]),
    (
        &[("name: X-Key, description: The key.", "name: X-Key, description: A key.")],
        &["docs docs-changed ClientBuilder::key"],
    ),
    (&[("in: header, name: X-Key", "in: query, name: X-Key")], &["silent client-changed ClientBuilder::key"]),
    (
        &[("in: header, name: X-Key", "in: header, name: X-Other")],
        &["silent client-changed ClientBuilder::key", "silent auth-changed goods::list"],
    ),
];

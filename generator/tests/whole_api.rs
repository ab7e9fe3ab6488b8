//! What is known to be hard about a large API, where it is about what is generated, or about what no
//! shipped API has. The other facts are tested on the wire, in `generated-client/tests/whole_api/`.
#![allow(clippy::disallowed_methods, reason = "tests read the specs")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use specsmith::diagnostics::{Level, Place};
use specsmith::files::{Drift, FileSet};
use specsmith::ir::{Answer, Field, Operation, Payload, Presence, Scheme, Shape, TypeRef};
use specsmith::{Input, Outcome};

/// Generates from paths and schemas, each an indented piece of YAML.
fn generate(paths: &str, schemas: &str, config: &str) -> Outcome {
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: Facts, version: '1'}}\npaths:\n{paths}\ncomponents:\n  securitySchemes:\n    \
         bearerAuth: {{type: http, scheme: bearer}}\n    basicAuth: {{type: http, scheme: basic}}\n  schemas:\n{schemas}\n"
    );
    run(&document, config)
}

fn run(document: &str, config: &str) -> Outcome {
    let input = Input {
        document: document.as_bytes(),
        document_name: "facts.yaml",
        config,
        name: Some("facts"),
        ..Input::default()
    };
    let outcome = specsmith::generate(input);
    assert_eq!(outcome.report.count(Level::Error), 0, "{:#?}", outcome.report);
    outcome
}

/// The operation of this id.
fn operation<'a>(outcome: &'a Outcome, id: &str) -> &'a Operation {
    let modules = &outcome.api.as_ref().unwrap().modules;
    modules.iter().flat_map(|module| &module.operations).find(|found| found.ids[0] == id).unwrap()
}

/// The members of a schema's type.
fn fields<'a>(outcome: &'a Outcome, schema: &str) -> BTreeMap<&'a str, &'a Field> {
    let types = &outcome.api.as_ref().unwrap().types;
    let Shape::Struct { fields, .. } = &types.iter().find(|def| def.schema.as_deref() == Some(schema)).unwrap().shape
    else {
        panic!("{schema} is no struct")
    };
    fields.iter().map(|field| (field.wire.as_str(), field)).collect()
}

/// A generated file.
fn file<'a>(outcome: &'a Outcome, path: &str) -> &'a str {
    outcome.files.as_ref().unwrap().get(path).unwrap_or_else(|| panic!("no {path}"))
}

/// `additionalProperties: false` makes no reader strict: a struct keeps what it does not know, and an
/// object without known members stays any value.
#[test]
fn fact_04_closed_objects_stay_open() {
    let outcome = generate(
        "  /flows:\n    get: {operationId: getFlow, responses: {'200': {description: A flow., content: \
         {application/json: {schema: {$ref: '#/components/schemas/Flow'}}}}}}",
        "    Flow:\n      type: object\n      additionalProperties: false\n      properties:\n        id: {type: string}\n        \
         variables: {type: object, additionalProperties: false}\n",
        "",
    );
    let flow = file(&outcome, "src/models/flow.rs");
    assert!(flow.contains("#[serde(flatten)]\n    pub extra:"), "{flow}");
    assert_eq!(fields(&outcome, "Flow")["variables"].ty, TypeRef::Any);
    for (path, text) in outcome.files.as_ref().unwrap().iter() {
        assert!(!text.contains("deny_unknown_fields"), "{path}");
    }
}

/// Values of an enum that differ in case alone are two variants, each with its own text.
#[test]
fn fact_06_values_that_differ_in_case_are_two_variants() {
    let outcome = generate(
        "  /jobs:\n    get: {operationId: getState, responses: {'200': {description: A state., content: \
         {application/json: {schema: {$ref: '#/components/schemas/State'}}}}}}",
        "    State: {type: string, enum: [RUNNING, Running, running]}",
        "",
    );
    let state = &outcome.api.as_ref().unwrap().types[0];
    let Shape::Enum { variants, .. } = &state.shape else { panic!("{state:?}") };
    let mut names: Vec<String> = variants.iter().map(|variant| variant.name.to_string()).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 3, "{names:?}");
    let wires: Vec<&str> = variants.iter().map(|variant| variant.wire.as_str()).collect();
    assert_eq!(wires, ["RUNNING", "Running", "running"]);
}

/// CSV is one text, though the document types it as a list; bytes are bytes, though it calls them Base64
/// (`byte`).
#[test]
fn fact_11_csv_is_one_text_and_bytes_are_bytes() {
    let answer = |media_type: &str, schema: &str| {
        let paths = format!(
            "  /export:\n    get: {{operationId: export, responses: {{'200': {{description: Data., content: \
             {{{media_type}: {{schema: {schema}}}}}}}}}}}"
        );
        let outcome = generate(&paths, "    Unused: {type: string}", "");
        let cases = &operation(&outcome, "export").answers.successes;
        format!("{:?}", cases[0].answer)
    };
    for schema in ["{type: array, items: {type: string}}", "{type: array, items: {type: object}}", "{type: string}"] {
        assert_eq!(answer("text/csv", schema), format!("{:?}", Answer::Text), "{schema}");
    }
    for format in ["byte", "binary"] {
        let schema = format!("{{type: string, format: {format}}}");
        assert_eq!(answer("application/octet-stream", &schema), format!("{:?}", Answer::Bytes), "{schema}");
    }
}

/// SCIM's `application/scim+json` is JSON, sent and asked for under its own name, and its routes have
/// the credentials that the settings say, for the document asks for none.
#[test]
fn fact_11_scim_is_json_with_credentials() {
    let outcome = generate(
        "  /scim/v2/Users:\n    post:\n      tags: [SCIM]\n      operationId: createScimUser\n      requestBody: {required: true, \
         content: {application/scim+json: {schema: {$ref: '#/components/schemas/ScimUser'}}}}\n      responses: {'201': \
         {description: The user., content: {application/scim+json: {schema: {$ref: '#/components/schemas/ScimUser'}}}}}\n  \
         /status:\n    get: {operationId: getStatus, responses: {'200': {description: Fine.}}}",
        "    ScimUser:\n      type: object\n      required: [userName]\n      properties: {userName: {type: string}}",
        "[[security]]\nroutes = '/scim/*'\nschemes = [['bearerAuth'], ['basicAuth']]\nreason = 'SCIM asks for a token.'\n",
    );
    let create = operation(&outcome, "createScimUser");
    assert_eq!(create.security, [[Scheme::Bearer], [Scheme::Basic]]);
    assert!(operation(&outcome, "getStatus").security.is_empty());
    let content = &create.body.as_ref().unwrap().contents[0];
    assert_eq!(content.media_type, "application/scim+json");
    assert!(matches!(content.payload, Payload::Json(_)), "{content:?}");
    assert_eq!(create.answers.accept, ["application/scim+json"]);
    assert!(matches!(create.answers.successes[0].answer, Answer::Json(_)));
    let code = file(&outcome, "src/api/scim.rs");
    for piece in [
        r#".json("application/scim+json", body)"#,
        r#"accept: Some("application/scim+json")"#,
        "auth: &[&[Scheme::Bearer], &[Scheme::Basic]]",
    ] {
        assert!(code.contains(piece), "{piece} in {code}");
    }
    let repairs: Vec<_> = outcome.report.diagnostics().iter().filter(|found| found.code == "repaired").collect();
    assert!(repairs.len() == 1 && repairs[0].message.contains("`/scim/*`"), "the report tells: {repairs:#?}");
}

/// What several parts of an `allOf` declare is one member: the last declaration counts, and it is required
/// if any of them says so. An `allOf` of one reference is the type it refers to, and may add null.
#[test]
fn fact_16_diamonds_are_one_struct_and_wrappers_are_no_type() {
    let outcome = generate(
        "  /d:\n    get: {operationId: getD, responses: {'200': {description: D., content: {application/json: {schema: \
         {$ref: '#/components/schemas/D'}}}}}}",
        "    A: {type: object, required: [id], properties: {id: {type: string}, labels: {type: array, items: {type: \
         string}}}}\n    B: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {b: {type: string}}}]}\n    \
         C: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, required: [labels], properties: {c: {type: \
         string}}}]}\n    D:\n      allOf:\n      - {$ref: '#/components/schemas/B'}\n      - {$ref: \
         '#/components/schemas/C'}\n      - type: object\n        properties:\n          labels: {type: object, \
         additionalProperties: {type: string}}\n          level: {allOf: [{$ref: '#/components/schemas/Level'}]}\n          \
         least: {nullable: true, allOf: [{$ref: '#/components/schemas/Level'}]}\n    Level: {type: string, enum: [LOW, HIGH]}",
        "",
    );
    let d = fields(&outcome, "D");
    assert_eq!(d.keys().copied().collect::<Vec<_>>(), ["b", "c", "id", "labels", "least", "level"]);
    assert_eq!(d["labels"].ty, TypeRef::Map(Box::new(TypeRef::String)));
    assert_eq!((d["labels"].presence, d["id"].presence), (Presence::Required, Presence::Required));
    let types = &outcome.api.as_ref().unwrap().types;
    let level = types.iter().position(|def| def.schema.as_deref() == Some("Level")).unwrap();
    for (name, presence) in [("level", Presence::Optional), ("least", Presence::OptionalNullable)] {
        let TypeRef::Named(id) = d[name].ty else { panic!("{:?}", d[name].ty) };
        assert_eq!((id.0, d[name].presence), (level, presence));
    }
    assert_eq!(types.len(), 5, "no type but the components: {types:#?}");
}

/// A parameter that the path has a place for, but the document declares as one of the query, is the
/// path's; the report says so, with the place.
#[test]
fn fact_18_a_path_parameter_declared_as_query_is_the_paths() {
    let outcome = generate(
        "  /metrics/{serviceType}:\n    get:\n      tags: [Metrics]\n      operationId: listMetrics\n      parameters:\n      - \
         {name: serviceType, in: query, schema: {type: string}}\n      - {name: since, in: query, schema: {type: string}}\n      \
         responses: {'200': {description: Figures.}}",
        "    Unused: {type: string}",
        "",
    );
    let warnings: Vec<_> = outcome.report.diagnostics().iter().filter(|found| found.level == Level::Warning).collect();
    let [warning] = warnings.as_slice() else { panic!("{warnings:#?}") };
    assert_eq!(warning.code, "misplaced-path-parameter");
    let Place::Document(at) = &warning.place else { panic!("{warning:?}") };
    assert_eq!(at.to_string(), "/paths/~1metrics~1{serviceType}/get/parameters/0/in");
    let code = file(&outcome, "src/api/metrics.rs");
    for piece in [
        "pub fn list(&self, service_type: &str)",
        r#".path("serviceType", service_type)"#,
        r#"params: &[Param::query("since")]"#,
    ] {
        assert!(code.contains(piece), "{piece} in {code}");
    }
}

/// The shipped document, its settings, and what is generated from them.
fn shipped() -> &'static (String, String, FileSet) {
    static SHIPPED: OnceLock<(String, String, FileSet)> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
        let read = |name| fs::read_to_string(specs.join(name)).unwrap();
        let (document, config) = (read("kestra.yaml"), read("kestra.toml"));
        let files = files(&document, &config);
        (document, config, files)
    })
}

fn files(document: &str, config: &str) -> FileSet {
    run(document, config).files.unwrap()
}

/// How a folder with the first files differs from the second.
fn drift(present: &FileSet, files: &FileSet) -> Drift {
    files.diff(&present.iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect())
}

/// The same document gives the same bytes, and neither the version of the document nor a date is in them.
#[test]
fn fact_19_two_runs_give_the_same_bytes() {
    let (document, config, once) = shipped();
    assert_eq!(*once, files(document, config));
    let version = document.lines().find(|line| line.starts_with("  version: ")).unwrap();
    let other = document.replacen(version, "  version: 2099-12-31T23:59:58-stamped", 1);
    assert_ne!(*document, other);
    assert_eq!(drift(once, &files(&other, config)), Drift { unchanged: once.len(), ..Drift::default() });
}

/// An operation more changes the files of its module and the counts of the indexes, and no other file; one
/// less does the same.
#[test]
fn fact_19_an_operation_changes_its_module_alone() {
    let (document, config, before) = shipped();
    let route = "  /api/v1/{tenant}/flows/validate:\n";
    let more = document.replacen(
        route,
        &format!(
            "  /api/v1/{{tenant}}/flows/count:\n    get:\n      tags: [Flows]\n      summary: Count the flows\n      operationId: \
             countFlows\n      parameters:\n      - $ref: '#/components/parameters/tenant'\n      responses:\n        '200':\n          \
             description: The number.\n          content: {{application/json: {{schema: {{type: integer, format: int64}}}}}}\n      \
             security: [{{bearerAuth: []}}, {{basicAuth: []}}]\n{route}"
        ),
        1,
    );
    let after = files(&more, config);
    let there = drift(before, &after);
    assert_eq!(there.changed, ["README.md", "docs/FlowsApi.md", "docs/README.md", "src/api/flows.rs"]);
    assert_eq!((&there.missing, &there.stale), (&Vec::new(), &Vec::new()));
    assert_eq!(drift(&after, before), there, "and back");
    let lines = |set: &FileSet, path| set.get(path).unwrap().lines().count();
    for index in ["README.md", "docs/README.md"] {
        assert!(lines(&after, index).abs_diff(lines(before, index)) <= 1, "{index}");
    }
}

/// A module and a type more are files of their own, beside which only the indexes change; without them
/// their files are the stale ones.
#[test]
fn fact_19_a_module_comes_and_goes_with_its_files() {
    let (document, config, before) = shipped();
    let more = document
        .replacen(
            "paths:\n",
            "paths:\n  /api/v1/{tenant}/banners:\n    get:\n      tags: [Banners]\n      operationId: listBanners\n      parameters:\n      \
             - $ref: '#/components/parameters/tenant'\n      responses:\n        '200':\n          description: The banners.\n          \
             content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Banner'}}}}\n",
            1,
        )
        .replacen(
            "  schemas:\n",
            "  schemas:\n    Banner: {type: object, properties: {message: {type: string}}}\n",
            1,
        );
    let after = files(&more, config);
    let there = drift(before, &after);
    let own = ["docs/BannersApi.md", "docs/models/Banner.md", "src/api/banners.rs", "src/models/banner.rs"];
    let indexes = [
        ".generated-files",
        "Cargo.toml",
        "README.md",
        "docs/README.md",
        "src/api/mod.rs",
        "src/lib.rs",
        "src/models/mod.rs",
        "src/rules.rs",
    ];
    assert_eq!(there.missing, own);
    assert_eq!(there.changed, indexes);
    assert_eq!(there.stale, [] as [String; 0]);
    let back = drift(&after, before);
    assert_eq!((back.stale, back.changed, back.missing), (there.missing, there.changed, Vec::new()));
}

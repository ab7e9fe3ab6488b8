//! The suite's files, and the document that is made of their schemas.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A version of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Draft {
    /// The one of OpenAPI 3.1.
    V2020,
    /// The one that OpenAPI 3.0 is made of.
    V4,
}

impl Draft {
    /// Its folder in the suite.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::V2020 => "draft2020-12",
            Self::V4 => "draft4",
        }
    }

    fn openapi(self) -> &'static str {
        match self {
            Self::V2020 => "3.1.0",
            Self::V4 => "3.0.3",
        }
    }
}

/// The files of a draft.
pub(super) struct Suite {
    pub(super) draft: Draft,
    groups: Vec<Group>,
}

/// A schema with its values.
struct Group {
    /// The file's name, without its ending.
    file: String,
    described: Described,
}

#[derive(Deserialize)]
struct Described {
    description: String,
    schema: Value,
    tests: Vec<Test>,
}

#[derive(Deserialize)]
struct Test {
    description: String,
    data: Value,
    valid: bool,
}

/// A value, and what is said of it.
pub(super) struct Case<'a> {
    pub(super) file: &'a str,
    pub(super) group: &'a str,
    pub(super) name: &'a str,
    pub(super) data: &'a Value,
    pub(super) valid: bool,
    /// The component with its schema.
    pub(super) component: String,
}

impl Suite {
    /// Reads the files of a draft.
    pub(super) fn read(folder: &Path, draft: Draft) -> Result<Self, String> {
        let mut groups = Vec::new();
        let root = folder.join("tests").join(draft.name());
        for (inside, prefix) in [("", ""), ("optional", "optional/"), ("optional/format", "optional/format/")] {
            let folder = root.join(inside);
            let cannot = |error: std::io::Error| format!("cannot read {}: {error}", folder.display());
            let mut paths = Vec::new();
            for entry in fs::read_dir(&folder).map_err(cannot)? {
                paths.push(entry.map_err(cannot)?.path());
            }
            paths.retain(|path| path.extension().is_some_and(|end| end == "json"));
            paths.sort();
            for path in paths {
                let text = fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
                let read: Vec<Described> =
                    serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()))?;
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                let file = format!("{prefix}{stem}");
                groups.extend(read.into_iter().map(|described| Group { file: file.clone(), described }));
            }
        }
        Ok(Self { draft, groups })
    }

    /// All values, in the order of the files.
    pub(super) fn cases(&self) -> impl Iterator<Item = Case<'_>> {
        self.groups.iter().enumerate().flat_map(|(index, Group { file, described })| {
            described.tests.iter().map(move |test| Case {
                file,
                group: &described.description,
                name: &test.description,
                data: &test.data,
                valid: test.valid,
                component: component(index),
            })
        })
    }

    /// The document with all schemas.
    pub(super) fn document(&self) -> Value {
        let schemas = self.groups.iter().enumerate().map(|(index, group)| {
            let (name, mut schema) = (component(index), group.described.schema.clone());
            match (self.draft, &mut schema) {
                // What it refers to is inside it.
                (Draft::V2020, Value::Object(members)) if !members.contains_key("$id") => {
                    members.insert("$id".to_owned(), format!("https://suite.example/{name}").into());
                }
                (Draft::V2020, _) => {}
                (Draft::V4, schema) => redirect(schema, &name),
            }
            (name, schema)
        });
        json!({
            "openapi": self.draft.openapi(),
            "info": {"title": "Suite", "version": "1"},
            "paths": {},
            "components": {"schemas": Map::from_iter(schemas)},
        })
    }
}

fn component(index: usize) -> String {
    format!("Suite{index:04}")
}

/// OpenAPI 3.0 has no identifiers: what refers to the schema itself refers to the component.
fn redirect(value: &mut Value, name: &str) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref")
                && let Some(inside) = reference.strip_prefix('#')
            {
                *reference = format!("#/components/schemas/{name}{inside}");
            }
            // Values are no schemas, whatever they look like.
            let schemas = members.iter_mut().filter(|(key, _)| *key != "enum");
            schemas.for_each(|(_, member)| redirect(member, name));
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| redirect(element, name)),
        _ => {}
    }
}

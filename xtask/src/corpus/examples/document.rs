//! One document's examples, in a process of its own: which are valid, and the types to prove them by.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use jsonschema::Draft;
use serde::{Deserialize, Serialize};
use specsmith::diagnostics::Pointer;
use specsmith::files::FileSet;
use specsmith::ir::TypeDef;

use super::batch::put;
use super::collect;
use super::dialect;
use super::judge::{Judge, Verdict};
use super::make::Maker;
use super::member::{self, Members};
use super::texts;
use super::typed::Types;
use super::whole;
use crate::corpus::CorpusExamples;
use crate::corpus::document::{declared, may_be_document};
use crate::files::Reach;
use crate::input::Texted;

/// What is known of a document before its types are compiled.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Prepared {
    /// Whether an SDK of it was generated.
    pub(super) generated: bool,
    pub(super) tasks: Vec<Task>,
    /// How many types its examples are read as.
    pub(super) types: usize,
    /// The bytes of its models.
    pub(super) bytes: usize,
    /// What the models use of the runtime.
    pub(super) runtime: Vec<String>,
    /// How many examples were left out, by the reason.
    pub(super) left_out: BTreeMap<String, usize>,
    /// What was mended in its schemas for the validator, and how often.
    pub(super) mended: BTreeMap<String, usize>,
    /// Where those are that have no type, for whoever wants to see them.
    pub(super) untyped: Vec<String>,
}

/// A value that is to be read and written.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Task {
    /// Where it stands.
    pub(super) at: String,
    /// Its type's place in the table.
    pub(super) ty: usize,
    /// What the type is called.
    pub(super) name: String,
    pub(super) text: String,
    pub(super) is_valid: bool,
    /// Whether it was made, and is no example.
    pub(super) is_made: bool,
}

/// Runs the hidden task: what was prepared goes to the standard output, the module into the folder.
pub(crate) fn run(options: &CorpusExamples) -> Result<ExitCode, String> {
    let prepared = prepare(options)?;
    println!("{}", serde_json::to_string(&prepared).map_err(|error| format!("cannot write JSON: {error}"))?);
    Ok(ExitCode::SUCCESS)
}

/// None if it is no document.
fn prepare(options: &CorpusExamples) -> Result<Option<Prepared>, String> {
    let reach = Reach { root: Some(options.root.clone()), ..Reach::default() };
    let texted = Texted::read(&options.document, None, None)?.reaching(&reach)?;
    if !may_be_document(&texted.document) {
        return Ok(None);
    }
    let outcome = specsmith::generate(texted.input());
    let (source, whole) = specsmith::whole(texted.input());
    let (Some(files), Some(api), Some(document)) = (&outcome.files, &outcome.api, whole) else {
        let (is_document, _) = declared(&texted.document, outcome.source.text());
        return Ok(is_document.then(Prepared::default));
    };
    let places = specsmith::typed_places(api, &outcome.report);
    let types = Types::new(&places, &outcome.report);
    let collected = collect::examples(&document);
    let mut prepared = Prepared { generated: true, left_out: collected.left_out, ..Prepared::default() };
    let mut translated = document;
    let draft = dialect::translate(&mut translated, &mut prepared.mended);
    let wholes = whole::add(&mut translated, &api.types);
    let mut meant = translated.clone();
    dialect::expect_what_is_meant(&mut meant);
    let mut judge = Judge::new(&translated, &meant, draft)?;
    let mut members = Members::new(files);
    let mut table = Table::default();
    for example in &collected.examples {
        let typed = match types.of(example) {
            Ok(typed) => typed,
            Err(reason) => {
                if reason == "of no type of its own" {
                    prepared.untyped.push(example.at.to_string());
                }
                *prepared.left_out.entry(reason).or_default() += 1;
                continue;
            }
        };
        let schemas = [Some(&example.schema), typed.schema.as_ref()];
        let mut text = texts::text(&example.value, &example.at, &source);
        let mut name = typed.ty;
        if let Some(member) = &typed.member
            && let Some(alone) = members.alone(member)
        {
            (name, text) = (alone, member::wrapped(member, &text));
        }
        match judge.all(schemas.into_iter().flatten(), &example.value) {
            Ok(Verdict::Oversight) => *prepared.left_out.entry(OVERSIGHT.to_owned()).or_default() += 1,
            Ok(verdict) => prepared.tasks.push(Task {
                at: example.at.to_string(),
                ty: table.index(&name),
                name,
                text,
                is_valid: verdict == Verdict::Valid,
                is_made: false,
            }),
            Err(why) => {
                let why = why.lines().next().unwrap_or_default().to_owned();
                *prepared.left_out.entry(format!("the validator cannot read its schema: {why}")).or_default() += 1;
            }
        }
    }
    let maker = Maker::new(&translated, draft == Draft::Draft4);
    // What is made of the parameters of a form has no schema of its own.
    let has_schema = |ty: &&TypeDef| {
        let list = ty.written.as_str().rsplit_once('/').map_or("", |(list, _)| list);
        !list.ends_with("/parameters") || list == "/components/parameters"
    };
    for ty in api.types.iter().filter(has_schema) {
        let schema = wholes.get(&ty.written).unwrap_or(&ty.written);
        made(ty, schema, maker, options.made, &mut judge, &mut table, &mut prepared);
    }
    prepared.types = table.types.len();
    write(files, &table, &members, &options.out, &mut prepared)?;
    Ok(Some(prepared))
}

/// Why some examples are left out, though a validator takes them.
const OVERSIGHT: &str = "no object, where a schema has `properties` and says no `type`";

/// So often as many values as wanted are made, at most, to have that many that are valid.
const ATTEMPTS: usize = 4;

/// Makes values for a type, by a schema of it.
fn made(
    ty: &TypeDef,
    schema: &Pointer,
    maker: Maker<'_>,
    wanted: usize,
    judge: &mut Judge<'_>,
    table: &mut Table,
    prepared: &mut Prepared,
) {
    let mut texts = BTreeSet::new();
    let (mut valid, mut others) = (0, 0);
    for number in 0..wanted * ATTEMPTS {
        let Some(value) = maker.value(schema, number) else { continue };
        let Ok(verdict) = judge.all([schema], &value) else { return };
        let is_valid = verdict == Verdict::Valid;
        let (count, most) = if is_valid { (&mut valid, wanted) } else { (&mut others, wanted / 4) };
        let text = value.to_string();
        if verdict == Verdict::Oversight || *count >= most || !texts.insert(text.clone()) {
            continue;
        }
        *count += 1;
        let name = format!("models::{}", ty.name);
        let name = if value.is_null() { format!("Option<{name}>") } else { name };
        let at = format!("{} (made, {number})", ty.written);
        prepared.tasks.push(Task { at, ty: table.index(&name), name, text, is_valid, is_made: true });
        if valid >= wanted {
            break;
        }
    }
}

/// The types that examples are read as.
#[derive(Default)]
struct Table {
    types: Vec<String>,
    indices: BTreeMap<String, usize>,
}

impl Table {
    fn index(&mut self, ty: &str) -> usize {
        if let Some(index) = self.indices.get(ty) {
            return *index;
        }
        let index = self.types.len();
        self.types.push(ty.to_owned());
        self.indices.insert(ty.to_owned(), index);
        index
    }

    /// A module with a function for each.
    fn text(&self) -> String {
        let mut out = "pub mod models;\n".to_owned();
        if self.types.iter().any(|ty| ty.starts_with("Nullable<")) {
            out.push_str("use crate::runtime::Nullable;\n");
        }
        out.push_str("\npub const TABLE: &[crate::Through] = &[\n");
        self.types.iter().for_each(|ty| out.push_str(&format!("    crate::through::<{ty}>,\n")));
        out + "];\n"
    }
}

/// Writes the module of a document: its models, and the table.
fn write(
    files: &FileSet,
    table: &Table,
    members: &Members<'_>,
    out: &Path,
    prepared: &mut Prepared,
) -> Result<(), String> {
    let cannot = |error: std::io::Error| format!("cannot write {}: {error}", out.display());
    fs::create_dir_all(out.join("models")).map_err(cannot)?;
    for (path, text) in files.iter() {
        let Some(name) = path.strip_prefix("src/models/") else { continue };
        let added = members.added(name);
        prepared.bytes += text.len() + added.len();
        prepared.runtime.extend(super::runtime::uses(text, "crate::runtime::"));
        let text = if name == "mod.rs" { opened(text) } else { format!("{text}{added}") };
        put(&out.join("models").join(name), &text)?;
    }
    let text = table.text();
    prepared.runtime.extend(super::runtime::uses(&text, "crate::runtime::"));
    prepared.runtime.sort();
    prepared.runtime.dedup();
    put(&out.join("mod.rs"), &text)
}

/// The list of modules with all of them, whatever features there are, and with what is in them.
fn opened(text: &str) -> String {
    let mut parts = text.split("#[cfg(");
    let first = parts.next().unwrap_or_default().to_owned();
    let all = parts.fold(first, |out, part| out + part.split_once(")]").map_or(part, |(_, rest)| rest));
    all.replace("\nmod ", "\npub mod ")
}

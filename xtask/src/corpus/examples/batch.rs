//! Crates with the types of several documents each, compiled and run.

use std::collections::{BTreeSet, VecDeque};
use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Document;
use super::runtime;
use crate::corpus::limits::{self, Limits};
use crate::corpus::{remove, workshop};
use crate::generate::workspace;

/// So much text of models is compiled in one crate, unless one document has more: a compiler takes about a
/// gigabyte for it.
const BYTES: usize = 1 << 20;

/// What compiling all may take, and what one run may.
const LIMITS: Limits = Limits { seconds: 7200, mebibytes: 16 * 1024 };
const RUN: Limits = Limits { seconds: 600, mebibytes: 8 * 1024 };

const RUNNER: &str = include_str!("runner.rs");

/// What came of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Came {
    Written(String),
    Failed(String),
    Panicked(String),
}

/// Where the crates lie that are made of the documents below a folder, and what names them.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) folder: PathBuf,
    name: String,
}

impl Site {
    /// That of a folder; no other folder's crates are there, and none have its names.
    pub(super) fn of(root: &Path) -> Self {
        let mut hasher = DefaultHasher::new();
        root.hash(&mut hasher);
        let name = format!("examples-{:08x}", hasher.finish() as u32);
        Self { folder: workshop().join("examples").join(&name), name }
    }

    /// Keeps other runs over the same folder waiting until the file is dropped.
    pub(super) fn lock(&self) -> Result<File, String> {
        let cannot = |error: std::io::Error| format!("cannot lock {}: {error}", self.folder.display());
        fs::create_dir_all(&self.folder).map_err(cannot)?;
        let file = File::create(self.folder.join("lock")).map_err(cannot)?;
        file.lock().map_err(cannot)?;
        Ok(file)
    }

    fn package(&self, number: usize) -> String {
        format!("{}-{number}", self.name)
    }

    /// Removes all that is made for this folder; what other folders need too stays.
    pub(super) fn clear(&self) -> Result<(), String> {
        let built = [
            Self::target().join("debug"),
            Self::target().join("debug/deps"),
            Self::target().join("debug/.fingerprint"),
        ];
        let own = [format!("{}-", self.name), format!("{}-", self.name.replace('-', "_"))];
        for entry in built.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
            let name = entry.file_name();
            if own.iter().any(|own| name.to_string_lossy().starts_with(own)) {
                let path = entry.path();
                let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
                removed.map_err(|error| format!("cannot remove {}: {error}", path.display()))?;
            }
        }
        remove(&self.folder)
    }

    /// What is compiled lies together: all need the same crates.
    fn target() -> PathBuf {
        workshop().join("examples/target")
    }
}

/// Compiles the types of these documents and sends all values through them: for each document, what came of
/// each of its tasks; none for a document whose types do not compile.
pub(super) fn run(site: &Site, documents: &[Document], jobs: usize) -> Result<Vec<Option<Vec<Came>>>, String> {
    let mut came: Vec<Option<Vec<Came>>> = documents.iter().map(|_| None).collect();
    let mut left: Vec<usize> =
        (0..documents.len()).filter(|index| !documents[*index].prepared.tasks.is_empty()).collect();
    while !left.is_empty() {
        let batches = batches(documents, &left);
        write(site, documents, &batches)?;
        let broken = compile(site, documents, &batches, jobs)?;
        if !broken.is_empty() {
            left.retain(|index| !broken.contains(index));
            continue;
        }
        for (number, batch) in batches.iter().enumerate() {
            for (index, results) in batch.iter().zip(through(site, documents, number, batch)?) {
                came[*index] = Some(results);
            }
        }
        break;
    }
    Ok(came)
}

/// Documents that go together.
fn batches(documents: &[Document], left: &[usize]) -> Vec<Vec<usize>> {
    let mut batches: Vec<(usize, Vec<usize>)> = Vec::new();
    for index in left {
        let bytes = documents[*index].prepared.bytes;
        match batches.last_mut() {
            Some((sum, batch)) if *sum + bytes <= BYTES => {
                *sum += bytes;
                batch.push(*index);
            }
            _ => batches.push((bytes, vec![*index])),
        }
    }
    batches.into_iter().map(|(_, batch)| batch).collect()
}

/// Writes a file unless that is what it holds, so that nothing is compiled twice.
pub(super) fn put(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    let cannot = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
    fs::create_dir_all(path.parent().unwrap_or(path)).map_err(cannot)?;
    fs::write(path, text).map_err(cannot)
}

fn write(site: &Site, documents: &[Document], batches: &[Vec<usize>]) -> Result<(), String> {
    let folder = &site.folder;
    let names: Vec<String> = (0..batches.len()).map(|number| format!("{:?}", site.package(number))).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\nincremental = false\nopt-level = 0\n",
        names.join(", ")
    );
    put(&folder.join("Cargo.toml"), &manifest)?;
    if !folder.join("Cargo.lock").exists() {
        // The versions that the workspace is tested with, and so those that are here already.
        let cannot = |error: std::io::Error| format!("cannot write {}: {error}", folder.display());
        fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).map_err(cannot)?;
    }
    let dependencies = dependencies()?;
    for (number, batch) in batches.iter().enumerate() {
        let own = folder.join(site.package(number));
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n{dependencies}",
            site.package(number)
        );
        put(&own.join("Cargo.toml"), &manifest)?;
        let mut used = BTreeSet::new();
        let mut main = "#![allow(warnings)]\n\nmod runtime;\n".to_owned();
        let mut tables = Vec::new();
        for (position, index) in batch.iter().enumerate() {
            let document = &documents[*index];
            used.extend(document.prepared.runtime.iter().cloned());
            main.push_str(&format!("#[path = {:?}]\nmod d{position};\n", document.folder.join("mod.rs")));
            tables.push(format!("d{position}::TABLE"));
        }
        main.push_str(&format!("\nconst DOCUMENTS: &[&[Through]] = &[{}];\n\n{RUNNER}", tables.join(", ")));
        for (file, text) in runtime::files(&workspace().join("templates/runtime"), &used)? {
            put(&own.join("src/runtime").join(file), &text)?;
        }
        put(&own.join("src/main.rs"), &main)?;
    }
    Ok(())
}

/// What models may need, as the SDK asks for it.
fn dependencies() -> Result<String, String> {
    let path = workspace().join("templates/Cargo.toml.jinja");
    let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let is_wanted = |line: &&str| {
        let name = line.split_once(" = ").map_or("", |(name, _)| name);
        ["base64", "jiff", "serde", "serde_json", "uuid"].contains(&name)
    };
    Ok(text.lines().filter(is_wanted).map(|line| format!("{line}\n")).collect())
}

/// A message of cargo's, as far as it matters here.
#[derive(Deserialize)]
struct Line {
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    #[serde(default)]
    spans: Vec<Span>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
}

/// Compiles all batches; the documents whose files do not compile.
fn compile(site: &Site, documents: &[Document], batches: &[Vec<usize>], jobs: usize) -> Result<Vec<usize>, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = limits::limited(&cargo, LIMITS);
    command
        .args(["build", "--quiet", "--keep-going", "--message-format=json", "--jobs"])
        .arg(jobs.to_string())
        .arg("--manifest-path")
        .arg(site.folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", Site::target());
    let ended = limits::run(&mut command, LIMITS)?;
    if ended.success {
        return Ok(Vec::new());
    }
    let mut broken = Vec::new();
    let lines = ended.stdout.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
    for message in lines.filter_map(|line| line.message).filter(|message| message.level.starts_with("error")) {
        for index in batches.iter().flatten() {
            let own = documents[*index].folder.display().to_string();
            if !broken.contains(index) && message.spans.iter().any(|span| span.file_name.contains(&own)) {
                eprintln!("{}: {}", documents[*index].file, message.rendered.as_deref().unwrap_or_default());
                broken.push(*index);
            }
        }
    }
    if broken.is_empty() {
        return Err(format!(
            "the types of the documents cannot be compiled: {}",
            ended.cut_off.unwrap_or(ended.stderr)
        ));
    }
    Ok(broken)
}

/// Sends all values of a batch through its types.
fn through(site: &Site, documents: &[Document], number: usize, batch: &[usize]) -> Result<Vec<Vec<Came>>, String> {
    let tasks = batch
        .iter()
        .enumerate()
        .flat_map(|(position, index)| documents[*index].prepared.tasks.iter().map(move |task| (position, task)));
    let tasks: Vec<_> = tasks.collect();
    let mut text = String::new();
    for (position, task) in &tasks {
        let line = serde_json::to_string(&(position, task.ty, &task.text));
        text.push_str(&line.map_err(|error| format!("cannot write JSON: {error}"))?);
        text.push('\n');
    }
    let file = site.folder.join(format!("{}.jsonl", site.package(number)));
    put(&file, &text)?;
    let program = Site::target().join("debug").join(site.package(number));
    let mut came = VecDeque::new();
    while came.len() < tasks.len() {
        let mut command = limits::limited(program.as_os_str(), RUN);
        command.arg(&file).arg(came.len().to_string());
        let ended = limits::run(&mut command, RUN)?;
        for line in ended.stdout.lines() {
            let Ok((what, text)) = serde_json::from_str::<(String, String)>(line) else { break };
            came.push_back(match what.as_str() {
                "written" => Came::Written(text),
                "failed" => Came::Failed(text),
                _ => Came::Panicked(text),
            });
        }
        if came.len() < tasks.len() {
            // The one after the last that was told of ended it.
            came.push_back(Came::Panicked(ended.cut_off.unwrap_or_else(|| "it ended the program".to_owned())));
        }
    }
    Ok(batch.iter().map(|index| came.drain(..documents[*index].prepared.tasks.len()).collect()).collect())
}

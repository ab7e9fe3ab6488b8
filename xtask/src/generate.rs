//! `cargo xtask generate`: one function writes and checks.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use specsmith::diagnostics::Level;
use specsmith::{Input, Stage};

use crate::command::{self, Generate};
use crate::diff::since;
use crate::docs;
use crate::folder::{Folder, Ownership};
use crate::input::Texted;
use crate::lock::LockFile;

/// The workspace's folder.
pub(crate) fn workspace() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

/// The document of this workspace.
pub(crate) fn default_spec() -> PathBuf {
    workspace().join("specs/kestra.yaml")
}

/// What a run reads and where it writes.
struct Job {
    spec: PathBuf,
    config: Option<PathBuf>,
    lock: Option<PathBuf>,
    out: Option<PathBuf>,
    ownership: Ownership,
    /// The command that repairs drift.
    command: String,
}

impl Job {
    /// An SDK of this workspace.
    fn own(name: &str, out: &str) -> Self {
        let spec = workspace().join(format!("specs/{name}.yaml"));
        Self {
            config: Some(spec.with_extension("toml")),
            lock: Some(spec.with_extension("lock")),
            spec,
            out: Some(workspace().join(out)),
            ownership: Ownership::Whole,
            command: "cargo xtask generate".to_owned(),
        }
    }

    /// What the options ask for: one document's SDK, or all that this workspace holds.
    fn all(options: &Generate) -> Result<Vec<Self>, String> {
        let Some(spec) = &options.spec else {
            let mut jobs = vec![Self::own("kestra", "generated-client")];
            // Tests call this one; a stage is printed of the first alone.
            jobs.extend(options.emit.is_none().then(|| Self::own("wire", "generator/tests/sdk")));
            return Ok(jobs);
        };
        if options.out.is_none() && options.emit.is_none() {
            return Err("--spec needs --out DIR (or --emit STAGE)".to_owned());
        }
        if options.lock.is_none() && (options.locked || options.new_lock) {
            return Err("with --spec, --locked and --new-lock need --lock FILE".to_owned());
        }
        let mut command = format!("cargo xtask generate --spec {}", spec.display());
        let flags = [("--config", &options.config), ("--lock", &options.lock), ("--out", &options.out)];
        for (flag, value) in flags {
            if let Some(value) = value {
                command.push_str(&format!(" {flag} {}", value.display()));
            }
        }
        if let Some(name) = &options.name {
            command.push_str(&format!(" --name {name}"));
        }
        if let Some(root) = &options.reach.root {
            command.push_str(&format!(" --root {}", root.display()));
        }
        options.reach.overlay.iter().for_each(|path| command.push_str(&format!(" --overlay {}", path.display())));
        options.reach.allow_url.iter().for_each(|prefix| command.push_str(&format!(" --allow-url {prefix}")));
        Ok(vec![Self {
            spec: spec.clone(),
            config: options.config.clone(),
            lock: options.lock.clone(),
            out: options.out.clone(),
            ownership: Ownership::Listed,
            command,
        }])
    }
}

/// Runs the task.
pub(crate) fn run(options: &Generate) -> Result<ExitCode, String> {
    let mut worst = ExitCode::SUCCESS;
    for job in Job::all(options)? {
        let code = run_one(&job, options)?;
        if code != ExitCode::SUCCESS {
            worst = code;
        }
    }
    if options.spec.is_none() && options.emit.is_none() && !docs::write(options.check)? {
        worst = ExitCode::FAILURE;
    }
    Ok(worst)
}

fn run_one(job: &Job, options: &Generate) -> Result<ExitCode, String> {
    let begun = Instant::now();
    let texted = Texted::read(&job.spec, job.config.as_deref(), job.lock.as_deref())?.reaching(&options.reach)?;
    let input = Input { locked: options.locked, name: options.name.as_deref(), ..texted.input() };
    if let Some(stage) = options.emit {
        let (report, source, text) = specsmith::emit(input, stage_of(stage));
        texted.show(&report, &source, Level::Note);
        print!("{}", text.unwrap_or_default());
        return Ok(if report.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS });
    }
    let Some(out) = &job.out else { return Err("no folder to write to".to_owned()) };
    let folder = Folder::open(out, job.ownership)?;
    if let Some(lock) = texted.lock.as_ref().filter(|lock| lock.is_missing() && !options.new_lock) {
        // A lock that got lost is no reason to give all names anew.
        if options.check || options.locked || folder.was_generated() {
            eprintln!("{}", missing(lock));
            return Ok(ExitCode::FAILURE);
        }
    }
    let mut outcome = specsmith::generate(input);
    if options.strict {
        outcome.report.harden();
    }
    texted.show(&outcome.report, &outcome.source, Level::Note);
    let made = outcome.files.as_ref().zip(outcome.api.as_ref()).filter(|_| !outcome.report.has_errors());
    let Some((files, api)) = made else {
        eprintln!("nothing was written");
        return Ok(ExitCode::FAILURE);
    };
    let drift = folder.drift(files);
    let lock = texted.lock.as_ref().zip(outcome.lock.as_deref());
    let lock_drift = lock.and_then(|(lock, text)| Some((lock.drift(text)?, lock.path())));
    let listed = || {
        let changes = [("missing", &drift.missing), ("changed", &drift.changed), ("stale", &drift.stale)];
        changes.into_iter().flat_map(|(what, paths)| paths.iter().map(move |path| (what, path)))
    };
    if options.check {
        if drift.is_empty() && lock_drift.is_none() {
            println!("{}: {} files are as generated", out.display(), files.len());
            return Ok(ExitCode::SUCCESS);
        }
        for (what, path) in listed() {
            println!("{what:8} {}", out.join(path).display());
        }
        if let Some((what, path)) = lock_drift {
            println!("{what:8} {}", path.display());
        }
        let differ = listed().count() + usize::from(lock_drift.is_some());
        println!(
            "{} of {} files differ; to repair: {}",
            differ,
            files.len() + usize::from(lock.is_some()),
            job.command
        );
        return Ok(ExitCode::FAILURE);
    }
    // The lock comes first: a name that is given to anybody is kept.
    // With --locked it says all that it has to, however its lines end.
    if let Some((lock, text)) = lock.filter(|_| !options.locked) {
        let told = lock.write(text).map_err(|error| format!("cannot write {}: {error}", lock.path().display()))?;
        told.into_iter().for_each(|told| println!("{told}"));
    }
    folder.write(files, &drift).map_err(|error| format!("cannot write {}: {error}", out.display()))?;
    for path in &drift.stale {
        println!("removed {}", out.join(path).display());
    }
    let generated = api.operations_in_document - api.operations_refused;
    println!(
        "{generated} of {} operations, {} types; {} files: {} written, {} unchanged, {} removed; {:.2} s",
        api.operations_in_document,
        api.types.len(),
        files.len(),
        drift.missing.len() + drift.changed.len(),
        drift.unchanged,
        drift.stale.len(),
        begun.elapsed().as_secs_f64(),
    );
    let hint = since::hint(&texted, &options.reach, job.spec == default_spec());
    if let Some(told) = since::last_commit(&texted, &outcome, &options.reach, &hint) {
        print!("{told}");
    }
    Ok(ExitCode::SUCCESS)
}

/// What to do about a lock that is not there.
fn missing(lock: &LockFile) -> String {
    let name = lock.path().display();
    format!(
        "error: there is no lock {name}, or nothing in it; it keeps the names that were given\n\
         help: restore it (`git checkout -- {name}`); to give all names anew, generate with --new-lock\n\
         nothing was written"
    )
}

fn stage_of(stage: command::Stage) -> Stage {
    match stage {
        command::Stage::Value => Stage::Value,
        command::Stage::Document => Stage::Document,
        command::Stage::Ir => Stage::Ir,
        command::Stage::Views => Stage::Views,
    }
}

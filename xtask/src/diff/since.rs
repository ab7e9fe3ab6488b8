//! What a run of the generator changes for the SDK's users, in five lines.

use specsmith::diff::{Severity, Step};
use specsmith::{Input, Outcome};

use super::shown::{counted, line};
use super::sides::shown;
use crate::files::Reach;
use crate::git::Revision;
use crate::input::Texted;
use crate::lock::LockFile;

/// How many changes are named.
const WORST: usize = 3;

/// What is new since the last commit, if there is one that has the document.
///
/// Nothing here is a reason for a run to fail: where there is nothing to compare with, nothing is told.
pub(crate) fn last_commit(now: &Texted, run: &Outcome, reach: &Reach, hint: &str) -> Option<String> {
    let (spec, config, lock_path) = now.files();
    let revision = Revision::find(spec, "HEAD").ok()?;
    let then = Texted::at(&revision, spec, config, lock_path, reach).ok()?;
    let then_lock = then.lock.as_ref().map_or("", LockFile::text);
    let lock = run.lock.as_deref().filter(|_| lock_path.is_some()).unwrap_or_default();
    let same = then.document == now.document && then.config_text == now.config_text && then_lock == lock;
    // Of a document in several files each may have changed.
    if same && run.source.is_alone() && reach.overlay.is_empty() {
        return None;
    }
    let before = specsmith::describe(Input { shared_config: true, ..then.input() }).api?;
    let changes = specsmith::diff::compare(&before, run.api.as_ref()?);
    if changes.is_empty() && same {
        return None;
    }
    if changes.is_empty() {
        return Some("since HEAD: nothing has changed for who uses the SDK\n".to_owned());
    }
    let mut out = format!("since HEAD: {} -> {}\n", counted(&changes), Step::of(&changes));
    let reasons = Step::reasons(&changes);
    let grave = reasons.iter().filter(|change| matches!(change.severity, Severity::Breaking | Severity::Silent));
    for change in grave.take(WORST) {
        let (severity, code) = (change.severity.name(), change.code);
        out.push_str(&format!("  {severity}[{code}] {}: {}\n", change.rust, line(&change.message)));
    }
    out.push_str(&format!("  all of them: {hint}\n"));
    Some(out)
}

/// The command that tells all.
pub(crate) fn hint(now: &Texted, reach: &Reach, is_own: bool) -> String {
    if is_own {
        return "cargo xtask diff".to_owned();
    }
    let (spec, config, lock) = now.files();
    let mut hint = format!("cargo xtask diff --git HEAD {}", shown(spec).display());
    for (flag, path) in [("--config", config), ("--lock", lock), ("--root", reach.root.as_deref())] {
        hint.extend(path.map(|path| format!(" {flag} {}", shown(path).display())));
    }
    hint.extend(reach.allow_url.iter().map(|prefix| format!(" --allow-url {prefix}")));
    hint.extend(reach.overlay.iter().map(|path| format!(" --overlay {}", path.display())));
    hint
}

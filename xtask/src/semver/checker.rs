//! The linter: cargo-semver-checks, run as a command, with what it says read.

use std::collections::BTreeSet;
use std::env;
use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};

use specsmith::diff::Step;

/// The linter's name.
pub(super) const TOOL: &str = "cargo-semver-checks";

/// A linter that is here.
pub(super) struct Checker {
    version: String,
}

impl fmt::Display for Checker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{TOOL} {}", self.version)
    }
}

/// What it found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    /// The lints that found something, the gravest first.
    pub(super) lints: Vec<Lint>,
}

/// A lint that found something.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lint {
    /// Its name.
    pub(super) name: String,
    /// The step that it asks for.
    pub(super) step: Step,
    /// What it found, a line each.
    pub(super) findings: Vec<String>,
}

fn command() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg("semver-checks").env("CARGO_TERM_COLOR", "never").stdin(Stdio::null());
    command
}

impl Checker {
    /// Finds the linter.
    pub(super) fn find() -> Result<Self, String> {
        let output = command().arg("--version").stderr(Stdio::null()).output();
        let said = output.ok().filter(|output| output.status.success()).map(|output| output.stdout);
        let said = String::from_utf8_lossy(said.as_deref().unwrap_or_default()).into_owned();
        match said.split_whitespace().last() {
            Some(version) => Ok(Self { version: version.to_owned() }),
            None => Err(format!(
                "this task needs {TOOL}, which compares both SDKs: `cargo semver-checks` is not there\n\
                 help: cargo install {TOOL} --locked"
            )),
        }
    }

    /// Compares two crates by what rustdoc says of them.
    pub(super) fn check(&self, baseline: &Path, current: &Path) -> Result<Verdict, String> {
        let output = command()
            .arg("--baseline-rustdoc")
            .arg(baseline)
            .arg("--current-rustdoc")
            .arg(current)
            // Both have one version: of a patch everything is reported, and each lint with its step.
            .args(["--release-type", "patch", "--verbose"])
            .output()
            .map_err(|error| format!("cannot run cargo: {error}"))?;
        let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        Verdict::read(&stdout, &stderr).map_err(|problem| format!("{self}: {problem}\n{stderr}"))
    }
}

impl Verdict {
    /// Adds features that are gone. The linter has a lint for them, but reads no manifest where it is
    /// given what rustdoc says.
    pub(super) fn with_features(mut self, old: &BTreeSet<String>, new: &BTreeSet<String>) -> Self {
        let gone = old.difference(new).map(|feature| format!("feature {feature} in the package's Cargo.toml"));
        let findings: Vec<String> = gone.collect();
        if !findings.is_empty() {
            self.lints.push(Lint { name: "feature_missing".to_owned(), step: Step::Major, findings });
            self.sort();
        }
        self
    }

    fn sort(&mut self) {
        self.lints.sort_by(|a, b| (b.step, &a.name).cmp(&(a.step, &b.name)));
    }

    /// Reads the lints of stderr and their findings of stdout.
    fn read(stdout: &str, stderr: &str) -> Result<Self, String> {
        let mut lints = Vec::new();
        for line in stderr.lines().filter(|line| line.trim_start().starts_with("FAIL ")) {
            let rest = line.split_once(']').map_or("", |(_, rest)| rest);
            let (step, name) = match rest.split_whitespace().collect::<Vec<_>>()[..] {
                ["major", name] => (Step::Major, name),
                ["minor", name] => (Step::Minor, name),
                _ => return Err(format!("it says what this task does not understand: `{line}`")),
            };
            let findings = findings(stdout, name);
            if findings.is_empty() {
                return Err(format!("it says that {name} failed, and not where"));
            }
            lints.push(Lint { name: name.to_owned(), step, findings });
        }
        let mut verdict = Self { lints };
        verdict.sort();
        // What it sums up must be what was read.
        let summary = match verdict.step() {
            Step::None => "no semver update required".to_owned(),
            step => {
                let count = |step| verdict.lints.iter().filter(|lint| lint.step == step).count();
                let (major, minor) = (count(Step::Major), count(Step::Minor));
                format!("semver requires new {step} version: {major} major and {minor} minor checks failed")
            }
        };
        if stderr.lines().any(|line| line.contains(&summary)) {
            Ok(verdict)
        } else {
            Err(format!("it does not say `{summary}`, which is what this task read"))
        }
    }

    /// The step that it asks for; of what needs no more than a patch it knows nothing.
    pub(super) fn step(&self) -> Step {
        self.lints.iter().map(|lint| lint.step).max().unwrap_or(Step::None)
    }

    /// How many findings there are.
    pub(super) fn findings(&self) -> usize {
        self.lints.iter().map(|lint| lint.findings.len()).sum()
    }
}

/// The findings of a lint: what is indented by two in its part.
fn findings(stdout: &str, lint: &str) -> Vec<String> {
    let head = format!("--- failure {lint}: ");
    let part = stdout.lines().skip_while(|line| !line.starts_with(&head)).skip(1);
    let part = part.take_while(|line| !line.starts_with("--- ")).skip_while(|line| *line != "Failed in:");
    let found = part.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    found.map(|line| line.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STDERR: &str = "    Checking sdk v0.1.0 -> v0.1.0 (assume patch change)
    Starting 251 checks, 0 unnecessary on 2 threads
        PASS [   0.002s]       major        enum_missing
        FAIL [   0.012s]       minor        type_marked_deprecated
        FAIL [   0.010s]       major        struct_missing
     Checked [   0.300s] 251 checks: 249 pass, 2 fail, 0 warn, 0 skip

     Summary semver requires new major version: 1 major and 1 minor checks failed
";

    const STDOUT: &str = "
--- failure type_marked_deprecated: #[deprecated] added on type ---

Description:
A type is now #[deprecated]. Downstream crates will get a compiler warning when using this type.
        ref: https://doc.rust-lang.org/reference/attributes/diagnostics.html

Failed in:
  Struct Pet in src/models/pet.rs:7

--- failure struct_missing: pub struct removed or renamed ---

Description:
A publicly-visible struct cannot be imported by its prior path.
        ref: https://doc.rust-lang.org/cargo/reference/semver.html#item-remove

Failed in:
  struct sdk::models::Owner, previously in file src/models/owner.rs:7
  struct sdk::models::Toy, previously in file src/models/toy.rs:7
";

    #[test]
    fn lints_are_read_with_their_steps_and_findings() {
        let verdict = Verdict::read(STDOUT, STDERR).unwrap();
        assert_eq!((verdict.step(), verdict.findings()), (Step::Major, 3));
        let names: Vec<&str> = verdict.lints.iter().map(|lint| lint.name.as_str()).collect();
        assert_eq!(names, ["struct_missing", "type_marked_deprecated"]);
        assert_eq!(verdict.lints[0].findings[1], "struct sdk::models::Toy, previously in file src/models/toy.rs:7");
        assert_eq!(verdict.lints[1].step, Step::Minor);
    }

    #[test]
    fn a_feature_that_is_gone_is_a_finding() {
        let features = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let clean = || Verdict { lints: Vec::new() };
        assert_eq!(clean().with_features(&features(&["a"]), &features(&["a", "b"])), clean());
        let verdict = clean().with_features(&features(&["a", "b"]), &features(&["a"]));
        assert_eq!((verdict.step(), verdict.findings()), (Step::Major, 1));
        assert_eq!(verdict.lints[0].findings, ["feature b in the package's Cargo.toml"]);
    }

    #[test]
    fn a_clean_run_is_no_step() {
        let verdict = Verdict::read(
            "",
            "        PASS [   0.002s]       major        enum_missing\n     Summary no semver update required\n",
        );
        assert_eq!(verdict.unwrap().step(), Step::None);
    }

    #[test]
    fn what_is_not_understood_is_no_clean_run() {
        let changed = STDERR.replace("1 major and 1 minor", "2 major and 1 minor");
        let other = STDERR.replace("      major        struct_missing", "epic struct_missing");
        let elsewhere = STDOUT.replace("Failed in:", "Found in:");
        for (stdout, stderr) in [(STDOUT, ""), (STDOUT, &changed), (STDOUT, &other), (&elsewhere, STDERR)] {
            assert!(Verdict::read(stdout, stderr).is_err(), "{stderr}");
        }
    }
}

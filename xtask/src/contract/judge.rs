//! The validator: openapi-core, run by `xtask/contract/judge.py`.

use std::env;
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::Finding;
use super::record::Record;
use crate::generate::workspace;

const REQUIREMENTS: &str = include_str!("../../contract/requirements.txt");

/// A Python that has the validator.
pub(super) struct Judge {
    python: PathBuf,
    version: String,
}

impl fmt::Display for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "openapi-core {}", self.version)
    }
}

/// A finding as the validator's driver writes it.
#[derive(Deserialize)]
struct Line {
    r#where: String,
    what: String,
}

impl Judge {
    /// Finds a Python with the version that is pinned.
    pub(super) fn find() -> Result<Self, String> {
        let version = REQUIREMENTS.lines().find_map(|line| line.strip_prefix("openapi-core=="));
        let version = version.unwrap_or_default().trim().to_owned();
        let mut looked = Vec::new();
        let own = workspace().join("target/contract/python/bin/python");
        let candidates = match env::var_os("CONTRACT_PYTHON") {
            Some(python) => vec![python.into()],
            None => vec![own, "python3".into(), "python".into()],
        };
        for python in candidates {
            let script = "from importlib.metadata import version; print(version('openapi-core'))";
            let output = Command::new(&python).args(["-c", script]).stderr(Stdio::null()).output();
            let found = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
            match found.as_deref() {
                Ok(found) if found == version => return Ok(Self { python, version }),
                Ok("") => looked.push(format!("{} has none", python.display())),
                Ok(other) => looked.push(format!("{} has {other}", python.display())),
                Err(_) => looked.push(format!("{} is not there", python.display())),
            }
        }
        Err(format!(
            "this task needs Python 3.11 or newer with openapi-core {version}, which judges the requests: {}\n\
             help: python3 -m venv target/contract/python && \
             target/contract/python/bin/pip install -r xtask/contract/requirements.txt",
            looked.join(", ")
        ))
    }

    /// The findings of each request, in the record's order.
    pub(super) fn judge(&self, document: &Path, record: &Record) -> Result<Vec<Vec<Finding>>, String> {
        let cannot = |error: std::io::Error| format!("cannot run {}: {error}", self.python.display());
        let mut child = Command::new(&self.python)
            .arg(workspace().join("xtask/contract/judge.py"))
            .arg(document)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(cannot)?;
        let input: String = record.requests.iter().map(|request| request.line.clone() + "\n").collect();
        let stdin = child.stdin.take();
        // It answers line by line, and a pipe holds little: the requests are given beside it.
        let writer = std::thread::spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(input.as_bytes())));
        let output = child.wait_with_output().map_err(cannot)?;
        if !output.status.success() {
            return Err("the validator stopped: what it said stands above".to_owned());
        }
        writer.join().map_err(|_| "the requests could not be handed over".to_owned())?.map_err(cannot)?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let verdicts: Vec<Vec<Line>> = text
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()
            .map_err(|error| format!("the validator's verdict cannot be read: {error}"))?;
        if verdicts.len() != record.requests.len() {
            return Err(format!("{} verdicts came for {} requests", verdicts.len(), record.requests.len()));
        }
        let findings = record.requests.iter().zip(verdicts).map(|(request, lines)| {
            let finding =
                |line: Line| Finding { operation: request.operation.clone(), place: line.r#where, what: line.what };
            lines.into_iter().map(finding).collect()
        });
        Ok(findings.collect())
    }
}

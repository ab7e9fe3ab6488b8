//! A process that may take so long and so much memory, and no more.

use std::ffi::OsStr;
use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often is looked whether a process has ended.
const PATIENCE: Duration = Duration::from_millis(20);

/// What a process may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) seconds: u64,
    /// Of address space; on Linux alone, elsewhere it is not bounded.
    pub(super) mebibytes: u64,
}

/// How a process ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) stdout: String,
    pub(super) stderr: String,
    /// Why it did not end by itself, or ended in a way that programs do not choose.
    pub(super) cut_off: Option<String>,
    pub(super) success: bool,
}

/// A command whose memory is limited, without its arguments.
pub(super) fn limited(program: &OsStr, limits: Limits) -> Command {
    if !cfg!(target_os = "linux") {
        return Command::new(program);
    }
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v \"$0\" && exec \"$@\""]).arg((limits.mebibytes * 1024).to_string()).arg(program);
    command
}

/// Runs a command; all that it started ends with it when its time is over.
pub(super) fn run(command: &mut Command, limits: Limits) -> Result<Ended, String> {
    let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child =
        started.map_err(|error| format!("cannot run {}: {error}", command.get_program().to_string_lossy()))?;
    let (stdout, stderr) = (read(child.stdout.take()), read(child.stderr.take()));
    let end = Instant::now() + Duration::from_secs(limits.seconds);
    let cannot_wait = |error: std::io::Error| format!("cannot wait for a process: {error}");
    let (status, is_late) = loop {
        match child.try_wait().map_err(cannot_wait)? {
            Some(status) => break (status, false),
            None if Instant::now() > end => {
                kill(&mut child);
                break (child.wait().map_err(cannot_wait)?, true);
            }
            None => thread::sleep(PATIENCE),
        }
    };
    let text = |reader: thread::JoinHandle<String>| reader.join().unwrap_or_default();
    let (stdout, stderr) = (text(stdout), text(stderr));
    let late = is_late.then(|| format!("it took longer than {} s", limits.seconds));
    let cut_off = late.or_else(|| accident(status, &stderr, limits));
    Ok(Ended { stdout, stderr, success: cut_off.is_none() && status.success(), cut_off })
}

/// Reads beside the process: a pipe holds little.
fn read(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What came until it broke off is better than nothing.
        let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Ends a process and all below it: cargo's compilers are children of cargo. They are no group of their
/// own, for whoever interrupts this program at the terminal means them too.
fn kill(child: &mut Child) {
    let mut doomed = vec![child.id().to_string()];
    if let Ok(listed) = Command::new("ps").args(["-A", "-o", "pid=,ppid="]).output() {
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        let children: Vec<(&str, &str)> = listed.lines().filter_map(|line| line.trim().split_once(' ')).collect();
        let mut next = 0;
        while let Some(parent) = doomed.get(next).cloned() {
            doomed.extend(children.iter().filter(|(_, of)| of.trim() == parent).map(|(id, _)| (*id).to_owned()));
            next += 1;
        }
    }
    // Where there is no such program, it is the process alone.
    let _ = Command::new("kill").arg("-KILL").args(&doomed).stderr(Stdio::null()).status();
    let _ = child.kill();
}

/// What happened to a process that did not choose its end.
fn accident(status: ExitStatus, stderr: &str, limits: Limits) -> Option<String> {
    let told = |what: &str| stderr.lines().find(|line| line.contains(what));
    if told("memory allocation of").is_some() {
        return Some(format!("it needs more than {} MiB", limits.mebibytes));
    }
    if told("has overflowed its stack").is_some() {
        return Some("its stack overflowed".to_owned());
    }
    if let Some(line) = told("panicked at") {
        let message = stderr.lines().skip_while(|other| *other != line).nth(1).unwrap_or_default();
        return Some(format!("{}: {message}", line.trim_end_matches(':')));
    }
    status.code().is_none().then(|| format!("it was stopped: {status}"))
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    fn ended_within(seconds: u64, script: &str) -> Ended {
        let limits = Limits { seconds, mebibytes: 64 };
        run(limited(OsStr::new("sh"), limits).args(["-c", script]), limits).unwrap()
    }

    fn ended(script: &str) -> Ended {
        ended_within(60, script)
    }

    #[test]
    fn what_ends_by_itself_is_heard() {
        let ended = ended("echo out; echo err >&2");
        assert!(ended.success);
        assert_eq!((ended.stdout.as_str(), ended.stderr.as_str(), ended.cut_off), ("out\n", "err\n", None));
        assert!(!self::ended("exit 1").success);
    }

    #[test]
    fn what_does_not_end_is_stopped_with_all_it_started() {
        let begun = Instant::now();
        // The pipe stays open as long as the inner process lives.
        let ended = ended_within(1, "sleep 60 & sleep 60");
        assert_eq!(ended.cut_off.as_deref(), Some("it took longer than 1 s"));
        assert!(!ended.success);
        assert!(begun.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn memory_is_limited() {
        let ended = ended("ulimit -v");
        assert_eq!(ended.stdout.trim(), "65536");
    }

    #[test]
    fn accidents_have_names() {
        let named = |script: &str| ended(script).cut_off.unwrap_or_default();
        assert_eq!(named("echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$"), "it needs more than 64 MiB");
        assert_eq!(
            named("printf \"thread 'main' panicked at a.rs:1:2:\\nwhy\\n\" >&2; exit 101"),
            "thread 'main' panicked at a.rs:1:2: why"
        );
        assert!(named("kill -SEGV $$").starts_with("it was stopped: signal: 11"));
    }
}

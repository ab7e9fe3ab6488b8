//! The changes for a terminal.

use std::collections::HashMap;
use std::fmt::Write;

use specsmith::diff::{Change, Severity};

use super::shown::{Group, Row, Shown, line};

/// How many changes of one kind are shown of one item, and how many items by name.
const MANY: usize = 3;

pub(super) fn page(shown: &Shown, colour: bool) -> String {
    if shown.changes.is_empty() {
        return format!("no changes: {} gives the same SDK as {}\n", shown.new.path, shown.old.path);
    }
    let mut out = String::new();
    for group in shown.groups() {
        let _ = writeln!(out, "{}", group.name);
        for cluster in clusters(&group) {
            write_cluster(&mut out, &cluster, colour);
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", shown.summary());
    let _ = writeln!(out, "{}", shown.version());
    out
}

/// A severity's colour, if there is colour.
pub(crate) fn paint(severity: Severity, text: &str, colour: bool) -> String {
    let code = match severity {
        Severity::Breaking => "1;31",
        Severity::Silent => "1;35",
        Severity::Additive => "32",
        Severity::Docs => "2",
    };
    if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Changes that read alike.
enum Cluster<'a> {
    /// The same has happened to several items.
    Message(Vec<&'a Row>),
    /// Several of one kind have happened to one item.
    Item(Vec<&'a Row>),
}

fn clusters<'a>(group: &Group<'a>) -> Vec<Cluster<'a>> {
    let message = |row: &'a Row| (row.change.severity, row.change.code, row.change.message.as_str());
    let item = |row: &'a Row| (row.change.severity, row.change.code, row.change.rust.as_str());
    let mut same: HashMap<_, usize> = HashMap::new();
    for row in &group.rows {
        *same.entry(message(row)).or_default() += 1;
    }
    let mut clusters: Vec<Cluster<'a>> = Vec::new();
    for row in &group.rows {
        let is_common = same[&message(row)] > 2;
        let like = clusters.iter_mut().find_map(|cluster| match cluster {
            Cluster::Message(rows) if is_common => {
                rows.first().is_some_and(|first| message(first) == message(row)).then_some(rows)
            }
            Cluster::Item(rows) if !is_common => {
                rows.first().is_some_and(|first| item(first) == item(row)).then_some(rows)
            }
            _ => None,
        });
        match like {
            Some(rows) => rows.push(row),
            None if is_common => clusters.push(Cluster::Message(vec![row])),
            None => clusters.push(Cluster::Item(vec![row])),
        }
    }
    clusters
}

fn write_cluster(out: &mut String, cluster: &Cluster<'_>, colour: bool) {
    let (Cluster::Message(rows) | Cluster::Item(rows)) = cluster;
    let Some(first) = rows.first() else { return };
    let change = &first.change;
    let head = format!("{}[{}]", change.severity.name(), change.code);
    let route = change.route.as_ref().map(|route| format!("  {}", line(route))).unwrap_or_default();
    let _ = writeln!(out, "  {} {}{route}", paint(change.severity, &head, colour), change.rust);
    // One more is no longer than the line that would stand for it.
    let shown = match cluster {
        Cluster::Message(_) => 1,
        Cluster::Item(_) if rows.len() <= MANY + 1 => rows.len(),
        Cluster::Item(_) => MANY,
    };
    for row in &rows[..shown] {
        if says_more(&row.change) {
            let _ = writeln!(out, "      {}", line(&row.change.message));
        }
        let places = places(row);
        if !places.is_empty() {
            let _ = writeln!(out, "      {places}");
        }
    }
    let more = rows.get(shown..).unwrap_or_default();
    if more.is_empty() {
        return;
    }
    let is_grave = matches!(change.severity, Severity::Breaking | Severity::Silent);
    let names = more.iter().map(|row| match cluster {
        Cluster::Message(_) => Some(row.change.rust.as_str()),
        Cluster::Item(_) if change.severity == Severity::Docs => None,
        Cluster::Item(_) => row.change.after.as_deref().or(row.change.before.as_deref()),
    });
    let mut names: Vec<&str> = names.flatten().filter(|name| !name.contains('\n')).collect();
    // What breaks or misleads is named to the last.
    if !is_grave && names.len() > MANY {
        names.truncate(MANY);
        names.push("..");
    }
    let list = if names.is_empty() { String::new() } else { format!(": {}", line(&names.join(", "))) };
    let _ = writeln!(out, "      {} more like this{list}", more.len());
}

/// Whether the message says more than the line above it.
fn says_more(change: &Change) -> bool {
    let name = change.rust.rsplit("::").next().unwrap_or_default();
    ![format!("`{name}` is new"), format!("`{name}` is gone"), format!("`{}` is gone", change.rust)]
        .contains(&change.message)
}

/// Both places, the older first.
fn places(row: &Row) -> String {
    let places = match (&row.old, &row.new) {
        (Some(old), Some(new)) => format!("{old} -> {new}"),
        (Some(old), None) => format!("{old} -> nowhere"),
        (None, Some(new)) => format!("nowhere -> {new}"),
        (None, None) => String::new(),
    };
    line(&places)
}

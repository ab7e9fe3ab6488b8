//! `cargo xtask names`: what each operation is called, and why.

use std::process::ExitCode;

use serde::Serialize;
use specsmith::diagnostics::Level;
use specsmith::ir::Api;
use specsmith::names::Why;

use crate::command::{Names, TableFormat};
use crate::generate::default_spec;
use crate::input::Texted;

/// One route.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    method: &'a str,
    path: &'a str,
    operation_id: Option<&'a str>,
    rust: String,
    reason: Why,
}

#[derive(Serialize)]
struct Table<'a> {
    operations: Vec<Row<'a>>,
}

/// Runs the task.
pub(crate) fn run(options: &Names) -> Result<ExitCode, String> {
    let own = default_spec();
    let (config, lock) = match options.spec {
        Some(_) => (options.config.clone(), options.lock.clone()),
        None => (Some(own.with_extension("toml")), Some(own.with_extension("lock"))),
    };
    let texted = Texted::read(options.spec.as_ref().unwrap_or(&own), config.as_deref(), lock.as_deref())?
        .reaching(&options.reach)?;
    let outcome = specsmith::describe(texted.input());
    texted.show(&outcome.report, &outcome.source, Level::Warning);
    let Some(api) = outcome.api else { return Ok(ExitCode::FAILURE) };
    let table = Table { operations: rows(&api) };
    match options.format {
        TableFormat::Json => {
            let text = serde_json::to_string_pretty(&table).map_err(|error| format!("cannot write JSON: {error}"))?;
            println!("{text}");
        }
        TableFormat::Text => print!("{}", text(&table, api.operations_refused)),
    }
    Ok(ExitCode::SUCCESS)
}

/// The routes, sorted by their names; one that is reached through another's method stands behind it.
fn rows(api: &Api) -> Vec<Row<'_>> {
    let operations =
        api.modules.iter().flat_map(|module| module.operations.iter().map(move |operation| (module, operation)));
    operations
        .flat_map(|(module, operation)| {
            let scoped = operation.scoped.as_ref();
            // The ids are the operation's own, if it has one, and then its twin's.
            let own = if scoped.is_some() && operation.ids.len() < 2 { None } else { operation.ids.first() };
            let twin = scoped.and(operation.ids.last());
            let routes = [Some((&operation.path, own)), scoped.map(|scoped| (&scoped.path, twin))];
            routes.into_iter().flatten().map(move |(path, operation_id)| Row {
                method: &operation.method,
                path,
                operation_id: operation_id.map(String::as_str),
                rust: format!("{}::{}", module.name, operation.name),
                reason: operation.why,
            })
        })
        .collect()
}

fn text(table: &Table<'_>, refused: usize) -> String {
    let rows = || table.operations.iter();
    let route = |row: &Row<'_>| format!("{} {}", row.method, row.path);
    let reason = |row: &Row<'_>| match row.reason {
        Why::Id => "id",
        Why::Route => "route",
        Why::Lock => "lock",
        Why::Config => "config",
    };
    let widest = |length: fn(&Row<'_>) -> usize| rows().map(length).max().unwrap_or(0);
    let (name, path) = (widest(|row| row.rust.len()), widest(|row| row.method.len() + 1 + row.path.len()));
    let mut out = String::new();
    for row in rows() {
        let line = format!(
            "{:name$}  {:6}  {:path$}  {}",
            row.rust,
            reason(row),
            route(row),
            row.operation_id.unwrap_or_default()
        );
        out.push_str(&format!("{}\n", crate::diff::line(line.trim_end())));
    }
    let count = |why: &str| rows().filter(|row| reason(row) == why).count();
    out.push_str(&format!(
        "{} operations: {} named by id, {} by route, {} by the lock, {} by the settings",
        table.operations.len(),
        count("id"),
        count("route"),
        count("lock"),
        count("config")
    ));
    if refused > 0 {
        out.push_str(&format!("; {refused} are not generated"));
    }
    out + "\n"
}

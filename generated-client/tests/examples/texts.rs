//! The examples as texts: they are all there, begin alike, and are what README.md shows of them.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;

type Outcome = Result<(), Box<dyn Error>>;

/// The examples, by name.
fn examples() -> std::io::Result<Vec<(String, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        found.push((name, std::fs::read_to_string(path)?));
    }
    found.sort();
    Ok(found)
}

/// The lines of a text between two others.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, text) = text.split_once(from)?;
    Some(text.split_once(to)?.0)
}

#[test]
fn each_example_is_run_here() -> Outcome {
    let here = include_str!("main.rs");
    let called: BTreeSet<String> = here
        .lines()
        .filter_map(|line| between(line, "\"../../examples/", ".rs\""))
        .filter(|name| here.contains(&format!("{name}::")))
        .map(str::to_owned)
        .collect();
    let there: BTreeSet<String> = examples()?.into_iter().map(|(name, _)| name).collect();
    assert_eq!(called, there);
    assert!(there.len() >= 8, "{there:?}");
    Ok(())
}

#[test]
fn each_example_can_be_pasted_alone_and_asks_for_the_same_environment() -> Outcome {
    let examples = examples()?;
    let opening = |text: &str| between(text, "#[tokio::main(", ".build()?;").map(str::to_owned);
    let first = opening(&examples[0].1).ok_or("the first example builds no client")?;
    for variable in ["KESTRA_URL", "KESTRA_TENANT", "KESTRA_TOKEN", "KESTRA_USER", "KESTRA_PASSWORD"] {
        assert!(first.contains(variable), "{variable}");
    }
    for (name, text) in &examples {
        assert_eq!(opening(text).as_ref(), Some(&first), "{name}");
        assert!(text.contains(&format!("cargo run --example {name}")), "{name} does not say how to run it");
        assert!(text.lines().count() <= 100, "{name} is long");
    }
    Ok(())
}

#[test]
fn what_the_readme_shows_stands_in_the_examples() -> Outcome {
    let readme = include_str!("../../../README.md");
    let mut shown = BTreeSet::new();
    // Each is announced by a link, and its lines follow in a block of code.
    for piece in readme.split("](generated-client/examples/").skip(1) {
        let Some((name, rest)) = piece.split_once(".rs)") else { continue };
        let code = between(rest, "```rust\n", "```").ok_or(format!("README.md shows nothing of {name}"))?;
        let example = std::fs::read_to_string(format!("{}/examples/{name}.rs", env!("CARGO_MANIFEST_DIR")))?;
        let mut lines = example.lines().map(str::trim);
        for line in code.lines().map(str::trim).filter(|line| !line.is_empty()) {
            assert!(lines.any(|its| its == line), "{name} has no `{line}` there");
        }
        shown.insert(name);
    }
    assert!(shown.len() >= 3, "README.md shows {shown:?}");
    Ok(())
}

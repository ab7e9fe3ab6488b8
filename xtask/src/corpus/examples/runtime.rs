//! The part of the runtime that models need: what they name, and what that needs.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;

/// The names right below a path, such as `crate::runtime::`, that a text uses.
pub(super) fn uses(text: &str, path: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in text.match_indices(path) {
        let rest = &text[at + path.len()..];
        match rest.strip_prefix('{') {
            None => names.extend(word(rest)),
            Some(list) => {
                // The first word of each, at the first level.
                let (mut depth, mut begins) = (1, true);
                for (at, letter) in list.char_indices() {
                    match letter {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 1 => begins = true,
                        letter if begins && !letter.is_whitespace() => {
                            names.extend(word(&list[at..]));
                            begins = false;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
    }
    names
}

fn word(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

/// The files of a runtime of those names, with one that declares them.
pub(super) fn files(folder: &Path, names: &BTreeSet<String>) -> Result<BTreeMap<String, String>, String> {
    let read =
        |path: &Path| fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()));
    let declared = read(&folder.join("mod.rs"))?;
    let mut reexports = BTreeMap::new();
    for line in declared.lines().filter_map(|line| line.trim_start().split_once("use ")) {
        let (_, path) = line;
        if let Some((module, items)) = path.trim_end_matches(';').split_once("::") {
            items.trim_matches(['{', '}']).split(',').for_each(|item| {
                reexports.insert(item.trim().to_owned(), module.to_owned());
            });
        }
    }
    let mut out = BTreeMap::new();
    let mut names: VecDeque<String> = names.iter().cloned().collect();
    let mut seen = BTreeSet::new();
    let (mut modules, mut shown) = (BTreeSet::new(), BTreeSet::new());
    while let Some(name) = names.pop_front() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let module = match reexports.get(&name) {
            Some(module) => {
                shown.insert(format!("pub use {module}::{name};\n"));
                module.clone()
            }
            None => name,
        };
        let path = folder.join(format!("{module}.rs"));
        if !path.exists() || !modules.insert(module.clone()) {
            continue;
        }
        let text = read(&path)?;
        names.extend(uses(&text, "super::"));
        names.extend(uses(&text, "crate::runtime::"));
        out.insert(format!("{module}.rs"), text);
    }
    let declared = modules.iter().map(|module| format!("pub mod {module};\n")).chain(shown).collect();
    out.insert("mod.rs".to_owned(), declared);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_alone_and_in_lists() {
        let text = "use crate::runtime::Nullable;\nuse crate::runtime::{one_of, style::{A, B},\n  Unique};";
        assert_eq!(
            uses(text, "crate::runtime::").into_iter().collect::<Vec<_>>(),
            ["Nullable", "Unique", "one_of", "style"]
        );
    }

    #[test]
    fn what_is_needed_comes_with_what_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        put("mod.rs", "mod a;\nmod b;\nmod c;\npub use a::A;\npub(crate) use b::{B, C};\n");
        put("a.rs", "use super::C;\n");
        put("b.rs", "");
        put("c.rs", "");
        let files = files(folder.path(), &BTreeSet::from(["A".to_owned()])).unwrap();
        assert_eq!(files.keys().collect::<Vec<_>>(), ["a.rs", "b.rs", "mod.rs"]);
        assert_eq!(files["mod.rs"], "pub mod a;\npub mod b;\npub use a::A;\npub use b::C;\n");
    }
}

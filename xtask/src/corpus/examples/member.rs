//! Members of models, each alone: read and written as the model does, whatever that says of the member.

use std::collections::BTreeMap;

use specsmith::files::FileSet;
use specsmith::{Inside, TypedMember};

/// The models of a document, and models of one member made of them.
pub(super) struct Members<'a> {
    /// The files of the models, by the names of the models.
    files: BTreeMap<&'a str, (&'a str, &'a str)>,
    /// What is added to files.
    added: BTreeMap<&'a str, String>,
    /// The models made so far, by model and field.
    made: BTreeMap<(String, String), Option<String>>,
}

impl<'a> Members<'a> {
    pub(super) fn new(files: &'a FileSet) -> Self {
        let mut by_model = BTreeMap::new();
        for (path, text) in files.iter().filter_map(|(path, text)| Some((path.strip_prefix("src/models/")?, text))) {
            let models = text.match_indices("\npub struct ").map(|(at, word)| &text[at + word.len()..]);
            for model in models.filter_map(|rest| rest.split_once(" {")).map(|(name, _)| name) {
                by_model.insert(model, (path, text));
            }
        }
        Self { files: by_model, added: BTreeMap::new(), made: BTreeMap::new() }
    }

    /// The model that has this member alone; none if there is no such member.
    pub(super) fn alone(&mut self, member: &TypedMember) -> Option<String> {
        let key = (member.model.clone(), member.field.clone());
        if let Some(made) = self.made.get(&key) {
            return made.clone();
        }
        let name = format!("OnlyMember{}", self.made.len());
        let made = self.files.get(member.model.as_str()).and_then(|(path, text)| {
            let field = field(text, &member.model, &member.field)?;
            let added = self.added.entry(path).or_default();
            added.push_str(&format!(
                "\n#[derive(serde::Serialize, serde::Deserialize)]\npub struct {name} {{\n{field}}}\n"
            ));
            Some(format!("models::r#{}::{name}", path.strip_suffix(".rs")?))
        });
        self.made.insert(key, made.clone());
        made
    }

    /// What is to be added to a file.
    pub(super) fn added(&self, path: &str) -> &str {
        self.added.get(path).map_or("", String::as_str)
    }
}

/// The lines of a field with all that is said of it.
fn field<'a>(text: &'a str, model: &str, field: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("\npub struct {model} {{\n"))?;
    let fields = rest.get(..=rest.find("\n}\n")?)?;
    let own = format!("    pub {field}: ");
    let (mut begins, mut at, mut is_own) = (0, 0, false);
    for line in fields.split_inclusive('\n') {
        is_own |= line.starts_with(&own);
        at += line.len();
        let is_outer = line.starts_with("    pub ") || line.starts_with("    >");
        if is_outer && line.trim_end().ends_with(',') {
            if is_own {
                return fields.get(begins..at);
            }
            begins = at;
        }
    }
    None
}

/// The text of an object with that member, which has this text in it.
pub(super) fn wrapped(member: &TypedMember, text: &str) -> String {
    let inner = member.inside.iter().rev().fold(text.to_owned(), |text, inside| match inside {
        Inside::List => format!("[{text}]"),
        Inside::Map => format!("{{\"key\":{text}}}"),
    });
    format!("{{{}:{inner}}}", serde_json::Value::from(member.wire.as_str()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    const FILE: &str = r#"use serde::Serialize;

/// A.
pub struct A {
    /// One.
    pub one: String,
    #[serde(default)]
    #[serde(rename = "2")]
    pub two: std::collections::BTreeMap<
        String,
        i64,
    >,
    pub r#type: i64,
}

impl A {}
"#;

    #[test]
    fn a_field_is_taken_with_all_that_is_said_of_it() {
        assert_eq!(field(FILE, "A", "one"), Some("    /// One.\n    pub one: String,\n"));
        let two = field(FILE, "A", "two").unwrap();
        assert!(two.starts_with("    #[serde(default)]\n") && two.ends_with("        i64,\n    >,\n"), "{two}");
        assert_eq!(field(FILE, "A", "r#type"), Some("    pub r#type: i64,\n"));
        assert_eq!((field(FILE, "A", "tw"), field(FILE, "B", "one")), (None, None));
    }

    #[test]
    fn a_member_is_made_once_and_stands_in_its_models_file() {
        let mut files = FileSet::default();
        files.insert("src/models/a.rs", FILE.to_owned());
        let mut members = Members::new(&files);
        let inside = vec![Inside::List, Inside::Map];
        let member = TypedMember { model: "A".to_owned(), field: "one".to_owned(), wire: "\"1".to_owned(), inside };
        assert_eq!(members.alone(&member).as_deref(), Some("models::r#a::OnlyMember0"));
        assert_eq!(members.alone(&member).as_deref(), Some("models::r#a::OnlyMember0"));
        assert_eq!(members.added("a.rs").matches("pub one: String,").count(), 1);
        assert_eq!(wrapped(&member, "1"), r#"{"\"1":[{"key":1}]}"#);
    }
}

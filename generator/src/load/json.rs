//! JSON documents. serde_json reads the values; the places come from a second, lenient parser,
//! for YAML's parsers stumble over tabs and over surrogate pairs (`\ud83d\ude00`).

use jsonc_parser::ast::{ObjectPropName, Value as Ast};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::limits::{self, MOST_LEVELS};
use super::source::Node;
use super::{Parsed, Unreadable};

pub(super) fn parse(text: &str) -> Result<Parsed, Unreadable> {
    if let Some(at) = limits::deepest_bracket(text, MOST_LEVELS) {
        return Err(limits::too_deep(at));
    }
    let value = serde_json::from_str(text).map_err(|error| Unreadable {
        code: "not-json",
        message: format!("this is not JSON: {}", strip_place(&error.to_string())),
        at: byte_at(text, error.line(), error.column()),
    })?;
    let mut nodes = vec![Node::default()];
    if let Ok(ast) = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default())
        && let Some(root) = &ast.value
    {
        add(root, 0, &mut nodes);
    }
    Ok(Parsed { value, nodes })
}

/// Fills the node at `index`; the recursion is as deep as serde_json let the document be.
fn add(ast: &Ast<'_>, index: usize, nodes: &mut Vec<Node>) {
    let members: Vec<(String, std::ops::Range<usize>, &Ast<'_>)> = match ast {
        Ast::Object(object) => object
            .properties
            .iter()
            .map(|property| {
                let range = property.name.range();
                let key = match &property.name {
                    ObjectPropName::String(name) => name.value.to_string(),
                    ObjectPropName::Word(name) => name.value.to_owned(),
                };
                (key, range.start..range.end, &property.value)
            })
            .collect(),
        Ast::Array(array) => array
            .elements
            .iter()
            .enumerate()
            .map(|(at, element)| (at.to_string(), element.start()..element.start() + 1, element))
            .collect(),
        scalar => {
            nodes[index].scalar = Some(scalar.start()..scalar.end());
            return;
        }
    };
    for (key, span, value) in members {
        let child = nodes.len();
        nodes.push(Node { key: span, ..Node::default() });
        nodes[index].children.push((key, child));
        add(value, child, nodes);
    }
}

/// serde_json ends its messages with the place, which a diagnostic has of its own.
fn strip_place(message: &str) -> &str {
    message.rsplit_once(" at line ").map_or(message, |(message, _)| message)
}

fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (start + column.saturating_sub(1)).min(text.len())
}

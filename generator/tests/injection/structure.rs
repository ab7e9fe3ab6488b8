//! The structure of Rust: its tokens without names, texts and documentation.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Words whose meaning is part of the structure.
const KEYWORDS: [&str; 30] = [
    "as", "async", "await", "const", "crate", "dyn", "else", "enum", "fn", "for", "if", "impl", "in", "let", "loop",
    "match", "mod", "move", "mut", "pub", "ref", "return", "self", "Self", "static", "struct", "type", "unsafe", "use",
    "where",
];

/// The structure of a file, if it is Rust: with identifiers and literals masked, without attributes
/// that are documentation, and without what the formatter adds where lines are long.
pub(crate) fn of(text: &str) -> Result<String, String> {
    syn::parse_file(text).map_err(|error| format!("{error} at {:?}", error.span().start()))?;
    let mut out = String::new();
    write(text.parse().map_err(|error| format!("{error}"))?, &mut out);
    Ok(out)
}

/// The structure of each item of a file by itself, sorted: where they stand in the order of their names, another
/// name is another order.
pub(crate) fn of_items(text: &str) -> Result<String, String> {
    let file = syn::parse_file(text).map_err(|error| format!("{error} at {:?}", error.span().start()))?;
    let mut items = Vec::new();
    for item in &file.items {
        let mut out = String::new();
        write(quote::ToTokens::to_token_stream(item), &mut out);
        items.push(out);
    }
    items.sort();
    Ok(items.join("\n"))
}

fn write(tokens: TokenStream, out: &mut String) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                let inner = matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
                let group = at + usize::from(inner);
                if is_doc(tokens.get(group)) {
                    at = group + 1;
                } else {
                    out.push('#');
                }
            }
            // Lists in several lines end with one.
            TokenTree::Punct(mark) if mark.as_char() == ',' => {}
            TokenTree::Punct(mark) => out.push(mark.as_char()),
            TokenTree::Ident(name) => {
                let name = name.to_string();
                out.push_str(if KEYWORDS.contains(&name.as_str()) { &name } else { "i" });
                out.push(' ');
            }
            TokenTree::Literal(literal) => {
                let is_number = literal.to_string().starts_with(|c: char| c.is_ascii_digit());
                out.push_str(if is_number { "0 " } else { "\"\" " });
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    // A long arm or closure is set in braces.
                    Delimiter::Brace if out.ends_with("=>") || out.ends_with('|') => ("", ""),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                out.push_str(open);
                write(group.stream(), out);
                out.push_str(close);
            }
        }
    }
}

/// Whether this is `[doc = ".."]` or `[doc(..)]`, with nothing else in it.
fn is_doc(token: Option<&TokenTree>) -> bool {
    let Some(TokenTree::Group(group)) = token else { return false };
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(name), TokenTree::Punct(mark), TokenTree::Literal(_)] => {
            name == "doc" && mark.as_char() == '='
        }
        [TokenTree::Ident(name), TokenTree::Group(alias)] => name == "doc" && is_alias(alias.stream()),
        _ => false,
    }
}

/// `alias = ".."`, once or in a list of texts.
fn is_alias(tokens: TokenStream) -> bool {
    let text: String = tokens
        .into_iter()
        .map(|token| if let TokenTree::Literal(_) = token { "_".to_owned() } else { token.to_string() })
        .collect();
    text.replace("alias=_", "").replace("alias(", "").chars().all(|c| "_,() ".contains(c))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn code_from_a_text_is_seen() {
        let plain = of("#[doc = \" a\"]\nfn a() { b(\"c\", 1) }").unwrap();
        assert_eq!(of("/// x\n/// y\nfn b() { bb(\"*/ fn x() {}\", 22,) }").unwrap(), plain);
        assert_ne!(of("fn x() {}\nfn b() { bb(\"*/\", 22,) }").unwrap(), plain);
        assert_ne!(of("#[doc = \" a\"]\nfn a() { b(\"c\", 1); }").unwrap(), plain);
        assert_ne!(of("#[doc = include_str!(\"a\")]\nfn a() { b(\"c\", 1) }").unwrap(), plain);
        assert!(of("fn a() {}}").is_err());
    }
}

//! Rust text to formatted Rust text: the only module that knows syn and prettyplease.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{ParseStream, Parser};

/// Rust that is none: a template's mistake.
#[derive(Debug)]
pub(crate) struct BadRust {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: String,
}

/// Formats a file, with a header as its first line.
///
/// prettyplease sets items side by side; a person reads them easier with a blank line between.
pub(crate) fn file(text: &str, header: &str) -> Result<String, BadRust> {
    let formatted = |pieces: &[&str]| -> syn::Result<String> {
        let mut done = Done { text: format!("// {header}\n\n"), open: false, last: None };
        pieces.iter().try_for_each(|piece| (|input: ParseStream<'_>| done.items(input)).parse_str(piece))?;
        Ok(done.text)
    };
    let in_pieces = if text.len() > LONG { formatted(&pieces(text)).ok() } else { None };
    in_pieces.map_or_else(|| formatted(&[text]), Ok).map_err(|error| {
        let start = error.span().start();
        BadRust { line: start.line, column: start.column + 1, message: error.to_string() }
    })
}

/// A text of so many bytes is read in pieces, for its tokens take many times what it does itself.
const LONG: usize = 1 << 20;

/// The parts of a text that end with the last line of an item in braces, as far as that can be told
/// without reading it: where it is not so, a piece is no Rust, and the whole has to be read at once.
fn pieces(text: &str) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some(end) = rest.find("\n}\n") {
        let (piece, others) = rest.split_at(end + 3);
        pieces.push(piece);
        rest = others;
    }
    pieces.push(rest);
    pieces
}

/// A file as far as it is formatted.
struct Done {
    text: String,
    /// Whether what comes next needs a blank line before it.
    open: bool,
    last: Option<std::mem::Discriminant<syn::Item>>,
}

impl Done {
    /// Formats items, one by one: a tree of all would take many times what the text does.
    fn items(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let unparse =
            |attrs, items| prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs, items });
        let top = unparse(input.call(syn::Attribute::parse_inner)?, Vec::new());
        self.open |= !top.is_empty();
        self.text.push_str(&top);
        while !input.is_empty() {
            let item: syn::Item = input.parse()?;
            let kind = std::mem::discriminant(&item);
            let is_list = matches!(item, syn::Item::Use(_) | syn::Item::Mod(_));
            if self.open && !(is_list && self.last == Some(kind)) {
                self.text.push('\n');
            }
            self.text.push_str(&mapping(&item).unwrap_or_else(|| spread(&unparse(Vec::new(), vec![item]))));
            (self.open, self.last) = (true, Some(kind));
        }
        Ok(())
    }
}

/// A call `name!(Item => Type)`, within which prettyplease would set a blank between all tokens.
fn mapping(item: &syn::Item) -> Option<String> {
    let syn::Item::Macro(syn::ItemMacro { attrs, ident: None, mac, .. }) = item else { return None };
    let parts = |input: ParseStream<'_>| -> syn::Result<(syn::Ident, syn::Type)> {
        let item = input.parse()?;
        input.parse::<syn::Token![=>]>()?;
        Ok((item, input.parse()?))
    };
    let (name, (item, ty)) = (mac.path.get_ident()?, mac.parse_body_with(parts).ok()?);
    attrs.is_empty().then(|| format!("{name}!({item} => {});\n", type_text(&quote!(#ty))))
}

/// Sets a blank line after each method.
fn spread(item: &str) -> String {
    let mut out = String::new();
    let mut lines = item.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if line == "    }" && lines.peek().is_some_and(|next| *next != "}") {
            out.push('\n');
        }
    }
    out
}

/// An identifier that is known to be one, such as the crate's name.
pub(crate) fn ident(name: &str) -> proc_macro2::Ident {
    proc_macro2::Ident::new(name, proc_macro2::Span::call_site())
}

/// A type on one line.
pub(crate) fn type_text(ty: &TokenStream) -> String {
    let text = unparse(&quote!(type T = #ty;));
    let text: Vec<&str> = text.lines().map(str::trim).collect();
    text.join(" ").trim_start_matches("type T = ").trim_end_matches(';').to_owned()
}

/// Statements as they stand in a function's body, without indentation.
pub(crate) fn statements(statements: &TokenStream) -> String {
    let text = unparse(&quote!(async fn f() { #statements }));
    let lines: Vec<&str> = text.lines().collect();
    let body = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    let lines: Vec<&str> = body.iter().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    lines.join("\n")
}

/// Tokens that are no file come out as they are: nothing is lost, and `file` tells of it later.
fn unparse(tokens: &TokenStream) -> String {
    match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(_) => tokens.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{LONG, file};

    /// Repeated, each kind follows each other one, and braces end where they do not count.
    const ITEMS: &str =
        "use a::b;\npub struct A { a: u8 }\nimpl A {\nfn a() { \"\\n}\\n\"; }\n}\npub mod b { fn c() {} }\n";

    #[test]
    fn a_long_file_is_formatted_as_a_short_one() {
        let items = ITEMS.repeat(3);
        let short = file(&items, "made").unwrap_or_default();
        let blank = " ".repeat(LONG);
        assert_eq!(file(&format!("{items}{blank}"), "made").unwrap_or_default(), short);
        assert!(short.starts_with("// made\n\nuse a::b;\n\npub struct A {\n"), "{short}");
    }

    #[test]
    fn what_cannot_be_read_in_pieces_is_read_at_once() {
        let odd = "fn a() {\n\"\n}\n\";\n}\n";
        let short = file(odd, "made").unwrap_or_default();
        assert_eq!(file(&format!("{odd}{}", " ".repeat(LONG)), "made").unwrap_or_default(), short);
        let bad = file(&format!("{odd}fn b( {{\n}}\n{}", "\n".repeat(LONG)), "made");
        assert_eq!(bad.map_err(|bad| bad.line).err(), Some(6));
    }
}

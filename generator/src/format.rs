//! Rust text to formatted Rust text: the only module that knows syn and prettyplease.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::Parser;

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
    let mut out = format!("// {header}\n\n");
    let all = |input: syn::parse::ParseStream<'_>| items(input, &mut out);
    all.parse_str(text).map_err(|error| {
        let start = error.span().start();
        BadRust { line: start.line, column: start.column + 1, message: error.to_string() }
    })?;
    Ok(out)
}

/// Formats a file's items, one by one: a tree of all would take many times what the text does.
fn items(input: syn::parse::ParseStream<'_>, out: &mut String) -> syn::Result<()> {
    let unparse = |attrs, items| prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs, items });
    let top = unparse(input.call(syn::Attribute::parse_inner)?, Vec::new());
    let mut open = !top.is_empty();
    out.push_str(&top);
    let mut last = None;
    while !input.is_empty() {
        let item: syn::Item = input.parse()?;
        let kind = std::mem::discriminant(&item);
        let is_list = matches!(item, syn::Item::Use(_) | syn::Item::Mod(_));
        if open && !(is_list && last == Some(kind)) {
            out.push('\n');
        }
        out.push_str(&mapping(&item).unwrap_or_else(|| spread(&unparse(Vec::new(), vec![item]))));
        (open, last) = (true, Some(kind));
    }
    Ok(())
}

/// A call `name!(Item => Type)`, within which prettyplease would set a blank between all tokens.
fn mapping(item: &syn::Item) -> Option<String> {
    let syn::Item::Macro(syn::ItemMacro { attrs, ident: None, mac, .. }) = item else { return None };
    let parts = |input: syn::parse::ParseStream<'_>| -> syn::Result<(syn::Ident, syn::Type)> {
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

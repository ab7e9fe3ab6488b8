//! The document's prose as Markdown that neither rustdoc nor a Markdown page can misread: no
//! text becomes HTML, a link to an item, or a code block that would be compiled.

/// Lines of Markdown; empty if there is no text.
pub(super) fn lines(text: Option<&str>) -> Vec<String> {
    let text = line_breaks(text.unwrap_or_default());
    let mut lines: Vec<String> = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        let line: String = line.replace('\t', "    ").chars().filter(|c| !is_unprintable(*c)).collect();
        let line = line.trim_end();
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            // A fence without a language would be a doctest.
            lines.push(if fenced { "```".to_owned() } else { "```text".to_owned() });
            fenced = !fenced;
        } else if fenced {
            lines.push(line.to_owned());
        } else {
            // Four blanks would begin a code block.
            let indent = (line.len() - trimmed.len()).min(3);
            lines.push(format!("{}{}", " ".repeat(indent), inline(trimmed)));
        }
    }
    if fenced {
        lines.push("```".to_owned());
    }
    let blank = |line: &String| line.trim().is_empty();
    while lines.last().is_some_and(blank) {
        lines.pop();
    }
    let leading = lines.iter().take_while(|line| blank(line)).count();
    lines.drain(..leading);
    lines
}

/// One line for a table's cell or a list.
pub(super) fn cell(text: Option<&str>) -> String {
    lines(text).iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// A text as inline code.
pub(super) fn code(text: &str) -> String {
    let text: String = text.chars().filter(|c| !is_unprintable(*c) && *c != '\n').collect();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match text.as_str() {
        "" => "(empty)".to_owned(),
        text if longest > 0 => format!("{fence} {text} {fence}"),
        text => format!("`{text}`"),
    }
}

/// A text as inline code in a table's cell.
pub(super) fn code_cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// Control characters, and marks that turn the direction of a line's text.
pub(super) fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// HTML line breaks are common in descriptions, and mean a new line.
fn line_breaks(text: &str) -> String {
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    for tag in ["<br/>", "<br />", "<br>", "<p>", "</p>"] {
        text = text.replace(&format!("{tag}\n"), "\n\n").replace(tag, "\n\n");
    }
    text
}

/// Escapes what is not code: brackets, angles and backslashes; addresses become links of their own.
///
/// A line keeps its code spans only if they are of the simple kind; wherever a code block could
/// begin, behind a list's mark too, nothing that could begin one is left.
fn inline(line: &str) -> String {
    let mut line = line.replace("~~~", "~ ~ ~");
    while line.contains("    ") {
        line = line.replace("    ", " ");
    }
    let ticks = line.matches('`').count();
    if line.contains("``") {
        return line.split('`').map(plain).collect::<Vec<_>>().join("\\`");
    }
    let mut out = String::new();
    for (index, part) in line.split('`').enumerate() {
        let is_code = index % 2 == 1 && index < ticks;
        if index > 0 {
            out.push_str(if index % 2 == 1 && !is_code { "\\`" } else { "`" });
        }
        if is_code { out.push_str(part) } else { out.push_str(&plain(part)) }
    }
    out
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let address = ["https://", "http://"].iter().any(|scheme| rest.starts_with(scheme));
        if address {
            let end = rest
                .find(|c: char| !c.is_ascii() || c.is_whitespace() || "<>()[]{}\"'`|\\^".contains(c))
                .unwrap_or(rest.len());
            let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
            if url.len() > "https://".len() {
                out.push_str(&format!("<{url}>"));
                rest = &rest[url.len()..];
                continue;
            }
        }
        if let Some(length) = link(rest) {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        if "<>[]\\".contains(c) {
            out.push('\\');
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// The length of a link `[text](https://...)` that begins here; its text holds no brackets or code.
fn link(text: &str) -> Option<usize> {
    let text = text.strip_prefix('[')?;
    // No further than the label goes: a text may be of brackets alone.
    let (label, tail) = text.split_at(text.find(['[', ']', '<', '>', '\\', '`'])?);
    let tail = tail.strip_prefix("](")?;
    let url = &tail[..tail.find([')', ' ', '\n']).filter(|end| tail[*end..].starts_with(')'))?];
    let is_plain = !label.is_empty();
    let is_url = (url.starts_with("https://") || url.starts_with("http://"))
        && url.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>()\\`\"".contains(&byte));
    (is_plain && is_url).then(|| label.len() + url.len() + "[]()".len())
}

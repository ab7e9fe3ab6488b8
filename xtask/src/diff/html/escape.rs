//! Texts of documents as HTML: none of them can be markup, and none can hide.

use std::fmt;

/// A text between tags. A sign that nobody would see, or that turns others about, is shown by its
/// number.
pub(super) struct Text<'a>(pub(super) &'a str);

/// A text as an attribute's value in quotes, or as a title.
pub(super) struct Plain<'a>(pub(super) &'a str);

/// A sentence with code between backticks.
pub(super) struct Sentence<'a>(pub(super) &'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            c if is_unseen(c) => write!(f, "<span class=\"unseen\">U+{:04X}</span>", u32::from(c)),
            c => write(f, c),
        })
    }
}

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            c if is_unseen(c) => write!(f, "[U+{:04X}]", u32::from(c)),
            c => write(f, c),
        })
    }
}

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A backtick without a partner is one of the text's own.
        let parts: Vec<&str> = self.0.split('`').collect();
        for (index, part) in parts.iter().enumerate() {
            match index % 2 {
                1 if index + 1 < parts.len() => write!(f, "<code>{}</code>", Text(part))?,
                1 => write!(f, "`{}", Text(part))?,
                _ => write!(f, "{}", Text(part))?,
            }
        }
        Ok(())
    }
}

fn write(f: &mut fmt::Formatter<'_>, c: char) -> fmt::Result {
    match c {
        '&' => f.write_str("&amp;"),
        '<' => f.write_str("&lt;"),
        '>' => f.write_str("&gt;"),
        '"' => f.write_str("&quot;"),
        '\'' => f.write_str("&#39;"),
        c => write!(f, "{c}"),
    }
}

/// Whether a sign has no look of its own: it is a control, or it joins, parts or turns its neighbours.
fn is_unseen(c: char) -> bool {
    if c.is_control() {
        return !matches!(c, '\n' | '\t');
    }
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        let hostile = "</script><img src=x onerror='alert(1)'>&\"";
        let shown = "&lt;/script&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;&quot;";
        assert_eq!(Text(hostile).to_string(), shown);
        assert_eq!(Plain(hostile).to_string(), shown);
        assert_eq!(Sentence(hostile).to_string(), shown);
        assert_eq!(Sentence("`<b>` is <b>").to_string(), "<code>&lt;b&gt;</code> is &lt;b&gt;");
    }

    #[test]
    fn nothing_of_a_text_hides() {
        assert_eq!(Text("a\u{202e}b").to_string(), "a<span class=\"unseen\">U+202E</span>b");
        assert_eq!(Plain("a\u{0}\u{200d}").to_string(), "a[U+0000][U+200D]");
        assert_eq!(Text("a\tb\nשלום").to_string(), "a\tb\nשלום");
    }

    #[test]
    fn a_backtick_alone_stays_one() {
        assert_eq!(Sentence("`a` and `b").to_string(), "<code>a</code> and `b");
        assert_eq!(Sentence("no code").to_string(), "no code");
    }
}

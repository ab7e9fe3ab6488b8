//! Texts of a document as they are shown: what would move a cursor, or turn the letters around it, is
//! made visible.

use std::borrow::Cow;

/// Whether a sign would change how others are shown: a control, a mark of direction, an end of a line.
pub(crate) fn is_active(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A text in which such signs are written out; lines stay lines.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char| matches!(c, '\n' | '\t') || !is_active(c);
    if text.chars().all(is_kept) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_kept(c) { shown.push(c) } else { shown.extend(c.escape_unicode()) }
    }
    Cow::Owned(shown)
}

/// A line of a file in which each such sign is another of as many bytes, so that places stay.
pub(crate) fn inert(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char| matches!(c, '\n' | '\t' | '\r') || !is_active(c);
    if text.chars().all(is_kept) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|c| match c.len_utf8() {
        _ if is_kept(c) => c,
        1 => '?',
        2 => '\u{bf}',
        _ => char::REPLACEMENT_CHARACTER,
    });
    Cow::Owned(shown.collect())
}

#[cfg(test)]
mod tests {
    use super::{inert, visible};

    #[test]
    fn what_is_active_is_seen_and_moves_nothing() {
        let text = "a\u{1b}[2J\u{9b}1m\u{202e}b\u{feff}\u{0}\n\tc é 日";
        assert_eq!(visible(text), "a\\u{1b}[2J\\u{9b}1m\\u{202e}b\\u{feff}\\u{0}\n\tc é 日");
        let shown = inert(text);
        assert_eq!(shown, "a?[2J\u{bf}1m\u{fffd}b\u{fffd}?\n\tc é 日");
        assert_eq!(shown.len(), text.len());
        assert_eq!(visible("plain"), "plain");
    }
}

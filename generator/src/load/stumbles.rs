//! What libyaml-safer stumbles over: it panics where libyaml goes on. Places do not change by what is
//! done about that, and values are read elsewhere.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read};

/// A text to read without a panic, in pieces: the parser unpacks whatever it is given at once. It ends
/// with a line's end, for a block of text that ends without has none to read.
pub(super) fn reader(text: &str) -> impl BufRead {
    BufReader::new(text.as_bytes().chain(&b"\n"[..]))
}

/// Makes nulls of tags right before a comma, as in `[!!str, a]`: of as many bytes.
pub(super) fn without_lone_tags(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    let mut from = 0;
    while let Some(found) = text[from..].find('!') {
        let start = from + found;
        from = start + 1;
        if text[..start].chars().next_back().is_some_and(is_of_word) {
            continue;
        }
        let end = start + tag(&text[start..]);
        if text[end..].starts_with(',') {
            out.push_str(&text[done..start]);
            out.push('~');
            out.extend(std::iter::repeat_n(' ', end - start - 1));
            done = end;
        }
        from = end;
    }
    if done == 0 { text.into() } else { (out + &text[done..]).into() }
}

/// Whether a `!` behind this is one of a text, not a tag's: none begins within a word.
fn is_of_word(before: char) -> bool {
    !before.is_whitespace() && !"\u{feff}[]{},:?\"'".contains(before)
}

/// The bytes of the tag that a text begins with, all of them ASCII. A tag may hold a `'`, but where one
/// stands before a comma, as in `['!', '?']`, it ends a text.
fn tag(text: &str) -> usize {
    let is_of_tag = |byte: u8| byte.is_ascii_alphanumeric() || b"_-;/?:@&=+$.%!~*()".contains(&byte);
    let of = |is_in: &dyn Fn(u8) -> bool| text.bytes().skip(1).take_while(|byte| is_in(*byte)).count() + 1;
    if !text.starts_with("!<") {
        return of(&is_of_tag);
    }
    let end = of(&|byte| is_of_tag(byte) || b"<,[]".contains(&byte));
    if text[end..].starts_with('>') { end + 1 } else { end }
}

//! What something was beside what it is, with the part that differs marked.

use std::fmt;
use std::ops::Range;

use super::escape::Text;

/// One of two sides.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// There is a text, of which a part is not in the other.
    Text(&'a str, Range<usize>),
    /// There is nothing, and something on the other side.
    Missing,
    /// Neither side has a text.
    Unsaid,
}

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text, part) if part.is_empty() => write!(f, "<pre>{}</pre>", Text(text)),
            Self::Text(text, part) => {
                let (left, right) = (Text(&text[..part.start]), Text(&text[part.end..]));
                write!(f, "<pre>{left}<mark>{}</mark>{right}</pre>", Text(&text[part.clone()]))
            }
            Self::Missing => f.write_str("<p>not there</p>"),
            Self::Unsaid => Ok(()),
        }
    }
}

/// Both sides.
pub(super) fn parts<'a>(before: Option<&'a str>, after: Option<&'a str>) -> (Part<'a>, Part<'a>) {
    match (before, after) {
        (Some(a), Some(b)) => {
            let (of_a, of_b) = differing(a, b);
            (Part::Text(a, of_a), Part::Text(b, of_b))
        }
        (Some(a), None) => (Part::Text(a, 0..0), Part::Missing),
        (None, Some(b)) => (Part::Missing, Part::Text(b, 0..0)),
        (None, None) => (Part::Unsaid, Part::Unsaid),
    }
}

/// The words that two texts do not share at their beginnings and ends; none where they share none.
fn differing(a: &str, b: &str) -> (Range<usize>, Range<usize>) {
    let (first, second) = (words(a), words(b));
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = first.iter().zip(&second).take_while(same).count();
    let (first, second) = (&first[head..], &second[head..]);
    let tail = first.iter().rev().zip(second.iter().rev()).take_while(same).count();
    let length = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
    let range = |text: &str, rest: &[&str]| {
        let start = text.len() - length(rest);
        start..start + length(&rest[..rest.len() - tail])
    };
    if head + tail == 0 { (0..0, 0..0) } else { (range(a, first), range(b, second)) }
}

/// Words, and each sign between them.
fn words(text: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if is_word(first) { rest.find(|c| !is_word(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (word, after) = rest.split_at(length);
        found.push(word);
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> (String, String) {
        let (a, b) = parts(Some(before), Some(after));
        (a.to_string(), b.to_string())
    }

    #[test]
    fn what_differs_is_marked_word_by_word() {
        let (a, b) = shown("f(id: String) -> Option<Pet>", "f(id: String, q: i64) -> Option<Pet>");
        assert_eq!(a, "<pre>f(id: String) -&gt; Option&lt;Pet&gt;</pre>");
        assert_eq!(b, "<pre>f(id: String<mark>, q: i64</mark>) -&gt; Option&lt;Pet&gt;</pre>");
        let (a, b) = shown("GET /pets", "GET /petshop");
        assert_eq!(
            (a.as_str(), b.as_str()),
            ("<pre>GET /<mark>pets</mark></pre>", "<pre>GET /<mark>petshop</mark></pre>")
        );
    }

    #[test]
    fn texts_that_share_nothing_are_not_marked() {
        assert_eq!(shown("i64", "String"), ("<pre>i64</pre>".to_owned(), "<pre>String</pre>".to_owned()));
        assert_eq!(shown("aä", "aä"), ("<pre>aä</pre>".to_owned(), "<pre>aä</pre>".to_owned()));
        assert_eq!(shown("", "a"), ("<pre></pre>".to_owned(), "<pre>a</pre>".to_owned()));
    }

    #[test]
    fn what_is_on_one_side_alone_is_missing_on_the_other() {
        assert_eq!(parts(None, Some("a")), (Part::Missing, Part::Text("a", 0..0)));
        assert_eq!(parts(None, None), (Part::Unsaid, Part::Unsaid));
    }
}

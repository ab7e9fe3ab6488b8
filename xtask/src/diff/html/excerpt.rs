//! The lines of a document around a place.

use std::fmt::{self, Write};
use std::ops::Range;

use super::escape::Text;

/// How many lines are shown before a place, and after it.
const BEFORE: usize = 2;
const AFTER: usize = 5;
/// How many characters of a line are shown: some documents are one line.
const WIDTH: usize = 160;

/// A document's text, with where its lines begin.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// A line without its end.
    fn line(&self, index: usize) -> Option<(usize, &'a str)> {
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        // What follows the last line's end is no line.
        (start < self.text.len()).then(|| (start, self.text[start..end].trim_end()))
    }

    /// The list of the lines around a place, which is marked.
    pub(super) fn around(&self, span: &Range<usize>) -> impl fmt::Display {
        let here = self.starts.partition_point(|start| *start <= span.start).saturating_sub(1);
        let first = here.saturating_sub(BEFORE);
        let shown: Vec<_> = (first..=here + AFTER).map_while(|index| self.line(index)).collect();
        let indent = shown.iter().filter(|(_, line)| !line.is_empty());
        let indent = indent.map(|(_, line)| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
        let mut out = format!("<ol start=\"{}\">", first + 1);
        for (index, (start, line)) in shown.into_iter().enumerate() {
            let from = indent.min(line.len());
            let mark =
                span.start.clamp(start, start + line.len()) - start..span.end.clamp(start, start + line.len()) - start;
            // A bracket alone says nothing; the line does.
            let says = line[mark.clone()].chars().any(char::is_alphanumeric);
            let mark = if says { mark } else { mark.start..mark.start };
            let _ = if first + index == here && mark.start >= from {
                write!(out, "<li class=\"here\">{}", Marked { line, from, mark })
            } else {
                write!(out, "<li>{}", Marked { line, from, mark: from..from })
            };
        }
        out + "</ol>"
    }
}

/// A line from some byte on, with a part of it marked.
struct Marked<'a> {
    line: &'a str,
    from: usize,
    mark: Range<usize>,
}

impl fmt::Display for Marked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, from, mark } = self;
        // A mark far to the right is shown with a third of the width before it.
        let before = line[*from..mark.start].chars().count();
        let from = if before + 20 > WIDTH { skip(line, *from, before - WIDTH / 3) } else { *from };
        let to = skip(line, from, WIDTH);
        let mark = mark.start..mark.end.clamp(mark.start, to);
        let (left, right) = (if from > self.from { "…" } else { "" }, if to < line.len() { "…" } else { "" });
        write!(f, "{left}{}", Text(&line[from..mark.start]))?;
        if !mark.is_empty() {
            write!(f, "<mark>{}</mark>", Text(&line[mark.clone()]))?;
        }
        write!(f, "{}{right}", Text(&line[mark.end..to]))
    }
}

/// The byte that is some characters further on.
fn skip(line: &str, from: usize, characters: usize) -> usize {
    line[from..].char_indices().nth(characters).map_or(line.len(), |(at, _)| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(text: &str, part: &str) -> String {
        let start = text.find(part).unwrap();
        Lines::new(text).around(&(start..start + part.len())).to_string()
    }

    #[test]
    fn a_place_is_marked_among_its_neighbours() {
        let text = "a: 1\nb:\n  c: 2\n  <d>: 3\n  e: 4\n";
        assert_eq!(
            around(text, "<d>"),
            "<ol start=\"2\"><li>b:<li>  c: 2<li class=\"here\">  <mark>&lt;d&gt;</mark>: 3<li>  e: 4</ol>"
        );
        assert_eq!(around("x: 1\n", "x"), "<ol start=\"1\"><li class=\"here\"><mark>x</mark>: 1</ol>");
    }

    #[test]
    fn a_bracket_alone_is_not_marked() {
        assert_eq!(around("- {a: 1}\n", "{"), "<ol start=\"1\"><li class=\"here\">- {a: 1}</ol>");
    }

    #[test]
    fn what_all_lines_are_indented_by_is_left_out() {
        let text = "    a: 1\n    b: 2\r\n\n      c: 3";
        assert_eq!(around(text, "c"), "<ol start=\"2\"><li>b: 2<li><li class=\"here\">  <mark>c</mark>: 3</ol>");
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let text = format!("{{{}\"ä\":1{}}}", "\"k\":0,".repeat(500), ",\"z\":0".repeat(500));
        let shown = around(&text, "\"ä\"");
        assert!(shown.contains("<mark>&quot;ä&quot;</mark>:1") && shown.len() < 1500, "{shown}");
        assert!(shown.contains("<li class=\"here\">…") && shown.ends_with("…</ol>"), "{shown}");
        let whole = around(&text, &text);
        assert!(whole.len() < 1500, "{whole}");
    }

    #[test]
    fn a_place_beyond_the_text_is_its_last_line() {
        assert_eq!(Lines::new("").around(&(0..0)).to_string(), "<ol start=\"1\"></ol>");
        assert_eq!(Lines::new("a\n").around(&(2..2)).to_string(), "<ol start=\"1\"><li>a</ol>");
    }
}

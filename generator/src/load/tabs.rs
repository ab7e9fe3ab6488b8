//! Tabs as indentation, which YAML forbids (YAML 1.2 section 6.1) and editors write.

/// The same text with a space for each tab that indents, so that all places stay, and the first such
/// tab; none if spaces indent too, for then nobody knows how wide a tab was meant to be.
pub(super) fn as_spaces(text: &str) -> Option<(String, usize)> {
    let mut out = String::with_capacity(text.len());
    let mut first = None;
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t']);
        let indentation = &line[..line.len() - rest.len()];
        if indentation.contains(' ') && !rest.trim_end().is_empty() {
            return None;
        }
        if !indentation.is_empty() {
            first.get_or_insert(out.len());
        }
        out.extend(indentation.chars().map(|_| ' '));
        out.push_str(rest);
    }
    Some((out, first?))
}

/// Whether a tab indents the line at a byte, or one before it.
pub(super) fn indent(text: &str, at: usize) -> bool {
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    text[..end].lines().any(|line| line.trim_start_matches(' ').starts_with('\t'))
}

#[cfg(test)]
mod tests {
    use super::{as_spaces, indent};

    #[test]
    fn only_before_the_text_of_a_line() {
        let spaces = as_spaces("a\tb:\n\tb: c\td\n\t\te: f\n  \n");
        assert_eq!(spaces, Some(("a\tb:\n b: c\td\n  e: f\n  \n".to_owned(), 5)));
        assert!(indent("a:\n\tb: 1\n  c: 2", 3) && !indent("a: 1\nb: 2\n\tc: 3", 5));
        assert_eq!(as_spaces("a: b\tc"), None);
        assert_eq!(as_spaces("a:\n\tb:\n  c: d"), None);
    }
}

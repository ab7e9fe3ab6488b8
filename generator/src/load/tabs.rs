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

#[cfg(test)]
mod tests {
    use super::as_spaces;

    #[test]
    fn only_before_the_text_of_a_line() {
        let spaces = as_spaces("a\tb:\n\tb: c\td\n\t\te: f\n  \n");
        assert_eq!(spaces, Some(("a\tb:\n b: c\td\n  e: f\n  \n".to_owned(), 5)));
        assert_eq!(as_spaces("a: b\tc"), None);
        assert_eq!(as_spaces("a:\n\tb:\n  c: d"), None);
    }
}

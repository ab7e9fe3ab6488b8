//! How a document spells the names of its members, so that the lock need not list them all.

use super::words::Words;

/// A way to join words: from an identifier to the one name in the document that it belongs to without
/// a line in the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spelling {
    /// `foo_bar`
    Snake,
    /// `fooBar`
    Camel,
    /// `FooBar`
    Pascal,
    /// `foo-bar`
    Kebab,
    /// `FOO_BAR`
    Upper,
    /// `Foo-Bar`
    Train,
}

impl Spelling {
    /// All of them; of two that fit as well the first is taken.
    pub(crate) const ALL: [Self; 6] = [Self::Snake, Self::Camel, Self::Pascal, Self::Kebab, Self::Upper, Self::Train];

    /// The word for it in the lock.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Snake => "snake",
            Self::Camel => "camel",
            Self::Pascal => "pascal",
            Self::Kebab => "kebab",
            Self::Upper => "upper",
            Self::Train => "train",
        }
    }

    /// Reads the word for it.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|spelling| spelling.word() == word)
    }

    /// The name in the document to which an identifier belongs, raw or not.
    pub(crate) fn spell(self, ident: &str) -> String {
        let words = Words::default().split(ident.strip_prefix("r#").unwrap_or(ident));
        let capital = |word: &String| match word.split_at_checked(1) {
            Some((first, rest)) => first.to_ascii_uppercase() + rest,
            None => word.clone(),
        };
        match self {
            Self::Snake => words.join("_"),
            Self::Camel => {
                let rest: String = words.iter().skip(1).map(capital).collect();
                words.first().cloned().unwrap_or_default() + &rest
            }
            Self::Pascal => words.iter().map(capital).collect(),
            Self::Kebab => words.join("-"),
            Self::Upper => words.join("_").to_ascii_uppercase(),
            Self::Train => words.iter().map(capital).collect::<Vec<_>>().join("-"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_belongs_to_one_name() {
        for (spelling, field, variant) in [
            (Spelling::Snake, "foo_bar", "foo_bar2"),
            (Spelling::Camel, "fooBar", "fooBar2"),
            (Spelling::Pascal, "FooBar", "FooBar2"),
            (Spelling::Kebab, "foo-bar", "foo-bar2"),
            (Spelling::Upper, "FOO_BAR", "FOO_BAR2"),
            (Spelling::Train, "Foo-Bar", "Foo-Bar2"),
        ] {
            assert_eq!((spelling.spell("foo_bar"), spelling.spell("FooBar2")), (field.to_owned(), variant.to_owned()));
            assert_eq!(Spelling::parse(spelling.word()), Some(spelling));
        }
    }
}

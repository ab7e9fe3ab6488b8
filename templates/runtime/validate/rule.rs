//! The rules of a schema, as plain data.

/// The rules of one schema: a value must obey all of them.
pub(crate) type Rules = &'static [Rule];

/// A rule; those on values of another kind than the one at hand say nothing.
#[derive(Debug)]
#[allow(dead_code, reason = "an API need not have rules of every kind")]
pub(crate) enum Rule {
    /// Null is valid, whatever the rules beside it say; stands first.
    OrNull,
    /// A value of this kind.
    Is(Kind),
    /// A value of one of these kinds.
    IsAny(&'static [Kind]),
    /// One of these texts.
    Texts(&'static [&'static str]),
    /// One of these values, each as JSON.
    Values(&'static [&'static str]),
    /// At least so many characters.
    MinLength(u64),
    /// At most so many characters.
    MaxLength(u64),
    /// A pattern of ECMA 262 that is found somewhere in the text.
    Pattern(&'static str),
    /// A text, or a number, of a format.
    Format(Format),
    /// At least this number.
    Minimum(&'static str),
    /// More than this number.
    Above(&'static str),
    /// At most this number.
    Maximum(&'static str),
    /// Less than this number.
    Below(&'static str),
    /// A multiple of this number.
    MultipleOf(&'static str),
    /// At least so many elements.
    MinItems(u64),
    /// At most so many elements.
    MaxItems(u64),
    /// No two elements are equal.
    Unique,
    /// The first elements, one after the other.
    Prefix(&'static [Rules]),
    /// All elements behind the first so many.
    Items(usize, Rules),
    /// At least and at most so many elements are so.
    Contains(Rules, u64, Option<u64>),
    /// At least so many members.
    MinProperties(u64),
    /// At most so many members.
    MaxProperties(u64),
    /// These members are there.
    Required(&'static [&'static str]),
    /// Members by their names.
    Properties(&'static [(&'static str, Rules)]),
    /// Members by their names, by patterns of their names, and all others.
    Members(&'static [(&'static str, Rules)], &'static [(&'static str, Rules)], Rest),
    /// The names of all members.
    Names(Rules),
    /// Where the first is there, the others are too.
    DependentRequired(&'static [(&'static str, &'static [&'static str])]),
    /// Where a member is there, the whole obeys more rules.
    Dependent(&'static [(&'static str, Rules)]),
    /// All of these.
    All(&'static [Rules]),
    /// At least one of these.
    Any(&'static [Rules]),
    /// Exactly one of these.
    One(&'static [Rules]),
    /// A member that tells which rules there are; those by its values, and those of all others.
    Tagged(&'static str, &'static [(&'static str, Rules)], Rules),
    /// Not so.
    Not(Rules),
    /// If the first holds, the second does, else the third.
    When(Rules, Rules, Rules),
    /// The rules of a type.
    Of(&'static Rules),
    /// There is no such value.
    Never,
}

/// What is said of the members that nothing names.
#[derive(Debug)]
#[allow(dead_code, reason = "an API need not have rules of every kind")]
pub(crate) enum Rest {
    /// Nothing.
    Open,
    /// There are none.
    Closed,
    /// Each is so.
    Each(Rules),
}

/// The kinds of JSON values; every integer is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "an API need not have values of every kind")]
pub(crate) enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// Its name with an article.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "true or false",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::String => "a text",
            Self::Array => "a list",
            Self::Object => "an object",
        }
    }
}

/// Formats that can be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "an API need not have values of every format")]
pub(crate) enum Format {
    Byte,
    Date,
    DateTime,
    Duration,
    Email,
    Hostname,
    Int32,
    Int64,
    Ipv4,
    Ipv6,
    JsonPointer,
    Regex,
    RelativeJsonPointer,
    Time,
    Uint32,
    Uint64,
    Uri,
    UriReference,
    UriTemplate,
    Uuid,
}

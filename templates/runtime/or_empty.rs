//! Absent, empty and value: three things.

/// A parameter that may be left out, sent as nothing but its name, or hold a value.
///
/// A number or truth value itself is never empty, so where the API allows an empty one
/// (`?verbose=`), this says so. A value is given as it is: `.verbose(true)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OrEmpty<T> {
    /// The parameter is left out.
    #[default]
    Absent,
    /// The parameter is sent without a value.
    Empty,
    /// The parameter holds a value.
    Value(T),
}

impl<T> From<T> for OrEmpty<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for OrEmpty<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

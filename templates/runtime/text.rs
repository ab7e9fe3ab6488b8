//! Texts that may be left out.

use std::borrow::Cow;

/// A text for an optional parameter, or `None` to leave the parameter out.
///
/// Implemented for `&str`, `String`, `&String`, `Cow<str>` and for `Option`s of them. It cannot be
/// implemented for other types.
pub trait IntoText: sealed::Sealed {
    /// The text, if there is one.
    fn into_text(self) -> Option<String>;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! texts {
    ($($text:ty),*) => {$(
        impl sealed::Sealed for $text {}
        impl IntoText for $text {
            fn into_text(self) -> Option<String> {
                Some(self.into())
            }
        }
        impl sealed::Sealed for Option<$text> {}
        impl IntoText for Option<$text> {
            fn into_text(self) -> Option<String> {
                self.map(Into::into)
            }
        }
    )*};
}

texts!(&str, String, &String, Cow<'_, str>);

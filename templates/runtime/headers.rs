//! Header fields that callers supply.

use http::header::{self, HeaderName, HeaderValue};

/// Checks a field; the message never shows the value, which may be a secret, nor a name that is
/// none: the two may have been swapped.
pub(crate) fn parse(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| "a header's name is none (RFC 9110 section 5.1)".to_owned())?;
    if belongs_to_the_connection(&name) {
        return Err(format!("header `{name}` is the HTTP client's own business"));
    }
    // `HeaderValue` itself takes any byte from 0x80 on.
    let printable = value.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~'));
    let parsed = HeaderValue::from_str(value).ok().filter(|_| printable);
    let mut value = parsed.ok_or_else(|| {
        format!(
            "the value of header `{name}` has a character beyond printable ASCII \
             (RFC 9110 section 5.5)"
        )
    })?;
    // An API key may travel in a header of any name.
    value.set_sensitive(true);
    Ok((name, value))
}

/// A wrong one of these garbles the message or sends it to somebody else.
fn belongs_to_the_connection(name: &HeaderName) -> bool {
    [
        header::CONNECTION,
        header::CONTENT_LENGTH,
        header::HOST,
        header::TE,
        header::TRAILER,
        header::TRANSFER_ENCODING,
        header::UPGRADE,
    ]
    .contains(name)
}

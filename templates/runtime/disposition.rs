//! The file's name in `Content-Disposition` (RFC 6266).

use percent_encoding::percent_decode_str;

use super::failure::is_unprintable;

/// The name that the header suggests, without any path before it.
pub(crate) fn file_name(value: &[u8]) -> Option<String> {
    // Beyond ASCII there is no rule: what is UTF-8 was meant so, and the rest is ISO 8859-1.
    let value = match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => latin1(value),
    };
    let parameters = parameters(&value);
    let find = |wanted| parameters.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    // The extended one is the exact one (section 4.3); a broken one counts as none.
    let found = find("filename*").and_then(extended).or_else(|| find("filename").map(str::to_owned));
    found.as_deref().and_then(last_segment)
}

/// The parameters behind the type, with names in small letters and quotes taken off.
fn parameters(value: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = value.split_once(';').map_or("", |(_, rest)| rest);
    while let Some((name, after)) = rest.split_once('=') {
        // A parameter without a value is passed over.
        let name = name.rsplit(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let after = after.trim_start();
        let (value, behind) = match after.strip_prefix('"') {
            Some(quoted) => unquote(quoted),
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim_end().to_owned(), &after[end..])
            }
        };
        found.push((name, value));
        rest = behind.split_once(';').map_or("", |(_, rest)| rest);
    }
    found
}

/// A quoted text up to its closing quotation mark, and what stands behind.
fn unquote(quoted: &str) -> (String, &str) {
    let mut text = String::new();
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => text.extend(characters.next()),
            other => text.push(other),
        }
    }
    (text, characters.as_str())
}

/// A value with its character set (RFC 8187 section 3.2).
fn extended(value: &str) -> Option<String> {
    let mut parts = value.splitn(3, '\'');
    let (charset, _language, text) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes: Vec<u8> = percent_decode_str(text).collect();
    match charset.to_ascii_lowercase().as_str() {
        "utf-8" => String::from_utf8(bytes).ok(),
        "iso-8859-1" => Some(latin1(&bytes)),
        _ => None,
    }
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// What stands behind the last separator of any system, if that is a name.
///
/// A colon is one on Windows, where it sets off a drive, or a stream within a file.
fn last_segment(path: &str) -> Option<String> {
    let name: String = path.rsplit(['/', '\\', ':']).next()?.chars().filter(|c| !is_unprintable(*c)).collect();
    let name = name.trim();
    (!name.is_empty() && name != "." && name != "..").then(|| name.to_owned())
}

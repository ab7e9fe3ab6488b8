//! Where a file lies: a path from the document's folder, or a URL (RFC 3986, section 5.2).

use percent_encoding::percent_decode_str;

/// The location that a reference names, seen from a file, and the pointer behind its `#`.
///
/// The document itself is at its bare name; a folder above it begins with `../`.
pub(super) fn resolve(base: &str, reference: &str) -> (String, String) {
    let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let fragment = percent_decode_str(fragment).decode_utf8_lossy().into_owned();
    if uri.is_empty() {
        return (base.to_owned(), fragment);
    }
    (join(base, uri), fragment)
}

/// Whether a location is a URL.
pub(super) fn is_url(location: &str) -> bool {
    location.split_once("://").is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

fn join(base: &str, uri: &str) -> String {
    if is_url(uri) {
        return uri.to_owned();
    }
    if is_url(base) {
        let authority = base.find("://").map_or(0, |at| at + 3);
        let host = base[authority..].find('/').map_or(base.len(), |slash| authority + slash);
        let path = base[host..].split(['?', '#']).next().unwrap_or_default();
        return format!("{}/{}", &base[..host], walk(path.trim_start_matches('/'), uri, true));
    }
    // Some write the separators of Windows.
    let uri = percent_decode_str(uri).decode_utf8_lossy().replace('\\', "/");
    // A path from the root of the file system stays one, for whoever loads it to refuse.
    if uri.starts_with('/') { uri } else { walk(base, &uri, false) }
}

/// A path by the folder of another, without `.` and `..` where those can be taken out.
fn walk(base: &str, path: &str, is_url: bool) -> String {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let begin = if path.starts_with('/') { "" } else { folder };
    let mut out: Vec<&str> = Vec::new();
    for segment in begin.split('/').chain(path.split('/')) {
        match segment {
            "" | "." => {}
            ".." if out.last().is_some_and(|last| *last != "..") => {
                out.pop();
            }
            // Nothing is above the root of a host.
            ".." if is_url => {}
            segment => out.push(segment),
        }
    }
    out.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn locations_are_relative_to_the_file_that_refers() {
        for (base, reference, location, fragment) in [
            ("api.yaml", "#/a", "api.yaml", "/a"),
            ("api.yaml", "./types/user.yaml#/User", "types/user.yaml", "/User"),
            ("api.yaml", "types/user.yaml", "types/user.yaml", ""),
            ("types/user.yaml", "../api.yaml#/components/schemas/A~1B", "api.yaml", "/components/schemas/A~1B"),
            ("types/user.yaml", "group.yaml#/%7Bid%7D", "types/group.yaml", "/{id}"),
            ("types/user.yaml", "my%20file.yaml", "types/my file.yaml", ""),
            ("types/user.yaml", r".\group.yaml#", "types/group.yaml", ""),
            ("api.yaml", "../shared/a.yaml", "../shared/a.yaml", ""),
            ("../shared/a.yaml", "../b.yaml", "../b.yaml", ""),
            ("../b.yaml", "../../c.yaml", "../../../c.yaml", ""),
            ("api.yaml", "/etc/passwd", "/etc/passwd", ""),
            ("api.yaml", "https://a.example/x/y.yaml#/z", "https://a.example/x/y.yaml", "/z"),
            ("https://a.example/x/y.yaml", "../w.yaml", "https://a.example/w.yaml", ""),
            ("https://a.example/x/y.yaml", "../../../w.yaml", "https://a.example/w.yaml", ""),
            ("https://a.example/x/y.yaml", "/v.yaml", "https://a.example/v.yaml", ""),
        ] {
            assert_eq!(resolve(base, reference), (location.to_owned(), fragment.to_owned()), "{base} {reference}");
        }
    }
}

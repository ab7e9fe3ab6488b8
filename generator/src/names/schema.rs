//! Names of types.

/// What a schema's type may be called: without the package or class before the last dot, then
/// in full. `PagedResults_Users.Summary_` is a generic name: `PagedResults` of `Users.Summary`.
pub(crate) fn schema_candidates(name: &str) -> Vec<String> {
    let full = name.to_owned();
    let short = match name.strip_suffix('_').and_then(|name| name.split_once('_')) {
        Some((outer, inner)) => format!("{} {}", last(outer), inner.split('_').map(last).collect::<Vec<_>>().join(" ")),
        None => last(name).to_owned(),
    };
    if short.chars().any(|c| c.is_ascii_alphanumeric()) { vec![short, full] } else { vec![full] }
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

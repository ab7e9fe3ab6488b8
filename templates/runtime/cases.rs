//! Which of the declared answers came: decided by the status and the `Content-Type` that came, not
//! by those hoped for.

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};

use super::operation::{Case, Status};

/// The declared answer that fits; none if the document declares no such answer.
///
/// A status stands before its range, and a range before `default`. A success whose status is not
/// declared is told from others by its media type. An answer without a `Content-Type` is taken for
/// the first that fits, unless it is a 204.
pub(crate) fn choose(cases: &[Case], status: StatusCode, headers: &HeaderMap) -> Option<usize> {
    let code = status.as_u16();
    let tiers: [&dyn Fn(Status) -> bool; 3] =
        [&|declared| declared == Status::Code(code), &|declared| declared == Status::Range(code / 100), &|declared| {
            declared == Status::Default
        }];
    let of = |fits: &dyn Fn(Status) -> bool| -> Vec<usize> {
        (0..cases.len()).filter(|index| fits(cases[*index].status)).collect()
    };
    let mut candidates = tiers.iter().map(|fits| of(*fits)).find(|found| !found.is_empty()).unwrap_or_default();
    if candidates.is_empty() && status.is_success() {
        candidates = of(&|_| true);
    }
    let came = essence(headers);
    let Some(came) = came else {
        // A 204 has no body (RFC 9110 section 15.3.5), so it is none of those that have one.
        let fits = |case: &Case| case.media_type.is_none() || status != StatusCode::NO_CONTENT;
        return candidates.into_iter().find(|index| fits(&cases[*index]));
    };
    let best = candidates.iter().filter_map(|index| Some((fit(cases[*index].media_type?, &came)?, *index)));
    // The first of the best: `max_by_key` would take the last.
    let best = best.fold(None, |best: Option<(u8, usize)>, found| match best {
        Some(best) if best.0 >= found.0 => Some(best),
        _ => Some(found),
    });
    let bodiless = || candidates.iter().copied().find(|index| cases[*index].media_type.is_none());
    best.map(|(_, index)| index).or_else(bodiless)
}

/// The media type that came.
pub(crate) fn essence(headers: &HeaderMap) -> Option<String> {
    let value = String::from_utf8_lossy(headers.get(CONTENT_TYPE)?.as_bytes()).into_owned();
    let essence = bare(&value);
    (!essence.is_empty()).then_some(essence)
}

/// A media type in small letters, without parameters (RFC 9110 section 8.3.1).
fn bare(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// How well a declared media type fits the one that came: the same, another kind of JSON or of JSON
/// texts in a row, a range.
fn fit(declared: &str, came: &str) -> Option<u8> {
    match bare(declared).as_str() {
        same if same == came => Some(3),
        json if is_json(json) && is_json(came) => Some(2),
        items if is_items(items) && is_items(came) => Some(2),
        "*/*" => Some(0),
        range => (came.starts_with(range.strip_suffix('*')?)).then_some(1),
    }
}

/// `application/json`, `text/json` and any type ending in `+json` (RFC 6839 section 3.1).
pub(crate) fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// JSON texts, one on each line.
pub(crate) fn is_lines(essence: &str) -> bool {
    let subtype = essence.strip_prefix("application/").unwrap_or_default();
    ["x-ndjson", "ndjson", "jsonl", "x-jsonlines", "jsonlines"].contains(&subtype)
}

/// A JSON text sequence (RFC 7464; RFC 8091 for the suffix).
pub(crate) fn is_sequence(essence: &str) -> bool {
    essence == "application/json-seq" || essence.ends_with("+json-seq")
}

/// JSON texts in a row, however they are told apart.
fn is_items(essence: &str) -> bool {
    is_lines(essence) || is_sequence(essence)
}

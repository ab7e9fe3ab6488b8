//! Media types: one table decides how each is sent and read, by its name and by what the schema
//! says of the content.

use serde::Serialize;

/// How a media type is sent and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum MediaType {
    /// `application/json` and every `+json` (RFC 6839, section 3.1).
    Json,
    /// YAML (RFC 9512), as the text that the caller writes.
    Yaml,
    /// Any other text, and XML and CSV as the text they are.
    Text,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` and its like (RFC 7578).
    Multipart,
    /// A stream of server-sent events.
    Events,
    /// JSON values, one a line.
    JsonLines,
    /// JSON text sequences (RFC 7464).
    JsonSequence,
    /// Any other, as bytes.
    Bytes,
}

/// What a schema says of a content, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentHint {
    /// Bytes as they are: a string of the format `binary`.
    Binary,
    /// A string.
    Text,
    /// Anything else, or nothing.
    Other,
}

impl MediaType {
    /// Reads a media type; its parameters and the case of its letters do not matter
    /// (RFC 9110, section 8.3.1).
    pub fn of(name: &str, content: ContentHint) -> Self {
        let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let (kind, subtype) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
        match (essence.as_str(), kind) {
            ("application/x-www-form-urlencoded", _) => Self::Form,
            (_, "multipart") => Self::Multipart,
            ("text/event-stream", _) => Self::Events,
            ("application/jsonl" | "application/jsonlines" | "application/x-jsonlines", _)
            | ("application/ndjson" | "application/x-ndjson", _)
                if content != ContentHint::Binary =>
            {
                Self::JsonLines
            }
            ("application/json-seq", _) if content != ContentHint::Binary => Self::JsonSequence,
            // A file is a file, whatever is in it.
            _ if content == ContentHint::Binary => Self::Bytes,
            ("*/*" | "application/*", _) if content == ContentHint::Text => Self::Text,
            ("application/json" | "text/json" | "*/*" | "application/*", _) => Self::Json,
            _ if subtype.ends_with("+json-seq") => Self::JsonSequence,
            _ if subtype.ends_with("+json") => Self::Json,
            _ if is_yaml(subtype) => Self::Yaml,
            ("application/xml", _) | (_, "text") => Self::Text,
            _ if subtype.ends_with("+xml") => Self::Text,
            _ => Self::Bytes,
        }
    }

    /// A media type that can be sent for a range such as `*/*`, which can not.
    pub fn concrete(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Yaml => "application/yaml",
            Self::Text => "text/plain",
            Self::Form => "application/x-www-form-urlencoded",
            Self::Multipart => "multipart/form-data",
            Self::Events => "text/event-stream",
            Self::JsonLines => "application/x-ndjson",
            Self::JsonSequence => "application/json-seq",
            Self::Bytes => "application/octet-stream",
        }
    }

    /// A word for it, where a name has to tell two apart.
    pub fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Text => "text",
            Self::Form => "form",
            Self::Multipart => "multipart",
            Self::Events => "events",
            Self::JsonLines => "lines",
            Self::JsonSequence => "sequence",
            Self::Bytes => "bytes",
        }
    }
}

fn is_yaml(subtype: &str) -> bool {
    matches!(subtype, "yaml" | "x-yaml") || subtype.ends_with("+yaml")
}

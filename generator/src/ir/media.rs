//! Media types: one table decides how each is sent and read.

use serde::Serialize;

/// How a media type is sent and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum MediaType {
    /// `application/json` and every `+json` (RFC 6839, section 3.1).
    Json,
    /// `text/*`, and XML and YAML as the text they are.
    Text,
    /// Any other, as bytes.
    Bytes,
}

impl MediaType {
    /// Reads a media type; its parameters and the case of its letters do not matter
    /// (RFC 9110, section 8.3.1). None for those that need more than a value: forms, multipart,
    /// streams of events.
    pub fn of(name: &str) -> Option<Self> {
        let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/json" | "text/json" | "*/*" | "application/*" => Some(Self::Json),
            "application/x-www-form-urlencoded"
            | "text/event-stream"
            | "application/x-ndjson"
            | "application/jsonl"
            | "application/json-seq" => None,
            "application/xml" | "application/yaml" | "application/x-yaml" => Some(Self::Text),
            _ if essence.ends_with("+json") => Some(Self::Json),
            _ if essence.starts_with("multipart/") => None,
            _ if essence.starts_with("text/") || essence.ends_with("+xml") || essence.ends_with("+yaml") => {
                Some(Self::Text)
            }
            _ => Some(Self::Bytes),
        }
    }
}

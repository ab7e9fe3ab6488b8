//! Bodies of named parts (`multipart/form-data`, RFC 7578).

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;

use bytes::Bytes;
use serde::Serialize;

use super::given::Given;
use super::outgoing::Outgoing;
use super::upload::Upload;

/// The media type of a part whose content is bytes.
const BYTES: &str = "application/octet-stream";

/// A body of named parts (`multipart/form-data`), which are sent in the order in which they were
/// added. Several parts may have the same name.
///
/// What is wrong with a part, such as a name with a line break, is reported when the request is
/// sent, and nothing leaves then.
#[derive(Default)]
#[must_use = "parts do nothing until a request sends them"]
pub struct Multipart {
    parts: Vec<(String, Part)>,
}

/// One part of a [`Multipart`] body: a content with its media type and, where it is a file, its name.
#[must_use = "a part does nothing until it is added to a body"]
pub struct Part {
    content: Upload,
    media_type: Option<String>,
    file_name: FileName,
    /// Why it cannot be sent.
    refused: Option<String>,
}

/// The name of a part's file.
enum FileName {
    /// The part is no file.
    Without,
    /// The name that the upload has, else the part's.
    Own,
    Given(String),
}

impl Multipart {
    /// No parts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    pub fn text(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.part(name, Part::text(value))
    }

    /// Adds a value as JSON.
    pub fn json(self, name: impl Into<String>, value: &(impl Serialize + ?Sized)) -> Self {
        self.part(name, Part::json(value))
    }

    /// Adds a file of any kind; [`part`](Self::part) can tell its media type.
    pub fn file(self, name: impl Into<String>, file_name: impl Into<String>, content: impl Into<Upload>) -> Self {
        self.part(name, Part::file(file_name, content))
    }

    /// Adds a part. An [`Upload`], or bytes, become a file.
    pub fn part(mut self, name: impl Into<String>, part: impl Into<Part>) -> Self {
        self.parts.push((name.into(), part.into()));
        self
    }

    /// Adds files, all under one name; without a media type of their own, they get this one.
    pub(crate) fn files(
        self,
        name: &'static str,
        files: impl IntoIterator<Item = impl Into<Part>>,
        media_type: Option<&'static str>,
    ) -> Self {
        files.into_iter().fold(self, |body, file| {
            let mut part = file.into();
            if part.media_type.is_none() {
                part.media_type = media_type.map(str::to_owned);
            }
            body.part(name, part)
        })
    }

    /// Adds a member as OpenAPI says: texts, numbers and booleans as they are, an object as JSON, a
    /// list as one part for each of its elements, and nothing at all for null.
    pub(crate) fn member(
        self,
        name: &'static str,
        value: &(impl Serialize + ?Sized),
        media_type: Option<&'static str>,
    ) -> Self {
        let add = |body: Self, value: &Given| match value {
            Given::Nothing => body,
            value => body.part(name, Part::member(name, value, media_type)),
        };
        match Given::of(value) {
            Given::List(elements) => elements.iter().fold(self, add),
            value => add(self, &value),
        }
    }

    /// The media type with its boundary, and the body.
    pub(crate) fn into_body(self, media_type: &str) -> Result<(String, Outgoing), String> {
        let boundary = boundary();
        let mut contents = Vec::new();
        let mut text = String::new();
        for (name, part) in self.parts {
            part.head(&name, &boundary, &mut text)?;
            contents.push(Upload::bytes(std::mem::take(&mut text)));
            contents.push(part.content);
            text.push_str("\r\n");
        }
        text.push_str(&format!("--{boundary}--\r\n"));
        contents.push(Upload::bytes(text));
        // A document may name a boundary of its own, which no content is known to be free of.
        let is_boundary = |parameter: &&str| parameter.trim_start().to_ascii_lowercase().starts_with("boundary=");
        let parameters: Vec<&str> = media_type.split(';').filter(|parameter| !is_boundary(parameter)).collect();
        Ok((format!("{}; boundary={boundary}", parameters.join(";").trim_end()), Outgoing::all(contents)))
    }
}

impl Part {
    /// A text, sent in UTF-8. Like a browser, it states no media type (RFC 7578 section 4.4): some
    /// servers take a part that has one for a file.
    pub fn text(value: impl Into<String>) -> Self {
        Self::new(Upload::bytes(value.into()), FileName::Without)
    }

    /// A value as JSON.
    pub fn json(value: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => Self::new(Upload::bytes(json), FileName::Without).content_type("application/json"),
            Err(error) => Self::refused(format!("a part is no JSON: {error}")),
        }
    }

    /// A file, of any kind unless [`content_type`](Self::content_type) tells its media type.
    pub fn file(file_name: impl Into<String>, content: impl Into<Upload>) -> Self {
        Self::new(content.into(), FileName::Given(file_name.into()))
    }

    /// Sets the media type, such as `text/csv`.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Makes the part a file of this name.
    pub fn file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = FileName::Given(file_name.into());
        self
    }

    fn new(content: Upload, file_name: FileName) -> Self {
        let media_type = content.media_type().map(str::to_owned);
        Self { content, media_type, file_name, refused: None }
    }

    fn refused(reason: impl Into<String>) -> Self {
        Self { refused: Some(reason.into()), ..Self::text("") }
    }

    /// A value that is not null.
    fn member(name: &str, value: &Given, media_type: Option<&'static str>) -> Self {
        let is_json = media_type.is_some_and(|media_type| media_type.contains("json"));
        // All JSON is YAML.
        let holds_json = is_json || media_type.is_some_and(|media_type| media_type.contains("yaml"));
        let (text, media_type) = match (value, media_type) {
            (Given::Unusable(reason), _) => {
                return Self::refused(format!("part `{name}` cannot be written: {reason}"));
            }
            (value, None) if value.is_compound() => (value.as_json(), Some("application/json")),
            (value, Some(other)) if value.is_compound() && !holds_json => {
                return Self::refused(format!("part `{name}` is an object, which cannot be written as {other}"));
            }
            (value, _) if is_json => (value.as_json(), media_type),
            (value, _) => (value.as_text().into_owned(), media_type),
        };
        let part = Self::text(text);
        match media_type {
            Some(media_type) => part.content_type(media_type),
            None => part,
        }
    }

    /// Writes what stands before the content.
    fn head(&self, name: &str, boundary: &str, to: &mut String) -> Result<(), String> {
        if let Some(reason) = &self.refused {
            return Err(reason.clone());
        }
        let file_name = match &self.file_name {
            FileName::Without => None,
            FileName::Own => Some(self.content.name().unwrap_or(name)),
            FileName::Given(given) => Some(given.as_str()),
        };
        let quoted = |what, text| one_line(what, name, text).map(|text| text.replace('"', "%22"));
        to.push_str(&format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted("name", name)?));
        if let Some(file_name) = file_name {
            to.push_str(&format!("; filename=\"{}\"", quoted("file name", file_name)?));
        }
        to.push_str("\r\n");
        if let Some(media_type) = self.media_type.as_deref().or(file_name.map(|_| BYTES)) {
            to.push_str(&format!("Content-Type: {}\r\n", one_line("media type", name, media_type)?));
        }
        to.push_str("\r\n");
        Ok(())
    }
}

macro_rules! files {
    ($($content:ty),*) => {$(
        /// A file under the name that it has, else under that of the part.
        impl From<$content> for Part {
            fn from(content: $content) -> Self {
                Self::new(content.into(), FileName::Own)
            }
        }
    )*};
}

files!(Upload, Bytes, Vec<u8>, &'static [u8]);

/// Refuses what would end the line that it stands in.
///
/// Browsers write `%0D%0A` for a line break, which servers do not read as one: they would get
/// another name than the caller gave. Only quotation marks cannot be told otherwise (HTML Living
/// Standard, section 4.10.22.8).
fn one_line<'a>(what: &str, name: &str, text: &'a str) -> Result<&'a str, String> {
    if text.contains(['\r', '\n', '\0']) {
        return Err(format!("part `{}`: its {what} has a line break or a NUL", name.escape_debug()));
    }
    Ok(text)
}

/// A line that no content has: 128 bits that nobody can foresee.
fn boundary() -> String {
    let half = || RandomState::new().hash_one(0);
    format!("form-{:016x}{:016x}", half(), half())
}

/// Shows the names of the parts only.
impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.parts.iter().map(|(name, _)| name)).finish()
    }
}

/// Shows the media type only.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("content_type", &self.media_type).finish_non_exhaustive()
    }
}

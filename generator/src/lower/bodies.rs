//! Request bodies and responses.

use indexmap::IndexMap;
use openapiv3::{MediaType as Content, RequestBody, Response as Declared, StatusCode};

use super::operations::{Refusal, refuse};
use super::schemas::Types;
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::ir::{Answer, Body, MediaType, Response, TypeRef};
use crate::names::Ident;
use crate::normalize::{Operation, resolve};

/// The media type to use out of several: JSON if there is one, else the first that is served.
fn choose(content: &IndexMap<String, Content>) -> Option<(&String, &Content, MediaType)> {
    let served = || {
        content
            .iter()
            .filter(|(name, _)| is_media_type(name))
            .filter_map(|(name, content)| Some((name, content, MediaType::of(name)?)))
    };
    served().find(|(_, _, media)| *media == MediaType::Json).or_else(|| served().next())
}

/// Reads a request's body; none if nothing can be sent.
pub(super) fn body<'a>(
    (at, body): (&Pointer, &'a RequestBody),
    name: Ident,
    owner: &Ident,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Result<Option<Body>, Refusal> {
    let Some(first) = body.content.keys().next() else { return Ok(None) };
    let Some((media_type, content, media)) = choose(&body.content) else {
        return Err(refuse(&at.child("content").child(first), &format!("a body of type `{first}`")));
    };
    let at = at.child("content").child(media_type);
    let ty = match (&content.schema, media) {
        (Some(schema), MediaType::Json) => {
            types.type_of(schema.into(), &at.child("schema"), &format!("{} body", owner.plain()), report).ty
        }
        (_, MediaType::Text) => TypeRef::String,
        _ => TypeRef::Any,
    };
    Ok(Some(Body {
        at,
        name,
        required: body.required,
        // A range such as `*/*` is nothing that could be sent.
        media_type: match media {
            _ if !media_type.contains('*') => media_type.clone(),
            MediaType::Json => "application/json".to_owned(),
            MediaType::Text => "text/plain".to_owned(),
            MediaType::Bytes => "application/octet-stream".to_owned(),
        },
        media,
        ty,
        description: body.description.clone(),
    }))
}

/// What an operation's responses come to.
pub(super) struct Answers {
    pub(super) answer: Answer,
    pub(super) accept: Vec<String>,
    pub(super) responses: Vec<Response>,
}

/// Reads the responses: the first declared success decides what the method gives.
pub(super) fn answers<'a>(
    operation: &'a Operation,
    owner: &Ident,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Result<Answers, Refusal> {
    let at = operation.at.child("responses");
    let pool = types.responses();
    let declared =
        operation.responses.responses.iter().map(|(status, response)| (status.to_string(), Some(status), response));
    let default = operation.responses.default.iter().map(|response| ("default".to_owned(), None, response));
    let mut responses = Vec::new();
    let mut successes: Vec<(Pointer, &'a Declared)> = Vec::new();
    let mut fallback = None;
    for (name, status, response) in declared.chain(default) {
        let Some((found_at, response)) = resolve(pool, "responses", &at.child(&name), response) else {
            return Err(refuse(&at.child(&name), "a response that refers to nothing"));
        };
        match status {
            Some(StatusCode::Code(code)) if (200..300).contains(code) => successes.push((found_at, response)),
            Some(StatusCode::Range(2)) => successes.push((found_at, response)),
            None => fallback = Some((found_at, response)),
            _ => {}
        }
        responses.push(Response {
            status: name,
            description: response.description.clone(),
            media_types: response.content.keys().cloned().collect(),
        });
    }
    let chosen = successes.iter().find(|(_, response)| !response.content.is_empty()).cloned();
    let chosen = chosen.or_else(|| successes.first().cloned()).or(fallback);
    let Some((at, response)) = chosen else {
        return Ok(Answers { answer: Answer::Empty, accept: Vec::new(), responses });
    };
    let others = successes.iter().filter(|(_, other)| !other.content.is_empty() && other.content != response.content);
    for (other, _) in others {
        report.push(
            Diagnostic::note(
                "one-success",
                Place::Document(other.clone()),
                "another success has a body of its own: it is read as the first",
            )
            .label("this response")
            .related(Place::Document(at.clone()), "read as this one"),
        );
    }
    let Some(first) = response.content.keys().next() else {
        return Ok(Answers { answer: Answer::Empty, accept: Vec::new(), responses });
    };
    let at = at.child("content");
    let Some((media_type, content, media)) = choose(&response.content) else {
        return Err(refuse(&at.child(first), &format!("a response of type `{first}`")));
    };
    let answer = match (&content.schema, media) {
        (Some(schema), MediaType::Json) => Answer::Json(
            types
                .type_of(
                    schema.into(),
                    &at.child(media_type).child("schema"),
                    &format!("{} response", owner.plain()),
                    report,
                )
                .ty,
        ),
        (None, MediaType::Json) => Answer::Json(TypeRef::Any),
        (_, MediaType::Text) => Answer::Text,
        (_, MediaType::Bytes) => Answer::Bytes,
    };
    // Only what will be read is asked for, or the server may choose another.
    let accept = response
        .content
        .keys()
        .filter(|name| is_media_type(name) && MediaType::of(name) == Some(media))
        .cloned()
        .collect();
    Ok(Answers { answer, accept, responses })
}

/// What a header can hold as a media type (RFC 9110, section 8.3.1).
fn is_media_type(name: &str) -> bool {
    name.contains('/') && name.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

//! Responses: what a success gives, what errors hold, and the headers beside them.

use openapiv3::{MediaType as Declared, ParameterSchemaOrContent, Response as DeclaredResponse, StatusCode};

use super::bodies::{self, hint, typed};
use super::facets::SchemaRef;
use super::members::Member;
use super::modules::OperationName;
use super::names_of;
use super::operations::{Refusal, refuse};
use super::schemas::Types;
use crate::diagnostics::{Pointer, Report};
use crate::ir::{Answer, Answers, Case, ContentHint, EventRules, Header, MediaType, Response, Shape, Status, TypeRef};
use crate::names::{Case as Letters, Ident, MemberKey, MemberKind, MemberScope, Scope, Want, same_id};
use crate::normalize::{Operation, resolve};

/// An answer that has no name yet.
#[derive(Clone)]
struct Draft {
    at: Pointer,
    status: Status,
    media_type: Option<String>,
    media: Option<MediaType>,
    answer: Answer,
}

impl Draft {
    /// An answer without a body.
    fn empty(at: Pointer, status: Status) -> Self {
        Self { at, status, media_type: None, media: None, answer: Answer::Empty }
    }
}

/// Reads the responses of an operation.
pub(super) fn answers<'a>(
    operation: &'a Operation,
    owner: &OperationName,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Result<Answers, Refusal> {
    let at = operation.at.child("responses");
    let pool = &types.document.components.responses;
    let declared = operation.responses.responses.iter().map(|(code, response)| {
        let status = match code {
            StatusCode::Code(code) => Status::Code(*code),
            StatusCode::Range(digit) => Status::Range(*digit),
        };
        (code.to_string(), status, response)
    });
    let default = operation.responses.default.iter().map(|response| ("default".to_owned(), Status::Default, response));
    let declared: Vec<_> = declared.chain(default).collect();
    // Without a declared success, the default tells of successes too.
    let has_success = declared.iter().any(|(_, status, _)| is_success(*status));
    let (mut successes, mut errors, mut headers) = (Vec::new(), Vec::new(), Vec::new());
    let mut responses = Vec::new();
    for (name, status, response) in declared {
        let Some((at, response)) = resolve(pool, "responses", &at.child(&name), response) else {
            return Err(refuse(&at.child(&name), "a response that refers to nothing"));
        };
        let success = is_success(status) || (!has_success && status == Status::Default);
        let kind = if success { "response" } else { "error" };
        let name_of_types = format!("{} {kind}", owner.stem);
        let cases: Vec<Draft> = if is_bodiless(status) {
            vec![Draft::empty(at.child("content"), status)]
        } else {
            cases((&at, response), status, &name_of_types, types, report)
        };
        // What is declared for `HEAD` tells of the headers (RFC 9110, section 9.3.2).
        let is_head = operation.method == "head";
        let without = |draft: Draft| if is_head { Draft { answer: Answer::Empty, ..draft } } else { draft };
        let cases: Vec<Draft> = cases.into_iter().map(without).collect();
        if success {
            successes.extend(cases.clone());
            self::headers((&at, response), owner, &mut headers, types, report);
        }
        if !is_success(status) {
            errors.extend(cases);
        }
        responses.push(Response {
            status: name,
            description: response.description.clone(),
            media_types: response.content.keys().cloned().collect(),
        });
    }
    let mut accept: Vec<String> = Vec::new();
    for media_type in successes.iter().filter_map(|case| case.media_type.as_ref()) {
        if !accept.contains(media_type) {
            accept.push(media_type.clone());
        }
    }
    let scope = |kind: MemberKind| MemberScope::of_route(kind, &owner.route);
    let (successes, other) = named(successes, &scope(MemberKind::Answer), types, report);
    let errors = errors.into_iter().map(whole).collect();
    let (errors, _) = named(errors, &scope(MemberKind::Error), types, report);
    let headers = name_headers(headers, &scope(MemberKind::Header), types, report);
    Ok(Answers {
        type_name: owner.types.answer.clone(),
        other,
        successes,
        error_name: owner.types.error.clone(),
        errors,
        headers_name: owner.types.headers.clone(),
        headers,
        accept,
        responses,
    })
}

/// Whether an answer of this status has no body, whatever is declared (RFC 9110, section 6.4.1; of
/// 205, section 15.3.6).
fn is_bodiless(status: Status) -> bool {
    matches!(status, Status::Code(100..=199 | 204 | 205 | 304) | Status::Range(1))
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

/// What one response may be: a case for each of its media types.
fn cases<'a>(
    (at, response): (&Pointer, &'a DeclaredResponse),
    status: Status,
    name: &str,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Vec<Draft> {
    let at = at.child("content");
    let cases: Vec<Draft> = response
        .content
        .iter()
        .map(|(media_type, declared)| {
            let at = at.child(media_type);
            let media = MediaType::of(media_type, hint(declared, types));
            let answer = answer(media, declared, &at, name, types, report);
            Draft { at, status, media_type: Some(media_type.clone()), media: Some(media), answer }
        })
        .collect();
    if cases.is_empty() {
        return vec![Draft::empty(at, status)];
    }
    cases
}

fn answer<'a>(
    media: MediaType,
    declared: &'a Declared,
    at: &Pointer,
    name: &str,
    types: &mut Types<'a>,
    report: &mut Report,
) -> Answer {
    match media {
        MediaType::Json => {
            let ty = typed(declared, at, name, false, types, report);
            let schema = declared.schema.as_ref();
            let may_be_null = ty != TypeRef::Any && schema.is_some_and(|schema| types.may_be_null(schema.into()));
            Answer::Json(if may_be_null { TypeRef::Nullable(Box::new(ty)) } else { ty })
        }
        MediaType::JsonLines => Answer::JsonLines(typed(declared, at, name, true, types, report)),
        MediaType::JsonSequence => Answer::JsonSequence(typed(declared, at, name, true, types, report)),
        MediaType::Events => {
            let ty = typed(declared, at, name, true, types, report);
            Answer::Events(types.event_data(&ty))
        }
        MediaType::Yaml | MediaType::Text | MediaType::Form => Answer::Text,
        MediaType::Multipart | MediaType::Bytes => match (hint(declared, types), media) {
            // Base64 in a text; only `byte` below a binary media type is bytes as they are.
            (ContentHint::Text, MediaType::Multipart) => Answer::Text,
            _ => Answer::Bytes,
        },
    }
}

/// An error is always read whole: it is short, and nothing of it may be lost.
fn whole(draft: Draft) -> Draft {
    let answer = match draft.answer {
        Answer::Bytes | Answer::Events(_) | Answer::JsonLines(_) | Answer::JsonSequence(_) => Answer::Text,
        other => other,
    };
    Draft { answer, ..draft }
}

/// Names the cases by status, and where one status has several media types, by both; and the
/// variant for all others.
fn named(drafts: Vec<Draft>, scope: &MemberScope, types: &mut Types<'_>, report: &mut Report) -> (Vec<Case>, Ident) {
    let wanted: Vec<Member> = drafts
        .iter()
        .map(|draft| {
            let status = names_of::status(draft.status);
            let alone = drafts.iter().filter(|other| other.status == draft.status).count() == 1;
            let media_type = draft.media_type.as_deref().unwrap_or_default();
            let mut candidates = if alone { vec![status.clone()] } else { Vec::new() };
            if let Some(media) = draft.media {
                let inner = bodies::variant_want(media, media_type).candidates;
                candidates.extend(inner.iter().map(|word| format!("{status} {word}")));
            }
            candidates.push(format!("{status} {media_type}"));
            let original = candidates[0].clone();
            let want = Want { candidates, place: draft.at.to_string(), ..Want::of(&original) };
            let status = match draft.status {
                Status::Code(code) => code.to_string(),
                Status::Range(digit) => format!("{digit}XX"),
                Status::Default => "default".to_owned(),
            };
            Member { key: MemberKey::of(&[&status, media_type]), ..Member::of(&draft.at, want) }
        })
        .collect();
    let names = Scope::of_members(Letters::Pascal, types.words(), &names_of::VARIANTS);
    let (names, other) = types.name_members_beside(&["Other", "Undeclared"], scope, names, &wanted, report);
    let cases = drafts.into_iter().zip(names).map(|(draft, variant)| Case {
        at: draft.at,
        variant,
        status: draft.status,
        media_type: draft.media_type,
        answer: draft.answer,
    });
    (cases.collect(), other)
}

/// A header that has no name yet.
struct HeaderDraft {
    at: Pointer,
    wire: String,
    ty: TypeRef,
    description: Option<String>,
}

/// Gathers the headers of a success; of one that several declare, the first counts.
fn headers<'a>(
    (at, response): (&Pointer, &'a DeclaredResponse),
    owner: &OperationName,
    found: &mut Vec<HeaderDraft>,
    types: &mut Types<'a>,
    report: &mut Report,
) {
    let pool = &types.document.components.headers;
    for (wire, header) in &response.headers {
        // "If a response header is defined with the name `Content-Type`, it SHALL be ignored."
        let known = |other: &HeaderDraft| other.wire.eq_ignore_ascii_case(wire);
        if wire.eq_ignore_ascii_case("content-type") || found.iter().any(known) {
            continue;
        }
        let Some((at, header)) = resolve(pool, "headers", &at.child("headers").child(wire), header) else { continue };
        let ty = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let name = format!("{} {wire} header", owner.stem);
                types.type_of(SchemaRef::from(schema), &at.child("schema"), &name, report).ty
            }
            ParameterSchemaOrContent::Content(_) => TypeRef::String,
        };
        let scalar = |ty: &TypeRef, types: &Types<'_>| match types.resolve(ty) {
            TypeRef::Any | TypeRef::Array(_) | TypeRef::Map(_) | TypeRef::Nullable(_) => TypeRef::String,
            TypeRef::Named(id) if !types.is_enum(id) => TypeRef::String,
            scalar => scalar,
        };
        let ty = match types.resolve(&ty) {
            TypeRef::Array(element) => TypeRef::Array(Box::new(scalar(&element, types))),
            other => scalar(&other, types),
        };
        found.push(HeaderDraft { at, wire: wire.clone(), ty, description: header.description.clone() });
    }
}

fn name_headers(
    drafts: Vec<HeaderDraft>,
    scope: &MemberScope,
    types: &mut Types<'_>,
    report: &mut Report,
) -> Vec<Header> {
    let wanted: Vec<Member> = drafts
        .iter()
        .map(|draft| {
            let short = draft.wire.trim_start_matches("X-").trim_start_matches("x-").to_owned();
            Member::of(&draft.at, Want { candidates: vec![short, draft.wire.clone()], ..Want::of(&draft.wire) })
        })
        .collect();
    let names = Scope::of_members(Letters::Snake, types.words(), &names_of::HEADER_METHODS);
    let names = types.name_members(scope, names, &wanted, report);
    let named = drafts.into_iter().zip(names).map(|(draft, name)| Header {
        at: draft.at,
        wire: draft.wire,
        name,
        ty: draft.ty,
        description: draft.description,
    });
    named.collect()
}

/// What a schema of an event may describe beside its data (HTML Living Standard, section 9.2).
pub(super) const EVENT: [&str; 6] = ["comment", "data", "event", "id", "name", "retry"];

impl Types<'_> {
    /// The type of an event's data: that of the member `data`, where the schema describes the event
    /// with its id and name, as OpenAPI 3.2 does ("Server-Sent Event Streams"); else the schema itself.
    fn event_data(&self, ty: &TypeRef) -> TypeRef {
        let TypeRef::Named(id) = self.resolve(ty) else { return ty.clone() };
        let Some(Shape::Struct { fields, .. }) = self.shape_of(id) else { return ty.clone() };
        let is_event = fields.len() > 1 && fields.iter().all(|field| EVENT.contains(&field.wire.as_str()));
        let data = fields.iter().find(|field| field.wire == "data").filter(|_| is_event);
        data.map_or_else(|| ty.clone(), |data| data.ty.clone())
    }

    /// What the settings say about an operation's events.
    pub(super) fn event_rules(&mut self, operation: &Operation, answers: &Answers) -> EventRules {
        let mut rules = EventRules::default();
        for (index, entry) in self.config.events.iter().enumerate().filter(|_| answers.has_events()) {
            let entry = entry.as_ref();
            let is_named = |id: &String| operation.id.as_ref().is_some_and(|own| same_id(own, id));
            if entry.operations.is_empty() || entry.operations.iter().any(is_named) {
                self.events_used.insert(index);
                rules.ignore.extend(entry.ignore.iter().cloned());
                rules.last.extend(entry.last.iter().cloned());
            }
        }
        rules
    }
}

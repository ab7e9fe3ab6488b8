//! What types are called in both APIs, so that one that has another name is no other type.

use std::collections::HashMap;

use crate::ir::{
    Answer, Api, Body, Field, Header, Operation, Param, Part, PartContent, Payload, Presence, Scheme, Shape, TypeDef,
    TypeId, TypeRef,
};

/// Two APIs, and what the older one's types are called in the newer one.
pub(super) struct Spelling<'a> {
    pub(super) old: &'a Api,
    pub(super) new: &'a Api,
    /// The newer names of schemas whose types were renamed.
    renamed: HashMap<usize, &'a str>,
}

/// Which of the two APIs something is from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
}

impl<'a> Spelling<'a> {
    pub(super) fn new(old: &'a Api, new: &'a Api) -> Self {
        let by_schema: HashMap<&str, &str> =
            new.types.iter().filter_map(|ty| Some((ty.schema.as_deref()?, ty.name.as_str()))).collect();
        let renamed = old.types.iter().enumerate().filter_map(|(index, ty)| {
            let name = by_schema.get(ty.schema.as_deref()?)?;
            (*name != ty.name.as_str()).then_some((index, *name))
        });
        Self { old, new, renamed: renamed.collect() }
    }

    /// The newer name of an older type, if it has another one now.
    pub(super) fn renamed(&self, index: usize) -> Option<&'a str> {
        self.renamed.get(&index).copied()
    }

    fn named(&self, side: Side, id: TypeId) -> &'a str {
        match side {
            Side::Old => self.renamed(id.0).unwrap_or_else(|| self.old.types[id.0].name.as_str()),
            Side::New => self.new.types[id.0].name.as_str(),
        }
    }

    /// A type, as a reader would write it.
    pub(super) fn ty(&self, side: Side, ty: &TypeRef) -> String {
        match ty {
            TypeRef::Any => "Value".to_owned(),
            TypeRef::String => "String".to_owned(),
            TypeRef::Boolean => "bool".to_owned(),
            TypeRef::Int32 => "i32".to_owned(),
            TypeRef::Int64 => "i64".to_owned(),
            TypeRef::Number => "f64".to_owned(),
            TypeRef::DateTime => "Timestamp".to_owned(),
            TypeRef::Date => "Date".to_owned(),
            TypeRef::Uuid => "Uuid".to_owned(),
            TypeRef::Array(inner) => format!("Vec<{}>", self.ty(side, inner)),
            TypeRef::Map(inner) => format!("BTreeMap<String, {}>", self.ty(side, inner)),
            TypeRef::Nullable(inner) => format!("Option<{}>", self.ty(side, inner)),
            TypeRef::Named(id) => self.named(side, *id).to_owned(),
        }
    }

    /// A member's type.
    pub(super) fn field(&self, side: Side, ty: &TypeRef, presence: Presence, boxed: bool) -> String {
        let ty = self.ty(side, ty);
        let ty = if boxed { format!("Box<{ty}>") } else { ty };
        match presence {
            Presence::Required => ty,
            Presence::RequiredNullable | Presence::Optional => format!("Option<{ty}>"),
            Presence::OptionalNullable => format!("Nullable<{ty}>"),
        }
    }

    /// A member with its type.
    pub(super) fn member(&self, side: Side, field: &Field) -> String {
        format!("{}: {}", field.name.plain(), self.field(side, &field.ty, field.presence, field.boxed))
    }

    /// The head of a type.
    pub(super) fn declaration(&self, side: Side, ty: &TypeDef) -> String {
        let name = &ty.name;
        match &ty.shape {
            Shape::Struct { .. } => format!("struct {name}"),
            Shape::Enum { .. } => format!("enum {name}"),
            Shape::Union { variants, .. } => {
                let variants: Vec<&str> = variants.iter().map(|variant| variant.name.plain()).collect();
                format!("enum {name} {{ {}, .. }}", variants.join(", "))
            }
            Shape::Alias(target) => format!("type {name} = {}", self.ty(side, target)),
        }
    }

    /// A parameter as it is given: an argument, or a setter.
    pub(super) fn param(&self, side: Side, param: &Param) -> String {
        let (name, ty) = (param.name.plain(), self.ty(side, &param.ty));
        if param.is_argument() { format!("{name}: {ty}") } else { format!(".{name}({ty})") }
    }

    /// A body as it is given: an argument, or a setter.
    pub(super) fn body(&self, side: Side, body: &Body) -> String {
        let ty = match body.contents.as_slice() {
            [content] => match &content.payload {
                Payload::Multipart { name, parts } if !parts.is_empty() => name.to_string(),
                payload => self.payload(side, payload),
            },
            _ => body.type_name.to_string(),
        };
        let name = body.name.plain();
        if body.required { format!("{name}: {ty}") } else { format!(".{name}({ty})") }
    }

    /// A header with its type.
    pub(super) fn header(&self, side: Side, header: &Header) -> String {
        format!("{}: {}", header.wire, self.ty(side, &header.ty))
    }

    /// What a method takes as arguments, and what it gives.
    pub(super) fn signature(&self, side: Side, operation: &Operation) -> String {
        let params = operation.params.iter().filter(|param| param.is_argument());
        let mut arguments: Vec<String> = params.map(|param| self.param(side, param)).collect();
        arguments.extend(operation.body.iter().filter(|body| body.required).map(|body| self.body(side, body)));
        let gives = match operation.answers.only() {
            Some(Answer::Empty) => String::new(),
            Some(answer) => format!(" -> {}", self.answer(side, answer)),
            None => format!(" -> {}", operation.answers.type_name),
        };
        format!("{}({}){gives}", operation.name.plain(), arguments.join(", "))
    }

    /// What a success gives.
    pub(super) fn answer(&self, side: Side, answer: &Answer) -> String {
        match answer {
            Answer::Empty => "()".to_owned(),
            Answer::Json(ty) => self.ty(side, ty),
            Answer::Text => "String".to_owned(),
            Answer::Bytes => "Download".to_owned(),
            Answer::Events(ty) => format!("Events<{}>", self.ty(side, ty)),
            Answer::JsonLines(ty) | Answer::JsonSequence(ty) => format!("Lines<{}>", self.ty(side, ty)),
        }
    }

    /// What a body is made from.
    pub(super) fn payload(&self, side: Side, payload: &Payload) -> String {
        match payload {
            // A form is given as JSON is; what is sent is said by the media type.
            Payload::Json(ty) | Payload::Form { ty, .. } => self.ty(side, ty),
            Payload::JsonLines(ty) | Payload::JsonSequence(ty) => format!("[{}]", self.ty(side, ty)),
            Payload::Text => "String".to_owned(),
            Payload::Bytes => "Upload".to_owned(),
            // What the parts are is told part by part.
            Payload::Multipart { parts, .. } if parts.is_empty() => "Multipart".to_owned(),
            Payload::Multipart { .. } => "a form of parts".to_owned(),
        }
    }

    /// A part as it is given.
    pub(super) fn part(&self, side: Side, part: &Part) -> String {
        let (name, ty) = (part.name.plain(), self.part_type(side, part));
        if part.required { format!("{name}: {ty}") } else { format!(".{name}({ty})") }
    }

    /// What a part is made from.
    pub(super) fn part_type(&self, side: Side, part: &Part) -> String {
        let ty = match &part.content {
            PartContent::File => "Part".to_owned(),
            PartContent::Text(ty) | PartContent::Json(ty) => self.ty(side, ty),
        };
        if part.repeated { format!("Vec<{ty}>") } else { ty }
    }

    /// The credentials of an operation: alternatives, each needed together.
    pub(super) fn security(&self, side: Side, security: &[Vec<Scheme>]) -> String {
        let api = if side == Side::Old { self.old } else { self.new };
        let scheme = |scheme: &Scheme| match scheme {
            Scheme::Basic => "user and password".to_owned(),
            Scheme::Bearer => "a token".to_owned(),
            Scheme::ApiKey(index) => api.api_keys.get(*index).map_or_else(String::new, |key| format!("`{}`", key.wire)),
        };
        let all = |all: &Vec<Scheme>| match all.as_slice() {
            [] => "nothing".to_owned(),
            all => all.iter().map(scheme).collect::<Vec<_>>().join(" and "),
        };
        match security {
            [] => "nothing".to_owned(),
            any => any.iter().map(all).collect::<Vec<_>>().join(", or "),
        }
    }
}

//! What comes out as a bare JSON value, and why.

use crate::diagnostics::{Place, Pointer, Report};
use crate::ir::{Answer, Api, Operation, Payload, Shape, TypeRef};

/// Something that is any JSON value in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untyped {
    /// The Rust item: `models::Pet::tags`, or the method with its part: `pets::list (answer 200)`.
    pub rust: String,
    /// Its place in the document that the user wrote.
    pub at: Pointer,
    /// Why no type says more.
    pub why: String,
}

/// All fields, variants, bodies, answers and parameters that are any JSON value, or hold one where a
/// type would stand: types first, then operations. What uses a named type is not told again.
pub fn list(api: &Api, report: &Report) -> Vec<Untyped> {
    let mut list = List { report, found: Vec::new() };
    for ty in &api.types {
        let name = format!("models::{}", ty.name);
        match &ty.shape {
            Shape::Struct { fields, .. } => {
                fields.iter().for_each(|field| list.add(format!("{name}::{}", field.name), &field.ty, &field.at));
            }
            Shape::Union { variants, .. } => {
                variants
                    .iter()
                    .for_each(|variant| list.add(format!("{name}::{}", variant.name), &variant.ty, &variant.at));
            }
            Shape::Alias(of) => list.add(name, of, &ty.at),
            Shape::Enum { .. } => {}
        }
    }
    for module in &api.modules {
        for operation in &module.operations {
            list.operation(&format!("{}::{}", module.name, operation.name), operation);
        }
    }
    list.found
}

struct List<'a> {
    report: &'a Report,
    found: Vec<Untyped>,
}

impl List<'_> {
    fn operation(&mut self, rust: &str, operation: &Operation) {
        for param in &operation.params {
            self.add(format!("{rust} (parameter {})", param.wire), &param.ty, &param.at);
        }
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            let what = format!("{rust} (body {})", content.media_type);
            match &content.payload {
                // The parts have names of their own.
                Payload::Multipart { parts, .. } => {
                    let inner = parts.iter().filter_map(|part| Some((part, part.content.ty()?)));
                    inner.for_each(|(part, ty)| self.add(format!("{what}, part {}", part.wire), ty, &part.at));
                }
                payload => payload.types().for_each(|ty| self.add(what.clone(), ty, &content.at)),
            }
        }
        let answers = &operation.answers;
        for case in answers.successes.iter().chain(&answers.errors) {
            if let Some(ty) = Answer::ty(&case.answer) {
                self.add(format!("{rust} (answer {})", case.status), ty, &case.at);
            }
        }
    }

    fn add(&mut self, rust: String, ty: &TypeRef, at: &Pointer) {
        let Some(inside) = inside(ty) else { return };
        let at = self.report.origin(at);
        let why = self.told(&at).unwrap_or_else(|| {
            match inside {
                Inside::Itself => "the document does not say what it is",
                Inside::Elements => "the document does not say what its elements are",
                Inside::Members => "the document does not say what its members are",
            }
            .to_owned()
        });
        self.found.push(Untyped { rust, at, why });
    }

    /// What was said of this place, or of what is inside it.
    fn told(&self, at: &Pointer) -> Option<String> {
        let is_about = |place: &Place| match place {
            Place::Document(other) => {
                let below = other.as_str().strip_prefix(at.as_str());
                below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
            _ => false,
        };
        let mut about = self.report.diagnostics().iter().filter(|diagnostic| is_about(&diagnostic.place));
        about.find(|diagnostic| CAUSES.contains(&diagnostic.code)).map(|diagnostic| diagnostic.message.clone())
    }
}

/// What may take a type away.
const CAUSES: [&str; 6] =
    ["untyped", "unknown-type", "broken-reference", "external-reference", "wrong-kind", "unsupported-keyword"];

/// Where in a type the bare value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Itself,
    Elements,
    Members,
}

fn inside(ty: &TypeRef) -> Option<Inside> {
    match ty {
        TypeRef::Any => Some(Inside::Itself),
        TypeRef::Nullable(inner) => inside(inner),
        TypeRef::Array(inner) => {
            inside(inner).map(|found| if found == Inside::Itself { Inside::Elements } else { found })
        }
        TypeRef::Map(inner) => inside(inner).map(|found| if found == Inside::Itself { Inside::Members } else { found }),
        _ => None,
    }
}

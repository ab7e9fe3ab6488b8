//! Schemas to types.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use openapiv3::AdditionalProperties;
use serde_json::Value;

use super::facets::{Facets, SchemaRef};
use super::members::{Member, Places};
use super::names_of;
use super::objects::Members;
use super::unions::{Families, component_at};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::ir::{Shape, TypeId, TypeRef, Variant};
use crate::names::{Case, GivenMembers, Lock, MemberKind, Scope, Want, Words, schema_candidates};
use crate::normalize::Document;

/// The types of a document, while they are being found.
pub(super) struct Types<'a> {
    pub(super) document: &'a Document,
    pub(super) config: &'a Config,
    pub(super) words: &'a Words,
    pub(super) lock: &'a Lock,
    /// What was given to members.
    pub(super) given: GivenMembers,
    pub(super) places: Places,
    pub(super) drafts: Vec<Draft>,
    pub(super) components: HashMap<&'a str, TypeId>,
    /// What the types inside each component are called after.
    pub(super) bases: HashMap<&'a str, String>,
    /// Schemas that stand nowhere among the components' own, by their places.
    pub(super) schemas: HashMap<Pointer, SchemaRef<'a>>,
    /// Types inside components, by their places: what is shared is met more than once.
    inline: HashMap<Pointer, TypeId>,
    /// Schemas that are the unions of those made of them.
    pub(super) families: Families<'a>,
    /// Whether null is a value of what references lead to, as far as that was asked.
    pub(super) nulls: RefCell<HashMap<&'a str, bool>>,
    /// Those that are being found, with the type of one that holds itself.
    open: HashMap<Pointer, Option<TypeId>>,
    pub(super) secrets_used: BTreeSet<usize>,
    /// The settings' entries on how a parameter is written that fitted one.
    pub(super) keyed_used: BTreeSet<usize>,
    pub(super) events_used: BTreeSet<usize>,
}

/// A type that has no name yet.
pub(super) struct Draft {
    pub(super) at: Pointer,
    /// The place by which it is known, whatever comes beside it.
    pub(super) place: Pointer,
    /// Its name in the document; none if it stands inside another schema.
    pub(super) schema: Option<String>,
    pub(super) want: Want,
    pub(super) description: Option<String>,
    pub(super) deprecated: bool,
    pub(super) shape: Shape,
}

impl Draft {
    /// A type without a name of its own, before its shape is known.
    fn of(at: &Pointer, place: Pointer, name: &str) -> Self {
        Self {
            at: at.clone(),
            schema: None,
            want: Want { place: place.to_string(), ..Want::of(name) }.or_if_reserved(format!("{name} model")),
            place,
            description: None,
            deprecated: false,
            shape: Shape::Alias(TypeRef::Any),
        }
    }
}

/// A type's use, and whether it may be null.
pub(super) struct Typed {
    pub(super) ty: TypeRef,
    pub(super) nullable: bool,
}

impl<'a> Types<'a> {
    pub(super) fn new(document: &'a Document, config: &'a Config, words: &'a Words, lock: &'a Lock) -> Self {
        let names = document.components.schemas.keys().enumerate();
        let components = names.map(|(index, name)| (name.as_str(), TypeId(index))).collect();
        Self {
            document,
            config,
            words,
            lock,
            given: GivenMembers::default(),
            places: Places::default(),
            drafts: Vec::new(),
            components,
            bases: names_of::bases(document.components.schemas.keys(), config),
            schemas: HashMap::new(),
            inline: HashMap::new(),
            families: Families::of(document),
            nulls: RefCell::new(HashMap::new()),
            open: HashMap::new(),
            secrets_used: BTreeSet::new(),
            keyed_used: BTreeSet::new(),
            events_used: BTreeSet::new(),
        }
    }

    /// Defines a type for each of `components/schemas`, in order, so that references have their ids.
    pub(super) fn define_components(&mut self, report: &mut Report) {
        let schemas = &self.document.components.schemas;
        let at = Pointer::parse("/components/schemas");
        for name in schemas.keys() {
            let candidates = schema_candidates(name);
            let if_reserved = Some(format!("{} model", candidates[0]));
            self.drafts.push(Draft {
                at: at.child(name),
                place: at.child(name),
                schema: Some(name.clone()),
                want: Want { candidates, if_reserved, ..Want::of(name) },
                description: None,
                deprecated: false,
                shape: Shape::Alias(TypeRef::Any),
            });
        }
        for (index, (name, schema)) in schemas.iter().enumerate() {
            let (at, base) = (at.child(name), self.bases[name.as_str()].clone());
            let shape = match SchemaRef::from(schema) {
                SchemaRef::Item(item) => {
                    let facets = Facets::of(item);
                    self.drafts[index].description = prose(&facets);
                    self.drafts[index].deprecated = facets.data.deprecated;
                    self.shape(&facets, &at, &base, report)
                }
                reference @ SchemaRef::Reference(_) => Shape::Alias(self.type_of(reference, &at, &base, report).ty),
            };
            self.drafts[index].shape = shape;
        }
        self.break_circles(report);
    }

    /// The type of a schema; one that needs a name of its own is called after its place.
    pub(super) fn type_of(&mut self, schema: SchemaRef<'a>, at: &Pointer, name: &str, report: &mut Report) -> Typed {
        if !at.as_str().starts_with("/components/schemas/") {
            self.schemas.insert(at.clone(), schema);
        }
        match schema {
            SchemaRef::Reference(reference) => {
                Typed { ty: self.referred(reference, at, report), nullable: self.may_be_null(schema) }
            }
            SchemaRef::Item(item) => {
                let facets = Facets::of(item);
                let nullable = self.may_be_null(schema);
                if let Some(id) = self.inline.get(at) {
                    return Typed { ty: TypeRef::Named(*id), nullable };
                }
                if let Some(own) = self.open.get(at) {
                    let id = own.unwrap_or(TypeId(self.drafts.len()));
                    if own.is_none() {
                        self.drafts.push(Draft::of(at, self.places.of(at), name));
                        self.open.insert(at.clone(), Some(id));
                    }
                    return Typed { ty: TypeRef::Named(id), nullable };
                }
                let shared = names_of::shared(at, |name| self.bases.get(name).map(String::as_str));
                let name = shared.as_deref().unwrap_or(name);
                if is_shared(at) {
                    self.open.insert(at.clone(), None);
                }
                let shape = self.shape(&facets, at, name, report);
                let ty = match (shape, self.open.remove(at).flatten()) {
                    (Shape::Alias(ty), None) => ty,
                    (shape, own) => {
                        let id = own.unwrap_or(TypeId(self.drafts.len()));
                        self.define(id, at, name, &facets, shape)
                    }
                };
                Typed { ty, nullable }
            }
        }
    }

    /// A type that has no schema of its own, called after its place.
    pub(super) fn inline(&mut self, at: &Pointer, name: &str, facets: &Facets<'a>, shape: Shape) -> TypeRef {
        self.define(TypeId(self.drafts.len()), at, name, facets, shape)
    }

    fn define(&mut self, id: TypeId, at: &Pointer, name: &str, facets: &Facets<'a>, shape: Shape) -> TypeRef {
        if is_shared(at) {
            self.inline.insert(at.clone(), id);
        }
        let description = prose(facets);
        let draft =
            Draft { description, deprecated: facets.data.deprecated, shape, ..Draft::of(at, self.places.of(at), name) };
        match self.drafts.get_mut(id.0) {
            Some(own) => *own = draft,
            None => self.drafts.push(draft),
        }
        TypeRef::Named(id)
    }

    fn referred(&self, reference: &str, at: &Pointer, report: &mut Report) -> TypeRef {
        if let Some(id) = self.component(reference).and_then(|(name, _)| self.components.get(name)) {
            return TypeRef::Named(*id);
        }
        report.push(
            Diagnostic::warning(
                "untyped",
                Place::Document(at.child("$ref")),
                format!("`{reference}` is no component: it becomes any JSON value"),
            )
            .help("move the schema to `components/schemas` and refer to it there"),
        );
        TypeRef::Any
    }

    fn shape(&mut self, facets: &Facets<'a>, at: &Pointer, name: &str, report: &mut Report) -> Shape {
        let is_heir = || component_at(at).is_some_and(|name| self.families.is_heir(&name));
        if let Some(part) = facets.sole_part().filter(|_| !is_heir()) {
            return Shape::Alias(self.type_of(part.into(), &at.child("allOf").index(0), name, report).ty);
        }
        if let Some(union) = self.family(facets, at, name, report) {
            return union;
        }
        if !facets.one_of.is_empty() {
            return self.union(facets, at, name, report);
        }
        // A list or a text with `properties` is what its type says: they are about objects alone.
        let may_be_object = matches!(facets.kind, None | Some("object"));
        if may_be_object && (facets.properties.is_some() || !facets.all_of.is_empty()) {
            let mut members = Members::default();
            if !self.gather(facets, at, &mut members, &mut Vec::new()) {
                return Shape::Alias(untyped(at, "an `allOf` of things that are not all plain objects", report));
            }
            if !members.properties.is_empty() {
                return self.structure(members, at, name, report);
            }
        }
        self.simple(facets, at, name, report)
    }

    /// Everything but objects with members.
    fn simple(&mut self, facets: &Facets<'a>, at: &Pointer, name: &str, report: &mut Report) -> Shape {
        let ty = match (facets.kind, facets.format.as_deref()) {
            (Some("string"), format) => {
                let texts: Vec<&str> = facets.values.iter().filter_map(Value::as_str).collect();
                if !texts.is_empty() {
                    return self.enumeration(&texts, at, report);
                }
                match format {
                    Some("date-time") => TypeRef::DateTime,
                    Some("date") => TypeRef::Date,
                    Some("uuid") => TypeRef::Uuid,
                    _ => TypeRef::String,
                }
            }
            (Some("boolean"), _) => TypeRef::Boolean,
            (Some("integer"), Some("int32")) => TypeRef::Int32,
            (Some("integer"), _) => TypeRef::Int64,
            (Some("number"), _) => TypeRef::Number,
            (Some("array"), _) => TypeRef::Array(Box::new(match facets.items {
                Some(items) => self.element(items, &at.child("items"), &format!("{name} item"), report),
                None => TypeRef::Any,
            })),
            (Some("object") | None, _) => match facets.additional {
                Some(AdditionalProperties::Schema(schema)) => {
                    let schema = SchemaRef::from(schema.as_ref());
                    TypeRef::Map(Box::new(self.element(
                        schema,
                        &at.child("additionalProperties"),
                        &format!("{name} value"),
                        report,
                    )))
                }
                Some(AdditionalProperties::Any(true)) => TypeRef::Map(Box::new(TypeRef::Any)),
                // `type: object` alone is any JSON value, for many producers write it so.
                _ => TypeRef::Any,
            },
            _ => TypeRef::Any,
        };
        Shape::Alias(ty)
    }

    fn element(&mut self, schema: SchemaRef<'a>, at: &Pointer, name: &str, report: &mut Report) -> TypeRef {
        let typed = self.type_of(schema, at, name, report);
        let ty =
            if typed.nullable && typed.ty != TypeRef::Any { TypeRef::Nullable(Box::new(typed.ty)) } else { typed.ty };
        match schema {
            // So deep in one another, nobody reads them, and the compiler gives up at some point.
            SchemaRef::Item(item) if levels(&ty) >= MOST_IN_ONE => {
                self.inline(at, name, &Facets::of(item), Shape::Alias(ty))
            }
            _ => ty,
        }
    }

    pub(super) fn enumeration(&mut self, values: &[&str], at: &Pointer, report: &mut Report) -> Shape {
        let values: indexmap::IndexSet<&str> = values.iter().copied().collect();
        let members: Vec<Member> = values
            .iter()
            .map(|value| Member::of(at, Want::of(value).or_if_reserved(format!("{value} value"))))
            .collect();
        let scope = self.scope(MemberKind::Value, at);
        let names = Scope::of_members(Case::Pascal, self.words, &["Self"]);
        let own = ["Unknown", "Other value"];
        let (names, unknown) = self.name_members_beside(&own, &scope, names, &members, report);
        let variants =
            values.iter().zip(names).map(|(wire, name)| Variant { wire: (*wire).to_owned(), name }).collect();
        Shape::Enum { variants, unknown }
    }
}

/// How many lists and maps are written in one another before one has a name.
pub(super) const MOST_IN_ONE: usize = 12;

fn levels(ty: &TypeRef) -> usize {
    match ty {
        TypeRef::Array(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => 1 + levels(inner),
        _ => 0,
    }
}

/// Whether what stands at a place may be met more than once.
fn is_shared(at: &Pointer) -> bool {
    at.segments().next().as_deref() == Some("components")
}

/// What a schema says about itself.
pub(super) fn prose(facets: &Facets<'_>) -> Option<String> {
    facets.data.description.clone().or_else(|| facets.data.title.clone())
}

pub(super) fn untyped(at: &Pointer, what: &str, report: &mut Report) -> TypeRef {
    report.push(
        Diagnostic::note("untyped", Place::Document(at.clone()), format!("{what} becomes any JSON value"))
            .label("this schema")
            .help("nothing to do: the value is kept as it is, without a type of its own"),
    );
    TypeRef::Any
}

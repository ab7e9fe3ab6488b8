//! Schemas with a discriminator that others are made of by `allOf`: such a base is the union of them
//! (OpenAPI 3.0, "Composition and Inheritance (Polymorphism)").

use indexmap::IndexMap;
use openapiv3::Discriminator;

use super::super::facets::{Facets, SchemaRef};
use super::super::objects::Members;
use super::super::schemas::Types;
use super::members::{Member, Nature};
use crate::diagnostics::{Pointer, Report};
use crate::ir::Shape;
use crate::normalize::Document;

/// The bases of a document, each with the components that are made of it.
#[derive(Default)]
pub(in crate::lower) struct Families<'a> {
    bases: IndexMap<&'a str, (&'a Discriminator, Vec<&'a str>)>,
}

impl<'a> Families<'a> {
    pub(in crate::lower) fn of(document: &'a Document) -> Self {
        let schemas = &document.components.schemas;
        let mut bases = IndexMap::new();
        for (base, schema) in schemas {
            let SchemaRef::Item(item) = schema.into() else { continue };
            let facets = Facets::of(item);
            let Some(discriminator) = facets.data.discriminator.as_ref().filter(|_| facets.one_of.is_empty()) else {
                continue;
            };
            let is_mapped = |name: &str| {
                discriminator
                    .mapping
                    .values()
                    .any(|target| target == name || component(target).as_deref() == Some(name))
            };
            let names = schemas.keys().map(String::as_str).filter(|name| *name != base);
            let mut heirs: Vec<&str> =
                names.filter(|name| extends(document, name, base, &mut Vec::new()) || is_mapped(name)).collect();
            // The order of a map means nothing.
            heirs.sort_unstable();
            if !heirs.is_empty() {
                bases.insert(base.as_str(), (discriminator, heirs));
            }
        }
        Self { bases }
    }

    pub(super) fn heirs(&self, base: &str) -> Option<&[&'a str]> {
        self.bases.get(base).map(|(_, heirs)| heirs.as_slice())
    }

    pub(super) fn discriminator(&self, base: &str) -> Option<&'a Discriminator> {
        self.bases.get(base).map(|(discriminator, _)| *discriminator)
    }

    /// Whether a component is made of a base, and so is not merely another name for it.
    pub(in crate::lower) fn is_heir(&self, component: &str) -> bool {
        self.bases.values().any(|(_, heirs)| heirs.contains(&component))
    }
}

/// The component that a reference names.
fn component(reference: &str) -> Option<String> {
    let pointer = crate::load::target(reference)?;
    component_at(&pointer)
}

/// The component at a place.
pub(in crate::lower) fn component_at(at: &Pointer) -> Option<String> {
    let segments: Vec<String> = at.segments().collect();
    match segments.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => Some(name.clone()),
        _ => None,
    }
}

/// Whether a component is made of another, whatever lies between.
fn extends(document: &Document, name: &str, base: &str, path: &mut Vec<String>) -> bool {
    let Some(SchemaRef::Item(item)) = document.components.schemas.get(name).map(SchemaRef::from) else { return false };
    Facets::of(item).all_of.iter().any(|part| {
        let SchemaRef::Reference(reference) = part.into() else { return false };
        let Some(part) = component(reference).filter(|part| !path.contains(part)) else { return false };
        path.push(part.clone());
        part == base || extends(document, &part, base, path)
    })
}

impl<'a> Types<'a> {
    /// The union that a base is; none if it is an object like any other.
    pub(in crate::lower) fn family(
        &mut self,
        facets: &Facets<'a>,
        at: &Pointer,
        name: &str,
        report: &mut Report,
    ) -> Option<Shape> {
        let base = component_at(at)?;
        let heirs = self.families.heirs(&base)?.to_vec();
        let mut members = Vec::new();
        for heir in heirs {
            let (heir, schema) = self.document.components.schemas.get_key_value(heir)?;
            let schema = SchemaRef::from(schema);
            let at = Pointer::parse("/components/schemas").child(heir);
            let facets = self.facets(schema)?;
            let nature = self.plain_object(&facets, &at)?;
            let (label, tags) = (Some(heir.as_str()), Vec::new());
            members.push(Member { at, schema, component: label, label, facets, nature, tags });
        }
        if self.stands_for_itself(&base) {
            let (label, schema) = self.document.components.schemas.get_key_value(&base)?;
            let SchemaRef::Item(item) = SchemaRef::from(schema) else { return None };
            let mut nature = self.plain_object(facets, at)?;
            if let Nature::Object(object) = &mut nature {
                object.own = true;
            }
            members.push(Member {
                at: at.clone(),
                schema: SchemaRef::Item(item),
                component: None,
                label: Some(label),
                facets: Facets::of(item),
                nature,
                tags: Vec::new(),
            });
        }
        Some(self.choice(facets, members, at, name, report))
    }

    fn plain_object(&self, facets: &Facets<'a>, at: &Pointer) -> Option<Nature<'a>> {
        let mut members = Members::default();
        let is_object = matches!(facets.kind, None | Some("object")) && facets.one_of.is_empty();
        let is_plain = is_object && self.gather(facets, at, &mut members, &mut Vec::new());
        (is_plain && !members.properties.is_empty()).then(|| Nature::Object(self.object(members)))
    }
}

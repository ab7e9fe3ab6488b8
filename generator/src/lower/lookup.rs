//! What is known of types and components.

use super::facets::{Facets, SchemaRef};
use super::schemas::Types;
use crate::ir::{Field, Shape, TypeId, TypeRef};
use crate::names::Words;

impl<'a> Types<'a> {
    pub(super) fn words(&self) -> &'a Words {
        self.words
    }

    /// A type without its aliases.
    pub(super) fn resolve(&self, ty: &TypeRef) -> TypeRef {
        let mut ty = ty;
        for _ in 0..=self.drafts.len() {
            match ty {
                TypeRef::Named(id) => match &self.drafts[id.0].shape {
                    Shape::Alias(target) => ty = target,
                    _ => break,
                },
                _ => break,
            }
        }
        ty.clone()
    }

    /// Whether a type is an object with known members.
    pub(super) fn is_struct(&self, id: TypeId) -> bool {
        matches!(self.drafts[id.0].shape, Shape::Struct { .. })
    }

    /// The members of an object with known ones.
    pub(super) fn fields(&self, id: TypeId) -> &[Field] {
        match &self.drafts[id.0].shape {
            Shape::Struct { fields, .. } => fields,
            _ => &[],
        }
    }

    /// Whether the client may hold a value for a path parameter.
    pub(super) fn is_client_default(&self, name: &str) -> bool {
        self.config.client_defaults.iter().any(|entry| entry.as_ref().parameter == name)
    }

    /// The shape of a type, as far as it is known.
    pub(super) fn shape_of(&self, id: TypeId) -> Option<&Shape> {
        self.drafts.get(id.0).map(|draft| &draft.shape)
    }

    /// Whether a type is a list of known strings.
    pub(super) fn is_enum(&self, id: TypeId) -> bool {
        matches!(self.drafts[id.0].shape, Shape::Enum { .. })
    }

    /// Whether a type is one of several things, and whether all of those are single values.
    pub(super) fn is_union(&self, id: TypeId) -> Option<bool> {
        let Shape::Union { variants, .. } = &self.drafts[id.0].shape else { return None };
        let is_single = |ty: &TypeRef| match self.resolve(ty) {
            TypeRef::Named(id) => self.is_enum(id),
            ty => !matches!(ty, TypeRef::Any | TypeRef::Array(_) | TypeRef::Map(_) | TypeRef::Nullable(_)),
        };
        Some(variants.iter().all(|variant| is_single(&variant.ty)))
    }

    /// The type of a component.
    pub(super) fn component_id(&self, name: &str) -> Option<TypeId> {
        self.components.get(name).copied()
    }

    /// What a schema says itself, references and wrappers of one `allOf` followed.
    pub(super) fn facets(&self, schema: SchemaRef<'a>) -> Option<Facets<'a>> {
        let mut schema = schema;
        let mut is_heir = false;
        for _ in 0..=self.document.components.schemas.len() {
            match schema {
                SchemaRef::Reference(reference) => {
                    let (name, target) = self.component(reference)?;
                    is_heir = self.families.is_heir(name);
                    schema = target;
                }
                SchemaRef::Item(item) => {
                    let facets = Facets::of(item);
                    match facets.sole_part().filter(|_| !is_heir) {
                        Some(part) => schema = part.into(),
                        None => return Some(facets),
                    }
                }
            }
        }
        None
    }

    pub(super) fn component(&self, reference: &str) -> Option<(&'a str, SchemaRef<'a>)> {
        let pointer = crate::load::target(reference)?;
        let name = pointer.as_str().strip_prefix("/components/schemas/")?.replace("~1", "/").replace("~0", "~");
        let (name, schema) = self.document.components.schemas.get_key_value(&name)?;
        Some((name.as_str(), SchemaRef::from(schema)))
    }
}

//! Boxes: where a type holds itself, and where one variant would make every value of a union large.

use std::collections::HashSet;

use crate::ir::{Presence, Shape, TypeDef, TypeId, TypeRef};

/// So many bytes a variant may have without a box; clippy warns from 200 more than the next one has.
const LARGE: usize = 160;

/// Marks the variants and fields that need a box. Variants come first: a circle that is broken in a
/// union needs no other box.
pub(super) fn mark(types: &mut [TypeDef]) {
    for owner in 0..types.len() {
        let Shape::Union { variants, .. } = &types[owner].shape else { continue };
        let boxed: Vec<bool> = variants
            .iter()
            .map(|variant| {
                directly(&variant.ty, types).is_some_and(|target| holds(target, TypeId(owner), types))
                    || Measure::new(types).size(&variant.ty) > LARGE
            })
            .collect();
        if let Shape::Union { variants, .. } = &mut types[owner].shape {
            variants.iter_mut().zip(boxed).for_each(|(variant, boxed)| variant.boxed = boxed);
        }
    }
    for owner in 0..types.len() {
        let Shape::Struct { fields, .. } = &types[owner].shape else { continue };
        let boxed: Vec<bool> = fields
            .iter()
            .map(|field| directly(&field.ty, types).is_some_and(|target| holds(target, TypeId(owner), types)))
            .collect();
        if let Shape::Struct { fields, .. } = &mut types[owner].shape {
            fields.iter_mut().zip(boxed).for_each(|(field, boxed)| field.boxed = boxed);
        }
    }
}

/// The struct or union that a value of this type contains without a list, map or box between.
fn directly(ty: &TypeRef, types: &[TypeDef]) -> Option<TypeId> {
    let TypeRef::Named(id) = ty else { return None };
    match &types[id.0].shape {
        Shape::Alias(ty) => directly(ty, types),
        _ => Some(*id),
    }
}

fn holds(from: TypeId, wanted: TypeId, types: &[TypeDef]) -> bool {
    let (mut seen, mut todo) = (HashSet::new(), vec![from]);
    while let Some(id) = todo.pop() {
        if id == wanted {
            return true;
        }
        if !seen.insert(id) {
            continue;
        }
        match &types[id.0].shape {
            Shape::Struct { fields, .. } => todo.extend(fields.iter().filter_map(|field| directly(&field.ty, types))),
            Shape::Union { variants, .. } => {
                let inside = variants.iter().filter(|variant| !variant.boxed);
                todo.extend(inside.filter_map(|variant| directly(&variant.ty, types)));
            }
            Shape::Enum { .. } | Shape::Alias(_) => {}
        }
    }
    false
}

/// How many types in one another are followed, for the stack has an end; objects are large before that.
const DEEP: usize = 100;

/// The size of a value, as far as it is not large.
struct Measure<'a> {
    types: &'a [TypeDef],
    /// The types on the way to where the measure is.
    path: Vec<TypeId>,
    /// How many types may be looked at before the value is taken as large: types that all hold each
    /// other have more ways between them than there is time.
    steps: usize,
}

impl<'a> Measure<'a> {
    fn new(types: &'a [TypeDef]) -> Self {
        Self { types, path: Vec::new(), steps: 10_000 }
    }

    /// About how many bytes a value has, or some number above [`LARGE`]; what lies in a circle will be
    /// in a box.
    fn size(&mut self, ty: &TypeRef) -> usize {
        match ty {
            TypeRef::Boolean => 1,
            TypeRef::Int32 | TypeRef::Date => 4,
            TypeRef::Int64 | TypeRef::Number => 8,
            TypeRef::DateTime | TypeRef::Uuid => 16,
            TypeRef::String | TypeRef::Array(_) | TypeRef::Map(_) => 24,
            // With the order of members kept, a map of JSON is larger.
            TypeRef::Any => 72,
            TypeRef::Nullable(inner) => 8 + self.size(inner),
            TypeRef::Named(id) if self.path.contains(id) => 8,
            TypeRef::Named(_) if self.steps == 0 || self.path.len() > DEEP => LARGE + 1,
            TypeRef::Named(id) => {
                self.steps -= 1;
                self.path.push(*id);
                let size = self.of_shape(&self.types[id.0].shape);
                self.path.pop();
                size
            }
        }
    }

    fn of_shape(&mut self, shape: &Shape) -> usize {
        match shape {
            Shape::Enum { .. } => 24,
            Shape::Alias(ty) => self.size(ty),
            Shape::Union { variants, .. } => {
                let mut largest = 72;
                for variant in variants {
                    // A variant that is larger will be in a box.
                    largest = largest.max(self.size(&variant.ty).min(LARGE));
                    if largest == LARGE {
                        break;
                    }
                }
                largest
            }
            Shape::Struct { fields, .. } => {
                let mut sum = 72;
                for field in fields {
                    sum += self.size(&field.ty) + if field.presence == Presence::Required { 0 } else { 8 };
                    if sum > LARGE {
                        break;
                    }
                }
                sum
            }
        }
    }
}

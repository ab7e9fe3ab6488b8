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
                    || size(&variant.ty, types, LARGE, &mut Vec::new()) > LARGE
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

/// About how many bytes a value has; what lies in a circle will be in a box. What has more than `most`
/// is not counted to its end.
fn size(ty: &TypeRef, types: &[TypeDef], most: usize, path: &mut Vec<TypeId>) -> usize {
    match ty {
        TypeRef::Boolean => 1,
        TypeRef::Int32 | TypeRef::Date => 4,
        TypeRef::Int64 | TypeRef::Number => 8,
        TypeRef::DateTime | TypeRef::Uuid => 16,
        TypeRef::String | TypeRef::Array(_) | TypeRef::Map(_) => 24,
        // With the order of members kept, a map of JSON is larger.
        TypeRef::Any => 72,
        TypeRef::Nullable(inner) => 8 + size(inner, types, most, path),
        TypeRef::Named(id) if path.contains(id) => 8,
        TypeRef::Named(id) => {
            path.push(*id);
            let size = match &types[id.0].shape {
                Shape::Enum { .. } => 24,
                Shape::Alias(ty) => size(ty, types, most, path),
                Shape::Union { variants, .. } => {
                    let sizes = variants.iter().map(|variant| size(&variant.ty, types, most, path).min(LARGE));
                    sizes.max().unwrap_or_default().max(72)
                }
                Shape::Struct { fields, .. } => {
                    let of = |presence| if presence == Presence::Required { 0 } else { 8 };
                    let mut sum = 72;
                    for field in fields {
                        let Some(left) = most.checked_sub(sum) else { break };
                        sum += of(field.presence) + size(&field.ty, types, left, path);
                    }
                    sum
                }
            };
            path.pop();
            size
        }
    }
}

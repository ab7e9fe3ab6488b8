//! What types reach: circles that need a box, and whether a type is sent or received.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostic, Place, Report};
use crate::ir::{Answer, Operation, Shape, TypeDef, TypeId, TypeRef};

/// An alias that leads back to itself has no type; it becomes any JSON value.
pub(super) fn break_alias_circles(types: &mut [TypeDef], report: &mut Report) {
    for start in 0..types.len() {
        let mut seen = HashSet::from([TypeId(start)]);
        let mut at = TypeId(start);
        while let Shape::Alias(ty) = &types[at.0].shape
            && let Some(next) = ty.named()
        {
            if next == TypeId(start) {
                let place = Place::Document(types[start].at.clone());
                report.push(
                    Diagnostic::warning(
                        "untyped",
                        place,
                        "this schema is defined by itself: it becomes any JSON value",
                    )
                    .help("give it a type, or an object with properties around the circle"),
                );
                types[start].shape = Shape::Alias(TypeRef::Any);
                break;
            }
            if !seen.insert(next) {
                break;
            }
            at = next;
        }
    }
}

/// Marks the fields that need a box, because their type holds the struct they stand in.
pub(super) fn mark_boxes(types: &mut [TypeDef]) {
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

/// The struct that a value of this type contains without a list, map or box between.
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
        if seen.insert(id)
            && let Shape::Struct { fields, .. } = &types[id.0].shape
        {
            todo.extend(fields.iter().filter_map(|field| directly(&field.ty, types)));
        }
    }
    false
}

/// Marks what requests and responses reach.
pub(super) fn mark_directions<'a>(types: &mut [TypeDef], operations: impl Iterator<Item = &'a Operation>) {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for operation in operations {
        sent.extend(operation.params.iter().filter_map(|param| param.ty.named()));
        sent.extend(operation.body.as_ref().and_then(|body| body.ty.named()));
        if let Answer::Json(ty) = &operation.answer {
            received.extend(ty.named());
        }
    }
    for id in reached(sent, types) {
        types[id.0].direction.request = true;
    }
    for id in reached(received, types) {
        types[id.0].direction.response = true;
    }
}

fn reached(mut todo: Vec<TypeId>, types: &[TypeDef]) -> HashSet<TypeId> {
    let mut seen = HashSet::new();
    while let Some(id) = todo.pop() {
        if seen.insert(id) {
            match &types[id.0].shape {
                Shape::Struct { fields, .. } => todo.extend(fields.iter().filter_map(|field| field.ty.named())),
                Shape::Alias(ty) => todo.extend(ty.named()),
                Shape::Enum { .. } => {}
            }
        }
    }
    seen
}

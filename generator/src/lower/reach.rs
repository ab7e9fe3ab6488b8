//! What types reach: circles that need a box, and whether a type is sent or received.

use std::collections::HashSet;

use crate::ir::{Module, Only, Operation, Presence, Shape, TypeDef, TypeId, TypeRef, Webhook};

/// Any JSON value may be null, which must not be taken for absent.
pub(super) fn mark_nulls(types: &mut [TypeDef]) {
    let is_any: Vec<bool> =
        (0..types.len()).map(|index| resolves_to_any(&TypeRef::Named(TypeId(index)), types)).collect();
    for def in types {
        let Shape::Struct { fields, .. } = &mut def.shape else { continue };
        for field in fields {
            let any = match &field.ty {
                TypeRef::Named(id) => is_any[id.0],
                ty => *ty == TypeRef::Any,
            };
            field.presence = match field.presence {
                Presence::Optional if any => Presence::OptionalNullable,
                Presence::RequiredNullable if any => Presence::Required,
                presence => presence,
            };
        }
    }
}

/// The recursion ends because circles of aliases are broken before.
fn resolves_to_any(ty: &TypeRef, types: &[TypeDef]) -> bool {
    match ty {
        TypeRef::Any => true,
        TypeRef::Named(id) => matches!(&types[id.0].shape, Shape::Alias(ty) if resolves_to_any(ty, types)),
        _ => false,
    }
}

/// Marks what requests and responses reach.
pub(super) fn mark_directions<'a>(types: &mut [TypeDef], operations: impl Iterator<Item = &'a Operation>) {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for operation in operations {
        sent.extend(operation.params.iter().filter_map(|param| param.ty.named()));
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            sent.extend(content.payload.types().filter_map(TypeRef::named));
        }
        let cases = operation.answers.successes.iter().chain(&operation.answers.errors);
        received.extend(cases.filter_map(|case| case.answer.ty()?.named()));
        received.extend(operation.answers.headers.iter().filter_map(|header| header.ty.named()));
    }
    for id in reached(sent, types) {
        types[id.0].direction.request = true;
    }
    for id in reached(received, types) {
        types[id.0].direction.response = true;
    }
}

/// Marks what the server sends by itself; it is read like an answer.
pub(super) fn mark_called_back(types: &mut [TypeDef], webhooks: &[Webhook]) {
    let sent = webhooks.iter().filter_map(|webhook| webhook.ty.named()).collect();
    for id in reached(sent, types) {
        types[id.0].called_back = true;
        types[id.0].direction.response = true;
    }
}

/// A member that is required in one direction alone need not be there in a type that goes the other
/// way too: "If the property has `readOnly` set to true and is in the `required` list, `required`
/// affects the response only" (OpenAPI 3.0, "Fixed Fields" of the Schema Object).
pub(super) fn loosen_one_way(types: &mut [TypeDef]) {
    for def in types {
        let Shape::Struct { fields, .. } = &mut def.shape else { continue };
        for field in fields {
            let is_missing = match field.only {
                Some(Only::Read) => def.direction.request,
                Some(Only::Write) => def.direction.response,
                None => false,
            };
            field.presence = match field.presence {
                Presence::Required if is_missing => Presence::Optional,
                Presence::RequiredNullable if is_missing => Presence::OptionalNullable,
                presence => presence,
            };
        }
    }
}

/// Tells each type which modules reach it, so that it can be switched off with them.
pub(super) fn mark_modules(types: &mut [TypeDef], modules: &[Module]) {
    for module in modules {
        let used: Vec<TypeId> = module.operations.iter().flat_map(used).collect();
        for id in reached(used, types) {
            types[id.0].modules.push(module.name.clone());
        }
    }
}

/// The named types that stand in an operation's code.
fn used(operation: &Operation) -> Vec<TypeId> {
    let params = operation.params.iter().chain(operation.scoped.iter().map(|scoped| &scoped.param));
    let params = params.filter_map(|param| param.ty.named());
    params.chain(operation.types().filter_map(TypeRef::named)).collect()
}

fn reached(mut todo: Vec<TypeId>, types: &[TypeDef]) -> HashSet<TypeId> {
    let mut seen = HashSet::new();
    while let Some(id) = todo.pop() {
        if seen.insert(id) {
            match &types[id.0].shape {
                Shape::Struct { fields, .. } => todo.extend(fields.iter().filter_map(|field| field.ty.named())),
                Shape::Alias(ty) => todo.extend(ty.named()),
                Shape::Union { variants, .. } => todo.extend(variants.iter().filter_map(|variant| variant.ty.named())),
                Shape::Enum { .. } => {}
            }
        }
    }
    seen
}

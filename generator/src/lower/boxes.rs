//! Boxes: where a type holds itself, and where one variant would make every value of a union large.

use crate::ir::{Presence, Shape, TypeDef, TypeId, TypeRef};

/// So many bytes a variant may have without a box; clippy warns from 200 more than the next one has.
const LARGE: usize = 160;

/// Marks the variants and fields that need a box. Variants come first: a circle that is broken in a
/// union needs no other box.
pub(super) fn mark(types: &mut [TypeDef]) {
    let circles = circles(types);
    let mut seen = Seen { searches: 0, last: vec![0; types.len()] };
    for owner in 0..types.len() {
        let Shape::Union { variants, .. } = &types[owner].shape else { continue };
        let mut boxed = Vec::with_capacity(variants.len());
        for variant in variants {
            // Boxes that were set since only broke circles.
            let target = directly(&variant.ty, types).filter(|target| circles[target.0] == circles[owner]);
            let in_circle = target.is_some_and(|target| holds(target, TypeId(owner), types, &mut seen));
            boxed.push(in_circle || Measure::new(types).size(&variant.ty) > LARGE);
        }
        if let Shape::Union { variants, .. } = &mut types[owner].shape {
            variants.iter_mut().zip(boxed).for_each(|(variant, boxed)| variant.boxed = boxed);
        }
    }
    // The unions have their boxes now.
    let circles = self::circles(types);
    for owner in 0..types.len() {
        let Shape::Struct { fields, .. } = &types[owner].shape else { continue };
        let in_circle = |target: TypeId| circles[target.0] == circles[owner];
        let boxed: Vec<bool> = fields.iter().map(|field| directly(&field.ty, types).is_some_and(in_circle)).collect();
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

/// The types that a value of this type contains without a list, map or box between.
fn inside(id: usize, types: &[TypeDef]) -> Vec<usize> {
    let found: Vec<Option<TypeId>> = match &types[id].shape {
        Shape::Struct { fields, .. } => fields.iter().map(|field| directly(&field.ty, types)).collect(),
        Shape::Union { variants, .. } => {
            let inside = variants.iter().filter(|variant| !variant.boxed);
            inside.map(|variant| directly(&variant.ty, types)).collect()
        }
        Shape::Enum { .. } | Shape::Alias(_) => Vec::new(),
    };
    found.into_iter().flatten().map(|id| id.0).collect()
}

/// Which types were seen in which search, so that no search begins with a new table.
struct Seen {
    searches: usize,
    /// The last search that saw the type.
    last: Vec<usize>,
}

/// Whether a type leads to another.
fn holds(from: TypeId, wanted: TypeId, types: &[TypeDef], seen: &mut Seen) -> bool {
    seen.searches += 1;
    let mut todo = vec![from.0];
    while let Some(id) = todo.pop() {
        if id == wanted.0 {
            return true;
        }
        if std::mem::replace(&mut seen.last[id], seen.searches) != seen.searches {
            todo.extend(inside(id, types));
        }
    }
    false
}

/// Gives each type the number of its circle: two have the same one if each holds the other
/// (R. Tarjan, "Depth-first search and linear graph algorithms", without recursion).
fn circles(types: &[TypeDef]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let (mut circles, mut order) = (vec![NEW; types.len()], vec![NEW; types.len()]);
    let (mut lowest, mut open, mut count) = (order.clone(), Vec::new(), 0);
    for start in 0..types.len() {
        let mut path: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut next = (order[start] == NEW).then_some(start);
        loop {
            if let Some(id) = next.take() {
                (order[id], lowest[id], count) = (count, count, count + 1);
                open.push(id);
                path.push((id, inside(id, types)));
            }
            let Some((id, todo)) = path.last_mut() else { break };
            let id = *id;
            match todo.pop() {
                Some(inner) if order[inner] == NEW => next = Some(inner),
                Some(inner) if circles[inner] == NEW => lowest[id] = lowest[id].min(order[inner]),
                Some(_) => {}
                None => {
                    path.pop();
                    if let Some((around, _)) = path.last() {
                        lowest[*around] = lowest[*around].min(lowest[id]);
                    }
                    if lowest[id] == order[id] {
                        while let Some(member) = open.pop() {
                            circles[member] = id;
                            if member == id {
                                break;
                            }
                        }
                    }
                }
            }
        }
    }
    circles
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

//! Gives types, their members and bodies their rules.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Value, json};

use super::facets::SchemaRef;
use super::rules::Reader;
use crate::diagnostics::Pointer;
use crate::ir::{Operation, Payload, Rule, Rules, Shape, TypeDef, TypeId};
use crate::normalize::Document;

/// Where components stand.
const COMPONENTS: &str = "/components/schemas";

/// Attaches rules; `schemas` are those that stand nowhere among the components' own.
pub(super) fn attach<'a>(
    document: &Document,
    schemas: &HashMap<Pointer, SchemaRef<'_>>,
    types: &mut [TypeDef],
    operations: impl Iterator<Item = &'a mut Operation>,
) {
    let components: HashMap<String, (TypeId, Value)> = document
        .components
        .schemas
        .iter()
        .enumerate()
        .filter_map(|(index, (name, schema))| Some((name.clone(), (TypeId(index), serde_json::to_value(schema).ok()?))))
        .collect();
    let places = places(types);
    let has_discriminator = |(_, schema): &(TypeId, Value)| schema.get("discriminator").is_some();
    let bases = components.iter().filter(|(_, component)| has_discriminator(component));
    let bases: HashSet<String> = bases.map(|(name, _)| name.clone()).collect();
    let reader = Reader { components: &components, types: &places, bases: &bases, open: RefCell::default() };
    let found = |at: &Pointer| find(at, &components, schemas);
    for def in types.iter_mut() {
        def.rules = found(&def.at).map(|schema| reader.whole(&schema, Some(&def.at))).unwrap_or_default();
        if let Shape::Union { tag: Some(tag), variants, .. } = &def.shape
            && is_of_heirs(def, &components)
        {
            let tagged = variants.iter().flat_map(|variant| {
                let rules = || variant.ty.named().map(Rule::Of).into_iter().collect();
                variant.tags.iter().map(move |tag| (tag.clone(), rules()))
            });
            let mut tagged: Vec<(String, Rules)> = tagged.collect();
            tagged.sort_by(|one, other| one.0.cmp(&other.0));
            let (member, others) = (tag.clone(), std::mem::take(&mut def.rules));
            def.rules = vec![Rule::Tagged { member, tagged, others }];
        }
        let Shape::Struct { fields, .. } = &mut def.shape else { continue };
        for field in fields {
            let schema = found(&field.at).filter(|schema| schema.get("$ref").is_none());
            let mut rules = schema.map(|schema| reader.whole(&schema, None)).unwrap_or_default();
            rules.retain(|rule| rule.told().is_some());
            field.rules = rules;
        }
    }
    break_circles(types);
    for content in operations.filter_map(|operation| operation.body.as_mut()).flat_map(|body| &mut body.contents) {
        if let Payload::Json(_) = content.payload {
            let at = content.at.child("schema");
            content.rules = match places.get(&at) {
                Some(id) => vec![Rule::Of(*id)],
                None => found(&at).map(|schema| reader.whole(&schema, Some(&at))).unwrap_or_default(),
            };
        }
    }
}

/// Whether a type is the union of those that are made of it, which its schema does not name.
fn is_of_heirs(def: &TypeDef, components: &HashMap<String, (TypeId, Value)>) -> bool {
    let schema = def.schema.as_ref().and_then(|name| components.get(name));
    schema.is_some_and(|(_, schema)| schema.get("oneOf").is_none() && schema.get("anyOf").is_none())
}

/// The types inside other schemas; a place that several have is none of theirs.
fn places(types: &[TypeDef]) -> HashMap<Pointer, TypeId> {
    let mut places: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
    for (index, def) in types.iter().enumerate().filter(|(_, def)| def.schema.is_none()) {
        places.entry(def.at.as_str()).or_default().push(TypeId(index));
    }
    let single = places.into_iter().filter(|(_, ids)| ids.len() == 1);
    single.map(|(at, ids)| (Pointer::parse(at), ids[0])).collect()
}

/// The schema at a place.
fn find(
    at: &Pointer,
    components: &HashMap<String, (TypeId, Value)>,
    schemas: &HashMap<Pointer, SchemaRef<'_>>,
) -> Option<Value> {
    if let Some(rest) = at.as_str().strip_prefix(COMPONENTS) {
        let name = Pointer::parse(rest).segments().next()?;
        let inside = at.as_str().strip_prefix(Pointer::parse(COMPONENTS).child(&name).as_str())?;
        return components.get(&name)?.1.pointer(inside).cloned();
    }
    // Whatever stands inside another schema is found by that one.
    let text = at.as_str();
    let ends = std::iter::once(text.len()).chain(text.rmatch_indices('/').map(|(end, _)| end));
    let (schema, end) = ends.filter_map(|end| Some((schemas.get(&Pointer::parse(&text[..end]))?, end))).next()?;
    let schema = match schema {
        SchemaRef::Reference(reference) => json!({"$ref": reference}),
        SchemaRef::Item(item) => serde_json::to_value(item).ok()?,
    };
    schema.pointer(&text[end..]).cloned()
}

/// A type that obeys its own rules says nothing by that, whichever of a circle comes first: whoever follows
/// rules comes to an end.
fn break_circles(types: &mut [TypeDef]) {
    let edges: Vec<HashSet<usize>> =
        types.iter().map(|def| in_place(&def.rules).into_iter().map(|id| id.0).collect()).collect();
    let mut back: Vec<HashSet<usize>> = vec![HashSet::new(); edges.len()];
    for (from, to) in edges.iter().enumerate().flat_map(|(from, to)| to.iter().map(move |to| (from, *to))) {
        back[to].insert(from);
    }
    // What is on no way from a circle, or on no way to one, is in none.
    let mut is_left = vec![true; edges.len()];
    for (edges, back) in [(&edges, &back), (&back, &edges)] {
        let mut degrees: Vec<usize> = edges.iter().map(|to| to.iter().filter(|to| is_left[**to]).count()).collect();
        let mut free: Vec<usize> = (0..edges.len()).filter(|index| is_left[*index] && degrees[*index] == 0).collect();
        while let Some(index) = free.pop() {
            is_left[index] = false;
            for from in back[index].iter().copied().filter(|from| is_left[*from]) {
                degrees[from] -= 1;
                if degrees[from] == 0 {
                    free.push(from);
                }
            }
        }
    }
    for (index, def) in types.iter_mut().enumerate().filter(|(index, _)| is_left[*index]) {
        for to in edges[index].iter().copied().filter(|to| is_left[*to]) {
            def.rules = without(std::mem::take(&mut def.rules), TypeId(to));
        }
    }
}

/// The types whose rules hold for the same value.
fn in_place(rules: &Rules) -> Vec<TypeId> {
    let mut found = Vec::new();
    for rule in rules {
        match rule {
            Rule::Of(id) => found.push(*id),
            rule if is_in_place(rule) => rule.inner().into_iter().for_each(|rules| found.extend(in_place(rules))),
            _ => {}
        }
    }
    found
}

fn is_in_place(rule: &Rule) -> bool {
    use Rule::{All, Any, Dependent, Not, One, Tagged, When};
    matches!(rule, All(_) | Any(_) | One(_) | Not(_) | When(..) | Dependent(_) | Tagged { .. })
}

/// The same rules, but for those of a type, and for choices that are none without it.
fn without(rules: Rules, id: TypeId) -> Rules {
    let kept = rules.into_iter().filter_map(|rule| match rule {
        Rule::Of(other) if other == id => None,
        Rule::All(parts) => Some(Rule::All(parts.into_iter().map(|part| without(part, id)).collect())),
        rule if is_in_place(&rule) && rule.inner().into_iter().any(|inner| in_place(inner).contains(&id)) => None,
        rule => Some(rule),
    });
    kept.collect()
}

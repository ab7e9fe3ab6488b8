//! Schemas to rules: all that values obey, in the words of any version of JSON Schema.
//!
//! Types are made of the typed document; rules are read from the schema as JSON, so that nothing is
//! lost for which types have no place.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value};

use crate::diagnostics::Pointer;
use crate::ir::{Format, Kind, Rest, Rule, Rules, TypeId};
use crate::load::KEPT_RULES;

/// Reads rules; what is no schema says nothing.
pub(super) struct Reader<'a> {
    /// The schemas of the components, as JSON.
    pub(super) components: &'a HashMap<String, (TypeId, Value)>,
    /// Types that stand inside other schemas, by their places.
    pub(super) types: &'a HashMap<Pointer, TypeId>,
    /// Components with a discriminator, which may be the unions of those made of them: whoever is made of
    /// one obeys what it says itself.
    pub(super) bases: &'a HashSet<String>,
    /// Those among them that are being read.
    pub(super) open: RefCell<Vec<String>>,
}

/// A schema's members, those that were kept before the others.
#[derive(Clone, Copy)]
struct Said<'a> {
    schema: &'a Map<String, Value>,
    kept: Option<&'a Map<String, Value>>,
    at: Option<&'a Pointer>,
}

/// A member of a schema, with its place; what was kept has none.
type Found<'a> = (&'a Value, Option<Pointer>);

impl<'a> Said<'a> {
    fn get(self, key: &str) -> Option<Found<'a>> {
        match self.kept.and_then(|kept| kept.get(key)) {
            Some(value) => Some((value, None)),
            None => Some((self.schema.get(key)?, self.at.map(|at| at.child(key)))),
        }
    }

    fn value(self, key: &str) -> Option<&'a Value> {
        self.get(key).map(|(value, _)| value)
    }

    fn count(self, key: &str) -> Option<u64> {
        let value = self.value(key)?;
        // `2.0` is a count too.
        value.as_u64().or_else(|| whole(value.as_f64()?))
    }

    fn number(self, key: &str) -> Option<String> {
        match self.value(key)? {
            Value::Number(number) => Some(written(number)),
            _ => None,
        }
    }

    /// Schemas in a list.
    fn list(self, key: &str) -> Option<Vec<Found<'a>>> {
        let (Value::Array(parts), at) = self.get(key)? else { return None };
        let place = |index| at.as_ref().map(|at| at.index(index));
        Some(parts.iter().enumerate().map(|(index, part)| (part, place(index))).collect())
    }

    /// Schemas under names.
    fn map(self, key: &str) -> Vec<(&'a String, Found<'a>)> {
        let Some((Value::Object(members), at)) = self.get(key) else { return Vec::new() };
        let place = |name: &str| at.as_ref().map(|at| at.child(name));
        members.iter().map(|(name, value)| (name, (value, place(name)))).collect()
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "only what is whole and not negative")]
fn whole(number: f64) -> Option<u64> {
    (number >= 0.0 && number.fract() == 0.0 && number < 9e15).then_some(number as u64)
}

/// A number as a person would write it.
fn written(number: &serde_json::Number) -> String {
    let text = number.to_string();
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

impl Reader<'_> {
    /// The rules of a whole schema, at a place if it has one in the document.
    pub(super) fn whole(&self, schema: &Value, at: Option<&Pointer>) -> Rules {
        match schema {
            Value::Bool(false) => vec![Rule::Never],
            Value::Object(members) => match members.get("$ref").and_then(Value::as_str) {
                Some(reference) => self.component(reference).map(|(id, _)| Rule::Of(id)).into_iter().collect(),
                None => {
                    let kept = members.get(KEPT_RULES).and_then(Value::as_object);
                    self.all(Said { schema: members, kept, at }, &BTreeSet::new())
                }
            },
            _ => Rules::new(),
        }
    }

    /// The rules of what stands inside another schema: those of its type, if it has one.
    fn part(&self, (schema, at): &Found<'_>) -> Rules {
        match at.as_ref().and_then(|at| self.types.get(at)) {
            Some(id) => vec![Rule::Of(*id)],
            None => self.whole(schema, at.as_ref()),
        }
    }

    fn parts(&self, said: Said<'_>, key: &str) -> Option<Vec<Rules>> {
        Some(said.list(key)?.iter().map(|found| self.part(found)).collect())
    }

    fn one(&self, said: Said<'_>, key: &str) -> Option<Rules> {
        said.get(key).map(|found| self.part(&found))
    }

    fn component(&self, reference: &str) -> Option<(TypeId, &Value)> {
        let (id, schema) = self.components.get(&name_of(reference)?)?;
        Some((*id, schema))
    }

    /// What a base says itself, which is not that a value is one of its heirs.
    fn base(&self, part: &Value) -> Option<Rules> {
        let name = name_of(part.get("$ref")?.as_str()?).filter(|name| self.bases.contains(name))?;
        if self.open.borrow().contains(&name) {
            return Some(Rules::new());
        }
        let at = Pointer::parse("/components/schemas").child(&name);
        self.open.borrow_mut().push(name.clone());
        // What it is a union of says nothing that those do not say themselves.
        let mut schema = self.components.get(&name).map(|(_, schema)| schema.clone());
        if let Some(Value::Object(schema)) = &mut schema {
            schema.retain(|key, _| key != "oneOf" && key != "anyOf");
        }
        let rules = schema.map(|schema| self.whole(&schema, Some(&at)));
        self.open.borrow_mut().pop();
        rules
    }

    /// `unasked` are members that need not be there, whoever says so.
    fn all(&self, said: Said<'_>, unasked: &BTreeSet<String>) -> Rules {
        let mut rules = Rules::new();
        if said.schema.get("nullable") == Some(&Value::Bool(true)) {
            rules.push(Rule::OrNull);
        }
        rules.extend(kinds(said));
        rules.extend(scalars(said));
        self.list(said, &mut rules);
        let mut unasked = unasked.clone();
        self.read_only(said, &mut unasked, &mut Vec::new());
        self.object(said, &unasked, &mut rules);
        self.several(said, &unasked, &mut rules);
        rules
    }

    fn list(&self, said: Said<'_>, rules: &mut Rules) {
        rules.extend(said.count("minItems").map(Rule::MinItems));
        rules.extend(said.count("maxItems").map(Rule::MaxItems));
        if said.value("uniqueItems") == Some(&Value::Bool(true)) {
            rules.push(Rule::Unique);
        }
        // Before 2020-12, `items` could be the list, and `additionalItems` what is said of the others.
        let (prefix, rest) = match said.value("items") {
            Some(Value::Array(_)) if said.value("prefixItems").is_none() => ("items", "additionalItems"),
            _ => ("prefixItems", "items"),
        };
        let firsts = self.parts(said, prefix).unwrap_or_default();
        let after = firsts.len();
        if firsts.iter().any(|rules| !rules.is_empty()) {
            rules.push(Rule::Prefix(firsts));
        }
        if let Some(each) = self.one(said, rest).filter(|each| !each.is_empty()) {
            rules.push(Rule::Items(after, each));
        }
        if let Some(such) = self.one(said, "contains") {
            let (least, most) = (said.count("minContains").unwrap_or(1), said.count("maxContains"));
            rules.push(Rule::Contains { rules: such, least, most });
        }
    }

    fn object(&self, said: Said<'_>, unasked: &BTreeSet<String>, rules: &mut Rules) {
        rules.extend(said.count("minProperties").map(Rule::MinProperties));
        rules.extend(said.count("maxProperties").map(Rule::MaxProperties));
        let mut required = texts(said.value("required"));
        required.retain(|name| !unasked.contains(name));
        if !required.is_empty() {
            rules.push(Rule::Required(required));
        }
        let members = |key: &str| -> Vec<(String, Rules)> {
            said.map(key).into_iter().map(|(name, found)| (name.clone(), self.part(&found))).collect()
        };
        let (mut named, mut patterned) = (members("properties"), members("patternProperties"));
        // Their order means nothing.
        patterned.sort_by(|one, other| one.0.cmp(&other.0));
        let rest = match said.get("additionalProperties").map(|found| self.part(&found)) {
            Some(each) if each == [Rule::Never] => Rest::Closed,
            Some(each) if !each.is_empty() => Rest::Each(each),
            _ => Rest::Open,
        };
        if patterned.is_empty() && rest == Rest::Open {
            named.retain(|(_, rules)| !rules.is_empty());
        }
        if !(named.is_empty() && patterned.is_empty() && rest == Rest::Open) {
            rules.push(Rule::Members { named, patterned, rest });
        }
        if let Some(names) = self.one(said, "propertyNames").filter(|names| !names.is_empty()) {
            rules.push(Rule::Names(names));
        }
        let mut beside = Vec::new();
        let mut more = Vec::new();
        for key in ["dependentRequired", "dependencies"] {
            let lists = said.map(key).into_iter().filter(|(_, (value, _))| value.is_array());
            beside.extend(lists.map(|(name, (value, _))| (name.clone(), texts(Some(value)))));
        }
        for key in ["dependentSchemas", "dependencies"] {
            let schemas = said.map(key).into_iter().filter(|(_, (value, _))| !value.is_array());
            let read = schemas.map(|(name, found)| (name.clone(), self.part(&found)));
            more.extend(read.filter(|(_, rules)| !rules.is_empty()));
        }
        beside.sort();
        more.sort_by(|one: &(String, Rules), other| one.0.cmp(&other.0));
        if !beside.is_empty() {
            rules.push(Rule::DependentRequired(beside));
        }
        if !more.is_empty() {
            rules.push(Rule::Dependent(more));
        }
    }

    /// Schemas that a value obeys besides, or one of which, or none.
    fn several(&self, said: Said<'_>, unasked: &BTreeSet<String>, rules: &mut Rules) {
        let mut all = Vec::new();
        for (part, at) in said.list("allOf").unwrap_or_default() {
            let is_type = at.as_ref().is_some_and(|at| self.types.contains_key(at));
            let part = match part {
                Value::Object(members) if !is_type && !members.contains_key("$ref") => {
                    let kept = members.get(KEPT_RULES).and_then(Value::as_object);
                    self.all(Said { schema: members, kept, at: at.as_ref() }, unasked)
                }
                part => self.base(part).unwrap_or_else(|| self.part(&(part, at))),
            };
            match part.first() {
                None => {}
                // Where null is valid by itself depends on what stands beside it.
                Some(Rule::OrNull) => all.push(part),
                Some(_) => rules.extend(part),
            }
        }
        if !all.is_empty() {
            rules.push(Rule::All(all));
        }
        // What anything goes with rules nothing out.
        let any = self.parts(said, "anyOf").filter(|any| !any.is_empty() && !any.iter().any(Rules::is_empty));
        rules.extend(any.map(|any| self.tagged(said, "anyOf", Rule::Any(any))));
        let one = self.parts(said, "oneOf").filter(|one| !one.is_empty());
        rules.extend(one.map(|one| self.tagged(said, "oneOf", Rule::One(one))));
        if let Some(not) = self.one(said, "not") {
            rules.push(if not.is_empty() { Rule::Never } else { Rule::Not(not) });
        }
        if let Some(condition) = self.one(said, "if") {
            let branch = |key| self.one(said, key).unwrap_or_default();
            let (then, otherwise) = (branch("then"), branch("else"));
            if !(then.is_empty() && otherwise.is_empty()) {
                rules.push(Rule::When(condition, then, otherwise));
            }
        }
    }

    /// Alternatives that a discriminator tells apart: it names the one that is meant, whichever others a value
    /// may be like.
    fn tagged(&self, said: Said<'_>, key: &str, rule: Rule) -> Rule {
        let discriminator = said.schema.get("discriminator");
        let Some(member) = discriminator.and_then(|it| it.get("propertyName")).and_then(Value::as_str) else {
            return rule;
        };
        let references = said.list(key).unwrap_or_default();
        let references: Vec<&str> = references.iter().filter_map(|(part, _)| part.get("$ref")?.as_str()).collect();
        let name = |reference: &str| reference.rsplit('/').next().unwrap_or_default().to_owned();
        let mapping = discriminator.and_then(|it| it.get("mapping")).and_then(Value::as_object).into_iter().flatten();
        let mapped = mapping.filter_map(|(tag, to)| {
            let to = to.as_str()?;
            let is_meant = |reference: &&&str| **reference == to || name(reference) == to;
            Some((tag.clone(), *references.iter().find(is_meant)?))
        });
        let mut tagged: Vec<(String, Rules)> = Vec::new();
        for (tag, reference) in mapped.chain(references.iter().map(|reference| (name(reference), *reference))) {
            if let Some((id, _)) = self.component(reference).filter(|_| tagged.iter().all(|(other, _)| *other != tag)) {
                tagged.push((tag, vec![Rule::Of(id)]));
            }
        }
        if tagged.is_empty() {
            return rule;
        }
        tagged.sort_by(|one, other| one.0.cmp(&other.0));
        Rule::Tagged { member: member.to_owned(), tagged, others: vec![rule] }
    }

    /// Members that only answers hold: "`required` affects the response only" (OpenAPI 3.0, "Fixed
    /// Fields" of the Schema Object).
    fn read_only<'s>(&'s self, said: Said<'s>, found: &mut BTreeSet<String>, seen: &mut Vec<&'s str>) {
        let is_read_only = |schema: &Value| {
            let referred = schema.get("$ref").and_then(Value::as_str).and_then(|reference| self.component(reference));
            let says = |schema: &Value| schema.get("readOnly") == Some(&Value::Bool(true));
            says(schema) || referred.is_some_and(|(_, schema)| says(schema))
        };
        let members = said.map("properties").into_iter().filter(|(_, (schema, _))| is_read_only(schema));
        found.extend(members.map(|(name, _)| name.clone()));
        for (part, _) in said.list("allOf").unwrap_or_default() {
            let part = match part.get("$ref").and_then(Value::as_str) {
                Some(reference) if seen.len() >= MOST_PARTS || seen.contains(&reference) => continue,
                Some(reference) => {
                    seen.push(reference);
                    self.component(reference).map(|(_, schema)| schema)
                }
                None => Some(part),
            };
            if let Some(Value::Object(schema)) = part {
                let kept = schema.get(KEPT_RULES).and_then(Value::as_object);
                self.read_only(Said { schema, kept, at: None }, found, seen);
            }
        }
    }
}

/// The component that a reference leads to.
fn name_of(reference: &str) -> Option<String> {
    let pointer = crate::load::target(reference)?;
    let name = Pointer::parse(pointer.as_str().strip_prefix("/components/schemas")?).segments().next()?;
    (pointer == Pointer::parse("/components/schemas").child(&name)).then_some(name)
}

/// How many parts are looked into for members that only answers hold.
const MOST_PARTS: usize = 64;

/// What kinds of values there are.
fn kinds(said: Said<'_>) -> Option<Rule> {
    let names = match said.value("type")? {
        Value::String(name) => vec![name.as_str()],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let kinds: Option<Vec<Kind>> = names.into_iter().map(Kind::of).collect();
    kinds.filter(|kinds| !kinds.is_empty()).map(Rule::Is)
}

/// The rules on texts and numbers, and on values as a whole; also those that documentation tells.
fn scalars(said: Said<'_>) -> Rules {
    let mut rules = Rules::new();
    match said.value("enum") {
        Some(Value::Array(values)) if !values.is_empty() => rules.push(Rule::Values(values.clone())),
        _ => {}
    }
    rules.extend(said.value("const").map(|value| Rule::Values(vec![value.clone()])));
    let text = |key| said.value(key).and_then(Value::as_str);
    rules.extend(text("format").and_then(Format::of).map(Rule::Format));
    rules.extend(text("pattern").map(|pattern| Rule::Pattern(pattern.to_owned())));
    rules.extend(said.count("minLength").map(Rule::MinLength));
    rules.extend(said.count("maxLength").map(Rule::MaxLength));
    // A mark beside the bound before 3.1, a number since.
    let mut bound = |key: &str, mark: &str, rule: fn(String, bool) -> Rule| {
        let exclusive = said.value(mark) == Some(&Value::Bool(true));
        rules.extend(said.number(key).map(|limit| rule(limit, exclusive)));
        rules.extend(said.number(mark).map(|limit| rule(limit, true)));
    };
    bound("minimum", "exclusiveMinimum", |limit, exclusive| Rule::Minimum { limit, exclusive });
    bound("maximum", "exclusiveMaximum", |limit, exclusive| Rule::Maximum { limit, exclusive });
    rules.extend(said.number("multipleOf").map(Rule::MultipleOf));
    rules
}

fn texts(list: Option<&Value>) -> Vec<String> {
    let elements = list.and_then(Value::as_array).into_iter().flatten();
    elements.filter_map(Value::as_str).map(str::to_owned).collect()
}

//! Values made of schemas, edges first: the least, the whole, the ends of ranges, each alternative; then what
//! dice say. They need not be valid: a validator judges them as it judges examples.

mod dice;
mod scalar;
mod schema;

use serde_json::{Map, Value, json};
use specsmith::diagnostics::Pointer;

use dice::Dice;
use schema::Merged;

/// So many values are by their number: from then on dice decide.
const EDGES: usize = 12;

/// So deep, and so many nodes, a value has more than it must.
const DEPTH: usize = 6;
const NODES: usize = 300;

/// So many elements a list has, whatever the schema asks for.
const MOST: usize = 64;

/// No value lies deeper.
const DEEPEST: usize = 60;

/// Makes values of a document's schemas.
#[derive(Clone, Copy)]
pub(super) struct Maker<'a> {
    document: &'a Value,
    /// Whether what stands beside a reference says nothing.
    ref_is_all: bool,
}

impl<'a> Maker<'a> {
    pub(super) fn new(document: &'a Value, ref_is_all: bool) -> Self {
        Self { document, ref_is_all }
    }

    /// The value of a number; none where a circle does not end.
    pub(super) fn value(&self, schema: &Pointer, number: usize) -> Option<Value> {
        let mut making = Making {
            document: self.document,
            ref_is_all: self.ref_is_all,
            number,
            dice: Dice::of(schema.as_str(), number),
            open: Vec::new(),
            nodes: 0,
        };
        making.value(self.document.pointer(schema.as_str())?, 0)
    }
}

/// One value being made.
struct Making<'a> {
    document: &'a Value,
    ref_is_all: bool,
    number: usize,
    dice: Dice,
    /// References that are being followed.
    open: Vec<String>,
    nodes: usize,
}

impl<'a> Making<'a> {
    fn is_least(&self) -> bool {
        self.number == 0
    }

    /// One of so many: by the number first, then by dice.
    fn pick(&mut self, count: usize) -> usize {
        if self.number < EDGES { self.number % count.max(1) } else { self.dice.below(count) }
    }

    fn value(&mut self, schema: &'a Value, depth: usize) -> Option<Value> {
        self.nodes += 1;
        let open = self.open.len();
        let mut merged = Merged::default();
        let gathered = if depth > DEEPEST { None } else { self.gather(schema, &mut merged) };
        let value = gathered.and_then(|()| self.merged(&merged, depth));
        self.open.truncate(open);
        value
    }

    fn merged(&mut self, schema: &Merged<'a>, depth: usize) -> Option<Value> {
        if let Some(value) = schema.get("const") {
            return Some(value.clone());
        }
        if let Some(values) = &schema.choices {
            return values.get(self.pick(values.len())).copied().cloned();
        }
        let types = schema.types();
        match types.get(self.pick(types.len())).copied() {
            Some("null") => Some(Value::Null),
            Some("boolean") => Some(Value::Bool(self.pick(2) == 0)),
            Some("integer") => Some(self.integer(schema)),
            Some("number") => Some(self.number(schema)),
            Some("string") => Some(self.text(schema).into()),
            Some("array") => self.list(schema, depth),
            Some("object") => self.object(schema, depth),
            _ => Some(self.anything()),
        }
    }

    /// A value of a schema that allows all.
    fn anything(&mut self) -> Value {
        let values = [
            json!({"any": [1, null, {"a": "b"}]}),
            json!("text"),
            json!(12),
            json!(-1.5),
            json!(true),
            json!([]),
            json!({}),
            Value::Null,
            json!(18_446_744_073_709_551_615_u64),
        ];
        values[self.pick(values.len())].clone()
    }

    fn list(&mut self, schema: &Merged<'a>, depth: usize) -> Option<Value> {
        let least = schema.count("minItems").unwrap_or(0);
        let most = schema.count("maxItems").unwrap_or(usize::MAX);
        let is_wide = depth < DEPTH && self.nodes < NODES;
        let wanted = if is_wide && !self.is_least() { least.max([1, 2, 0, 3][self.pick(4)]).min(most) } else { least };
        let prefix = schema.get("prefixItems").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let items = schema.get("items").unwrap_or(ANYTHING);
        let wanted = wanted.max(prefix.len().min(most)).min(MOST);
        let mut elements: Vec<Value> = Vec::new();
        for index in 0..wanted {
            let element = self.another(index, |making| making.value(prefix.get(index).unwrap_or(items), depth + 1));
            match element {
                Some(element) if schema.is("uniqueItems") && elements.contains(&element) => {}
                Some(element) => elements.push(element),
                None if elements.len() < least => return None,
                None => break,
            }
        }
        Some(Value::Array(elements))
    }

    fn object(&mut self, schema: &Merged<'a>, depth: usize) -> Option<Value> {
        let is_wide = depth < DEPTH && self.nodes < NODES && !self.is_least();
        let mut members = Map::new();
        for (name, property) in &schema.properties {
            let is_required = schema.required.contains(name);
            let is_wanted = is_required || (is_wide && (self.number == 1 || self.dice.coin()));
            if !is_wanted {
                continue;
            }
            match self.value(property, depth + 1) {
                Some(value) => {
                    members.insert((*name).to_owned(), value);
                }
                None if is_required => return None,
                None => {}
            }
        }
        let others = schema.get("additionalProperties").unwrap_or(ANYTHING);
        let is_known = |name: &str| schema.properties.iter().any(|(known, _)| *known == name);
        for name in schema.required.iter().filter(|name| !is_known(name)) {
            members.insert((*name).to_owned(), self.value(others, depth + 1)?);
        }
        // Members that the document does not name: where it forbids them the validator says so.
        let is_map = schema.properties.is_empty() || others.is_object();
        let count = if !is_wide || others == NOTHING {
            0
        } else if is_map {
            [1, 2, 0][self.pick(3)]
        } else {
            usize::from(self.number % 4 == 3)
        };
        for (index, name) in ["key", "other key", "ключ"].into_iter().enumerate().take(count) {
            if let Some(value) = self.another(index, |making| making.value(others, depth + 1)) {
                members.entry(name.to_owned()).or_insert(value);
            }
        }
        members.extend(schema.tags.iter().cloned());
        Some(Value::Object(members))
    }

    /// Something of another number, so that not all elements are the same.
    fn another<T>(&mut self, step: usize, make: impl FnOnce(&mut Self) -> T) -> T {
        let number = self.number;
        if (1..EDGES).contains(&number) {
            self.number += step;
        }
        let made = make(self);
        self.number = number;
        made
    }
}

const ANYTHING: &Value = &Value::Bool(true);
const NOTHING: &Value = &Value::Bool(false);

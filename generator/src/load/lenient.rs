//! YAML's values as JSON has them, read with lenience.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_json::{Map, Value};

use super::limits::weight_of_text;

/// Reads a value as JSON has it: numbers beyond 64 bits lose their last digits, and tags are left out.
#[derive(Clone, Copy)]
pub(super) struct Lenient<'a> {
    /// How many nodes there may be yet; an error if they do not suffice.
    pub(super) left: &'a Cell<usize>,
}

impl Lenient<'_> {
    fn spend<E: Error>(self, nodes: usize) -> Result<(), E> {
        self.left.set(self.left.get().saturating_sub(nodes));
        if self.left.get() == 0 { Err(E::custom("too many nodes")) } else { Ok(()) }
    }
}

impl<'de> DeserializeSeed<'de> for Lenient<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.spend(1)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Lenient<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(flag.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i128<E>(self, number: i128) -> Result<Value, E> {
        Ok((number as f64).into())
    }

    fn visit_u128<E>(self, number: u128) -> Result<Value, E> {
        Ok((number as f64).into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.spend(weight_of_text(text.len()))?;
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = elements.next_element_seed(self)? {
            list.push(element);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            map.insert(key, members.next_value_seed(self)?);
        }
        Ok(map.into())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (_, value) = tagged.variant::<String>()?;
        value.newtype_variant_seed(self)
    }
}

/// The name of YAML 1.1's merge key, which 1.2 does not have and tools go on to read.
pub(super) const MERGE: &str = "<<";

/// Takes in the maps that merge keys name: a map's own members count first, then those of the
/// first of several maps.
pub(super) fn merged(value: Value) -> Value {
    match value {
        Value::Array(elements) => elements.into_iter().map(merged).collect(),
        Value::Object(members) => {
            let mut map: Map<String, Value> = members.into_iter().map(|(key, member)| (key, merged(member))).collect();
            let others: Vec<Value> = match map.get(MERGE) {
                Some(Value::Object(_)) => map.shift_remove(MERGE).into_iter().collect(),
                Some(Value::Array(list)) if list.iter().all(Value::is_object) => {
                    let list = map.shift_remove(MERGE);
                    list.and_then(|list| list.as_array().cloned()).unwrap_or_default()
                }
                _ => Vec::new(),
            };
            for (key, member) in others.iter().filter_map(Value::as_object).flatten() {
                map.entry(key.clone()).or_insert_with(|| member.clone());
            }
            map.into()
        }
        scalar => scalar,
    }
}

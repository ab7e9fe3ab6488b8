//! YAML documents: the only module that knows `serde_yaml`.
//!
//! serde_yaml reads the values but keeps no places; those come from a second pass, see [`super::places`].

use std::cell::Cell;

use serde::Serialize;
use serde::de::DeserializeSeed;
use serde_json::Value;
use serde_yaml::Deserializer;

use super::lenient::{Lenient, merged};
use super::{Parsed, Unreadable, core_schema, limits, places};

pub(super) fn parse(text: &str) -> Result<Parsed, Unreadable> {
    // The places first: serde_yaml would read all of a text that is too deep, and slower with each level.
    let places = places::places(text)?;
    let mut value = values(text)?;
    if !places.corrections.is_empty() {
        core_schema::correct(&mut value, 0, &places.nodes, &places.corrections);
    }
    Ok(Parsed { value, nodes: places.nodes })
}

fn values(text: &str) -> Result<Value, Unreadable> {
    // Each node that is written has a byte at least. Aliases were counted, if the places are all known.
    let left = Cell::new(text.len() + limits::MOST_COPIES);
    Lenient { left: &left }.deserialize(Deserializer::from_str(text)).map(merged).map_err(|error| {
        let at = error.location().map_or(0, |location| location.index());
        if left.get() == 0 {
            return limits::too_many_copies(at);
        }
        let message = error.to_string();
        // With aliases, it is deeper than it is written.
        if message.contains("recursion limit exceeded") {
            return limits::too_deep(at);
        }
        let message = message.split(" at line ").next().unwrap_or_default();
        Unreadable { code: "not-yaml", message: format!("this is not YAML: {message}"), at }
    })
}

/// Prints anything as YAML, by way of JSON's model: YAML's has no form for enums in enums.
pub(crate) fn to_text(value: &impl Serialize) -> String {
    let failed = |error: &dyn std::fmt::Display| format!("# cannot be shown as YAML: {error}\n");
    match serde_json::to_value(value) {
        Ok(value) => serde_yaml::to_string(&value).unwrap_or_else(|error| failed(&error)),
        Err(error) => failed(&error),
    }
}

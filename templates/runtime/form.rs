//! Forms of names and values (`application/x-www-form-urlencoded`).
//!
//! Names and values are percent-encoded as in a query, but a blank is `+` (WHATWG URL Standard,
//! section 5.2), which every reader of forms takes for one; so is the blank of `spaceDelimited`.

use serde::Serialize;

use super::given::Given;
use super::param::{Param, Style};
use super::style;

/// Writes an object as OpenAPI says ("Encoding the `x-www-form-urlencoded` Media Type").
///
/// A property that has a rule is written like a parameter of the query. Any other is a text if it
/// is a single value, else compact JSON; of a list, each element is a pair of its own. What is null
/// is left out.
pub(crate) fn encode(form: &(impl Serialize + ?Sized), rules: &[Param]) -> Result<String, String> {
    let properties = match Given::of(form) {
        Given::Object(properties) => properties,
        Given::Unusable(reason) => return Err(format!("the form cannot be written: {reason}")),
        _ => return Err("the form is no object, so its values have no names".to_owned()),
    };
    let mut pairs = Vec::new();
    for (name, value) in &properties {
        let rule = rules.iter().find(|rule| rule.name == name);
        match rule.map(|rule| (rule, rule.style)) {
            None => pairs.extend(each(value).map(|value| pair(name, &value.as_text()))),
            Some((_, Style::Json)) => pairs.extend(each(value).map(|value| pair(name, &value.as_json()))),
            Some((rule, _)) => pairs.extend(style::query(rule, value)?),
        }
    }
    Ok(pairs.join("&").replace("%20", "+"))
}

/// The elements of a list, or the one value; none that is null.
fn each(value: &Given) -> impl Iterator<Item = &Given> {
    let all = match value {
        Given::List(elements) => elements.as_slice(),
        single => std::slice::from_ref(single),
    };
    all.iter().filter(|value| !matches!(value, Given::Nothing))
}

fn pair(name: &str, value: &str) -> String {
    format!("{}={}", style::encode(name), style::encode(value))
}

//! Values as JSON texts whose numbers are those that the document writes: once read, a number has what a
//! float holds of it.

use serde_json::Value;
use serde_json::value::RawValue;
use specsmith::diagnostics::Pointer;
use specsmith::load::Source;

/// The text of a value that stands at a place.
pub(super) fn text(value: &Value, at: &Pointer, source: &Source) -> String {
    let mut out = String::new();
    write(value, at, source, &mut out);
    out
}

fn write(value: &Value, at: &Pointer, source: &Source, out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut before = '{';
            for (name, member) in members {
                out.push(before);
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                write(member, &at.child(name), source, out);
                before = ',';
            }
            out.push_str(if members.is_empty() { "{}" } else { "}" });
        }
        Value::Array(elements) => {
            out.push('[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(element, &at.index(index), source, out);
            }
            out.push(']');
        }
        Value::Number(number) => {
            let spot = source.spot(at);
            let written = spot.text.get(spot.span).unwrap_or_default();
            // It may be written in a way that only YAML knows, or where a reference of YAML's leads.
            let is_json = serde_json::from_str::<&RawValue>(written).is_ok();
            let is_same = written.parse::<f64>().is_ok_and(|float| Some(float) == number.as_f64());
            if is_json && is_same { out.push_str(written) } else { out.push_str(&number.to_string()) }
        }
        _ => out.push_str(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use specsmith::Input;

    use super::*;

    fn written(document: &str) -> String {
        let (source, whole) = specsmith::whole(Input { document: document.as_bytes(), ..Input::default() });
        let value = whole.as_ref().map_or(&Value::Null, |whole| &whole["x-a"]);
        text(value, &Pointer::parse("/x-a"), &source)
    }

    #[test]
    fn numbers_are_those_of_the_document() {
        let json =
            r#"{"openapi":"3.0.0","x-a":{"b":[18446744073709551616,0.10000000000000000001,1e3,{},[]],"c\"":"1"}}"#;
        assert_eq!(written(json), r#"{"b":[18446744073709551616,0.10000000000000000001,1e3,{},[]],"c\"":"1"}"#);
    }

    #[test]
    fn what_only_yaml_writes_so_is_a_number_of_json() {
        let yaml =
            "openapi: 3.0.0\nx-b: &b [1.50]\nx-a:\n  - 0x1F\n  - +1\n  - 1.0\n  - *b\n  - 3.14159265358979323846\n";
        assert_eq!(written(yaml), "[31,1,1.0,[1.50],3.14159265358979323846]");
    }
}

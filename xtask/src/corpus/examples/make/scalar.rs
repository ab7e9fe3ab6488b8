//! Texts and numbers, edges first.

use serde_json::{Number, Value};

use super::Making;
use super::schema::Merged;

/// So long a text is at most, whatever the schema asks for.
const LONGEST: usize = 4096;

impl Making<'_> {
    pub(super) fn text(&mut self, schema: &Merged<'_>) -> String {
        let shortest = schema.count("minLength").unwrap_or(0).min(LONGEST);
        let longest = schema.count("maxLength").unwrap_or(usize::MAX).max(shortest);
        if let Some(pattern) = schema.text("pattern") {
            let wanted = if self.is_least() { shortest } else { shortest + self.pick(4) };
            let made = specsmith::text_of_pattern(pattern, wanted.min(longest), longest);
            return made.or_else(|| specsmith::text_of_pattern(pattern, shortest, longest)).unwrap_or_default();
        }
        let edges = edges(schema.text("format").unwrap_or_default());
        let fits = |text: &&&str| (shortest..=longest).contains(&text.chars().count());
        let fitting: Vec<&str> = edges.iter().filter(fits).copied().collect();
        match fitting.get(self.pick(fitting.len())) {
            Some(text) => (*text).to_owned(),
            None => "aé"
                .chars()
                .cycle()
                .take(if self.dice.coin() { shortest } else { longest.min(shortest + 40) })
                .collect(),
        }
    }

    pub(super) fn integer(&mut self, schema: &Merged<'_>) -> Value {
        let (least, most): (i128, i128) = match schema.text("format") {
            Some("int8") => (-128, 127),
            Some("int16") => (-32_768, 32_767),
            Some("int32") => (i128::from(i32::MIN), i128::from(i32::MAX)),
            Some("uint8") => (0, 255),
            Some("uint16") => (0, 65_535),
            Some("uint32") => (0, i128::from(u32::MAX)),
            Some("uint64" | "uint") => (0, i128::from(u64::MAX)),
            _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
        };
        let (least, most) = bounds(schema, least, most);
        let step = schema.get("multipleOf").and_then(as_whole).filter(|step| *step > 0).unwrap_or(1);
        let edges = [0, least, most, 1, -1, 42, 9_007_199_254_740_993, 2_147_483_648, 255, least + 1, most - 1];
        let multiples = edges.iter().map(|edge| edge - edge.rem_euclid(step)).flat_map(|edge| [edge, edge + step]);
        let mut fitting: Vec<i128> = multiples.filter(|value| (least..=most).contains(value)).collect();
        fitting.dedup();
        let value = fitting.get(self.pick(fitting.len())).copied().unwrap_or(least);
        // The same, as some write it.
        if self.dice.below(16) == 0 && value.abs() < 1 << 50 {
            return float(value as f64);
        }
        i64::try_from(value).map(Value::from).or_else(|_| u64::try_from(value).map(Value::from)).unwrap_or_default()
    }

    pub(super) fn number(&mut self, schema: &Merged<'_>) -> Value {
        let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
        let least = bound("minimum").or(bound("exclusiveMinimum")).unwrap_or(f64::MIN);
        let most = bound("maximum").or(bound("exclusiveMaximum")).unwrap_or(f64::MAX);
        let edges = match bound("multipleOf") {
            Some(step) => {
                vec![0.0, step, step * 2.0, step * 100.0, (least / step).ceil() * step, (most / step).floor() * step]
            }
            None => {
                let middle = least / 2.0 + most / 2.0;
                vec![0.0, 1.5, least, most, -1.5, 0.1, 1e-7, 3.0, 123_456.789, 1e21, 5e-324, 0.1 + 0.2, middle]
            }
        };
        let fitting: Vec<f64> = edges.into_iter().filter(|value| (least..=most).contains(value)).collect();
        let value = fitting.get(self.pick(fitting.len())).copied().unwrap_or(least);
        if value.fract() == 0.0 && value.abs() < 1e15 && self.dice.coin() {
            return Value::from(value as i64);
        }
        float(value)
    }
}

fn float(value: f64) -> Value {
    Number::from_f64(value).map_or(Value::from(0), Value::Number)
}

fn as_whole(value: &Value) -> Option<i128> {
    let whole = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    whole.or_else(|| value.as_f64().filter(|value| value.abs() < 1e30).map(|value| value as i128))
}

/// The least and the most integer that the schema allows, within what its format holds.
fn bounds(schema: &Merged<'_>, least: i128, most: i128) -> (i128, i128) {
    let bound = |key: &str| schema.get(key).and_then(as_whole);
    let (mut low, mut high) = (bound("minimum").unwrap_or(least), bound("maximum").unwrap_or(most));
    low += i128::from(schema.is("exclusiveMinimum"));
    high -= i128::from(schema.is("exclusiveMaximum"));
    low = bound("exclusiveMinimum").map_or(low, |bound| low.max(bound + 1));
    high = bound("exclusiveMaximum").map_or(high, |bound| high.min(bound - 1));
    (low.max(least), high.min(most))
}

/// Texts of a format, and some that only look like it: a format forbids nothing.
fn edges(format: &str) -> &'static [&'static str] {
    match format {
        "date-time" => &[
            "2020-01-02T03:04:05Z",
            "2020-01-02T03:04:05+02:00",
            "2020-01-02T03:04:05.000Z",
            "2020-01-02t03:04:05.123456789z",
            "1969-12-31T23:59:60Z",
            "0001-01-01T00:00:00-00:00",
            "2020-01-02T03:04:05",
            "yesterday",
        ],
        "date" => &["2020-02-29", "1969-12-31", "0001-01-01", "9999-12-31", "2020-1-2", "20200102"],
        "time" => &["03:04:05Z", "03:04:05.000+02:00", "23:59:60Z", "03:04"],
        "duration" => &["PT1H30M", "P1Y2M3W4DT5H6M7S", "PT0S", "PT36H", "P1M", "1h"],
        "uuid" => &[
            "6f1d0f8e-33c0-4b5e-8f3c-9a4c3a3b9a1f",
            "6F1D0F8E-33C0-4B5E-8F3C-9A4C3A3B9A1F",
            "00000000-0000-0000-0000-000000000000",
            "6f1d0f8e33c04b5e8f3c9a4c3a3b9a1f",
            "none",
        ],
        "byte" => &["", "Ynl0ZXM=", "Ynl0ZXM", "-_8=", "not base64!"],
        "ipv4" => &["192.0.2.1", "192.000.002.001", "example"],
        "ipv6" => &["2001:db8::1", "2001:DB8:0:0:0:0:0:1", "::ffff:192.0.2.1"],
        "uri" | "url" | "iri" => &["https://example.com/a?b=c#d", "HTTPS://EXAMPLE.com", "urn:a:b", "/a b", ""],
        "email" => &["name@example.com", "name"],
        _ => &[
            "",
            "a",
            "text",
            "ünïcödé 😀",
            "\"\\/\u{8}\u{c}\n\r\t\u{0}\u{2028}",
            "null",
            "1",
            "true",
            "2020-01-02",
            " a ",
        ],
    }
}

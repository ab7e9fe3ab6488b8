//! What the texts of YAML are: the core schema of YAML 1.2, whatever 1.1 made of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use specsmith::diagnostics::Report;
use specsmith::load::load;

/// What a document is, and the codes of what is told of it.
fn read(text: &str) -> (Option<Value>, Vec<&'static str>) {
    let mut report = Report::default();
    let (_, tree) = load(text.as_bytes(), &mut report);
    (tree.map(|tree| tree.value), report.diagnostics().iter().map(|diagnostic| diagnostic.code).collect())
}

#[test]
fn scalars_are_what_the_core_schema_says() {
    let table: Vec<(&str, Value)> = vec![
        // Truth has one spelling, and two cases more.
        ("true", json!(true)),
        ("False", json!(false)),
        ("TRUE", json!(true)),
        ("on", json!("on")),
        ("off", json!("off")),
        ("yes", json!("yes")),
        ("no", json!("no")),
        ("Y", json!("Y")),
        ("n", json!("n")),
        // Nothing.
        ("", json!(null)),
        ("~", json!(null)),
        ("null", json!(null)),
        ("Null", json!(null)),
        ("NULL", json!(null)),
        ("nil", json!("nil")),
        ("none", json!("none")),
        // Whole numbers.
        ("0", json!(0)),
        ("12", json!(12)),
        ("+1", json!(1)),
        ("-0", json!(0)),
        ("-12", json!(-12)),
        // A zero in front says nothing; 1.1 made it a number of base eight.
        ("012", json!(12)),
        ("-007", json!(-7)),
        ("+00", json!(0)),
        ("089", json!(89)),
        ("00.5", json!(0.5)),
        ("00018446744073709551615", json!(18446744073709551615_u64)),
        ("0018446744073709551616", json!(18446744073709551616.0)),
        // Other bases have no sign, and their letter is small.
        ("0o12", json!(10)),
        ("0o17", json!(15)),
        ("0o18", json!("0o18")),
        ("0O17", json!("0O17")),
        ("-0o17", json!("-0o17")),
        ("0x1F", json!(31)),
        ("0xfe", json!(254)),
        ("0X1F", json!("0X1F")),
        ("+0x1F", json!("+0x1F")),
        ("0x", json!("0x")),
        // 1.2 has no numbers of base two, and none with lines or commas in them.
        ("0b11", json!("0b11")),
        ("-0b11", json!("-0b11")),
        ("0b12", json!("0b12")),
        ("1_000", json!("1_000")),
        ("0x1_0", json!("0x1_0")),
        ("1,000", json!("1,000")),
        ("12:30:45", json!("12:30:45")),
        ("190:20:30", json!("190:20:30")),
        ("9223372036854775807", json!(9223372036854775807_i64)),
        ("18446744073709551615", json!(18446744073709551615_u64)),
        ("18446744073709551616", json!(18446744073709551616.0)),
        ("-9223372036854775809", json!(-9223372036854775809.0)),
        // Others.
        ("1e3", json!(1000.0)),
        ("1E+3", json!(1000.0)),
        ("1.", json!(1.0)),
        (".5", json!(0.5)),
        ("-.5", json!(-0.5)),
        ("1.5e-3", json!(0.0015)),
        ("1e-400", json!(0.0)),
        ("1.2.3", json!("1.2.3")),
        ("1.0", json!(1.0)),
        ("-", json!([null])),
        (".", json!(".")),
        ("e3", json!("e3")),
        // What JSON has no number for.
        (".inf", json!(null)),
        ("-.INF", json!(null)),
        ("+.Inf", json!(null)),
        (".nan", json!(null)),
        (".NaN", json!(null)),
        ("-.nan", json!("-.nan")),
        (".iNF", json!(".iNF")),
        ("nan", json!("nan")),
        ("inf", json!("inf")),
        ("Infinity", json!("Infinity")),
        // Dates are texts.
        ("2020-01-01", json!("2020-01-01")),
        ("2020-01-01T12:30:45Z", json!("2020-01-01T12:30:45Z")),
        ("2020-01-01 12:30:45", json!("2020-01-01 12:30:45")),
        // What is quoted is a text.
        ("\"on\"", json!("on")),
        ("'12'", json!("12")),
        ("\"\"", json!("")),
        ("\"\\u00e9\\x41\\n\"", json!("\u{e9}A\n")),
        ("'it''s'", json!("it's")),
        // What has a tag is of its kind.
        ("!!str 1", json!("1")),
        ("!!str true", json!("true")),
        ("!!str", json!("")),
        ("!!str 012", json!("012")),
        ("'012'", json!("012")),
        ("!!int '1'", json!(1)),
        ("!!float 1", json!(1.0)),
        ("!own text", json!("text")),
        ("!own {a: 1}", json!({"a": 1})),
        // Signs that begin something elsewhere.
        ("=", json!("=")),
        ("<<", json!("<<")),
        ("a#b", json!("a#b")),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in table {
        let document = if text == "-" { "x:\n  -\n".to_owned() } else { format!("x: {text}\n") };
        let (value, codes) = read(&document);
        let found = value.map(|value| value["x"].clone());
        if found.as_ref() != Some(&expected) || !codes.is_empty() {
            wrong.push(format!("`{text}` is {found:?} ({codes:?}), and should be {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn documents_are_read_as_people_write_them() {
    let table: Vec<(&str, Result<Value, &str>, &[&str])> = vec![
        // Keys are texts, as they are written.
        ("200: a\n", Ok(json!({"200": "a"})), &[]),
        ("0200: a\n", Ok(json!({"0200": "a"})), &[]),
        ("1.50: a\n", Ok(json!({"1.50": "a"})), &[]),
        ("0x1F: a\n", Ok(json!({"0x1F": "a"})), &[]),
        ("1e3: a\n", Ok(json!({"1e3": "a"})), &[]),
        ("on: a\nyes: b\n", Ok(json!({"on": "a", "yes": "b"})), &[]),
        ("true: a\n", Ok(json!({"true": "a"})), &[]),
        ("null: a\n", Ok(json!({"null": "a"})), &[]),
        ("~: a\n", Ok(json!({"~": "a"})), &[]),
        ("2020-01-01: a\n", Ok(json!({"2020-01-01": "a"})), &[]),
        ("!!str 1: a\n", Ok(json!({"1": "a"})), &[]),
        ("? a\n: b\n", Ok(json!({"a": "b"})), &[]),
        ("? [a, b]\n: c\n", Err("not-yaml"), &[]),
        ("? \n: a\n'': b\n", Ok(json!({"": "b"})), &["duplicate-key"]),
        ("200: a\n'200': b\n", Ok(json!({"200": "b"})), &["duplicate-key"]),
        // Anchors, on keys too, and merge keys.
        ("&k a: &v 1\nb: *v\n*k : 2\n", Ok(json!({"a": 2, "b": 1})), &["duplicate-key"]),
        ("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n", Ok(json!({"a": {"x": 1, "y": 2}, "b": {"y": 3, "x": 1}})), &[]),
        (
            "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b]}\n",
            Ok(json!({"a": {"x": 1}, "b": {"x": 2, "y": 2}, "c": {"x": 1, "y": 2}})),
            &[],
        ),
        // What a number is does not change by where it stands.
        (
            "a: &a 012\nb: *a\nc: &c {x: [0b1, 012]}\nd: {<<: *c}\ne: *c\n*a : 1\n",
            Ok(json!({"a": 12, "b": 12,
            "c": {"x": ["0b1", 12]}, "d": {"x": ["0b1", 12]}, "e": {"x": ["0b1", 12]}, "012": 1})),
            &[],
        ),
        ("012: 013\n", Ok(json!({"012": 13})), &[]),
        ("a: 012\na: x\n", Ok(json!({"a": "x"})), &["duplicate-key"]),
        ("a: x\na: 012\n", Ok(json!({"a": 12})), &["duplicate-key"]),
        ("a: *nobody\n", Err("not-yaml"), &[]),
        ("a: &a [*a]\n", Err("too-deep"), &[]),
        // Blocks.
        ("a: |\n  x\n\n  y\n", Ok(json!({"a": "x\n\ny\n"})), &[]),
        ("a: >-\n  x\n  y\n", Ok(json!({"a": "x y"})), &[]),
        ("a: |+\n  x\n\n", Ok(json!({"a": "x\n\n"})), &[]),
        // What editors leave.
        ("\u{feff}a: 1\n", Ok(json!({"a": 1})), &[]),
        ("a: 1\r\nb: |\r\n  x\r\n  y\r\n", Ok(json!({"a": 1, "b": "x\ny\n"})), &[]),
        ("a: 1\n\n\n# end", Ok(json!({"a": 1})), &[]),
        ("a:\t1\n", Ok(json!({"a": 1})), &[]),
        ("a: 1\t# x\n", Ok(json!({"a": 1})), &[]),
        ("a:\n\tb: 1\n", Ok(json!({"a": {"b": 1}})), &["tabs"]),
        ("a:\n\tb: 1\nc:\n  d: 1\n", Err("not-yaml"), &[]),
        ("a: \"x\0y\"\n", Err("not-yaml"), &[]),
        ("a: \"x\\0y\"\n", Ok(json!({"a": "x\0y"})), &[]),
        // Documents, and what is said of them.
        ("---\na: 1\n", Ok(json!({"a": 1})), &[]),
        ("a: 1\n...\n", Ok(json!({"a": 1})), &[]),
        ("%YAML 1.1\n---\na: on\n", Ok(json!({"a": "on"})), &[]),
        ("%YAML 1.2\n---\na: on\n", Ok(json!({"a": "on"})), &[]),
        ("a: 1\n---\nb: 2\n", Err("not-yaml"), &[]),
        ("", Err("not-yaml"), &[]),
        ("- a\n", Err("not-openapi"), &[]),
        ("a\n", Err("not-openapi"), &[]),
        ("a: b: c\n", Err("not-yaml"), &[]),
        // JSON is YAML, but for what JSON has that YAML has not.
        ("{\"a\": 1e3, \"b\": \"\\ud83d\\ude00\"}", Ok(json!({"a": 1000.0, "b": "\u{1f600}"})), &[]),
        // No number has so many digits: the text stays.
        ("{\"a\": 1e400}", Ok(json!({"a": "1e400"})), &[]),
        ("{\"a\": -0, \"b\": 18446744073709551616}", Ok(json!({"a": -0.0, "b": 18446744073709551616.0})), &[]),
        ("{\"a\": NaN}", Ok(json!({"a": "NaN"})), &[]),
        ("{\t\"a\":\t1}", Ok(json!({"a": 1})), &[]),
    ];
    let mut wrong = Vec::new();
    for (text, expected, told) in table {
        let (found, codes) = read(text);
        let is_right = match (&found, &expected) {
            (Some(found), Ok(expected)) => found == expected && codes == told,
            (None, Err(code)) => codes == [*code],
            _ => false,
        };
        if !is_right {
            wrong.push(format!("{text:?} is {found:?} ({codes:?}), and should be {expected:?} ({told:?})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn places_are_those_of_the_text() {
    let text = "\
# A remark | of one line
\"a\": !own &b |-  # and > another
    two

    lines
c: [ *b, 'x', {d: \"é\\n\"} ]
e:
- >+
  folded

- &f !!str g
- {
    h: 1
  , i: 2
}
j:  plain
  text  # not of it
k: \"quoted
 text\"
l: |
m:
n:   # nothing
";
    let mut report = Report::default();
    let (source, _) = load(text.as_bytes(), &mut report);
    let table = [
        ("/a", "|-  # and > another\n    two\n\n    lines\n"),
        ("/c", "c"),
        ("/c/0", "*"),
        ("/c/1", "'x'"),
        ("/c/2/d", "\"é\\n\""),
        ("/e/0", ">+\n  folded\n\n"),
        ("/e/1", "g"),
        ("/e/2/h", "1"),
        ("/e/2/i", "2"),
        ("/j", "plain\n  text"),
        ("/k", "\"quoted\n text\""),
        ("/l", "|\n"),
    ];
    let found = table.map(|(at, _)| {
        let spot = source.spot(&specsmith::diagnostics::Pointer::parse(at));
        (at, &spot.text[spot.span])
    });
    assert_eq!(found, table);
    // What is not there stands behind the colon.
    for key in ["m:", "n:"] {
        let spot = source.spot(&specsmith::diagnostics::Pointer::default().child(&key[..1]));
        assert_eq!((&spot.text[..spot.span.start].ends_with(key), spot.span.is_empty()), (&true, true), "{key}");
    }
    assert_eq!(report.diagnostics(), []);
}

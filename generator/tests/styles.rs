//! Parameters as the runtime writes them, row by row: OpenAPI's own table, RFC 6570's examples, and
//! what neither of them says. The runtime's files are compiled into this test as they are.
#![allow(dead_code, unreachable_pub, reason = "the runtime has more than is tested here, and other crates to serve")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../templates/runtime/given.rs"]
mod given;
#[path = "../../templates/runtime/or_empty.rs"]
mod or_empty;
#[path = "../../templates/runtime/param.rs"]
mod param;
#[path = "../../templates/runtime/style.rs"]
mod style;
#[path = "../../templates/runtime/target.rs"]
mod target;
#[path = "../../templates/runtime/text.rs"]
mod text;

use std::collections::BTreeSet;

use given::{Given, Givens};
use or_empty::OrEmpty;
use param::{Keyed, Param, Place, Style};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Values in a style, and what must be written, or why nothing is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    row: String,
    #[serde(rename = "in")]
    place: String,
    style: String,
    #[serde(default)]
    explode: bool,
    #[serde(default)]
    reserved: bool,
    #[serde(default)]
    required: bool,
    /// What stands in the path before the first parameter, and between two.
    #[serde(default)]
    before: String,
    #[serde(default)]
    between: String,
    values: Map<String, Value>,
    /// None if nothing at all is sent.
    written: Option<String>,
    refused: Option<String>,
}

static KEYED: Keyed =
    Keyed { key: "filters[{field}][{operation}]", value: "value", spelled: &[("FLOW_ID", "flowId"), ("X", "y")] };

impl Row {
    fn param(&self, name: &str) -> Param {
        let name = name.to_owned().leak();
        let param = match self.place.as_str() {
            "path" => Param::path(name),
            "query" => Param::query(name),
            "header" => Param::header(name),
            "cookie" => Param::cookie(name),
            other => panic!("no place is called {other}"),
        };
        let explode = self.explode;
        let param = param.style(match self.style.as_str() {
            "simple" => Style::Simple { explode },
            "label" => Style::Label { explode },
            "matrix" => Style::Matrix { explode },
            "form" => Style::Form { explode },
            "spaceDelimited" => Style::SpaceDelimited,
            "pipeDelimited" => Style::PipeDelimited,
            "deepObject" => Style::DeepObject,
            "json" => Style::Json,
            "keyed" => Style::Keyed(&KEYED),
            other => panic!("no style is called {other}"),
        });
        let param = if self.reserved { param.reserved() } else { param };
        if self.required { param.required() } else { param }
    }

    fn write(&self) -> Result<Option<String>, String> {
        let params: &'static [Param] = self.values.keys().map(|name| self.param(name)).collect::<Vec<_>>().leak();
        let mut givens = Givens::default();
        for (param, value) in params.iter().zip(self.values.values()) {
            givens.push(param.place, param.name, Given::of(value));
        }
        match params[0].place {
            Place::Path => {
                let names: Vec<String> = self.values.keys().map(|name| format!("{{{name}}}")).collect();
                let template = format!("{}{}", self.before, names.join(&self.between)).leak();
                target::path(template, params, &givens, &[]).map(Some)
            }
            Place::Query => Ok(Some(target::query(params, &givens)?.join("&"))),
            Place::Header => {
                let all = givens.all(Place::Header, params)?;
                let written: Result<Vec<String>, String> =
                    all.iter().map(|(param, given)| style::header(param, given)).collect();
                Ok(written?.pop())
            }
            Place::Cookie => {
                let all = givens.all(Place::Cookie, params)?;
                let written: Vec<String> = all.iter().flat_map(|(param, given)| style::cookie(param, given)).collect();
                Ok((!written.is_empty()).then(|| written.join("; ")))
            }
        }
    }
}

/// Checks a table, and tells all rows that are wrong.
fn check(table: &str, least: usize) {
    let rows: Vec<Row> = serde_yaml::from_str(table).unwrap();
    let names: BTreeSet<&str> = rows.iter().map(|row| row.row.as_str()).collect();
    assert_eq!(names.len(), rows.len(), "two rows have one name");
    assert!(rows.len() >= least, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let expected = row.refused.clone().map_or_else(|| Ok(row.written.clone()), Err);
        let found = row.write();
        if found != expected {
            wrong.push(format!("{}:\n  {found:?} instead of\n  {expected:?}", row.row));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn openapis_style_examples_are_written_as_its_table_says() {
    check(include_str!("styles/openapi.yaml"), 48);
}

#[test]
fn rfc_6570s_examples_are_expanded_as_it_says() {
    check(include_str!("styles/rfc6570.yaml"), 49);
}

#[test]
fn what_no_table_says_is_written_in_one_way_too() {
    check(include_str!("styles/own.yaml"), 70);
}

#[test]
fn a_wrong_row_is_seen() {
    let row = r#"[{row: wrong, in: query, style: form, values: {a: 1}, written: "a=2"}]"#;
    assert!(std::panic::catch_unwind(|| check(row, 1)).is_err());
}

#[test]
fn absent_empty_and_value_are_three_things() {
    assert_eq!(Given::or_empty::<bool>(None), Given::Nothing);
    assert_eq!(Given::or_empty::<bool>(OrEmpty::Empty), Given::from(""));
    assert_eq!(Given::or_empty::<bool>(true), Given::from("true"));
    assert_eq!(Given::text(None::<&str>), Given::Nothing);
    assert_eq!(Given::text(""), Given::from(""));
    assert_eq!(Given::maybe::<i32>(7), Given::from("7"));
    assert_eq!(Given::maybe_of::<i32>(None), Given::Nothing);
    assert_eq!(Given::any(Value::Null), Given::Nothing);
    assert_eq!(Given::any("a"), Given::from("a"));
    assert_eq!(Given::any(json!([1, "1"])), Given::List(vec![Given::Bare("1".into()), Given::from("1")]));
    assert_eq!(Given::list::<String>(["a"]), Given::List(vec![Given::from("a")]));
}

#[test]
fn members_keep_the_order_in_which_they_came() {
    let given = Given::of(&json!({"b": 1, "a": {"d": 2, "c": 3}}));
    assert_eq!(serde_json::to_string(&given).unwrap(), r#"{"b":1,"a":{"d":2,"c":3}}"#);
    let pairs = Given::object::<i64>([("z", 1), ("y", 2)]);
    assert_eq!(serde_json::to_string(&pairs).unwrap(), r#"{"z":1,"y":2}"#);
}

#[test]
fn the_last_value_counts_and_the_client_stands_in_for_the_path_alone() {
    static PARAMS: [Param; 2] = [Param::query("page").required().default("1"), Param::query("q")];
    let mut givens = Givens::default();
    assert_eq!(target::query(&PARAMS, &givens), Ok(vec!["page=1".to_owned()]));
    givens.push(Place::Query, "page", Given::from(2));
    givens.push(Place::Query, "q", Given::from("a"));
    givens.push(Place::Query, "q", Given::Nothing);
    assert_eq!(target::query(&PARAMS, &givens), Ok(vec!["page=2".to_owned()]));
    givens.push(Place::Query, "page", Given::Nothing);
    assert_eq!(target::query(&PARAMS, &givens), Err("required query parameter `page` is missing".into()));
    givens.push(Place::Query, "x", Given::from("a"));
    assert_eq!(target::query(&PARAMS, &givens), Err("the operation has no query parameter `x`".into()));

    let defaults = [("tenant", "main".to_owned())];
    let mut givens = Givens::default();
    assert_eq!(target::path("/{tenant}/x", &[], &givens, &defaults), Ok("/main/x".into()));
    assert_eq!(target::path("/x", &[], &givens, &defaults), Ok("/x".into()));
    let missing = target::path("/{tenant}/x", &[], &givens, &[]).unwrap_err();
    assert!(missing.contains("`ClientBuilder`"), "{missing}");
    givens.push(Place::Path, "tenant", Given::from("other"));
    assert_eq!(target::path("/{tenant}/x", &[], &givens, &defaults), Ok("/other/x".into()));
    assert!(target::path("/x", &[], &givens, &defaults).is_err());
}

#[test]
fn a_value_that_is_none_is_refused() {
    static PARAMS: [Param; 1] = [Param::query("a")];
    let mut givens = Givens::default();
    givens.push(Place::Query, "a", Given::object::<Odd>([("b", Odd)]));
    let refused = target::query(&PARAMS, &givens).unwrap_err();
    assert_eq!(refused, "query parameter `a` cannot be written: odd");
}

/// A value that serde cannot write.
struct Odd;

impl serde::Serialize for Odd {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("odd"))
    }
}

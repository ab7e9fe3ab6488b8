//! A JSON value against rules.

use serde_json::{Map, Value};

use super::decimal::Decimal;
use super::rule::{Kind, Rest, Rule, Rules};
use super::texts::{counted, listed};
use super::{Violation, below, formats, patterns, same};

/// Adds all that the rules forbid of a value at a place; `closed` says whether members that are not named are
/// forbidden where the document says so.
pub(crate) fn check(value: &Value, rules: Rules, at: &str, closed: bool, found: &mut Vec<Violation>) {
    Check { at, closed, found }.all(value, rules);
}

/// Whether a value obeys rules.
fn fits(value: &Value, rules: Rules, closed: bool) -> bool {
    violations(value, rules, "", closed).is_empty()
}

fn violations(value: &Value, rules: Rules, at: &str, closed: bool) -> Vec<Violation> {
    let mut found = Vec::new();
    check(value, rules, at, closed, &mut found);
    found
}

struct Check<'a> {
    at: &'a str,
    closed: bool,
    found: &'a mut Vec<Violation>,
}

impl Check<'_> {
    fn all(&mut self, value: &Value, rules: Rules) {
        if value.is_null() && matches!(rules.first(), Some(Rule::OrNull)) {
            return;
        }
        for rule in rules {
            self.one(value, rule);
        }
    }

    /// Goes down into a member or an element.
    fn below(&mut self, step: impl std::fmt::Display, value: &Value, rules: Rules) {
        if !rules.is_empty() {
            let at = below(self.at, step);
            Check { at: &at, closed: self.closed, found: self.found }.all(value, rules);
        }
    }

    fn tell(&mut self, rule: &'static str, message: impl Into<String>) {
        self.found.push(Violation::new(self.at, rule, message));
    }

    fn must(&mut self, holds: bool, rule: &'static str, message: impl FnOnce() -> String) {
        if !holds {
            self.tell(rule, message());
        }
    }

    /// The rules on what a value is, and on what it is made of.
    fn one(&mut self, value: &Value, rule: &Rule) {
        match (rule, value) {
            (Rule::OrNull, _) => {}
            (Rule::Never, _) => self.tell("not", "must not be there"),
            (Rule::Is(kind), _) => self.must(is(value, *kind), "type", || format!("must be {}", kind.name())),
            (Rule::IsAny(kinds), _) => {
                let names = || listed(kinds.iter().map(|kind| kind.name().to_owned()), "or");
                self.must(kinds.iter().any(|kind| is(value, *kind)), "type", || format!("must be {}", names()));
            }
            (Rule::Texts(texts), _) => {
                let is_one = value.as_str().is_some_and(|value| texts.contains(&value));
                let names = || listed(texts.iter().map(|text| format!("`{text}`")), "or");
                self.must(is_one, "enum", || format!("must be {}", names()));
            }
            (Rule::Values(values), _) => {
                let own = same::canonical(value);
                let is_one = values
                    .iter()
                    .any(|text| serde_json::from_str::<Value>(text).is_ok_and(|value| same::canonical(&value) == own));
                let names = || listed(values.iter().map(|text| format!("`{text}`")), "or");
                self.must(is_one, "enum", || format!("must be {}", names()));
            }
            (Rule::Of(rules), _) => self.all(value, rules),
            (Rule::All(parts), _) => parts.iter().for_each(|part| self.all(value, part)),
            (Rule::Any(parts), _) => {
                let results: Vec<_> = parts.iter().map(|part| self.trial(value, part)).collect();
                self.alternatives(results, "anyOf");
            }
            (Rule::One(parts), _) => self.exactly_one(value, parts),
            (Rule::Tagged(member, tagged, others), _) => {
                let tag = value.get(member).and_then(Value::as_str);
                let meant = tagged.iter().find(|(own, _)| Some(*own) == tag);
                self.all(value, meant.map_or(others, |(_, rules)| rules));
            }
            (Rule::Not(rules), _) => {
                self.must(!fits(value, rules, true), "not", || "must not be what the API's document rules out".into());
            }
            (Rule::When(condition, then, otherwise), _) => {
                self.all(value, if fits(value, condition, true) { then } else { otherwise });
            }
            (Rule::Format(format), _) => {
                self.must(formats::is(value, *format), "format", || format!("must be {}", formats::name(*format)));
            }
            (rule, Value::String(text)) => self.text(text, rule),
            (rule, Value::Number(number)) => {
                if let Some(number) = Decimal::parse(&number.to_string()) {
                    self.number(&number, rule);
                }
            }
            (rule, Value::Array(elements)) => self.list(elements, rule),
            (rule, Value::Object(members)) => self.object(value, members, rule),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, rule: &Rule) {
        match rule {
            Rule::MinLength(least) => self.must(count(text.chars()) >= *least, "minLength", || {
                format!("must have at least {}", counted(*least, "character"))
            }),
            Rule::MaxLength(most) => self.must(count(text.chars()) <= *most, "maxLength", || {
                format!("must have at most {}", counted(*most, "character"))
            }),
            Rule::Pattern(pattern) => self
                .must(patterns::is_found(pattern, text), "pattern", || format!("must match the pattern `{pattern}`")),
            _ => {}
        }
    }

    fn number(&mut self, number: &Decimal, rule: &Rule) {
        let (Rule::Minimum(text)
        | Rule::Above(text)
        | Rule::Maximum(text)
        | Rule::Below(text)
        | Rule::MultipleOf(text)) = rule
        else {
            return;
        };
        let Some(limit) = Decimal::parse(text) else { return };
        let (holds, keyword, what) = match rule {
            Rule::Minimum(_) => (*number >= limit, "minimum", "at least"),
            Rule::Above(_) => (*number > limit, "exclusiveMinimum", "more than"),
            Rule::Maximum(_) => (*number <= limit, "maximum", "at most"),
            Rule::Below(_) => (*number < limit, "exclusiveMaximum", "less than"),
            _ => (number.is_multiple_of(&limit), "multipleOf", "a multiple of"),
        };
        self.must(holds, keyword, || format!("must be {what} {text}"));
    }

    fn list(&mut self, elements: &[Value], rule: &Rule) {
        match rule {
            Rule::MinItems(least) => self.must(count(elements.iter()) >= *least, "minItems", || {
                format!("must have at least {}", counted(*least, "element"))
            }),
            Rule::MaxItems(most) => self.must(count(elements.iter()) <= *most, "maxItems", || {
                format!("must have at most {}", counted(*most, "element"))
            }),
            Rule::Unique => {
                if let Some((one, other)) = same::twins(elements) {
                    self.tell(
                        "uniqueItems",
                        format!("must not have equal elements, as those at {one} and {other} are"),
                    );
                }
            }
            Rule::Prefix(parts) => {
                for (index, (element, rules)) in elements.iter().zip(*parts).enumerate() {
                    self.below(index, element, rules);
                }
            }
            Rule::Items(from, rules) => {
                for (index, element) in elements.iter().enumerate().skip(*from) {
                    self.below(index, element, rules);
                }
            }
            Rule::Contains(rules, least, most) => {
                let such = count(elements.iter().filter(|element| fits(element, rules, self.closed)));
                let what = "of the elements that the API's document asks for";
                self.must(such >= *least, "contains", || format!("must have at least {least} {what}"));
                self.must(most.is_none_or(|most| such <= most), "maxContains", || {
                    format!("must have at most {} {what}", most.unwrap_or_default())
                });
            }
            _ => {}
        }
    }

    fn object(&mut self, value: &Value, members: &Map<String, Value>, rule: &Rule) {
        match rule {
            Rule::MinProperties(least) => self.must(count(members.iter()) >= *least, "minProperties", || {
                format!("must have at least {}", counted(*least, "member"))
            }),
            Rule::MaxProperties(most) => self.must(count(members.iter()) <= *most, "maxProperties", || {
                format!("must have at most {}", counted(*most, "member"))
            }),
            Rule::Required(names) => {
                for name in names.iter().filter(|name| !members.contains_key(**name)) {
                    self.tell("required", format!("must have the member `{name}`"));
                }
            }
            Rule::Properties(named) => self.named(members, named),
            Rule::Members(named, patterned, rest) => {
                self.named(members, named);
                for (name, value) in members {
                    let mut is_known = named.iter().any(|(own, _)| own == name);
                    for (_, rules) in patterned.iter().filter(|(pattern, _)| patterns::is_found(pattern, name)) {
                        is_known = true;
                        self.below(name, value, rules);
                    }
                    match rest {
                        Rest::Each(rules) if !is_known => self.below(name, value, rules),
                        Rest::Closed if !is_known && self.closed => {
                            let (at, message) = (below(self.at, name), "is no member that the API's document names");
                            self.found.push(Violation::new(&at, "additionalProperties", message));
                        }
                        _ => {}
                    }
                }
            }
            Rule::Names(rules) => {
                for name in members.keys() {
                    self.below(name, &Value::String(name.clone()), rules);
                }
            }
            Rule::DependentRequired(dependent) => {
                for (name, others) in dependent.iter().filter(|(name, _)| members.contains_key(*name)) {
                    for other in others.iter().filter(|other| !members.contains_key(**other)) {
                        self.tell("dependentRequired", format!("must have the member `{other}` beside `{name}`"));
                    }
                }
            }
            Rule::Dependent(dependent) => {
                for (_, rules) in dependent.iter().filter(|(name, _)| members.contains_key(*name)) {
                    self.all(value, rules);
                }
            }
            _ => {}
        }
    }

    fn named(&mut self, members: &Map<String, Value>, named: &'static [(&'static str, Rules)]) {
        for (name, rules) in named {
            if let Some(value) = members.get(*name) {
                self.below(name, value, rules);
            }
        }
    }

    fn trial(&self, value: &Value, rules: Rules) -> Vec<Violation> {
        violations(value, rules, self.at, self.closed)
    }

    /// At least one of the alternatives has no violations; of others, those of the one that is the most like it
    /// are told.
    fn alternatives(&mut self, results: Vec<Vec<Violation>>, keyword: &'static str) {
        if results.iter().any(Vec::is_empty) {
            return;
        }
        let alternatives = counted(results.len() as u64, "alternative");
        let unlike = |found: &Vec<Violation>| -> usize {
            let weight = |violation: &Violation| match violation.rule() {
                "type" | "enum" => 100,
                "required" => 10,
                _ => 1,
            };
            found.iter().map(weight).sum()
        };
        let least = results.iter().map(unlike).min().unwrap_or_default();
        let mut closest = results.into_iter().filter(|found| unlike(found) == least);
        match (closest.next(), closest.next()) {
            (Some(only), None) if least < 100 => self.found.extend(only),
            _ => self.tell(keyword, format!("must be one of {alternatives}, and is none")),
        }
    }

    /// What members there may be tells alternatives apart, even where it is no violation to have others.
    fn exactly_one(&mut self, value: &Value, parts: &[Rules]) {
        match parts.iter().filter(|part| fits(value, part, true)).count() {
            0 => {
                let results = parts.iter().map(|part| self.trial(value, part)).collect();
                self.alternatives(results, "oneOf");
            }
            1 => {}
            several => self.tell("oneOf", format!("must be one alternative alone, and is {several} of them")),
        }
    }
}

fn is(value: &Value, kind: Kind) -> bool {
    match (kind, value) {
        (Kind::Null, Value::Null)
        | (Kind::Boolean, Value::Bool(_))
        | (Kind::Number, Value::Number(_))
        | (Kind::String, Value::String(_))
        | (Kind::Array, Value::Array(_))
        | (Kind::Object, Value::Object(_)) => true,
        // `1.0` is one, too.
        (Kind::Integer, Value::Number(number)) => {
            Decimal::parse(&number.to_string()).is_some_and(|number| number.is_integer())
        }
        _ => false,
    }
}

fn count(items: impl Iterator) -> u64 {
    items.count() as u64
}

//! What values obey beyond their types: lengths and the like of members are told with their
//! documentation, all else is compared as a text.

use super::{Change, Code, Item, Severity};
use crate::ir::{Kind, Rest, Rule, Rules};

/// Tells of other rules; those that stand in the documentation of members are left out.
pub(super) fn compare(item: &Item<'_>, what: &str, old: &Rules, new: &Rules, changes: &mut Vec<Change>) {
    let (before, after) = (text(old, true, true), text(new, true, true));
    if before != after {
        let message = format!("`validate` asks something else of {what}");
        let side = |text: String| if text.is_empty() { "no more than its type".to_owned() } else { text };
        let change = item.change(Code::RulesChanged, Severity::Docs, message);
        changes.push(change.sides(side(before), side(after)));
    }
}

/// Rules in words. What types say is left out where they do; `top` are the rules of a whole type, whose
/// members have documentation of their own.
fn text(rules: &Rules, typed: bool, top: bool) -> String {
    let parts = rules.iter().map(|rule| of(rule, typed, top)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("; ")
}

fn of(rule: &Rule, typed: bool, top: bool) -> String {
    if let Some(told) = rule.told() {
        return told.text(str::to_owned);
    }
    let inside = |label: &str, typed: bool| {
        let parts = rule.inner().into_iter().map(|rules| text(rules, typed, false));
        let parts: Vec<String> = parts.filter(|part| !typed || !part.is_empty()).collect();
        if typed && parts.is_empty() { String::new() } else { format!("{label} ({})", parts.join(") or (")) }
    };
    match rule {
        Rule::OrNull if !typed => "or null".to_owned(),
        Rule::Is(kinds) if !typed => kinds.iter().copied().map(name).collect::<Vec<_>>().join(" or "),
        Rule::Required(names) if !typed => format!("with {}", names.join(", ")),
        Rule::Of(_) if !typed => "a type".to_owned(),
        Rule::Values(values) if !typed || !values.iter().all(|value| value.is_string() || value.is_null()) => {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            format!("one of {}", values.join(", "))
        }
        Rule::Format(format) => format!("the format {format:?}"),
        Rule::Never => "nothing".to_owned(),
        Rule::Members { named, patterned, rest } => members(named, patterned, rest, typed, top),
        Rule::Prefix(_) => inside("first", typed),
        Rule::Items(..) => inside("each", typed),
        Rule::Contains { least, most, .. } => {
            let most = most.map_or_else(String::new, |most| format!(" and at most {most}"));
            inside(&format!("at least {least}{most} of"), false)
        }
        Rule::Names(_) => inside("names", false),
        Rule::DependentRequired(dependent) => {
            let each = dependent.iter().map(|(name, others)| format!("with {name} also {}", others.join(", ")));
            each.collect::<Vec<_>>().join("; ")
        }
        Rule::Dependent(_) => inside("with some members", false),
        Rule::All(_) => inside("all of", typed),
        Rule::Any(_) => inside("any of", typed),
        // Which variants there are is told of the union.
        Rule::Tagged { .. } => inside("by tag", typed),
        Rule::One(_) => inside("one of", typed),
        Rule::Not(_) => inside("not", false),
        Rule::When(..) => inside("if, then, else", false),
        _ => String::new(),
    }
}

fn members(named: &[(String, Rules)], patterned: &[(String, Rules)], rest: &Rest, typed: bool, top: bool) -> String {
    let known = named.iter().filter_map(|(name, rules)| {
        let mut rules = rules.clone();
        if top {
            rules.retain(|rule| rule.told().is_none());
        }
        let text = text(&rules, typed, false);
        (!text.is_empty()).then(|| format!("{name}: {text}"))
    });
    let patterned = patterned.iter().map(|(pattern, rules)| format!("/{pattern}/: {}", text(rules, typed, false)));
    let rest = match rest {
        Rest::Open => String::new(),
        Rest::Closed => "no others".to_owned(),
        Rest::Each(rules) => text(rules, typed, false),
    };
    known.chain(patterned).chain([rest].into_iter().filter(|rest| !rest.is_empty())).collect::<Vec<_>>().join("; ")
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::String => "string",
        Kind::Array => "array",
        Kind::Object => "object",
    }
}

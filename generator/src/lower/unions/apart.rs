//! Whether the alternatives of a union can be told apart by what a value looks like.
//!
//! The SDK takes the alternative that knows the most members of a value, then the one that requires
//! the most, then the one that the document names first. Members that an alternative does not know
//! are kept, so nothing is ever lost; but where two would be taken for each other, a type would
//! promise what nobody knows.

use std::collections::BTreeSet;

use super::members::{Member, Nature, Object};

/// Whether all can be told apart; an error says which cannot.
pub(super) fn all(members: &[Member<'_>], several_may_hold: bool) -> Result<(), String> {
    for (index, one) in members.iter().enumerate() {
        for other in &members[index + 1..] {
            let by_tag = !one.tags.is_empty() && !other.tags.is_empty();
            if !by_tag && !two(&one.nature, &other.nature, several_may_hold) {
                let name = |member: &Member<'_>| match member.component {
                    Some(name) => format!("`{name}`"),
                    None => {
                        let place: Vec<String> = member.at.segments().collect();
                        format!("`{}`", place[place.len().saturating_sub(2)..].join("/"))
                    }
                };
                let why = match (&one.nature, &other.nature) {
                    (Nature::Object(_), Nature::Object(_)) if several_may_hold => "may both hold at once",
                    _ => "cannot be told apart",
                };
                return Err(format!("in which {} and {} {why}", name(one), name(other)));
            }
        }
    }
    Ok(())
}

fn two(one: &Nature<'_>, other: &Nature<'_>, several_may_hold: bool) -> bool {
    match (one, other) {
        (Nature::Anything, Nature::Anything) => false,
        (Nature::Anything, _) | (_, Nature::Anything) => true,
        _ if one.json() != other.json() => true,
        (Nature::Object(one), Nature::Object(other)) => objects(one, other, several_may_hold),
        (Nature::Tagged { tag: one, values }, Nature::Tagged { tag: other, values: others }) => {
            one == other && values.iter().all(|value| !others.contains(value))
        }
        (Nature::List(one), Nature::List(other)) | (Nature::Map(one), Nature::Map(other)) => match (one, other) {
            (Some(one), Some(other)) => two(one, other, several_may_hold),
            (None, None) => false,
            _ => true,
        },
        // Of the same kind otherwise, they become one type, or the first one that can be read.
        _ => true,
    }
}

fn objects(one: &Object<'_>, other: &Object<'_>, several_may_hold: bool) -> bool {
    let (names, others) = (names(one), names(other));
    let demands = |object: &Object<'_>, known: &BTreeSet<&str>| {
        object.members.required.iter().any(|name| object.members.properties.contains_key(name) && !known.contains(name))
    };
    let in_both = |name: &&str| one.members.required.contains(name) && other.members.required.contains(name);
    // One that need not be there tells nothing where both may hold.
    let tells = |name: &&str| !several_may_hold || in_both(name);
    let differ = one.kinds.iter().filter(|(name, _)| tells(name)).any(|(name, kind)| {
        let values = (one.values.get(name), other.values.get(name));
        let have_other_values =
            matches!(values, (Some(one), Some(other)) if one.iter().all(|value| !other.contains(value)));
        have_other_values || other.kinds.get(name).is_some_and(|other| are_apart(kind, other))
    });
    // Of several that hold, the one that knows the members of all is the whole truth.
    let is_one_more = names.is_superset(&others) || names.is_subset(&others);
    differ || demands(one, &others) || demands(other, &names) || (names != others && (is_one_more || !several_may_hold))
}

fn names<'a>(object: &Object<'a>) -> BTreeSet<&'a str> {
    object.members.properties.keys().copied().collect()
}

/// A whole number may be either.
fn are_apart(one: &str, other: &str) -> bool {
    let is_number = |kind| matches!(kind, "integer" | "number");
    one != other && !(is_number(one) && is_number(other))
}

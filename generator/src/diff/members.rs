//! Members of a struct: what it has, what `new` takes, and what is set without being given.

use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity, reordered};
use crate::ir::{Field, Presence};

/// The members of a struct.
#[derive(Clone, Copy)]
pub(super) struct Members<'a> {
    pub(super) fields: &'a [Field],
    /// Whether requests hold it, so that callers make it with `new`.
    pub(super) sent: bool,
}

impl<'a> Members<'a> {
    /// Whether `new` sets the member by itself, so that nothing takes it.
    fn sets(self, field: &Field) -> bool {
        self.sent && field.tag.is_some()
    }

    /// What must be there, and has to be given.
    fn required(self) -> impl Iterator<Item = &'a Field> {
        self.fields.iter().filter(move |field| is_required(field) && !self.sets(field))
    }

    fn arguments(self) -> Vec<&'a str> {
        self.required().map(|field| field.wire.as_str()).collect()
    }
}

fn has(fields: &[Field], field: &Field) -> bool {
    fields.iter().any(|other| other.wire == field.wire)
}

/// Who is called in Rust as a field was whose member is gone: code goes on with it.
fn heir<'a>(field: &Field, among: &[Field], others: &'a [Field]) -> Option<&'a Field> {
    others.iter().find(|other| other.name == field.name && !has(among, other))
}

fn is_required(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::RequiredNullable)
}

pub(super) fn compare<'a>(
    item: &Item<'a>,
    old: Members<'a>,
    new: Members<'a>,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    let both_sent = old.sent && new.sent;
    for was in old.fields {
        let same = new.fields.iter().find(|is| is.wire == was.wire);
        if let Some(is) = same.or_else(|| heir(was, old.fields, new.fields)) {
            member(item, was, is, both_sent, spelling, changes);
            if both_sent {
                tag(&item.at(Some(&was.at), Some(&is.at)), was, is, changes);
            }
        } else {
            let message = format!("the member `{}` is gone", was.name.plain());
            let change = item.at(Some(&was.at), None).change(Code::FieldRemoved, Severity::Breaking, message);
            changes.push(change.sides(spelling.member(Side::Old, was), None));
        }
    }
    let is_new = |is: &&Field| !has(old.fields, is) && heir(is, new.fields, old.fields).is_none();
    for is in new.fields.iter().filter(is_new) {
        let item = item.at(None, Some(&is.at));
        let text = spelling.member(Side::New, is);
        let change = if both_sent && is_required(is) && !new.sets(is) {
            item.change(Code::FieldRequired, Severity::Breaking, format!("`new` takes the member `{text}` now"))
        } else {
            item.change(Code::FieldAdded, Severity::Additive, format!("the member `{text}` is new"))
        };
        changes.push(change.sides(None, text));
    }
    let (a, b) = (old.arguments(), new.arguments());
    let call = |arguments: &[&str]| format!("new({})", arguments.join(", "));
    match (old.sent, new.sent) {
        (true, true) => reordered(item, "the arguments of `new`", &a, &b, changes),
        (true, false) => {
            let message = "`new` is gone: no request holds it any more";
            let change = item.change(Code::ConstructorRemoved, Severity::Breaking, message);
            changes.push(change.sides(call(&a), None));
        }
        (false, true) => {
            let message = "there is `new`: requests hold it now";
            let change = item.change(Code::ConstructorAdded, Severity::Additive, message);
            changes.push(change.sides(None, call(&b)));
        }
        (false, false) => {}
    }
    // Where `new` is changed, that is told already.
    if a.is_empty() && !b.is_empty() && !both_sent {
        let message = format!("`default` is gone: `{}` must be there now", b.join("`, `"));
        let change = item.change(Code::ConstructorRemoved, Severity::Breaking, message);
        changes.push(change.sides("default()".to_owned(), None));
    }
}

/// The value that a member has by itself.
fn tag(item: &Item<'_>, was: &Field, is: &Field, changes: &mut Vec<Change>) {
    let name = is.name.plain();
    let (severity, message) = match (&was.tag, &is.tag) {
        (a, b) if a == b => return,
        (Some(a), Some(b)) => (Severity::Silent, format!("`new` set `{name}` to `{a}`, and sets it to `{b}` now")),
        (Some(a), None) => (Severity::Breaking, format!("`new` set `{name}` to `{a}`; it has to be given now")),
        (None, _) => (Severity::Breaking, format!("`{name}` is no longer given: `new` sets it")),
    };
    changes.push(item.change(Code::FieldTag, severity, message).sides(was.tag.clone(), is.tag.clone()));
}

fn member<'a>(
    item: &Item<'a>,
    was: &'a Field,
    is: &'a Field,
    sent: bool,
    spelling: &Spelling<'_>,
    changes: &mut Vec<Change>,
) {
    let item = item.at(Some(&was.at), Some(&is.at));
    let name = is.name.plain();
    let (before, after) = (spelling.member(Side::Old, was), spelling.member(Side::New, is));
    if was.wire != is.wire {
        let message = format!("`{name}` was the member `{}`, and is `{}` now", was.wire, is.wire);
        changes.push(item.change(Code::FieldWire, Severity::Silent, message).sides(was.wire.clone(), is.wire.clone()));
    }
    let mut push = |code, severity, message| {
        changes.push(item.change(code, severity, message).sides(before.clone(), after.clone()));
    };
    if was.name != is.name {
        push(Code::FieldRenamed, Severity::Breaking, format!("`{}` is called `{name}` now", was.name.plain()));
    }
    let (a, b) = (spelling.ty(Side::Old, &was.ty), spelling.ty(Side::New, &is.ty));
    let of = |side, field: &Field| spelling.field(side, &field.ty, field.presence, field.boxed);
    let (x, y) = (of(Side::Old, was), of(Side::New, is));
    if a != b || (was.presence == is.presence && x != y) {
        push(Code::FieldType, Severity::Breaking, format!("`{name}` was `{x}`, and is now `{y}`"));
    } else if was.presence != is.presence {
        let nullable =
            |field: &Field| matches!(field.presence, Presence::RequiredNullable | Presence::OptionalNullable);
        let (code, what) = match (is_required(was), is_required(is)) {
            (true, false) => (Code::FieldOptional, "need not be there any more"),
            (false, true) => (Code::FieldRequired, "must be there now"),
            _ if nullable(is) => (Code::FieldNullable, "may be null now"),
            _ => (Code::FieldNullable, "may not be null any more"),
        };
        // The type in Rust may be the same all the same: absent or null, it is `None`.
        let severity = if x == y { Severity::Silent } else { Severity::Breaking };
        let types = if x == y { format!("; it is `{x}` all the same") } else { format!(": `{x}` is now `{y}`") };
        push(code, severity, format!("`{name}` {what}{types}"));
    }
    if was.secret != is.secret {
        let (severity, what) =
            if is.secret { (Severity::Additive, "no longer shows") } else { (Severity::Silent, "shows") };
        let text = |secret: bool| if secret { "[secret]" } else { "shown" }.to_owned();
        let change = item.change(Code::FieldSecret, severity, format!("`Debug` {what} `{name}`"));
        changes.push(change.sides(text(was.secret), text(is.secret)));
    }
    if was.default != is.default && !is_required(was) && !is_required(is) {
        let text =
            |field: &Field| field.default.as_ref().map_or_else(|| "nothing".to_owned(), |value| format!("`{value}`"));
        let severity = if sent { Severity::Silent } else { Severity::Docs };
        let message = format!("without `{name}` the server takes {} now; it took {}", text(is), text(was));
        let value = |field: &Field| field.default.as_ref().map(ToString::to_string);
        changes.push(item.change(Code::FieldDefault, severity, message).sides(value(was), value(is)));
    }
    let quoted = format!("`{name}`");
    item.deprecated(&quoted, was.deprecated, is.deprecated, changes);
    item.described(Some(&quoted), described(was).as_ref(), described(is).as_ref(), changes);
    item.example(&quoted, was.example.as_ref(), is.example.as_ref(), changes);
}

/// What the documentation says of a member: in words, and what its value obeys.
fn described(field: &Field) -> Option<String> {
    let rules = field.rules.iter().filter_map(|rule| Some(rule.told()?.text(str::to_owned)));
    let texts: Vec<String> = field.description.iter().cloned().chain(rules).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

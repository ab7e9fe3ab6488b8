//! What the server sends by itself: the types of webhooks and callbacks.

use super::spelled::{Side, Spelling};
use super::{Change, Code, Item, Severity};
use crate::ir::Webhook;

pub(super) fn compare(spelling: &Spelling<'_>, changes: &mut Vec<Change>) {
    let (olds, news) = (&spelling.old.webhooks, &spelling.new.webhooks);
    let is_same = |a: &Webhook, b: &Webhook| (&a.wire, &a.of, &a.method) == (&b.wire, &b.of, &b.method);
    for was in olds {
        let Some(is) = news.iter().find(|is| is_same(was, is)) else {
            let change = item(was, Some(was), None);
            let change = change.change(Code::WebhookRemoved, Severity::Breaking, format!("`{}` is gone", was.name));
            changes.push(change.sides(spelling.ty(Side::Old, &was.ty), None));
            continue;
        };
        let item = item(is, Some(was), Some(is));
        if was.name != is.name {
            item.renamed(Code::WebhookRenamed, was.name.as_str(), is.name.as_str(), changes);
        }
        let (a, b) = (spelling.ty(Side::Old, &was.ty), spelling.ty(Side::New, &is.ty));
        if a != b {
            let message = format!("`{}` was `{a}`, and is `{b}` now", is.name);
            changes.push(item.change(Code::WebhookType, Severity::Breaking, message).sides(a, b));
        }
        item.described(None, was.summary.as_ref(), is.summary.as_ref(), changes);
        item.described(None, was.description.as_ref(), is.description.as_ref(), changes);
    }
    for is in news.iter().filter(|is| !olds.iter().any(|was| is_same(was, is))) {
        let message = format!("`{}` is new", is.name);
        let change = item(is, None, Some(is)).change(Code::WebhookAdded, Severity::Additive, message);
        changes.push(change.sides(None, spelling.ty(Side::New, &is.ty)));
    }
}

fn item<'a>(named: &Webhook, old: Option<&'a Webhook>, new: Option<&'a Webhook>) -> Item<'a> {
    let rust = format!("webhooks::{}", named.name);
    Item { module: None, rust, route: None, old: old.map(|it| &it.at), new: new.map(|it| &it.at) }
}

//! Requests that the server sends: of each, the type of its body.

use super::members::Member;
use super::schemas::Types;
use crate::diagnostics::Report;
use crate::ir::{TypeRef, Webhook};
use crate::names::{Case, MemberKey, MemberKind, MemberScope, Scope, Want};
use crate::normalize::Document;

/// The webhooks and callbacks of a document, with names of their own.
pub(super) fn lower(document: &Document, types: &mut Types<'_>, report: &mut Report) -> Vec<Webhook> {
    let known = document.webhooks.iter().filter_map(|sent| Some((sent, types.component_id(&sent.schema)?)));
    let mut known: Vec<_> = known.collect();
    // They stand in maps, whose order says nothing.
    known.sort_by_key(|(sent, _)| (&sent.name, &sent.of, &sent.method));
    let wanted: Vec<Member> = known
        .iter()
        .map(|(sent, _)| {
            let of = sent.of.as_deref().unwrap_or_default();
            let candidates =
                vec![sent.name.clone(), format!("{of} {}", sent.name), format!("{} {}", sent.name, sent.method)];
            Member {
                at: sent.at.clone(),
                key: MemberKey::of(&[&sent.name, of, &sent.method]),
                want: Want { candidates, place: format!("{of} {}", sent.method), ..Want::of(&sent.name) },
                may_own: false,
            }
        })
        .collect();
    let names = Scope::new(Case::Pascal, types.words(), &["Self"]);
    let names = types.name_members(&MemberScope::of_client(MemberKind::Webhook), names, &wanted, report);
    let named = known.into_iter().zip(names);
    named
        .map(|((sent, id), name)| Webhook {
            at: sent.at.clone(),
            wire: sent.name.clone(),
            of: sent.of.clone(),
            name,
            method: sent.method.to_uppercase(),
            summary: sent.summary.clone(),
            description: sent.description.clone(),
            ty: TypeRef::Named(id),
        })
        .collect()
}

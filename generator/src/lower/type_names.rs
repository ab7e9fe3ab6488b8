//! Names of types: what the settings say, what the lock keeps, then what the document calls them.

use std::collections::HashMap;

use super::facets::SchemaRef;
use super::locking;
use super::members::before_the_move;
use super::names_of;
use super::schemas::{Draft, Types};
use super::{report_unusable, report_unused};
use crate::config::quoted;
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::ir::{Direction, Rules, TypeDef};
use crate::names::{Case, GivenMembers, Lock, LockedType, Scope, TypeKey, Want};

/// Types with their names, by what the lock knows them, and what their members are called.
pub(super) struct Named<'a> {
    pub(super) types: Vec<TypeDef>,
    pub(super) keys: Vec<Option<TypeKey>>,
    pub(super) members: GivenMembers,
    /// Schemas that stand nowhere among the components' own, by their places.
    pub(super) schemas: HashMap<Pointer, SchemaRef<'a>>,
}

impl<'a> Types<'a> {
    /// Names the types; the settings' names come first.
    pub(super) fn finish(mut self, report: &mut Report) -> Named<'a> {
        let lock = self.lock;
        self.break_circles(report);
        let mut unused: Vec<_> = self.config.schemas.keys().collect();
        for draft in &mut self.drafts {
            let Some(schema) = &draft.schema else { continue };
            if let Some((key, rename)) = self.config.schemas.iter().find(|(key, _)| key.as_ref() == schema) {
                draft.want = Want::of(&rename.rename).keeping(Some(&rename.rename));
                unused.retain(|other| other.as_ref() != key.as_ref());
            }
        }
        report_unused(unused.into_iter(), "schema", report);
        for (index, secret) in self.config.secrets.iter().enumerate() {
            if !self.secrets_used.contains(&index) {
                let (place, secret) = (Place::Config(secret.span().start), secret.as_ref());
                report.push(
                    Diagnostic::error(
                        "unused-config",
                        place,
                        format!("no schema `{}` has a property `{}`", secret.schema, secret.property),
                    )
                    .help("remove the entry, or correct its names"),
                );
            }
        }
        for (index, entry) in self.config.events.iter().enumerate() {
            if !self.events_used.contains(&index) {
                let place = Place::Config(entry.span().start);
                report.push(
                    Diagnostic::error("unused-config", place, "no operation that is named here answers with events")
                        .help("remove the entry, or correct its operations"),
                );
            }
        }
        let keys = locking::type_keys(self.drafts.iter().map(|draft| (draft.schema.as_deref(), &draft.place)));
        let refusals = self.keep(&keys, lock);
        let wants: Vec<Want> = self.drafts.iter().map(|draft| draft.want.clone()).collect();
        let reserved = reserved(&wants, lock);
        let names = Scope::new(Case::Pascal, self.words, &reserved).claim(&wants);
        for (draft, name) in self.drafts.iter().zip(&names) {
            let entry = self.config.schemas.iter().find(|(key, _)| Some(key.as_ref()) == draft.schema.as_ref());
            if let Some((key, rename)) = entry {
                report_unusable(key, &rename.rename, name.as_str(), report);
            }
        }
        for (index, owner) in refusals {
            let (draft, name) = (&self.drafts[index], &names[index]);
            if name.as_str() != owner.name {
                report.push(refused(draft, name.as_str(), owner, &keys));
            }
        }
        let files: Vec<Want> = names.iter().map(|name| Want::of(name.as_str())).collect();
        let modules = Scope::new(Case::Snake, self.words, &["mod", "models", "lib", "main"]).claim(&files);
        let types =
            self.drafts.into_iter().zip(names.into_iter().zip(modules)).map(|(draft, (name, module))| TypeDef {
                written: report.origin(&draft.at),
                at: draft.at,
                schema: draft.schema,
                name,
                module,
                description: draft.description,
                deprecated: draft.deprecated,
                shape: draft.shape,
                direction: Direction::default(),
                called_back: false,
                modules: Vec::new(),
                rules: Rules::new(),
            });
        Named { types: types.collect(), keys, members: self.given, schemas: self.schemas }
    }

    /// Lets types keep the names that they had; those that would take the name of another schema
    /// get one more candidate, and are given back with its owner.
    fn keep<'l>(&mut self, keys: &[Option<TypeKey>], lock: &'l Lock) -> Vec<(usize, &'l LockedType)> {
        let mut refusals = Vec::new();
        for (index, (draft, key)) in self.drafts.iter_mut().zip(keys).enumerate() {
            if draft.want.fixed.is_some() {
                continue;
            }
            // A name that is another's since then is kept by that one.
            let is_given_away = |line: &LockedType| {
                line.retired
                    && lock.types.iter().any(|other| !other.retired && other.name.eq_ignore_ascii_case(&line.name))
            };
            let of_place = || {
                let before = before_the_move(self.config, &draft.place).filter(|_| draft.schema.is_none())?;
                lock.of_type(&TypeKey::Inline(before))
            };
            let line = key.as_ref().and_then(|key| lock.of_type(key).or_else(of_place));
            if let Some(line) = line.filter(|line| !is_given_away(line)) {
                draft.want.fixed = Some(line.name.clone());
                continue;
            }
            let Some(best) = draft.want.candidates.first().filter(|_| draft.schema.is_some()).cloned() else {
                continue;
            };
            let name = Scope::new(Case::Pascal, self.words, &[]).claim_one(Want::of(&best));
            let is_owner = |line: &&LockedType| line.name == name.as_str() && matches!(line.key, TypeKey::Schema(_));
            if let Some(owner) = lock.types.iter().filter(is_owner).min_by_key(|line| line.retired) {
                draft.want.if_reserved = None;
                draft.want.candidates.push(format!("{best} model"));
                refusals.push((index, owner));
            }
        }
        refusals
    }
}

/// What no type may be called: what generated code is called, and what schemas were called that
/// are gone.
fn reserved<'l>(wants: &[Want], lock: &'l Lock) -> Vec<&'l str> {
    let is_schema = |line: &&LockedType| matches!(line.key, TypeKey::Schema(_));
    let names = lock.types.iter().filter(is_schema).map(|line| line.name.as_str());
    let gone = names.filter(|name| !wants.iter().any(|want| want.fixed.as_deref() == Some(*name)));
    names_of::MODELS.into_iter().chain(gone).collect()
}

/// Says that a name belongs to another schema.
fn refused(draft: &Draft, name: &str, owner: &LockedType, keys: &[Option<TypeKey>]) -> Diagnostic {
    let other = match &owner.key {
        TypeKey::Schema(name) => name.as_str(),
        TypeKey::Inline(at) => at.as_str(),
    };
    let schema = draft.schema.as_deref().unwrap_or_default();
    let is_gone = !keys.iter().flatten().any(|key| *key == owner.key);
    let (code, what) = if is_gone { ("name-retired", ", which is gone") } else { ("name-taken", "") };
    let message = format!("`{schema}` is not called `{}`: the name belongs to `{other}`{what}", owner.name);
    Diagnostic::note(code, Place::Document(draft.at.clone()), message)
        .label(format!("called `{name}` instead"))
        .help(format!(
            "nothing to do, if that name will do; to call it otherwise, put this into the settings:\n\n\
             [schemas.{}]\nrename = \"{name}\"\nreason = \"...\"",
            quoted(schema)
        ))
        .related(Place::Lock(owner.at), "it was given here")
}

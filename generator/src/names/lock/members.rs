//! Names of members: fields, values of enums, alternatives of unions, parameters, and what else an
//! operation has several of.
//!
//! The lock does not list them all. A member needs no line if its name is spelled in the document as
//! the members of its kind are ([`Spelling`]): to an identifier belongs one such name, so whoever has
//! it is known without a line, and is served before all that have none. Every other member has a line,
//! for it was a rule that gave it its identifier: it is spelled otherwise, or another wanted the same.
//! So a member that comes later never takes the identifier of one that is there. Setters of the client
//! all have lines: what takes a credential is not known by its spelling.

use std::collections::{BTreeMap, BTreeSet};

use super::text::{escape, unescape};
use super::{Lock, Route, TypeKey};
use crate::diagnostics::Pointer;
use crate::names::Spelling;

/// What the client is called in the lock, where a type has its place.
pub(super) const CLIENT: &str = "client";

/// What a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MemberKind {
    /// Of a struct.
    Field,
    /// Of an enum.
    Value,
    /// Of a union.
    Variant,
    Parameter,
    /// Of a multipart form.
    Part,
    /// Of a response.
    Header,
    /// One of several contents of a request.
    Body,
    /// One of several successes.
    Answer,
    /// A declared error.
    Error,
    /// Of the client's builder: what takes an API key, or a value for the paths of all requests.
    Setter,
    /// The type of what the server sends by itself.
    Webhook,
}

impl MemberKind {
    const ALL: [Self; 11] = [
        Self::Field,
        Self::Value,
        Self::Variant,
        Self::Parameter,
        Self::Part,
        Self::Header,
        Self::Body,
        Self::Answer,
        Self::Error,
        Self::Setter,
        Self::Webhook,
    ];

    /// The word for it in the lock.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Value => "value",
            Self::Variant => "variant",
            Self::Parameter => "parameter",
            Self::Part => "part",
            Self::Header => "header",
            Self::Body => "body",
            Self::Answer => "answer",
            Self::Error => "error",
            Self::Setter => "setter",
            Self::Webhook => "webhook",
        }
    }

    pub(super) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether an operation has such members; else a type has.
    pub(super) fn is_of_operation(self) -> bool {
        !matches!(self, Self::Field | Self::Value | Self::Variant) && !self.is_of_client()
    }

    /// Whether it is the crate's own, of no type or operation.
    pub(super) fn is_of_client(self) -> bool {
        matches!(self, Self::Setter | Self::Webhook)
    }

    /// The kind as which such members are spelled; none if spelling says nothing of them.
    pub(crate) fn spelled_as(self) -> Option<Self> {
        match self {
            Self::Field | Self::Part => Some(Self::Field),
            Self::Value | Self::Parameter | Self::Header => Some(self),
            Self::Variant | Self::Body | Self::Answer | Self::Error | Self::Setter | Self::Webhook => None,
        }
    }
}

/// What has the members: a type by its place, an operation by its route, or the client.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MemberScope {
    pub(super) kind: MemberKind,
    /// As it stands in the lock.
    pub(super) of: String,
}

impl MemberScope {
    pub(crate) fn of_type(kind: MemberKind, place: &Pointer) -> Self {
        Self { kind, of: escape(place.as_str()) }
    }

    /// The setters of the client's builder, or what the server sends by itself.
    pub(crate) fn of_client(kind: MemberKind) -> Self {
        Self { kind, of: CLIENT.to_owned() }
    }

    pub(crate) fn of_route(kind: MemberKind, route: &Route) -> Self {
        Self { kind, of: format!("{} {}", route.method, escape(&route.path)) }
    }

    pub(crate) fn kind(&self) -> MemberKind {
        self.kind
    }

    /// The route of an operation that has the members.
    pub(crate) fn route(&self) -> Option<Route> {
        let (method, path) = self.of.split_once(' ').filter(|_| self.kind.is_of_operation())?;
        unescape(path).and_then(|path| Route::declared(method, &path))
    }

    /// The place of a type that has the members.
    pub(crate) fn place(&self) -> Pointer {
        unescape(&self.of).filter(|_| !self.kind.is_of_client()).map(Pointer::parse).unwrap_or_default()
    }

    /// Whether an operation at this route has the members.
    pub(crate) fn is_at(&self, route: &Route) -> bool {
        self.kind.is_of_operation() && *self == Self::of_route(self.kind, route)
    }
}

/// A member in the words that tell it from others of its scope, as they stand in the lock.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MemberKey(pub(super) String);

impl MemberKey {
    pub(crate) fn of(words: &[&str]) -> Self {
        Self(words.iter().map(|word| escape(word)).collect::<Vec<_>>().join(" "))
    }
}

/// The name of a member.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LockedMember {
    pub(crate) scope: MemberScope,
    pub(crate) key: MemberKey,
    /// The identifier, raw if need be.
    pub(crate) name: String,
    pub(crate) retired: bool,
    /// The byte of the lock where the line begins.
    pub(crate) at: usize,
}

impl LockedMember {
    /// The line but for its name.
    pub(crate) fn subject(&self) -> String {
        format!("{} {} {}", self.scope.kind.word(), self.scope.of, self.key.0)
    }
}

/// Whose a name is without a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Belonging {
    /// Nobody's: a rule gave it.
    Decided,
    /// The member's, if members are spelled so.
    Spelled(String),
    /// The member's.
    Own,
}

impl Belonging {
    /// Whether a name is the member's where members are spelled so.
    pub(crate) fn is_own(&self, name: &str, spelling: Option<Spelling>) -> bool {
        match self {
            Self::Decided => false,
            Self::Spelled(wire) => spelling.is_some_and(|spelling| spelling.spell(name) == *wire),
            Self::Own => true,
        }
    }
}

/// The names that a run gave to members.
#[derive(Debug, Default)]
pub(crate) struct GivenMembers {
    names: BTreeMap<MemberScope, BTreeMap<MemberKey, (String, Belonging)>>,
    /// Members of which two in one place were called differently: no line could keep both.
    torn: BTreeSet<(MemberScope, MemberKey)>,
}

impl GivenMembers {
    pub(crate) fn add(&mut self, scope: &MemberScope, key: MemberKey, name: &str, belonging: Belonging) {
        let names = self.names.entry(scope.clone()).or_default();
        let fact = (name.to_owned(), belonging);
        if names.get(&key).is_some_and(|known| known.0 != fact.0) {
            self.torn.insert((scope.clone(), key));
        } else {
            names.insert(key, fact);
        }
    }

    /// How most members of a kind are spelled. What was said before stays: members that had their names
    /// by it, and no line, may be gone.
    fn spelling(&self, kind: MemberKind, before: Option<Spelling>) -> Option<Spelling> {
        if before.is_some() {
            return before;
        }
        let of_kind = self.names.iter().filter(|(scope, _)| scope.kind.spelled_as() == Some(kind));
        let spelled: Vec<(&str, &str)> = of_kind
            .flat_map(|(_, names)| names.values())
            .filter_map(|(name, belonging)| match belonging {
                Belonging::Spelled(wire) => Some((name.as_str(), wire.as_str())),
                _ => None,
            })
            .collect();
        let count = |spelling: Spelling| spelled.iter().filter(|(name, wire)| spelling.spell(name) == *wire).count();
        let best = Spelling::ALL.into_iter().map(|spelling| (count(spelling), spelling)).rev().max_by_key(|it| it.0);
        best.filter(|(most, _)| *most > 0).map(|(_, best)| best)
    }
}

impl Lock {
    /// The lines of a scope, the living first.
    pub(crate) fn of_members(&self, scope: &MemberScope) -> impl Iterator<Item = &LockedMember> {
        let lines = self.members.get(scope).into_iter().flatten();
        let (living, retired): (Vec<_>, Vec<_>) = lines.partition(|line| !line.retired);
        living.into_iter().chain(retired)
    }

    /// Whether what has the members was there before.
    pub(crate) fn knows(&self, scope: &MemberScope) -> bool {
        if scope.kind.is_of_operation() {
            return scope.route().is_some_and(|route| self.of_route(&route).next().is_some());
        }
        let place = scope.place();
        let segments: Vec<String> = place.segments().collect();
        let schema = match segments.as_slice() {
            [components, schemas, name] if components == "components" && schemas == "schemas" => Some(name.clone()),
            _ => None,
        };
        schema.is_some_and(|name| self.of_type(&TypeKey::Schema(name)).is_some())
            || self.of_type(&TypeKey::Inline(place)).is_some()
    }

    /// How members of a kind are spelled.
    pub(crate) fn spelling(&self, kind: MemberKind) -> Option<Spelling> {
        self.spellings.get(&kind.spelled_as()?).copied()
    }

    /// Adds the names of a run's members that are nobody's without a line, and marks what is gone.
    pub(super) fn extend_members(&mut self, given: &GivenMembers, stays: impl Fn(&MemberScope) -> bool) {
        for kind in MemberKind::ALL.into_iter().filter(|kind| kind.spelled_as() == Some(*kind)) {
            let spelling = given.spelling(kind, self.spellings.get(&kind).copied());
            self.spellings.extend(spelling.map(|spelling| (kind, spelling)));
        }
        for (scope, lines) in &mut self.members {
            let names = given.names.get(scope);
            for line in lines.iter_mut().filter(|_| !stays(scope)) {
                let given = names.and_then(|names| names.get(&line.key));
                line.retired = given.is_none_or(|(name, _)| *name != line.name);
            }
        }
        for (scope, names) in &given.names {
            let spelling = self.spelling(scope.kind);
            for (key, (name, belonging)) in names {
                let is_own = belonging.is_own(name, spelling);
                let is_torn = || given.torn.contains(&(scope.clone(), key.clone()));
                let lines = self.members.get(scope).map_or(&[][..], Vec::as_slice);
                let is_known = lines.iter().any(|line| line.key == *key && line.name == *name);
                if !is_own && !is_known && !is_torn() {
                    let (key, name) = (key.clone(), name.clone());
                    let line = LockedMember { scope: scope.clone(), key, name, retired: false, at: 0 };
                    self.members.entry(scope.clone()).or_default().push(line);
                }
            }
        }
    }
}

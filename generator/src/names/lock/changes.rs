//! The lock after a run, and how it differs from the one before.

use std::collections::{HashMap, HashSet};

use super::members::{GivenMembers, LockedMember, MemberScope};
use super::{Lock, LockedFile, LockedOperation, LockedType, Route};

/// How a lock differs from the one before.
#[derive(Debug, PartialEq)]
pub(crate) enum Change<'a> {
    /// A route, or its name, is new.
    Operation(&'a LockedOperation),
    /// A route has another operationId or parameters, or one was retired or came back.
    Changed(&'a LockedOperation, &'a LockedOperation),
    /// A type's name is new.
    Type(&'a LockedType),
    /// A type's name was retired, or came back.
    ChangedType(&'a LockedType),
    /// A member's name is new.
    Member(&'a LockedMember),
    /// A member's name was retired, or came back.
    ChangedMember(&'a LockedMember),
    /// What something of another file is called is new.
    File(&'a LockedFile),
    /// Such a name was retired, or came back.
    ChangedFile(&'a LockedFile),
    /// Members of a kind are spelled otherwise than was said.
    Spelling(&'static str),
}

impl Lock {
    /// The lock after a run that gave these names: what is new is added, what is not there any
    /// more is retired. What stays as it is, is said of routes that are there and cannot be read, and
    /// of what has members.
    pub(crate) fn extended(
        &self,
        operations: Vec<LockedOperation>,
        types: Vec<LockedType>,
        members: &GivenMembers,
        stays: (impl Fn(&Route) -> bool, impl Fn(&MemberScope) -> bool),
    ) -> Self {
        let mut lock = self.clone();
        let known: HashSet<_> = self.operations.iter().map(LockedOperation::fact).collect();
        let same: HashMap<_, _> = operations.iter().map(|line| (line.fact(), line)).collect();
        // Routes of which only the path's parameters came to be called otherwise.
        let mut like: HashMap<_, _> = HashMap::new();
        for line in operations.iter().filter(|line| !known.contains(&line.fact())) {
            like.entry(line.like_fact()).or_insert(line);
        }
        for line in lock.operations.iter_mut().filter(|line| !stays.0(&line.route)) {
            match same.get(&line.fact()).or_else(|| like.get(&line.like_fact())) {
                Some(operation) => *line = LockedOperation { at: line.at, ..(*operation).clone() },
                None => line.retired = true,
            }
        }
        let there: HashSet<_> = types.iter().map(LockedType::fact).collect();
        for line in &mut lock.types {
            line.retired = !there.contains(&line.fact());
        }
        let known: HashSet<_> = lock.operations.iter().map(LockedOperation::fact).collect();
        let new: Vec<LockedOperation> =
            operations.iter().filter(|line| !known.contains(&line.fact())).cloned().collect();
        let known: HashSet<_> = self.types.iter().map(LockedType::fact).collect();
        let new_types: Vec<LockedType> = types.iter().filter(|line| !known.contains(&line.fact())).cloned().collect();
        lock.operations.extend(new);
        lock.types.extend(new_types);
        lock.extend_members(members, stays.1);
        Self { files: lock.files, ..Self::of(lock.operations, lock.types, lock.members, lock.spellings) }
    }

    /// What a later lock says that this one does not.
    pub(crate) fn changes<'a>(&'a self, later: &'a Self) -> Vec<Change<'a>> {
        let mut changes = Vec::new();
        let same: HashMap<_, _> = self.operations.iter().map(|line| (line.fact(), line)).collect();
        let like: HashMap<_, _> = self.operations.iter().map(|line| ((line.at, line.like_fact()), line)).collect();
        for line in &later.operations {
            match same.get(&line.fact()).or_else(|| like.get(&(line.at, line.like_fact()))) {
                None => changes.push(Change::Operation(line)),
                Some(old) if old.retired != line.retired || old.id != line.id || old.route != line.route => {
                    changes.push(Change::Changed(old, line));
                }
                Some(_) => {}
            }
        }
        let same: HashMap<_, _> = self.types.iter().map(|line| (line.fact(), line)).collect();
        for line in &later.types {
            match same.get(&line.fact()) {
                None => changes.push(Change::Type(line)),
                Some(old) if old.retired != line.retired => changes.push(Change::ChangedType(line)),
                Some(_) => {}
            }
        }
        for (scope, lines) in &later.members {
            for line in lines {
                let old = self.of_members(scope).find(|old| old.key == line.key && old.name == line.name);
                match old {
                    None => changes.push(Change::Member(line)),
                    Some(old) if old.retired != line.retired => changes.push(Change::ChangedMember(line)),
                    Some(_) => {}
                }
            }
        }
        for line in &later.files {
            let old = self
                .files
                .iter()
                .find(|old| (&old.kind, &old.place, &old.name) == (&line.kind, &line.place, &line.name));
            match old {
                None => changes.push(Change::File(line)),
                Some(old) if old.retired != line.retired => changes.push(Change::ChangedFile(line)),
                Some(_) => {}
            }
        }
        for (kind, spelling) in &later.spellings {
            if self.spellings.get(kind) != Some(spelling) {
                changes.push(Change::Spelling(kind.word()));
            }
        }
        changes
    }
}

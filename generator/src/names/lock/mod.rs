//! The lock: which name belongs to which route, and which to which schema, for good.
//!
//! It is a text that is committed beside the document, one fact a line, sorted:
//!
//! ```text
//! version 1
//! inline /components/schemas/Pet/properties/kind -> PetKind
//! operation DELETE /pets/{id} -> pets::delete DeletePet (deletePet)
//! operation GET /animals -> pets::list_animals ListAnimals (listPets) retired
//! operation GET /{shop}/pets -> pets::list ListPets (listPetsOfShop) folded
//! schema shop.Pet -> Pet
//! ```
//!
//! A run adds lines and marks as `retired` what is gone; it never gives away what stands there. Behind
//! the method is what the operation's types are called after, and in parentheses the operationId that
//! the route had last, so that one which wanders is seen. `folded` is a route that is reached through
//! another's method.
//!
//! A route is its method and its path; parameters of the path may come to be called otherwise.

mod moves;
#[cfg(test)]
mod tests;
mod text;

use std::fmt;

use crate::diagnostics::Pointer;

/// A method and a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    /// In capitals.
    pub(crate) method: String,
    /// The path template.
    pub(crate) path: String,
    /// The path without the names of its parameters, which no request shows.
    shape: String,
}

impl Route {
    pub(crate) fn new(method: &str, path: &str) -> Self {
        Self { method: method.to_uppercase(), path: path.to_owned(), shape: shape(path) }
    }

    /// Reads `GET /users/{id}`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (method, path) = text.split_once(' ')?;
        let is_method = !method.is_empty() && method.chars().all(|c| c.is_ascii_uppercase());
        (is_method && path.starts_with('/')).then(|| Self::new(method, path))
    }

    /// Whether it is the same for a server: parameters may be called otherwise.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.method == other.method && self.shape == other.shape
    }
}

fn shape(path: &str) -> String {
    let (mut shape, mut rest) = (String::new(), path);
    while let Some((before, after)) = rest.split_once('{') {
        shape.push_str(before);
        shape.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    shape + rest
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// The name of a route.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LockedOperation {
    pub(crate) route: Route,
    pub(crate) module: String,
    /// The method as it is written, raw if need be.
    pub(crate) method: String,
    /// What the names of its types begin with.
    pub(crate) stem: String,
    /// The operationId that the document gave the route last.
    pub(crate) id: Option<String>,
    /// Whether the route is reached through the method of another.
    pub(crate) folded: bool,
    /// Whether the name is no longer there; it still belongs to its route.
    pub(crate) retired: bool,
    /// The byte of the lock where the line begins.
    pub(crate) at: usize,
}

impl LockedOperation {
    /// The Rust path.
    pub(crate) fn rust(&self) -> String {
        format!("{}::{}", self.module, self.method)
    }

    pub(crate) fn is_called(&self, module: &str, method: &str) -> bool {
        self.module == module && self.method == method
    }

    fn is_same_fact(&self, other: &Self) -> bool {
        self.route == other.route && self.is_like_fact(other)
    }

    /// The same but for what the path's parameters are called.
    fn is_like_fact(&self, other: &Self) -> bool {
        let is_same_name = self.is_called(&other.module, &other.method) && self.stem == other.stem;
        self.route.is_like(&other.route) && self.folded == other.folded && is_same_name
    }
}

/// What a type is made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TypeKey {
    /// A schema of the components, by its name.
    Schema(String),
    /// A schema inside another, or inside an operation, by its place.
    Inline(Pointer),
}

/// The name of a type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LockedType {
    pub(crate) key: TypeKey,
    pub(crate) name: String,
    pub(crate) retired: bool,
    /// The byte of the lock where the line begins.
    pub(crate) at: usize,
}

impl LockedType {
    fn is_same_fact(&self, other: &Self) -> bool {
        self.key == other.key && self.name == other.name
    }
}

/// All names that were given so far; empty for an API that has no lock yet.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Lock {
    pub(crate) operations: Vec<LockedOperation>,
    pub(crate) types: Vec<LockedType>,
}

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
}

impl Lock {
    pub(crate) fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.types.is_empty()
    }

    /// The names that a route has or had, the living one first; those of routes that are like it come
    /// after its own.
    pub(crate) fn of_route<'a>(&'a self, route: &Route) -> impl Iterator<Item = &'a LockedOperation> {
        let mut lines: Vec<_> =
            self.operations.iter().filter(|line| !line.folded && line.route.is_like(route)).collect();
        lines.sort_by_key(|line| (line.route != *route, line.retired));
        lines.into_iter()
    }

    /// Whose name it is: the living route that has it, else the last that had it.
    pub(crate) fn owner(&self, module: &str, method: &str) -> Option<&LockedOperation> {
        let lines = self.operations.iter().filter(|line| line.is_called(module, method));
        lines.min_by_key(|line| (line.retired, line.folded))
    }

    /// The route that an operationId had last, if it was another.
    pub(crate) fn wandered<'a>(&'a self, id: &str, route: &Route) -> Option<&'a LockedOperation> {
        let lines = self.operations.iter().filter(|line| line.id.as_deref() == Some(id));
        lines.min_by_key(|line| (line.retired, !line.route.is_like(route))).filter(|line| !line.route.is_like(route))
    }

    /// The name of a type.
    pub(crate) fn of_type(&self, key: &TypeKey) -> Option<&LockedType> {
        let lines = self.types.iter().filter(|line| line.key == *key);
        lines.min_by_key(|line| line.retired)
    }

    /// The lock after a run that gave these names: what is new is added, what is not there any
    /// more is retired. What stays as it is, is said of routes that are there and cannot be read.
    pub(crate) fn extended(
        &self,
        operations: Vec<LockedOperation>,
        types: Vec<LockedType>,
        stays: impl Fn(&Route) -> bool,
    ) -> Self {
        let mut lock = self.clone();
        for line in lock.operations.iter_mut().filter(|line| !stays(&line.route)) {
            let same = operations.iter().find(|operation| operation.is_same_fact(line));
            let like = || {
                let is_new = |it: &&LockedOperation| !self.operations.iter().any(|line| line.is_same_fact(it));
                operations.iter().filter(|operation| operation.is_like_fact(line)).find(is_new)
            };
            match same.or_else(like) {
                Some(operation) => *line = LockedOperation { at: line.at, ..operation.clone() },
                None => line.retired = true,
            }
        }
        for line in &mut lock.types {
            line.retired = !types.iter().any(|ty| ty.is_same_fact(line));
        }
        for operation in operations {
            if !lock.operations.iter().any(|line| line.is_same_fact(&operation)) {
                lock.operations.push(operation);
            }
        }
        for ty in types {
            if !lock.types.iter().any(|line| line.is_same_fact(&ty)) {
                lock.types.push(ty);
            }
        }
        lock
    }

    /// What a later lock says that this one does not.
    pub(crate) fn changes<'a>(&'a self, later: &'a Self) -> Vec<Change<'a>> {
        let mut changes = Vec::new();
        for line in &later.operations {
            let like = || self.operations.iter().find(|old| old.at == line.at && old.is_like_fact(line));
            match self.operations.iter().find(|old| old.is_same_fact(line)).or_else(like) {
                None => changes.push(Change::Operation(line)),
                Some(old) if old.retired != line.retired || old.id != line.id || old.route != line.route => {
                    changes.push(Change::Changed(old, line));
                }
                Some(_) => {}
            }
        }
        for line in &later.types {
            match self.types.iter().find(|old| old.is_same_fact(line)) {
                None => changes.push(Change::Type(line)),
                Some(old) if old.retired != line.retired => changes.push(Change::ChangedType(line)),
                Some(_) => {}
            }
        }
        changes
    }
}

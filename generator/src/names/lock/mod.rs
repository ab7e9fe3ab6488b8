//! The lock: which name belongs to which route, and which to which schema, for good.
//!
//! It is a text that is committed beside the document, one fact a line, sorted:
//!
//! ```text
//! version 1
//! field /components/schemas/Pet legacy_name -> legacy_name_lower
//! file schema types/pets.yaml#/Pet -> Pet
//! inline /components/schemas/Pet/properties/kind -> PetKind
//! operation DELETE /pets/{id} -> pets::delete DeletePet (deletePet)
//! operation GET /animals -> pets::list_animals ListAnimals (listPets) retired
//! operation GET /{shop}/pets -> pets::list ListPets (listPetsOfShop) folded
//! parameter GET /pets query page[size] -> page_size
//! schema shop.Pet -> Pet
//! setter client scheme api-key -> api_key
//! spelling field camel
//! ```
//!
//! A run adds lines and marks as `retired` what is gone; it never gives away what stands there. Behind
//! the method is what the operation's types are called after, and in parentheses the operationId that
//! the route had last, so that one which wanders is seen. `folded` is a route that is reached through
//! another's method.
//!
//! A route is its method and its path; parameters of the path may come to be called otherwise. What
//! stands inside a schema or an operation is known by its place, in which nothing is counted that an
//! addition would count anew: a parameter is known by what it is called, an alternative by what it is.
//!
//! Of fields, variants and parameters the lock lists those for which a rule had to decide ([`members`]
//! tells which, and why the others need no line). A member that is gone is `retired` like a route: its
//! identifier is given to no other, until the line is taken out of the lock by hand. What had no line
//! is remembered as long as it is there: a member that comes after it was gone, with the same words in
//! another spelling, gets the identifier, and `diff` tells that it is another now.

mod changes;
mod files;
mod members;
mod moves;
mod read;
#[cfg(test)]
mod tests;
mod text;

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use super::Spelling;
use crate::diagnostics::Pointer;

pub(crate) use changes::Change;
pub(crate) use files::LockedFile;
pub(crate) use members::{Belonging, GivenMembers, LockedMember, MemberKey, MemberKind, MemberScope};

/// A method and a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
        path.starts_with('/').then(|| Self::declared(method, path)).flatten()
    }

    /// A route as a document declares it, where the path may lack its `/`.
    pub(super) fn declared(method: &str, path: &str) -> Option<Self> {
        let is_method = !method.is_empty()
            && method.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "-_".contains(c));
        is_method.then(|| Self::new(method, path))
    }

    /// Whether it is the same for a server: parameters may be called otherwise.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.to_server() == other.to_server()
    }

    /// The route as a server sees it.
    pub(crate) fn to_server(&self) -> (&str, &str) {
        (&self.method, &self.shape)
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

    /// What the line says, but for the operationId.
    fn fact(&self) -> (&str, LikeFact<'_>) {
        (&self.route.path, self.like_fact())
    }

    /// The same but for what the path's parameters are called.
    fn like_fact(&self) -> LikeFact<'_> {
        (&self.route.method, &self.route.shape, &self.module, &self.method, &self.stem, self.folded)
    }
}

/// Method, shape of the path, name, stem, and whether it is the name of another.
type LikeFact<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, bool);

/// What a type is made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    fn fact(&self) -> (&TypeKey, &str) {
        (&self.key, &self.name)
    }
}

/// All names that were given so far; empty for an API that has no lock yet.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Lock {
    pub(crate) operations: Vec<LockedOperation>,
    pub(crate) types: Vec<LockedType>,
    members: BTreeMap<MemberScope, Vec<LockedMember>>,
    /// Names of components that stand in other files.
    files: Vec<LockedFile>,
    /// How most members are spelled, by kind.
    spellings: BTreeMap<MemberKind, Spelling>,
    index: Index,
}

/// Where the lines are: a lock has thousands, and each is asked for.
#[derive(Debug, Clone, Default, PartialEq)]
struct Index {
    /// Operations by method and shape of the path.
    routes: HashMap<(String, String), Vec<usize>>,
    /// Operations by module and method.
    names: HashMap<(String, String), Vec<usize>>,
    /// Operations by operationId.
    ids: HashMap<String, Vec<usize>>,
    types: HashMap<TypeKey, Vec<usize>>,
}

impl Lock {
    /// A lock of these lines.
    fn of(
        operations: Vec<LockedOperation>,
        types: Vec<LockedType>,
        members: BTreeMap<MemberScope, Vec<LockedMember>>,
        spellings: BTreeMap<MemberKind, Spelling>,
    ) -> Self {
        let mut index = Index::default();
        for (at, line) in operations.iter().enumerate() {
            let route = (line.route.method.clone(), line.route.shape.clone());
            index.routes.entry(route).or_default().push(at);
            index.names.entry((line.module.clone(), line.method.clone())).or_default().push(at);
            if let Some(id) = &line.id {
                index.ids.entry(id.clone()).or_default().push(at);
            }
        }
        for (at, line) in types.iter().enumerate() {
            index.types.entry(line.key.clone()).or_default().push(at);
        }
        Self { operations, types, members, files: Vec::new(), spellings, index }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.types.is_empty()
    }

    fn at<'a>(&'a self, found: Option<&'a Vec<usize>>) -> impl Iterator<Item = &'a LockedOperation> {
        found.into_iter().flatten().map(|index| &self.operations[*index])
    }

    /// The names that a route has or had, the living one first; those of routes that are like it come
    /// after its own.
    pub(crate) fn of_route<'a>(&'a self, route: &Route) -> impl Iterator<Item = &'a LockedOperation> {
        let found = self.index.routes.get(&(route.method.clone(), route.shape.clone()));
        let mut lines: Vec<_> = self.at(found).filter(|line| !line.folded).collect();
        lines.sort_by_key(|line| (line.route != *route, line.retired));
        lines.into_iter()
    }

    /// Whose name it is: the living route that has it, else the last that had it.
    pub(crate) fn owner(&self, module: &str, method: &str) -> Option<&LockedOperation> {
        let found = self.index.names.get(&(module.to_owned(), method.to_owned()));
        self.at(found).min_by_key(|line| (line.retired, line.folded))
    }

    /// The route that an operationId had last, if it was another.
    pub(crate) fn wandered<'a>(&'a self, id: &str, route: &Route) -> Option<&'a LockedOperation> {
        let lines = self.at(self.index.ids.get(id));
        lines.min_by_key(|line| (line.retired, !line.route.is_like(route))).filter(|line| !line.route.is_like(route))
    }

    /// The name of a type.
    pub(crate) fn of_type(&self, key: &TypeKey) -> Option<&LockedType> {
        let lines = self.index.types.get(key).into_iter().flatten().map(|index| &self.types[*index]);
        lines.min_by_key(|line| line.retired)
    }
}

//! What comes from other files: components of the document are made of it, and these are called after
//! where they stand only as long as nothing else is called so. So each keeps its name by its place.

use std::collections::{BTreeMap, BTreeSet};

use super::Lock;

/// What something of another file is called among the document's components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LockedFile {
    /// What it is: `schema`, `parameter` and so on.
    pub(crate) kind: String,
    /// `types/user.yaml#/User`.
    pub(crate) place: String,
    /// The name of the component.
    pub(crate) name: String,
    pub(crate) retired: bool,
    /// The byte of the lock where the line begins.
    pub(crate) at: usize,
}

impl LockedFile {
    fn is_like(&self, other: &Self) -> bool {
        (&self.kind, &self.place, &self.name) == (&other.kind, &other.place, &other.name)
    }
}

impl Lock {
    /// The names that what is in other files had, by what it is and where it stands. One that is gone has
    /// its name no more: mostly it is the same thing that has another place now.
    pub(crate) fn of_files(&self) -> BTreeMap<(String, String), String> {
        let (living, retired): (Vec<_>, Vec<_>) = self.files.iter().partition(|line| !line.retired);
        let taken: BTreeSet<_> = living.iter().map(|line| (&line.kind, &line.name)).collect();
        let free = retired.into_iter().filter(|line| !taken.contains(&(&line.kind, &line.name)));
        let lines = free.chain(living.iter().copied());
        lines.map(|line| ((line.kind.clone(), line.place.clone()), line.name.clone())).collect()
    }

    /// The lock after a run in which what is in other files was called so.
    pub(crate) fn with_files(mut self, given: Vec<LockedFile>) -> Self {
        for line in &mut self.files {
            line.retired = !given.iter().any(|other| other.is_like(line));
        }
        let new: Vec<_> =
            given.into_iter().filter(|line| !self.files.iter().any(|known| known.is_like(line))).collect();
        self.files.extend(new);
        self
    }
}

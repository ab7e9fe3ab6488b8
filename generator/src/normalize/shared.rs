//! Components that many operations use: one copy for all, and one of its own for whoever changes it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::diagnostics::Pointer;

/// A part of the document that is copied when it is changed, and not before.
#[derive(Debug, Clone)]
pub(crate) struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    pub(crate) fn new(part: T) -> Self {
        Self(Arc::new(part))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The components that were referred to so far, by their places.
#[derive(Debug)]
pub(super) struct Pool<T>(RefCell<HashMap<Pointer, Shared<T>>>);

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T: Clone> Pool<T> {
    /// The one copy of what is at a place.
    pub(super) fn of(&self, at: &Pointer, part: &T) -> Shared<T> {
        self.0.borrow_mut().entry(at.clone()).or_insert_with(|| Shared::new(part.clone())).clone()
    }
}

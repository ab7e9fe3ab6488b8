//! Documents in several files: what the document refers to in others becomes a part of it.
//!
//! A schema, parameter, body, answer or header of another file becomes a component, under the name
//! that it has there; whatever else (a path, all properties of a schema) is copied to where it is
//! referred to. Only what is referred to is loaded, and only what leads there is read.

mod homes;
mod join;
mod location;

use std::collections::BTreeMap;
use std::fmt;

use super::{Known, Outside, Source, Tree};
use crate::diagnostics::{Pointer, Report};

/// Gives the files that a document refers to.
pub trait Loader: fmt::Debug {
    /// The bytes of a file: at a path from the folder of the document, with `/` between its folders
    /// and `..` for a folder above it, or at a URL.
    ///
    /// # Errors
    ///
    /// Fails with a sentence that says why there is no such file, or why it may not be read.
    fn load(&self, location: &str) -> Result<Vec<u8>, String>;
}

/// Where the nodes of other files stand, as long as they have no place in the document.
const FILES: &str = "x-specsmith-files";

/// The place of a whole file.
pub(crate) fn place_of(location: &str) -> Pointer {
    Pointer::default().child(FILES).child(location)
}

/// The file that a place is in, and its place there.
pub(super) fn file_of(at: &Pointer) -> Option<(String, Pointer)> {
    let mut segments = at.segments();
    if segments.next()? != FILES {
        return None;
    }
    let location = segments.next()?;
    Some((location, segments.fold(Pointer::default(), |at, segment| at.child(&segment))))
}

/// Makes one document of all files.
pub(super) fn join(tree: &mut Tree, source: &mut Source, name: &str, from: (&dyn Loader, &Known), report: &mut Report) {
    let joined = join::join(&mut tree.value, name, from, report);
    tree.outside = joined.outside;
    tree.unread = joined.unread;
    for (location, text) in joined.sources {
        source.add_file(&location, text);
    }
}

/// What joining leaves behind.
struct Joined {
    /// The texts of the files that were read, by their locations.
    sources: BTreeMap<String, Source>,
    /// Why references that lead out of the document were left as they are.
    unread: BTreeMap<String, String>,
    /// What became components.
    outside: Vec<Outside>,
}

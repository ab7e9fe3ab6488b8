//! Where the nodes of a rewritten document stood in the document that the user wrote.

use std::collections::HashMap;

/// The moves of a rewriting, one after the other.
///
/// Pointers are texts here, for this is what diagnostics stand on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Origins {
    steps: usize,
    /// By where a node went: when that was, and where it came from; in the order of the moves.
    moves: HashMap<String, Vec<(usize, String)>>,
}

impl Origins {
    /// Records that what is at `to` from now on, with all below it, was at `from` until now.
    ///
    /// What is new is from the node that it was made of.
    pub(crate) fn moved(&mut self, to: &str, from: &str) {
        if to != from {
            self.moves.entry(to.to_owned()).or_default().push((self.steps, from.to_owned()));
            self.steps += 1;
        }
    }

    /// Where a node of the rewritten document stood before the first move.
    pub(crate) fn of(&self, at: &str) -> String {
        let (mut at, mut before) = (at.to_owned(), self.steps);
        while let Some((step, length, from)) = self.latest(&at, before) {
            at = format!("{from}{}", &at[length..]);
            before = step;
        }
        at
    }

    /// The last move before a step that brought this node or one around it: when that was, how long
    /// the pointer to the moved node is, and where it came from.
    fn latest(&self, at: &str, before: usize) -> Option<(usize, usize, &str)> {
        let ends = at.match_indices('/').map(|(slash, _)| slash).chain([at.len()]);
        let moves = ends.filter_map(|end| {
            let moves = self.moves.get(&at[..end])?;
            let (step, from) = moves[..moves.partition_point(|(step, _)| *step < before)].last()?;
            Some((*step, end, from.as_str()))
        });
        moves.max_by_key(|(step, ..)| *step)
    }
}

#[cfg(test)]
mod tests {
    use super::Origins;

    fn origins(moves: &[(&str, &str)]) -> Origins {
        let mut origins = Origins::default();
        moves.iter().for_each(|(to, from)| origins.moved(to, from));
        origins
    }

    #[test]
    fn what_did_not_move_is_where_it_was() {
        let origins = origins(&[("/components/schemas", "/definitions")]);
        assert_eq!(origins.of("/paths/~1a"), "/paths/~1a");
        assert_eq!(origins.of("/components/schemas2"), "/components/schemas2");
        assert_eq!(origins.of(""), "");
    }

    #[test]
    fn what_is_below_moves_with_it() {
        let origins = origins(&[("/components/schemas", "/definitions")]);
        assert_eq!(origins.of("/components/schemas/A/type"), "/definitions/A/type");
    }

    #[test]
    fn moves_are_undone_from_the_last_to_the_first() {
        // The second of three elements is taken out, then what was the third is taken elsewhere.
        let origins = origins(&[("/list/1", "/list/2"), ("/body", "/list/1")]);
        assert_eq!(origins.of("/body/name"), "/list/2/name");
        assert_eq!(origins.of("/list/1"), "/list/2");
        assert_eq!(origins.of("/list/2"), "/list/2");
    }

    #[test]
    fn of_two_moves_to_one_place_the_last_counts() {
        let origins = origins(&[("/a", "/b"), ("/c", "/a"), ("/a", "/d")]);
        assert_eq!(origins.of("/a"), "/d");
        assert_eq!(origins.of("/c"), "/b", "it was taken from there before the second came");
    }

    #[test]
    fn the_innermost_of_later_moves_counts() {
        let origins = origins(&[("/schema", "/itemSchema"), ("/schema/items", "/itemSchema")]);
        assert_eq!(origins.of("/schema/items/type"), "/itemSchema/type");
        assert_eq!(origins.of("/schema/type"), "/itemSchema/type");
    }
}

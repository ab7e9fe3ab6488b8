//! What examples came to once, and must come to from then on.

use serde::Deserialize;

use super::{Proved, Sums};
use crate::corpus::floors::Compared;

/// What was reached: so many values valid, and at most so many of them lost.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::corpus) struct Floor {
    valid: usize,
    lost: usize,
    /// Of values made, as many for each type as are made unless somebody says how many.
    made_valid: usize,
    made_lost: usize,
}

impl Floor {
    /// Compares a run over a whole folder.
    pub(super) fn compare(self, folder: &str, proved: &Proved, with_made: bool, compared: &mut Compared) {
        let mut one = |before: &str, valid: usize, lost: usize, sums: Sums| {
            let now = sums.valid - sums.preserved;
            if sums.valid < valid {
                compared.below.push(format!("{folder}: {} {before}examples valid; there were {valid}", sums.valid));
            }
            if now > lost {
                compared.below.push(format!("{folder}: {now} {before}examples lost; there were {lost}"));
            }
            let key = if before.is_empty() { "" } else { "made_" };
            if sums.valid > valid {
                compared.above.push(format!("{folder}: {key}valid = {}, which is {valid}", sums.valid));
            }
            if now < lost {
                compared.above.push(format!("{folder}: {key}lost = {now}, which is {lost}"));
            }
        };
        one("", self.valid, self.lost, proved.examples);
        if with_made {
            one("made ", self.made_valid, self.made_lost, proved.made);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_and_more_lost_are_below() {
        let floor = Floor { valid: 10, lost: 1, made_valid: 5, made_lost: 0 };
        let compared = |examples: Sums, made: Sums, with_made: bool| {
            let mut compared = Compared::default();
            let proved = Proved { examples, made, ..Proved::default() };
            floor.compare("a", &proved, with_made, &mut compared);
            (compared.below, compared.above)
        };
        let sums = |valid, preserved| Sums { all: 20, valid, preserved };
        assert_eq!(compared(sums(10, 9), sums(5, 5), true), (vec![], vec![]));
        assert_eq!(compared(sums(10, 9), sums(0, 0), false), (vec![], vec![]));
        let (below, above) = compared(sums(9, 7), sums(5, 4), true);
        assert_eq!(
            below,
            [
                "a: 9 examples valid; there were 10",
                "a: 2 examples lost; there were 1",
                "a: 1 made examples lost; there were 0"
            ]
        );
        assert_eq!(above, [""; 0]);
        let (below, above) = compared(sums(11, 11), sums(6, 6), true);
        assert_eq!((below.len(), above.len()), (0, 3));
        assert_eq!(above[..2], ["a: valid = 11, which is 10", "a: lost = 0, which is 1"]);
    }
}

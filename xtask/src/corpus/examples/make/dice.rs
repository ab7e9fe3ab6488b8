//! Chances that fall the same way each time.

/// Numbers out of a seed (SplitMix64).
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// Those of a text and a number.
    pub(super) fn of(text: &str, number: usize) -> Self {
        // FNV-1a: the same in every version of the standard library.
        let hash = text
            .bytes()
            .chain(number.to_le_bytes())
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self(hash)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound; 0 if that is the bound.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.next() % bound).unwrap_or(0)
    }

    /// One of two.
    pub(super) fn coin(&mut self) -> bool {
        self.below(2) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn they_fall_as_they_fell_before() {
        let throws = |text: &str, number: usize| {
            let mut dice = Dice::of(text, number);
            [dice.below(1000), dice.below(1000), dice.below(1000)]
        };
        assert_eq!(throws("a", 0), throws("a", 0));
        assert_ne!(throws("a", 0), throws("a", 1));
        assert_ne!(throws("a", 0), throws("b", 0));
        assert_eq!(Dice::of("a", 0).below(0), 0);
    }
}

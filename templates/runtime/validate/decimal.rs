//! Numbers as they are written, so that nothing is lost in computing with them.

use std::cmp::Ordering;

/// A number: its digits, without zeros at either end, times a power of ten. Zero has no digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

impl Decimal {
    /// Reads a number of JSON.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits: Vec<u8> = Vec::with_capacity(whole.len() + fraction.len());
        for byte in whole.bytes().chain(fraction.bytes()) {
            digits.push(byte.is_ascii_digit().then(|| byte - b'0')?);
        }
        let places = i64::try_from(fraction.len()).ok()?;
        let mut exponent = exponent.parse::<i64>().ok()?.checked_sub(places)?;
        while digits.last() == Some(&0) {
            digits.pop();
            exponent = exponent.checked_add(1)?;
        }
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..zeros);
        let is_zero = digits.is_empty();
        Some(Self { negative: negative && !is_zero, exponent: if is_zero { 0 } else { exponent }, digits })
    }

    /// Whether it has no fraction.
    pub(crate) fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// Whether it is a whole number of times the other; nothing is judged by zero.
    pub(crate) fn is_multiple_of(&self, other: &Self) -> bool {
        // More digits than that fit no number that a document can have.
        if other.digits.is_empty() || other.digits.len() > 36 || self.digits.is_empty() {
            return true;
        }
        // Without zeros at its end, it is no multiple of ten times anything.
        let Ok(zeros) = u64::try_from(self.exponent.saturating_sub(other.exponent)) else { return false };
        let divisor = other.digits.iter().fold(0_u128, |sum, digit| sum * 10 + u128::from(*digit));
        let rest = self.digits.iter().fold(0_u128, |rest, digit| (rest * 10 + u128::from(*digit)) % divisor);
        // What is left of times ten comes round after a while, and numbers of JSON are not as long as that.
        (0..zeros.min(5_000)).fold(rest, |rest, _| rest * 10 % divisor) == 0
    }

    /// The digit before which power of ten it begins.
    fn magnitude(&self) -> i64 {
        i64::try_from(self.digits.len()).unwrap_or(i64::MAX).saturating_add(self.exponent)
    }

    fn size(&self, other: &Self) -> Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            // Without zeros at their ends, digits compare like words.
            (false, false) => self.magnitude().cmp(&other.magnitude()).then_with(|| self.digits.cmp(&other.digits)),
        }
    }

    /// The same text for the same number.
    pub(crate) fn canonical(&self) -> String {
        let digits: String = self.digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        format!("{}{digits}e{}", if self.negative { "-" } else { "" }, self.exponent)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.size(other),
            (true, true) => other.size(self),
        }
    }
}

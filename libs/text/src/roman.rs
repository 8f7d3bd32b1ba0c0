//! Roman numerals: the number of a congress or a term ("Đại hội XIV"), the headings of a document.

use std::fmt;

/// Values and their letters, greatest first; a numeral is the greedy sum.
const LETTERS: [(u16, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// The greatest number that has a numeral.
const GREATEST: u16 = 3999;

/// A text that is no Roman numeral in its one proper form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRoman {
    /// The text as given.
    pub raw: String,
}

impl fmt::Display for NotRoman {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no Roman numeral: write it as in `XIV`", self.raw)
    }
}

impl std::error::Error for NotRoman {}

/// The numeral of a number from 1 to 3999; other numbers have none.
#[must_use]
pub fn to_roman(number: u16) -> Option<String> {
    if number == 0 || number > GREATEST {
        return None;
    }
    let mut rest = number;
    let mut numeral = String::new();
    for (value, letters) in LETTERS {
        while rest >= value {
            numeral.push_str(letters);
            rest -= value;
        }
    }
    Some(numeral)
}

/// The number of a numeral, in capitals or small letters.
///
/// # Errors
/// [`NotRoman`] for anything but the one proper form: `IIII` and `VX` are refused.
pub fn from_roman(raw: &str) -> Result<u16, NotRoman> {
    let numeral = raw.trim().to_ascii_uppercase();
    let mut rest = numeral.as_str();
    let mut number: u16 = 0;
    for (value, letters) in LETTERS {
        while let Some(after) = rest.strip_prefix(letters) {
            rest = after;
            number = number.saturating_add(value);
        }
    }
    // Only the proper form comes back out of the number, and nothing may be left over.
    if to_roman(number).as_deref() == Some(numeral.as_str()) {
        return Ok(number);
    }
    Err(NotRoman { raw: raw.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_back() {
        for number in 1..=GREATEST {
            assert_eq!(from_roman(&to_roman(number).unwrap()), Ok(number));
        }
    }

    #[test]
    fn known_numerals() {
        for (number, numeral) in [(4, "IV"), (13, "XIII"), (14, "XIV"), (44, "XLIV"), (1930, "MCMXXX")] {
            assert_eq!(to_roman(number).unwrap(), numeral);
        }
        assert_eq!(from_roman(" xiv "), Ok(14));
    }

    #[test]
    fn what_is_not_proper_is_refused() {
        for raw in ["", "IIII", "VX", "XIVX", "IC", "XIV1", "MMMM", "VV", "IXI"] {
            assert_eq!(from_roman(raw), Err(NotRoman { raw: raw.to_owned() }));
        }
        assert_eq!(to_roman(0), None);
        assert_eq!(to_roman(4000), None);
    }
}

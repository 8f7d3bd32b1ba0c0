//! Figures as Vietnam writes them: dots between the thousands, a comma before the decimals.

use std::fmt;

/// A number with decimals, held exactly: `digits` × 10^−`scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// All digits, without the comma.
    pub digits: i64,
    /// How many of them stand after the comma.
    pub scale: u8,
}

/// Why a text is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotANumber {
    /// It has another form; the position of the first character that does not fit is counted from 1.
    Malformed {
        /// The text as given.
        raw: String,
        /// The first character that does not fit, or one past the end when something is missing.
        position: usize,
    },
    /// It does not fit in 64 bits.
    TooLarge {
        /// The text as given.
        raw: String,
    },
}

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { raw, position } => {
                write!(f, "`{raw}` is no number from character {position} on: write it as in `1.250.000` or `12,5`")
            }
            Self::TooLarge { raw } => write!(f, "`{raw}` is too large: at most 18 digits are sure to fit"),
        }
    }
}

impl std::error::Error for NotANumber {}

/// Reads a whole number, with dots between the thousands or none at all: `1.061` and `1061` are the same.
///
/// # Errors
/// [`NotANumber`] when a dot stands anywhere else (`1.06`), when there are decimals, or when it is too large.
pub fn parse_whole(raw: &str) -> Result<i64, NotANumber> {
    let trimmed = raw.trim();
    match trimmed.find(',') {
        Some(comma) => Err(malformed(raw, trimmed, comma)),
        None => parse_decimal(raw).map(|decimal| decimal.digits),
    }
}

/// Reads a number that may have decimals after a comma: `1.061,25`.
///
/// # Errors
/// [`NotANumber`] when the form is another or the digits do not fit.
pub fn parse_decimal(raw: &str) -> Result<Decimal, NotANumber> {
    let trimmed = raw.trim();
    let unsigned = trimmed.strip_prefix(['-', '\u{2212}']).unwrap_or(trimmed);
    let sign_length = trimmed.len() - unsigned.len();
    let (whole, decimals) = unsigned.split_once(',').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
    if let Some(at) = misfit_of_whole(whole) {
        return Err(malformed(raw, trimmed, sign_length + at));
    }
    if let Some(at) = decimals.and_then(misfit_of_decimals) {
        return Err(malformed(raw, trimmed, sign_length + whole.len() + 1 + at));
    }
    let too_large = || NotANumber::TooLarge { raw: raw.to_owned() };
    let scale = u8::try_from(decimals.map_or(0, str::len)).map_err(|_| too_large())?;
    let sign = if sign_length == 0 { "" } else { "-" };
    let digits = format!("{sign}{}{}", whole.replace('.', ""), decimals.unwrap_or_default());
    Ok(Decimal { digits: digits.parse().map_err(|_| too_large())?, scale })
}

/// The number with a dot between the thousands: `1.250.000`.
#[must_use]
pub fn format_whole(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", with_dots(&digits))
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::from(self.scale);
        let digits = format!("{:0>width$}", self.digits.unsigned_abs(), width = scale + 1);
        let (whole, decimals) = digits.split_at(digits.len() - scale);
        let sign = if self.digits < 0 { "-" } else { "" };
        let comma = if scale == 0 { "" } else { "," };
        write!(f, "{sign}{}{comma}{decimals}", with_dots(whole))
    }
}

fn with_dots(digits: &str) -> String {
    let mut dotted = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            dotted.push('.');
        }
        dotted.push(digit);
    }
    dotted
}

/// The byte at which the part before the comma stops being a number: digits alone, or groups of three after the first.
fn misfit_of_whole(whole: &str) -> Option<usize> {
    let grouped = whole.contains('.');
    let mut start = 0;
    for (index, group) in whole.split('.').enumerate() {
        let digits = group.bytes().take_while(u8::is_ascii_digit).count();
        let fits =
            digits == group.len() && digits > 0 && (!grouped || if index == 0 { digits <= 3 } else { digits == 3 });
        if !fits {
            return Some(start + if digits < group.len() { digits } else { digits.min(3) });
        }
        start += group.len() + 1;
    }
    None
}

/// The byte at which the part after the comma stops being decimals.
fn misfit_of_decimals(decimals: &str) -> Option<usize> {
    let digits = decimals.bytes().take_while(u8::is_ascii_digit).count();
    (digits < decimals.len() || digits == 0).then_some(digits)
}

/// `at` is a byte of `trimmed`; people count characters of what they typed.
fn malformed(raw: &str, trimmed: &str, at: usize) -> NotANumber {
    let before = raw.chars().take_while(|character| character.is_whitespace()).count();
    let inside = trimmed.char_indices().take_while(|&(byte, _)| byte < at).count();
    NotANumber::Malformed { raw: raw.to_owned(), position: before + inside + 1 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whole_numbers() {
        let table =
            [("1.061", 1061), ("1061", 1061), (" 1.250.000 ", 1_250_000), ("0", 0), ("-12", -12), ("−1.000", -1000)];
        for (raw, number) in table {
            assert_eq!(parse_whole(raw), Ok(number), "{raw}");
        }
        assert_eq!(format_whole(1061), "1.061");
        assert_eq!(format_whole(-999), "-999");
        assert_eq!(format_whole(i64::MIN), "-9.223.372.036.854.775.808");
    }

    #[test]
    fn decimals_follow_a_comma() {
        assert_eq!(parse_decimal("1.061,250"), Ok(Decimal { digits: 1_061_250, scale: 3 }));
        assert_eq!(parse_decimal("-0,5"), Ok(Decimal { digits: -5, scale: 1 }));
        assert_eq!(Decimal { digits: -5, scale: 2 }.to_string(), "-0,05");
        assert_eq!(Decimal { digits: 123_456, scale: 1 }.to_string(), "12.345,6");
    }

    #[test]
    fn other_forms_are_refused_with_the_place() {
        let table = [
            ("", 1),
            ("1.06", 5),
            ("1.0610", 6),
            ("1061.000", 4),
            ("1,061", 2),
            ("12a", 3),
            (" 1 250", 3),
            (".061", 1),
            ("1..000", 3),
            ("--1", 2),
            ("１２", 1),
        ];
        for (raw, position) in table {
            assert_eq!(parse_whole(raw), Err(NotANumber::Malformed { raw: raw.to_owned(), position }), "{raw}");
        }
        assert_eq!(parse_decimal("1,"), Err(NotANumber::Malformed { raw: "1,".to_owned(), position: 3 }));
        assert_eq!(parse_decimal("1,5,5"), Err(NotANumber::Malformed { raw: "1,5,5".to_owned(), position: 4 }));
        let large = "9.999.999.999.999.999.999";
        assert_eq!(parse_whole(large), Err(NotANumber::TooLarge { raw: large.to_owned() }));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(number in any::<i64>(), scale in 0_u8..12) {
            prop_assert_eq!(parse_whole(&format_whole(number)), Ok(number));
            let decimal = Decimal { digits: number, scale };
            prop_assert_eq!(parse_decimal(&decimal.to_string()), Ok(decimal));
        }

        #[test]
        fn no_text_breaks_it(raw in any::<String>()) {
            let _ = (parse_whole(&raw), parse_decimal(&raw));
        }
    }
}

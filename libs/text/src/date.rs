//! Dates as people type them and as the Party prints them.
//!
//! The Party's guide (36-HD/VPTW, kept by 05-HD/VPTW) puts a leading zero before days 1–9 and months 1–2 only:
//! "ngày 05 tháng 3". Most formatters would write "03".

use std::fmt;

use time::{Date, Month};

use crate::fold;

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotADate {
    /// It has none of the forms that are understood.
    UnknownForm {
        /// The text as given.
        raw: String,
    },
    /// It has the form of a date, but the calendar has no such day.
    NoSuchDay {
        /// The year as read.
        year: i32,
        /// The month as read.
        month: u8,
        /// The day as read.
        day: u8,
    },
    /// The year has two digits, or lies outside 1900–2199.
    DoubtfulYear {
        /// The year as written.
        year: String,
    },
}

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownForm { raw } => write!(f, "`{raw}` is no date: write it as in `05/3/2026`"),
            Self::NoSuchDay { year, month, day } => write!(f, "there is no day `{day}/{month}/{year}`: check it"),
            Self::DoubtfulYear { year } => write!(f, "the year `{year}` is doubtful: write four digits, 1900 to 2199"),
        }
    }
}

impl std::error::Error for NotADate {}

/// Reads `5/3/2026`, `05-03-2026`, `5.3.2026`, `2026-03-05`, `2026/03/05` and `ngày 5 tháng 3 năm 2026`, with or
/// without marks and capitals. Day before month, unless the year stands first.
///
/// # Errors
/// [`NotADate`] for other forms, for days that do not exist, and for years one cannot be sure of.
pub fn parse_date(raw: &str) -> Result<Date, NotADate> {
    let unknown = || NotADate::UnknownForm { raw: raw.to_owned() };
    let [first, second, third] = figures(raw).or_else(|| spoken(raw)).ok_or_else(unknown)?;
    let (year, month, day) = if first.len() > 2 { (first, second, third) } else { (third, second, first) };
    let short = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() <= 2).ok_or_else(unknown);
    let (month, day) = (short(&month)?, short(&day)?);
    let known = year.parse().ok().filter(|known| year.len() == 4 && (1900..=2199).contains(known));
    let year: i32 = known.ok_or(NotADate::DoubtfulYear { year })?;
    let none = NotADate::NoSuchDay { year, month, day };
    let Ok(named) = Month::try_from(month) else { return Err(none) };
    Date::from_calendar_date(year, named, day).map_err(|_| none)
}

/// The date line of a Party document: "Thanh Hóa, ngày 05 tháng 3 năm 2026".
#[must_use]
pub fn date_line(place: &str, date: Date) -> String {
    format!("{place}, {}", in_words(date))
}

/// "ngày 05 tháng 3 năm 2026".
#[must_use]
pub fn in_words(date: Date) -> String {
    format!("ngày {:02} tháng {} năm {}", date.day(), month(date), date.year())
}

/// "05/3/2026", as documents cite a date.
#[must_use]
pub fn in_figures(date: Date) -> String {
    format!("{}/{}", day_and_month(date), date.year())
}

/// "05/3", where the year is clear.
#[must_use]
pub fn day_and_month(date: Date) -> String {
    format!("{:02}/{}", date.day(), month(date))
}

/// Only months 1 and 2 bear a zero: 01 could become 11 and 02 could become 12 under a stroke of the pen.
fn month(date: Date) -> String {
    match u8::from(date.month()) {
        early @ 1..=2 => format!("0{early}"),
        later => later.to_string(),
    }
}

/// Three groups of digits with the same sign between them.
fn figures(raw: &str) -> Option<[String; 3]> {
    let trimmed = raw.trim();
    let sign = trimmed.chars().find(|character| !character.is_ascii_digit() && !character.is_whitespace())?;
    if !matches!(sign, '/' | '-' | '.') {
        return None;
    }
    three(trimmed.split(sign).map(str::trim))
}

/// "ngày 5 tháng 3 năm 2026", also without "ngày" and however it is marked or spaced.
fn spoken(raw: &str) -> Option<[String; 3]> {
    let folded = fold(raw);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        ["ngay", day, "thang", month, "nam", year] | [day, "thang", month, "nam", year] => {
            three([*day, *month, *year].into_iter())
        }
        _ => None,
    }
}

fn three<'a>(mut parts: impl Iterator<Item = &'a str>) -> Option<[String; 3]> {
    let mut next = || {
        let part = parts.next()?;
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.to_owned())
    };
    let found = [next()?, next()?, next()?];
    parts.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    #[test]
    fn the_date_line_has_zeros_where_the_guide_wants_them() {
        let table = [
            (date!(2026 - 03 - 05), "Thanh Hóa, ngày 05 tháng 3 năm 2026"),
            (date!(2026 - 02 - 12), "Thanh Hóa, ngày 12 tháng 02 năm 2026"),
            (date!(2026 - 01 - 09), "Thanh Hóa, ngày 09 tháng 01 năm 2026"),
            (date!(2026 - 11 - 30), "Thanh Hóa, ngày 30 tháng 11 năm 2026"),
        ];
        for (day, line) in table {
            assert_eq!(date_line("Thanh Hóa", day), line);
        }
        assert_eq!(in_figures(date!(2026 - 09 - 05)), "05/9/2026");
        assert_eq!(day_and_month(date!(2026 - 02 - 01)), "01/02");
    }

    #[test]
    fn what_people_type_is_understood() {
        let typed = [
            "5/3/2026",
            "05-03-2026",
            "5.3.2026",
            "2026-03-05",
            "2026/03/05",
            " 05/3/2026 ",
            "5 / 3 / 2026",
            "ngày 5 tháng 3 năm 2026",
            "Ngày 05 tháng 03 năm 2026",
            "ngay 5 thang 3, nam 2026.",
            "5 tháng 3 năm 2026",
        ];
        for raw in typed {
            assert_eq!(parse_date(raw), Ok(date!(2026 - 03 - 05)), "{raw}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_errors() {
        for (raw, year, month, day) in
            [("30/02/2014", 2014, 2, 30), ("2027-02-29", 2027, 2, 29), ("1/13/2026", 2026, 13, 1)]
        {
            assert_eq!(parse_date(raw), Err(NotADate::NoSuchDay { year, month, day }));
        }
        assert_eq!(parse_date("0/1/2026"), Err(NotADate::NoSuchDay { year: 2026, month: 1, day: 0 }));
    }

    #[test]
    fn other_texts_are_errors() {
        for raw in ["", "hôm nay", "5/3", "5/3-2026", "5/3/2026/1", "+5/3/2026", "003/3/2026/", "5//2026", "5/003/2026"]
        {
            assert_eq!(parse_date(raw), Err(NotADate::UnknownForm { raw: raw.to_owned() }), "{raw}");
        }
        for (raw, year) in [("5/3/26", "26"), ("5/3/1026", "1026"), ("20260-01-01", "20260"), ("026/3/05", "026")] {
            assert_eq!(parse_date(raw), Err(NotADate::DoubtfulYear { year: year.to_owned() }), "{raw}");
        }
    }

    proptest! {
        #[test]
        fn every_way_of_writing_is_read_back(ordinal in 1_u16..=365, year in 1900..=2199) {
            let day = Date::from_ordinal_date(year, ordinal).unwrap();
            let forms = [in_figures(day), in_words(day), date_line("", day).replace(", ", ""), day.to_string()];
            for form in forms {
                prop_assert_eq!(parse_date(&form), Ok(day));
            }
        }

        #[test]
        fn no_text_breaks_it(raw in any::<String>()) {
            let _ = parse_date(&raw);
        }
    }
}

//! Days, moments and numbers as people here write them: `20/11/2026`, `08:02`, `2.418`.

use time::{Month, UtcOffset, Weekday};
use wire::{Day, Instant, Lang};

/// Viet Nam keeps +07:00 the whole year round.
const LEGAL: (i8, i8, i8) = (7, 0, 0);

/// A day: `20/11/2026`.
pub(crate) fn day(day: Day) -> String {
    let Day(date) = day;
    format!("{:02}/{:02}/{}", date.day(), u8::from(date.month()), date.year())
}

/// A day without its year, when that is the year one is in: `20/11`.
pub(crate) fn short_day(day: Day, today: Day) -> String {
    let Day(date) = day;
    if date.year() == today.year() {
        format!("{:02}/{:02}", date.day(), u8::from(date.month()))
    } else {
        self::day(day)
    }
}

/// The time of a moment: `08:02`.
pub(crate) fn clock(moment: Instant) -> String {
    let micros = moment.micros();
    let offset = UtcOffset::from_hms(LEGAL.0, LEGAL.1, LEGAL.2).unwrap_or(UtcOffset::UTC);
    let local = micros.div_euclid(1_000_000) + i64::from(offset.whole_seconds());
    let minutes = local.rem_euclid(86_400) / 60;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A moment: `08:02 20/11/2026`.
pub(crate) fn moment(moment: Instant) -> String {
    format!("{} {}", clock(moment), day(moment.day()))
}

/// A number with its thousands apart: `2.418`.
pub(crate) fn number(number: i64, lang: Lang) -> String {
    let digits = number.unsigned_abs().to_string();
    let apart = match lang {
        Lang::Vi => '.',
        Lang::En => ',',
    };
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(apart);
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

/// A size in words: `1,2 MB`.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        1_000_000_000.. => format!("{},{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// The weekday and the day: `Thứ Sáu, 20/11/2026`.
pub(crate) fn weekday(on: Day, lang: Lang) -> String {
    let Day(date) = on;
    let (vi, en) = match date.weekday() {
        Weekday::Monday => ("Thứ Hai", "Monday"),
        Weekday::Tuesday => ("Thứ Ba", "Tuesday"),
        Weekday::Wednesday => ("Thứ Tư", "Wednesday"),
        Weekday::Thursday => ("Thứ Năm", "Thursday"),
        Weekday::Friday => ("Thứ Sáu", "Friday"),
        Weekday::Saturday => ("Thứ Bảy", "Saturday"),
        Weekday::Sunday => ("Chủ Nhật", "Sunday"),
    };
    let name = match lang {
        Lang::Vi => vi,
        Lang::En => en,
    };
    format!("{name}, {}", day(on))
}

/// A day as it was typed: `20/11/2026`, `20-11-2026`, `2026-11-20`; a year may have two digits.
pub(crate) fn read_day(text: &str) -> Option<Day> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.', ' ']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, second, first) };
    let year: i32 = year.parse().ok()?;
    let year = if (0..100).contains(&year) { 2000 + year } else { year };
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Day::new(year, u8::from(month), day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_however_they_are_typed() {
        let wanted = Day::new(2026, 11, 20).unwrap();
        for typed in ["20/11/2026", "20-11-2026", "2026-11-20", " 20.11.26 ", "20 11 2026"] {
            assert_eq!(read_day(typed), Some(wanted), "{typed}");
        }
        for typed in ["", "20/11", "31/02/2026", "x/y/z", "20/13/2026"] {
            assert_eq!(read_day(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let day = Day::new(2026, 2, 3).unwrap();
        assert_eq!(self::day(day), "03/02/2026");
        assert_eq!(read_day(&self::day(day)), Some(day));
        assert_eq!(weekday(day, Lang::Vi), "Thứ Ba, 03/02/2026");
    }

    #[test]
    fn numbers_moments_and_sizes() {
        let cases = [(0, "0"), (999, "999"), (2418, "2.418"), (1_234_567, "1.234.567"), (-12, "-12")];
        for (given, expected) in cases {
            assert_eq!(number(given, Lang::Vi), expected);
        }
        let at: Instant = "2026-11-20T17:05:00Z".parse().unwrap();
        assert_eq!(moment(at), "00:05 21/11/2026");
        for (bytes, expected) in [(999, "999 B"), (1_500, "1 kB"), (1_250_000, "1,2 MB")] {
            assert_eq!(size(bytes), expected);
        }
    }
}

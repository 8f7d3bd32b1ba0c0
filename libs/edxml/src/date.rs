//! Days and moments as messages write them: kept as they stand, and understood where they can be.

use text::date::{NotADate, parse_date};
use wire::{Day, Instant};

/// A day as it stands in a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// As it stands.
    pub text: String,
    /// What it means; nothing when there is no such day.
    pub day: Option<Day>,
}

/// A moment as it stands in a message, at the time of Viet Nam.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// As it stands.
    pub text: String,
    /// What it means; nothing when it cannot be understood.
    pub at: Option<Instant>,
}

/// The form of a day, for people.
pub(crate) const DAY_FORM: &str = "yyyy/MM/dd";
/// The form of a moment, for people.
pub(crate) const MOMENT_FORM: &str = "yyyy/MM/dd HH:mm:ss";
/// Viet Nam has one offset, without summer time.
const OFFSET: i64 = 7 * 3600;

impl From<Day> for Written {
    fn from(day: Day) -> Self {
        Self { text: day_text(day), day: Some(day) }
    }
}

impl From<Instant> for Stamp {
    fn from(at: Instant) -> Self {
        let seconds = at.unix_seconds() + OFFSET;
        let clock = seconds.rem_euclid(86_400);
        let (hours, minutes) = (clock / 3600, clock / 60 % 60);
        let text = format!("{} {hours:02}:{minutes:02}:{:02}", day_text(at.day()), clock % 60);
        // A message knows no less than a second.
        let at = Instant::from_micros(at.unix_seconds() * 1_000_000);
        Self { text, at: Some(at) }
    }
}

fn day_text(day: Day) -> String {
    format!("{:04}/{:02}/{:02}", day.year(), day.month(), day.day())
}

/// How a text reads as a day or a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading<T> {
    /// In the form that messages have.
    Exact(T),
    /// In another form.
    Other(T),
    /// It has the form of a date, but there is no such day.
    Impossible,
    /// It is none.
    Unreadable,
}

impl<T> Reading<T> {
    pub(crate) fn value(self) -> Option<T> {
        match self {
            Self::Exact(value) | Self::Other(value) => Some(value),
            Self::Impossible | Self::Unreadable => None,
        }
    }
}

/// Reads a day, also where a time stands behind it.
pub(crate) fn day(text: &str) -> Reading<Day> {
    let (date, clock) = parted(text);
    match parse_date(date) {
        Ok(read) if clock.is_none() && day_text(Day(read)) == text => Reading::Exact(Day(read)),
        Ok(read) if clock.is_none_or(|clock| seconds(clock).is_some()) => Reading::Other(Day(read)),
        // `0001/01/01` is what programs write that have no date.
        Err(NotADate::NoSuchDay { .. } | NotADate::DoubtfulYear { .. }) => Reading::Impossible,
        Ok(_) | Err(NotADate::UnknownForm { .. }) => Reading::Unreadable,
    }
}

/// Reads a moment.
pub(crate) fn moment(text: &str) -> Reading<Instant> {
    if let Some(at) = text.contains('T').then(|| text.parse::<Instant>().ok()).flatten() {
        return Reading::Other(at);
    }
    let (date, clock) = parted(text);
    let start = match day(date) {
        Reading::Exact(day) | Reading::Other(day) => day,
        Reading::Impossible => return Reading::Impossible,
        Reading::Unreadable => return Reading::Unreadable,
    };
    let Some(seconds) = clock.map_or(Some(0), seconds) else { return Reading::Impossible };
    let at = start.start().plus(std::time::Duration::from_secs(seconds));
    if Stamp::from(at).text == text { Reading::Exact(at) } else { Reading::Other(at) }
}

/// The date and the time of day of a text; a date in words keeps its blanks.
fn parted(text: &str) -> (&str, Option<&str>) {
    match text.split_once([' ', 'T']) {
        Some((date, clock)) if clock.contains(':') && date.contains(['/', '-', '.']) => (date, Some(clock.trim())),
        _ => (text, None),
    }
}

/// Seconds since midnight of `16:35:56`, `16:35` or `16:35:56.123+07:00`.
fn seconds(clock: &str) -> Option<u64> {
    let bare = clock.trim_end_matches('Z').split(['+', '.']).next()?;
    let mut figures = bare.split(':').map(|one| one.parse::<u64>().ok().filter(|_| one.len() <= 2));
    let (hours, minutes, rest) = (figures.next()??, figures.next()??, figures.next().unwrap_or(Some(0))?);
    let is_time = hours < 24 && minutes < 60 && rest < 60 && figures.next().is_none();
    is_time.then_some(hours * 3600 + minutes * 60 + rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_are_read_as_they_are_written() {
        let may = Day::new(2026, 3, 5).unwrap();
        let table = [
            ("2026/03/05", Reading::Exact(may)),
            ("05/03/2026", Reading::Other(may)),
            ("2026-03-05", Reading::Other(may)),
            ("2026-03-05T10:00:00", Reading::Other(may)),
            ("2026/03/05 00:00:00", Reading::Other(may)),
            ("ngày 5 tháng 3 năm 2026", Reading::Other(may)),
            ("2026/02/30", Reading::Impossible),
            ("0001/01/01", Reading::Impossible),
            ("2026/3", Reading::Unreadable),
            ("hôm nay", Reading::Unreadable),
            ("2026/03/05 lúc 9:00", Reading::Unreadable),
        ];
        for (text, expected) in table {
            assert_eq!(day(text), expected, "{text}");
        }
    }

    #[test]
    fn moments_are_those_of_viet_nam() {
        let at: Instant = "2026-03-05T09:35:56Z".parse().unwrap();
        assert_eq!(moment("2026/03/05 16:35:56"), Reading::Exact(at));
        for other in ["05/03/2026 16:35:56", "2026-03-05T16:35:56+07:00", "2026-03-05 16:35:56"] {
            assert_eq!(moment(other), Reading::Other(at), "{other}");
        }
        assert_eq!(moment("2026/03/05 24:00:00"), Reading::Impossible);
        assert_eq!(moment("2026/02/30 10:00:00"), Reading::Impossible);
        assert_eq!(moment("sáng nay"), Reading::Unreadable);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(second in 0_i64..4_000_000_000) {
            let at = Instant::from_micros(second * 1_000_000);
            let stamp = Stamp::from(at);
            prop_assert_eq!(moment(&stamp.text), Reading::Exact(at));
            prop_assert_eq!(day(&Written::from(at.day()).text), Reading::Exact(at.day()));
        }
    }
}

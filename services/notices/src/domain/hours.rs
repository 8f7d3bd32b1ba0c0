//! Working hours: the hours of working days, at +07:00.

use std::{fmt, str::FromStr, time::Duration};

use rules::Calendar;
use serde::{Deserialize, Serialize};
use wire::Instant;

/// A time of day at +07:00, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay {
    minutes: u16,
}

impl TimeOfDay {
    /// The time at this hour and minute.
    #[must_use]
    pub fn new(hour: u16, minute: u16) -> Self {
        Self { minutes: hour * 60 + minute }
    }

    fn since_midnight(self) -> Duration {
        Duration::from_secs(u64::from(self.minutes) * 60)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl FromStr for TimeOfDay {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unclear = || format!("`{text}` is no time of day: write a time such as `07:30`, up to `24:00`");
        let (hour, minute) = text.split_once(':').ok_or_else(unclear)?;
        let (hour, minute): (u16, u16) =
            hour.parse().ok().zip(minute.parse().ok()).filter(|(_, minute)| *minute < 60).ok_or_else(unclear)?;
        if hour > 24 || (hour == 24 && minute > 0) { Err(unclear()) } else { Ok(Self::new(hour, minute)) }
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

/// When an office works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hours {
    /// When a working day begins.
    pub(crate) opens: TimeOfDay,
    /// When it ends.
    pub(crate) closes: TimeOfDay,
}

impl Hours {
    /// Whether this is a working day that has begun; in the evening it still has.
    pub(crate) fn has_begun(self, now: Instant) -> bool {
        let today = now.day();
        let working = Calendar::national().as_known_on(today).is_working(today);
        working && now.since(today.start()) >= self.opens.since_midnight()
    }

    /// Whether people are at work: mail is sent then and at no other time.
    pub(crate) fn at_work(self, now: Instant) -> bool {
        self.has_begun(now) && now.since(now.day().start()) < self.closes.since_midnight()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_waits_for_the_hours_of_a_working_day() {
        let hours = Hours { opens: TimeOfDay::new(7, 30), closes: TimeOfDay::new(17, 0) };
        // At +07:00; 2026-11-23 is a Monday, 2026-09-02 the national day on a Wednesday.
        let table = [
            ("2026-11-23T00:29:59Z", false, false),
            ("2026-11-23T00:30:00Z", true, true),
            ("2026-11-23T09:59:59Z", true, true),
            ("2026-11-23T10:00:00Z", true, false),
            ("2026-11-22T03:00:00Z", false, false),
            ("2026-09-02T03:00:00Z", false, false),
            // 01:00 on Monday there is still Sunday in UTC.
            ("2026-11-22T18:00:00Z", false, false),
        ];
        for (now, begun, working) in table {
            let now: Instant = now.parse().unwrap();
            assert_eq!((hours.has_begun(now), hours.at_work(now)), (begun, working), "{now}");
        }
    }

    #[test]
    fn a_time_is_written_as_it_is_read() {
        assert_eq!("7:05".parse::<TimeOfDay>().unwrap().to_string(), "07:05");
        for wrong in ["7", "24:01", "12:60", "-1:00", "noon", "1:2:3"] {
            assert!(wrong.parse::<TimeOfDay>().is_err(), "{wrong}");
        }
    }
}

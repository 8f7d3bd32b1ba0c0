//! Moments and legal days: the only two shapes of time on the wire.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use time::{
    Date, Month, OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339, macros::format_description,
};

/// Viet Nam has kept +07:00 the whole year round since 1975; a legal day is a day at this offset.
const LEGAL_OFFSET_SECONDS: i32 = 7 * 3600;

/// A moment, in UTC, truncated to microseconds so that every database gives back what was stored.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(OffsetDateTime);

impl Instant {
    /// Truncates to microseconds and moves to UTC.
    #[must_use]
    pub fn new(moment: OffsetDateTime) -> Self {
        Self::from_micros((moment.unix_timestamp_nanos() / 1_000).try_into().unwrap_or(i64::MAX))
    }

    /// Microseconds since 1970-01-01T00:00:00Z: the form in which databases keep a moment.
    /// A count outside the years −9999..9999 becomes the nearest end of that range.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        let limit = if micros < 0 { Date::MIN } else { Date::MAX };
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000)
            .map_or_else(|_| Self(limit.midnight().assume_utc()), Self)
    }

    /// The inverse of [`Instant::from_micros`].
    #[must_use]
    pub fn micros(self) -> i64 {
        (self.0.unix_timestamp_nanos() / 1_000).try_into().unwrap_or(i64::MAX)
    }

    /// Whole seconds since 1970, for token claims.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0.unix_timestamp()
    }

    /// The legal day (+07:00) on which this moment falls.
    #[must_use]
    pub fn day(self) -> Day {
        let offset = UtcOffset::from_whole_seconds(LEGAL_OFFSET_SECONDS).unwrap_or(UtcOffset::UTC);
        Day(self.0.to_offset(offset).date())
    }

    /// This moment moved by a duration; saturates at the ends of the calendar.
    #[must_use]
    pub fn plus(self, duration: std::time::Duration) -> Self {
        Self::from_micros(self.micros().saturating_add(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)))
    }

    /// This moment moved back by a duration; saturates at the ends of the calendar.
    #[must_use]
    pub fn minus(self, duration: std::time::Duration) -> Self {
        Self::from_micros(self.micros().saturating_sub(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)))
    }

    /// How long after `earlier` this is; zero when it is not after.
    #[must_use]
    pub fn since(self, earlier: Self) -> std::time::Duration {
        std::time::Duration::from_micros(u64::try_from(self.micros().saturating_sub(earlier.micros())).unwrap_or(0))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.format(&Rfc3339).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Instant {
    type Err = time::error::Parse;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        OffsetDateTime::parse(text, &Rfc3339).map(Self::new)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(|_| D::Error::custom("expected a moment such as 2026-11-22T08:30:00Z"))
    }
}

impl JsonSchema for Instant {
    fn schema_name() -> Cow<'static, str> {
        "Instant".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }

    fn inline_schema() -> bool {
        true
    }
}

/// A legal day (at +07:00), such as the day of a document or the day a term ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub Date);

/// A text or a set of numbers that names no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadDay;

impl fmt::Display for BadDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a day such as 2026-11-22")
    }
}

impl std::error::Error for BadDay {}

impl Day {
    /// A day by year, month (1–12) and day of the month.
    ///
    /// # Errors
    /// [`BadDay`] when there is no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, BadDay> {
        let month = Month::try_from(month).map_err(|_| BadDay)?;
        Date::from_calendar_date(year, month, day).map(Self).map_err(|_| BadDay)
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1–12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.0.month().into()
    }

    /// The day of the month, 1–31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// The day `days` calendar days later (earlier when negative), or nothing past the end of the calendar.
    #[must_use]
    pub fn plus(self, days: i64) -> Option<Self> {
        self.0.checked_add(time::Duration::days(days)).map(Self)
    }

    /// The moment this legal day begins (midnight at +07:00).
    #[must_use]
    pub fn start(self) -> Instant {
        let midnight = Instant::new(self.0.midnight().assume_utc());
        Instant::from_micros(midnight.micros().saturating_sub(i64::from(LEGAL_OFFSET_SECONDS) * 1_000_000))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.format(format_description!("[year]-[month]-[day]")).map_err(|_| fmt::Error)?;
        f.write_str(&text)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = BadDay;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Date::parse(text, format_description!("[year]-[month]-[day]")).map(Self).map_err(|_| BadDay)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }

    fn inline_schema() -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_keeps_microseconds_and_nothing_finer() {
        let moment: Instant = "2026-11-22T08:30:00.123456789Z".parse().unwrap();
        assert_eq!(moment.to_string(), "2026-11-22T08:30:00.123456Z");
        assert_eq!(Instant::from_micros(moment.micros()), moment);
    }

    #[test]
    fn the_legal_day_turns_at_seventeen_utc() {
        let before: Instant = "2026-12-31T16:59:59Z".parse().unwrap();
        let after: Instant = "2026-12-31T17:00:00Z".parse().unwrap();
        assert_eq!(before.day().to_string(), "2026-12-31");
        assert_eq!(after.day().to_string(), "2027-01-01");
        assert_eq!(after.day().start(), after);
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused() {
        assert_eq!("2026-02-30".parse::<Day>(), Err(BadDay));
        assert!(serde_json::from_str::<Day>("\"22/11/2026\"").is_err());
    }
}

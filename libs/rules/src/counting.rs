//! Adding and counting working days, calendar days and months (Bộ luật Dân sự 91/2015/QH13, Điều 147–148).
//!
//! The first day is not counted; a term that ends on a day off ends with the next working day.

use std::fmt;

use time::{Date, Month};
use wire::Day;

use crate::calendar::Known;

/// The longest term that is computed, in days or months: about a century.
pub const LONGEST: u32 = 36_525;

/// Why days cannot be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountError {
    /// The term is longer than [`LONGEST`].
    TooLong(u32),
    /// The result would lie after the year 9999.
    EndOfDates,
    /// The span to count ends before it begins.
    Backwards {
        /// Where it begins.
        from: Day,
        /// Where it ends.
        to: Day,
    },
}

impl fmt::Display for CountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(length) => write!(f, "a term of `{length}` is too long: at most {LONGEST}"),
            Self::EndOfDates => f.write_str("the term ends after the year 9999: check the first day"),
            Self::Backwards { from, to } => write!(f, "`{to}` is before `{from}`: give the earlier day first"),
        }
    }
}

impl std::error::Error for CountError {}

/// The day after, or an error at the end of dates.
pub(crate) fn next(day: Day) -> Result<Day, CountError> {
    day.plus(1).ok_or(CountError::EndOfDates)
}

/// Refuses terms longer than [`LONGEST`].
pub(crate) fn bounded(length: u32) -> Result<u32, CountError> {
    if length > LONGEST { Err(CountError::TooLong(length)) } else { Ok(length) }
}

impl Known<'_> {
    /// The `days`-th working day after `start`, which itself is not counted. Zero days give `start`, day off or not.
    ///
    /// # Errors
    /// [`CountError`] when the term is too long or ends beyond all dates.
    pub fn add_working_days(&self, start: Day, days: u32) -> Result<Day, CountError> {
        let mut left = bounded(days)?;
        let mut day = start;
        while left > 0 {
            day = next(day)?;
            if self.is_working(day) {
                left -= 1;
            }
        }
        Ok(day)
    }

    /// The `days`-th day after `start`, or the next working day when that is a day off.
    ///
    /// # Errors
    /// [`CountError`] when the term is too long or ends beyond all dates.
    pub fn add_calendar_days(&self, start: Day, days: u32) -> Result<Day, CountError> {
        let last = start.plus(i64::from(bounded(days)?)).ok_or(CountError::EndOfDates)?;
        self.roll(last)
    }

    /// The corresponding day `months` later, or the next working day when that is a day off; see [`add_months`].
    ///
    /// # Errors
    /// [`CountError`] when the term is too long or ends beyond all dates.
    pub fn add_months(&self, start: Day, months: u32) -> Result<Day, CountError> {
        self.roll(add_months(start, months)?)
    }

    /// The day itself if it is a working day, else the next working day (Điều 148 khoản 5).
    ///
    /// # Errors
    /// [`CountError::EndOfDates`] when there is none.
    pub fn roll(&self, day: Day) -> Result<Day, CountError> {
        let mut day = day;
        while !self.is_working(day) {
            day = next(day)?;
        }
        Ok(day)
    }

    /// The number of working days after `from` up to and with `to`: the inverse of adding them.
    ///
    /// # Errors
    /// [`CountError::Backwards`] when `to` is before `from`.
    pub fn count_working_days(&self, from: Day, to: Day) -> Result<u32, CountError> {
        if to < from {
            return Err(CountError::Backwards { from, to });
        }
        let mut count = 0;
        let mut day = from;
        while day < to {
            day = next(day)?;
            count += u32::from(self.is_working(day));
        }
        Ok(count)
    }
}

/// The corresponding day `months` later; where the month has no such day, its last day (Điều 148 khoản 3).
/// 31 January and one month give 28 or 29 February.
///
/// # Errors
/// [`CountError`] when the term is too long or ends beyond all dates.
pub fn add_months(start: Day, months: u32) -> Result<Day, CountError> {
    let months = i32::try_from(bounded(months)?).map_err(|_| CountError::TooLong(months))?;
    let since_year_zero = start.year() * 12 + i32::from(start.month()) - 1 + months;
    let year = since_year_zero.div_euclid(12);
    let number = u8::try_from(since_year_zero.rem_euclid(12) + 1).map_err(|_| CountError::EndOfDates)?;
    let month = Month::try_from(number).map_err(|_| CountError::EndOfDates)?;
    let day = start.day().min(month.length(year));
    Date::from_calendar_date(year, month, day).map(Day).map_err(|_| CountError::EndOfDates)
}

//! The calendar's file (`data/calendar.toml`): rows, doubts, and what makes them consistent.

use std::{collections::BTreeMap, fmt};

use serde::Deserialize;
use time::Weekday;
use wire::Day;

use crate::{
    calendar::DayKind,
    mark::{Bilingual, Mark},
    validity::{is_forward, overlap},
};

/// One day that is not what its weekday makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The day.
    pub day: Day,
    /// What it is: any kind but working and weekly rest, which need no row.
    pub kind: DayKind,
    /// What for: the holiday, or the storm that closed an office.
    pub occasion: Bilingual,
    /// The instrument that says so.
    pub instrument: String,
    /// The day on which it became known.
    pub known_on: Day,
    /// The day from which another act stands in its place.
    pub withdrawn_on: Option<Day>,
    /// How sure we are.
    pub mark: Mark,
    /// The other day of a swap (hoán đổi ngày làm việc).
    pub pair: Option<Day>,
}

/// A run of days about which an act is still to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The first day of the run.
    pub first: Day,
    /// The last day of the run, included.
    pub last: Day,
    /// The day from which the doubt was known.
    pub known_on: Day,
    /// The day on which an act settled it.
    pub settled_on: Option<Day>,
    /// What is not known.
    pub reason: Bilingual,
}

/// A holiday with the same date every year, for years beyond the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fixed {
    pub(crate) month: u8,
    pub(crate) day: u8,
    pub(crate) since: i32,
    pub(crate) instrument: String,
}

/// What is wrong with the rows of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarError {
    /// The file is not what it should be; the message of the parser.
    Syntax(String),
    /// A row names an occasion that the file does not list.
    UnknownOccasion(String),
    /// Two rows that are known at the same time speak of one day.
    RowTwice(Day),
    /// A row lies in a year that the calendar does not cover.
    OutsideYears(Day),
    /// A row has a kind that needs no row, or that its weekday does not allow.
    KindOfDay(Day),
    /// One day of a swap stands without the other, or under another act.
    SwapUnmatched(Day),
    /// A row or a doubt is withdrawn or settled before it is known, or ends before it begins.
    Backwards(Day),
    /// A row is marked uncertain, but no doubt is open about its day as long as it is seen.
    UncertainWithoutDoubt(Day),
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(message) => write!(f, "the calendar cannot be read: {message}"),
            Self::UnknownOccasion(name) => write!(f, "occasion `{name}` is not listed: add it under `occasions`"),
            Self::RowTwice(day) => write!(f, "two rows speak of `{day}`: withdraw the older one"),
            Self::OutsideYears(day) => write!(f, "`{day}` is outside the calendar: widen first_year and last_year"),
            Self::KindOfDay(day) => write!(f, "the kind of `{day}` does not fit its weekday: check both"),
            Self::SwapUnmatched(day) => write!(f, "`{day}` is swapped with no day of the same act: add its pair"),
            Self::Backwards(day) => write!(f, "the entry for `{day}` ends before it begins: check its days"),
            Self::UncertainWithoutDoubt(day) => write!(f, "`{day}` is uncertain without a doubt: add one about it"),
        }
    }
}

impl std::error::Error for CalendarError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    first_year: i32,
    last_year: i32,
    occasions: BTreeMap<String, Occasion>,
    act: Vec<Act>,
    doubt: Vec<DoubtEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Occasion {
    vi: String,
    en: String,
    fixed: Option<Fixed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    instrument: String,
    known_on: Day,
    withdrawn_on: Option<Day>,
    mark: Mark,
    rows: Vec<RowEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowEntry {
    day: Day,
    kind: DayKind,
    occasion: String,
    pair: Option<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DoubtEntry {
    first: Day,
    last: Day,
    known_on: Day,
    settled_on: Option<Day>,
    vi: String,
    en: String,
}

/// A file that was read, not yet checked.
pub(crate) struct Read {
    pub(crate) years: (i32, i32),
    pub(crate) rows: Vec<Row>,
    pub(crate) doubts: Vec<Doubt>,
    pub(crate) fixed: Vec<(Fixed, Bilingual)>,
}

pub(crate) fn read(text: &str) -> Result<Read, CalendarError> {
    let File { first_year, last_year, occasions, act, doubt } =
        toml::from_str(text).map_err(|error| CalendarError::Syntax(error.message().to_owned()))?;
    let mut rows = Vec::new();
    for Act { instrument, known_on, withdrawn_on, mark, rows: entries } in act {
        for RowEntry { day, kind, occasion, pair } in entries {
            let Some(named) = occasions.get(&occasion) else { return Err(CalendarError::UnknownOccasion(occasion)) };
            let occasion = named.name();
            let instrument = instrument.clone();
            rows.push(Row { day, kind, occasion, instrument, known_on, withdrawn_on, mark, pair });
        }
    }
    let doubts = doubt.into_iter().map(DoubtEntry::doubt).collect();
    let fixed = occasions
        .values()
        .filter_map(|occasion| occasion.fixed.clone().map(|fixed| (fixed, occasion.name())))
        .collect();
    Ok(Read { years: (first_year, last_year), rows, doubts, fixed })
}

impl Occasion {
    fn name(&self) -> Bilingual {
        Bilingual { vi: self.vi.clone(), en: self.en.clone() }
    }
}

impl DoubtEntry {
    fn doubt(self) -> Doubt {
        let Self { first, last, known_on, settled_on, vi, en } = self;
        Doubt { first, last, known_on, settled_on, reason: Bilingual { vi, en } }
    }
}

/// Saturday and Sunday.
pub(crate) fn is_weekly_rest(day: Day) -> bool {
    matches!(day.0.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Finds the first inconsistency among rows and doubts.
pub(crate) fn check(rows: &[Row], doubts: &[Doubt], years: (i32, i32)) -> Result<(), CalendarError> {
    for doubt in doubts {
        if doubt.last < doubt.first || !is_forward(doubt.known_on, doubt.settled_on) {
            return Err(CalendarError::Backwards(doubt.first));
        }
    }
    for (index, row) in rows.iter().enumerate() {
        check_row(row, rows, doubts, years)?;
        let twin =
            |other: &&Row| other.day == row.day && is_closure(other) == is_closure(row) && seen_together(row, other);
        if rows.iter().skip(index + 1).find(twin).is_some() {
            return Err(CalendarError::RowTwice(row.day));
        }
    }
    Ok(())
}

fn check_row(row: &Row, rows: &[Row], doubts: &[Doubt], years: (i32, i32)) -> Result<(), CalendarError> {
    let rest = is_weekly_rest(row.day);
    let kind_fits = match row.kind {
        DayKind::Working | DayKind::WeeklyOff => false,
        DayKind::Holiday | DayKind::LocalClosure => true,
        DayKind::Compensatory | DayKind::SwappedOff => !rest,
        DayKind::SwappedWork => rest,
    };
    if !kind_fits {
        return Err(CalendarError::KindOfDay(row.day));
    }
    if !is_forward(row.known_on, row.withdrawn_on) {
        return Err(CalendarError::Backwards(row.day));
    }
    if !is_closure(row) && !(years.0..=years.1).contains(&row.day.year()) {
        return Err(CalendarError::OutsideYears(row.day));
    }
    if !is_swap_whole(row, rows) {
        return Err(CalendarError::SwapUnmatched(row.day));
    }
    let doubted = |doubt: &Doubt| {
        let ends_with = doubt.settled_on.is_none() || row.withdrawn_on.is_some_and(|end| doubt.settled_on >= Some(end));
        (doubt.first..=doubt.last).contains(&row.day) && doubt.known_on <= row.known_on && ends_with
    };
    if row.mark == Mark::Uncertain && !doubts.iter().any(doubted) {
        return Err(CalendarError::UncertainWithoutDoubt(row.day));
    }
    Ok(())
}

/// A swap is whole when the other day stands under the same act and points back.
fn is_swap_whole(row: &Row, rows: &[Row]) -> bool {
    let counterpart = match row.kind {
        DayKind::SwappedOff => DayKind::SwappedWork,
        DayKind::SwappedWork => DayKind::SwappedOff,
        _ => return row.pair.is_none(),
    };
    rows.iter().any(|other| {
        let same_act = (&other.instrument, other.known_on, other.withdrawn_on)
            == (&row.instrument, row.known_on, row.withdrawn_on);
        same_act && other.kind == counterpart && row.pair == Some(other.day) && other.pair == Some(row.day)
    })
}

fn is_closure(row: &Row) -> bool {
    row.kind == DayKind::LocalClosure
}

fn seen_together(one: &Row, other: &Row) -> bool {
    overlap((one.known_on, one.withdrawn_on), (other.known_on, other.withdrawn_on))
}

//! The length of legal and customary terms (`data/terms.toml`), chosen by the day of the act that starts them.

use std::sync::LazyLock;

use serde::Deserialize;
use wire::Day;

use crate::{mark::Mark, validity::holds};

/// What a term is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermSubject {
    /// To accept or refuse a complaint, counted from its receipt.
    AcceptComplaint,
    /// To register and classify a denunciation.
    FirstHandlingOfDenunciation,
    /// The same where the content must be checked in several places.
    FirstHandlingOfDenunciationInSeveralPlaces,
    /// To handle an incoming document whose author set no day.
    HandleIncomingDocument,
    /// A term that an office sets for itself; the file has none of these.
    Own,
}

/// In what a term is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Working days (ngày làm việc).
    Working,
    /// Calendar days (ngày).
    Calendar,
}

/// A term, as it holds for acts of a span of days.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// What it is for.
    pub subject: TermSubject,
    /// Its length; the first day is not counted.
    pub days: u32,
    /// In what it is counted.
    pub unit: Unit,
    /// Whether an end on a day off moves to the next working day. Working days never end on one.
    pub roll: bool,
    /// The instrument that sets it, or the habit.
    pub instrument: String,
    /// The first day of acts to which it applies.
    pub valid_from: Day,
    /// The first day of acts to which it no longer applies.
    pub valid_to: Option<Day>,
    /// How sure we are.
    pub mark: Mark,
}

/// The term that an act of `day` starts: for a complaint, the day on which it was received.
#[must_use]
pub fn in_force(subject: TermSubject, day: Day) -> Option<&'static Term> {
    TERMS.iter().find(|term| term.subject == subject && holds(term.valid_from, term.valid_to, day))
}

/// Every term, as the file has them.
#[must_use]
pub fn all() -> &'static [Term] {
    &TERMS
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    term: Vec<Term>,
}

const FILE: &str = include_str!("../data/terms.toml");

/// A test keeps the file readable; were it not, no term would be known.
static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| parse().unwrap_or_default());

fn parse() -> Result<Vec<Term>, toml::de::Error> {
    toml::from_str(FILE).map(|File { term }| term)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        counting::bounded,
        validity::{is_forward, overlap},
    };

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_file_is_consistent() {
        let terms = parse().unwrap();
        for (index, term) in terms.iter().enumerate() {
            assert!(term.days > 0 && bounded(term.days).is_ok() && term.subject != TermSubject::Own, "{term:?}");
            assert!(is_forward(term.valid_from, term.valid_to) && !term.instrument.is_empty(), "{term:?}");
            for other in &terms[index + 1..] {
                let spans = overlap((term.valid_from, term.valid_to), (other.valid_from, other.valid_to));
                assert!(term.subject != other.subject || !spans, "{term:?} and {other:?}");
            }
        }
    }

    #[test]
    fn the_day_of_the_act_chooses_the_term() {
        let of = |text| in_force(TermSubject::AcceptComplaint, day(text)).map(|term| (term.days, term.unit));
        assert_eq!(of("2026-06-30"), Some((10, Unit::Calendar)));
        assert_eq!(of("2026-07-01"), Some((7, Unit::Working)));
        assert_eq!(of("2012-06-30"), None);
        let habit = in_force(TermSubject::HandleIncomingDocument, day("2026-11-22")).unwrap();
        assert_eq!((habit.days, habit.unit, habit.roll), (10, Unit::Calendar, true));
        assert!(!habit.mark.is_verified());
        let several = TermSubject::FirstHandlingOfDenunciationInSeveralPlaces;
        for (subject, days) in [(TermSubject::FirstHandlingOfDenunciation, 7), (several, 10)] {
            let term = in_force(subject, day("2026-11-22")).unwrap();
            assert_eq!((term.days, term.unit), (days, Unit::Working));
        }
    }
}

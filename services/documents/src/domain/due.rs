//! The due day of an incoming document, and why it is that day. Extensions are the business of `programme`.

use rules::{Deadline, Known, Term, TermSubject, term};
use wire::{Day, Lang};

/// A due day with its reason in Vietnamese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// The day.
    pub(crate) day: Day,
    /// Why it is that day.
    pub(crate) reason: String,
}

/// What an office reckons its days with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reckoning<'a> {
    /// Its calendar, as it is known.
    pub(crate) known: Known<'a>,
    /// The term that it set for what arrives without a day.
    pub(crate) own: Option<&'a Term>,
}

impl<'a> From<Known<'a>> for Reckoning<'a> {
    fn from(known: Known<'a>) -> Self {
        Self { known, own: None }
    }
}

/// The due day of a document to be processed: as decided, else as the sender stated, else by the office's own term, else by the
/// usual one for what arrived on `arrived`. Nothing when no term is known for that day.
pub(crate) fn of(decided: Option<Day>, stated: Option<Day>, arrived: Day, reckoning: Reckoning<'_>) -> Option<Due> {
    let told = |day, reason: &str| Due { day, reason: reason.to_owned() };
    let decided = decided.map(|day| told(day, "Hạn do người cho ý kiến xử lý đặt."));
    let stated = stated.map(|day| told(day, "Hạn do cơ quan gửi văn bản nêu."));
    decided.or(stated).or_else(|| usual(arrived, reckoning))
}

fn usual(arrived: Day, reckoning: Reckoning<'_>) -> Option<Due> {
    let of_custom = || term::in_force(TermSubject::HandleIncomingDocument, arrived);
    let term = reckoning.own.or_else(of_custom)?;
    let deadline = Deadline::count(arrived, term, &[], reckoning.known).ok()?;
    Some(Due { day: deadline.due()?, reason: deadline.explain(Lang::Vi) })
}

#[cfg(test)]
mod tests {
    use rules::{Calendar, Closure};

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn who_decided_stands_before_who_stated_before_the_usual_term() {
        let (decided, stated, arrived) = (day("2026-12-01"), day("2026-12-08"), day("2026-11-19"));
        let known = Reckoning::from(Calendar::national().as_known_on(arrived));
        assert_eq!(of(Some(decided), Some(stated), arrived, known).unwrap().day, decided);
        assert_eq!(of(None, Some(stated), arrived, known).unwrap().day, stated);
        // Ten calendar days end on Sunday the 29th and roll to Monday.
        let usual = of(None, None, arrived, known).unwrap();
        assert_eq!(usual.day, day("2026-11-30"));
        assert!(usual.reason.contains("10 ngày"), "{}", usual.reason);
    }

    #[test]
    fn before_any_known_term_there_is_no_usual_day() {
        let known = Reckoning::from(Calendar::national().as_known_on(day("2026-11-20")));
        assert_eq!(of(None, None, day("2020-03-02"), known), None);
    }

    #[test]
    fn a_term_that_ends_while_the_office_is_shut_ends_on_its_next_working_day_and_says_why() {
        let (arrived, shut) = (day("2026-11-20"), (day("2026-11-30"), day("2026-12-01")));
        let (reason, instrument) = ("bão số 9".to_owned(), "45-TB/ĐU".to_owned());
        let closure = Closure { first: shut.0, last: shut.1, reason, instrument, known_on: arrived };
        let office = Calendar::of_office(&[closure]);
        let due = of(None, None, arrived, office.as_known_on(arrived).into()).unwrap();
        assert_eq!(due.day, day("2026-12-02"));
        assert!(due.reason.contains("bão số 9, 45-TB/ĐU"), "{}", due.reason);
    }
}

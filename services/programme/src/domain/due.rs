//! The due day: how it is set when work is given, and what is left of it on a day.
//!
//! After that only two acts move it: an approved extension and a pause that a legal rule orders ([`extensions`]).
//!
//! [`extensions`]: super::extensions

use rules::{Deadline, Known, Mark, Term, TermSubject, Unit, term};
use schema_documents::IncomingDocument;
use schema_programme::{Assign, AssignmentDueBasis, AssignmentDueReason, AssignmentTermUnit, Refusal};
use text::date::in_figures;
use wire::{Day, Lang};

/// A due day with its reason.
pub(crate) type Due = (Day, AssignmentDueReason);

/// The due day of work given today, the day whose calendar is `known`: the day or the term that is named, else the due day of the document it comes
/// from, else the usual term of offices, which says of itself that it is practice and not law.
///
/// The document's own day stands even when it has passed: the work is overdue from the start, and giving it late wipes
/// nothing out. Nor may it be given for a later day than that: more time is an extension, which somebody else decides.
pub(crate) fn first(
    order: &Assign,
    source: &str,
    document: Option<&IncomingDocument>,
    known: Known<'_>,
) -> Result<Due, Refusal> {
    let today = known.known_on();
    let source_due = document.and_then(|document| document.due);
    let (day, reason) = match (order.due, order.term, source_due) {
        (Some(_), Some(_), _) => return Err(Refusal::DueTwice),
        (Some(day), None, _) => named(day),
        (None, Some(asked), _) => {
            let unit = match asked.unit {
                AssignmentTermUnit::WorkingDays => Unit::Working,
                AssignmentTermUnit::CalendarDays => Unit::Calendar,
            };
            let term = Term {
                subject: TermSubject::Own,
                days: u32::from(asked.days),
                unit,
                roll: true,
                instrument: source.to_owned(),
                valid_from: today,
                valid_to: None,
                mark: Mark::Verified,
            };
            counted(known, &term, AssignmentDueBasis::Term)?
        }
        (None, None, Some(day)) => of_source(day, source),
        (None, None, None) => {
            let usual = term::in_force(TermSubject::HandleIncomingDocument, today);
            let usual = usual.ok_or_else(|| Refusal::TermUnusable { why: "no usual term is known".to_owned() })?;
            counted(known, usual, AssignmentDueBasis::Practice)?
        }
    };
    match source_due {
        Some(due) if day == due => Ok((day, reason)),
        _ if day < today => Err(Refusal::DuePast { due: day }),
        Some(due) if day > due => Err(Refusal::DueAfterSource { due }),
        _ => Ok((day, reason)),
    }
}

/// In which days the term was counted that gave a due day; nothing where a day was named.
pub(crate) fn term_unit(order: &Assign, basis: AssignmentDueBasis, today: Day) -> Option<AssignmentTermUnit> {
    match basis {
        AssignmentDueBasis::Term => order.term.map(|term| term.unit),
        AssignmentDueBasis::Practice => {
            term::in_force(TermSubject::HandleIncomingDocument, today).map(|usual| match usual.unit {
                Unit::Working => AssignmentTermUnit::WorkingDays,
                Unit::Calendar => AssignmentTermUnit::CalendarDays,
            })
        }
        _ => None,
    }
}

/// Calendar days left on a day: 0 on the last day, below 0 when overdue. Nothing but the two days counts.
pub(crate) fn days_left(due: Day, on: Day) -> i64 {
    (due.0 - on.0).whole_days()
}

fn named(day: Day) -> Due {
    let vi = format!("Hạn {} ghi khi giao việc.", in_figures(day.0));
    let en = format!("Due {day}, as named when the work was given.");
    (day, AssignmentDueReason { basis: AssignmentDueBasis::Day, vi, en })
}

fn of_source(day: Day, source: &str) -> Due {
    let vi = format!("Hạn {} theo {source}.", in_figures(day.0));
    let en = format!("Due {day}, the due day of {source}.");
    (day, AssignmentDueReason { basis: AssignmentDueBasis::Source, vi, en })
}

fn counted(known: Known<'_>, term: &Term, basis: AssignmentDueBasis) -> Result<Due, Refusal> {
    let unusable = |why: String| Refusal::TermUnusable { why };
    let deadline = Deadline::count(known.known_on(), term, &[], known).map_err(|why| unusable(why.to_string()))?;
    let day = deadline.due().ok_or_else(|| unusable("it does not run".to_owned()))?;
    let (vi, en) = (deadline.explain(Lang::Vi), deadline.explain(Lang::En));
    Ok((day, AssignmentDueReason { basis, vi, en }))
}

#[cfg(test)]
mod tests {
    use rules::{Calendar, Closure};
    use schema_programme::AssignmentTerm;

    use super::*;
    use crate::domain::sample;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn on(today: &str) -> Known<'static> {
        Calendar::national().as_known_on(day(today))
    }

    fn ask(due: Option<&str>, term: Option<(u16, AssignmentTermUnit)>, today: &str) -> Result<Due, Refusal> {
        let term = term.map(|(days, unit)| AssignmentTerm { days, unit });
        let order = Assign { due: due.map(day), term, ..sample::order() };
        first(&order, "Công văn số 12-CV/TU", None, on(today))
    }

    #[test]
    fn a_term_is_counted_by_the_calendar_and_says_why() {
        // 24/11 is a day off from 2026 on.
        let (due, reason) = ask(None, Some((5, AssignmentTermUnit::WorkingDays)), "2026-11-20").unwrap();
        assert_eq!((due, reason.basis), (day("2026-11-30"), AssignmentDueBasis::Term));
        assert!(reason.vi.contains("24/11") && reason.vi.contains("12-CV/TU"), "{}", reason.vi);
        let (due, _) = ask(None, Some((30, AssignmentTermUnit::CalendarDays)), "2026-10-25").unwrap();
        assert_eq!(due, day("2026-11-25"), "an end on a day off moves on");
    }

    #[test]
    fn a_term_passes_over_the_days_on_which_its_office_is_shut_and_names_the_decision() {
        let shut = Closure {
            first: day("2026-11-26"),
            last: day("2026-11-27"),
            reason: "bão số 9".to_owned(),
            instrument: "45-TB/ĐU".to_owned(),
            known_on: day("2026-11-20"),
        };
        let office = Calendar::of_office(&[shut]);
        let term = Some(AssignmentTerm { days: 5, unit: AssignmentTermUnit::WorkingDays });
        let order = Assign { due: None, term, ..sample::order() };
        let counted = |calendar: &Calendar, today: &str| {
            first(&order, "Công văn", None, calendar.as_known_on(day(today))).unwrap()
        };
        let (due, reason) = counted(&office, "2026-11-20");
        assert_eq!(due, day("2026-12-02"), "two days later than elsewhere");
        assert!(reason.vi.contains("bão số 9, 45-TB/ĐU"), "{}", reason.vi);
        assert_eq!(counted(&office, "2026-11-19"), counted(Calendar::national(), "2026-11-19"), "before it was known");
    }

    #[test]
    fn without_day_and_term_the_usual_term_counts_and_says_that_it_is_no_law() {
        let (due, reason) = ask(None, None, "2026-11-20").unwrap();
        assert_eq!((due, reason.basis), (day("2026-11-30"), AssignmentDueBasis::Practice));
        assert!(reason.vi.contains("không phải quy định"), "{}", reason.vi);
        assert!(reason.en.contains("not law"), "{}", reason.en);
        let (due, _) = ask(None, None, "2026-11-18").unwrap();
        assert_eq!(due, day("2026-11-30"), "28/11/2026 is a Saturday");
    }

    #[test]
    fn a_day_that_was_counted_knows_in_which_days() {
        let (working, calendar) = (AssignmentTermUnit::WorkingDays, AssignmentTermUnit::CalendarDays);
        let term = Some(AssignmentTerm { days: 5, unit: working });
        let table = [
            (term, AssignmentDueBasis::Term, Some(working)),
            (None, AssignmentDueBasis::Practice, Some(calendar)),
            (None, AssignmentDueBasis::Day, None),
            (None, AssignmentDueBasis::Source, None),
        ];
        for (term, basis, unit) in table {
            let order = Assign { due: None, term, ..sample::order() };
            assert_eq!(term_unit(&order, basis, day("2026-11-20")), unit, "{basis:?}");
        }
    }

    #[test]
    fn the_document_gives_its_own_day_unless_another_is_named() {
        let document = IncomingDocument { due: Some(day("2026-12-15")), ..sample::incoming() };
        let order = Assign { due: None, term: None, ..sample::order() };
        let (due, reason) = first(&order, "Công văn", Some(&document), on("2026-11-20")).unwrap();
        assert_eq!((due, reason.basis), (day("2026-12-15"), AssignmentDueBasis::Source));
        let order = Assign { due: Some(day("2026-12-01")), ..order };
        let (due, reason) = first(&order, "Công văn", Some(&document), on("2026-11-20")).unwrap();
        assert_eq!((due, reason.basis), (day("2026-12-01"), AssignmentDueBasis::Day));
    }

    #[test]
    fn giving_work_late_does_not_wipe_out_that_its_document_is_overdue() {
        let due = day("2026-11-20");
        let document = IncomingDocument { due: Some(due), ..sample::incoming() };
        let given = |due: Option<&str>, term| {
            let order = Assign { due: due.map(day), term, ..sample::order() };
            first(&order, "Công văn", Some(&document), on("2026-11-22")).map(|(due, reason)| (due, reason.basis))
        };
        assert_eq!(given(None, None), Ok((due, AssignmentDueBasis::Source)));
        assert_eq!(given(Some("2026-11-20"), None), Ok((due, AssignmentDueBasis::Day)), "the same day, named");
        assert_eq!(given(Some("2026-11-19"), None), Err(Refusal::DuePast { due: day("2026-11-19") }));
        assert_eq!(given(Some("2026-11-21"), None), Err(Refusal::DuePast { due: day("2026-11-21") }));
        assert_eq!(given(Some("2026-11-22"), None), Err(Refusal::DueAfterSource { due }));
        let term = AssignmentTerm { days: 1, unit: AssignmentTermUnit::WorkingDays };
        assert_eq!(given(None, Some(term)), Err(Refusal::DueAfterSource { due }));
    }

    #[test]
    fn what_gives_no_usable_day_is_refused() {
        let working = Some((1, AssignmentTermUnit::WorkingDays));
        assert_eq!(ask(Some("2026-12-01"), working, "2026-11-20"), Err(Refusal::DueTwice));
        assert_eq!(ask(Some("2026-11-19"), None, "2026-11-20"), Err(Refusal::DuePast { due: day("2026-11-19") }));
        assert!(ask(Some("2026-11-20"), None, "2026-11-20").is_ok(), "today is not past");
        let none = Some((0, AssignmentTermUnit::WorkingDays));
        assert!(matches!(ask(None, none, "2026-11-20"), Err(Refusal::TermUnusable { .. })));
    }

    #[test]
    fn the_last_day_is_not_overdue() {
        let due = day("2026-11-20");
        let table = [("2026-11-18", 2), ("2026-11-20", 0), ("2026-11-21", -1), ("2026-12-20", -30)];
        for (on, left) in table {
            assert_eq!(days_left(due, day(on)), left, "{on}");
        }
    }
}

//! Terms: setting the office's own, and trying one on a day.

use rules::{Deadline, Mark, Term, TermSubject, Unit, term};
use schema_documents::{
    HandlingTerm, IncomingDocument, SetHandlingTerm, TermEffect, TermPurpose, TermRefusal, TermTrial, TermUnit,
};
use wire::{Day, Fault, Lang};

use super::{
    due::{self, Reckoning},
    field::{self, limit},
};

/// The longest term, in days.
const MOST: u32 = 365;

const SUBJECTS: [(TermPurpose, TermSubject); 4] = [
    (TermPurpose::HandleIncoming, TermSubject::HandleIncomingDocument),
    (TermPurpose::AcceptComplaint, TermSubject::AcceptComplaint),
    (TermPurpose::FirstHandlingOfDenunciation, TermSubject::FirstHandlingOfDenunciation),
    (TermPurpose::FirstHandlingOfDenunciationInSeveralPlaces, TermSubject::FirstHandlingOfDenunciationInSeveralPlaces),
];

/// The terms of law and custom.
pub(crate) fn known() -> Vec<HandlingTerm> {
    let of = |subject| SUBJECTS.iter().find(|(_, known)| *known == subject).map(|(purpose, _)| *purpose);
    term::all().iter().filter_map(|term| Some(shown(term, of(term.subject)?))).collect()
}

fn shown(term: &Term, purpose: TermPurpose) -> HandlingTerm {
    HandlingTerm {
        purpose,
        days: term.days,
        unit: match term.unit {
            Unit::Working => TermUnit::Working,
            Unit::Calendar => TermUnit::Calendar,
        },
        roll: term.roll,
        instrument: term.instrument.clone(),
        verified: term.mark.is_verified(),
        valid_from: term.valid_from,
        valid_to: term.valid_to,
        own: None,
    }
}

/// The office's own term that is to be set.
pub(crate) fn set(call: &SetHandlingTerm, today: Day) -> Result<HandlingTerm, Fault> {
    fits(call.days)?;
    if call.from < today {
        return Err(TermRefusal::TermBackdated.into());
    }
    Ok(HandlingTerm {
        purpose: TermPurpose::HandleIncoming,
        days: call.days,
        unit: call.unit,
        roll: true,
        instrument: field::line("decision", &call.decision, limit::NAME)?,
        verified: false,
        valid_from: call.from,
        valid_to: None,
        own: None,
    })
}

fn fits(days: u32) -> Result<(), TermRefusal> {
    if (1..=MOST).contains(&days) { Ok(()) } else { Err(TermRefusal::TermDaysUnfit { most: MOST }) }
}

/// Another length than the one in force.
pub(crate) fn another(days: u32, unit: Option<TermUnit>, from: Day) -> Result<Term, TermRefusal> {
    fits(days)?;
    Ok(Term {
        subject: TermSubject::Own,
        days,
        unit: if unit == Some(TermUnit::Calendar) { Unit::Calendar } else { Unit::Working },
        roll: true,
        instrument: "thời hạn thử".to_owned(),
        valid_from: from,
        valid_to: None,
        mark: Mark::Practice,
    })
}

/// When a term ends that begins on a day: the one given, else the office's own, else that of law or custom.
pub(crate) fn tried(
    given: Option<&Term>,
    purpose: TermPurpose,
    start: Day,
    reckoning: Reckoning<'_>,
) -> Result<TermTrial, TermRefusal> {
    let own = reckoning.own.filter(|_| purpose == TermPurpose::HandleIncoming);
    let subject = SUBJECTS.iter().find(|(known, _)| *known == purpose).map(|(_, subject)| *subject);
    let in_force = || term::in_force(subject?, start);
    let term = given.or(own).or_else(in_force).ok_or(TermRefusal::TermUnknown)?;
    let deadline = Deadline::count(start, term, &[], reckoning.known).map_err(|_| TermRefusal::TermUnknown)?;
    let due = deadline.due().ok_or(TermRefusal::TermUnknown)?;
    Ok(TermTrial { due, reason: deadline.explain(Lang::Vi), provisional: deadline.is_provisional(), effect: None })
}

/// What another length would have done to documents that have the usual day.
pub(crate) fn effect(documents: &[IncomingDocument], other: &Term, reckoning: Reckoning<'_>) -> TermEffect {
    let mut effect = TermEffect { looked_at: 0, changed: 0, earlier: 0, later: 0 };
    for document in documents {
        let usual = due::of(None, None, document.arrived, reckoning).map(|due| due.day);
        let Some(day) = document.due.filter(|day| document.due_stated.is_none() && Some(*day) == usual) else {
            continue;
        };
        effect.looked_at += 1;
        let otherwise = Deadline::count(document.arrived, other, &[], reckoning.known).ok().and_then(|one| one.due());
        let shift = otherwise.map_or(0, |otherwise| (otherwise.0 - day.0).whole_days());
        if shift != 0 {
            let by = u32::try_from(shift.unsigned_abs()).unwrap_or(u32::MAX);
            effect.changed += 1;
            let most = if shift < 0 { &mut effect.earlier } else { &mut effect.later };
            *most = by.max(*most);
        }
    }
    effect
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_term_given_stands_before_the_offices_own_before_the_usual_one() {
        let (start, known) = (day("2026-10-05"), rules::Calendar::national().as_known_on(day("2026-10-05")));
        let own = another(5, Some(TermUnit::Working), start).unwrap();
        let with_own = Reckoning { known, own: Some(&own) };
        let of =
            |given: Option<&Term>, reckoning| tried(given, TermPurpose::HandleIncoming, start, reckoning).unwrap().due;
        assert_eq!(of(None, Reckoning::from(known)), day("2026-10-15"), "ten days");
        assert_eq!(of(None, with_own), day("2026-10-12"));
        assert_eq!(of(Some(&another(1, None, start).unwrap()), with_own), day("2026-10-06"));
        let complaint = tried(None, TermPurpose::AcceptComplaint, start, with_own).unwrap();
        assert!(complaint.reason.contains("155/2026"), "its own law: {}", complaint.reason);
        assert_eq!(tried(None, TermPurpose::Unknown, start, with_own), Err(TermRefusal::TermUnknown));
        assert!(another(0, None, start).is_err() && another(366, None, start).is_err());
    }

    #[test]
    fn the_effect_counts_those_with_the_usual_day() {
        let known = rules::Calendar::national().as_known_on(day("2026-10-05"));
        let reckoning = Reckoning::from(known);
        let usual = IncomingDocument {
            arrived: day("2026-10-05"),
            due: Some(day("2026-10-15")),
            due_stated: None,
            ..sample::incoming()
        };
        let decided = IncomingDocument { due: Some(day("2026-10-08")), ..usual.clone() };
        let other = another(5, None, day("2026-10-05")).unwrap();
        let found = effect(&[usual, decided], &other, reckoning);
        assert_eq!((found.looked_at, found.changed, found.earlier, found.later), (1, 1, 3, 0));
    }
}

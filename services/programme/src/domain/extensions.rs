//! The only two ways to move a due day: an extension that somebody else approves, and a pause that a legal rule orders.

use rules::{Calendar, Known};
use schema_programme::{
    AskExtension, Assignment, AssignmentAct, AssignmentActor, AssignmentDueBasis, AssignmentDueReason,
    AssignmentExtension, AssignmentExtensionState, AssignmentPause, AssignmentTermUnit, DecideExtension,
    PauseAssignment, Refusal,
};
use text::date::in_figures;
use wire::{Day, Instant};

use crate::domain::{
    change::{Change, Hand, step, told},
    due::days_left,
    oversight::handles,
    wording,
};

/// Asks for a later day. The due day stands until somebody approves.
pub(crate) fn ask(
    current: Assignment,
    call: &AskExtension,
    by: AssignmentActor,
    at: Instant,
) -> Result<Change, Refusal> {
    if let Some(pending) = current.asked_extension() {
        return Err(Refusal::ExtensionPending { until: pending.until });
    }
    if call.until <= current.due || call.until < at.day() {
        return Err(Refusal::ExtensionNotLater { due: current.due });
    }
    let reason = wording::reason(&call.reason)?;
    let mut after = step(current, AssignmentAct::AskExtension)?;
    after.extensions.push(AssignmentExtension {
        asked_by: by,
        asked_at: at,
        until: call.until,
        reason: reason.clone(),
        state: AssignmentExtensionState::Asked,
        decided_by: None,
        decided_at: None,
        answer: None,
    });
    Ok(told(after, AssignmentAct::AskExtension, Hand { by: Some(by), at }, Some(reason)))
}

/// Approves or refuses the extension that waits. Whoever asked for it does not decide it, nor does the handler, who owes
/// the work also when a colleague asked, nor anybody else in the position of either.
pub(crate) fn decide(
    current: Assignment,
    call: &DecideExtension,
    by: AssignmentActor,
    at: Instant,
) -> Result<Change, Refusal> {
    let act = if call.approve { AssignmentAct::ApproveExtension } else { AssignmentAct::RefuseExtension };
    let mut after = step(current, act)?;
    let (due, own) = (after.due, handles(&after, by));
    let pending = match after.extensions.last_mut() {
        Some(last) if last.state == AssignmentExtensionState::Asked => last,
        _ => return Err(Refusal::ExtensionNotAsked),
    };
    let asked = pending.asked_by;
    let asks = by.parties().any(|party| asked.parties().any(|other| other == party));
    if own || asks || asked.position == by.position {
        return Err(Refusal::OwnExtension);
    }
    let answer = call.answer.as_deref().filter(|answer| !answer.trim().is_empty());
    let answer = answer.map(|answer| wording::note("answer", answer, Refusal::ReasonMissing)).transpose()?;
    pending.state = if call.approve { AssignmentExtensionState::Approved } else { AssignmentExtensionState::Refused };
    pending.decided_by = Some(by);
    pending.decided_at = Some(at);
    pending.answer.clone_from(&answer);
    if call.approve {
        let (until, reason) = (pending.until, extended(due, pending));
        after.due = until;
        after.due_reason = reason;
    }
    Ok(told(after, act, Hand { by: Some(by), at }, answer))
}

/// Lets an undecided extension lapse: there is nothing to extend any more.
pub(crate) fn lapse(extensions: &mut [AssignmentExtension], at: Instant) {
    if let Some(pending) = extensions.last_mut().filter(|last| last.state == AssignmentExtensionState::Asked) {
        pending.state = AssignmentExtensionState::Lapsed;
        pending.decided_at = Some(at);
    }
}

/// Moves the due day by the days that a pause takes which a legal rule orders ([`resumed`]). An undecided extension
/// that asked for no more than that lapses: approving it later would take days away.
pub(crate) fn pause(
    current: Assignment,
    call: &PauseAssignment,
    calendar: &Calendar,
    at: Instant,
) -> Result<Change, Refusal> {
    let instrument = wording::line("instrument", &call.instrument, Refusal::PauseUnclear)?;
    let inside = current.assigned_at.day() <= call.from && call.from <= current.due;
    let apart = current.pauses.iter().all(|other| call.until <= other.from || other.until <= call.from);
    if call.until <= call.from || !inside || !apart {
        return Err(Refusal::PauseUnclear);
    }
    let (due, lost) = resumed(&current, call, calendar.as_known_on(at.day())).ok_or(Refusal::PauseUnclear)?;
    let mut after = step(current, AssignmentAct::Pause)?;
    let pause = AssignmentPause { instrument, from: call.from, until: call.until };
    if due != after.due {
        after.due_reason = paused(after.due, due, lost, &pause);
        after.due = due;
    }
    if after.asked_extension().is_some_and(|pending| pending.until <= due) {
        lapse(&mut after.extensions, at);
    }
    let note = pause.instrument.clone();
    after.pauses.push(pause);
    Ok(told(after, AssignmentAct::Pause, Hand { by: None, at }, Some(note)))
}

/// Days that a pause took, in words: working days where the term is counted in them.
struct Lost {
    vi: String,
    en: String,
}

/// The due day after a pause, and the days it took.
///
/// A term in working days lost the working days of the pause, and gets as many: a pause over Tết takes none of the
/// holidays, and one that takes no working day moves nothing. Any other due day moves by the length of the pause in
/// calendar days, on to the next working day. The day the work was given was never counted, so it is not lost.
fn resumed(work: &Assignment, call: &PauseAssignment, known: Known<'_>) -> Option<(Day, Lost)> {
    if work.term_unit == Some(AssignmentTermUnit::WorkingDays) {
        let before = call.from.plus(-1)?.max(work.assigned_at.day());
        let last = call.until.plus(-1)?.max(before);
        let lost = known.count_working_days(before, last).ok()?;
        let due = known.add_working_days(work.due, lost).ok()?;
        return Some((due, Lost { vi: format!("{lost} ngày làm việc"), en: format!("{lost} working days") }));
    }
    let length = days_left(call.until, call.from);
    let due = known.roll(work.due.plus(length)?).ok()?;
    Some((due, Lost { vi: format!("{length} ngày"), en: format!("{length} days") }))
}

fn extended(from: Day, extension: &AssignmentExtension) -> AssignmentDueReason {
    let AssignmentExtension { until, reason, .. } = extension;
    let vi = format!("Gia hạn từ {} đến {}: {reason}", in_figures(from.0), in_figures(until.0));
    let en = format!("Extended from {from} to {until}: {reason}");
    AssignmentDueReason { basis: AssignmentDueBasis::Extension, vi, en }
}

fn paused(before: Day, after: Day, lost: Lost, pause: &AssignmentPause) -> AssignmentDueReason {
    let AssignmentPause { instrument, from, until } = pause;
    let Lost { vi, en } = lost;
    let vi = format!(
        "Lùi hạn từ {} đến {}: tạm dừng {vi}, từ {}, tính tiếp từ {}. Căn cứ: {instrument}.",
        in_figures(before.0),
        in_figures(after.0),
        in_figures(from.0),
        in_figures(until.0),
    );
    let en = format!(
        "Moved from {before} to {after}: paused for {en} from {from}, running again from {until}. \
         Basis: {instrument}."
    );
    AssignmentDueReason { basis: AssignmentDueBasis::Pause, vi, en }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn asked(until: &str) -> Result<Change, Refusal> {
        let call = AskExtension { id: sample::assigned().id, until: day(until), reason: "chờ số liệu".into() };
        ask(sample::assigned(), &call, sample::clerk(), sample::at())
    }

    fn decided(current: Assignment, approve: bool, by: AssignmentActor) -> Result<Change, Refusal> {
        decide(current.clone(), &DecideExtension { id: current.id, approve, answer: None }, by, sample::at())
    }

    #[test]
    fn only_approval_by_another_moves_the_due_day() {
        let before = sample::assigned();
        let waiting = asked("2026-12-31").unwrap().assignment;
        assert_eq!(waiting.due, before.due, "asking moves nothing");
        assert_eq!(decided(waiting.clone(), true, sample::clerk()), Err(Refusal::OwnExtension));
        assert_eq!(decided(waiting.clone(), false, sample::head()).unwrap().assignment.due, before.due);
        let approved = decided(waiting, true, sample::head()).unwrap().assignment;
        assert_eq!((approved.due, approved.original_due), (day("2026-12-31"), before.due));
        assert_eq!(approved.due_reason.basis, AssignmentDueBasis::Extension);
        assert_eq!(decided(approved, true, sample::head()), Err(Refusal::ExtensionNotAsked));
    }

    #[test]
    fn the_handler_does_not_decide_what_a_colleague_asked_for() {
        let due = sample::accepted().due;
        let call = AskExtension { id: sample::accepted().id, until: due.plus(7).unwrap(), reason: "ốm".into() };
        let waiting = ask(sample::accepted(), &call, sample::head(), sample::at()).unwrap().assignment;
        assert_eq!(waiting.handler, Some(sample::clerk().person));
        for approve in [true, false] {
            assert_eq!(decided(waiting.clone(), approve, sample::clerk()), Err(Refusal::OwnExtension));
        }
        let person = wire::id::PersonId(uuid::Uuid::from_u128(35));
        for same_position in [sample::head(), sample::clerk()] {
            let successor = AssignmentActor { person, ..same_position };
            assert_eq!(decided(waiting.clone(), true, successor), Err(Refusal::OwnExtension), "in the same position");
        }
        let position = wire::id::PositionId(uuid::Uuid::from_u128(36));
        let third = AssignmentActor { person, position, on_behalf_of: None };
        let lent = AssignmentActor { on_behalf_of: Some(sample::clerk().person), ..third };
        assert_eq!(decided(waiting.clone(), true, lent), Err(Refusal::OwnExtension), "by the powers of who handles it");
        assert_eq!(decided(waiting, true, third).unwrap().assignment.due, call.until);
    }

    #[test]
    fn an_extension_is_later_and_one_at_a_time() {
        let due = sample::assigned().due;
        assert_eq!(asked(&due.to_string()), Err(Refusal::ExtensionNotLater { due }));
        let call = AskExtension { id: sample::assigned().id, until: day("2027-01-15"), reason: "x".into() };
        let again = ask(asked("2026-12-31").unwrap().assignment, &call, sample::clerk(), sample::at());
        assert_eq!(again, Err(Refusal::ExtensionPending { until: day("2026-12-31") }));
        let long_after = day("2027-06-01").start();
        let past = ask(sample::assigned(), &call, sample::clerk(), long_after);
        assert_eq!(past, Err(Refusal::ExtensionNotLater { due }), "a day that has passed itself");
    }

    /// Work given on Monday 02/02/2026 for a term that ends on a day, paused.
    fn resumed_in(unit: AssignmentTermUnit, due: &str, from: &str, until: &str) -> Assignment {
        let at = day("2026-02-02").start();
        let given = Assignment { assigned_at: at, due: day(due), term_unit: Some(unit), ..sample::accepted() };
        let (from, until, instrument) = (day(from), day(until), "Điều 5".to_owned());
        let call = PauseAssignment { id: given.id, office: given.office, instrument, from, until };
        pause(given, &call, Calendar::national(), at).unwrap().assignment
    }

    #[test]
    fn a_pause_of_a_working_day_term_gives_back_the_working_days_it_took() {
        // The days off of Tết Bính Ngọ run from Saturday 14/02 to Sunday 22/02/2026.
        let table = [
            ("2026-02-06", "2026-02-04", "2026-02-06", "2026-02-10", "two working days, over a weekend"),
            ("2026-02-06", "2026-02-06", "2026-02-10", "2026-02-10", "four days, two of them a weekend"),
            ("2026-02-10", "2026-02-07", "2026-02-09", "2026-02-10", "a weekend takes nothing"),
            ("2026-02-24", "2026-02-14", "2026-02-23", "2026-02-24", "nor do the days off of Tết"),
            ("2026-02-24", "2026-02-13", "2026-02-24", "2026-02-26", "over Tết only the days around it are lost"),
            ("2026-02-13", "2026-02-09", "2026-02-11", "2026-02-24", "two days lost before Tết run after it"),
            ("2026-02-04", "2026-02-02", "2026-02-04", "2026-02-05", "the day it was given was not counted"),
        ];
        for (due, from, until, after, why) in table {
            let moved = resumed_in(AssignmentTermUnit::WorkingDays, due, from, until);
            assert_eq!(moved.due, day(after), "{why}: {from} to {until}");
            let by_pause = moved.due_reason.basis == AssignmentDueBasis::Pause;
            assert_eq!(by_pause, due != after, "{why}: {}", moved.due_reason.vi);
        }
        let (due, from, until) = ("2026-02-24", "2026-02-13", "2026-02-24");
        let moved = resumed_in(AssignmentTermUnit::WorkingDays, due, from, until);
        assert!(moved.due_reason.vi.contains("tạm dừng 2 ngày làm việc"), "{}", moved.due_reason.vi);
        assert!(moved.due_reason.en.contains("paused for 2 working days"), "{}", moved.due_reason.en);
        let moved = resumed_in(AssignmentTermUnit::CalendarDays, due, from, until);
        assert_eq!(moved.due, day("2026-03-09"), "eleven calendar days, and on from a Saturday");
        assert!(moved.due_reason.vi.contains("tạm dừng 11 ngày,"), "{}", moved.due_reason.vi);
    }

    #[test]
    fn a_pause_moves_the_due_day_by_its_length_to_a_working_day() {
        let paused = |from: &str, until: &str| {
            let (from, until, office) = (day(from), day(until), sample::OFFICE);
            let call =
                PauseAssignment { id: sample::assigned().id, office, instrument: "Điều 5".into(), from, until };
            pause(sample::assigned(), &call, Calendar::national(), sample::at()).map(|change| change.assignment)
        };
        // Due Thursday 03/12; two days later is Saturday.
        let moved = paused("2026-11-25", "2026-11-27").unwrap();
        assert_eq!((moved.due, moved.due_reason.basis), (day("2026-12-07"), AssignmentDueBasis::Pause));
        assert!(moved.due_reason.vi.contains("Điều 5"), "{}", moved.due_reason.vi);
        for (from, until) in [("2026-11-25", "2026-11-25"), ("2026-11-19", "2026-11-25"), ("2026-12-04", "2026-12-08")]
        {
            assert_eq!(paused(from, until), Err(Refusal::PauseUnclear), "{from} to {until}");
        }
        let beside = |until| {
            let waiting = asked(until).unwrap().assignment;
            let (from, until, office) = (day("2026-11-25"), day("2026-11-27"), sample::OFFICE);
            let call = PauseAssignment { id: waiting.id, office, instrument: "Điều 5".into(), from, until };
            pause(waiting, &call, Calendar::national(), sample::at()).unwrap().assignment.asked_extension().is_some()
        };
        assert!(beside("2026-12-08"), "an extension beyond the pause still waits");
        assert!(!beside("2026-12-07"), "one that the pause has overtaken does not");
        let call = PauseAssignment {
            id: moved.id,
            office: sample::OFFICE,
            instrument: "Điều 5".into(),
            from: day("2026-11-26"),
            until: day("2026-11-30"),
        };
        assert_eq!(
            pause(moved, &call, Calendar::national(), sample::at()),
            Err(Refusal::PauseUnclear),
            "across another pause"
        );
    }
}

//! Waiting: dated, half-open, one at a time. It is shown beside the overdue mark and never moves the due day; only the
//! time of the process is counted without it.

use std::time::Duration;

use schema_programme::{Assignment, AssignmentAct, AssignmentWait, BeginWait, Refusal};
use wire::Instant;

use crate::domain::{
    change::{Change, Hand, step, told},
    petition,
    units::KnownUnit,
    wording,
};

/// The work is blocked on someone. `unit` is the unit that the call names, as this service knows it.
pub(crate) fn begin(
    current: Assignment,
    call: &BeginWait,
    unit: Option<&KnownUnit>,
    hand: Hand,
) -> Result<Change, Refusal> {
    if let Some(open) = current.waiting() {
        return Err(Refusal::AlreadyWaiting { on: open.on.clone() });
    }
    if call.on_unit == Some(current.lead_unit) {
        return Err(Refusal::WaitOnLead);
    }
    // Beside the name of a unit nothing is typed about a petition.
    let named = unit.filter(|_| call.on.trim().is_empty() || petition::is_source_of(&current));
    let said = named.map_or(call.on.as_str(), |unit| &unit.name);
    let on = wording::line("on", said, Refusal::WaitUnclear)?;
    let mut after = step(current, AssignmentAct::BeginWait)?;
    // A clock that was set back must not make two waits overlap.
    let earlier_end = after.waits.last().and_then(|wait| wait.to);
    let from = earlier_end.map_or(hand.at, |end| hand.at.max(end));
    after.waits.push(AssignmentWait { on_unit: call.on_unit, on: on.clone(), from, to: None });
    Ok(told(after, AssignmentAct::BeginWait, hand, Some(on)))
}

/// The wait is over.
pub(crate) fn end(current: Assignment, hand: Hand) -> Result<Change, Refusal> {
    let on = current.waiting().map(|wait| wait.on.clone()).ok_or(Refusal::NotWaiting)?;
    let mut after = step(current, AssignmentAct::EndWait)?;
    finish(&mut after.waits, hand.at);
    Ok(told(after, AssignmentAct::EndWait, hand, Some(on)))
}

/// Ends the wait that is open, if one is: nobody waits for work that is done or withdrawn.
pub(crate) fn finish(waits: &mut [AssignmentWait], at: Instant) {
    if let Some(open) = waits.last_mut().filter(|wait| wait.to.is_none()) {
        open.to = Some(at.max(open.from));
    }
}

/// The time a process took from `start` to `end`, waits taken out. A figure of process; whether work is overdue does
/// not look at it.
pub(crate) fn process_time(start: Instant, end: Instant, waits: &[AssignmentWait]) -> Duration {
    let waited: Duration = waits.iter().map(|wait| wait.to.unwrap_or(end).min(end).since(wait.from.max(start))).sum();
    end.since(start).saturating_sub(waited)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample;

    fn at(hour: i64) -> Instant {
        Instant::from_micros(hour * 3_600_000_000)
    }

    fn wait(from: i64, to: Option<i64>) -> AssignmentWait {
        AssignmentWait { on_unit: None, on: "bưu điện".into(), from: at(from), to: to.map(at) }
    }

    #[test]
    fn process_time_leaves_waits_out_and_nothing_else() {
        let table: [(&[AssignmentWait], i64, i64, u64); 6] = [
            (&[], 0, 10, 10),
            (&[wait(2, Some(5))], 0, 10, 7),
            (&[wait(2, None)], 0, 10, 2),
            (&[wait(2, Some(5)), wait(5, Some(6))], 0, 10, 6),
            (&[wait(2, Some(20))], 4, 10, 0),
            (&[wait(12, Some(20))], 0, 10, 10),
        ];
        for (waits, start, end, hours) in table {
            let time = process_time(at(start), at(end), waits);
            assert_eq!(time, Duration::from_secs(hours * 3600), "{waits:?} in {start}..{end}");
        }
    }

    #[test]
    fn a_clock_set_back_does_not_make_waits_overlap() {
        let before = Assignment { waits: vec![wait(2, Some(5))], ..sample::accepted() };
        let call = BeginWait { id: before.id, on_unit: None, on: "bưu điện".into() };
        let after = begin(before, &call, None, Hand { by: None, at: at(3) }).unwrap().assignment;
        assert_eq!(after.waits, [wait(2, Some(5)), wait(5, None)]);
    }

    #[test]
    fn a_wait_ends_not_before_it_began() {
        let mut waits = [wait(5, None)];
        finish(&mut waits, at(3));
        assert_eq!(waits, [wait(5, Some(5))]);
        finish(&mut waits, at(9));
        assert_eq!(waits, [wait(5, Some(5))]);
    }
}

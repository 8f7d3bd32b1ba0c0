//! Acts upon an entry of the calendar: what each makes of it, and the record that tells of it.

use schema_programme::{
    AssignmentActor, CalendarAct, CalendarEntry, CalendarRecord, CalendarState, ProposeCalendarEntry, Refusal,
    SeenConflict,
};
use wire::{
    Instant, Version,
    id::{CalendarEntryId, UnitId},
};

use crate::domain::{
    calendar::{
        content::{Facts, Said, say},
        state,
    },
    wording,
};

/// An entry after an act, with the record that tells of it. The two are stored together or not at all.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    /// The entry after the act.
    pub(crate) entry: CalendarEntry,
    /// The record of the act.
    pub(crate) record: CalendarRecord,
}

/// Who acts, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hand {
    /// Who, in which position.
    pub(crate) by: AssignmentActor,
    /// When.
    pub(crate) at: Instant,
}

/// A proposed entry.
pub(crate) fn propose(
    call: &ProposeCalendarEntry,
    (unit, unit_name): (UnitId, Option<String>),
    facts: Facts<'_>,
    id: CalendarEntryId,
    hand: Hand,
) -> Result<Step, Refusal> {
    let said = Said::from(call);
    let blank = CalendarEntry {
        id,
        office: call.office,
        version: Version::FIRST,
        title: String::new(),
        place: None,
        starts: call.starts,
        ends: call.ends,
        leaders: Vec::new(),
        resources: Vec::new(),
        attendees: None,
        preparation: None,
        invitation: call.invitation,
        unit,
        unit_name,
        proposed_by: hand.by,
        proposed_at: hand.at,
        state: CalendarState::Proposed,
        announced: false,
        reason: None,
        conflicts: Vec::new(),
    };
    Ok(told(say(blank, said, facts, hand.at)?, CalendarAct::Propose, hand, Vec::new()))
}

/// The entry as it would be after a change; its conflicts are judged before [`changed`] closes the act.
pub(crate) fn change(
    current: CalendarEntry,
    said: Said<'_>,
    facts: Facts<'_>,
    now: Instant,
) -> Result<CalendarEntry, Refusal> {
    say(moved(current, CalendarAct::Change)?, said, facts, now)
}

/// Closes a change, with the conflicts that were confirmed.
pub(crate) fn changed(entry: CalendarEntry, confirmed: Vec<SeenConflict>, hand: Hand) -> Step {
    told(entry, CalendarAct::Change, hand, confirmed)
}

/// Approves a proposed entry, with the conflicts that were confirmed: from now on the office knows of it.
pub(crate) fn approve(current: CalendarEntry, confirmed: Vec<SeenConflict>, hand: Hand) -> Result<Step, Refusal> {
    let approved = CalendarEntry { announced: true, ..moved(current, CalendarAct::Approve)? };
    Ok(told(approved, CalendarAct::Approve, hand, confirmed))
}

/// Returns a proposed entry to its unit.
pub(crate) fn give_back(current: CalendarEntry, reason: &str, hand: Hand) -> Result<Step, Refusal> {
    with_reason(current, CalendarAct::Return, reason, hand)
}

/// Cancels an entry.
pub(crate) fn cancel(current: CalendarEntry, reason: &str, hand: Hand) -> Result<Step, Refusal> {
    with_reason(current, CalendarAct::Cancel, reason, hand)
}

fn with_reason(current: CalendarEntry, act: CalendarAct, reason: &str, hand: Hand) -> Result<Step, Refusal> {
    let entry = CalendarEntry { reason: Some(wording::reason(reason)?), ..moved(current, act)? };
    Ok(told(entry, act, hand, Vec::new()))
}

/// The entry in the state and version after an act, or the refusal.
fn moved(current: CalendarEntry, act: CalendarAct) -> Result<CalendarEntry, Refusal> {
    let state = state::step(current.state, act)?;
    Ok(CalendarEntry { state, version: current.version.next(), ..current })
}

fn told(entry: CalendarEntry, act: CalendarAct, hand: Hand, confirmed: Vec<SeenConflict>) -> Step {
    let record = CalendarRecord {
        entry: entry.id,
        version: entry.version,
        act,
        by: hand.by,
        at: hand.at,
        note: entry.reason.clone(),
        state: entry.state,
        starts: entry.starts,
        ends: entry.ends,
        confirmed,
    };
    Step { entry, record }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{calendar::sample, sample::at};

    fn hand() -> Hand {
        Hand { by: crate::domain::sample::head(), at: at() }
    }

    #[test]
    fn every_act_makes_a_version_and_its_record() {
        let proposed = sample::entry(1);
        let returned = give_back(proposed, "Đề nghị lùi giờ", hand()).unwrap();
        assert_eq!(returned.record.note.as_deref(), Some("Đề nghị lùi giờ"));
        let (positions, resources) = sample::facts();
        let facts = Facts { positions: &positions, resources: &resources };
        let again = change(returned.entry, Said::from(&sample::proposal()), facts, at()).unwrap();
        assert_eq!((again.state, again.reason.as_deref(), again.version), (CalendarState::Proposed, None, Version(3)));
        let approved = approve(changed(again, vec![], hand()).entry, vec![], hand()).unwrap();
        assert!(approved.entry.announced);
        let cancelled = cancel(approved.entry, "Hoãn", hand()).unwrap();
        assert!(cancelled.entry.announced, "the office still knows of it");
        let Step { entry, record } = cancelled;
        assert_eq!((record.version, record.state, record.starts), (entry.version, entry.state, entry.starts));
        assert_eq!(
            cancel(entry, "Hoãn", hand()).map(|_| ()).unwrap_err(),
            Refusal::EntryNotNow { state: "cancelled", act: "cancel", state_vi: "đã hủy", act_vi: "hủy" }
        );
        assert_eq!(cancel(sample::entry(1), " ", hand()).unwrap_err(), Refusal::ReasonMissing);
    }
}

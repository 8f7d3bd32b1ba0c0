//! What those do who gave work or oversee it: remind, return, close, hand over, withdraw. Who that is stands in
//! [`access`](super::access).

use schema_programme::{Assignment, AssignmentAct, AssignmentActor, AssignmentReminder, Refusal};
use wire::{Instant, id::PositionId};

use crate::domain::{
    change::{Change, Hand, step, told},
    extensions,
    units::KnownUnit,
    waits, wording, work,
};

/// Reminds the lead unit that it owes the work; a second time on one day would be noise.
pub(crate) fn remind(
    current: Assignment,
    note: Option<&str>,
    by: AssignmentActor,
    at: Instant,
) -> Result<Change, Refusal> {
    let note = wording::optional_line("note", note)?;
    let mut after = step(current, AssignmentAct::Remind)?;
    if after.reminder.is_some_and(|last| last.at.day() == at.day()) {
        return Err(Refusal::RemindedToday);
    }
    after.reminder = Some(AssignmentReminder { by, at });
    Ok(told(after, AssignmentAct::Remind, Hand { by: Some(by), at }, note))
}

/// Returns work that was reported done: it is owed again, by the same day. Whoever handled it does not judge it.
pub(crate) fn give_back(current: Assignment, reason: &str, hand: Hand) -> Result<Change, Refusal> {
    let reason = wording::reason(reason)?;
    let mut after = step(current, AssignmentAct::Return)?;
    by_another(&after, hand)?;
    after.reason = Some(reason.clone());
    Ok(told(after, AssignmentAct::Return, hand, Some(reason)))
}

/// Finds the work good; whoever handled it does not.
pub(crate) fn close(current: Assignment, hand: Hand) -> Result<Change, Refusal> {
    let after = step(current, AssignmentAct::Close)?;
    by_another(&after, hand)?;
    Ok(told(after, AssignmentAct::Close, hand, None))
}

/// Refuses the handler, who may hold the permission to give work as well, and whoever has the handler's position now.
fn by_another(work: &Assignment, hand: Hand) -> Result<(), Refusal> {
    let own = hand.by.is_some_and(|by| handles(work, by));
    if own { Err(Refusal::OwnWork) } else { Ok(()) }
}

/// Whether it is the handler, or somebody else in the position in which the handler accepted. A deputy is the one they
/// stand in for as well: nobody's work is judged by their own powers, whoever uses these.
pub(crate) fn handles(work: &Assignment, by: AssignmentActor) -> bool {
    let handled = |party| work.handler == Some(party) || work.handler_for == Some(party);
    by.parties().any(handled) || work.handler_position == Some(by.position)
}

/// Gives the work to another lead, who accepts it anew. The due day, the waits and the history stay, save a wait for
/// the new lead itself; an undecided extension lapses, for the new lead may not need it, and so does an escalation.
///
/// Within the unit it passes to another position, or back to the unit from a handler who cannot go on; the lead stays.
pub(crate) fn hand_over(
    current: Assignment,
    lead: KnownUnit,
    position: Option<PositionId>,
    reason: &str,
    hand: Hand,
) -> Result<Change, Refusal> {
    let reason = wording::reason(reason)?;
    let within = lead.id == current.lead_unit;
    if within && position == current.lead_position && current.handler.is_none() {
        return Err(Refusal::SameLead);
    }
    let mut after = step(current, AssignmentAct::HandOver)?;
    if !within {
        after.earlier_leads.push(std::mem::replace(&mut after.lead_unit, lead.id));
    }
    after.lead_unit_name = Some(lead.name);
    after.lead_position = position;
    after.handler = None;
    after.handler_position = None;
    after.handler_for = None;
    after.coordinators.retain(|unit| *unit != lead.id);
    after.escalation = None;
    if after.waiting().is_some_and(|wait| wait.on_unit == Some(lead.id)) {
        waits::finish(&mut after.waits, hand.at);
    }
    extensions::lapse(&mut after.extensions, hand.at);
    after.reason = Some(reason.clone());
    Ok(told(after, AssignmentAct::HandOver, hand, Some(reason)))
}

/// Withdraws the work: nobody owes it any more.
pub(crate) fn withdraw(current: Assignment, reason: &str, hand: Hand) -> Result<Change, Refusal> {
    let reason = wording::reason(reason)?;
    let mut after = step(current, AssignmentAct::Withdraw)?;
    work::settle(&mut after, hand.at);
    after.reason = Some(reason.clone());
    Ok(told(after, AssignmentAct::Withdraw, hand, Some(reason)))
}

#[cfg(test)]
mod tests {
    use schema_programme::AssignmentState;
    use wire::id::PersonId;

    use super::*;
    use crate::domain::sample;

    fn giver() -> Hand {
        Hand { by: Some(sample::head()), at: sample::at() }
    }

    #[test]
    fn a_hand_over_changes_the_lead_and_keeps_the_rest() {
        let mut before = Assignment { coordinators: vec![sample::OTHER_UNIT], ..sample::accepted() };
        before.waits = vec![sample::wait_on(sample::OTHER_UNIT)];
        let lead = KnownUnit { id: sample::OTHER_UNIT, name: "Bộ phận Hành chính".into() };
        let change = hand_over(before.clone(), lead, None, "đúng chức năng hơn", sample::hand()).unwrap();
        let after = &change.assignment;
        assert_eq!((after.lead_unit, after.earlier_leads.as_slice()), (sample::OTHER_UNIT, &[before.lead_unit][..]));
        assert_eq!((after.handler, after.handler_position, after.due), (None, None, before.due));
        assert!(after.coordinators.is_empty(), "a lead does not help itself");
        assert!(after.waiting().is_none(), "nor wait for itself");
        assert_eq!(change.entry.lead_unit, sample::OTHER_UNIT);
    }

    #[test]
    fn within_the_unit_work_passes_from_a_handler_who_left_to_a_colleague() {
        let within = |before: Assignment, position| {
            let unit = KnownUnit { id: before.lead_unit, name: "Bộ phận Tổng hợp".into() };
            hand_over(before, unit, position, "chuyển công tác", giver()).map(|change| change.assignment)
        };
        let open = within(sample::accepted(), None).unwrap();
        assert_eq!((open.state, open.handler), (AssignmentState::Assigned, None));
        assert_eq!((open.lead_unit, open.earlier_leads.len()), (sample::UNIT, 0), "no earlier lead: it is the same");
        assert_eq!(within(open.clone(), None), Err(Refusal::SameLead), "it lies there already");
        let position = Some(sample::clerk().position);
        let addressed = within(open, position).unwrap();
        assert_eq!(addressed.lead_position, position);
        assert_eq!(within(addressed, position), Err(Refusal::SameLead));
    }

    #[test]
    fn whoever_handled_the_work_does_not_judge_it() {
        assert_eq!(close(sample::done(), sample::hand()), Err(Refusal::OwnWork));
        assert_eq!(give_back(sample::done(), "x", sample::hand()), Err(Refusal::OwnWork));
        let successor = AssignmentActor { person: sample::head().person, ..sample::clerk() };
        let by = Hand { by: Some(successor), at: sample::at() };
        assert_eq!(close(sample::done(), by), Err(Refusal::OwnWork), "nor whoever has that position now");
        assert_eq!(close(sample::done(), giver()).unwrap().assignment.state, AssignmentState::Closed);
    }

    #[test]
    fn nobody_judges_their_own_work_through_deputising() {
        let (clerk, head) = (sample::clerk(), sample::head());
        let other = PersonId(uuid::Uuid::from_u128(37));
        let for_clerk = AssignmentActor { person: other, on_behalf_of: Some(clerk.person), ..head };
        let for_head = AssignmentActor { person: other, on_behalf_of: Some(head.person), ..head };
        let by_deputy = Assignment { handler: Some(other), handler_for: Some(clerk.person), ..sample::done() };
        let elsewhere = Assignment { handler_position: None, ..by_deputy.clone() };
        let table = [
            (
                "the handler as the giver's deputy",
                sample::done(),
                AssignmentActor { person: clerk.person, ..for_head },
                false,
            ),
            ("another by the handler's powers", sample::done(), for_clerk, false),
            ("another by the giver's powers", sample::done(), for_head, true),
            ("the deputy who handled it", by_deputy.clone(), AssignmentActor { person: other, ..head }, false),
            ("for whom a deputy handled it", elsewhere, AssignmentActor { person: clerk.person, ..head }, false),
            ("the giver", by_deputy, head, true),
        ];
        for (who, work, by, allowed) in table {
            let judged = close(work, Hand { by: Some(by), at: sample::at() });
            assert_eq!(judged.is_ok(), allowed, "{who}");
            assert!(allowed || judged == Err(Refusal::OwnWork), "{who}");
        }
    }

    #[test]
    fn nothing_is_returned_or_withdrawn_without_a_reason() {
        assert_eq!(give_back(sample::done(), " ", sample::hand()), Err(Refusal::ReasonMissing));
        assert_eq!(withdraw(sample::accepted(), "", sample::hand()), Err(Refusal::ReasonMissing));
        let returned = give_back(sample::done(), "thiếu số liệu", giver()).unwrap().assignment;
        assert!(returned.state.owed());
        assert_eq!(returned.due, sample::done().due);
    }
}

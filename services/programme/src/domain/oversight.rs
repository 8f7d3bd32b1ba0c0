//! What those do who give work, beside giving it: return, close, hand over, withdraw.

use schema_programme::{Assignment, AssignmentAct, Refusal};
use wire::id::PositionId;

use crate::domain::{
    change::{Change, Hand, step, told},
    extensions,
    units::KnownUnit,
    waits, wording, work,
};

/// Returns work that was reported done: it is owed again, by the same day.
pub(crate) fn give_back(current: Assignment, reason: &str, hand: Hand) -> Result<Change, Refusal> {
    let reason = wording::reason(reason)?;
    let mut after = step(current, AssignmentAct::Return)?;
    after.reason = Some(reason.clone());
    Ok(told(after, AssignmentAct::Return, hand, Some(reason)))
}

/// Finds the work good.
pub(crate) fn close(current: Assignment, hand: Hand) -> Result<Change, Refusal> {
    let after = step(current, AssignmentAct::Close)?;
    Ok(told(after, AssignmentAct::Close, hand, None))
}

/// Gives the work to another lead, who accepts it anew. The due day, the waits and the history stay, save a wait for
/// the new lead itself; an undecided extension lapses, for the new lead may not need it, and so does an escalation.
pub(crate) fn hand_over(
    current: Assignment,
    lead: KnownUnit,
    position: Option<PositionId>,
    reason: &str,
    hand: Hand,
) -> Result<Change, Refusal> {
    let reason = wording::reason(reason)?;
    if lead.id == current.lead_unit {
        return Err(Refusal::SameLead);
    }
    let mut after = step(current, AssignmentAct::HandOver)?;
    after.earlier_leads.push(std::mem::replace(&mut after.lead_unit, lead.id));
    after.lead_unit_name = Some(lead.name);
    after.lead_position = position;
    after.handler = None;
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
    use super::*;
    use crate::domain::sample;

    #[test]
    fn a_hand_over_changes_the_lead_and_keeps_the_rest() {
        let mut before = Assignment { coordinators: vec![sample::OTHER_UNIT], ..sample::accepted() };
        before.waits = vec![sample::wait_on(sample::OTHER_UNIT)];
        let lead = KnownUnit { id: sample::OTHER_UNIT, name: "Bộ phận Hành chính".into() };
        let change = hand_over(before.clone(), lead, None, "đúng chức năng hơn", sample::hand()).unwrap();
        let after = &change.assignment;
        assert_eq!((after.lead_unit, after.earlier_leads.as_slice()), (sample::OTHER_UNIT, &[before.lead_unit][..]));
        assert_eq!((after.handler, after.due), (None, before.due));
        assert!(after.coordinators.is_empty(), "a lead does not help itself");
        assert!(after.waiting().is_none(), "nor wait for itself");
        assert_eq!(change.entry.lead_unit, sample::OTHER_UNIT);
        let same = KnownUnit { id: before.lead_unit, name: String::new() };
        assert_eq!(hand_over(before, same, None, "x", sample::hand()), Err(Refusal::SameLead));
    }

    #[test]
    fn nothing_is_returned_or_withdrawn_without_a_reason() {
        assert_eq!(give_back(sample::done(), " ", sample::hand()), Err(Refusal::ReasonMissing));
        assert_eq!(withdraw(sample::accepted(), "", sample::hand()), Err(Refusal::ReasonMissing));
        let returned = give_back(sample::done(), "thiếu số liệu", sample::hand()).unwrap().assignment;
        assert!(returned.state.owed());
        assert_eq!(returned.due, sample::done().due);
    }
}

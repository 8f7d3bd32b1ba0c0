//! What those do who work on an assignment: accept, report, escalate, complete.

use schema_programme::{
    Assignment, AssignmentAct, AssignmentActor, AssignmentEscalation, AssignmentEvidence, AssignmentEvidenceKind,
    AssignmentProgress, EscalateAssignment, Refusal, ReportProgress,
};
use wire::Instant;

use crate::domain::{
    change::{Change, Hand, step, told},
    extensions, waits, wording,
};

/// The most pieces of evidence an assignment holds.
const MOST_EVIDENCE: u16 = 20;

/// Accepts: the person becomes the handler, in the position in which they accept, and for whoever holds it when they
/// stand in.
pub(crate) fn accept(current: Assignment, by: AssignmentActor, at: Instant) -> Result<Change, Refusal> {
    let mut after = step(current, AssignmentAct::Accept)?;
    after.handler = Some(by.person);
    after.handler_position = Some(by.position);
    after.handler_for = by.on_behalf_of;
    Ok(told(after, AssignmentAct::Accept, Hand { by: Some(by), at }, None))
}

/// Reports progress. Work that was returned or escalated is taken up again by it.
pub(crate) fn report(current: Assignment, call: &ReportProgress, hand: Hand) -> Result<Change, Refusal> {
    let note = wording::note("note", &call.note, Refusal::NoteMissing)?;
    if call.percent.is_some_and(|percent| percent > 100) {
        return Err(Refusal::PercentTooLarge);
    }
    let mut after = step(current, AssignmentAct::Progress)?;
    after.escalation = None;
    after.progress = Some(AssignmentProgress { note: note.clone(), percent: call.percent, at: hand.at });
    Ok(told(after, AssignmentAct::Progress, hand, Some(note)))
}

/// Declares the work beyond the unit's authority. The mark stands until the work is taken up again, done, handed over
/// or withdrawn.
pub(crate) fn escalate(current: Assignment, call: &EscalateAssignment, hand: Hand) -> Result<Change, Refusal> {
    let to = wording::line("to", &call.to, Refusal::LevelMissing)?;
    let reason = wording::reason(&call.reason)?;
    let mut after = step(current, AssignmentAct::Escalate)?;
    let note = format!("{to}: {reason}");
    after.escalation = Some(AssignmentEscalation { to, reason, at: hand.at });
    Ok(told(after, AssignmentAct::Escalate, hand, Some(note)))
}

/// Reports the work done. Evidence of an earlier report stays; what was still open beside the state ends here.
pub(crate) fn complete(current: Assignment, evidence: &[AssignmentEvidence], hand: Hand) -> Result<Change, Refusal> {
    if evidence.is_empty() {
        return Err(Refusal::EvidenceMissing);
    }
    if current.evidence.len() + evidence.len() > usize::from(MOST_EVIDENCE) {
        return Err(Refusal::EvidenceTooMuch { most: MOST_EVIDENCE });
    }
    let evidence = evidence.iter().map(proof).collect::<Result<Vec<_>, _>>()?;
    let note = evidence.iter().map(|proof| proof.label.as_str()).collect::<Vec<_>>().join("; ");
    let mut after = step(current, AssignmentAct::Complete)?;
    after.evidence.extend(evidence);
    after.done_at = Some(hand.at);
    settle(&mut after, hand.at);
    Ok(told(after, AssignmentAct::Complete, hand, Some(note)))
}

/// Ends what is open beside the state: the wait, the undecided extension, the escalation.
pub(crate) fn settle(assignment: &mut Assignment, at: Instant) {
    waits::finish(&mut assignment.waits, at);
    extensions::lapse(&mut assignment.extensions, at);
    assignment.escalation = None;
}

fn proof(given: &AssignmentEvidence) -> Result<AssignmentEvidence, Refusal> {
    if given.kind != AssignmentEvidenceKind::Note && given.id.is_none() {
        return Err(Refusal::EvidenceUnclear);
    }
    let label = wording::line("evidence", &given.label, Refusal::EvidenceUnclear)?;
    Ok(AssignmentEvidence { label, ..given.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample;

    fn note(label: &str) -> AssignmentEvidence {
        AssignmentEvidence { kind: AssignmentEvidenceKind::Note, id: None, label: label.into() }
    }

    #[test]
    fn accepting_makes_the_handler() {
        let change = accept(sample::assigned(), sample::clerk(), sample::at()).unwrap();
        assert_eq!(change.assignment.handler, Some(sample::clerk().person));
        assert_eq!(change.assignment.handler_position, Some(sample::clerk().position));
        assert_eq!(change.entry.by, Some(sample::clerk()));
        assert_eq!(change.entry.version, change.assignment.version);
    }

    #[test]
    fn done_needs_proof_that_can_be_found() {
        let done = |evidence: &[AssignmentEvidence]| complete(sample::accepted(), evidence, sample::hand());
        assert_eq!(done(&[]), Err(Refusal::EvidenceMissing));
        assert_eq!(done(&[note("  ")]), Err(Refusal::EvidenceUnclear));
        let paper =
            AssignmentEvidence { kind: AssignmentEvidenceKind::OutgoingDocument, ..note("Báo cáo số 45-BC/VP") };
        assert_eq!(done(&[paper]), Err(Refusal::EvidenceUnclear), "a document without its id");
        let many = vec![note("đã làm"); 21];
        assert_eq!(done(&many), Err(Refusal::EvidenceTooMuch { most: 20 }));
        let change = done(&[note("Đã báo cáo tại giao ban")]).unwrap();
        assert_eq!(change.assignment.done_at, Some(sample::at()));
        assert_eq!(change.entry.note.as_deref(), Some("Đã báo cáo tại giao ban"));
    }

    #[test]
    fn progress_takes_escalated_work_up_again() {
        let call =
            EscalateAssignment {
                id: sample::accepted().id, to: "Ban Thường vụ".into(), reason: "kinh phí".into()
            };
        let beyond = escalate(sample::accepted(), &call, sample::hand()).unwrap().assignment;
        assert_eq!(beyond.state, sample::accepted().state, "a mark beside the state");
        assert!(beyond.escalation.is_some());
        let call = ReportProgress { id: beyond.id, note: "đã có chủ trương".into(), percent: Some(40) };
        let after = report(beyond.clone(), &call, sample::hand()).unwrap().assignment;
        assert!(after.escalation.is_none());
        let call = ReportProgress { percent: Some(101), ..call };
        assert_eq!(report(beyond, &call, sample::hand()), Err(Refusal::PercentTooLarge));
    }
}

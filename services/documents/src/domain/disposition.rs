//! What is to happen with an incoming document: to process, to know, to file. Only the first has a due day.

use schema_documents::{DisposeIncoming, Disposition, IncomingDocument, Refusal};
use wire::{Day, Fault, id::AssignmentId};

use super::{
    due::{self, Reckoning},
    incoming,
};

/// The document after a disposition. It may be disposed of again: known papers turn out to need work, worked ones are
/// filed; each step stands in the history. While `live` work from it is not closed, the due day is programme's.
pub(crate) fn dispose(
    document: &IncomingDocument,
    order: &DisposeIncoming,
    live: Option<AssignmentId>,
    reckoning: Reckoning<'_>,
) -> Result<IncomingDocument, Fault> {
    incoming::describable(document)?;
    let mut next = document.clone();
    set(&mut next, order.disposition, order.due, reckoning)?;
    if (document.disposition, document.due) == (next.disposition, next.due) {
        return Err(Refusal::AlreadyDisposed.into());
    }
    if let Some(assignment) = live {
        return Err(Refusal::WorkOwed { assignment }.into());
    }
    Ok(next)
}

/// Sets disposition and due day together, so that they never contradict each other.
pub(crate) fn set(
    document: &mut IncomingDocument,
    disposition: Disposition,
    decided: Option<Day>,
    reckoning: Reckoning<'_>,
) -> Result<(), Refusal> {
    document.disposition = Some(disposition);
    if disposition != Disposition::ToProcess {
        if decided.is_some() {
            return Err(Refusal::DueWithoutProcessing);
        }
        (document.due, document.due_reason) = (None, None);
        return Ok(());
    }
    if let Some(due) = decided.filter(|due| *due < document.arrived) {
        return Err(Refusal::DueBeforeArrival { due, arrived: document.arrived });
    }
    let due = due::of(decided, document.due_stated, document.arrived, reckoning);
    (document.due, document.due_reason) = due.map(|due| (due.day, due.reason)).unzip();
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use schema_documents::IncomingState;

    use super::*;
    use crate::domain::sample;

    const ALL: [Disposition; 3] = [Disposition::ToProcess, Disposition::ToKnow, Disposition::ToFile];

    fn order(disposition: Disposition, due: Option<&str>) -> DisposeIncoming {
        let due = due.map(|day| day.parse().unwrap());
        DisposeIncoming { id: sample::incoming().id, disposition, due, note: None }
    }

    fn today() -> Reckoning<'static> {
        rules::Calendar::national().as_known_on(sample::incoming().arrived).into()
    }

    #[test]
    fn every_step_between_dispositions_is_allowed_and_none_in_place() {
        for before in [None].into_iter().chain(ALL.map(Some)) {
            for after in ALL {
                let mut document = sample::incoming();
                if let Some(before) = before {
                    set(&mut document, before, None, today()).unwrap();
                }
                let result = dispose(&document, &order(after, None), None, today());
                if before == Some(after) {
                    assert_eq!(result.unwrap_err().code, "documents.already_disposed");
                } else {
                    let next = result.unwrap();
                    assert_eq!(next.disposition, Some(after));
                    assert_eq!(next.due.is_some(), after == Disposition::ToProcess);
                    assert_eq!(next.due_reason.is_some(), next.due.is_some());
                }
            }
        }
    }

    #[test]
    fn a_new_due_day_is_a_step() {
        let first = dispose(&sample::incoming(), &order(Disposition::ToProcess, None), None, today()).unwrap();
        let second = dispose(&first, &order(Disposition::ToProcess, Some("2026-12-20")), None, today()).unwrap();
        assert_eq!(second.due, Some("2026-12-20".parse().unwrap()));
    }

    #[test]
    fn while_work_is_under_way_neither_day_nor_disposition_changes() {
        let first = dispose(&sample::incoming(), &order(Disposition::ToProcess, None), None, today()).unwrap();
        let live = Some(sample::id(9));
        for step in [order(Disposition::ToProcess, Some("2026-12-20")), order(Disposition::ToFile, None)] {
            let fault = dispose(&first, &step, live, today()).unwrap_err();
            assert_eq!(fault.code, "documents.work_owed");
            assert!(dispose(&first, &step, None, today()).is_ok());
        }
    }

    #[test]
    fn what_is_refused() {
        let code = |document: &IncomingDocument, order| dispose(document, &order, None, today()).unwrap_err().code;
        let plain = sample::incoming();
        assert_eq!(code(&plain, order(Disposition::ToKnow, Some("2026-12-20"))), "documents.due_without_processing");
        assert_eq!(code(&plain, order(Disposition::ToProcess, Some("2026-11-01"))), "documents.due_before_arrival");
        let voided = IncomingDocument { state: IncomingState::Voided, ..sample::incoming() };
        assert_eq!(code(&voided, order(Disposition::ToFile, None)), "documents.already_voided");
        let masked = IncomingDocument { masked: true, ..sample::incoming() };
        assert_eq!(code(&masked, order(Disposition::ToFile, None)), "documents.masked");
    }

    proptest! {
        /// Whatever was decided before, only a document to be processed ever has a due day.
        #[test]
        fn only_work_has_a_due_day(steps in proptest::collection::vec((0..3usize, any::<bool>()), 1..12)) {
            let mut document = sample::incoming();
            for (which, decided) in steps {
                let day = if decided { Some("2027-01-15") } else { None };
                if let Ok(next) = dispose(&document, &order(ALL[which], day), None, today()) {
                    document = next;
                }
                let works = document.disposition == Some(Disposition::ToProcess);
                prop_assert_eq!(document.due.is_some(), works);
            }
        }
    }
}

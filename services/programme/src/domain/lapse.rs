//! When a document gives no work any more: it was voided, or is no longer to be processed. What is still owed because
//! of it is withdrawn, with the cause named; nobody is overdue for a paper that does not stand. What was done before
//! stays done, and is closed by whoever gave it.

use schema_documents::{Disposition, IncomingDocument, IncomingState};
use schema_programme::{Assignment, Refusal};
use wire::Instant;

use crate::domain::{
    change::{Change, Hand},
    oversight,
};

/// Why a document gives no work any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lapse {
    /// Its line in the arrival register was voided (văn bản đã hủy).
    Voided,
    /// Somebody decided that it is only to be known or filed.
    NotToProcess,
    /// What was decided upon it was reversed: nobody has decided yet (bút phê bị phản hồi).
    Undecided,
}

/// Whether a document gives no work any more, and why. One that nobody has decided upon gives none either: it never
/// did, or the decision was reversed.
pub(crate) fn of(document: &IncomingDocument) -> Option<Lapse> {
    match (document.state, document.disposition) {
        (IncomingState::Voided, _) => Some(Lapse::Voided),
        (_, Some(Disposition::ToProcess)) => None,
        (_, None) => Some(Lapse::Undecided),
        (_, Some(_)) => Some(Lapse::NotToProcess),
    }
}

/// Withdraws work that is owed because of the document. No person does it; the history says why it was done.
pub(crate) fn withdraw(current: Assignment, why: Lapse, at: Instant) -> Result<Change, Refusal> {
    let label = &current.source.label;
    let reason = match why {
        Lapse::Voided => format!("Văn bản đã hủy: {label}"),
        Lapse::Undecided => format!("Hướng xử lý văn bản đã bị hủy: {label}"),
        Lapse::NotToProcess => format!("Văn bản không còn hướng xử lý `giải quyết`: {label}"),
    };
    oversight::withdraw(current, &reason, Hand { by: None, at })
}

#[cfg(test)]
mod tests {
    use schema_programme::{AssignmentAct, AssignmentState};

    use super::*;
    use crate::domain::sample;

    #[test]
    fn a_document_gives_work_while_it_stands_and_is_to_be_processed() {
        let (stands, voided) = (IncomingState::Registered, IncomingState::Voided);
        let table = [
            (stands, Some(Disposition::ToProcess), None),
            (stands, None, Some(Lapse::Undecided)),
            (stands, Some(Disposition::ToKnow), Some(Lapse::NotToProcess)),
            (stands, Some(Disposition::ToFile), Some(Lapse::NotToProcess)),
            (voided, Some(Disposition::ToProcess), Some(Lapse::Voided)),
            (voided, None, Some(Lapse::Voided)),
        ];
        for (state, disposition, lapse) in table {
            let document = IncomingDocument { state, disposition, ..sample::incoming() };
            assert_eq!(of(&document), lapse, "{state:?} {disposition:?}");
        }
    }

    #[test]
    fn owed_work_is_withdrawn_by_nobody_and_says_why() {
        let Change { assignment, entry } = withdraw(sample::accepted(), Lapse::Voided, sample::at()).unwrap();
        assert_eq!(
            (assignment.state, entry.act, entry.by),
            (AssignmentState::Withdrawn, AssignmentAct::Withdraw, None)
        );
        assert_eq!(assignment.reason.as_deref(), Some("Văn bản đã hủy: Giao ban"));
        assert_eq!(entry.note, assignment.reason);
        let other = withdraw(sample::accepted(), Lapse::NotToProcess, sample::at()).unwrap();
        assert_eq!(other.entry.note.as_deref(), Some("Văn bản không còn hướng xử lý `giải quyết`: Giao ban"));
        assert!(withdraw(sample::done(), Lapse::Voided, sample::at()).is_err(), "what is done stays done");
    }
}

//! Where a paper lies: at one desk at a time, each stay a dated interval.

use schema_documents::{Desk, IncomingDocument, Passage, Refusal};
use schema_identity::Unit;
use wire::{Fault, Instant, id::PositionId};

use super::incoming;

/// The document after it was passed to a desk. A paper that lies at another desk goes on from there.
pub(crate) fn pass(
    document: &IncomingDocument,
    unit: &Unit,
    position: Option<PositionId>,
    now: Instant,
) -> Result<IncomingDocument, Fault> {
    incoming::describable(document)?;
    if let Some(desk) = &document.desk
        && (desk.unit, desk.position) == (unit.id, position)
    {
        return Err(Refusal::AtThatDesk { unit_name: desk.unit_name.clone() }.into());
    }
    let desk = Desk { unit: unit.id, unit_name: unit.name.clone(), position, since: now };
    Ok(IncomingDocument { desk: Some(desk), ..document.clone() })
}

/// The document after it came back to the clerk.
pub(crate) fn take_back(document: &IncomingDocument) -> Result<IncomingDocument, Fault> {
    incoming::describable(document)?;
    if document.desk.is_none() {
        return Err(Refusal::NotAtDesk.into());
    }
    Ok(IncomingDocument { desk: None, ..document.clone() })
}

/// A stay with the time it lasted: up to now while the paper is still there.
pub(crate) fn stay(desk: Desk, note: Option<String>, left_at: Option<Instant>, now: Instant) -> Passage {
    let Desk { unit, unit_name, position, since } = desk;
    let waited_s = left_at.unwrap_or(now).since(since).as_secs();
    Passage { unit, unit_name, position, note, passed_at: since, left_at, waited_s }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::sample::{self, at};

    fn desk(n: u128) -> Unit {
        Unit { id: sample::id(n), ..sample::unit(&format!("Ban {n}")) }
    }

    #[test]
    fn a_paper_goes_from_desk_to_desk_and_back() {
        let (first, second) = (at("2026-11-20T01:00:00Z"), at("2026-11-20T02:30:00Z"));
        let with_head = pass(&sample::incoming(), &desk(1), None, first).unwrap();
        assert_eq!(pass(&with_head, &desk(1), None, second).unwrap_err().code, "documents.at_that_desk");
        let with_board = pass(&with_head, &desk(2), None, second).unwrap();
        assert_eq!(with_board.desk.as_ref().unwrap().since, second);
        let back = take_back(&with_board).unwrap();
        assert_eq!(take_back(&back).unwrap_err().code, "documents.not_at_desk");
    }

    #[test]
    fn another_position_of_the_same_unit_is_another_desk() {
        let now = at("2026-11-20T01:00:00Z");
        let document = pass(&sample::incoming(), &desk(1), None, now).unwrap();
        assert!(pass(&document, &desk(1), Some(sample::id(9)), now).is_ok());
    }

    #[test]
    fn a_masked_line_lies_at_no_desk() {
        let masked = IncomingDocument { masked: true, ..sample::incoming() };
        let now = at("2026-11-20T01:00:00Z");
        assert_eq!(pass(&masked, &desk(1), None, now).unwrap_err().code, "documents.masked");
    }

    proptest! {
        /// The stays of a paper cover the time from its first passing to its return, without gap or overlap.
        #[test]
        fn waiting_adds_up(pauses in proptest::collection::vec(1u64..100_000, 1..10)) {
            let start = at("2026-11-20T01:00:00Z");
            let mut now = start;
            let mut document = pass(&sample::incoming(), &desk(0), None, now).unwrap();
            let mut waited = 0;
            for (n, pause) in (1u128..).zip(&pauses) {
                now = now.plus(Duration::from_secs(*pause));
                let next = pass(&document, &desk(n), None, now).unwrap();
                waited += stay(document.desk.clone().unwrap(), None, Some(now), now).waited_s;
                document = next;
            }
            let last = now.plus(Duration::from_secs(60));
            waited += stay(document.desk.clone().unwrap(), None, None, last).waited_s;
            prop_assert_eq!(waited, last.since(start).as_secs());
        }
    }
}

//! Giving work: exactly one lead, a product, a day.

use std::collections::BTreeSet;

use rules::Calendar;
use schema_documents::IncomingDocument;
use schema_identity::UnitHistory;
use schema_programme::{
    Assign, Assignment, AssignmentAct, AssignmentActor, AssignmentSourceKind, AssignmentState, Refusal,
};
use wire::{Instant, Version, id::AssignmentId};

use crate::domain::{
    change::{Change, Hand, told},
    due, petition, source, units, wording,
};

/// The most units that help with one piece of work.
const MOST_COORDINATORS: u16 = 20;

/// What is known when work is given.
pub(crate) struct Facts<'a> {
    /// The document it comes from, as its service tells of it to the caller.
    pub(crate) document: Option<&'a IncomingDocument>,
    /// Of the units that the order names, those known here.
    pub(crate) units: &'a [UnitHistory],
    /// The larger work that the order names, where the caller may see it.
    pub(crate) parent: Option<&'a Assignment>,
    /// The working days of the office.
    pub(crate) calendar: &'a Calendar,
}

/// Gives work to a lead.
pub(crate) fn assign(
    order: &Assign,
    facts: &Facts<'_>,
    id: AssignmentId,
    by: AssignmentActor,
    at: Instant,
) -> Result<Change, Refusal> {
    let source = source::checked(&order.source, order.office, facts.document)?;
    let (title, expected_product) = words(order)?;
    let lead = units::in_force(facts.units, order.office, order.lead_unit, at.day())?;
    coordinators(order, facts.units, at)?;
    if order.parent.is_some() && !facts.parent.is_some_and(|whole| whole.office == order.office && whole.state.owed()) {
        return Err(Refusal::ParentNotOwed);
    }
    let (due, due_reason) = due::first(order, &source.label, facts.document, facts.calendar.as_known_on(at.day()))?;
    let (term_unit, note) = (due::term_unit(order, due_reason.basis, at.day()), title.clone());
    let assignment = Assignment {
        id,
        office: order.office,
        version: Version::FIRST,
        source,
        title,
        expected_product,
        lead_unit: lead.id,
        lead_unit_name: Some(lead.name),
        lead_position: order.lead_position,
        handler: None,
        handler_position: None,
        handler_for: None,
        coordinators: order.coordinators.clone(),
        earlier_leads: Vec::new(),
        urgency: order.urgency,
        assigned_by: by,
        assigned_at: at,
        due,
        original_due: due,
        term_unit,
        due_reason,
        state: AssignmentState::Assigned,
        reason: None,
        progress: None,
        reminder: None,
        escalation: None,
        waits: Vec::new(),
        extensions: Vec::new(),
        pauses: Vec::new(),
        evidence: Vec::new(),
        done_at: None,
        parent: order.parent,
    };
    Ok(told(assignment, AssignmentAct::Assign, Hand { by: Some(by), at }, Some(note)))
}

/// Title and product as they are kept; those of work from a petition are fixed.
fn words(order: &Assign) -> Result<(String, String), Refusal> {
    if order.source.kind == AssignmentSourceKind::Petition {
        return Ok((petition::TITLE.to_owned(), petition::PRODUCT.to_owned()));
    }
    let title = wording::line("title", &order.title, Refusal::TitleMissing)?;
    Ok((title, wording::line("expected_product", &order.expected_product, Refusal::ProductMissing)?))
}

/// Units that help: known, each once, the lead not among them.
fn coordinators(order: &Assign, known: &[UnitHistory], at: Instant) -> Result<(), Refusal> {
    if order.coordinators.contains(&order.lead_unit) {
        return Err(Refusal::LeadCoordinates);
    }
    let distinct: BTreeSet<_> = order.coordinators.iter().collect();
    if distinct.len() != order.coordinators.len() || distinct.len() > usize::from(MOST_COORDINATORS) {
        return Err(Refusal::CoordinatorsUnclear { most: MOST_COORDINATORS });
    }
    order.coordinators.iter().try_for_each(|unit| units::in_force(known, order.office, *unit, at.day()).map(|_| ()))
}

#[cfg(test)]
mod tests {
    use wire::id::{OfficeId, UnitId};

    use super::*;
    use crate::domain::sample;

    fn given(order: &Assign, parent: Option<&Assignment>) -> Result<Change, Refusal> {
        let units = sample::units();
        let facts = Facts { document: None, units: &units, parent, calendar: Calendar::national() };
        assign(order, &facts, sample::assigned().id, sample::head(), sample::at())
    }

    #[test]
    fn work_is_given_to_one_lead_with_a_product_and_a_day() {
        let order = Assign { coordinators: vec![sample::OTHER_UNIT], ..sample::order() };
        let Change { assignment, entry } = given(&order, None).unwrap();
        assert_eq!(assignment.lead_unit, sample::UNIT);
        assert_eq!(assignment.lead_unit_name.as_deref(), Some("Bộ phận Tổng hợp"));
        assert_eq!((assignment.due, assignment.version), (assignment.original_due, Version::FIRST));
        assert_eq!((entry.act, entry.version, entry.by), (AssignmentAct::Assign, Version::FIRST, Some(sample::head())));
    }

    #[test]
    fn work_from_a_petition_has_fixed_words_whatever_was_typed() {
        for typed in ["", "Đơn của ông Phạm Ví Dụ"] {
            let order = Assign { source: sample::petition(), title: typed.into(), ..sample::order() };
            let Change { assignment, entry } = given(&order, None).unwrap();
            assert_eq!(assignment.title, petition::TITLE);
            assert_eq!(assignment.expected_product, petition::PRODUCT);
            assert_eq!(entry.note.as_deref(), Some(petition::TITLE));
        }
    }

    #[test]
    fn an_order_that_is_not_clear_is_refused() {
        let order = sample::order();
        let nobody = UnitId(uuid::Uuid::from_u128(404));
        let table = [
            (Assign { title: " ".into(), ..order.clone() }, Refusal::TitleMissing),
            (Assign { expected_product: String::new(), ..order.clone() }, Refusal::ProductMissing),
            (Assign { lead_unit: nobody, ..order.clone() }, Refusal::UnitUnknown { unit: nobody }),
            (Assign { coordinators: vec![nobody], ..order.clone() }, Refusal::UnitUnknown { unit: nobody }),
            (Assign { coordinators: vec![sample::UNIT], ..order.clone() }, Refusal::LeadCoordinates),
            (
                Assign { coordinators: vec![sample::OTHER_UNIT; 2], ..order.clone() },
                Refusal::CoordinatorsUnclear { most: 20 },
            ),
            (Assign { parent: Some(sample::assigned().id), ..order.clone() }, Refusal::ParentNotOwed),
        ];
        for (order, refusal) in table {
            assert_eq!(given(&order, None), Err(refusal));
        }
    }

    #[test]
    fn a_part_belongs_to_larger_work_that_is_still_owed() {
        let order = Assign { parent: Some(sample::assigned().id), ..sample::order() };
        assert_eq!(given(&order, Some(&sample::assigned())).unwrap().assignment.parent, order.parent);
        assert_eq!(given(&order, Some(&sample::done())), Err(Refusal::ParentNotOwed));
        let elsewhere = Assignment { office: OfficeId(uuid::Uuid::from_u128(99)), ..sample::assigned() };
        assert_eq!(given(&order, Some(&elsewhere)), Err(Refusal::ParentNotOwed));
    }
}

//! The work of the demo: given, accepted, reported on, waited with, done.

use anyhow::{Context as _, Result};
use schema_programme::{
    AcceptAssignment, AskExtension, Assign, AssignmentEvidence, AssignmentEvidenceKind, AssignmentSource,
    AssignmentSourceKind, BeginWait, CloseAssignment, CompleteAssignment, ReportProgress,
};
use wire::{
    Day, Urgency,
    id::{AssignmentId, IncomingId},
};

use super::{
    desk::Desk,
    hiring::Place,
    script::{Deed, Work},
    week::{Running, after},
};

/// Gives the work that a document brings.
pub(super) async fn assign(
    desk: &mut Desk<'_>,
    place: &Place,
    work: &Work,
    document: IncomingId,
    urgency: Urgency,
    by: &str,
    today: Day,
) -> Result<AssignmentId> {
    let kind = AssignmentSourceKind::IncomingDocument;
    let coordinators = work.coordinators.iter().map(|unit| place.unit(unit)).collect::<Result<Vec<_>>>()?;
    let call = Assign {
        office: place.id,
        source: AssignmentSource { kind, id: Some(document.into()), label: String::new() },
        title: work.title.clone(),
        expected_product: work.product.clone(),
        lead_unit: place.unit(&work.lead)?,
        lead_position: None,
        coordinators,
        urgency,
        due: Some(after(today, work.due)?),
        term: None,
        parent: None,
    };
    Ok(desk.ask(by, &call).await?.id)
}

/// What is done on a day for all work that was given.
pub(super) async fn acts(desk: &mut Desk<'_>, office: &Running<'_>, number: usize, today: Day) -> Result<()> {
    for (id, giver, work) in &office.works {
        for act in work.acts.iter().filter(|act| act.day == number) {
            let handler = work.handler.as_ref().with_context(|| format!("nobody handles `{}`", work.title))?;
            act_once(desk, office.place, *id, (giver, &office.place.who(handler)), &act.deed, today).await?;
        }
    }
    Ok(())
}

async fn act_once(
    desk: &mut Desk<'_>,
    place: &Place,
    id: AssignmentId,
    (giver, handler): (&str, &str),
    deed: &Deed,
    today: Day,
) -> Result<()> {
    match deed {
        Deed::Accept => desk.ask(handler, &AcceptAssignment { id }).await?,
        Deed::Progress { note, percent } => {
            desk.ask(handler, &ReportProgress { id, note: note.clone(), percent: Some(*percent) }).await?
        }
        Deed::Wait { on } => {
            desk.ask(handler, &BeginWait { id, on_unit: Some(place.unit(on)?), on: String::new() }).await?
        }
        Deed::Extension { until, reason } => {
            let call = AskExtension { id, until: after(today, *until)?, reason: reason.clone() };
            desk.ask(handler, &call).await?
        }
        Deed::Complete { note } => {
            let kind = AssignmentEvidenceKind::Note;
            let evidence = vec![AssignmentEvidence { kind, id: None, label: note.clone() }];
            desk.ask(handler, &CompleteAssignment { id, evidence }).await?
        }
        Deed::Close => desk.ask(giver, &CloseAssignment { id }).await?,
    };
    Ok(())
}

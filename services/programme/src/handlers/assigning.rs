//! Giving work.

use schema_documents::{GetIncoming, IncomingDocument};
use schema_programme::{Assign, Assignment, Refusal};
use service::{Read, Result, Write};
use wire::{Fault, Kind};

use crate::{
    domain::{
        access,
        assigning::{self, Facts},
        source,
    },
    handlers::keeping,
    store::{assignments, closures, sources, units},
};

/// The document that the work comes from, as the caller may see it.
pub(crate) async fn document(cx: Read, order: Assign) -> Result<Option<IncomingDocument>> {
    cx.office_for_new(order.office)?;
    let Some(id) = source::document(&order.source)? else { return Ok(None) };
    match cx.ask(&GetIncoming { id }).await {
        Ok(document) => Ok(Some(document)),
        Err(error) if is_hidden(&error) => Err(Refusal::SourceMissing.into()),
        Err(error) => Err(error),
    }
}

/// Whether the other service said that there is no such thing, or none for this caller.
pub(crate) fn is_hidden(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Fault>().is_some_and(|fault| matches!(fault.kind, Kind::Missing | Kind::Denied))
}

/// Gives a piece of work to a lead unit. The document was asked for before the transaction began; what documents told
/// of it since counts more.
pub(crate) async fn assign(cx: Write, order: Assign, document: Option<IncomingDocument>) -> Result<Assignment> {
    let scope = cx.office_for_new(order.office)?;
    let by = access::holder(cx.authority()?, order.office, access::ASSIGN)?;
    if let Some(IncomingDocument { id, version, .. }) = &document
        && sources::is_gone(cx.tx(), order.office, *id, *version).await?
    {
        return Err(Refusal::SourceNotToProcess.into());
    }
    let named = order.coordinators.iter().copied().chain([order.lead_unit]);
    let units = units::known(cx.tx(), named).await?;
    let parent = match order.parent {
        Some(id) => assignments::locked(cx.tx(), &scope, id, cx.now.day()).await?,
        None => None,
    };
    let calendar = closures::calendar(cx.tx(), order.office, cx.now.day()).await?;
    let facts = Facts { document: document.as_ref(), units: &units, parent: parent.as_ref(), calendar: &calendar };
    let change = assigning::assign(&order, &facts, cx.fresh(), by, cx.now)?;
    assignments::insert(cx.tx(), &change).await?;
    keeping::tell(&cx, change).await
}

//! Sending what was issued to other offices: what can be sent, what each delivery is afterwards, what the sender sees.

use std::collections::{BTreeMap, BTreeSet};

use schema_documents::{
    CirculationMark, Delivery, DeliveryState, Dispatch, DispatchOutgoing, DispatchRefusal, ExecutionState,
    OutgoingDocument, OutgoingState, ReceiveArrival, RegisterIncoming, SentDocument,
};
use schema_identity::Office;
use wire::{
    Day, Fault, Instant, Secrecy, Version,
    id::{DispatchId, IncomingId, OfficeId},
};

use super::{
    circulation,
    field::{self, limit},
};

/// The most offices that one act names one by one.
pub(crate) const NAMED: usize = 500;

/// Where something stands that nobody has settled.
pub(crate) const OPEN: [DeliveryState; 2] = [DeliveryState::Delivered, DeliveryState::Opened];

/// What is sent of a document: one that has its number, and its final form.
pub(crate) fn sent(
    document: &OutgoingDocument,
    sender: &Office,
    call: &DispatchOutgoing,
    today: Day,
) -> Result<SentDocument, Fault> {
    if document.masked {
        return Err(DispatchRefusal::DispatchMasked.into());
    }
    let whole = document.execution.is_none_or(ExecutionState::is_final);
    let issued = document.state == OutgoingState::Issued && !document.files.is_empty();
    let (Some(symbol), Some(dated), true) = (document.symbol.clone(), document.dated, whole && issued) else {
        return Err(DispatchRefusal::NotReady.into());
    };
    circulation::askable(call.limit, call.return_by, today)?;
    let said = call.circulation.as_deref().or(call.limit.and_then(CirculationMark::words));
    let body = document.seal.as_ref().map(|seal| seal.body_name.clone());
    Ok(SentDocument {
        office: document.office,
        author_body: body.or(document.issuing_unit_name.clone()).unwrap_or_else(|| sender.name.clone()),
        symbol,
        dated,
        genre_name: document.genre_name.clone(),
        summary: document.summary.clone(),
        urgency: document.urgency,
        circulation: field::optional_line("circulation", said, limit::NAME)?,
        limit: call.limit,
        return_by: call.return_by,
        no_paper: call.no_paper,
        files: document.files.clone(),
    })
}

/// The offices that are sent to, each once: those named, and those of whole tiers; never the sender's own.
pub(crate) fn addressed(
    own: OfficeId,
    named: &[OfficeId],
    known: Vec<Office>,
    tiers: Vec<Office>,
) -> Result<Vec<Office>, DispatchRefusal> {
    if let Some(id) = named.iter().find(|id| known.iter().all(|office| office.id != **id)) {
        return Err(DispatchRefusal::OfficeUnknown { id: *id });
    }
    let mut seen = BTreeSet::from([own]);
    let offices: Vec<Office> = known.into_iter().chain(tiers).filter(|office| seen.insert(office.id)).collect();
    if offices.is_empty() { Err(DispatchRefusal::NobodyToSendTo) } else { Ok(offices) }
}

/// Refuses what may not be settled any more.
pub(crate) fn open(delivery: &Delivery) -> Result<(), DispatchRefusal> {
    if OPEN.contains(&delivery.state) { Ok(()) } else { Err(DispatchRefusal::DeliverySettled) }
}

/// The delivery that somebody has opened; nothing when that was so before, or it is settled.
pub(crate) fn opened(delivery: &Delivery, at: Instant) -> Option<Delivery> {
    (delivery.state == DeliveryState::Delivered).then(|| Delivery {
        state: DeliveryState::Opened,
        opened_at: Some(at),
        version: delivery.version.next(),
        ..delivery.clone()
    })
}

/// The delivery that is in the register of the office that got it.
pub(crate) fn received(delivery: &Delivery, incoming: IncomingId, at: Instant) -> Delivery {
    Delivery { incoming: Some(incoming), ..settled(delivery, DeliveryState::Received, None, at) }
}

/// The delivery that goes back.
pub(crate) fn returned(delivery: &Delivery, reason: &str, at: Instant) -> Result<Delivery, Fault> {
    open(delivery)?;
    let reason = field::line("reason", reason, limit::NOTE)?;
    Ok(settled(delivery, DeliveryState::Returned, Some(reason), at))
}

/// The delivery that was recalled before anybody entered it.
pub(crate) fn recalled(delivery: &Delivery, reason: &str, at: Instant) -> Delivery {
    settled(delivery, DeliveryState::Recalled, Some(reason.to_owned()), at)
}

fn settled(delivery: &Delivery, state: DeliveryState, reason: Option<String>, at: Instant) -> Delivery {
    Delivery {
        state,
        reason,
        settled_at: Some(at),
        opened_at: delivery.opened_at.or((state == DeliveryState::Received).then_some(at)),
        version: delivery.version.next(),
        ..delivery.clone()
    }
}

/// A dispatch with how far its deliveries are.
pub(crate) fn counted(dispatch: Dispatch, counts: &BTreeMap<DeliveryState, u32>) -> Dispatch {
    let count = |state| counts.get(&state).copied().unwrap_or_default();
    Dispatch {
        delivered: count(DeliveryState::Delivered),
        opened: count(DeliveryState::Opened),
        received: count(DeliveryState::Received),
        returned: count(DeliveryState::Returned),
        recalled: count(DeliveryState::Recalled),
        ..dispatch
    }
}

/// A delivery as its sender sees it: where it stands, and not under which number.
pub(crate) fn seen_by_sender(delivery: Delivery) -> Delivery {
    Delivery { incoming: None, ..delivery }
}

/// A fresh delivery to an office.
pub(crate) fn deliver(
    (dispatch, at): (DispatchId, Instant),
    id: wire::id::DeliveryId,
    office: Office,
    sent: &SentDocument,
) -> Delivery {
    Delivery {
        id,
        dispatch,
        office: office.id,
        office_name: office.name,
        version: Version::FIRST,
        state: DeliveryState::Delivered,
        delivered_at: at,
        opened_at: None,
        settled_at: None,
        incoming: None,
        reason: None,
        given_back_at: None,
        sent: sent.clone(),
    }
}

/// The order to enter what came, in the words of its sender.
pub(crate) fn order(delivery: &Delivery, call: &ReceiveArrival) -> RegisterIncoming {
    let sent = &delivery.sent;
    RegisterIncoming {
        office: delivery.office,
        arrived: None,
        late: false,
        secrecy: Secrecy::Open,
        urgency: sent.urgency,
        author_body: Some(sent.author_body.clone()),
        author_unit: None,
        symbol: Some(sent.symbol.clone()),
        document_day: Some(sent.dated),
        genre_name: Some(sent.genre_name.clone()),
        summary: sent.summary.clone(),
        pages: None,
        due: None,
        note: call.note.clone().or_else(|| sent.circulation.clone()),
        disposition: None,
        duplicate_of: call.duplicate_of,
        files: Vec::new(),
        intake: None,
    }
}

#[cfg(test)]
mod tests;

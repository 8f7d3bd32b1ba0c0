//! How far a document that arrived may go: setting the limit, giving it back, and what the limit forbids.

use schema_documents::{
    Circulation, CirculationMark, CirculationRefusal, Delivery, IncomingDocument, LimitCirculation,
};
use wire::{Day, Instant, id::IncomingId};

/// The limit that a clerk reads from a paper.
pub(crate) fn set(
    call: &LimitCirculation,
    document: &IncomingDocument,
    before: Option<Circulation>,
    today: Day,
) -> Result<Circulation, CirculationRefusal> {
    if before.as_ref().is_some_and(|before| before.given_back_at.is_some()) {
        return Err(CirculationRefusal::GivenBackAlready);
    }
    if call.return_by.is_some_and(|day| day < today || !call.mark.owes_return()) {
        return Err(CirculationRefusal::ReturnDayUnfit);
    }
    let delivery = before.and_then(|before| before.delivery);
    Ok(fresh(document, delivery, call.mark, call.return_by))
}

/// The limit that came with a delivery, if its sender set one.
pub(crate) fn of_delivery(delivery: &Delivery, incoming: IncomingId) -> Option<Circulation> {
    let mark = delivery.sent.limit?;
    Some(Circulation {
        document: incoming,
        office: delivery.office,
        delivery: Some(delivery.id),
        mark,
        return_by: delivery.sent.return_by,
        given_back_at: None,
        note: None,
        number: None,
        symbol: None,
        summary: None,
    })
}

fn fresh(
    document: &IncomingDocument,
    delivery: Option<wire::id::DeliveryId>,
    mark: CirculationMark,
    return_by: Option<Day>,
) -> Circulation {
    let (office, document) = (document.office, document.id);
    let (given_back_at, note, number, symbol, summary) = (None, None, None, None, None);
    Circulation { document, office, delivery, mark, return_by, given_back_at, note, number, symbol, summary }
}

/// The limit of a document that went back.
pub(crate) fn given_back(
    before: Option<Circulation>,
    note: Option<String>,
    at: Instant,
) -> Result<Circulation, CirculationRefusal> {
    let before = before.filter(|one| one.mark.owes_return()).ok_or(CirculationRefusal::NotOwed)?;
    if before.given_back_at.is_some() {
        return Err(CirculationRefusal::GivenBackAlready);
    }
    Ok(Circulation { given_back_at: Some(at), note, ..before })
}

/// Refuses what a sender may ask for: a day only for what goes back.
pub(crate) fn askable(
    mark: Option<CirculationMark>,
    return_by: Option<Day>,
    today: Day,
) -> Result<(), CirculationRefusal> {
    let owed = mark.is_some_and(CirculationMark::owes_return);
    let fits = return_by.is_none_or(|day| owed && day >= today);
    if fits { Ok(()) } else { Err(CirculationRefusal::ReturnDayUnfit) }
}

//! Sending, recalling; opening, entering and sending back what came.

use axum::{body::Body, extract::Path, http::Response};
use schema_documents::{
    DispatchOutgoing, GetIncoming, OpenArrival, RecallDispatch, ReceiveArrival, ReturnArrival, Tier,
};
use schema_identity::ListOffices;
use wire::{
    Fault, Kind,
    id::{DeliveryId, DispatchId, IncomingId, OfficeId, OutgoingId},
};

use super::{
    arrivals::{self, Refused},
    deliveries, limits,
};
use crate::{
    format,
    kit::{problems::Problems, typed::Typed},
    no,
    screens::outgoing::{acts::after, document},
    visit::{Posted, go},
};

/// The most offices that are looked up by their codes at once.
const CODES: usize = 50;

/// Sends a document.
pub(crate) async fn send(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let mut offices: Vec<OfficeId> = typed.all("offices").into_iter().filter_map(|id| id.parse().ok()).collect();
    for line in typed.get("others").lines().map(str::trim).filter(|line| !line.is_empty()).take(CODES) {
        match found(&posted, line).await {
            Some(office) => offices.push(office),
            None => {
                return wrong(&posted, id, "others", w.with("sending-unknown", &[("said", line)])).await;
            }
        }
    }
    let tier = |word| match word {
        "provinces" => Some(Tier::Provinces),
        "communes" => Some(Tier::Communes),
        _ => None,
    };
    let return_by = format::read_day(typed.get("return_by"));
    if !typed.get("return_by").is_empty() && return_by.is_none() {
        return wrong(&posted, id, "return_by", w.t("day-unreadable")).await;
    }
    let call = DispatchOutgoing {
        id,
        offices,
        tiers: typed.all("tiers").into_iter().filter_map(tier).collect(),
        circulation: typed.some("circulation"),
        limit: limits::mark(typed.get("limit")),
        return_by,
        no_paper: typed.get("no_paper") == "1",
    };
    let acted = posted.act(&call).await;
    after(&posted, id, "gui", acted).await
}

pub(super) async fn wrong(posted: &Posted, id: OutgoingId, field: &str, text: String) -> Response<Body> {
    let mut problems = Problems::default();
    problems.add(field, text);
    let refused = document::Refused { problems, typed: Typed::of(&posted.fields), ..Default::default() };
    document::page(&posted.inside, id, no::status(Kind::Invalid), refused).await
}

/// The one office of that code or name.
async fn found(posted: &Posted, said: &str) -> Option<OfficeId> {
    let call = ListOffices { q: Some(said.to_owned()), limit: Some(200), ..ListOffices::default() };
    let page = posted.inside.need(&call).await.ok()?;
    let exact = |office: &&schema_identity::Office| office.code == said || office.name.eq_ignore_ascii_case(said);
    let mut fits = page.items.iter().filter(exact);
    match (fits.next(), fits.next(), page.items.as_slice()) {
        (Some(one), None, _) => Some(one.id),
        (None, _, [only]) => Some(only.id),
        _ => None,
    }
}

/// Recalls what was sent.
pub(crate) async fn recall(Path((id, dispatch)): Path<(OutgoingId, DispatchId)>, posted: Posted) -> Response<Body> {
    let reason = posted.fields.get("reason").to_owned();
    match posted.act(&RecallDispatch { id: dispatch, reason }).await {
        Ok(_) => go(&format!("/van-ban/di/{id}/gui/{dispatch}?xong=thu-hoi")),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict) => {
            let problems = Problems::of(&fault, posted.inside.visit.words);
            let typed = Typed::of(&posted.fields);
            deliveries::page(&posted.inside, (id, dispatch), no::status(fault.kind), problems, typed).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

/// Opens what came; its sender sees that.
pub(crate) async fn open(Path(id): Path<DeliveryId>, posted: Posted) -> Response<Body> {
    match posted.act(&OpenArrival { id }).await {
        Ok(_) => go(&format!("/van-ban/gui-den?xem={id}")),
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

/// Enters it in the register, and goes on with the next.
pub(crate) async fn receive(Path(id): Path<DeliveryId>, posted: Posted) -> Response<Body> {
    let call = ReceiveArrival {
        id,
        note: posted.fields.some("note"),
        duplicate_of: posted.fields.get("duplicate_of").parse().ok(),
    };
    match posted.act(&call).await {
        Ok(delivery) => match delivery.incoming {
            Some(incoming) => go(&format!("/van-ban/gui-den?xong={}", numbered(&posted, incoming).await)),
            None => go("/van-ban/gui-den"),
        },
        Err(fault) => refused(&posted, id, &fault).await,
    }
}

async fn numbered(posted: &Posted, id: IncomingId) -> String {
    let document = posted.inside.need(&GetIncoming { id }).await;
    document.map(|one| format::number(one.number, posted.inside.visit.words.0)).unwrap_or_default()
}

/// Sends it back.
pub(crate) async fn give_back(Path(id): Path<DeliveryId>, posted: Posted) -> Response<Body> {
    match posted.act(&ReturnArrival { id, reason: posted.fields.get("reason").to_owned() }).await {
        Ok(_) => go("/van-ban/gui-den?xong=tra"),
        Err(fault) => refused(&posted, id, &fault).await,
    }
}

async fn refused(posted: &Posted, id: DeliveryId, fault: &Fault) -> Response<Body> {
    if !matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale) {
        return no::fault(&posted.inside, fault);
    }
    let earlier = fault.detail.as_ref().filter(|_| fault.code == "documents.likely_duplicate");
    let text = |name: &str| Some(earlier?.get(name)?.to_string().trim_matches('"').to_owned());
    let duplicate = text("id").map(|earlier| (earlier, text("number").unwrap_or_default()));
    let w = posted.inside.visit.words;
    let problems = if duplicate.is_some() { Problems::default() } else { Problems::of(fault, w) };
    let refused = Refused { problems, typed: Typed::of(&posted.fields), duplicate };
    arrivals::page(&posted.inside, no::status(fault.kind), Some(id), refused).await
}

//! Signing, sealing, laying out once more, leaving the digital way.

use axum::{body::Body, extract::Path, http::Response};
use schema_documents::{Execution, FinishByHand, LayOutAgain, SealOutgoing, SignOutgoing};
use wire::{Fault, Kind, id::OutgoingId};

use super::queue::{self, Desk};
use crate::{
    kit::problems::Problems,
    no,
    screens::outgoing::acts::after,
    visit::{Posted, go},
};

/// Signs what was read, and goes on with the next.
pub(crate) async fn sign(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    let sha256 = posted.fields.get("sha256").to_owned();
    let acted = posted.act(&SignOutgoing { id, sha256 }).await;
    next(&posted, Desk::Sign, acted).await
}

/// Seals what was read, and goes on with the next.
pub(crate) async fn seal(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    let sha256 = posted.fields.get("sha256").to_owned();
    let acted = posted.act(&SealOutgoing { id, sha256 }).await;
    next(&posted, Desk::Seal, acted).await
}

async fn next(posted: &Posted, desk: Desk, acted: Result<Execution, Fault>) -> Response<Body> {
    match acted {
        Ok(way) => {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("xong", &way.symbol).finish();
            go(&format!("{}?{query}", desk.path()))
        }
        Err(fault) if matches!(fault.kind, Kind::Conflict | Kind::Stale | Kind::Busy) => {
            let problems = Problems::of(&fault, posted.inside.visit.words);
            queue::page(&posted.inside, desk, no::status(fault.kind), problems).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

/// Lays the document out once more.
pub(crate) async fn again(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    let acted = posted.act(&LayOutAgain { id }).await;
    after(&posted, id, "dan-trang", acted).await
}

/// Takes the document from the digital way.
pub(crate) async fn by_hand(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    let acted = posted.act(&FinishByHand { id, reason: posted.fields.get("by_hand_reason").to_owned() }).await;
    after(&posted, id, "ky-tay", acted).await
}

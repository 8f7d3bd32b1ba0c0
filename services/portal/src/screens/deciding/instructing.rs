//! V6 and L3: what the chief of office proposes, and what a standing member instructs, also by hand on the paper.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{ConfirmInstruction, InstructIncoming, ObjectToInstruction, ProposeDisposition, ReturnProposal};
use wire::{
    Fault,
    id::{IncomingId, InstructionId},
};

use super::routing;
use crate::{
    hand_in,
    kit::problems::Problems,
    screens::record::{after, incomplete, page_with},
    visit::{Inside, Posted},
};

/// Puts a proposal to a position.
pub(crate) async fn propose(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let mut problems = Problems::default();
    let put_to = typed.get("put_to").parse().ok();
    if put_to.is_none() {
        problems.add("put_to", w.t("outgoing-put-to-missing"));
    }
    match (routing::read(typed, &mut problems, w), put_to) {
        (Some(routing), Some(put_to)) if !problems.any() => {
            let acted = posted.act(&ProposeDisposition { id, routing, put_to }).await;
            routed(&posted, id, "trinh", acted).await
        }
        _ => page_with(&posted, id, StatusCode::UNPROCESSABLE_ENTITY, problems).await,
    }
}

/// Instructs: as proposed by one click, or as the form says.
pub(crate) async fn instruct(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let proposal = typed.get("proposal").parse().ok();
    let mut problems = Problems::default();
    let agrees = proposal.is_some() && typed.get("as_proposed") == "1";
    let routing = if agrees { None } else { routing::read(typed, &mut problems, w) };
    if problems.any() {
        return page_with(&posted, id, StatusCode::UNPROCESSABLE_ENTITY, problems).await;
    }
    let acted = posted.act(&InstructIncoming { id, proposal, routing }).await;
    routed(&posted, id, "but-phe", acted).await
}

/// Returns the proposal that waits, with a reason.
pub(crate) async fn return_proposal(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let Ok(proposal) = posted.fields.get("proposal").parse() else {
        return incomplete(&posted, id, "", "no-page").await;
    };
    let reason = posted.fields.get("return_reason").to_owned();
    let acted = posted.act(&ReturnProposal { id: proposal, reason }).await;
    after(&posted, id, "tra-trinh", acted, &[("reason", "return_reason")]).await
}

/// Confirms that a transcription says what was written.
pub(crate) async fn confirm(
    Path((id, instruction)): Path<(IncomingId, InstructionId)>,
    posted: Posted,
) -> Response<Body> {
    let acted = posted.act(&ConfirmInstruction { id: instruction }).await;
    after(&posted, id, "xac-nhan", acted, &[]).await
}

/// The author says that a transcription is not theirs, or not so.
pub(crate) async fn object(
    Path((id, instruction)): Path<(IncomingId, InstructionId)>,
    posted: Posted,
) -> Response<Body> {
    let reason = posted.fields.get("object_reason").to_owned();
    let acted = posted.act(&ObjectToInstruction { id: instruction, reason }).await;
    after(&posted, id, "khong-dung", acted, &[("reason", "object_reason")]).await
}

/// The scan of the handwriting, handed out by the door.
pub(crate) async fn scan(Path((_, instruction)): Path<(IncomingId, InstructionId)>, inside: Inside) -> Response<Body> {
    hand_in::out(&format!("/api/v1/instructions/{instruction}/scan"), &inside.who.token, false)
}

async fn routed<T>(posted: &Posted, id: IncomingId, done: &str, acted: Result<T, Fault>) -> Response<Body> {
    after(posted, id, done, acted, &routing::NAMES).await
}

//! Asking for a word upon a draft, giving it, dealing with it.

use axum::{body::Body, extract::Path, http::Response};
use schema_documents::{
    AnswerReview, ApproveOutgoing, AskReviews, ReviewKind, Reviewer, SettleReview, Settlement, TakeReviewBack,
};
use wire::{
    Fault, Kind,
    id::{OutgoingId, ReviewId},
};

use super::queue;
use crate::{
    format,
    kit::{problems::Problems, typed::Typed},
    no,
    screens::outgoing::acts::after,
    visit::{Posted, go},
};

/// Asks some for their word.
pub(crate) async fn ask(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let reviewer = |sent: &str| {
        let (person, position) = sent.split_once('.')?;
        Some(Reviewer { person: person.parse().ok()?, position: position.parse().ok()? })
    };
    let call = AskReviews {
        id,
        kind: match typed.get("kind") {
            "appraisal" => ReviewKind::Appraisal,
            "approval" => ReviewKind::Approval,
            _ => ReviewKind::Opinion,
        },
        of: typed.all("of").into_iter().filter_map(reviewer).collect(),
        due: format::read_day(typed.get("due")),
        question: typed.some("question"),
    };
    let acted = posted.act(&call).await;
    after(&posted, id, "hoi", acted).await
}

/// Says what was done with an opinion.
pub(crate) async fn settle(Path((id, review)): Path<(OutgoingId, ReviewId)>, posted: Posted) -> Response<Body> {
    let explained = posted.fields.get("settlement") == "explained";
    let settlement = if explained { Settlement::Explained } else { Settlement::Accepted };
    let call = SettleReview { id: review, settlement, words: posted.fields.get("words").to_owned() };
    let acted = posted.act(&call).await;
    after(&posted, id, "tiep-thu", acted).await
}

/// Takes back what was asked.
pub(crate) async fn take_back(Path((id, review)): Path<(OutgoingId, ReviewId)>, posted: Posted) -> Response<Body> {
    let acted = posted.act(&TakeReviewBack { id: review }).await;
    after(&posted, id, "rut-hoi", acted).await
}

/// Approves, and goes on with the next.
pub(crate) async fn approve(Path(id): Path<ReviewId>, posted: Posted) -> Response<Body> {
    let acted = posted.act(&ApproveOutgoing { id }).await.map(drop);
    next(&posted, id, "duyet", acted).await
}

/// Answers, and goes on with the next.
pub(crate) async fn answer(Path(id): Path<ReviewId>, posted: Posted) -> Response<Body> {
    let agreed = posted.fields.get("agreed") != "0";
    let call = AnswerReview { id, agreed, words: posted.fields.get("words").to_owned() };
    let acted = posted.act(&call).await.map(drop);
    next(&posted, id, if agreed { "y-kien" } else { "tra" }, acted).await
}

async fn next(posted: &Posted, id: ReviewId, done: &str, acted: Result<(), Fault>) -> Response<Body> {
    match acted {
        Ok(()) => go(&format!("/duyet?xong={done}")),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale) => {
            let problems = Problems::of(&fault, posted.inside.visit.words);
            let typed = Typed::of(&posted.fields);
            queue::page(&posted.inside, no::status(fault.kind), Some(id), problems, typed).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

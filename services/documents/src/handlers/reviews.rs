//! The word of others upon a draft: asking, answering, approving, settling, taking back.

use anyhow::Result;
use schema_documents::{
    AnswerReview, ApproveOutgoing, AskReviews, ListMyReviews, ListReviews, OutgoingDocument, Refusal, Review,
    ReviewChanged, ReviewKind, ReviewNote, ReviewRefusal, Reviews, SettleReview, TakeReviewBack,
};
use schema_identity::GetAuthorityHistory;
use service::{Read, Write};
use wire::{
    Page,
    id::{OutgoingId, ReviewId},
};

use super::{outgoing, paging, telling};
use crate::{
    domain::{
        outgoing::drafted,
        review::{self, Asking},
    },
    store::{self, drafts, reviews},
};

/// As many as one document has; more would be no asking any more.
const MOST: u64 = 500;

/// Asks identity whether those who are asked may say it.
pub(crate) async fn facts(cx: Read, call: AskReviews) -> Result<()> {
    let document = outgoing::seen(&cx, call.id).await?;
    for of in call.of.iter().take(review::ASKED) {
        let permission = review::needs(call.kind).to_owned();
        let asked = GetAuthorityHistory { person: of.person, permission, day: cx.now.day() };
        // Whether somebody may speak is a fact that does not depend on what the asker may see of people.
        review::fit(*of, document.office, &cx.ask_as_service(&asked).await?)?;
    }
    Ok(())
}

/// Asks.
pub(crate) async fn ask(cx: Write, call: AskReviews, (): ()) -> Result<Reviews> {
    let document = held(&cx, call.id).await?;
    drafted(&document)?;
    let scope = cx.office(document.office)?;
    let draft = document.draft.ok_or(Refusal::TextNotThere)?;
    let written = drafts::get(cx.tx(), &scope, document.id, draft).await?;
    let author = written.ok_or(Refusal::DraftMissing { id: draft })?.draft.by;
    let before = reviews::of(cx.tx(), &scope, document.id, None, MOST).await?;
    let asking = Asking { by: cx.person()?.person, at: cx.now, author };
    let items = review::ask(&call, &document, asking, &before, || cx.fresh())?;
    reviews::insert(cx.tx(), &items).await?;
    for one in &items {
        tell(&cx, &document, one).await?;
    }
    Ok(Reviews { items })
}

/// What was asked upon a draft.
pub(crate) async fn list(cx: Read, call: ListReviews) -> Result<Page<Review>> {
    let document = outgoing::seen(&cx, call.id).await?;
    let limit = Page::<Review>::limit(call.limit);
    let before = paging::one(call.cursor.as_ref())?;
    let scope = cx.office(document.office)?;
    let found = reviews::of(cx.db(), &scope, document.id, before, paging::rows(limit)).await?;
    paging::page(found, limit, |last| last.id.to_string())
}

/// What waits for the caller's word.
pub(crate) async fn list_mine(cx: Read, call: ListMyReviews) -> Result<Page<Review>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<Review>::limit(call.limit);
    let after = paging::one(call.cursor.as_ref())?;
    let found = reviews::waiting(cx.db(), &scope, cx.person()?.person, after, paging::rows(limit)).await?;
    paging::page(found, limit, |last| last.id.to_string())
}

/// Gives an opinion or an appraisal, or sends a draft back from approval.
pub(crate) async fn answer(cx: Write, call: AnswerReview) -> Result<Review> {
    let (document, before) = asked(&cx, call.id).await?;
    review::answerable(&before, &document, cx.person()?.person)?;
    // Agreeing to an approval is an act of its own, which asks for a fresh proof.
    if before.kind == ReviewKind::Approval && call.agreed {
        return Err(ReviewRefusal::ApprovalApart.into());
    }
    keep(&cx, &document, review::answered(&before, call.agreed, &call.words, cx.now)?).await
}

/// Approves a draft.
pub(crate) async fn approve(cx: Write, call: ApproveOutgoing) -> Result<Review> {
    let (document, before) = asked(&cx, call.id).await?;
    review::answerable(&before, &document, cx.person()?.person)?;
    if before.kind != ReviewKind::Approval {
        return Err(ReviewRefusal::ReviewMissing { id: call.id }.into());
    }
    keep(&cx, &document, review::answered(&before, true, "", cx.now)?).await
}

/// Says what was done with an opinion.
pub(crate) async fn settle(cx: Write, call: SettleReview) -> Result<Review> {
    let (document, before) = asked(&cx, call.id).await?;
    keep(&cx, &document, review::settled(&before, &call, cx.now)?).await
}

/// Takes back what is not answered.
pub(crate) async fn take_back(cx: Write, call: TakeReviewBack) -> Result<Review> {
    let (document, before) = asked(&cx, call.id).await?;
    keep(&cx, &document, review::withdrawn(&before, cx.now)?).await
}

/// Refuses a number while an approval that was asked for is not given.
pub(super) async fn refuse_unapproved(cx: &Write, document: &OutgoingDocument) -> Result<()> {
    let all = reviews::of(cx.tx(), &cx.office(document.office)?, document.id, None, MOST).await?;
    Ok(review::approved(&all, document)?)
}

async fn asked(cx: &Write, id: ReviewId) -> Result<(OutgoingDocument, Review)> {
    let found = reviews::hold(cx.tx(), cx.scope(), id).await?.ok_or(ReviewRefusal::ReviewMissing { id })?;
    cx.expect(found.version)?;
    let document = held(cx, found.document).await?;
    drafted(&document)?;
    Ok((document, found))
}

/// The document, held; that it changed meanwhile is told by its text, not by its version.
async fn held(cx: &Write, id: OutgoingId) -> Result<OutgoingDocument> {
    let found = store::outgoing::hold(cx.tx(), cx.scope(), id).await?;
    Ok(found.ok_or(Refusal::OutgoingMissing { id })?)
}

async fn keep(cx: &Write, document: &OutgoingDocument, review: Review) -> Result<Review> {
    reviews::update(cx.tx(), &review).await?;
    tell(cx, document, &review).await?;
    Ok(review)
}

async fn tell(cx: &Write, document: &OutgoingDocument, review: &Review) -> Result<()> {
    cx.emit(&noted(review)).await?;
    telling::acting(cx, document.office, Some(&document.genre))?;
    let values = [
        ("kind", Some(format!("{:?}", review.kind))),
        ("state", Some(format!("{:?}", review.state))),
        ("of", Some(review.of.person.to_string())),
        ("words", review.words.clone()),
    ];
    telling::audit(cx, "review", review.id.into(), review.office, &values).await
}

/// What is told of a request.
pub(super) fn noted(review: &Review) -> ReviewChanged {
    let (id, office, document) = (review.id, review.office, review.document);
    let (kind, state, of) = (review.kind, review.state, review.of.person);
    let (version, due) = (Some(review.version), review.due);
    ReviewChanged { review: ReviewNote { id, office, document, kind, state, of, version, due } }
}

//! The word of others upon a draft: who may be asked for what, and when; what an answer is; when a number may be given.

use schema_documents::{
    AskReviews, OutgoingDocument, Refusal, Review, ReviewKind, ReviewRefusal, ReviewState, Reviewer, SettleReview,
    Settlement,
};
use schema_identity::AuthorityHistory;
use wire::{
    Day, Fault, Instant, Version,
    id::{OfficeId, PersonId, ReviewId},
};

use super::field::{self, limit};

/// The most people who are asked at once.
pub(crate) const ASKED: usize = 20;

/// What somebody must be allowed who is asked for a word of a kind: an opinion wants a reader, the office appraises, and who
/// signs approves.
pub(crate) fn needs(kind: ReviewKind) -> &'static str {
    match kind {
        ReviewKind::Opinion => "documents.outgoing.read",
        ReviewKind::Appraisal => "documents.outgoing.issue",
        ReviewKind::Approval => "documents.outgoing.sign",
    }
}

/// Whether somebody may be asked, as identity remembers the day.
pub(crate) fn fit(of: Reviewer, office: OfficeId, remembered: &AuthorityHistory) -> Result<(), ReviewRefusal> {
    let fits = remembered.ways.iter().any(|way| way.position == of.position && way.office == office);
    if fits { Ok(()) } else { Err(ReviewRefusal::ReviewerUnfit) }
}

/// Who asks, when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asking {
    pub(crate) by: PersonId,
    pub(crate) at: Instant,
    /// Who wrote the version that is asked about.
    pub(crate) author: PersonId,
}

/// What is asked of each; `fresh` gives ids, `before` is all that was asked upon the document.
pub(crate) fn ask(
    call: &AskReviews,
    document: &OutgoingDocument,
    asking: Asking,
    before: &[Review],
    mut fresh: impl FnMut() -> ReviewId,
) -> Result<Vec<Review>, Fault> {
    let draft = document.draft.ok_or(Refusal::TextNotThere)?;
    askable(call, asking, before)?;
    let question = field::optional_line("question", call.question.as_deref(), limit::NOTE)?;
    let one = |of: &Reviewer| Review {
        id: fresh(),
        office: document.office,
        document: document.id,
        summary: document.summary.clone(),
        version: Version::FIRST,
        kind: call.kind,
        draft,
        ordinal: document.draft_ordinal,
        of: *of,
        by: asking.by,
        at: asking.at,
        due: call.due,
        question: question.clone(),
        state: ReviewState::Waiting,
        words: None,
        answered_at: None,
        settlement: None,
        settled_words: None,
        settled_at: None,
    };
    Ok(call.of.iter().map(one).collect())
}

fn askable(call: &AskReviews, asking: Asking, before: &[Review]) -> Result<(), ReviewRefusal> {
    if call.of.is_empty() || call.of.len() > ASKED {
        return Err(ReviewRefusal::NobodyAsked { limit: ASKED });
    }
    let approval = call.kind == ReviewKind::Approval;
    if approval && call.of.len() > 1 {
        return Err(ReviewRefusal::OneApprover);
    }
    if call.of.iter().any(|of| of.person == asking.author) {
        return Err(ReviewRefusal::OwnDraft);
    }
    if let Some(day) = call.due.filter(|due| *due < asking.at.day()) {
        return Err(ReviewRefusal::ReviewDuePast { day });
    }
    let waits = |one: &Review| one.kind == call.kind && one.state == ReviewState::Waiting;
    let asked = |one: &Review| approval || call.of.iter().any(|of| of.person == one.of.person);
    if before.iter().any(|one| waits(one) && asked(one)) {
        return Err(ReviewRefusal::AskedAlready);
    }
    if approval && !heard(before, asking.at.day()) { Err(ReviewRefusal::OthersFirst) } else { Ok(()) }
}

/// Whether everybody who was to speak before approval has spoken, or has let the day pass.
fn heard(reviews: &[Review], today: Day) -> bool {
    let open = |one: &Review| match (one.kind, one.state) {
        (ReviewKind::Opinion, ReviewState::Waiting) => one.due.is_none_or(|due| today <= due),
        (ReviewKind::Opinion, ReviewState::AgreedWithWords | ReviewState::Returned) => one.settlement.is_none(),
        (ReviewKind::Appraisal, ReviewState::Waiting) => true,
        _ => false,
    };
    let of_office = |one: &&Review| one.kind == ReviewKind::Appraisal && one.state != ReviewState::Withdrawn;
    let last = reviews.iter().filter(of_office).max_by_key(|one| one.id);
    !reviews.iter().any(open) && last.is_none_or(|one| one.state != ReviewState::Returned)
}

/// Whether somebody may answer now; an appraisal and an approval are of the latest version.
pub(crate) fn answerable(review: &Review, document: &OutgoingDocument, by: PersonId) -> Result<(), ReviewRefusal> {
    if review.of.person != by {
        return Err(ReviewRefusal::NotAsked);
    }
    if review.state != ReviewState::Waiting {
        return Err(ReviewRefusal::ReviewSettled);
    }
    if review.kind == ReviewKind::Opinion || document.draft == Some(review.draft) {
        return Ok(());
    }
    Err(ReviewRefusal::TextChanged { ordinal: document.draft_ordinal })
}

/// The answer: agreed, agreed with words, or sent back with words.
pub(crate) fn answered(review: &Review, agreed: bool, words: &str, at: Instant) -> Result<Review, Fault> {
    let words = said(words)?;
    let state = match (agreed, &words) {
        (true, None) => ReviewState::Agreed,
        (true, Some(_)) => ReviewState::AgreedWithWords,
        (false, Some(_)) => ReviewState::Returned,
        (false, None) => return Err(ReviewRefusal::WordsMissing.into()),
    };
    Ok(Review { state, words, answered_at: Some(at), version: review.version.next(), ..review.clone() })
}

/// What the drafter did with an opinion that says something.
pub(crate) fn settled(review: &Review, call: &SettleReview, at: Instant) -> Result<Review, Fault> {
    let wants = matches!(review.state, ReviewState::AgreedWithWords | ReviewState::Returned);
    if review.kind != ReviewKind::Opinion || !wants || review.settlement.is_some() {
        return Err(ReviewRefusal::ReviewSettled.into());
    }
    let settled_words = said(&call.words)?;
    if call.settlement == Settlement::Explained && settled_words.is_none() {
        return Err(ReviewRefusal::WordsMissing.into());
    }
    Ok(Review {
        settlement: Some(call.settlement),
        settled_words,
        settled_at: Some(at),
        version: review.version.next(),
        ..review.clone()
    })
}

/// What is taken back.
pub(crate) fn withdrawn(review: &Review, at: Instant) -> Result<Review, ReviewRefusal> {
    if review.state != ReviewState::Waiting {
        return Err(ReviewRefusal::ReviewSettled);
    }
    let state = ReviewState::Withdrawn;
    Ok(Review { state, answered_at: Some(at), version: review.version.next(), ..review.clone() })
}

/// Refuses a number while an approval that was asked for is not given for the latest version.
pub(crate) fn approved(reviews: &[Review], document: &OutgoingDocument) -> Result<(), ReviewRefusal> {
    let asked = |one: &&Review| one.kind == ReviewKind::Approval && one.state != ReviewState::Withdrawn;
    let given = |one: &Review| one.state == ReviewState::Agreed && document.draft == Some(one.draft);
    match reviews.iter().filter(asked).max_by_key(|one| one.id) {
        Some(last) if !given(last) => Err(ReviewRefusal::NotApproved),
        _ => Ok(()),
    }
}

fn said(words: &str) -> Result<Option<String>, Fault> {
    if words.trim().is_empty() { Ok(None) } else { field::text("words", words, limit::SUMMARY).map(Some) }
}

#[cfg(test)]
mod tests;
